// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <cstdint>
#include <functional>

class QTimer;

namespace fieldfare::ui {

/// Measures how long the UI thread's event loop was blocked: a timer that should fire each interval notes how late it did.
/// For `fieldfare-bench stall` and tests; costs nothing while it is not started.
class StallProbe final : public QObject {
    Q_OBJECT
public:
    explicit StallProbe(QObject *parent = nullptr);

    /// Nanoseconds that this thread was ready and waited for a processor, ever growing (base::platform::threadWaitNs): what
    /// others do on a busy machine is no fault of the program. Without it longestOwnMs() is longestMs().
    void setThreadWait(std::function<std::int64_t()> waitNs) { m_threadWaitNs = std::move(waitNs); }
    /// Forgets what was measured and begins.
    void start();
    void stop();
    /// The longest block so far, in milliseconds beyond the timer's interval.
    [[nodiscard]] double longestMs() const { return double(m_longestNs) / 1e6; }
    /// Likewise, without the time in which the thread could not run because other processes did.
    [[nodiscard]] double longestOwnMs() const { return double(m_longestOwnNs) / 1e6; }
    /// Blocks longer than kStallMs.
    [[nodiscard]] int stalls() const { return m_stalls; }

    static constexpr int kIntervalMs = 1;
    static constexpr double kStallMs = 16.0; ///< a frame at 60 Hz

private:
    void tick();

    QTimer *m_timer;
    std::int64_t m_lastNs = 0;
    std::int64_t m_longestNs = 0;
    std::function<std::int64_t()> m_threadWaitNs;
    std::int64_t m_lastWaitNs = 0;
    std::int64_t m_longestOwnNs = 0;
    int m_stalls = 0;
};

} // namespace fieldfare::ui
