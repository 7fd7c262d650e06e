// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/bare_client.h"
#include "tests/e2e/real_company.h"

#include <QDir>
#include <QElapsedTimer>
#include <QtTest>

#include <zstd.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace fieldfare::testing;

namespace {

using Client = BareClient;

} // namespace

/// The real server against clients that are many, slow, silent or hostile: it stays up, stays small and goes on serving.
class TestServerLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(m_company.begin(), QString());
        rlimit limit{};
        getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
        m_files = qint64(limit.rlim_cur);
    }

    void connectionsOfOneAddressAreCounted()
    {
        if (m_files < 2'000)
            QSKIP("this system does not allow enough open files");
        std::vector<int> handles;
        for (int i = 0; i < 1'200; ++i)
            handles.push_back(silentConnection("127.0.0.7", m_company.port()));
        const auto open = [&handles] { return std::count_if(handles.begin(), handles.end(), isOpen); };
        QTRY_COMPARE_WITH_TIMEOUT(open(), 1'000, 8'000); // HttpLimits::connectionsPerAddress
        QCOMPARE(Client(m_company.port(), QStringLiteral("127.0.0.8")).ask(kHealth), 200);
        QTRY_COMPARE_WITH_TIMEOUT(open(), 0, 20'000); // the hand-shake's deadline
        QCOMPARE(Client(m_company.port(), QStringLiteral("127.0.0.7")).ask(kHealth), 200);
        for (const int handle : handles)
            ::close(handle);
    }

    /// FIELDFARE_CONNECTIONS of them, in thousands by address; ten thousand take a machine of its own.
    void thousandsOfIdleConnectionsLeaveRoom()
    {
        const int addresses = int(std::min<qint64>(qEnvironmentVariable("FIELDFARE_CONNECTIONS", QStringLiteral("3000")).toInt() / 1'000, (m_files - 1'000) / 1'000));
        if (addresses < 2)
            QSKIP("this system does not allow enough open files");
        const qint64 process = m_company.process().processId();
        const qint64 before = residentKilobytes(process);
        std::vector<int> handles;
        for (int address = 0; address < addresses; ++address) {
            const QByteArray from = "127.0.1." + QByteArray::number(address + 1);
            for (int i = 0; i < 1'000; ++i)
                handles.push_back(silentConnection(from.constData(), m_company.port()));
        }
        QElapsedTimer taken;
        taken.start();
        QCOMPARE(Client(m_company.port()).ask(kHealth), 200);
        const qint64 served = taken.elapsed();
        const qint64 after = residentKilobytes(process);
        qInfo("%d idle connections: an answer after %lld ms, %lld KiB a connection", addresses * 1'000, static_cast<long long>(served), static_cast<long long>((after - before) / (addresses * 1'000)));
        QVERIFY(served < 30'000); // the hand-shakes' deadlines have freed the others by then
        QVERIFY(after - before < addresses * 100'000);
        for (const int handle : handles)
            ::close(handle);
        QTRY_COMPARE_WITH_TIMEOUT(Client(m_company.port()).ask(kHealth), 200, 20'000);
        QCOMPARE(m_company.process().state(), QProcess::Running);
    }

    void slowHeadersAreEnded()
    {
        Client slow(m_company.port());
        QVERIFY(slow.isReady());
        slow.send("POST /sync/v1/push HTTP/1.1\r\n");
        QElapsedTimer taken;
        taken.start();
        for (int i = 0; i < 40 && !slow.isClosedWithin(500); ++i)
            slow.send("X-" + QByteArray::number(i) + ": drip\r\n");
        QVERIFY(slow.isClosedWithin(0));
        QVERIFY2(taken.elapsed() < 15'000, qPrintable(QString::number(taken.elapsed()))); // HttpLimits::header and linger
    }

    void hugeThingsAreRefused()
    {
        QCOMPARE(Client(m_company.port()).ask("GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(100'000, 'x') + "\r\n\r\n"), 431);
        QCOMPARE(Client(m_company.port()).ask("POST /sync/v1/enrol HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n"), 413);
        QCOMPARE(Client(m_company.port()).ask(post("/sync/v1/push", QByteArray(5'000'000, 'x'))), 401); // before the body is read
        QCOMPARE(Client(m_company.port()).ask("POST /sync/v1/enrol HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), 501);
        QCOMPARE(Client(m_company.port()).ask(kHealth), 200);
    }

    /// Small on the wire, a gigabyte inside.
    void bombsDoNotGoOff()
    {
        const qint64 process = m_company.process().processId();
        const qint64 before = residentKilobytes(process);
        const QByteArray zeros(16 * 1024 * 1024, '\0');
        QByteArray bomb;
        {
            ZSTD_CCtx *context = ZSTD_createCCtx();
            QByteArray part(qsizetype(ZSTD_CStreamOutSize()), Qt::Uninitialized);
            for (int i = 0; i < 64; ++i) {
                ZSTD_inBuffer in{zeros.constData(), size_t(zeros.size()), 0};
                size_t left = 1;
                while (in.pos < in.size || (i == 63 && left > 0)) {
                    ZSTD_outBuffer out{part.data(), size_t(part.size()), 0};
                    left = ZSTD_compressStream2(context, &out, &in, i == 63 ? ZSTD_e_end : ZSTD_e_continue);
                    bomb.append(part.constData(), qsizetype(out.pos));
                }
            }
            ZSTD_freeCCtx(context);
        }
        QVERIFY(bomb.size() < 200'000);
        // CBOR that promises more than there is: an array of 2^60 items.
        QByteArray promise = QByteArray::fromHex("9b1000000000000000");
        QByteArray promised(1'000, '\0');
        promised.resize(qsizetype(ZSTD_compress(promised.data(), size_t(promised.size()), promise.constData(), size_t(promise.size()), 3)));
        std::vector<std::unique_ptr<Client>> clients;
        for (int i = 0; i < 8; ++i) {
            clients.push_back(std::make_unique<Client>(m_company.port()));
            QVERIFY(clients.back()->isReady());
            clients.back()->send(post(i % 4 == 3 ? "/sync/v1/refresh" : "/sync/v1/enrol", i % 4 == 2 ? promised : bomb));
        }
        for (const auto &client : clients) {
            const int status = client->answer().mid(9, 3).toInt();
            QVERIFY2(status == 400 || status == 413, qPrintable(QString::number(status)));
        }
        const qint64 after = residentKilobytes(process);
        QVERIFY2(after - before < 400'000, qPrintable(QStringLiteral("%1 KiB more").arg(after - before)));
        QCOMPARE(Client(m_company.port()).ask(kHealth), 200);
    }

    void liveSocketsOfADisabledUserAreClosed()
    {
        QCOMPARE(m_company.enrol(QStringLiteral("b"), QStringLiteral("bo")), QString());
        const auto watching = m_company.device(QStringLiteral("b")).start(words("sync --watch --json"));
        QTRY_COMPARE_WITH_TIMEOUT(liveSockets(), 1, 30'000);
        QCOMPARE(wrongOf(m_company.server(words("user disable bo")), QStringLiteral("disable")), QString());
        QTRY_COMPARE_WITH_TIMEOUT(liveSockets(), 0, 5'000);
        // The device learns why, and keeps what it has.
        QTRY_VERIFY_WITH_TIMEOUT(watching->readAllStandardError().contains("The account is disabled") || !watching->waitForReadyRead(100), 1'000);
        const Said said = m_company.device(QStringLiteral("b")).run(words("sync"));
        QCOMPARE(said.exitCode, 1);
        QVERIFY2(said.err.contains("The account is disabled.") && said.err.contains("Your edits are kept"), said.err.constData());
        watching->terminate();
        QVERIFY(watching->waitForFinished(30'000));
    }

    void aDeepDataFolderHasItsCommandSocket()
    {
        RealCompany deep(QString(60, QLatin1Char('d')) + QLatin1Char('/') + QString(60, QLatin1Char('e')));
        QCOMPARE(deep.begin(), QString()); // adds users beside the running server
        QCOMPARE(deep.server(words("user list")).lines.size(), 3);
        QVERIFY(!deep.serverLog().contains("no-command-socket"));
        QCOMPARE(deep.stop(), QString());
        QVERIFY(!QFile::exists(deep.data() + QStringLiteral("/run.sock")));
    }

private:
    int liveSockets() const
    {
        Client client(m_company.port());
        if (!client.isReady())
            return -1;
        client.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        for (const QByteArray &line : client.answer().split('\n')) {
            if (line.startsWith("fieldfare_live_sockets_open "))
                return line.trimmed().split(' ').last().toInt();
        }
        return -1;
    }

    RealCompany m_company;
    qint64 m_files = 0;
};

QTEST_GUILESS_MAIN(TestServerLimits)
#include "tst_server_limits.moc"
