// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/stall_probe.h"

#include <QTimer>

#include <algorithm>
#include <chrono>

namespace fieldfare::ui {

namespace {

std::int64_t nowNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

} // namespace

StallProbe::StallProbe(QObject *parent) : QObject(parent), m_timer(new QTimer(this))
{
    m_timer->setTimerType(Qt::PreciseTimer);
    m_timer->setInterval(kIntervalMs);
    connect(m_timer, &QTimer::timeout, this, &StallProbe::tick);
}

void StallProbe::start()
{
    m_longestNs = 0;
    m_longestOwnNs = 0;
    m_stalls = 0;
    m_lastWaitNs = m_threadWaitNs ? m_threadWaitNs() : 0;
    m_lastNs = nowNs();
    m_timer->start();
}

void StallProbe::stop()
{
    if (m_timer->isActive())
        tick();
    m_timer->stop();
}

void StallProbe::tick()
{
    const std::int64_t now = nowNs();
    const std::int64_t late = std::max<std::int64_t>(0, now - m_lastNs - std::int64_t(kIntervalMs) * 1'000'000);
    m_lastNs = now;
    const std::int64_t wait = m_threadWaitNs ? m_threadWaitNs() : 0;
    const std::int64_t waited = wait - m_lastWaitNs;
    m_lastWaitNs = wait;
    m_longestNs = std::max(m_longestNs, late);
    m_longestOwnNs = std::max(m_longestOwnNs, late - waited);
    if (double(late) / 1e6 > kStallMs)
        ++m_stalls;
}

} // namespace fieldfare::ui
