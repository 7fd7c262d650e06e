// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QObject;

namespace fieldfare::base {

/// Calls the function from this thread's event loop when somebody asks the program to end (SIGTERM, SIGINT, the console's close
/// event), while `context` lives. Once a program; the application object must exist.
void whenTerminated(QObject *context, const std::function<void()> &call);
/// Before the event loop goes: later requests are noted only.
void stopWaitingForTermination();

} // namespace fieldfare::base
