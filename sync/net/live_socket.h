// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "sync/net/server_address.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

class QSslSocket;
class QWebSocket;

namespace fieldfare::base {
class Clock;
class RandomSource;
}

namespace fieldfare::net {

struct LiveSocketTimes {
    std::chrono::milliseconds firstDelay{1'000};   ///< Before the second attempt; doubles with each further one.
    std::chrono::milliseconds longestDelay{300'000};
    std::chrono::milliseconds handshake{20'000};
    std::chrono::milliseconds ping{60'000};        ///< Without a pong by the next ping the connection is given up.
    std::chrono::milliseconds stable{30'000};      ///< A connection that lived this long starts the delays anew.
};

/// Keeps a WebSocket to the server open, so that a device hears at once that there is something to pull. It is only a
/// hint: with it gone everything still works, later. The server's chain is judged by checkChain() before the token is
/// sent. After a loss it comes back by itself, with delays that double and are spread by chance (half to all of the
/// delay), so that a restarted server is not stormed by all devices at once.
///
/// Lives on one thread with an event loop. Does not own the clock and the random source.
class LiveSocket : public QObject {
    Q_OBJECT

public:
    LiveSocket(ServerAddress address, const base::Clock &clock, base::RandomSource &random,
               const LiveSocketTimes &times = {}, QObject *parent = nullptr);
    ~LiveSocket() override;

    /// The access token of the next attempt. After tokenRefused() a new one starts the next attempt at once.
    void setToken(const QByteArray &token);

    void start();
    void stop();
    [[nodiscard]] bool isConnected() const { return m_isConnected; }

Q_SIGNALS:
    /// There may be something to pull: the server said so, or a connection (again) stands and something may have been
    /// missed; then the message is empty.
    void woken(const QByteArray &message);
    void connectedChanged(bool isConnected);
    /// An attempt failed or a connection was lost; another one follows by itself, except after tokenRefused().
    void failed(const fieldfare::base::Error &error);
    /// The server answered 401 or 403: no attempt is made until setToken().
    void tokenRefused();

private:
    void attempt();
    void onConnected();
    void onLost(base::Error error);
    void check(QSslSocket &socket, bool isFinal);
    void onPing();
    void drop();
    void scheduleNext();

    const ServerAddress m_address;
    const base::Clock &m_clock;
    base::RandomSource &m_random;
    const LiveSocketTimes m_times;
    QByteArray m_token;
    std::unique_ptr<QWebSocket> m_socket;
    QTimer m_next;
    QTimer m_ping;
    QTimer m_handshake;
    QElapsedTimer m_since;
    int m_failures = 0;
    bool m_isWanted = false;
    bool m_isConnected = false;
    bool m_isRefused = false;
    bool m_awaitsPong = false;
    std::optional<base::Error> m_verdict;
};

} // namespace fieldfare::net
