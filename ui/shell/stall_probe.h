// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <cstdint>

class QTimer;

namespace fieldfare::ui {

/// Measures how long the UI thread's event loop was blocked: a timer that should fire each interval notes how late it did.
/// For `fieldfare-bench stall` and tests; costs nothing while it is not started.
class StallProbe final : public QObject {
    Q_OBJECT
public:
    explicit StallProbe(QObject *parent = nullptr);

    /// Forgets what was measured and begins.
    void start();
    void stop();
    /// The longest block so far, in milliseconds beyond the timer's interval.
    [[nodiscard]] double longestMs() const { return double(m_longestNs) / 1e6; }
    /// Blocks longer than kStallMs.
    [[nodiscard]] int stalls() const { return m_stalls; }

    static constexpr int kIntervalMs = 1;
    static constexpr double kStallMs = 16.0; ///< a frame at 60 Hz

private:
    void tick();

    QTimer *m_timer;
    std::int64_t m_lastNs = 0;
    std::int64_t m_longestNs = 0;
    int m_stalls = 0;
};

} // namespace fieldfare::ui
