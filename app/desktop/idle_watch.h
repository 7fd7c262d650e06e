// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QObject>
#include <QPointF>
#include <QTimer>

namespace fieldfare::app {

/// Tells when nobody has touched keyboard, mouse or screen in this program for some minutes. Measured by the boot clock, so
/// that a changed wall clock does nothing and a night's sleep of the computer counts: the key that wakes it up comes too late, and
/// is swallowed. Looks every quarter of a minute. UI thread.
class IdleWatch final : public QObject {
    Q_OBJECT
public:
    /// The clock outlives it.
    explicit IdleWatch(const base::Clock &clock, QObject *parent = nullptr);

    /// 0: never.
    void setMinutes(int minutes);
    /// As if somebody had touched something.
    void restart();
    /// What the timer does.
    void look();

Q_SIGNALS:
    /// Once; again after the next touch only.
    void idled();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] bool hasRunOut() const;

    const base::Clock &m_clock;
    QTimer m_timer;
    std::int64_t m_lastMs = 0; ///< boot ms
    QPointF m_mouse;           ///< A window that appears under the mouse is told of a move as well.
    int m_minutes = 0;
    bool m_hasTold = false;
};

} // namespace fieldfare::app
