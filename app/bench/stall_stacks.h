// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

namespace fieldfare::bench {

/// Says on standard error where the UI thread is whenever its event loop stands still for more than a frame: which functions, and how
/// long the thread ran, waited for a processor and was blocked. For looking at a stall, not for measuring: Linux and glibc only, elsewhere
/// it does nothing. Made and destroyed on the UI thread, whose event loop it watches with a timer.
class StallStacks {
public:
    StallStacks();
    ~StallStacks();

private:
    struct Watch;
    std::unique_ptr<Watch> m_watch;
};

} // namespace fieldfare::bench
