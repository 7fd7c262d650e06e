// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/http/http_message.h"

#include <QByteArray>

#include <functional>
#include <optional>

namespace fieldfare::server {

/// Whether a device may open its live socket.
struct UpgradeDecision {
    int status = 401;   ///< 101 opens the socket; anything else is the answer.
    QByteArray subject; ///< Who it is, for HttpServer::send(); with 101 never empty.
};

/// What answers requests: the sync endpoints, REST, health. All functions are called on a socket thread, several at
/// once from different threads, and must return soon: database work goes to its own thread, which calls `reply` later.
///
/// `reply` may be copied, kept and called from any thread, once; further calls are ignored. It outlives the connection,
/// the server and the handler: an answer to somebody who has gone is dropped. If every copy is gone without a call, the
/// client gets 500. An exception that leaves a function is logged and answered 500.
class RequestHandler {
public:
    using Reply = std::function<void(HttpResponse)>;
    using DecideUpgrade = std::function<void(UpgradeDecision)>;

    virtual ~RequestHandler() = default;

    virtual void handle(HttpRequest request, Reply reply) = 0;

    /// Called when the header of a request with a body is complete and not a byte of the body is read: an answer here
    /// (401, 404, 413) saves receiving it, and the connection ends after it. The request's body is empty.
    [[nodiscard]] virtual std::optional<HttpResponse> refuseEarly(const HttpRequest &request)
    {
        Q_UNUSED(request);
        return std::nullopt;
    }

    /// Asked before a WebSocket hand-shake on the live path is answered; same rules as `reply`. Refuses by default.
    virtual void authorizeUpgrade(HttpRequest request, DecideUpgrade decide)
    {
        Q_UNUSED(request);
        decide(UpgradeDecision{});
    }
};

} // namespace fieldfare::server
