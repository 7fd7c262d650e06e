// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/backup/backup_keeper.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <chrono>
#include <utility>
#include <variant>

namespace fieldfare::store {

using base::Result;

namespace {

constexpr std::chrono::minutes kLookEvery(5);
constexpr qint64 kTryAgainMs = 3'600'000;
constexpr QLatin1StringView kSchedule("backup.schedule");
constexpr QLatin1StringView kLast("backup.last");

using Settings = std::pair<QByteArray, QByteArray>;
using Nothing = std::monostate;

} // namespace

QByteArray BackupOutcome::toJson() const
{
    return QJsonDocument(QJsonObject{{QStringLiteral("at"), at}, {QStringLiteral("folder"), folder}, {QStringLiteral("full"), isFull}, {QStringLiteral("bytes"), bytes}})
        .toJson(QJsonDocument::Compact);
}

BackupOutcome BackupOutcome::fromJson(const QByteArray &bytes)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    BackupOutcome outcome;
    outcome.at = object.value(QStringLiteral("at")).toInteger();
    outcome.folder = object.value(QStringLiteral("folder")).toString();
    outcome.isFull = object.value(QStringLiteral("full")).toBool(true);
    outcome.bytes = object.value(QStringLiteral("bytes")).toInteger();
    return outcome;
}

BackupKeeper::BackupKeeper(DatabaseThread &database, BackupRunner &runner, const base::Clock &clock, QObject *parent)
    : QObject(parent), m_database(database), m_runner(runner), m_clock(clock)
{
    m_timer.setInterval(kLookEvery);
    connect(&m_timer, &QTimer::timeout, this, &BackupKeeper::look);
    connect(&m_runner, &BackupRunner::runningChanged, this, [this] {
        m_percent = 0;
        Q_EMIT changed();
    });
    connect(&m_runner, &BackupRunner::progressed, this, [this](int percent) {
        m_percent = percent;
        Q_EMIT changed();
    });
}

void BackupKeeper::load()
{
    m_database.write<Settings>(
        [](Store &store) -> Result<Settings> {
            FIELDFARE_ASSIGN(QByteArray schedule, store.setting(kSchedule));
            FIELDFARE_ASSIGN(QByteArray last, store.setting(kLast));
            return Settings(std::move(schedule), std::move(last));
        },
        this,
        [this](const Result<Settings> &read) {
            if (!read.ok()) {
                m_failure = read.error(); // nothing is backed up by itself: somebody must hear of it
                Q_EMIT changed();
                return;
            }
            m_schedule = BackupSchedule::fromJson(read->first);
            m_last = BackupOutcome::fromJson(read->second);
            m_timer.start();
            Q_EMIT changed();
            look();
        },
        Priority::Background);
}

void BackupKeeper::write(QLatin1StringView setting, const QByteArray &value)
{
    // Interactive, though nobody waits for it: what is shown as set is also written where the program ends at once.
    m_database.write<Nothing>(
        [name = QString(setting), value](Store &store) -> Result<Nothing> {
            FIELDFARE_TRY(store.setSetting(name, value));
            return Nothing();
        },
        this, [](const Result<Nothing> &) {}, Priority::Interactive);
}

void BackupKeeper::setSchedule(const BackupSchedule &schedule)
{
    if (schedule == m_schedule)
        return;
    m_schedule = schedule;
    write(kSchedule, m_schedule.toJson());
    Q_EMIT changed();
}

void BackupKeeper::look()
{
    const qint64 now = m_clock.wallMs();
    const bool mayTry = m_triedAt == 0 || now - m_triedAt >= kTryAgainMs || !m_failure;
    if (mayTry && !isRunning() && m_schedule.isDue(now, m_last.at, QTimeZone::systemTimeZone()))
        backUpNow();
}

void BackupKeeper::backUpNow()
{
    if (m_schedule.folder.isEmpty() || isRunning())
        return;
    m_triedAt = m_clock.wallMs();
    m_isBackingUp = true;
    m_failure.reset();
    m_runner.write({m_schedule.folder, ProfileBackups::Wish::Increment, false}, this, [this](const Result<BackupDone> &done) {
        m_isBackingUp = false;
        if (done.ok()) {
            const storage::StoredBackup &backup = done->backup;
            m_last = {backup.manifest.at, backup.folder, backup.isFull(), backup.bytes};
            write(kLast, m_last.toJson());
        } else {
            m_failure = done.error();
        }
        Q_EMIT changed();
    });
}

} // namespace fieldfare::store
