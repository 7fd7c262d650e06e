// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_line.h"

#include <functional>

namespace fieldfare::app {

/// key rotate, key status: the profile's data key (core/storage/docs/key-rotation.md). Stopped, it is gone on with by the next
/// call. Returns the exit code.
int runKey(const CommandLine &line, CommandOutput &output, const std::function<bool()> &isStopped);

} // namespace fieldfare::app
