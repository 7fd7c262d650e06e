// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_line.h"
#include "core/store/backup/backup_runner.h"

namespace fieldfare::app {

/// `backup create` and `backup records`: the parts of the command that need an open profile, and run in whichever program has it open.
[[nodiscard]] bool isBackupOfOpenProfile(const CommandLine &line);
[[nodiscard]] bool isBringingBack(const CommandLine &line);
/// What it asks for.
[[nodiscard]] store::BackupOrder backupOrder(const CommandLine &line, const QString &workingFolder);
/// Tells what became of it.
void printBackup(CommandOutput &output, bool json, const store::BackupDone &done);
/// "full" or "incremental".
[[nodiscard]] QString kindOf(const storage::StoredBackup &backup);

/// What `backup records` asks for.
[[nodiscard]] store::BringBackOrder bringBackOrder(const CommandLine &line, const QString &workingFolder);
/// Commits the plan, unless it was a dry run, and tells what became of it; on the store's thread. The exit code.
int bringBack(const CommandLine &line, CommandOutput &output, store::Store &store, const base::Result<store::BringBackPlan> &plan);

/// Either of them in a profile that this program has open, on the store's thread.
int runBackupOfOpenProfile(const CommandLine &line, CommandOutput &output, const QString &workingFolder, const store::BackupOrigin &origin, store::Store &store,
                           const std::function<bool()> &isStopped);
/// Notes how far it is when it takes long.
[[nodiscard]] storage::BackupWatch backupWatch(CommandOutput &output, bool json, const std::function<bool()> &isStopped);

} // namespace fieldfare::app
