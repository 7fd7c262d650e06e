// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/codec.h"
#include "sync/protocol/frame.h"
#include "tests/fuzz/push_entry.h"
#include "tests/testlib/sample_messages.h"

#include <QFile>
#include <QTest>

#include <random>

using namespace fieldfare;

namespace {

void run(const QByteArray &input)
{
    runPushEntry(reinterpret_cast<const std::uint8_t *>(input.constData()), static_cast<std::size_t>(input.size()));
}

} // namespace

/// The fuzzer's entry in the normal build: what fuzzing kept, then 6,000 inputs, most of them scripts of chance, the others
/// mutated from good messages. FIELDFARE_SEED replays a run.
class TestPushMutations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatFuzzingKept()
    {
        QFile file(qEnvironmentVariable("FIELDFARE_TEST_DATA", QStringLiteral(QT_TESTCASE_SOURCEDIR "/../data")) + QStringLiteral("/../fuzz/corpus/push.hex"));
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

    void hostilePushesBreakNothing()
    {
        const QByteArray given = qgetenv("FIELDFARE_SEED");
        const quint64 seed = given.isEmpty() ? std::random_device{}() : given.toULongLong();
        qInfo("FIELDFARE_SEED=%llu", static_cast<unsigned long long>(seed));
        std::mt19937_64 random(seed);
        const int asked = qEnvironmentVariableIntValue("FIELDFARE_FUZZ_ROUNDS");
        for (int i = 0; i < (asked > 0 ? asked : 6'000); ++i)
            run(i % 4 == 0 ? mutated(random) : script(random));
    }

private:
    static QByteArray script(std::mt19937_64 &random)
    {
        QByteArray input(1, '\0');
        for (auto length = random() % 220; length > 0; --length)
            input.append(static_cast<char>(random()));
        return input;
    }

    static QByteArray mutated(std::mt19937_64 &random)
    {
        static const std::vector<QByteArray> good = [] {
            testlib::SampleMessages samples(5);
            std::vector<QByteArray> all;
            for (const QByteArray &frame : {protocol::encode(samples.everyOperation()), protocol::encode(samples.edits(3))})
                all.push_back(*protocol::decompressFrame(frame, 1 << 20));
            return all;
        }();
        QByteArray input = QByteArray(1, random() % 4 == 0 ? '\x80' : '\xC0') + good[random() % good.size()];
        for (auto edits = random() % 4; edits > 0; --edits)
            input[static_cast<qsizetype>(1 + random() % quint64(input.size() - 1))] = static_cast<char>(random());
        return input;
    }
};

QTEST_GUILESS_MAIN(TestPushMutations)
#include "tst_push_mutations.moc"
