// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/failing_calls.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstring>

#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

using fieldfare::testlib::FailingCalls;
using Call = FailingCalls::Call;

namespace {

constexpr int kMostFiles = 4096;

// Plain data only: the functions below may be called before anything is constructed.
std::atomic<int> g_call{-1}; // which kind is to fail; none
std::atomic<int> g_left{0};
std::atomic<int> g_error{0};
std::atomic<bool> g_hasFailed{false};
char g_folder[1024];
std::array<std::atomic<bool>, kMostFiles> g_watched;

bool fails(Call call)
{
    if (g_call.load() != int(call) || g_left.fetch_sub(1) != 1)
        return false;
    g_call = -1;
    g_hasFailed = true;
    errno = g_error.load();
    return true;
}

bool isUnder(const char *path)
{
    return g_folder[0] != '\0' && std::strncmp(path, g_folder, std::strlen(g_folder)) == 0;
}

bool isWatched(int file)
{
    return file >= 0 && file < kMostFiles && g_watched[size_t(file)].load();
}

bool failsOn(int file, Call call)
{
    return isWatched(file) && fails(call);
}

bool failsOn(const char *path, Call call)
{
    return isUnder(path) && fails(call);
}

int opened(int file, bool isUnderFolder)
{
    if (file >= 0 && file < kMostFiles)
        g_watched[size_t(file)] = isUnderFolder;
    return file;
}

template <typename Function>
Function *next(const char *name)
{
    return reinterpret_cast<Function *>(dlsym(RTLD_NEXT, name));
}

} // namespace

namespace fieldfare::testlib {

void FailingCalls::failNext(Call call, int n, int error, const QByteArray &folder)
{
    stop();
    qstrncpy(g_folder, folder.constData(), sizeof g_folder);
    g_hasFailed = false;
    g_error = error;
    g_left = n;
    g_call = int(call);
}

void FailingCalls::stop()
{
    g_call = -1;
}

bool FailingCalls::hasFailed()
{
    return g_hasFailed;
}

} // namespace fieldfare::testlib

// Files keep being watched after stop(): what is open then may be written later.
#define FIELDFARE_OPEN(name)                                                                                                                                                                          \
    int name(const char *path, int flags, ...)                                                                                                                                                        \
    {                                                                                                                                                                                                 \
        va_list more;                                                                                                                                                                                 \
        va_start(more, flags);                                                                                                                                                                        \
        const auto mode = va_arg(more, int);                                                                                                                                                          \
        va_end(more);                                                                                                                                                                                 \
        static auto *real = next<int(const char *, int, ...)>(#name);                                                                                                                                 \
        return failsOn(path, Call::Open) ? -1 : opened(real(path, flags, mode), isUnder(path));                                                                                                       \
    }
#define FIELDFARE_OPEN_AT(name)                                                                                                                                                                       \
    int name(int folder, const char *path, int flags, ...)                                                                                                                                            \
    {                                                                                                                                                                                                 \
        va_list more;                                                                                                                                                                                 \
        va_start(more, flags);                                                                                                                                                                        \
        const auto mode = va_arg(more, int);                                                                                                                                                          \
        va_end(more);                                                                                                                                                                                 \
        static auto *real = next<int(int, const char *, int, ...)>(#name);                                                                                                                            \
        return failsOn(path, Call::Open) ? -1 : opened(real(folder, path, flags, mode), isUnder(path));                                                                                               \
    }
#define FIELDFARE_SYNC(name)                                                                                                                                                                          \
    int name(int file)                                                                                                                                                                                \
    {                                                                                                                                                                                                 \
        static auto *real = next<int(int)>(#name);                                                                                                                                                    \
        return failsOn(file, Call::Sync) ? -1 : real(file);                                                                                                                                           \
    }
#define FIELDFARE_TRUNCATE(name, offset)                                                                                                                                                              \
    int name(int file, offset size) noexcept                                                                                                                                                          \
    {                                                                                                                                                                                                 \
        static auto *real = next<int(int, offset)>(#name);                                                                                                                                            \
        return failsOn(file, Call::Truncate) ? -1 : real(file, size);                                                                                                                                 \
    }
#define FIELDFARE_PREAD(name, offset)                                                                                                                                                                 \
    ssize_t name(int file, void *buffer, size_t size, offset at)                                                                                                                                      \
    {                                                                                                                                                                                                 \
        static auto *real = next<ssize_t(int, void *, size_t, offset)>(#name);                                                                                                                        \
        return failsOn(file, Call::Read) ? -1 : real(file, buffer, size, at);                                                                                                                         \
    }
#define FIELDFARE_PWRITE(name, offset)                                                                                                                                                                \
    ssize_t name(int file, const void *buffer, size_t size, offset at)                                                                                                                                \
    {                                                                                                                                                                                                 \
        static auto *real = next<ssize_t(int, const void *, size_t, offset)>(#name);                                                                                                                  \
        return failsOn(file, Call::Write) ? -1 : real(file, buffer, size, at);                                                                                                                        \
    }
#define FIELDFARE_SENDFILE(name, offset)                                                                                                                                                              \
    ssize_t name(int to, int from, offset *at, size_t size) noexcept                                                                                                                                  \
    {                                                                                                                                                                                                 \
        static auto *real = next<ssize_t(int, int, offset *, size_t)>(#name);                                                                                                                         \
        return failsOn(to, Call::Write) ? -1 : real(to, from, at, size);                                                                                                                              \
    }

extern "C" {

FIELDFARE_OPEN(open)
FIELDFARE_OPEN(open64)
FIELDFARE_OPEN_AT(openat)
FIELDFARE_OPEN_AT(openat64)
FIELDFARE_SYNC(fsync)
FIELDFARE_SYNC(fdatasync)
FIELDFARE_TRUNCATE(ftruncate, off_t)
FIELDFARE_TRUNCATE(ftruncate64, off64_t)
FIELDFARE_PREAD(pread, off_t)
FIELDFARE_PREAD(pread64, off64_t)
FIELDFARE_PWRITE(pwrite, off_t)
FIELDFARE_PWRITE(pwrite64, off64_t)
FIELDFARE_SENDFILE(sendfile, off_t)
FIELDFARE_SENDFILE(sendfile64, off64_t)

int close(int file)
{
    static auto *real = next<int(int)>("close");
    opened(file, false);
    return real(file);
}

ssize_t read(int file, void *buffer, size_t size)
{
    static auto *real = next<ssize_t(int, void *, size_t)>("read");
    return failsOn(file, Call::Read) ? -1 : real(file, buffer, size);
}

ssize_t write(int file, const void *buffer, size_t size)
{
    static auto *real = next<ssize_t(int, const void *, size_t)>("write");
    return failsOn(file, Call::Write) ? -1 : real(file, buffer, size);
}

int rename(const char *from, const char *to) noexcept
{
    static auto *real = next<int(const char *, const char *)>("rename");
    return failsOn(to, Call::Rename) ? -1 : real(from, to);
}

int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned flags) noexcept
{
    static auto *real = next<int(int, const char *, int, const char *, unsigned)>("renameat2");
    return failsOn(to, Call::Rename) ? -1 : real(fromFolder, from, toFolder, to, flags);
}

int link(const char *from, const char *to) noexcept
{
    static auto *real = next<int(const char *, const char *)>("link");
    return failsOn(to, Call::Rename) ? -1 : real(from, to);
}

int unlink(const char *path) noexcept
{
    static auto *real = next<int(const char *)>("unlink");
    return failsOn(path, Call::Remove) ? -1 : real(path);
}

} // extern "C"
