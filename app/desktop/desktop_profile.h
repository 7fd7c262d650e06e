// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/composition/sync_service.h"
#include "app/desktop/joined_thread.h"
#include "app/desktop/command_service.h"
#include "app/desktop/thread_store_access.h"
#include "core/store/backup/backup_keeper.h"
#include "core/store/profile.h"

#include <atomic>
#include <memory>

namespace fieldfare::app {

/// An open profile of the desktop: lock and key, the database thread, the link to its server, and the
/// socket of the command line. Lives on the UI thread. Destroying it closes the file: that waits for the write that runs, for those
/// that somebody asked for, and for what programs are still to be told.
class DesktopProfile final : public QObject {
    Q_OBJECT
public:
    using Unlocked = std::shared_ptr<base::Result<store::Profile>>;

    /// What is created is no profile before its unfinished mark is cleared (storage/unfinished_mark.h). Derives the key on a thread of
    /// its own (0.4 s) and answers on the UI thread. `context` keeps the thread, and has to outlive it.
    [[nodiscard]] static JoinedThread unlock(const QString &folder, std::shared_ptr<const base::Secret> passphrase, bool create, QObject *context,
                                             std::function<void(Unlocked)> done);

    /// The same for a profile that is there, by the secret of the keychain.
    [[nodiscard]] static JoinedThread unlockByKeychain(const QString &folder, std::shared_ptr<const base::Secret> secret, QObject *context,
                                                       std::function<void(Unlocked)> done);

    /// Clock and random outlive it.
    DesktopProfile(store::Profile profile, const base::Clock &clock, base::RandomSource &random);
    ~DesktopProfile() override;

    /// Opens, makes or migrates the file in the background. opened() or failed() follows.
    void open();
    /// A file of an older version that is being brought up to date: soon ends with failed(Cancelled), what was finished stays, and the next opening
    /// goes on. No effect on one that is open.
    void stopUpdating() { *m_isStopped = true; }
    /// It is about to be closed: what takes long on the thread of the database ends early, to be done again by the next opening.
    void endLongWork();
    /// Begins to keep the profile in step with its server, if it has one.
    void startSync();

    [[nodiscard]] store::DatabaseThread &database() { return *m_database; }
    [[nodiscard]] SyncService &sync() { return *m_sync; }
    [[nodiscard]] StoreAccess &access() { return *m_access; }
    [[nodiscard]] store::BackupKeeper &backups() { return *m_backupKeeper; }
    [[nodiscard]] CommandService &commands() { return *m_commands; }
    [[nodiscard]] const store::ProfilePaths &paths() const { return m_profile.paths(); }
    [[nodiscard]] const std::shared_ptr<const storage::DataKey> &key() const { return m_profile.key(); }
    /// The data key was replaced: for what is opened from now on.
    void setKey(const std::shared_ptr<const storage::DataKey> &key);
    [[nodiscard]] base::Result<void> requireRotatable() const { return m_profile.requireRotatable(); }
    /// Closes the file and hands over lock and key. The last call.
    [[nodiscard]] store::Profile takeProfile();

Q_SIGNALS:
    void opened();
    /// The file is of an older version and is being brought up to date; now and then until opened() or failed().
    void updating(int percent);
    void failed(const fieldfare::base::Error &error);

private:
    void close();

    store::Profile m_profile;
    const std::shared_ptr<std::atomic<bool>> m_isStopped; ///< Read on the database thread.
    std::unique_ptr<store::DatabaseThread> m_database;
    std::unique_ptr<ThreadStoreAccess> m_access;
    std::unique_ptr<SyncService> m_sync;
    std::unique_ptr<store::BackupRunner> m_backups;
    std::unique_ptr<store::BackupKeeper> m_backupKeeper;
    std::unique_ptr<CommandService> m_commands;
};

} // namespace fieldfare::app
