// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QJsonObject>
#include <QString>

#include <cstdio>
#include <mutex>

namespace fieldfare::server {

/// JSON lines on a stream: time, level, event and what belongs to it. Ids, counts and codes only; whoever writes keeps
/// secrets and records' text out. Thread safe. Does not own the clock and the stream.
class RequestLog {
public:
    RequestLog(const base::Clock &clock, std::FILE *stream) : m_clock(clock), m_stream(stream) {}

    void write(const char *level, const QString &event, QJsonObject more = {});

private:
    const base::Clock &m_clock;
    std::FILE *m_stream;
    std::mutex m_mutex;
};

} // namespace fieldfare::server
