// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_line.h"
#include "app/composition/command_server.h"
#include "app/composition/profile_session.h"
#include "app/composition/sync_service.h"

#include <memory>

namespace fieldfare::app {

/// One run of fieldfare-cli: opens the profile, or hands the command line to the program that has it open; runs the command;
/// meanwhile serves other command lines in the same way.
class Program {
public:
    explicit Program(CommandOutput &output) : m_output(output) {}

    /// The exit code.
    int run(const QStringList &words);

private:
    int runOnStore(const CommandLine &line, const QStringList &words);
    base::Result<std::optional<int>> openOrForward(const CommandLine &line, const QStringList &words);
    void serve(const CommandRequest &request, const std::shared_ptr<CommandReply> &reply);
    int runHere(const CommandLine &line, CommandOutput &output, const QString &workingFolder);
    base::Result<void> loadSync();
    base::Result<void> syncOnce(CommandContext &context);
    void noteOfferedKey(CommandContext &context) const;
    base::Result<void> syncAndWatch(CommandContext &context);
    base::Result<ChecksumComparison> compareChecksum(const store::ProfileCheckReport &report);

    CommandOutput &m_output;
    std::unique_ptr<ProfileSession> m_session;
    std::unique_ptr<CommandServer> m_server;
    std::unique_ptr<DirectStoreAccess> m_access;
    std::unique_ptr<SyncService> m_sync; ///< Once a command needed it.
};

} // namespace fieldfare::app
