// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "sync/net/server_address.h"
#include "sync/server/http/http_server.h"
#include "sync/server/tls/certificate_authority.h"

#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

/// A real server and a bare TLS client on loopback for the tests of the front end and the transport.
namespace fieldfare::test {

inline constexpr std::int64_t kDayMs = 86'400'000;

/// The machine's clock, moved.
class MovedClock : public base::Clock {
public:
    std::atomic<std::int64_t> offsetMs{0};
    [[nodiscard]] std::int64_t wallMs() const override { return m_system.wallMs() + offsetMs; }
    [[nodiscard]] std::int64_t bootMs() const override { return m_system.bootMs(); }
    [[nodiscard]] QByteArray bootId() const override { return m_system.bootId(); }

private:
    base::SystemClock m_system;
};

/// Answers by path: /echo gives the body back, /size?n gives n bytes, /throw throws, /later keeps the reply function,
/// /lost drops it, /healthz is empty; other paths 404. A live socket needs "Bearer good-<subject>".
class TestHandler : public server::RequestHandler {
public:
    void handle(server::HttpRequest request, Reply reply) override;
    [[nodiscard]] std::optional<server::HttpResponse> refuseEarly(const server::HttpRequest &request) override;
    void authorizeUpgrade(server::HttpRequest request, DecideUpgrade decide) override;

    [[nodiscard]] int handled() const { return m_handled; }
    [[nodiscard]] QList<QByteArray> pathsSeen() const;
    [[nodiscard]] qsizetype kept() const;
    [[nodiscard]] std::vector<Reply> takeKept();

private:
    std::atomic<int> m_handled{0};
    mutable std::mutex m_mutex;
    QList<QByteArray> m_paths;
    std::vector<Reply> m_kept;
};

/// Server, authority, handler. Members are public: the tests are about them.
class TestServer {
public:
    explicit TestServer(const server::HttpLimits &limits = {}, std::int64_t leafAgeMs = 0);

    [[nodiscard]] quint16 port() const { return http->port(); }
    [[nodiscard]] net::ServerAddress address() const; ///< Pinned by fingerprint.

    QTemporaryDir folder;
    MovedClock clock;
    TestHandler handler;
    std::unique_ptr<server::CertificateAuthority> authority;
    std::unique_ptr<server::HttpServer> http;
};

struct RawReply {
    int status = 0;
    QByteArray head;
    QByteArray body;
};

/// A TLS client that sends what it is told.
class RawClient {
public:
    explicit RawClient(quint16 port);

    [[nodiscard]] bool connectTls();
    void send(const QByteArray &bytes) { socket.write(bytes); }
    /// The next response with its body by Content-Length; status 0 when the connection ended or 10 s passed first.
    [[nodiscard]] RawReply read(bool isHead = false);
    [[nodiscard]] RawReply ask(const QByteArray &bytes);
    [[nodiscard]] bool waitForClose();

    QSslSocket socket;

private:
    quint16 m_port;
    QByteArray m_buffer;
};

} // namespace fieldfare::test
