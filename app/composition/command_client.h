// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/composition/command_wire.h"

#include <functional>

namespace fieldfare::app {

/// The exit code of a program that went away before it told one: what it was asked may have been done, or not.
inline constexpr int kWentAway = -1;

/// Hands a command line to the program that has the profile open, and its output back as it comes. Blocks. The exit code;
/// nullopt when no program listens, or it ended before it took the command.
[[nodiscard]] std::optional<int> runElsewhere(const QString &profileFolder, const CommandRequest &request,
                                              const std::function<void(const CommandAnswer &)> &onAnswer);

} // namespace fieldfare::app
