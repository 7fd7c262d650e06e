// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/file_edits.h"
#include "tests/fuzz/file_parsers_entry.h"

#include <QFile>
#include <QTest>

#include <random>

/// The fuzzers of the file's readers in the normal build: what fuzzing kept in tests/fuzz/corpus, then edits drawn from a seed.
/// FIELDFARE_SEED replays a run, FIELDFARE_FUZZ_ROUNDS says how many.
class TestFileParsers : public QObject {
    Q_OBJECT

    static void run(const FileParser &parser, const QByteArray &input)
    {
        parser.run({reinterpret_cast<const std::uint8_t *>(input.constData()), std::size_t(input.size())});
    }

private Q_SLOTS:
    void whatFuzzingKept_data() { rows(); }
    void whatFuzzingKept()
    {
        QFETCH(const int, parser);
        run(kFileParsers[parser], {});
        run(kFileParsers[parser], QByteArray(1, '\0')); // the sound file
        QFile file(qEnvironmentVariable("FIELDFARE_TEST_DATA", QStringLiteral(QT_TESTCASE_SOURCEDIR "/../data")) + QStringLiteral("/../fuzz/corpus/") +
                   QString::fromLatin1(kFileParsers[parser].name) + QStringLiteral(".hex"));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        int inputs = 0;
        while (!file.atEnd()) {
            const QByteArray line = file.readLine().trimmed();
            if (line.isEmpty() || line.startsWith('#'))
                continue;
            run(kFileParsers[parser], QByteArray::fromHex(line));
            ++inputs;
        }
        QVERIFY(inputs > 0);
    }

    void edits_data() { rows(); }
    void edits()
    {
        QFETCH(const int, parser);
        const QByteArray given = qgetenv("FIELDFARE_SEED");
        const quint64 seed = given.isEmpty() ? std::random_device{}() : given.toULongLong();
        qInfo("FIELDFARE_SEED=%llu", static_cast<unsigned long long>(seed));
        std::mt19937_64 random(seed);
        const int asked = qEnvironmentVariableIntValue("FIELDFARE_FUZZ_ROUNDS");
        for (int i = 0; i < (asked > 0 ? asked : 5000); ++i) {
            const auto count = random() % 3 != 0 ? 1 : 1 + random() % (kMaxEdits / 2);
            QByteArray input(1, char((random() % 32 == 0 ? 0x80 : 0) | random() % 0x80)); // what the lower bits choose, a parser says
            for (std::size_t n = 0; n < count * kEditSize + 1; ++n)
                input.append(char(random()));
            run(kFileParsers[parser], input);
        }
    }

private:
    static void rows()
    {
        QTest::addColumn<int>("parser");
        int number = 0;
        for (const FileParser &parser : kFileParsers)
            QTest::newRow(parser.name) << number++;
    }
};

QTEST_GUILESS_MAIN(TestFileParsers)
#include "tst_file_parsers.moc"
