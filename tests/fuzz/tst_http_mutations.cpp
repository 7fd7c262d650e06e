// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/http_entry.h"
#include "tests/fuzz/http_rule.h"

#include <QFile>
#include <QTest>

#include <random>

namespace {

void run(const QByteArray &input)
{
    runHttpEntry(reinterpret_cast<const std::uint8_t *>(input.constData()), static_cast<std::size_t>(input.size()));
}

} // namespace

/// The fuzzer's entry in the normal build: what fuzzing kept, then 20,000 inputs, half mutated from good requests and half put
/// together from the words of HTTP. FIELDFARE_SEED replays a run.
class TestHttpMutations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatFuzzingKept()
    {
        QFile file(qEnvironmentVariable("FIELDFARE_TEST_DATA", QStringLiteral(QT_TESTCASE_SOURCEDIR "/../data")) + QStringLiteral("/../fuzz/corpus/http.hex"));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        int inputs = 0;
        while (!file.atEnd()) {
            const QByteArray line = file.readLine().trimmed();
            if (line.isEmpty() || line.startsWith('#'))
                continue;
            run(QByteArray::fromHex(line));
            ++inputs;
        }
        QVERIFY(inputs > 0);
    }

    void mutatedRequestsBreakNothing()
    {
        const QByteArray given = qgetenv("FIELDFARE_SEED");
        const quint64 seed = given.isEmpty() ? std::random_device{}() : given.toULongLong();
        qInfo("FIELDFARE_SEED=%llu", static_cast<unsigned long long>(seed));
        std::mt19937_64 random(seed);
        const int asked = qEnvironmentVariableIntValue("FIELDFARE_FUZZ_ROUNDS");
        for (int i = 0; i < (asked > 0 ? asked : 20'000); ++i)
            run(i % 2 == 0 ? mutated(random) : assembled(random));
    }

    /// The rule that judges is itself no stub.
    void theRuleReadsRequests()
    {
        const QByteArray chunked = "POST /a?b HTTP/1.1\r\nHost: c\r\nTransfer-Encoding: Chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nT: u\r\n\r\n";
        const auto read = readHttpByRule(chunked + "GET");
        QVERIFY(read.has_value());
        QCOMPARE(read->size, chunked.size());
        QCOMPARE(read->request.body, QByteArray("abc"));
        QCOMPARE(read->request.query, QByteArray("b"));
        QVERIFY(!readHttpByRule(chunked.chopped(1)));
        QVERIFY(readHttpByRule("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nabc")->request.body == "ab");
        for (const char *wrong : {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nab", "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n",
                                  "GET / HTTP/1.1\r\nHost : a\r\n\r\n", "GET / HTTP/1.1\nHost: a\n\n", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"})
            QVERIFY2(!readHttpByRule(wrong), wrong);
    }

private:
    static QByteArray mutated(std::mt19937_64 &random)
    {
        static const QByteArray seeds[] = {
            "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n0\r\nT: u\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcPOST /y HTTP/1.0\r\nContent-Length: 1\r\n\r\nz",
            "GET /sync/v1/live HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
            "POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab",
        };
        QByteArray input = QByteArray(1, static_cast<char>(random() & 0x7F)) + seeds[random() % std::size(seeds)];
        for (auto changes = 1 + random() % 5; changes > 0 && input.size() > 1; --changes) {
            const auto at = static_cast<qsizetype>(1 + random() % quint64(input.size() - 1));
            switch (random() % 5) {
            case 0:
                input[at] = static_cast<char>(random());
                break;
            case 1:
                input.insert(at, "\r\n \t:;,01aF\"\0"[random() % 13]);
                break;
            case 2:
                input.remove(at, 1 + static_cast<qsizetype>(random() % 4));
                break;
            case 3:
                input.insert(at, input.mid(at, static_cast<qsizetype>(random() % 40)));
                break;
            default:
                input.insert(at, kHttpWords[random() % std::size(kHttpWords)]);
                break;
            }
        }
        return input;
    }

    static QByteArray assembled(std::mt19937_64 &random)
    {
        QByteArray input(1, static_cast<char>(0x80 | random()));
        input.append(static_cast<char>(0x80 + random() % 3)); // a request line; then what may come
        input.append(static_cast<char>(0x83));
        for (auto length = random() % 14; length > 0; --length)
            input.append(random() % 8 == 0 ? "\r\n \t:;,01aF"[random() % 11] : static_cast<char>(0x80 + random() % std::size(kHttpWords)));
        return input;
    }
};

QTEST_GUILESS_MAIN(TestHttpMutations)
#include "tst_http_mutations.moc"
