// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_line.h"

namespace fieldfare::app {

/// salvage --to DIR. Returns the exit code: 0 also when something was lost, which the report tells.
int runSalvage(const CommandLine &line, CommandOutput &output, const std::function<bool()> &isStopped);

} // namespace fieldfare::app
