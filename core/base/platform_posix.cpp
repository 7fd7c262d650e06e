// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/machine_memory.h"
#include "core/base/platform.h"

#include <QFile>
#include <QUuid>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <ctime>

#include <fcntl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#if defined(__linux__)
#    include <sys/syscall.h>
#elif defined(__APPLE__)
#    include <pthread/qos.h>
#endif

namespace fieldfare::base::platform {

namespace {

void (*terminationCallback)() = nullptr;

void onSignal(int)
{
    if (terminationCallback != nullptr)
        terminationCallback();
}

} // namespace

void fillRandom(std::span<std::uint8_t> bytes)
{
    size_t done = 0;
    while (done < bytes.size()) {
        const size_t part = std::min<size_t>(bytes.size() - done, 256);
#if defined(__APPLE__)
        if (getentropy(bytes.data() + done, part) != 0)
            qFatal("the system gives no random bytes");
        done += part;
#else
        const ssize_t got = getrandom(bytes.data() + done, part, 0);
        if (got < 0) {
            if (errno == EINTR)
                continue;
            qFatal("the system gives no random bytes");
        }
        done += size_t(got);
#endif
    }
}

std::int64_t bootMs()
{
    timespec time{};
#if defined(__APPLE__)
    clock_gettime(CLOCK_MONOTONIC, &time); // counts sleep there
#else
    clock_gettime(CLOCK_BOOTTIME, &time);
#endif
    return std::int64_t(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}

QByteArray bootId()
{
    QFile file(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    if (file.open(QIODevice::ReadOnly))
        return QUuid::fromString(QString::fromLatin1(file.readAll().trimmed())).toRfc4122();
    return QByteArray(16, '\0');
}

bool syncDirectory(const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool done = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return done;
}

bool syncFile(int handle)
{
    return ::fsync(handle) == 0;
}

bool replaceFile(const QString &from, const QString &to)
{
    return std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0;
}

void restrictNewFilesToOwner()
{
    ::umask(077);
}

void surviveFileSizeLimits()
{
    signal(SIGXFSZ, SIG_IGN);
}

std::int64_t raiseOpenFileLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 0;
    const rlimit raised{limit.rlim_max, limit.rlim_max};
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0)
        limit = raised;
    return std::int64_t(limit.rlim_cur);
}

OpenFolder openFolder(const QString &path)
{
    OpenFolder folder;
#if defined(__linux__)
    folder.handle = ::open(QFile::encodeName(path).constData(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder.handle >= 0)
        folder.alias = QStringLiteral("/proc/self/fd/%1").arg(folder.handle);
    if (::access(QFile::encodeName(folder.alias).constData(), F_OK) != 0)
        folder.alias.clear(); // no /proc here
#else
    Q_UNUSED(path);
#endif
    return folder;
}

void closeFolder(const OpenFolder &folder)
{
    if (folder.handle >= 0)
        ::close(folder.handle);
}

void onTerminationRequest(void (*callback)())
{
    terminationCallback = callback;
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
    signal(SIGPIPE, SIG_IGN);
}

bool setTerminalEcho(bool enabled)
{
    termios settings{};
    if (tcgetattr(STDIN_FILENO, &settings) != 0)
        return false;
    if (enabled)
        settings.c_lflag |= tcflag_t(ECHO);
    else
        settings.c_lflag &= ~tcflag_t(ECHO);
    return tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings) == 0;
}

bool standardInputIsTerminal()
{
    return isatty(STDIN_FILENO) == 1;
}

bool standardOutputIsTerminal()
{
    return isatty(STDOUT_FILENO) == 1;
}

std::int64_t peakResidentBytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
#if defined(__APPLE__)
    return usage.ru_maxrss;
#else
    return std::int64_t(usage.ru_maxrss) * 1024;
#endif
}

namespace {

double cpuSecondsOf(int who)
{
    rusage usage{};
    getrusage(who, &usage);
    const auto seconds = [](const timeval &t) { return double(t.tv_sec) + double(t.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

} // namespace

double cpuSeconds()
{
    return cpuSecondsOf(RUSAGE_SELF);
}

double childCpuSeconds()
{
    return cpuSecondsOf(RUSAGE_CHILDREN);
}

std::int64_t threadWaitNs()
{
#if defined(__linux__)
    // "time on a processor, time waited for one, number of slices", the first two in ns (Documentation/scheduler/sched-stats).
    std::FILE *file = std::fopen("/proc/thread-self/schedstat", "re");
    if (file == nullptr)
        return 0;
    long long ran = 0;
    long long waited = 0;
    const int read = std::fscanf(file, "%lld %lld", &ran, &waited);
    std::fclose(file);
    return read == 2 ? std::int64_t(waited) : 0;
#else
    return 0;
#endif
}

std::int64_t machineMemoryBytes()
{
    const long pages = sysconf(_SC_PHYS_PAGES);
    const long size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? std::int64_t(pages) * size : 0;
}

void lowerThreadPriority(ThreadPriority priority)
{
#if defined(__linux__)
    // On Linux a nice value is a thread's own (setpriority(2), "C library/kernel differences").
    setpriority(PRIO_PROCESS, id_t(syscall(SYS_gettid)), priority == ThreadPriority::Background ? 10 : 5);
#elif defined(__APPLE__)
    pthread_set_qos_class_self_np(priority == ThreadPriority::Background ? QOS_CLASS_BACKGROUND : QOS_CLASS_UTILITY, 0);
#else
    (void)priority;
#endif
}

} // namespace fieldfare::base::platform
