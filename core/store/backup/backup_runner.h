// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/backup/profile_backups.h"

#include <QObject>
#include <QPointer>

#include <atomic>
#include <memory>

class QThread;

namespace fieldfare::store {

/// One backup that is asked for.
struct BackupOrder {
    QString folder; ///< Where backups lie.
    ProfileBackups::Wish wish = ProfileBackups::Wish::Increment;
    bool keepsAll = false; ///< Or old ones go (storage::BackupRetention).
};

struct BackupDone {
    storage::StoredBackup backup;
    int removed = 0;
    qint64 ms = 0;
};

/// Writes one and removes what need not be kept any more. As ProfileBackups::write.
[[nodiscard]] base::Result<BackupDone> makeBackup(const BackupOrigin &origin, const BackupOrder &order, const base::Clock &clock, const storage::BackupWatch &watch = {});

/// Makes and tries out backups of an open profile on a thread of its own, for programs with an event loop, one at a time. Lives on the
/// thread that made it, where nothing here waits but for the destructor: it stops what runs. Answers come through the event loop, while
/// `context` is alive. Origin's database must stay where it is and locked; the clock outlives this.
class BackupRunner : public QObject {
    Q_OBJECT
public:
    BackupRunner(BackupOrigin origin, const base::Clock &clock, QObject *parent = nullptr);
    ~BackupRunner() override;

    [[nodiscard]] bool isRunning() const { return m_thread != nullptr; }
    /// ProfileInUse when one runs.
    void write(const BackupOrder &order, QObject *context, std::function<void(base::Result<BackupDone>)> done);
    /// ProfileInUse when one runs.
    void drill(const QString &backup, QObject *context, std::function<void(base::Result<BackupDrill>)> done);
    /// What runs ends with Cancelled soon.
    void cancel();

Q_SIGNALS:
    void runningChanged();
    void progressed(int percent);

private:
    template <typename T>
    void run(std::function<base::Result<T>(const storage::BackupWatch &)> work, QObject *context, std::function<void(base::Result<T>)> done);

    const BackupOrigin m_origin;
    const base::Clock &m_clock;
    QThread *m_thread = nullptr; ///< Owned.
    std::shared_ptr<std::atomic<bool>> m_isCancelled;
};

} // namespace fieldfare::store
