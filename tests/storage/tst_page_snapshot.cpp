// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/storage_fixture.h"

#include "core/storage/page_snapshot.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;

/// The pages of one moment, as they lie on disk, while others write, checkpoint and begin the log anew.
class TestPageSnapshot : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void pagesAreThoseOfTheMoment_data();
    void pagesAreThoseOfTheMoment();
    void transfersNeverComeApart();
    void damageIsNamed();
    void theSnapshotOfAFileThatShrank();

private:
    std::unique_ptr<Connection> open(bool readOnly)
    {
        OpenOptions options;
        options.path = m_path;
        options.key = fixedKey(1);
        options.readOnly = readOnly;
        options.createIfMissing = !readOnly;
        options.busyTimeoutMs = readOnly ? 1000 : 0;
        auto connection = Connection::open(options);
        return connection.ok() ? std::move(connection).value() : nullptr;
    }
    /// What a snapshot gives, as a file of its own, opened.
    std::unique_ptr<Connection> assembled(PageSnapshot &snapshot)
    {
        QByteArray bytes(qsizetype(snapshot.pageCount()) * kPageSize, '\0');
        for (quint32 page = 1; page <= snapshot.pageCount(); page += 7) {
            const quint32 count = std::min<quint32>(7, snapshot.pageCount() - page + 1);
            if (!snapshot.read(page, count, reinterpret_cast<std::uint8_t *>(bytes.data()) + qsizetype(page - 1) * kPageSize).ok())
                return nullptr;
        }
        const QString path = m_folder->filePath(QStringLiteral("copy%1.db").arg(++m_copies));
        if (!writeFile(path, bytes))
            return nullptr;
        OpenOptions options;
        options.path = path;
        options.key = fixedKey(1);
        auto connection = Connection::open(options);
        return connection.ok() ? std::move(connection).value() : nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    int m_copies = 0;
};

void TestPageSnapshot::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("a.db"));
}

void TestPageSnapshot::pagesAreThoseOfTheMoment_data()
{
    QTest::addColumn<int>("moved");   // rows that stand in the main file
    QTest::addColumn<int>("inLog");   // rows that came since
    QTest::addColumn<bool>("isTruncated"); // or the log is kept, all of it moved
    QTest::newRow("all in the main file, the log empty") << 300 << 0 << true;
    QTest::newRow("all in the main file, the log kept") << 300 << 0 << false;
    QTest::newRow("all in the log") << 0 << 300 << true;
    QTest::newRow("both") << 200 << 200 << true;
    QTest::newRow("both, the log begun anew") << 200 << 100 << false;
}

void TestPageSnapshot::pagesAreThoseOfTheMoment()
{
    QFETCH(const int, moved);
    QFETCH(const int, inLog);
    QFETCH(const bool, isTruncated);
    const auto writer = open(false);
    QVERIFY(writer);
    QVERIFY(fill(*writer, moved));
    QVERIFY(*writer->checkpoint(isTruncated));
    QVERIFY(fill(*writer, inLog));
    const qint64 rows = countRows(*writer);
    const auto reader = open(true);
    QVERIFY(reader);
    const auto taken = PageSnapshot::take(*reader);
    QVERIFY(taken.ok());
    // From here on the snapshot must not see what is written, moved, rewritten or cut.
    QVERIFY(fill(*writer, 120));
    QVERIFY(writer->checkpoint(false).ok());
    QVERIFY(writer->execute(QLatin1StringView("UPDATE bird SET body = body || body")).ok());
    QVERIFY(writer->checkpoint(false).ok());
    QVERIFY(fill(*writer, 60));
    QVERIFY(writer->checkpoint(true).ok());
    QCOMPARE(countRows(*reader), rows);
    const auto copy = assembled(**taken);
    QVERIFY(copy);
    QCOMPARE(countRows(*copy), rows);
    QVERIFY(isIntact(*copy));
    QVERIFY(copy->damagedPages()->isEmpty());
}

