// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/http/request_parser.h"
#include "sync/server/http/response_writer.h"

#include <QRandomGenerator>
#include <QTest>

using namespace fieldfare::server;
using Progress = RequestParser::Progress;

namespace {

struct Outcome {
    Progress progress = Progress::NeedMore;
    int status = 0;
    HttpRequest request;
    QByteArray rest;
};

/// Feeds the bytes in parts of the given size.
Outcome parse(const QByteArray &bytes, qsizetype part, const HttpLimits &limits = {})
{
    RequestParser parser(limits);
    Outcome outcome;
    for (qsizetype at = 0; at < bytes.size(); at += part) {
        outcome.rest += bytes.mid(at, part);
        do
            outcome.progress = parser.feed(outcome.rest);
        while (outcome.progress == Progress::HeaderDone);
        if (outcome.progress == Progress::Failed) {
            outcome.status = parser.failure().status;
            return outcome;
        }
        if (outcome.progress == Progress::Done) {
            outcome.rest += bytes.mid(at + part);
            outcome.request = parser.take();
            return outcome;
        }
    }
    return outcome;
}

const QByteArray kHead = "POST /x HTTP/1.1\r\nHost: a\r\n";

} // namespace

/// What is read as a request and, above all, what is not. Each case is fed whole and byte by byte.
class TestHttpParser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &bytes, int status = 400) { QTest::newRow(name) << bytes << status; };
        row("length, then chunked", kHead + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        row("chunked, then length", kHead + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n");
        row("two lengths", kHead + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd");
        row("the same length twice", kHead + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc");
        row("list of lengths", kHead + "Content-Length: 3, 3\r\n\r\nabc");
        row("signed length", kHead + "Content-Length: +3\r\n\r\nabc");
        row("negative length", kHead + "Content-Length: -3\r\n\r\nabc");
        row("hexadecimal length", kHead + "Content-Length: 0x3\r\n\r\nabc");
        row("empty length", kHead + "Content-Length:\r\n\r\nabc");
        row("length over 64 bits", kHead + "Content-Length: 99999999999999999999\r\n\r\nabc");
        row("unknown encoding", kHead + "Transfer-Encoding: gzip\r\n\r\n", 501);
        row("chunked is not last", kHead + "Transfer-Encoding: chunked, gzip\r\n\r\n", 501);
        row("two encodings in one", kHead + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501);
        row("identity and chunked", kHead + "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        row("chunked twice", kHead + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        row("quoted chunked", kHead + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n", 501);
        row("xchunked", kHead + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501);
        row("vertical tab before chunked", kHead + "Transfer-Encoding: \x0b" "chunked\r\n\r\n0\r\n\r\n");
        row("encoding in HTTP/1.0", "POST /x HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        row("space before colon", kHead + "Content-Length : 3\r\n\r\nabc");
        row("folded header", kHead + "X-A: b\r\n c\r\n\r\n");
        row("folded encoding", kHead + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n");
        row("first header folded", "GET /x HTTP/1.1\r\n Host: a\r\n\r\n");
        row("bare LF between headers", "GET /x HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n");
        row("bare CR in a value", kHead + "X-A: b\rc\r\n\r\n");
        row("NUL in a value", kHead + QByteArray("X-A: b\0c\r\n\r\n", 13));
        row("NUL in a name", kHead + QByteArray("X\0A: b\r\n\r\n", 11));
        row("header without colon", kHead + "X-A\r\n\r\n");
        row("empty header name", kHead + ": b\r\n\r\n");
        row("no host", "GET /x HTTP/1.1\r\n\r\n");
        row("two hosts", "GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
        row("absolute target", "GET http://a/x HTTP/1.1\r\nHost: a\r\n\r\n");
        row("asterisk target", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
        row("fragment", "GET /x#y HTTP/1.1\r\nHost: a\r\n\r\n");
        row("space in the target", "GET /x y HTTP/1.1\r\nHost: a\r\n\r\n");
        row("connect", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n");
        row("trace", "TRACE /x HTTP/1.1\r\nHost: a\r\n\r\n", 501);
        row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        row("HTTP/0.9", "GET /x\r\n\r\n");
        row("HTTP/1.2", "GET /x HTTP/1.2\r\nHost: a\r\n\r\n");
        row("empty line first", "\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n");
        row("no method", " /x HTTP/1.1\r\nHost: a\r\n\r\n");
        row("unknown expectation", kHead + "Expect: 200-ok\r\nContent-Length: 3\r\n\r\nabc", 417);
        row("chunk without a size", kHead + "Transfer-Encoding: chunked\r\n\r\nx\r\nabc\r\n0\r\n\r\n");
        row("negative chunk", kHead + "Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n");
        row("chunk over 64 bits", kHead + "Transfer-Encoding: chunked\r\n\r\n10000000000000003\r\nabc\r\n0\r\n\r\n");
        row("chunk longer than said", kHead + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n");
        row("bare LF after a chunk size", kHead + "Transfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n");
        row("control character in a chunk extension", kHead + "Transfer-Encoding: chunked\r\n\r\n3;a=\"\x07\"\r\nabc\r\n0\r\n\r\n");
        row("control character in a trailer", kHead + "Transfer-Encoding: chunked\r\n\r\n0\r\nT: \x01u\r\n\r\n");
        row("DEL in a header", "GET /x HTTP/1.1\r\nHost: a\r\nX-A: b\x7F\r\n\r\n");
        row("endless chunk extension", kHead + "Transfer-Encoding: chunked\r\n\r\n3;" + QByteArray(40'000, 'e'));
        row("long chunk extension", kHead + "Transfer-Encoding: chunked\r\n\r\n3;" + QByteArray(17'000, 'e') + "\r\nabc\r\n0\r\n\r\n");
        row("chunk extension with an open quote", kHead + "Transfer-Encoding: chunked\r\n\r\n3;a=\"b\r\nabc\r\n0\r\n\r\n");
        row("open quote after the last chunk", kHead + "Transfer-Encoding: chunked\r\n\r\n0;a=\"b\r\n\r\n");
        row("quote over two lines", kHead + "Transfer-Encoding: chunked\r\n\r\n3;a=\"b\r\nabc\"\r\n0\r\n\r\n");
        row("long trailer", kHead + "Transfer-Encoding: chunked\r\n\r\n0\r\nT: " + QByteArray(17'000, 'e') + "\r\n\r\n");
        row("folded trailer", kHead + "Transfer-Encoding: chunked\r\n\r\n0\r\nT: u\r\n v\r\n\r\n");
        row("bare LF in a trailer", kHead + "Transfer-Encoding: chunked\r\n\r\n0\r\nT: u\nX: v\r\n\r\n");
        row("endless trailer", kHead + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + QByteArray(40'000, 'e'));
        row("endless request line", "GET /" + QByteArray(20'000, 'a'), 431);
        row("endless header", kHead + "X-A: " + QByteArray(20'000, 'a'), 431);
        row("many small headers", kHead + QByteArray("X-A: b\r\n").repeated(2200), 431);
        row("header just over 16 KB", kHead + "X: " + QByteArray(16 * 1024 - kHead.size() - 6, 'a') + "\r\n\r\n", 431);
        row("length over the limit", kHead + "Content-Length: 8388609\r\n\r\n", 413);
        row("chunk over the limit", kHead + "Transfer-Encoding: chunked\r\n\r\n800001\r\n", 413);
    }
    void refuses()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        for (const qsizetype part : {bytes.size(), qsizetype(1), qsizetype(7)}) {
            const Outcome outcome = parse(bytes, part);
            QCOMPARE(outcome.progress, Progress::Failed);
            QCOMPARE(outcome.status, status);
        }
    }

    void reads_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("get") << QByteArray("GET /a HTTP/1.1\r\nHost: a\r\n\r\n") << QByteArray("/a") << QByteArray();
        QTest::newRow("HTTP/1.0") << QByteArray("GET /a HTTP/1.0\r\n\r\n") << QByteArray("/a") << QByteArray();
        QTest::newRow("encoded path") << QByteArray("GET /%2e%2e/b HTTP/1.1\r\nHost: a\r\n\r\n") << QByteArray("/%2e%2e/b") << QByteArray();
        QTest::newRow("body") << kHead + "Content-Length: 5\r\n\r\nhello" << QByteArray("/x") << QByteArray("hello");
        QTest::newRow("empty body") << kHead + "Content-Length: 0\r\n\r\n" << QByteArray("/x") << QByteArray();
        QTest::newRow("binary body") << kHead + "Content-Length: 4\r\n\r\n" + QByteArray("\0\r\n\0", 4) << QByteArray("/x")
                                     << QByteArray("\0\r\n\0", 4);
        QTest::newRow("chunked") << kHead + "Transfer-Encoding: CHUNKED\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nT: u\r\n\r\n"
                                 << QByteArray("/x") << QByteArray("abc0123456789");
        QTest::newRow("header of exactly 16 KB")
            << kHead + "X: " + QByteArray(16 * 1024 - kHead.size() - 7, 'a') + "\r\n\r\n" << QByteArray("/x") << QByteArray();
    }
    void reads()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        const QByteArray next = "GET /next HTTP/1.1\r\n";
        for (const qsizetype part : {bytes.size() + next.size(), qsizetype(1), qsizetype(7), qsizetype(1000)}) {
            const Outcome outcome = parse(bytes + next, part);
            QCOMPARE(outcome.progress, Progress::Done);
            QCOMPARE(outcome.request.path, path);
            QCOMPARE(outcome.request.body, body);
            QCOMPARE(outcome.rest, next); // not a byte of the next request is taken
            QVERIFY(outcome.request.header("T").isEmpty());
        }
    }

    void splitsTheTarget()
    {
        const Outcome outcome = parse("GET /a/b?c=d?e&f HTTP/1.1\r\nhOSt: a\r\nX-A:  b \r\nx-a: c\r\n\r\n", 1000);
        QCOMPARE(outcome.request.method, QByteArray("GET"));
        QCOMPARE(outcome.request.path, QByteArray("/a/b"));
        QCOMPARE(outcome.request.query, QByteArray("c=d?e&f"));
        QCOMPARE(outcome.request.header("HOST"), QByteArray("a"));
        QCOMPARE(outcome.request.header("x-A"), QByteArray("b"));
        QCOMPARE(headerCount(outcome.request.headers, "X-A"), 2);
    }

    void knowsWhetherTheConnectionGoesOn_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("goesOn");
        QTest::newRow("1.1") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n\r\n") << true;
        QTest::newRow("1.1 close") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n") << false;
        QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n") << false;
        QTest::newRow("1.0 keep-alive") << QByteArray("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") << true;
    }
    void knowsWhetherTheConnectionGoesOn()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, goesOn);
        RequestParser parser{HttpLimits{}};
        QCOMPARE(parser.feed(bytes), Progress::Done);
        QCOMPARE(parser.keepAlive(), goesOn);
    }

    /// No damage to a request makes the parser take more than it was given, loop, or disagree with itself about the
    /// same bytes cut in another way.
    void agreesWithItselfOnDamagedRequests()
    {
        const quint32 seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        const QByteArray good = kHead + "X-A: b\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n0\r\nT: u\r\n\r\n"
            + kHead + "Content-Length: 3\r\n\r\nabc";
        const QByteArray alphabet("\r\n \t:;,0159aAfF-+\"\0chunked", 27);
        for (int round = 0; round < 20'000; ++round) {
            QByteArray bytes = good;
            for (int edit = random.bounded(1, 4); edit > 0; --edit) {
                const qsizetype at = random.bounded(int(bytes.size()));
                const char c = alphabet.at(random.bounded(int(alphabet.size())));
                switch (random.bounded(3)) {
                case 0:
                    bytes[at] = c;
                    break;
                case 1:
                    bytes.insert(at, c);
                    break;
                default:
                    bytes.remove(at, 1);
                }
            }
            const Outcome whole = parse(bytes, bytes.size());
            const Outcome bits = parse(bytes, 1);
            const bool isSame = whole.progress == bits.progress && whole.request.body == bits.request.body
                && whole.request.headers == bits.request.headers && (whole.progress != Progress::Done || whole.rest == bits.rest);
            QVERIFY2(isSame, (QByteArray("round ") + QByteArray::number(round) + ": " + bytes.toPercentEncoding(" :/\r\n;=")).constData());
        }
    }

    void writesResponses()
    {
        HttpResponse response;
        response.status = 201;
        response.headers.emplaceBack("Content-Type", "text/plain");
        response.headers.emplaceBack("Content-Length", "9999");       // ours counts
        response.headers.emplaceBack("transfer-encoding", "chunked"); // and this would smuggle
        response.headers.emplaceBack("Cache-Control", "max-age=1");
        response.body = "hello";
        const WrittenResponse written = writeResponse(response, {true, false, QStringLiteral("id1"), 1'000'000'000'000});
        QCOMPARE(written.head,
                 QByteArray("HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nCache-Control: max-age=1\r\n"
                            "Date: Sun, 09 Sep 2001 01:46:40 GMT\r\nFieldfare-Server: 1\r\nX-Request-Id: id1\r\n"
                            "Content-Length: 5\r\nConnection: keep-alive\r\n\r\n"));
        QCOMPARE(written.body, QByteArray("hello"));

        response.status = 204;
        const WrittenResponse empty = writeResponse(response, {false, false, {}, 0});
        QVERIFY(!empty.head.contains("Content-Length") && empty.body.isEmpty());
        QVERIFY(empty.head.endsWith("Connection: close\r\n\r\n"));

        response.status = 101;
        QCOMPARE(writeResponse(response, {}).status, 500);
        response.status = 200;
        response.headers.emplaceBack("X-A", "b\nc");
        QCOMPARE(writeResponse(response, {}).status, 500);
    }
};

QTEST_GUILESS_MAIN(TestHttpParser)
#include "tst_http_parser.moc"
