// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv_delimiter.h"
#include "core/exchange/csv_reader.h"
#include "core/exchange/csv_writer.h"

#include <QBuffer>
#include <QTest>

#include <random>

using namespace fieldfare;
using namespace fieldfare::exchange;

namespace {

struct ReadBack {
    QList<QStringList> rows;
    QList<CsvProblem> problems;
    QList<qint64> lines;
};

ReadBack readAll(const QByteArray &bytes, CsvOptions options = {})
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    CsvReader reader(buffer, options);
    ReadBack back;
    if (!reader.open().ok())
        return back;
    CsvRecord record;
    while (true) {
        const auto more = reader.next(record);
        if (!more.ok() || !*more)
            break;
        back.rows.append(record.toStringList());
        back.problems.append(record.problem());
        back.lines.append(record.line());
    }
    return back;
}

CsvOptions comma()
{
    CsvOptions options;
    options.delimiter = u',';
    options.encoding = "UTF-8";
    return options;
}

QByteArray written(const QList<QStringList> &rows, CsvWriterOptions options = {})
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    CsvWriter writer(buffer, options);
    for (const QStringList &row : rows) {
        if (!writer.writeRow(row).ok())
            return {};
    }
    if (!writer.finish().ok())
        return {};
    return buffer.data();
}

quint64 seedOfThisRun()
{
    const QByteArray given = qgetenv("FIELDFARE_SEED");
    const quint64 seed = given.isEmpty() ? std::random_device{}() : given.toULongLong();
    qInfo("FIELDFARE_SEED=%llu", static_cast<unsigned long long>(seed));
    return seed;
}

} // namespace

