// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/codec.h"
#include "sync/protocol/endpoints.h"
#include "tests/e2e/bare_client.h"
#include "tests/e2e/real_company.h"

#include <QDir>
#include <QJsonDocument>
#include <QtTest>

#include <sys/resource.h>

using namespace fieldfare;
using namespace fieldfare::testing;

namespace {

/// Closes with a reset instead of an end.
void reset(int handle)
{
    const linger now{1, 0};
    ::setsockopt(handle, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    ::close(handle);
}

QByteArray enrolment(const QString &user, const QString &password)
{
    return post(protocol::kEnrolPath, protocol::encode(protocol::EnrolRequest{user, password, QStringLiteral("Test"), QByteArray(32, 'k'), {}}));
}

QByteArray requestIdOf(const QByteArray &answer)
{
    const QByteArray name = "X-Request-Id: ";
    const qsizetype at = answer.indexOf(name);
    return at < 0 ? QByteArray() : answer.mid(at + name.size(), answer.indexOf('\r', at) - at - name.size());
}

/// What is wrong with a log whose every line is to be an object of JSON; the ids of requests that it names.
QString wrongOfLog(const QByteArray &log, QSet<QByteArray> *ids)
{
    for (const QByteArray &line : log.split('\n')) {
        if (line.isEmpty())
            continue;
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        for (const char *name : {"time", "level", "event"}) {
            if (object.value(QLatin1StringView(name)).toString().isEmpty())
                return QStringLiteral("no %1: %2").arg(QLatin1StringView(name), QString::fromUtf8(line));
        }
        const QByteArray id = object.value(QLatin1StringView("request")).toString().toLatin1();
        const QString event = object.value(QLatin1StringView("event")).toString();
        if (id.isEmpty() && (event == QLatin1String("request") || event == QLatin1String("refused")))
            return QStringLiteral("a request without an id: ") + QString::fromUtf8(line);
        ids->insert(id);
    }
    return {};
}

} // namespace

/// The real server, abused: what is left open or torn off, what runs out, what ends it, and what it writes about it.
class TestServerAbuse : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        rlimit limit{};
        getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
        m_files = qint64(limit.rlim_cur);
        QCOMPARE(m_company.begin(), QString());
    }

    void fiveHundredSilentAndFiveHundredThatClose()
    {
        if (m_files < 2'000)
            QSKIP("this system does not allow enough open files");
        const quint16 port = m_company.port();
        const qint64 before = residentKilobytes(m_company.process().processId());
        std::vector<int> silent;
        for (int i = 0; i < 500; ++i)
            silent.push_back(silentConnection("127.0.0.7", port));
        const QByteArray hello = QByteArray::fromHex("16030100c8010000c40303") + QByteArray(60, 'r');
        for (int i = 0; i < 250; ++i) { // in the hand-shake
            const int handle = silentConnection("127.0.0.8", port);
            QVERIFY(handle >= 0);
            QCOMPARE(::send(handle, hello.constData(), size_t(i % hello.size()), MSG_NOSIGNAL), ssize_t(i % hello.size()));
            if (i % 2 == 0)
                reset(handle);
            else
                ::close(handle);
        }
        const QByteArray whole = post("/sync/v1/enrol", QByteArray(3'000, 'b'));
        for (int i = 0; i < 250; ++i) { // in a request
            BareClient client(port, QStringLiteral("127.0.0.9"));
            QVERIFY(client.isReady());
            client.send(whole.left(whole.size() * (i % 10) / 10));
            client.abort();
        }
        QCOMPARE(BareClient(port).ask(kHealth), 200);
        QTRY_VERIFY_WITH_TIMEOUT(metric(m_company, "fieldfare_http_connections_open") <= 501, 20'000);
        for (const int handle : silent)
            ::close(handle);
        QTRY_COMPARE_WITH_TIMEOUT(metric(m_company, "fieldfare_http_connections_open"), 1, 20'000); // the one that asks
        QCOMPARE(metric(m_company, "fieldfare_http_requests_running"), 1);
        QCOMPARE(m_company.process().state(), QProcess::Running);
        const qint64 after = residentKilobytes(m_company.process().processId());
        QVERIFY2(after - before < 200'000, qPrintable(QStringLiteral("%1 KiB more").arg(after - before)));
    }

    void descriptorsRunOut()
    {
        RealCompany small;
        small.setServePrefix({QStringLiteral("/bin/sh"), QStringLiteral("-c"), QStringLiteral("ulimit -n 120; exec \"$@\""), QStringLiteral("sh")});
        QCOMPARE(small.begin(), QString());
        BareClient before(small.port());
        QCOMPARE(before.ask(kHealth), 200);
        std::vector<int> silent;
        for (int i = 0; i < 200; ++i)
            silent.push_back(silentConnection("127.0.0.7", small.port()));
        // Those for whom there is no room are told so by an end, and files are left for everything else.
        QTRY_VERIFY_WITH_TIMEOUT(std::count_if(silent.begin(), silent.end(), isOpen) < 60, 30'000);
        QCOMPARE(before.ask("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n"), 200); // who is in is served
        QCOMPARE(small.server(words("user list")).lines.size(), 3);
        QVERIFY(QDir(QStringLiteral("/proc/%1/fd").arg(small.process().processId())).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size() < 115);
        for (const int handle : silent)
            ::close(handle);
        QTRY_COMPARE_WITH_TIMEOUT(BareClient(small.port()).ask(kHealth), 200, 30'000);
        QVERIFY(metric(small, "fieldfare_http_connections_refused_total") > 0); // at once, not by a deadline
        QVERIFY(!small.serverLog().contains("cannot accept"));
        QCOMPARE(small.stop(), QString());
        QSet<QByteArray> ids;
        QCOMPARE(wrongOfLog(small.serverLog(), &ids), QString());
    }

    /// SIGTERM: what runs is answered, what idles or never ends its body is closed, and the program ends.
    void terminatedAmidRequests()
    {
        RealCompany ending;
        QCOMPARE(ending.begin(), QString());
        BareClient idle(ending.port());
        QCOMPARE(idle.ask(kHealth), 200);
        BareClient endless(ending.port());
        QVERIFY(endless.isReady());
        endless.send(post("/sync/v1/enrol", QByteArray(3'000, 'b')).chopped(10));
        std::vector<std::unique_ptr<BareClient>> clients;
        for (int i = 0; i < 12; ++i) {
            clients.push_back(std::make_unique<BareClient>(ending.port()));
            QVERIFY(clients.back()->isReady());
        }
        const int before = metric(ending, "fieldfare_http_requests_total");
        for (size_t i = 0; i < clients.size(); ++i)
            clients[i]->send(enrolment(QStringLiteral("nobody%1").arg(i), QStringLiteral("wrong-password-71")));
        QTRY_VERIFY_WITH_TIMEOUT(metric(ending, "fieldfare_http_requests_total") >= before + 12, 30'000);
        for (size_t i = 8; i < clients.size(); ++i)
            clients[i]->abort(); // their passwords are still looked at
        ending.process().terminate();
        for (size_t i = 0; i < 8; ++i) {
            const QByteArray answer = clients[i]->answer();
            QCOMPARE(answer.mid(9, 3), QByteArray("401"));
        }
        QVERIFY(idle.isClosedWithin(30'000));
        QVERIFY(endless.isClosedWithin(30'000));
        QCOMPARE(silentConnection("127.0.0.7", ending.port()), -1);
        QVERIFY(ending.process().waitForFinished(40'000)); // 15 s for those who do not end
        QCOMPARE(ending.process().exitStatus(), QProcess::NormalExit);
        QCOMPARE(ending.process().exitCode(), 0);
        const QByteArray log = ending.serverLog();
        QVERIFY2(log.contains("\"event\":\"stopped\""), log.right(500).constData());
        QSet<QByteArray> ids;
        QCOMPARE(wrongOfLog(log, &ids), QString());
    }

    void theLogIsJsonWithIdsAndWithoutSecrets()
    {
        const quint16 port = m_company.port();
        QList<QByteArray> answers;
        const auto ask = [&answers, port](const QByteArray &request) {
            BareClient client(port);
            if (client.isReady())
                client.send(request);
            answers.append(client.answer());
            return answers.last();
        };
        const QByteArray enrolled = ask(enrolment(QStringLiteral("anna"), QString::fromLatin1(RealCompany::kUserPassword)));
        const auto identity = protocol::decode<protocol::EnrolReply>(enrolled.mid(enrolled.indexOf("\r\n\r\n") + 4));
        QVERIFY2(identity.ok(), enrolled.left(400).constData());
        const QByteArray token = identity->accessToken.toLatin1();
        const auto pull = [](const QByteArray &path, const QByteArray &bearer, const QByteArray &body) {
            return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + bearer + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
        };
        protocol::PullRequest request;
        request.device = identity->device;
        request.epoch = identity->epoch;
        QVERIFY(ask(pull(protocol::kPullPath, token, protocol::encode(request))).startsWith("HTTP/1.1 200"));
        QVERIFY(ask(pull(protocol::kPullPath, "forged-token-" + token.left(20), "x")).startsWith("HTTP/1.1 401")); // before its body
        QVERIFY(ask(pull(protocol::kPullPath + "?token=query-token-18", token, "no frame, but secret-body-53")).startsWith("HTTP/1.1 400"));
        QVERIFY(ask(enrolment(QStringLiteral("anna"), QStringLiteral("mistyped-password-64"))).startsWith("HTTP/1.1 401"));
        QVERIFY(ask(pull("/nowhere", token, "x")).startsWith("HTTP/1.1 404"));
        QSet<QByteArray> ids;
        QCOMPARE(wrongOfLog(m_company.serverLog(), &ids), QString());
        for (const QByteArray &answer : std::as_const(answers)) {
            QVERIFY(!requestIdOf(answer).isEmpty());
            QTRY_VERIFY((wrongOfLog(m_company.serverLog(), &ids), ids.contains(requestIdOf(answer))));
        }
        const QByteArray log = m_company.serverLog();
        for (const QByteArray &secret : {token, token.left(20), identity->refreshToken.toLatin1(), QByteArray(RealCompany::kUserPassword), QByteArray("server-passphrase-19-birch"),
                                         QByteArray("query-token-18"), QByteArray("secret-body-53"), QByteArray("mistyped-password-64"), QByteArray("forged-token")})
            QVERIFY2(!secret.isEmpty() && !log.contains(secret), secret.constData());
    }

private:
    static int metric(const RealCompany &company, const QByteArray &name)
    {
        BareClient client(company.port());
        if (!client.isReady())
            return -1;
        client.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        for (const QByteArray &line : client.answer().split('\n')) {
            if (line.startsWith(name + ' '))
                return line.trimmed().split(' ').last().toInt();
        }
        return -1;
    }

    RealCompany m_company;
    qint64 m_files = 0;
};

QTEST_GUILESS_MAIN(TestServerAbuse)
#include "tst_server_abuse.moc"
