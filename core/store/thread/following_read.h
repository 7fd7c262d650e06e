// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/thread/database_thread.h"

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <atomic>

namespace fieldfare::store {

/// A read in the background that is made again whenever the data changed: the order of a list, a count of many rows. One that runs is
/// not interrupted, as in a stream of changes none would ever end; asked meanwhile, it is made once more, after a rest of three times
/// as long as it took. So a stream of changes costs a quarter of one processor at most, however many rows there are. Same thread as the
/// DatabaseThread, which must outlive it; the destructor cancels.
class FollowingRead {
public:
    explicit FollowingRead(DatabaseThread &database) : m_database(&database)
    {
        m_rest.setSingleShot(true);
        QObject::connect(&m_rest, &QTimer::timeout, &m_rest, [this] {
            if (m_asked)
                begin();
        });
    }
    ~FollowingRead() { cancel(); }
    FollowingRead(const FollowingRead &) = delete;
    FollowingRead &operator=(const FollowingRead &) = delete;

    /// At once when nothing runs and the rest is over. `done` of an earlier call that has not begun is never called.
    template <typename T>
    void read(std::function<base::Result<T>(ReadContext &)> work, QObject *context, std::function<void(base::Result<T>)> done)
    {
        if (!m_asked)
            ++m_database->m_restingReads;
        m_asked = [this, work = std::move(work), context = QPointer<QObject>(context), done = std::move(done)] {
            const auto tookMs = std::make_shared<std::atomic<qint64>>(0);
            return m_database->read<T>(
                [work, tookMs](ReadContext &reading) {
                    QElapsedTimer watch;
                    watch.start();
                    base::Result<T> result = work(reading);
                    tookMs->store(watch.elapsed(), std::memory_order_relaxed);
                    return result;
                },
                context, [this, tookMs, done](base::Result<T> answer) {
                    m_request = 0;
                    m_rest.start(int(std::min(kMostRestMs, kRests * tookMs->load(std::memory_order_relaxed))));
                    done(std::move(answer));
                },
                Priority::Background);
        };
        if (m_request == 0 && !m_rest.isActive())
            begin();
    }

    /// Another question: what runs is interrupted, and the next read begins at once.
    void cancel()
    {
        if (m_request != 0)
            m_database->cancel(m_request);
        m_request = 0;
        if (std::exchange(m_asked, {}))
            --m_database->m_restingReads;
        m_rest.stop();
    }

private:
    static constexpr qint64 kRests = 3;
    static constexpr qint64 kMostRestMs = 30'000;

    void begin()
    {
        const auto asked = std::exchange(m_asked, {});
        --m_database->m_restingReads;
        m_request = asked();
    }

    DatabaseThread *m_database;
    std::function<RequestNumber()> m_asked; ///< Empty: nothing waits.
    RequestNumber m_request = 0;
    QTimer m_rest;
};

} // namespace fieldfare::store
