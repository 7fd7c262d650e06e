// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_line.h"

namespace fieldfare::app {

/// The parts of `backup` that need no open profile: list, verify, restore.
int runBackup(const CommandLine &line, CommandOutput &output, const std::function<bool()> &isStopped);

} // namespace fieldfare::app
