// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>

#include <cstdint>

namespace fieldfare::bench {

/// A line of /proc/PID/status in bytes: "VmRSS" (resident now), "VmHWM" (at the peak). 0 on other systems than Linux.
[[nodiscard]] inline std::int64_t processBytes(qint64 pid, const char *name)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(name) && line.at(qsizetype(qstrlen(name))) == ':')
            return line.mid(qsizetype(qstrlen(name)) + 1).simplified().split(' ').value(0).toLongLong() * 1024;
    }
    return 0;
}

} // namespace fieldfare::bench
