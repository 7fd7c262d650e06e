// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "sync/server/http/http_counters.h"
#include "sync/server/http/http_limits.h"
#include "sync/server/http/request_handler.h"

#include <QByteArray>
#include <QHostAddress>
#include <QObject>
#include <QSslConfiguration>

#include <chrono>
#include <memory>

namespace fieldfare::base {
class Clock;
}

namespace fieldfare::server {

/// The server's door: HTTPS and the live WebSocket on one port. Accepts on the thread it lives on and hands each
/// connection to one of its worker threads, where TLS, HTTP and the handler's first step happen. TLS only.
///
/// It does not use QSslServer, whose 30 pending hand-shakes let silent clients stop it for good, nor QtHttpServer 6.4,
/// which has no limits. Limits are in HttpLimits.
///
/// Does not own the handler and the clock; both outlive it. All functions are called on its own thread, except those
/// said to be thread safe. Destroying it closes everything at once and joins the threads.
class HttpServer : public QObject {
    Q_OBJECT

public:
    HttpServer(RequestHandler &handler, const base::Clock &clock, const HttpLimits &limits = {}, int workers = 2,
               QObject *parent = nullptr);
    ~HttpServer() override;

    /// For connections from now on; open ones keep theirs. Needed before listen(); called again after a renewal.
    void setTlsConfiguration(const QSslConfiguration &configuration);

    /// Port 0 lets the system choose; see port(). NetworkUnreachable when the address cannot be taken,
    /// InvalidArgument without a certificate.
    [[nodiscard]] base::Result<void> listen(const QHostAddress &address, quint16 port);
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] bool isListening() const;

    /// Sends a binary message to every live socket, or to those of one subject. Thread safe.
    void broadcast(const QByteArray &message);
    void send(const QByteArray &subject, const QByteArray &message);
    /// Closes the live sockets of a subject whose rights have ended. Thread safe.
    void closeLive(const QByteArray &subject);

    /// Stops listening, closes idle connections and live sockets, lets running requests end; after the deadline closes
    /// those too. drained() follows, once.
    void shutdown(std::chrono::milliseconds deadline);

    /// Thread safe.
    [[nodiscard]] HttpStatistics statistics() const;

Q_SIGNALS:
    /// `clean` is true when no request was cut off.
    void drained(bool clean);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace fieldfare::server
