// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/storage/postgresql/postgres_handle.h"

#include <QSocketNotifier>
#include <QThread>
#include <QTimer>

#include <functional>

namespace fieldfare::server {

/// Hears of what other processes commit: a thread with a connection of its own that LISTENs to fieldfare_changed. A notification
/// only wakes; devices pull what is true.
///
/// A lost connection is made anew, at first after a fifth of a second, then up to 10 s later, and whoever waits is woken then, since
/// what was told meanwhile was not heard.
class PostgresListener {
public:
    /// `onChanged` is called on the listener's thread, at most once for all that lies there at a time. It must work until the
    /// listener is gone.
    PostgresListener(PostgresUrl url, std::function<void()> onChanged);
    /// Waits for the thread: at most as long as a connection takes to fail.
    ~PostgresListener();
    PostgresListener(const PostgresListener &) = delete;
    PostgresListener &operator=(const PostgresListener &) = delete;

private:
    class Work;
    QThread m_thread;
    Work *m_work; ///< Lives on the thread and goes with it.
};

} // namespace fieldfare::server
