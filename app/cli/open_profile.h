// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_line.h"
#include "core/store/profile.h"

namespace fieldfare::app {

/// The profile of a command that works on it without a store. Asks for the passphrase, and gives it, too. NotFound; as readSecret() and
/// store::Profile::open().
base::Result<store::Profile> openProfile(const CommandLine &line, base::Secret *passphrase);

/// A wrong passphrase with how many tries there are left; other errors as they are.
[[nodiscard]] base::Error withTriesLeft(base::Error error, const QString &keyFile);

} // namespace fieldfare::app
