// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QHostAddress>
#include <QSslConfiguration>
#include <QSslSocket>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/// Clients that send what they are told, for tests of a server that runs as a program.
namespace fieldfare::testing {

/// A connection that says nothing, from an address of the loopback network. -1 when there is none.
inline int silentConnection(const char *from, quint16 port)
{
    const int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in source{};
    source.sin_family = AF_INET;
    inet_pton(AF_INET, from, &source.sin_addr);
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(port);
    inet_pton(AF_INET, "127.0.0.1", &server.sin_addr);
    if (handle >= 0 && ::bind(handle, reinterpret_cast<const sockaddr *>(&source), sizeof source) == 0
        && ::connect(handle, reinterpret_cast<const sockaddr *>(&server), sizeof server) == 0)
        return handle;
    ::close(handle);
    return -1;
}

/// The server has neither answered nor ended it.
inline bool isOpen(int handle)
{
    char byte = 0;
    const ssize_t got = ::recv(handle, &byte, 1, MSG_DONTWAIT | MSG_PEEK);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

/// -1 when it cannot be told.
inline qint64 residentKilobytes(qint64 process)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(process));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).simplified().split(' ').value(0).toLongLong();
    }
    return -1;
}

/// HTTPS without a check of who answers.
class BareClient {
public:
    explicit BareClient(quint16 port, const QString &from = QStringLiteral("127.0.0.1"))
    {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        m_socket.setSslConfiguration(tls);
        m_socket.bind(QHostAddress(from));
        m_socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
    }
    [[nodiscard]] bool isReady() { return m_socket.isEncrypted() || m_socket.waitForEncrypted(40'000); }
    void send(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_socket.flush();
    }
    /// The whole answer until the other side closes or 20 s passed without a byte, or its body is complete.
    [[nodiscard]] QByteArray answer()
    {
        QByteArray all;
        while (m_socket.bytesAvailable() > 0 || m_socket.waitForReadyRead(20'000)) {
            all += m_socket.readAll();
            const qsizetype head = all.indexOf("\r\n\r\n");
            const qsizetype length = all.toLower().indexOf("content-length: ");
            if (head >= 0 && length >= 0 && length < head && all.size() >= head + 4 + all.mid(length + 16, all.indexOf('\r', length) - length - 16).toLongLong())
                break;
        }
        return all;
    }
    [[nodiscard]] int ask(const QByteArray &request)
    {
        if (!isReady())
            return -1;
        send(request);
        return answer().mid(9, 3).toInt();
    }
    [[nodiscard]] bool isClosedWithin(int ms) { return m_socket.state() == QAbstractSocket::UnconnectedState || m_socket.waitForDisconnected(ms); }

    void abort() { m_socket.abort(); }

private:
    QSslSocket m_socket;
};

inline QByteArray post(const QByteArray &path, const QByteArray &body)
{
    return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/cbor\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

inline const QByteArray kHealth("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");

} // namespace fieldfare::testing
