// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sync/tst_transport_fixture.h"

#include "sync/server/tls/server_tls.h"

#include <QDeadlineTimer>
#include <QNetworkProxy>
#include <QSslConfiguration>

#include <stdexcept>

namespace fieldfare::test {

using server::HttpResponse;

namespace {
constexpr int kPatience = 10'000; // ms; a bound for what normally takes a few
}

void TestHandler::handle(server::HttpRequest request, Reply reply)
{
    ++m_handled;
    {
        const std::lock_guard lock(m_mutex);
        m_paths.append(request.path);
        if (request.path == "/later") {
            m_kept.push_back(std::move(reply));
            return;
        }
    }
    if (request.path == "/throw")
        throw std::runtime_error("as asked");
    if (request.path == "/lost")
        return;
    HttpResponse response;
    if (request.path == "/echo") {
        response.body = request.body;
        response.headers.emplaceBack("X-Method", request.method);
        response.headers.emplaceBack("X-Asked", request.header("x-ASK"));
        response.headers.emplaceBack("X-Query", request.query);
    } else if (request.path == "/size") {
        response.body = QByteArray(request.query.toInt(), 's');
    } else if (request.path == "/split") {
        response.headers.emplaceBack("X-Evil", "a\r\nSet-Cookie: b");
    } else if (request.path != "/healthz") {
        response.status = 404;
    }
    reply(response);
}

std::optional<HttpResponse> TestHandler::refuseEarly(const server::HttpRequest &request)
{
    if (request.path == "/forbidden")
        return HttpResponse::text(403, "no\n");
    return std::nullopt;
}

void TestHandler::authorizeUpgrade(server::HttpRequest request, DecideUpgrade decide)
{
    const QByteArray token = request.header("Authorization");
    const QByteArray good = "Bearer good-";
    if (token.startsWith(good))
        decide({101, token.mid(good.size())});
    else
        decide({401, {}});
}

QList<QByteArray> TestHandler::pathsSeen() const
{
    const std::lock_guard lock(m_mutex);
    return m_paths;
}

qsizetype TestHandler::kept() const
{
    const std::lock_guard lock(m_mutex);
    return qsizetype(m_kept.size());
}

std::vector<server::RequestHandler::Reply> TestHandler::takeKept()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_kept, {});
}

TestServer::TestServer(const server::HttpLimits &limits, std::int64_t leafAgeMs)
{
    clock.offsetMs = -leafAgeMs;
    auto made = server::CertificateAuthority::create(folder.path(), {}, clock);
    if (!made)
        qFatal("no authority: %s", qPrintable(made.error().detail));
    authority = std::make_unique<server::CertificateAuthority>(std::move(made).value());
    clock.offsetMs = 0;
    const auto tls = server::serverTlsConfiguration(authority->certificatePath(), authority->keyPath());
    if (!tls)
        qFatal("no TLS: %s", qPrintable(tls.error().detail));
    http = std::make_unique<server::HttpServer>(handler, clock, limits);
    http->setTlsConfiguration(tls.value());
    if (const auto listening = http->listen(QHostAddress(QHostAddress::LocalHost), 0); !listening)
        qFatal("no port: %s", qPrintable(listening.error().detail));
}

net::ServerAddress TestServer::address() const
{
    net::ServerAddress result;
    result.url = QUrl(QStringLiteral("https://127.0.0.1:%1").arg(port()));
    result.pins = {QByteArray::fromHex(authority->fingerprint())};
    return result;
}

RawClient::RawClient(quint16 port) : m_port(port)
{
    // The bare client tests the server, not certificates.
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setCaCertificates({});
    socket.setSslConfiguration(configuration);
    socket.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
}

bool RawClient::connectTls()
{
    socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), m_port);
    return QTest::qWaitFor([this] { return socket.isEncrypted(); }, kPatience);
}

RawReply RawClient::read(bool isHead)
{
    RawReply reply;
    qsizetype headEnd = -1;
    qsizetype length = 0;
    const auto isComplete = [&] {
        m_buffer += socket.readAll();
        if (headEnd < 0 && (headEnd = m_buffer.indexOf("\r\n\r\n")) >= 0) {
            const QByteArray lower = m_buffer.left(headEnd).toLower();
            const qsizetype at = lower.indexOf("content-length:");
            if (at >= 0 && !isHead)
                length = lower.mid(at + 15, lower.indexOf('\r', at) < 0 ? -1 : lower.indexOf('\r', at) - at - 15).trimmed().toLongLong();
        }
        return headEnd >= 0 && m_buffer.size() >= headEnd + 4 + length;
    };
    // The server works on its own threads: waiting here needs no event loop, and is quicker than QTest's polling.
    const QDeadlineTimer patience(kPatience);
    while (!isComplete()) {
        if (!socket.waitForReadyRead(int(patience.remainingTime())) && !isComplete())
            return reply;
    }
    reply.head = m_buffer.left(headEnd);
    reply.body = m_buffer.mid(headEnd + 4, length);
    reply.status = reply.head.mid(9, 3).toInt();
    m_buffer.remove(0, headEnd + 4 + length);
    return reply;
}

RawReply RawClient::ask(const QByteArray &bytes)
{
    send(bytes);
    return read();
}

bool RawClient::waitForClose()
{
    return QTest::qWaitFor(
        [this] {
            m_buffer += socket.readAll();
            return socket.state() == QAbstractSocket::UnconnectedState;
        },
        kPatience);
}

} // namespace fieldfare::test
