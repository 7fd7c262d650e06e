// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench/stall_stacks.h"

#if defined(__GLIBC__)

#    include "app/bench/stolen_time.h"

#    include <QCoreApplication>
#    include <QTimer>

#    include <atomic>
#    include <chrono>
#    include <condition_variable>
#    include <csignal>
#    include <cstdio>
#    include <execinfo.h>
#    include <mutex>
#    include <thread>

namespace fieldfare::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kBeat = std::chrono::milliseconds(1);
constexpr auto kFrame = std::chrono::milliseconds(17);
constexpr int kMostStacks = 6; ///< of one stall, each a frame after the other
constexpr int kMostFrames = 48;

void printStack(int)
{
    void *frames[kMostFrames];
    const int count = backtrace(frames, kMostFrames);
    backtrace_symbols_fd(frames, count, fileno(stderr)); // no allocation; this function is the first of each stack
}

struct Times {
    long long ranNs = 0;
    long long waitedNs = 0;
    std::int64_t stolenNs = 0;
};

Times timesOfThisThread()
{
    Times times;
    if (std::FILE *file = std::fopen("/proc/thread-self/schedstat", "re")) {
        (void)!std::fscanf(file, "%lld %lld", &times.ranNs, &times.waitedNs);
        std::fclose(file);
    }
    times.stolenNs = stolenNs();
    return times;
}

} // namespace

struct StallStacks::Watch {
    std::atomic<Clock::rep> lastBeat{Clock::now().time_since_epoch().count()};
    QTimer timer;
    Times times;
    std::mutex mutex;
    std::condition_variable ended;
    bool isEnded = false; ///< Under the mutex.
    std::thread thread;
};

StallStacks::StallStacks() : m_watch(std::make_unique<Watch>())
{
    void *first[1];
    backtrace(first, 1); // loads libgcc, which allocates
    struct sigaction action = {};
    action.sa_handler = printStack;
    action.sa_flags = SA_RESTART;
    sigaction(SIGUSR2, &action, nullptr);
    Watch &watch = *m_watch;
    watch.times = timesOfThisThread();
    watch.timer.setTimerType(Qt::PreciseTimer);
    watch.timer.setInterval(kBeat);
    QObject::connect(&watch.timer, &QTimer::timeout, &watch.timer, [&watch] {
        const Times now = timesOfThisThread();
        const Clock::rep beat = Clock::now().time_since_epoch().count();
        const double late = double(beat - watch.lastBeat.exchange(beat)) / 1e6;
        if (late > double(kFrame.count())) {
            std::fprintf(stderr, "stall of %.1f ms: ran %.1f, waited for a processor %.1f, taken by the host %.0f\n", late,
                         double(now.ranNs - watch.times.ranNs) / 1e6, double(now.waitedNs - watch.times.waitedNs) / 1e6,
                         double(now.stolenNs - watch.times.stolenNs) / 1e6);
        }
        watch.times = now;
    });
    watch.timer.start();
    watch.thread = std::thread([&watch] {
        Clock::rep told = 0;
        int stacks = 0;
        std::unique_lock lock(watch.mutex);
        while (!watch.ended.wait_for(lock, kBeat, [&watch] { return watch.isEnded; })) {
            const Clock::rep beat = watch.lastBeat;
            if (beat != told) {
                told = beat;
                stacks = 0;
            }
            const auto still = Clock::now().time_since_epoch() - Clock::duration(beat);
            if (stacks < kMostStacks && still > kFrame * (stacks + 1) / (stacks == 0 ? 2 : 1)) {
                ++stacks;
                kill(pid_t(QCoreApplication::applicationPid()), SIGUSR2); // goes to the main thread, as that does not block it
            }
        }
    });
}

StallStacks::~StallStacks()
{
    {
        const std::lock_guard lock(m_watch->mutex);
        m_watch->isEnded = true;
    }
    m_watch->ended.notify_one();
    m_watch->thread.join();
}

} // namespace fieldfare::bench

#else

namespace fieldfare::bench {

struct StallStacks::Watch {};
StallStacks::StallStacks() = default;
StallStacks::~StallStacks() = default;

} // namespace fieldfare::bench

#endif
