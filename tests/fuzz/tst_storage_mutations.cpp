// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/file_edits.h"
#include "tests/fuzz/storage_entry.h"

#include <QByteArray>
#include <QTest>

#include <random>

/// The fuzzer's entry in the normal build: damages drawn from a seed, to each file of a profile in turn. FIELDFARE_SEED
/// replays a run, FIELDFARE_FUZZ_ROUNDS says how many damages a file; the input at which it stopped is printed by the last
/// message.
class TestStorageMutations : public QObject {
    Q_OBJECT

    std::mt19937_64 m_random;
    int m_rounds = 400;

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray given = qgetenv("FIELDFARE_SEED");
        const quint64 seed = given.isEmpty() ? std::random_device{}() : given.toULongLong();
        qInfo("FIELDFARE_SEED=%llu", static_cast<unsigned long long>(seed));
        m_random.seed(seed);
        const int rounds = qEnvironmentVariableIntValue("FIELDFARE_FUZZ_ROUNDS");
        m_rounds = rounds > 0 ? rounds : m_rounds;
    }

    void damagedFilesShowNothingElse_data()
    {
        QTest::addColumn<int>("kind");
        int kind = 0;
        for (const char *name : {"key file", "main file", "log", "main file with a log", "journal", "main file with a journal",
                                 "rules of the recovery"})
            QTest::newRow(name) << kind++;
        QCOMPARE(kind, kStorageEntryKinds);
    }
    void damagedFilesShowNothingElse()
    {
        QFETCH(const int, kind);
        for (int i = 0; i < m_rounds; ++i) {
            const QByteArray input = kind == kStorageEntryKinds - 1 ? plainLog() : damages(kind, i);
            runStorageEntry(reinterpret_cast<const std::uint8_t *>(input.constData()), static_cast<std::size_t>(input.size()));
        }
    }

private:
    [[nodiscard]] char any() { return static_cast<char>(m_random()); }

    /// Mostly one edit, as a disk's mistakes come; one in sixteen is a file of noise.
    QByteArray damages(int kind, int round)
    {
        QByteArray input(1, static_cast<char>(kind));
        if (round % 16 == 15) {
            input[0] = static_cast<char>(0x80 + kind);
            for (auto length = m_random() % 9000; length > 0; --length)
                input.append(any());
            return input;
        }
        if (kind == 0)
            input.append(any());
        const auto edits = m_random() % 3 != 0 ? 1 : 1 + m_random() % (kMaxEdits / 2);
        for (std::size_t i = 0; i < edits * kEditSize; ++i)
            input.append(any());
        return input;
    }

    QByteArray plainLog()
    {
        QByteArray input(1, static_cast<char>(kStorageEntryKinds - 1));
        input += QByteArray::fromHex("377f0682002de21800001000");
        input[4] = static_cast<char>(0x82 + m_random() % 2);
        for (int i = 0; i < 12; ++i)
            input.append(any());
        for (auto frames = m_random() % 40; frames > 0; --frames) {
            // Most frames are in order, and one in four ends a transaction.
            input.append(m_random() % 8 == 0 ? any() : '\0');
            input.append(static_cast<char>(m_random() % 16 == 0 ? 0 : 1 + m_random() % 9));
            input.append(static_cast<char>(m_random() % 4 == 0 ? 9 : 0));
            input.append(any());
        }
        return input;
    }
};

QTEST_GUILESS_MAIN(TestStorageMutations)
#include "tst_storage_mutations.moc"
