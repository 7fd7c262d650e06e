// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace fieldfare::testlib {

/// Makes calls of this process to the operating system fail, by functions that stand before those of the C library: for files that
/// are written without SQLite, where FaultDisk does not reach. Linux; not together with sanitizers, which stand there themselves.
/// Compiled into the test program itself. Any thread.
class FailingCalls {
public:
    enum class Call { Open, Read, Write, Sync, Truncate, Rename, Remove };
    static constexpr int kCalls = 7;

    /// The n-th such call from now on (1: the next) on anything under `folder` fails, once, with the system's error number.
    static void failNext(Call call, int n, int error, const QByteArray &folder);
    static void stop();
    /// Whether it came to that since failNext().
    [[nodiscard]] static bool hasFailed();
};

} // namespace fieldfare::testlib
