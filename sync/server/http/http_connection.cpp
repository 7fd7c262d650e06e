// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/http/http_connection.h"

#include "core/base/clock.h"
#include "core/base/logging.h"
#include "sync/server/http/live_peers.h"
#include "sync/server/http/response_writer.h"

#include <algorithm>
#include <exception>

namespace fieldfare::server {

namespace {

constexpr qint64 kSlice = 64 * 1024;

} // namespace

HttpConnection::HttpConnection(quint64 serial, std::shared_ptr<ServerShared> shared,
                               std::shared_ptr<WorkerMailbox> mailbox, std::unique_ptr<QSslSocket> socket,
                               ConnectionQuota::Ticket ticket)
    : m_serial(serial), m_shared(std::move(shared)), m_mailbox(std::move(mailbox)), m_socket(std::move(socket)),
      m_ticket(std::move(ticket))
{
    ++m_shared->counters.openConnections;
    m_deadline.setSingleShot(true);
    m_deadline.setTimerType(Qt::CoarseTimer);
    connect(&m_deadline, &QTimer::timeout, this, &HttpConnection::onDeadline);
}

HttpConnection::~HttpConnection()
{
    endRequest();
    --m_shared->counters.openConnections;
    if (m_socket)
        m_socket->disconnect(this);
}

void HttpConnection::start()
{
    QSslSocket *const socket = m_socket.get();
    connect(socket, &QSslSocket::encrypted, this, &HttpConnection::onEncrypted);
    connect(socket, &QSslSocket::readyRead, this, &HttpConnection::onReadyRead);
    connect(socket, &QSslSocket::bytesWritten, this, &HttpConnection::onDrained);
    connect(socket, &QSslSocket::encryptedBytesWritten, this, &HttpConnection::onDrained);
    // Queued: both may be emitted from inside a read or write of ours.
    connect(socket, &QSslSocket::disconnected, this, &HttpConnection::closeNow, Qt::QueuedConnection);
    connect(socket, &QSslSocket::errorOccurred, this, &HttpConnection::closeNow, Qt::QueuedConnection);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket->setReadBufferSize(m_shared->limits.headerBytes + kSlice);
    socket->setSslConfiguration(m_shared->tls());
    arm(m_shared->limits.handshake);
    socket->startServerEncryption();
}

void HttpConnection::arm(HttpLimits::Duration duration)
{
    m_deadline.start(duration);
}

/// A body or a response may take any time as long as each window brings its share: bytes that a buffer on the way took
/// at once give no credit for a later stall.
void HttpConnection::beginTransfer()
{
    m_transferred = 0;
    m_windowBegan = 0;
    arm(m_shared->limits.body);
}

bool HttpConnection::transferGoesOn()
{
    const HttpLimits &limits = m_shared->limits;
    if ((m_transferred - m_windowBegan) * 1000 < limits.slowestBytesPerSecond * limits.body.count())
        return false;
    m_windowBegan = m_transferred;
    arm(limits.body);
    return true;
}

void HttpConnection::onDeadline()
{
    if ((m_state == State::Body || m_state == State::Writing) && transferGoesOn())
        return;
    ++m_shared->counters.timeouts;
    switch (m_state) {
    case State::Header:
        // An idle client is let go silently; one in the middle of a header is told, as RFC 9110 has it.
        if (m_headerHasBegun)
            refuse(408, "the header took too long");
        else
            beginEnding();
        return;
    case State::Body:
        refuse(408, "the body came too slowly");
        return;
    case State::Handling:
    case State::Deciding:
        ++m_number; // whatever the handler says later is for a request that is over
        m_state = State::Handling;
        write(HttpResponse::text(503, "the request took too long\n"), false);
        return;
    default:
        closeNow();
    }
}

void HttpConnection::onEncrypted()
{
    if (m_state != State::Handshake)
        return;
    awaitRequest();
    arm(m_shared->limits.header);
    onReadyRead();
}

void HttpConnection::awaitRequest()
{
    m_state = State::Header;
    m_parser.emplace(m_shared->limits);
    m_headerHasBegun = false;
    m_requestIsRead = true;
    arm(m_shared->limits.idle);
}

void HttpConnection::onReadyRead()
{
    if (m_state == State::Header || m_state == State::Body) {
        readInput();
    } else if (m_state == State::Lingering) {
        m_socket->skip(m_socket->bytesAvailable());
    }
}

void HttpConnection::readInput()
{
    while (m_state == State::Header || m_state == State::Body) {
        if (m_state == State::Header && m_input.isEmpty()) {
            const Peek peek = peekUpgrade();
            if (peek == Peek::Taken)
                return;
            if (peek == Peek::Incomplete)
                return;
        }
        const QByteArray part = m_socket->read(kSlice);
        if (part.isEmpty())
            return;
        m_shared->counters.bytesIn += quint64(part.size());
        m_input += part;
        advance();
    }
}

/// A request for the live path is left in the socket until it is known to be an upgrade, as QWebSocketServer wants to
/// read it itself.
HttpConnection::Peek HttpConnection::peekUpgrade()
{
    const QByteArray prefix = QByteArrayLiteral("GET ") + kLivePath;
    const QByteArray start = m_socket->peek(prefix.size() + 1);
    if (start.isEmpty())
        return Peek::Ordinary;
    if (!m_headerHasBegun) {
        m_headerHasBegun = true;
        arm(m_shared->limits.header);
    }
    if (!prefix.startsWith(start.left(prefix.size())))
        return Peek::Ordinary;
    if (start.size() <= prefix.size())
        return Peek::Incomplete;
    if (start.back() != ' ' && start.back() != '?')
        return Peek::Ordinary;

    QByteArray header = m_socket->peek(m_shared->limits.headerBytes + 1);
    RequestParser parser(m_shared->limits);
    switch (parser.feed(header)) {
    case RequestParser::Progress::NeedMore:
        return Peek::Incomplete;
    case RequestParser::Progress::Done:
        break;
    default:
        return Peek::Ordinary; // read and refused like any other
    }
    if (!parser.asksForWebSocket())
        return Peek::Ordinary;
    beginUpgrade(parser);
    return Peek::Taken;
}

void HttpConnection::beginUpgrade(RequestParser &parser)
{
    m_state = State::Deciding;
    m_requestIsRead = false;
    ++m_number;
    ++m_shared->counters.requests;
    m_requestId = newRequestId();
    HttpRequest request = parser.take();
    request.peer = m_socket->peerAddress();
    request.id = m_requestId;
    const bool isWellFormed = request.header("Sec-WebSocket-Version") == "13"
        && QByteArray::fromBase64(request.header("Sec-WebSocket-Key")).size() == 16;
    if (!isWellFormed) {
        HttpResponse response = HttpResponse::text(426, "WebSocket version 13 with a key\n");
        response.headers.emplaceBack("Sec-WebSocket-Version", "13");
        write(std::move(response), false);
        return;
    }
    arm(m_shared->limits.handling);
    const RequestHandler::DecideUpgrade decide = makeDecision(m_mailbox, {m_serial, m_number});
    try {
        m_shared->handler.authorizeUpgrade(std::move(request), decide);
    } catch (...) {
        qCCritical(lcServer, "request %s: exception while authorising", qUtf8Printable(m_requestId));
        decide(UpgradeDecision{500, {}});
    }
}

void HttpConnection::deliver(quint64 number, const UpgradeDecision &decision)
{
    if (m_state != State::Deciding || number != m_number)
        return;
    if (decision.status == 101 && !decision.subject.isEmpty() && !m_isDraining) {
        m_shared->counters.addStatus(101);
        m_deadline.stop();
        Q_EMIT upgradeGranted(m_serial, decision.subject);
        return;
    }
    ++m_shared->counters.upgradesRefused;
    const int status = m_isDraining ? 503 : decision.status == 101 ? 500 : decision.status;
    HttpResponse response = HttpResponse::text(status, "no live connection\n");
    if (status == 401)
        response.headers.emplaceBack("WWW-Authenticate", "Bearer");
    write(std::move(response), false);
}

HttpConnection::Released HttpConnection::release()
{
    m_state = State::Closed;
    m_deadline.stop();
    m_socket->disconnect(this);
    return {std::move(m_socket), std::move(m_ticket)};
}

void HttpConnection::advance()
{
    for (;;) {
        switch (m_parser->feed(m_input)) {
        case RequestParser::Progress::NeedMore:
            if (m_state == State::Body && accountBody())
                m_transferred = m_parser->bodyReceived();
            return;
        case RequestParser::Progress::HeaderDone:
            if (!acceptHeader())
                return;
            break;
        case RequestParser::Progress::Done:
            if (accountBody())
                dispatch();
            return;
        case RequestParser::Progress::Failed: {
            const RequestParser::Failure failure = m_parser->failure();
            refuse(failure.status, failure.reason);
            return;
        }
        }
    }
}

bool HttpConnection::acceptHeader()
{
    m_state = State::Body;
    beginTransfer();
    m_requestIsRead = false;
    m_requestId = newRequestId();
    HttpRequest header = m_parser->header();
    header.peer = m_socket->peerAddress();
    header.id = m_requestId;
    std::optional<HttpResponse> early;
    try {
        early = m_shared->handler.refuseEarly(header);
    } catch (...) {
        qCCritical(lcServer, "request %s: exception before the body", qUtf8Printable(m_requestId));
        early = HttpResponse::text(500, "internal error\n");
    }
    if (early) {
        ++m_shared->counters.requests;
        write(std::move(*early), false);
        return false;
    }
    if (m_parser->expectsContinue() && m_input.isEmpty()) {
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
        m_socket->flush();
    }
    return true;
}

bool HttpConnection::accountBody()
{
    const qint64 received = m_parser->bodyReceived();
    const qint64 all = m_shared->bodyBytes += received - m_bodyHeld;
    m_bodyHeld = received;
    if (all <= m_shared->limits.allBodyBytes)
        return true;
    refuse(503, "too many bodies at once");
    return false;
}

void HttpConnection::dispatch()
{
    m_keepAlive = m_parser->keepAlive();
    m_requestIsRead = true;
    m_state = State::Handling;
    ++m_number;
    ++m_shared->counters.requests;
    ++m_shared->counters.runningRequests;
    m_isRunning = true;
    arm(m_shared->limits.handling);
    HttpRequest request = m_parser->take();
    request.peer = m_socket->peerAddress();
    if (m_requestId.isEmpty())
        m_requestId = newRequestId();
    request.id = m_requestId;
    m_isHead = request.method == "HEAD";
    const RequestHandler::Reply reply = makeReply(m_mailbox, {m_serial, m_number});
    try {
        m_shared->handler.handle(std::move(request), reply);
    } catch (const std::exception &error) {
        qCCritical(lcServer, "request %s: %s", qUtf8Printable(m_requestId), error.what());
        reply(HttpResponse::text(500, "internal error\n"));
    } catch (...) {
        qCCritical(lcServer, "request %s: unknown exception", qUtf8Printable(m_requestId));
        reply(HttpResponse::text(500, "internal error\n"));
    }
}

void HttpConnection::refuse(int status, const QByteArray &reason)
{
    m_requestIsRead = false;
    if (m_state != State::Handling)
        ++m_shared->counters.requests;
    write(HttpResponse::text(status, reason + '\n'), false);
}

void HttpConnection::deliver(quint64 number, HttpResponse response)
{
    if (m_state == State::Handling && number == m_number)
        write(std::move(response), m_keepAlive && !m_isDraining);
}

void HttpConnection::write(HttpResponse response, bool keepAlive)
{
    m_keepAlive = keepAlive;
    if (m_requestId.isEmpty())
        m_requestId = newRequestId();
    WrittenResponse written = writeResponse(
        std::move(response), {keepAlive, m_isHead, m_requestId, m_shared->clock.wallMs()});
    m_shared->counters.addStatus(written.status);
    m_shared->counters.bytesOut += quint64(written.head.size() + written.body.size());
    m_state = State::Writing;
    m_outputOffset = 0;
    beginTransfer();
    // The head goes with the first slice of the body into the same TLS record where it fits.
    m_output = std::move(written.body);
    const qsizetype first = std::min<qsizetype>(m_output.size(), kSlice - written.head.size());
    if (first > 0) {
        written.head.append(QByteArrayView(m_output).first(first));
        m_outputOffset = first;
    }
    m_socket->write(written.head);
    pump();
}

qint64 HttpConnection::unsent() const
{
    return m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite();
}

void HttpConnection::pump()
{
    if (m_isPumping)
        return; // flush() below emits bytesWritten
    m_isPumping = true;
    m_socket->flush();
    while (m_outputOffset < m_output.size() && unsent() < m_shared->limits.outputHighWater) {
        const qint64 slice = std::min<qint64>(kSlice, m_output.size() - m_outputOffset);
        const qint64 taken = m_socket->write(m_output.constData() + m_outputOffset, slice);
        if (taken <= 0)
            break; // the error signal ends the connection
        m_outputOffset += taken;
        m_socket->flush();
    }
    m_isPumping = false;
    const qint64 left = unsent();
    if (m_outputOffset >= m_output.size() && left == 0)
        finishResponse();
    else
        m_transferred = std::max<qint64>(0, m_outputOffset - left);
}

void HttpConnection::onDrained()
{
    if (m_state == State::Writing)
        pump();
}

void HttpConnection::finishResponse()
{
    m_output.clear();
    endRequest();
    if (!m_keepAlive || m_isDraining) {
        if (m_requestIsRead)
            beginEnding();
        else
            beginLinger();
        return;
    }
    awaitRequest();
    // A pipelined request may lie in the buffer or in the socket. Queued, so that a thousand of them do not recurse.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_state != State::Header)
                return;
            if (!m_input.isEmpty()) {
                m_headerHasBegun = true;
                arm(m_shared->limits.header);
                advance();
            }
            readInput();
        },
        Qt::QueuedConnection);
}

