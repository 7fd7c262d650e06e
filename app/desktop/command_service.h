// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_line.h"
#include "app/composition/command_server.h"
#include "app/composition/sync_service.h"
#include "core/store/backup/backup_runner.h"
#include "core/store/thread/database_thread.h"

#include <atomic>
#include <memory>

namespace fieldfare::app {

/// Lets the command line, and a second start of the desktop, use the profile that this desktop has open (DESIGN 3): runs their
/// commands on the database thread, behind what a person does here; a long one lets that, and shorter commands, go first at each of
/// its steps. Sync commands are sessions of the desktop's own sync.
///
/// Lives on the UI thread, where nothing here waits. Backups have a thread of their own. Refers to the database, the sync and the backups, which outlive it; close() is called
/// before the database is closed, so that a command which runs ends soon.
class CommandService final : public QObject {
    Q_OBJECT
public:
    CommandService(store::DatabaseThread &database, SyncService &sync, store::BackupRunner &backups, QObject *parent = nullptr);
    ~CommandService() override;

    /// False when the system does not allow it; the desktop works on, and command lines are told that the profile is in use.
    bool listen(const QString &profileFolder);
    /// Takes no more commands, and asks those that run to end.
    void close();

Q_SIGNALS:
    /// The desktop was started again on this profile: its window is to come to the front.
    void activationRequested();

private:
    struct Command {
        CommandLine line;
        QString workingFolder;
        std::shared_ptr<CommandReply> reply;
    };
    using Checksum = base::Result<protocol::ChecksumReply>;

    void take(const CommandRequest &request, const std::shared_ptr<CommandReply> &reply);
    void sync(const Command &command);
    void backUp(const Command &command);
    void bringBack(const Command &command);
    void askChecksum(const Command &command);
    void runOnStore(const Command &command, const std::shared_ptr<const Checksum> &checksum);

    store::DatabaseThread &m_database;
    SyncService &m_sync;
    store::BackupRunner &m_backups;
    CommandServer m_server;
    const std::shared_ptr<std::atomic<bool>> m_isClosing;
};

} // namespace fieldfare::app
