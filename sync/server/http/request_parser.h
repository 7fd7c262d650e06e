// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/http/http_limits.h"
#include "sync/server/http/http_message.h"

#include <QByteArray>

#include <memory>

namespace fieldfare::server {

/// Turns bytes into one HTTP/1.0 or 1.1 request (RFC 9112) with Boost.Beast's parser, and refuses what two programs in
/// a row could understand differently (request smuggling): Content-Length with Transfer-Encoding, more than one of
/// either, a Transfer-Encoding other than exactly "chunked", folded headers, bare CR or LF, control
/// characters, more than one Host.
/// The header is looked at as a whole, when its empty line has come, so that its limit holds however it is cut up; so is each
/// chunk's size line, and the last one with its trailers, under the same limit.
/// One parser reads one request. No sockets; any thread.
class RequestParser {
public:
    enum class Progress {
        NeedMore,   ///< Everything given was used or is an incomplete element.
        HeaderDone, ///< Said once, when there is a body to come: header() is complete.
        Done,       ///< take() gives the request; what is left in the input belongs to the next one.
        Failed,     ///< failure() says why; the connection cannot go on.
    };
    struct Failure {
        int status = 400;
        QByteArray reason;
    };

    explicit RequestParser(const HttpLimits &limits);
    ~RequestParser();

    /// Uses bytes from the front of `input` and removes them. Never keeps more than it needs: when NeedMore leaves more
    /// than the header limit in `input`, the next call fails.
    [[nodiscard]] Progress feed(QByteArray &input);

    /// Everything but the body. Valid from HeaderDone or Done on.
    [[nodiscard]] const HttpRequest &header() const;
    [[nodiscard]] HttpRequest take();
    [[nodiscard]] Failure failure() const;

    [[nodiscard]] bool keepAlive() const;
    /// The client waits for "100 Continue" before it sends the body.
    [[nodiscard]] bool expectsContinue() const;
    /// Asks to become a WebSocket (RFC 6455, 4.2.1): GET, HTTP/1.1, Upgrade and Connection. Version and key may be wrong.
    [[nodiscard]] bool asksForWebSocket() const;
    /// -1 when unknown (chunked).
    [[nodiscard]] qint64 contentLength() const;
    [[nodiscard]] qsizetype bodyReceived() const;

private:
    class Beast;
    Progress feedHeader(QByteArray &input);
    Progress feedBody(QByteArray &input);
    Progress fail(int status, QByteArray reason);
    [[nodiscard]] bool checkMeaning();

    HttpLimits m_limits;
    std::unique_ptr<Beast> m_beast;
    Failure m_failure;
    qsizetype m_scanned = 0; ///< Bytes of the header known to hold no empty line.
    bool m_headerIsDone = false;
};

} // namespace fieldfare::server
