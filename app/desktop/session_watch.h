// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace fieldfare::app {

/// Tells when the person's session on this computer is locked, or the computer goes to sleep. Where the system does not say it,
/// nothing is ever told. UI thread.
///
/// Linux: ActiveChanged of the screen savers of the desktops, the Lock signal of org.freedesktop.login1.Session and PrepareForSleep
/// of its Manager (session_watch_dbus.cpp). Windows and macOS: nothing yet (session_watch_none.cpp).
class SessionWatch final : public QObject {
    Q_OBJECT
public:
    explicit SessionWatch(QObject *parent = nullptr);

    /// Whether there is somebody who could tell. On Linux two short questions to the message buses.
    [[nodiscard]] bool isAvailable() const;

public Q_SLOTS: // for the system's signals
    void noteLock() { Q_EMIT locked(); }
    void noteActive(bool isActive)
    {
        if (isActive)
            Q_EMIT locked();
    }

Q_SIGNALS:
    void locked();
};

} // namespace fieldfare::app
