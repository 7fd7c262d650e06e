// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/page_format.h"
#include "tests/storage/crashed_files.h"

#include <QTest>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;
using base::ErrorCode;

/// A rollback journal that a crash left over a half-written main file: whatever byte of it changes, the file goes back to its last
/// commit or is refused. SQLite alone ends the rollback at the first thing it does not like, and shows what is then there.
class TestDamagedJournal : public QObject {
    Q_OBJECT

    static constexpr size_t kRecordSize = kPageSize + 8; ///< number, page, checksum

    struct Segment {
        size_t header = 0;
        size_t records = 0;
        [[nodiscard]] size_t record(size_t i) const { return header + kJournalSectorSize + i * kRecordSize; }
    };

    CrashedFilesDisk m_disk;
    CrashedFiles m_left;
    QList<Segment> m_segments; ///< those whose records were synced and counted

    [[nodiscard]] CrashedFiles flipped(size_t offset, int bit) const
    {
        CrashedFiles files = m_left;
        files.journal.at(offset) = std::uint8_t(files.journal.at(offset) ^ (1 << bit));
        return files;
    }

    /// The error, or an empty text and what was shown instead as a failure.
    QString refusal(const CrashedFiles &files)
    {
        const Outcome outcome = m_disk.open(files);
        if (!outcome.error)
            return outcome.content == m_left.states.first() ? QStringLiteral("rolled back") : QStringLiteral("shown as it was");
        if (outcome.error->code != ErrorCode::FileDamaged)
            return base::errorCodeName(outcome.error->code);
        const bool isKept = m_disk.filesNow(files).journal == files.journal;
        return isKept ? outcome.error->detail : QStringLiteral("the journal was changed");
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_left = m_disk.leaveJournal(60);
        for (size_t offset = 0; offset + kJournalSectorSize <= m_left.journal.size();) {
            const size_t records = readBigEndian(m_left.journal.data() + offset + 8);
            if (records == 0)
                break;
            m_segments.append({offset, records});
            offset = (m_segments.last().record(records) + kJournalSectorSize - 1) / kJournalSectorSize * kJournalSectorSize;
        }
        QVERIFY(m_segments.size() >= 2);
        const Outcome sound = m_disk.open(m_left);
        QVERIFY2(!sound.error, sound.error ? qPrintable(sound.error->detail) : "");
        QCOMPARE(sound.content, m_left.states.first());
        CrashedFiles without = m_left;
        without.journal.clear();
        const Outcome mixed = m_disk.open(without);
        QVERIFY2(mixed.error || mixed.content != m_left.states.first(), "the journal must be needed");
    }

    void everyDamagedRecordIsNamed()
    {
        for (const Segment &segment : std::as_const(m_segments)) {
            for (size_t i = 0; i < segment.records; ++i) {
                const size_t record = segment.record(i);
                const auto page = QStringLiteral("journal's copy of page %1 ").arg(readBigEndian(m_left.journal.data() + record));
                const int bit = int(i % 8);
                for (const size_t spot : {size_t(4), 4 + i * 211 % kPageSize, size_t(4 + kPageSize - 1), size_t(4 + kPageSize), kRecordSize - 1}) {
                    const QString said = refusal(flipped(record + spot, bit));
                    QVERIFY2(said.contains(page), qPrintable(QStringLiteral("byte %1 for %2: %3").arg(spot).arg(page, said)));
                }
                const QString said = refusal(flipped(record + 3, bit)); // the page number itself
                QVERIFY2(said.contains(QLatin1StringView("journal's copy of page ")), qPrintable(said));
            }
        }
    }

    void everyByteOfEachHeaderCounts()
    {
        for (const Segment &segment : std::as_const(m_segments)) {
            for (size_t spot = 0; spot < size_t(kJournalHeaderSize + kTagSize); ++spot) {
                for (const int bit : {0, int(spot % 8)}) {
                    const QString said = refusal(flipped(segment.header + spot, bit));
                    QVERIFY2(said.contains(QLatin1StringView("journal's header")), qPrintable(QStringLiteral("byte %1: %2").arg(spot).arg(said)));
                }
            }
        }
    }

    void aCountedRecordThatIsMissingIsDamage()
    {
        for (const Segment &segment : std::as_const(m_segments)) {
            for (size_t i = 0; i < segment.records; ++i) {
                for (const size_t kept : {size_t(0), size_t(2), size_t(4), size_t(2000), size_t(4 + kPageSize), kRecordSize - 1}) {
                    CrashedFiles cut = m_left;
                    cut.journal.resize(segment.record(i) + kept);
                    const QString said = refusal(cut);
                    QVERIFY2(said.contains(QLatin1StringView("journal's")), qPrintable(QStringLiteral("record %1 cut to %2: %3").arg(i).arg(kept).arg(said)));
                }
            }
        }
    }

    /// SQLite extends the file to what it was before the transaction, with pages that nobody wrote; and takes a journal beside an
    /// empty file for a remnant of another one.
    void aMainFileCutShortUnderItsJournalIsRefused()
    {
        const size_t before = readBigEndian(m_left.journal.data() + 16);
        QVERIFY(before > 20 && m_left.main.size() >= before * kPageSize);
        for (size_t pages = 0; pages < before; ++pages) {
            for (const size_t more : {size_t(0), size_t(1), size_t(kPageSize - 1)}) {
                CrashedFiles cut = m_left;
                cut.main.resize(pages * kPageSize + more);
                const Outcome outcome = m_disk.open(cut);
                const QByteArray context = QStringLiteral("%1 pages and %2 bytes").arg(pages).arg(more).toUtf8();
                QVERIFY2(outcome.error && !outcome.isOpened, context.constData());
                QCOMPARE(outcome.error->code, ErrorCode::FileDamaged);
                QCOMPARE(outcome.error->arguments, QStringList{QString::number(pages + 1)});
                const CrashedFiles after = m_disk.filesNow(cut);
                QVERIFY2(after.journal == cut.journal && after.main == cut.main, context.constData());
            }
        }
        CrashedFiles cut = m_left; // what the transaction added is not missed
        cut.main.resize(before * kPageSize);
        const Outcome outcome = m_disk.open(cut);
        QVERIFY2(!outcome.error && outcome.content == m_left.states.first(), outcome.error ? qPrintable(outcome.error->detail) : "");
    }

    void theSoundJournalStillHelpsAfterwards()
    {
        CrashedFiles damaged = flipped(m_segments.last().record(0) + 100, 3);
        QVERIFY(m_disk.open(damaged).error);
        damaged = m_disk.filesNow(damaged); // the first segment was played back
        damaged.journal = m_left.journal;
        QCOMPARE(m_disk.open(damaged).content, m_left.states.first());
    }
};

QTEST_GUILESS_MAIN(TestDamagedJournal)
#include "tst_damaged_journal.moc"
