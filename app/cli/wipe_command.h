// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_line.h"

namespace fieldfare::app {

class SecretStore;

/// wipe: makes a profile unreadable for good, and removes it, with what the keychain keeps for it. Needs no passphrase. Returns the
/// exit code.
int runWipe(const CommandLine &line, CommandOutput &output, SecretStore &keychain);

} // namespace fieldfare::app
