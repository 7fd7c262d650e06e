// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>

#include <memory>

namespace fieldfare::app {

struct WaitForThread {
    void operator()(QThread *thread) const
    {
        thread->wait();
        delete thread;
    }
};
/// A thread that its owner waits for, so that what it works on and tells is still there. For work that ends by itself soon, such as
/// deriving a key. It must be started.
using JoinedThread = std::unique_ptr<QThread, WaitForThread>;

} // namespace fieldfare::app