class TestCsv : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatRfc4180Describes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QList<QStringList>>("rows");
        using Rows = QList<QStringList>;
        QTest::newRow("crlf") << QByteArray("a,b\r\nc,d\r\n") << Rows{{u"a"_qs, u"b"_qs}, {u"c"_qs, u"d"_qs}};
        QTest::newRow("no end of last line") << QByteArray("a,b\nc,d") << Rows{{u"a"_qs, u"b"_qs}, {u"c"_qs, u"d"_qs}};
        QTest::newRow("cr only") << QByteArray("a,b\rc,d\r") << Rows{{u"a"_qs, u"b"_qs}, {u"c"_qs, u"d"_qs}};
        QTest::newRow("mixed ends") << QByteArray("a\r\nb\nc\rd") << Rows{{u"a"_qs}, {u"b"_qs}, {u"c"_qs}, {u"d"_qs}};
        QTest::newRow("quotes") << QByteArray("\"a,b\",\"c\"\"d\",\"\"\n") << Rows{{u"a,b"_qs, u"c\"d"_qs, u""_qs}};
        QTest::newRow("only quotes") << QByteArray("\"\"\"\"\n") << Rows{{u"\""_qs}};
        QTest::newRow("line in quotes") << QByteArray("\"a\r\nb\",c\n") << Rows{{u"a\r\nb"_qs, u"c"_qs}};
        QTest::newRow("quote inside a word") << QByteArray("5\" disk,x\n") << Rows{{u"5\" disk"_qs, u"x"_qs}};
        QTest::newRow("spaces stay") << QByteArray(" a , b\n") << Rows{{u" a "_qs, u" b"_qs}};
        QTest::newRow("empty last field") << QByteArray("a,\n,\n") << Rows{{u"a"_qs, u""_qs}, {u""_qs, u""_qs}};
        QTest::newRow("empty last field at the end")
            << QByteArray("a,b\nc,") << Rows{{u"a"_qs, u"b"_qs}, {u"c"_qs, u""_qs}};
        QTest::newRow("empty line") << QByteArray("a,b\n\nc,d\n")
                                    << Rows{{u"a"_qs, u"b"_qs}, {u""_qs}, {u"c"_qs, u"d"_qs}};
        QTest::newRow("empty") << QByteArray() << Rows{};
        QTest::newRow("nul is dropped") << QByteArray("a\0b,c\n", 6) << Rows{{u"ab"_qs, u"c"_qs}};
        QTest::newRow("quoted to the end") << QByteArray("a,\"b\"") << Rows{{u"a"_qs, u"b"_qs}};
    }

    void readsWhatRfc4180Describes()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QList<QStringList>, rows);
        const ReadBack back = readAll(bytes, comma());
        QCOMPARE(back.rows, rows);
        for (const CsvProblem problem : back.problems)
            QCOMPARE(problem, CsvProblem::None);
    }

    void reportsShortAndLongRows()
    {
        const ReadBack back = readAll("a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n\n1,2,3\n", comma());
        const QList<CsvProblem> expected{CsvProblem::None, CsvProblem::ShortRow, CsvProblem::LongRow,
                                         CsvProblem::None, CsvProblem::None,     CsvProblem::None};
        QCOMPARE(back.problems, expected);
        QCOMPARE(back.rows[2], QStringList({u"1"_qs, u"2"_qs, u"3"_qs, u"4"_qs}));
        QCOMPARE(back.lines, QList<qint64>({1, 2, 3, 4, 5, 6}));
    }

    void textAfterAClosingQuoteSpoilsOnlyItsRecord()
    {
        const ReadBack back = readAll("h1,h2\n\"He said \"hi\" to me\",x\nok,y\n", comma());
        QCOMPARE(back.rows.size(), 3);
        QCOMPARE(back.problems[1], CsvProblem::StrayQuote);
        QCOMPARE(back.rows[1].last(), QStringLiteral("x"));
        QCOMPARE(back.rows[2], QStringList({u"ok"_qs, u"y"_qs}));
        QCOMPARE(back.problems[2], CsvProblem::None);
    }

    void anUnclosedQuoteSpoilsOnlyItsLine_data()
    {
        QTest::addColumn<QByteArray>("rest");
        QTest::newRow("no other quote") << QByteArray("1,x\n2,y\n");
        QTest::newRow("a later quoted field") << QByteArray("1,x\n2,\"y\"\n");
        QTest::newRow("a later quoted line end") << QByteArray("1,x\n2,\"y\nz\"\n");
    }

    void anUnclosedQuoteSpoilsOnlyItsLine()
    {
        QFETCH(QByteArray, rest);
        const ReadBack clean = readAll("h1,h2\n" + rest, comma());
        const ReadBack back = readAll("h1,h2\n\"broken,q\n" + rest, comma());
        QCOMPARE(back.problems[1], CsvProblem::UnclosedQuote);
        QCOMPARE(back.rows[1], QStringList({u"\"broken,q"_qs}));
        QCOMPARE(back.lines[1], 2);
        QCOMPARE(back.rows.mid(2), clean.rows.mid(1));
        QCOMPARE(back.lines[2], 3);
        for (const CsvProblem problem : back.problems.mid(2))
            QCOMPARE(problem, CsvProblem::None);
    }

    void fieldsBeforeAnUnclosedQuoteAreKept()
    {
        const ReadBack back = readAll("a,b\n\"line 1\nline 2\",\"open\n1,2\n", comma());
        QCOMPARE(back.rows[1], QStringList({u"line 1\nline 2"_qs, u"\"open"_qs}));
        QCOMPARE(back.problems[1], CsvProblem::UnclosedQuote);
        QCOMPARE(back.rows[2], QStringList({u"1"_qs, u"2"_qs}));
        QCOMPARE(back.lines[2], 4);
    }

    void anUnclosedQuoteIsBoundedByTheFieldLimit()
    {
        CsvOptions options = comma();
        options.maxFieldLength = 100;
        QByteArray bytes = "a,b\n\"open,1\n";
        for (int i = 0; i < 50; ++i)
            bytes += "some,thing\n";
        const ReadBack back = readAll(bytes, options);
        QCOMPARE(back.rows.size(), 52);
        QCOMPARE(back.problems.count(CsvProblem::UnclosedQuote), 1);
        QCOMPARE(back.problems.count(CsvProblem::None), 51);
    }

    void longFieldsRecordsAndRowsAreCutAndReported()
    {
        CsvOptions options = comma();
        options.maxFieldLength = 10;
        options.maxRecordLength = 40;
        options.maxColumns = 4;
        const ReadBack back = readAll("a,b\n" + QByteArray(1000, 'x') + ",q\n1,2,3,4,5,6\n" +
                                          QByteArray("1234567,").repeated(9) + "\nc,d\n",
                                      options);
        QCOMPARE(back.rows.size(), 5);
        QCOMPARE(back.problems[1], CsvProblem::FieldTooLong);
        QCOMPARE(back.rows[1], QStringList({u"xxxxxxxxxx"_qs}));
        QCOMPARE(back.problems[2], CsvProblem::TooManyColumns);
        QCOMPARE(back.rows[2], QStringList({u"1"_qs, u"2"_qs, u"3"_qs, u"4"_qs}));
        QVERIFY(isBroken(back.problems[3]));
        QCOMPARE(back.rows[4], QStringList({u"c"_qs, u"d"_qs}));
        QCOMPARE(back.lines[4], 5);
    }

    void aMistakeOnEveryLineGivesARecordForEach()
    {
        const ReadBack back = readAll(QByteArray("\"x\n").repeated(3000), comma());
        QCOMPARE(back.rows.size(), 3000);
        QCOMPARE(back.problems.count(CsvProblem::UnclosedQuote), 3000);
        QCOMPARE(back.lines.last(), 3000);
    }

    void findsDelimiters_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QChar>("delimiter");
        QTest::addColumn<int>("columns");
        QTest::newRow("comma") << u"a,b\n1,2\n"_qs << QChar(u',') << 2;
        QTest::newRow("semicolon with decimal commas") << u"a;b\n1,5;2,5\n3,1;4,2\n"_qs << QChar(u';') << 2;
        QTest::newRow("decimal commas, no header") << u"1,5;2,5\n3,1;4,2\n"_qs << QChar(u';') << 2;
        QTest::newRow("tab") << u"a\tb, c\n1\t2\n"_qs << QChar(u'\t') << 2;
        QTest::newRow("pipe") << u"a|b|c\n1|2|3\n"_qs << QChar(u'|') << 3;
        QTest::newRow("inside quotes") << u"a,b\n\"1;2;3\",2\n\"4;5;6\",5\n"_qs << QChar(u',') << 2;
        QTest::newRow("one column") << u"name\nBo\nAnn\n"_qs << QChar(u',') << 1;
        QTest::newRow("sep line") << u"sep=|\r\na|b\r\n"_qs << QChar(u'|') << 2;
        QTest::newRow("one broken row") << u"a;b;c\n1;2;3\n1;2\n4;5;6\n"_qs << QChar(u';') << 3;
        QTest::newRow("chinese") << u"姓名,电话\n张三,1\n"_qs << QChar(u',') << 2;
    }

    void findsDelimiters()
    {
        QFETCH(QString, text);
        QFETCH(QChar, delimiter);
        QFETCH(int, columns);
        const FoundDelimiter found = findDelimiter(text, true);
        QCOMPARE(QChar(found.delimiter), delimiter);
        QCOMPARE(found.columns, columns);
    }

    void theSepLineIsNoRecord()
    {
        const ReadBack back = readAll("sep=;\r\na;b\r\n1;2\r\n");
        QCOMPARE(back.rows, QList<QStringList>({{u"a"_qs, u"b"_qs}, {u"1"_qs, u"2"_qs}}));
        QCOMPARE(back.lines, QList<qint64>({2, 3}));
    }

    void blocksMayCutAnything()
    {
        // Longer than two blocks of 256 KB, with CR LF, quotes and three-byte characters at all offsets.
        QList<QStringList> rows;
        for (int i = 0; i < 9000; ++i) {
            rows.append({QString::number(i), QStringLiteral("客户") + QString(i % 7, u'x'),
                         QStringLiteral("he said \"%1\"\r\nand left").arg(i), QString(i % 13, u'"')});
        }
        const ReadBack back = readAll(written(rows), comma());
        QCOMPARE(back.rows.size(), rows.size());
        QCOMPARE(back.rows, rows);
    }

    void generatedTablesSurviveTheRoundTrip()
    {
        std::mt19937_64 random(seedOfThisRun());
        const QString alphabet = QStringLiteral("ab,;\t|\"\"\r\n '=é张😀");
        for (int round = 0; round < 200; ++round) {
            const auto columns = static_cast<int>(1 + random() % 6);
            QList<QStringList> rows;
            for (auto row = 1 + random() % 8; row > 0; --row) {
                QStringList fields;
                for (int column = 0; column < columns; ++column) {
                    QString field;
                    for (auto length = random() % 9; length > 0; --length)
                        field += alphabet[static_cast<qsizetype>(random() % quint64(alphabet.size() - 2))];
                    if (random() % 4 == 0)
                        field += QStringLiteral("😀");
                    fields.append(field);
                }
                rows.append(fields);
            }
            const char16_t delimiters[] = {u',', u';', u'\t', u'|'};
            CsvWriterOptions writing;
            writing.delimiter = delimiters[random() % 4];
            writing.withByteOrderMark = random() % 2 == 0;
            CsvOptions reading;
            reading.delimiter = writing.delimiter;
            reading.encoding = "UTF-8";
            const ReadBack back = readAll(written(rows, writing), reading);
            QCOMPARE(back.rows, rows);
            for (const CsvProblem problem : back.problems)
                QCOMPARE(problem, CsvProblem::None);
        }
    }

    void aFirstFieldThatLooksLikeASepLineSurvives()
    {
        const QList<QStringList> rows{{QStringLiteral("sep=;")}, {QStringLiteral("a")}};
        QCOMPARE(readAll(written(rows), comma()).rows, rows);
    }

    void theWriterGuardsFormulasOnlyWhenAsked()
    {
        QCOMPARE(written({{u"=1+1"_qs, u"b"_qs}}), QByteArray("=1+1,b\r\n"));
        CsvWriterOptions options;
        options.guardFormulas = true;
        QCOMPARE(written({{u"=1+1"_qs, u"@x"_qs, u"-5.5"_qs, u"+86 138"_qs, u"-2+cmd|x"_qs, u"a=b"_qs}}, options),
                 QByteArray("'=1+1,'@x,-5.5,+86 138,'-2+cmd|x,a=b\r\n"));
        QCOMPARE(CsvWriter::guarded(QStringLiteral("＝HYPERLINK()")), QStringLiteral("'＝HYPERLINK()"));
    }

    void aFailingDeviceIsAnError()
    {
        QBuffer closed;
        CsvWriter writer(closed);
        QVERIFY(writer.writeRow({QStringLiteral("a")}).ok());
        const auto finished = writer.finish();
        QVERIFY(!finished.ok());
        QCOMPARE(finished.error().code, base::ErrorCode::Io);
    }
};

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
