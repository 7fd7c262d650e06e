// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_line.h"
#include "core/store/backup/backup_runner.h"

namespace fieldfare::app {

/// `backup create`: the part of the command that needs an open profile, and runs in whichever program has it open.
[[nodiscard]] bool isBackupCreate(const CommandLine &line);
/// What it asks for.
[[nodiscard]] store::BackupOrder backupOrder(const CommandLine &line, const QString &workingFolder);
/// Tells what became of it.
void printBackup(CommandOutput &output, bool json, const store::BackupDone &done);
/// "full" or "incremental".
[[nodiscard]] QString kindOf(const storage::StoredBackup &backup);

/// `backup create` of a profile that this program has open, on the calling thread.
int runBackupCreate(const CommandLine &line, CommandOutput &output, const QString &workingFolder, const store::BackupOrigin &origin,
                    const std::function<bool()> &isStopped);
/// Notes how far it is when it takes long.
[[nodiscard]] storage::BackupWatch backupWatch(CommandOutput &output, bool json, const std::function<bool()> &isStopped);

} // namespace fieldfare::app
