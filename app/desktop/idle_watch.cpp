// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/idle_watch.h"

#include <QCoreApplication>
#include <QMouseEvent>

#include <utility>

namespace fieldfare::app {

namespace {

constexpr int kLookEveryMs = 15'000;
constexpr std::int64_t kMinuteMs = 60'000;

} // namespace

IdleWatch::IdleWatch(const base::Clock &clock, QObject *parent) : QObject(parent), m_clock(clock)
{
    m_timer.setInterval(kLookEveryMs);
    connect(&m_timer, &QTimer::timeout, this, &IdleWatch::look);
    QCoreApplication::instance()->installEventFilter(this);
    restart();
}

void IdleWatch::setMinutes(int minutes)
{
    m_minutes = minutes;
    restart();
    if (minutes > 0)
        m_timer.start();
    else
        m_timer.stop();
}

void IdleWatch::restart()
{
    m_lastMs = m_clock.bootMs();
    m_hasTold = false;
}

bool IdleWatch::hasRunOut() const
{
    return m_minutes > 0 && !m_hasTold && m_clock.bootMs() - m_lastMs >= m_minutes * kMinuteMs;
}

void IdleWatch::look()
{
    if (!hasRunOut())
        return;
    m_hasTold = true;
    Q_EMIT idled();
}

bool IdleWatch::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride:
        // Comes before a key's shortcut is looked for. Accepted, the key is no shortcut but a key press, which follows and is swallowed.
        if (hasRunOut()) {
            event->accept();
            return true;
        }
        restart();
        break;
    case QEvent::MouseMove: {
        const QPointF at = static_cast<QMouseEvent *>(event)->globalPosition();
        if (std::exchange(m_mouse, at) == at)
            break;
        [[fallthrough]];
    }
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
    case QEvent::TouchBegin:
    case QEvent::TabletPress:
    case QEvent::InputMethod:
        if (hasRunOut()) {
            look();
            return true;
        }
        restart();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace fieldfare::app
