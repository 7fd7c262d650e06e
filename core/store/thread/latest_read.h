// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/thread/database_thread.h"

namespace fieldfare::store {

/// A row of reads of which only the newest matters: asking anew interrupts the one before, whose answer never comes. One for
/// each thing that is read again at every key press or change (type-ahead, a list's order, a chart). The destructor
/// cancels. Same thread as the DatabaseThread, which must outlive it.
class LatestRead {
public:
    explicit LatestRead(DatabaseThread &database) : m_database(&database) {}
    ~LatestRead() { cancel(); }
    LatestRead(const LatestRead &) = delete;
    LatestRead &operator=(const LatestRead &) = delete;

    template <typename T>
    void read(std::function<base::Result<T>(ReadContext &)> work, QObject *context,
              std::function<void(base::Result<T>)> done, Priority priority = Priority::Interactive)
    {
        cancel();
        m_request = m_database->read<T>(std::move(work), context, std::move(done), priority);
    }

    void cancel()
    {
        if (m_request != 0)
            m_database->cancel(m_request);
        m_request = 0;
    }

private:
    DatabaseThread *m_database;
    RequestNumber m_request = 0;
};

} // namespace fieldfare::store
