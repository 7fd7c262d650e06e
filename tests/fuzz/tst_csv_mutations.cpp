// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/csv_entry.h"

#include <QByteArray>
#include <QTest>

#include <random>

/// The fuzzer's entry in the normal build: 20,000 inputs, half mutated from good tables, half strings of the characters
/// that matter. FIELDFARE_SEED replays a run; the input at which it stopped is printed by the last message.
class TestCsvMutations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mutatedInputsBreakNothing()
    {
        const QByteArray given = qgetenv("FIELDFARE_SEED");
        const quint64 seed = given.isEmpty() ? std::random_device{}() : given.toULongLong();
        qInfo("FIELDFARE_SEED=%llu", static_cast<unsigned long long>(seed));
        std::mt19937_64 random(seed);
        for (int i = 0; i < 20'000; ++i) {
            const QByteArray input = i % 2 == 0 ? mutated(random) : assembled(random);
            runCsvEntry(reinterpret_cast<const std::uint8_t *>(input.constData()),
                        static_cast<std::size_t>(input.size()));
        }
    }

private:
    static QByteArray mutated(std::mt19937_64 &random)
    {
        static const QByteArray seeds[] = {
            "name,amount,date\r\n\"Bo, Ann\",\"$1,054.00\",2024-03-05\r\n\"two\nlines\",5,\r\n",
            "\xEF\xBB\xBFname;note\n\"say \"\"hi\"\"\";1,5\n\xE5\xBC\xA0\xE4\xB8\x89;\xF0\x9F\x98\x80\n",
            "sep=|\na|b\n1|\"x\"\n",
            QByteArray("\xFF\xFE"
                       "a\0,\0b\0\n\0\"\0,\0\"\0\n\0",
                       18),
            "\xD0\xD5\xC3\xFB,\xB5\xE7\xBB\xB0\n\xD5\xC5\xC8\xFD,138\n",
        };
        QByteArray input = QByteArray(1, static_cast<char>(random())) + seeds[random() % std::size(seeds)];
        for (auto changes = 1 + random() % 6; changes > 0 && input.size() > 1; --changes) {
            const auto at = static_cast<qsizetype>(1 + random() % quint64(input.size() - 1));
            switch (random() % 5) {
            case 0:
                input[at] = static_cast<char>(random());
                break;
            case 1:
                input.insert(at, "\",\n\r;\0"[random() % 6]);
                break;
            case 2:
                input.remove(at, 1 + static_cast<qsizetype>(random() % 4));
                break;
            case 3:
                input.insert(at, input.mid(at, static_cast<qsizetype>(random() % 12)));
                break;
            default:
                input.truncate(at + 1);
                break;
            }
        }
        return input;
    }

    static QByteArray assembled(std::mt19937_64 &random)
    {
        static constexpr char alphabet[] = "\"\"\",,;\n\n\rab1\t \0\xC3\xE5";
        QByteArray input(1, static_cast<char>(random()));
        for (auto length = random() % 120; length > 0; --length)
            input.append(alphabet[random() % (sizeof alphabet - 1)]);
        return input;
    }
};

QTEST_GUILESS_MAIN(TestCsvMutations)
#include "tst_csv_mutations.moc"
