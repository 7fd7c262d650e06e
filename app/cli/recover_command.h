// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_line.h"

namespace fieldfare::app {

/// recover request, finish, cancel, status, accept (core/storage/docs/recovery.md). All but accept work without the passphrase.
/// Returns the exit code.
int runRecover(const CommandLine &line, CommandOutput &output);

} // namespace fieldfare::app
