// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_line.h"

namespace fieldfare::app {

/// The commands that work without an open store. Return the exit code.
int runInit(const CommandLine &line, CommandOutput &output);
int runPassphrase(const CommandLine &line, CommandOutput &output);

} // namespace fieldfare::app
