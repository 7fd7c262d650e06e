// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/backup/backup_runner.h"

#include <QElapsedTimer>
#include <QThread>

#include <utility>

namespace fieldfare::store {

using base::Error;
using base::ErrorCode;
using base::Result;

Result<BackupDone> makeBackup(const BackupOrigin &origin, const BackupOrder &order, const base::Clock &clock, const storage::BackupWatch &watch)
{
    QElapsedTimer taken;
    taken.start();
    const ProfileBackups backups(order.folder);
    FIELDFARE_ASSIGN(const storage::StoredBackup backup, backups.write(origin, order.wish, clock, watch));
    BackupDone written{backup, 0, taken.elapsed()};
    if (!order.keepsAll)
        written.removed = backups.prune(backup, clock.wallMs());
    return written;
}

BackupRunner::BackupRunner(BackupOrigin origin, const base::Clock &clock, QObject *parent) : QObject(parent), m_origin(std::move(origin)), m_clock(clock)
{
}

BackupRunner::~BackupRunner()
{
    cancel();
    if (m_thread != nullptr) {
        m_thread->wait();
        delete m_thread;
    }
}

void BackupRunner::cancel()
{
    if (m_isCancelled != nullptr)
        *m_isCancelled = true;
}

template <typename T>
void BackupRunner::run(std::function<Result<T>(const storage::BackupWatch &)> work, QObject *context, std::function<void(Result<T>)> done)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (m_thread != nullptr) {
        QMetaObject::invokeMethod(context, [done = std::move(done)] { done(Error{ErrorCode::ProfileInUse, QStringLiteral("a backup is being made or tried out")}); }, Qt::QueuedConnection);
        return;
    }
    m_isCancelled = std::make_shared<std::atomic<bool>>(false);
    const auto result = std::make_shared<std::optional<Result<T>>>();
    m_thread = QThread::create([this, work = std::move(work), result, isCancelled = m_isCancelled] {
        int told = -1;
        storage::BackupWatch watch;
        watch.isCancelled = [isCancelled] { return isCancelled->load(std::memory_order_relaxed); };
        watch.onProgress = [this, &told](int percent) {
            if (std::exchange(told, percent) != percent)
                QMetaObject::invokeMethod(this, [this, percent] { Q_EMIT progressed(percent); }, Qt::QueuedConnection);
        };
        *result = work(watch);
    });
    connect(m_thread, &QThread::finished, this, [this, result, receiver = QPointer<QObject>(context), done = std::move(done)] {
        std::exchange(m_thread, nullptr)->deleteLater();
        Q_EMIT runningChanged();
        if (receiver != nullptr)
            done(std::move(**result));
    });
    m_thread->setObjectName(QStringLiteral("backup"));
    m_thread->start(QThread::LowPriority);
    Q_EMIT runningChanged();
}

void BackupRunner::write(const BackupOrder &order, QObject *context, std::function<void(Result<BackupDone>)> done)
{
    run<BackupDone>([origin = m_origin, order, clock = &m_clock](const storage::BackupWatch &watch) { return makeBackup(origin, order, *clock, watch); }, context, std::move(done));
}

void BackupRunner::drill(const QString &backup, QObject *context, std::function<void(Result<BackupDrill>)> done)
{
    run<BackupDrill>(
        [key = m_origin.key, backup, clock = &m_clock](const storage::BackupWatch &watch) {
            base::SystemRandom random;
            return ProfileBackups::drill(backup, key, *clock, random, watch);
        },
        context, std::move(done));
}

} // namespace fieldfare::store
