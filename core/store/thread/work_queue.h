// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <iterator>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace fieldfare::store {

/// Work that waits for one of the database's threads: interactive before background, each in the order it was asked. A thread that
/// takes interactive work alone goes before those that take both: they leave it what it is free for. Thread safe. `Job` has a member
/// `number`.
template <typename Job>
class WorkQueue {
public:
    /// As many threads will take interactive work alone. Each is free from now until it takes a job, and again after done().
    void expect(size_t threads)
    {
        const std::lock_guard lock(m_mutex);
        m_free = threads;
    }
    /// One of them has done its job. To be said before the answer is told: the next question may follow at once.
    void done()
    {
        const std::lock_guard lock(m_mutex);
        ++m_free;
    }

    void push(Job job, bool isBackground)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_waiting[isBackground ? 1 : 0].push_back(std::move(job));
        }
        m_changed.notify_all(); // one that takes interactive work only may be the one to wake
    }

    /// Waits for a job; empty once the queue is closed. `withBackground` false: interactive jobs only.
    std::optional<Job> take(bool withBackground = true)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_closed || hasFor(withBackground); });
        std::optional<Job> job = takeLocked(withBackground);
        if (job && !withBackground)
            --m_free;
        return job;
    }
    /// As take(), but does not wait.
    std::optional<Job> takeIfAny()
    {
        const std::lock_guard lock(m_mutex);
        return takeLocked(true);
    }
    /// As take(), but waits no longer than that moment: one that has passed is no waiting at all.
    std::optional<Job> takeUntil(std::chrono::steady_clock::time_point moment)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait_until(lock, moment, [&] { return m_closed || hasFor(true); });
        return takeLocked(true);
    }

    /// Takes a waiting job away; nothing happens when it runs already.
    void remove(std::uint64_t number)
    {
        const std::lock_guard lock(m_mutex);
        for (std::deque<Job> &jobs : m_waiting)
            std::erase_if(jobs, [&](const Job &job) { return job.number == number; });
    }

    /// No more jobs: background ones that wait are dropped, interactive ones are still given out.
    void finish()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_closed = true;
            m_waiting[1].clear();
        }
        m_changed.notify_all();
    }
    /// No more jobs: those that wait are given back.
    std::vector<Job> close()
    {
        std::vector<Job> left;
        {
            const std::lock_guard lock(m_mutex);
            m_closed = true;
            for (std::deque<Job> &jobs : m_waiting) {
                std::move(jobs.begin(), jobs.end(), std::back_inserter(left));
                jobs.clear();
            }
        }
        m_changed.notify_all();
        return left;
    }
    [[nodiscard]] bool isClosed() const
    {
        const std::lock_guard lock(m_mutex);
        return m_closed;
    }

private:
    [[nodiscard]] bool hasInteractiveFor(bool withBackground) const { return m_waiting[0].size() > (withBackground ? m_free : 0); }
    [[nodiscard]] bool hasFor(bool withBackground) const { return hasInteractiveFor(withBackground) || (withBackground && !m_waiting[1].empty()); }
    std::optional<Job> takeLocked(bool withBackground)
    {
        if (!hasFor(withBackground))
            return std::nullopt;
        std::deque<Job> &jobs = m_waiting[hasInteractiveFor(withBackground) ? 0 : 1];
        Job job = std::move(jobs.front());
        jobs.pop_front();
        return job;
    }

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::array<std::deque<Job>, 2> m_waiting;
    size_t m_free = 0; ///< Threads that take interactive work alone and have none.
    bool m_closed = false;
};

} // namespace fieldfare::store
