// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>

#include <atomic>

namespace fieldfare::testing {

/// A relay on 127.0.0.1 in front of a server, on a thread of its own, which breaks connections: after so many bytes in one
/// direction, counted over all connections since the last arm(), it resets everything that is open. All functions may be
/// called from the thread that made it.
class CutProxy {
public:
    enum class Direction { ToServer, ToClient };

    explicit CutProxy(quint16 serverPort);
    ~CutProxy();

    [[nodiscard]] quint16 port() const { return m_port; }
    /// Cuts after `bytes`, once; later connections pass whole. The part before the cut is delivered.
    void arm(Direction direction, qint64 bytes);
    void disarm() { arm(Direction::ToServer, -1); }
    /// Bytes that passed since the last arm().
    [[nodiscard]] qint64 passed(Direction direction) const { return m_passed[direction == Direction::ToServer ? 0 : 1]; }
    [[nodiscard]] bool hasCut() const { return m_hasCut; }

private:
    class Relay;
    Relay *m_relay; ///< Dies with its thread.
    QThread m_thread;
    quint16 m_port = 0;
    std::atomic<qint64> m_passed[2] = {0, 0};
    std::atomic<qint64> m_left[2] = {-1, -1};
    std::atomic<bool> m_hasCut{false};
};

} // namespace fieldfare::testing
