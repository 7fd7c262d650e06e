// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <span>

/// The only door to the operating system beside Qt, SQLite and OpenSSL: platform_posix.cpp, with platform_windows.cpp as
/// its twin. All functions may be called from any thread.
namespace fieldfare::base::platform {

/// Fills from the system's generator; ends the program when there is none.
void fillRandom(std::span<std::uint8_t> bytes);

[[nodiscard]] std::int64_t bootMs();

/// 16 bytes that change with each start of the machine; zeros where the system tells nothing.
[[nodiscard]] QByteArray bootId();

/// Makes a renamed or created entry of a folder durable. False when the system refused.
bool syncDirectory(const QString &path);

/// Makes what was written to the open file (QFile::handle()) durable. False when the system refused.
bool syncFile(int handle);

/// Renames over an existing target in one step.
bool replaceFile(const QString &from, const QString &to);

/// Only this user may read and write the files that the program makes from now on.
void restrictNewFilesToOwner();

/// Writing past a limit of file size is an error of that write, not the end of the program (SIGXFSZ ignored).
void surviveFileSizeLimits();

/// Lets this process have as many files and sockets open as the system allows it; the number.
std::int64_t raiseOpenFileLimit();

/// A folder that is held open, and a short path that leads to it while it is: for local sockets, whose paths may have 107
/// bytes only (104 on macOS). `alias` is empty where the system has no such path; `folder` is to be used then.
struct OpenFolder {
    int handle = -1;
    QString alias;
};
[[nodiscard]] OpenFolder openFolder(const QString &path);
void closeFolder(const OpenFolder &folder);

/// Calls the function on SIGTERM, SIGINT or the console's close event, from an unspecified thread; it must only wake
/// the event loop. The function replaces any earlier one.
void onTerminationRequest(void (*callback)());

/// Turns echo of the terminal on or off while a secret is typed. False when standard input is no terminal.
bool setTerminalEcho(bool enabled);
[[nodiscard]] bool standardInputIsTerminal();
[[nodiscard]] bool standardOutputIsTerminal();

/// Peak resident memory of this process in bytes, 0 if unknown. CPU seconds used so far (user + system).
[[nodiscard]] std::int64_t peakResidentBytes();
[[nodiscard]] double cpuSeconds();
/// Of the processes that this one started and waited for.
[[nodiscard]] double childCpuSeconds();
/// Nanoseconds that this thread was ready to run and had to wait for a processor, ever growing; 0 if unknown.
[[nodiscard]] std::int64_t threadWaitNs();

enum class ThreadPriority { BelowNormal, Background };
/// Lets other threads, the window's above all, go before this one when there are too few processors. Cannot be taken back; what the
/// system refuses is left as it is.
void lowerThreadPriority(ThreadPriority priority);

} // namespace fieldfare::base::platform