void HttpConnection::endRequest()
{
    if (m_isRunning)
        --m_shared->counters.runningRequests;
    m_isRunning = false;
    m_shared->bodyBytes -= m_bodyHeld;
    m_bodyHeld = 0;
    m_requestId.clear();
    m_isHead = false;
}

/// Closing a socket with unread input makes the kernel send a reset, which can overtake the refusal on its way. So the
/// rest is swallowed for a while and the client, told by "Connection: close", ends the connection.
void HttpConnection::beginLinger()
{
    m_state = State::Lingering;
    m_input.clear();
    m_parser.reset();
    arm(m_shared->limits.linger);
    onReadyRead();
}

void HttpConnection::beginEnding()
{
    m_state = State::Ending;
    arm(m_shared->limits.linger);
    m_socket->disconnectFromHost(); // close_notify; disconnected() comes when it is out
}

void HttpConnection::drain()
{
    m_isDraining = true;
    if (m_state == State::Header && !m_headerHasBegun)
        beginEnding();
    else if (m_state == State::Handshake)
        closeNow();
}

void HttpConnection::closeNow()
{
    if (m_state == State::Closed)
        return;
    if (m_state == State::Handshake)
        ++m_shared->counters.handshakesFailed;
    m_state = State::Closed;
    m_deadline.stop();
    endRequest();
    m_socket->disconnect(this);
    m_socket->abort();
    Q_EMIT closed(m_serial);
}

QString HttpConnection::newRequestId()
{
    return QStringLiteral("%1-%2").arg(m_serial, 0, 16).arg(++m_requestCount, 0, 16);
}

} // namespace fieldfare::server