void TestPageSnapshot::transfersNeverComeApart()
{
    const auto first = open(false);
    QVERIFY(first);
    QVERIFY(first->execute(QLatin1StringView("CREATE TABLE account(id INTEGER PRIMARY KEY, amount INTEGER, note TEXT);"
                                             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)"
                                             " INSERT INTO account SELECT i, 100, hex(randomblob(200)) FROM n")).ok());
    std::atomic<bool> isDone = false;
    std::atomic<int> transfers = 0;
    std::thread mover([&] {
        const auto writer = open(false);
        for (int i = 0; !isDone && writer != nullptr; ++i) {
            const QString sql = QStringLiteral("BEGIN IMMEDIATE; UPDATE account SET amount = amount - 1, note = hex(randomblob(%1)) WHERE id = %2;"
                                               " UPDATE account SET amount = amount + 1 WHERE id = %3; COMMIT")
                                    .arg(100 + i % 300).arg(1 + i * 7 % 400).arg(1 + i * 13 % 400);
            if (!writer->execute(sql).ok())
                break;
            ++transfers;
            if (i % 40 == 0)
                static_cast<void>(writer->checkpoint(i % 80 == 0));
        }
    });
    QString wrong;
    const auto reader = open(true);
    int before = 0;
    for (int round = 0; round < 40 && wrong.isEmpty() && reader != nullptr; ++round) {
        const auto taken = PageSnapshot::take(*reader);
        if (!taken.ok()) {
            wrong = taken.error().detail;
            break;
        }
        const auto seen = reader->queryInt64(QLatin1StringView("SELECT sum(length(note) * id) FROM account"));
        const auto copy = assembled(**taken);
        const auto sum = copy != nullptr ? copy->queryInt64(QLatin1StringView("SELECT sum(amount) FROM account")) : base::Result<qint64>(base::Error{});
        const auto same = copy != nullptr ? copy->queryInt64(QLatin1StringView("SELECT sum(length(note) * id) FROM account")) : base::Result<qint64>(base::Error{});
        if (!sum.ok() || *sum != 40'000)
            wrong = QStringLiteral("round %1: the sum is wrong, or the copy cannot be read").arg(round);
        else if (!same.ok() || !seen.ok() || *same != *seen)
            wrong = QStringLiteral("round %1: the copy is of another moment than the reader's").arg(round);
        if (round == 20)
            before = transfers;
    }
    isDone = true;
    mover.join();
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    QVERIFY2(transfers > before && before > 0, "nobody wrote meanwhile");
}

void TestPageSnapshot::damageIsNamed()
{
    {
        const auto writer = open(false);
        QVERIFY(writer && fill(*writer, 300) && *writer->checkpoint(true));
    }
    QVERIFY(flipBit(m_path, 5 * qint64(kPageSize) + 1000));
    const auto reader = open(true);
    QVERIFY(reader);
    const auto taken = PageSnapshot::take(*reader);
    QVERIFY(taken.ok());
    QByteArray bytes(qsizetype((*taken)->pageCount()) * kPageSize, '\0');
    const auto read = (*taken)->read(1, (*taken)->pageCount(), reinterpret_cast<std::uint8_t *>(bytes.data()));
    QCOMPARE(read.error().code, base::ErrorCode::FileDamaged);
    QCOMPARE(read.error().arguments, QStringList{QStringLiteral("6")});
}

void TestPageSnapshot::theSnapshotOfAFileThatShrank()
{
    const auto writer = open(false);
    QVERIFY(writer && fill(*writer, 500) && *writer->checkpoint(true));
    const qint64 before = QFileInfo(m_path).size();
    QVERIFY(writer->execute(QLatin1StringView("DELETE FROM bird; VACUUM")).ok());
    const auto reader = open(true);
    QVERIFY(reader);
    auto taken = PageSnapshot::take(*reader);
    QVERIFY(taken.ok());
    QVERIFY((*taken)->pageCount() < quint32(before / kPageSize)); // the main file is as long as before
    QVERIFY(assembled(**taken));
    taken->reset();
    QVERIFY(*writer->checkpoint(true));
    QVERIFY(QFileInfo(m_path).size() < before);
    const auto again = PageSnapshot::take(*reader);
    QVERIFY(again.ok());
    QCOMPARE(qint64((*again)->pageCount()) * kPageSize, QFileInfo(m_path).size());
}

QTEST_GUILESS_MAIN(TestPageSnapshot)
#include "tst_page_snapshot.moc"
