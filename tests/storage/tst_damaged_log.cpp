// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/page_format.h"
#include "tests/storage/crashed_files.h"

#include <QTest>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;
using base::ErrorCode;

/// The rule on damaged logs ("Torn or damaged" in core/storage/docs/encrypted-file.md) at every frame of a long log.
class TestDamagedLog : public QObject {
    Q_OBJECT

    CrashedFilesDisk m_disk;
    CrashedFiles m_left;
    int m_frames = 0;

    /// The state before the transaction that the frame belongs to.
    [[nodiscard]] int stateBefore(int frame) const
    {
        int state = 0;
        while (m_left.commits.at(state + 1) < frame)
            ++state;
        return state;
    }
    [[nodiscard]] bool isCommit(int frame) const { return m_left.commits.indexOf(frame, 1) > 0; }
    [[nodiscard]] int transactions() const { return int(m_left.states.size()) - 1; }

    [[nodiscard]] CrashedFiles flipped(size_t offset, int bit) const
    {
        CrashedFiles files = m_left;
        files.log.at(offset) = std::uint8_t(files.log.at(offset) ^ (1 << bit));
        return files;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_left = m_disk.leaveLog(32, 4);
        m_frames = framesOf(m_left.log);
        QVERIFY2(m_frames >= 200, qPrintable(QString::number(m_frames)));
        QCOMPARE(m_left.commits.last(), m_frames);
        const Outcome sound = m_disk.open(m_left);
        QVERIFY2(!sound.error, sound.error ? qPrintable(sound.error->detail) : "");
        QCOMPARE(sound.content, m_left.states.last());
        for (int state = 1; state <= transactions(); ++state)
            QVERIFY(!m_left.states.first(state).contains(m_left.states.at(state)));
    }

    void everyDamagedFrameIsNamedOrWasTheTornTail_data()
    {
        QTest::addColumn<bool>("inHeader");
        QTest::newRow("header") << true;
        QTest::newRow("page") << false;
    }
    /// One byte of each frame. A frame is judged by whether a transaction of sound frames ends behind the end of its own, which
    /// a header that cannot be read says all the same: it follows from its page and from the next frame.
    void everyDamagedFrameIsNamedOrWasTheTornTail()
    {
        QFETCH(const bool, inHeader);
        int refused = 0;
        for (int frame = 1; frame <= m_frames; ++frame) {
            const int spot = inHeader ? frame * 7 % kFrameHeaderSize : kFrameHeaderSize + frame * 97 % kPageSize;
            const CrashedFiles damaged = flipped(kWalHeaderSize + size_t(frame - 1) * kFrameSize + size_t(spot), frame % 8);
            const int before = stateBefore(frame);
            const bool isTail = before + 1 == transactions();
            const Outcome outcome = m_disk.open(damaged);
            const QByteArray context = QStringLiteral("frame %1 of %2, byte %3: %4").arg(frame).arg(m_frames).arg(spot)
                                           .arg(outcome.error ? outcome.error->detail : QString()).toUtf8();
            const LogVerdict expected = expectedOfLog(m_left, damaged.log);
            QVERIFY2(expected.isRefused == !isTail, context.constData());
            if (isTail) {
                QVERIFY2(!outcome.error, context.constData());
                QVERIFY2(outcome.content == m_left.states.at(before) && expected.state == before, context.constData());
                const Outcome again = m_disk.openAgain(m_left);
                QVERIFY2(again.content == m_left.states.at(before), context.constData());
                continue;
            }
            ++refused;
            QVERIFY2(outcome.error && !outcome.isOpened, context.constData());
            QCOMPARE(outcome.error->code, ErrorCode::WriteAheadLogDamaged);
            QCOMPARE(outcome.error->arguments, QStringList{QString::number(frame)});
            QVERIFY2(outcome.error->detail.contains(QStringLiteral("frame %1 ").arg(frame)), context.constData());
            QCOMPARE(expected.frame, frame);
            const CrashedFiles after = m_disk.filesNow(m_left);
            QVERIFY2(after.log == damaged.log && after.main == damaged.main, context.constData());
            if (frame % 10 == 0)
                QVERIFY2(m_disk.open(damaged, true).content == m_left.states.at(before), context.constData());
        }
        QCOMPARE(refused, m_left.commits.at(transactions() - 1)); // all but the last transaction
    }

