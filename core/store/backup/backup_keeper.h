// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/backup/backup_runner.h"
#include "core/store/backup/backup_schedule.h"
#include "core/store/thread/database_thread.h"

#include <QTimer>

#include <optional>

namespace fieldfare::store {

/// How the last backup of a profile went.
struct BackupOutcome {
    qint64 at = 0; ///< ms UTC; 0: there was none.
    QString folder;
    bool isFull = true;
    qint64 bytes = 0;

    [[nodiscard]] QByteArray toJson() const;
    [[nodiscard]] static BackupOutcome fromJson(const QByteArray &bytes);
};

/// Backs an open profile up: when its schedule says so, and when a person wants it. Schedule and outcome are settings of the profile. Lives
/// on the UI thread, where nothing here waits; everything it is given outlives it.
class BackupKeeper : public QObject {
    Q_OBJECT
public:
    BackupKeeper(DatabaseThread &database, BackupRunner &runner, const base::Clock &clock, QObject *parent = nullptr);

    /// Reads the settings, and looks from then on every few minutes whether a backup is due. Once the database is open. Settings that
    /// cannot be read are a failure().
    void load();
    [[nodiscard]] const BackupSchedule &schedule() const { return m_schedule; }
    void setSchedule(const BackupSchedule &schedule);

    /// The last one that was made.
    [[nodiscard]] const BackupOutcome &last() const { return m_last; }
    /// Why the newest try failed; none when it did not.
    [[nodiscard]] const std::optional<base::Error> &failure() const { return m_failure; }
    /// A backup is being made, or something else is done with backups: here, or for a command line.
    [[nodiscard]] bool isRunning() const { return m_runner.isRunning(); }
    /// It is one of the schedule, or of backUpNow().
    [[nodiscard]] bool isBackingUp() const { return m_isBackingUp; }
    /// Of what is running.
    [[nodiscard]] int percent() const { return m_percent; }

    /// Into the schedule's folder; nothing without one.
    void backUpNow();
    void cancel() { m_runner.cancel(); }
    [[nodiscard]] BackupRunner &runner() { return m_runner; }

Q_SIGNALS:
    void changed();

private:
    void look();
    void write(QLatin1StringView setting, const QByteArray &value);

    DatabaseThread &m_database;
    BackupRunner &m_runner;
    const base::Clock &m_clock;
    BackupSchedule m_schedule;
    BackupOutcome m_last;
    std::optional<base::Error> m_failure;
    qint64 m_triedAt = 0; ///< ms UTC; what failed is tried again an hour later.
    int m_percent = 0;
    bool m_isBackingUp = false;
    QTimer m_timer;
};

} // namespace fieldfare::store
