// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Twin of platform_posix.cpp. Written from the Windows API's documentation; not built or tried by us yet.
#include "core/base/machine_memory.h"
#include "core/base/platform.h"

#include <QFile>
#include <QDir>

#include <windows.h>

#include <bcrypt.h>
#include <io.h>
#include <psapi.h>

namespace fieldfare::base::platform {

namespace {

void (*terminationCallback)() = nullptr;

BOOL WINAPI onConsoleEvent(DWORD)
{
    if (terminationCallback != nullptr)
        terminationCallback();
    return TRUE;
}

std::wstring nativePath(const QString &path)
{
    return QDir::toNativeSeparators(path).toStdWString();
}

} // namespace

void fillRandom(std::span<std::uint8_t> bytes)
{
    if (BCryptGenRandom(nullptr, bytes.data(), ULONG(bytes.size()), BCRYPT_USE_SYSTEM_PREFERRED_RNG) != 0)
        qFatal("the system gives no random bytes");
}

std::int64_t bootMs()
{
    return std::int64_t(GetTickCount64());
}

QByteArray bootId()
{
    return QByteArray(16, '\0');
}

bool syncDirectory(const QString &)
{
    return true; // NTFS journals the entry; MoveFileEx below writes through.
}

bool syncFile(int handle)
{
    return FlushFileBuffers(reinterpret_cast<HANDLE>(_get_osfhandle(handle))) != 0;
}

bool replaceFile(const QString &from, const QString &to)
{
    return MoveFileExW(nativePath(from).c_str(), nativePath(to).c_str(),
                       MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH) != 0;
}

void restrictNewFilesToOwner() {}

void surviveFileSizeLimits() {}

std::int64_t raiseOpenFileLimit()
{
    return 0; // no such limit on sockets
}

OpenFolder openFolder(const QString &)
{
    return {}; // local sockets are pipes there, with names of their own
}

void closeFolder(const OpenFolder &) {}

void onTerminationRequest(void (*callback)())
{
    terminationCallback = callback;
    SetConsoleCtrlHandler(onConsoleEvent, TRUE);
}

bool setTerminalEcho(bool enabled)
{
    const HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
    DWORD mode = 0;
    if (!GetConsoleMode(input, &mode))
        return false;
    mode = enabled ? (mode | ENABLE_ECHO_INPUT) : (mode & ~DWORD(ENABLE_ECHO_INPUT));
    return SetConsoleMode(input, mode) != 0;
}

bool standardInputIsTerminal()
{
    return _isatty(0) != 0;
}

bool standardOutputIsTerminal()
{
    return _isatty(1) != 0;
}

std::int64_t peakResidentBytes()
{
    PROCESS_MEMORY_COUNTERS counters{};
    GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof counters);
    return std::int64_t(counters.PeakWorkingSetSize);
}

double cpuSeconds()
{
    FILETIME creation{};
    FILETIME exit{};
    FILETIME kernel{};
    FILETIME user{};
    GetProcessTimes(GetCurrentProcess(), &creation, &exit, &kernel, &user);
    const auto seconds = [](const FILETIME &t) {
        return double((std::uint64_t(t.dwHighDateTime) << 32) | t.dwLowDateTime) / 1e7;
    };
    return seconds(kernel) + seconds(user);
}

double childCpuSeconds()
{
    return 0; // Windows does not add up what children used
}

std::int64_t threadWaitNs()
{
    return 0;
}

std::int64_t machineMemoryBytes()
{
    MEMORYSTATUSEX status = {};
    status.dwLength = sizeof status;
    return GlobalMemoryStatusEx(&status) != 0 ? std::int64_t(status.ullTotalPhys) : 0;
}

void lowerThreadPriority(ThreadPriority priority)
{
    SetThreadPriority(GetCurrentThread(), priority == ThreadPriority::Background ? THREAD_PRIORITY_LOWEST : THREAD_PRIORITY_BELOW_NORMAL);
}

} // namespace fieldfare::base::platform