    /// What is left to chance: nothing in the next transaction says that this one ended where both header and page are gone.
    /// Then both pass for one torn transaction, but only where no third one follows.
    void aCommitFrameThatIsGoneTakesOneTransactionMore()
    {
        for (int state = 1; state <= transactions(); ++state) {
            CrashedFiles damaged = m_left;
            const auto frame = damaged.log.begin() + kWalHeaderSize + std::ptrdiff_t(m_left.commits.at(state) - 1) * kFrameSize;
            std::fill(frame, frame + kJournalSectorSize, std::uint8_t(0));
            const Outcome outcome = m_disk.open(damaged);
            if (state < transactions() - 1) {
                QVERIFY2(outcome.error && !outcome.isOpened, qPrintable(QString::number(state)));
                QCOMPARE(outcome.error->arguments, QStringList{QString::number(m_left.commits.at(state))});
            } else {
                QVERIFY2(!outcome.error && outcome.content == m_left.states.at(state - 1), qPrintable(QString::number(state)));
            }
        }
    }

    /// A frame that the disk forgot in the midst of the last transaction, with what stood there before: it is torn, whatever
    /// the frame behind says.
    void anOldFrameInTheLastTransactionIsTorn()
    {
        const int first = m_left.commits.at(transactions() - 1) + 1;
        for (int frame = first; frame <= m_frames; ++frame) {
            for (int older = 1; older <= m_frames; older += 17) {
                CrashedFiles torn = m_left;
                const auto offset = [](int n) { return kWalHeaderSize + std::ptrdiff_t(n - 1) * kFrameSize; };
                std::copy_n(m_left.log.begin() + offset(older), kFrameSize, torn.log.begin() + offset(frame));
                const Outcome outcome = m_disk.open(torn);
                const bool isSame = older == frame;
                QVERIFY2(!outcome.error, qPrintable(QStringLiteral("%1 at %2").arg(older).arg(frame)));
                QVERIFY(outcome.content == m_left.states.at(transactions() - (isSame ? 0 : 1)));
            }
        }
    }

    void everyFrameThatWasNotWrittenEndsTheLog()
    {
        for (int frame = 1; frame <= m_frames; ++frame) {
            CrashedFiles cut = m_left;
            cut.log.resize(kWalHeaderSize + size_t(frame - 1) * kFrameSize + size_t(frame * 131 % kFrameSize));
            const Outcome outcome = m_disk.open(cut);
            QVERIFY2(!outcome.error, qPrintable(QString::number(frame)));
            QVERIFY2(outcome.content == m_left.states.at(stateBefore(frame)), qPrintable(QString::number(frame)));
        }
    }

    /// SQLite takes a page behind the end of the file for zeros, and a log beside no file for another one's remnant.
    void aMainFileCutShortUnderItsLogIsRefused()
    {
        QVERIFY(m_left.main.size() > 3 * size_t(kPageSize));
        int named = 0;
        for (size_t pages = m_left.main.size() / kPageSize; pages-- > 0;) {
            CrashedFiles cut = m_left;
            cut.main.resize(pages * kPageSize);
            const Outcome outcome = m_disk.open(cut);
            QVERIFY2(outcome.error || outcome.content == m_left.states.last(), qPrintable(QString::number(pages)));
            if (!outcome.error)
                continue;
            QCOMPARE(outcome.error->code, ErrorCode::FileDamaged);
            QCOMPARE(outcome.error->arguments.size(), 1);
            QVERIFY(outcome.error->arguments.first().toULongLong() > pages);
            ++named;
            if (pages > 0)
                continue;
            QVERIFY(!outcome.isOpened);
            QVERIFY(m_disk.filesNow(cut).log == m_left.log);
        }
        QVERIFY(named >= 2);
    }

    void everyByteOfTheLogsHeaderCounts()
    {
        for (size_t offset = 0; offset < kWalHeaderSize; ++offset) {
            const Outcome outcome = m_disk.open(flipped(offset, int(offset % 8)));
            QVERIFY(outcome.error);
            QCOMPARE(outcome.error->code, ErrorCode::WriteAheadLogDamaged);
            QCOMPARE(outcome.error->arguments, QStringList{QStringLiteral("0")});
        }
    }
};

QTEST_GUILESS_MAIN(TestDamagedLog)
#include "tst_damaged_log.moc"
