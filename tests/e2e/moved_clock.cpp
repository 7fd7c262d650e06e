// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A library for LD_PRELOAD that moves the wall clock of one program by FIELDFARE_TEST_CLOCK_SECONDS. Times since the machine's
// start stay as they are. Linux only.
#include <cstdlib>
#include <ctime>

#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

long moved()
{
    const char *text = std::getenv("FIELDFARE_TEST_CLOCK_SECONDS");
    return text != nullptr ? std::strtol(text, nullptr, 10) : 0;
}

} // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec *time) noexcept
{
    const long done = syscall(SYS_clock_gettime, clock, time);
    if (done == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        time->tv_sec += moved();
    return int(done);
}

int gettimeofday(timeval *time, void *) noexcept
{
    timespec precise{};
    const int done = clock_gettime(CLOCK_REALTIME, &precise);
    time->tv_sec = precise.tv_sec;
    time->tv_usec = precise.tv_nsec / 1000;
    return done;
}

time_t time(time_t *seconds) noexcept
{
    timespec precise{};
    clock_gettime(CLOCK_REALTIME, &precise);
    if (seconds != nullptr)
        *seconds = precise.tv_sec;
    return precise.tv_sec;
}
}
