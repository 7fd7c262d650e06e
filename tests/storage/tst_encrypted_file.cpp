// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/connection.h"
#include "core/storage/page_format.h"
#include "core/storage/transaction.h"
#include "tests/storage/storage_fixture.h"

#include <QFileInfo>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;
using base::ErrorCode;

class TestEncryptedFile : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_next = 0;

    OpenOptions freshFile(OpenOptions::Journal journal = OpenOptions::Journal::WriteAheadLog)
    {
        OpenOptions options;
        options.path = m_folder.filePath(QStringLiteral("file%1.db").arg(++m_next));
        options.createIfMissing = true;
        options.key = fixedKey(1);
        options.journal = journal;
        options.synchronous = OpenOptions::Synchronous::Off; // what is tested here is content, not durability
        return options;
    }

    /// A closed file with 500 rows over some 150 pages, index and overflow pages among them.
    OpenOptions filledFile()
    {
        OpenOptions options = freshFile();
        auto connection = Connection::open(options);
        if (!connection.ok() || !fill(**connection, 500))
            return {};
        return options;
    }

    /// The first error of opening the file and reading all of it.
    std::optional<base::Error> firstDamage(const OpenOptions &options)
    {
        const auto connection = Connection::open(options);
        if (!connection.ok())
            return connection.error();
        for (const char *sql :
             {"SELECT sum(length(body)) FROM bird NOT INDEXED", "SELECT max(name) FROM bird INDEXED BY bird_name",
              "SELECT count(*) FROM bird INDEXED BY bird_name"}) {
            const auto sum = (*connection)->queryInt64(QLatin1StringView(sql));
            if (!sum.ok())
                return sum.error();
        }
        const auto copied =
            (*connection)->copyTo(options.path + QStringLiteral(".all"), options.key); // free pages apart
        QFile::remove(options.path + QStringLiteral(".all"));
        if (!copied.ok())
            return copied.error();
        return std::nullopt;
    }

    /// What a crash leaves: 50 rows in the main file and 450 in the log, in nine transactions.
    OpenOptions crashedWithLog()
    {
        OpenOptions options = freshFile();
        options.walAutoCheckpointPages = 0;
        OpenOptions left = freshFile();
        left.walAutoCheckpointPages = 0;
        const auto connection = Connection::open(options);
        const bool made = connection.ok() && fill(**connection, 50) && (*connection)->checkpoint(true).ok() &&
                          fill(**connection, 450) && copyDatabase(options.path, left.path);
        return made ? left : OpenOptions{};
    }

    OpenOptions crashedWithJournal()
    {
        OpenOptions options = freshFile(OpenOptions::Journal::Rollback);
        options.synchronous = OpenOptions::Synchronous::Full; // counts the journal's records
        options.cacheKiB = 64; // the big transaction reaches the main file before its end
        OpenOptions left = options;
        left.path += QStringLiteral(".left");
        const auto connection = Connection::open(options);
        bool made = connection.ok() && fill(**connection, 500);
        const auto transaction = Transaction::begin(**connection, Transaction::Mode::Immediate);
        made = made && (*connection)->execute("UPDATE bird SET body = 'gone', name = 'nobody'"_sql).ok();
        made = made && copyDatabase(options.path, left.path);
        return made ? left : OpenOptions{};
    }

    /// Rows of a copy of what the crash left, -1 if they are not sound; what was left stays as it is.
    qint64 rowsAfterCrash(const OpenOptions &left)
    {
        OpenOptions copy = left;
        copy.path += QStringLiteral(".copy");
        if (!copyDatabase(left.path, copy.path))
            return -1;
        const auto connection = Connection::open(copy);
        return connection.ok() && isIntact(**connection) ? countRows(**connection) : -1;
    }

private Q_SLOTS:
    void initTestCase() { base::Secret::initializeHeap(); }

    void rowsSurviveClosingAndOpening_data()
    {
        QTest::addColumn<bool>("logged");
        QTest::newRow("write-ahead log") << true;
        QTest::newRow("rollback journal") << false;
    }
    void rowsSurviveClosingAndOpening()
    {
        QFETCH(bool, logged);
        OpenOptions options = freshFile(logged ? OpenOptions::Journal::WriteAheadLog : OpenOptions::Journal::Rollback);
        {
            auto connection = Connection::open(options);
            QVERIFY2(connection.ok(), qPrintable(connection.ok() ? QString() : connection.error().detail));
            QVERIFY((*connection)->isEncrypted());
            QVERIFY(fill(**connection, 300));
            QCOMPARE((*connection)->queryInt64("PRAGMA page_size"_sql).value(), 4096);
        }
        QVERIFY(!QFileInfo::exists(options.path + QStringLiteral("-wal")));
        QVERIFY(!QFileInfo::exists(options.path + QStringLiteral("-shm")));
        auto connection = Connection::open(options);
        QVERIFY2(connection.ok(), qPrintable(connection.ok() ? QString() : connection.error().detail));
        QVERIFY(isIntact(**connection));
        QCOMPARE(countRows(**connection), 300);
    }

    void theReserveIsInTheFilesOwnHeader()
    {
        const OpenOptions options = filledFile();
        const auto connection = Connection::open(options);
        QVERIFY((*connection)->execute("PRAGMA page_size=8192; VACUUM"_sql).ok());
        QCOMPARE((*connection)->queryInt64("PRAGMA page_size"_sql).value(), 4096);
        QVERIFY(isIntact(**connection));
        QCOMPARE(countRows(**connection), 500);
    }

    void aWrongKeyOpensNothing()
    {
        OpenOptions options = filledFile();
        options.key = fixedKey(2);
        const auto connection = Connection::open(options);
        QCOMPARE(connection.error().code, ErrorCode::FileDamaged);
        QCOMPARE(connection.error().arguments, QStringList{QStringLiteral("1")});
    }

    void aFileIsOpenUnderOneKeyOnly()
    {
        OpenOptions options = filledFile();
        const auto first = Connection::open(options);
        QVERIFY(first.ok());
        options.key = fixedKey(2);
        QCOMPARE(Connection::open(options).error().code, ErrorCode::InvalidArgument);
    }

    void withoutAKeyTheVfsOpensNothing()
    {
        OpenOptions options = filledFile();
        const QString plain = m_folder.filePath(QStringLiteral("plain.db"));
        const auto connection = Connection::open(options);
        QVERIFY(
            !(*connection)->execute(QStringLiteral("ATTACH '%1' AS plain; CREATE TABLE plain.t(a)").arg(plain)).ok());
        QVERIFY(!QFileInfo::exists(plain));
        options.key = nullptr;
        QCOMPARE(Connection::open(options).error().code, ErrorCode::FileDamaged);
    }

    void aPlainFileIsNotTakenForAnEncryptedOne()
    {
        OpenOptions options = freshFile();
        options.key = nullptr;
        {
            const auto connection = Connection::open(options);
            QVERIFY(fill(**connection, 10));
            QVERIFY(!(*connection)->isEncrypted());
        }
        options.key = fixedKey(1);
        QCOMPARE(Connection::open(options).error().code, ErrorCode::FileDamaged);
    }

    /// One bit of each kind of byte in each page: salt, body, epoch, nonce, tag.
    void everyFlippedBitIsFoundAndItsPageNamed()
    {
        const OpenOptions options = filledFile();
        const QByteArray sound = readFile(options.path);
        const int pages = int(sound.size() / kPageSize);
        QVERIFY(pages > 100);
        const int spots[] = {0,
                             15,
                             16,
                             100,
                             2048,
                             kUsableSize - 1,
                             kUsableSize,
                             kUsableSize + kEpochSize,
                             kUsableSize + kEpochSize + kNonceSize,
                             kPageSize - 1};
        int tried = 0;
        for (int page = 1; page <= pages; page += page < 4 ? 1 : 37) {
            for (const int spot : spots) {
                QByteArray bytes = sound;
                const qint64 offset = qint64(page - 1) * kPageSize + spot;
                bytes[offset] = char(bytes[offset] ^ (1 << (tried++ % 8)));
                QVERIFY(writeFile(options.path, bytes));
                const auto damage = firstDamage(options);
                QVERIFY2(damage.has_value(), qPrintable(QStringLiteral("page %1 byte %2").arg(page).arg(spot)));
                QCOMPARE(damage->code, ErrorCode::FileDamaged);
                // The salt is part of what authenticates every page, but page 1 is read first.
                QCOMPARE(damage->arguments, QStringList{QString::number(page)});
            }
        }
    }

    void aPageDoesNotPassForAnother()
    {
        const OpenOptions options = filledFile();
        QByteArray bytes = readFile(options.path);
        const QByteArray fourth = bytes.mid(3 * kPageSize, kPageSize);
        bytes.replace(3 * kPageSize, kPageSize, bytes.mid(5 * kPageSize, kPageSize));
        bytes.replace(5 * kPageSize, kPageSize, fourth);
        QVERIFY(writeFile(options.path, bytes));
        const auto damage = firstDamage(options);
        QVERIFY(damage.has_value());
        QVERIFY(damage->arguments == QStringList{QStringLiteral("4")} ||
                damage->arguments == QStringList{QStringLiteral("6")});
    }

    void aPageOfAnotherFileUnderTheSameKeyDoesNotPass()
    {
        const OpenOptions options = filledFile();
        const OpenOptions other = filledFile();
        QByteArray bytes = readFile(options.path);
        bytes.replace(9 * kPageSize, kPageSize, readFile(other.path).mid(9 * kPageSize, kPageSize));
        QVERIFY(writeFile(options.path, bytes));
        QCOMPARE(firstDamage(options)->arguments, QStringList{QStringLiteral("10")});
    }

    void aPageOfZerosIsDamage()
    {
        const OpenOptions options = filledFile();
        QByteArray bytes = readFile(options.path);
        bytes.replace(9 * kPageSize, kPageSize, QByteArray(kPageSize, '\0'));
        QVERIFY(writeFile(options.path, bytes));
        QCOMPARE(firstDamage(options)->arguments, QStringList{QStringLiteral("10")});
    }

    void aTruncatedFileIsDamage()
    {
        const OpenOptions options = filledFile();
        const QByteArray sound = readFile(options.path);
        for (const qsizetype cut :
             {qsizetype(1), qsizetype(kPageSize), qsizetype(20 * kPageSize + 7), sound.size() - 50}) {
            QVERIFY(writeFile(options.path, sound.chopped(cut)));
            const auto damage = firstDamage(options);
            QVERIFY(damage.has_value());
            QCOMPARE(damage->code, ErrorCode::FileDamaged);
        }
    }

    void equalPagesDifferOnDisk()
    {
        const OpenOptions options = freshFile();
        {
            const auto connection = Connection::open(options);
            QVERIFY((*connection)->execute("CREATE TABLE z(b); INSERT INTO z VALUES(zeroblob(400000))"_sql).ok());
        }
        const QByteArray bytes = readFile(options.path);
        QSet<QByteArray> seen;
        QSet<QByteArray> nonces;
        for (qsizetype offset = 0; offset < bytes.size(); offset += kPageSize) {
            seen.insert(bytes.mid(offset + 64, 64));
            nonces.insert(bytes.mid(offset + kUsableSize + kEpochSize, kNonceSize));
        }
        QCOMPARE(seen.size(), bytes.size() / kPageSize);
        QCOMPARE(nonces.size(), bytes.size() / kPageSize);
    }

    void vacuumKeepsEverything()
    {
        const OpenOptions options = filledFile();
        {
            const auto connection = Connection::open(options);
            QVERIFY((*connection)->execute("DELETE FROM bird WHERE number % 3 = 0; VACUUM"_sql).ok());
            QVERIFY(isIntact(**connection));
        }
        const auto connection = Connection::open(options);
        QVERIFY(isIntact(**connection));
        QCOMPARE(countRows(**connection), 334);
        QCOMPARE((*connection)->queryInt64("PRAGMA freelist_count"_sql).value(), 0);
    }

    void aCopyOpensUnderItsOwnKey()
    {
        const OpenOptions options = filledFile();
        OpenOptions copy = options;
        copy.path = m_folder.filePath(QStringLiteral("copy.db"));
        copy.key = fixedKey(9);
        {
            const auto connection = Connection::open(options);
            QVERIFY((*connection)->copyTo(copy.path, copy.key).ok());
            QCOMPARE((*connection)->copyTo(copy.path, copy.key).error().code, ErrorCode::AlreadyExists);
        }
        QVERIFY(!readFile(copy.path).contains(kMarker));
        const auto connection = Connection::open(copy);
        QVERIFY2(connection.ok(), qPrintable(connection.ok() ? QString() : connection.error().detail));
        QVERIFY(isIntact(**connection));
        QCOMPARE(countRows(**connection), 500);
        copy.key = options.key;
        QVERIFY(!Connection::open(copy).ok());
    }

    void readersKeepTheirSnapshotWhileOneWrites()
    {
        const OpenOptions options = filledFile();
        const auto writer = Connection::open(options);
        OpenOptions reading = options;
        reading.readOnly = true;
        const auto reader = Connection::open(reading);
        QVERIFY(writer.ok() && reader.ok());
        {
            const auto snapshot = Transaction::begin(**reader, Transaction::Mode::Deferred);
            QCOMPARE(countRows(**reader), 500);
            QVERIFY(fill(**writer, 200));
            QVERIFY((*writer)->checkpoint().ok());
            QCOMPARE(countRows(**reader), 500);
            QVERIFY(isIntact(**reader));
        }
        QCOMPARE(countRows(**reader), 700);
        QVERIFY(isIntact(**reader));
        QCOMPARE((*writer)->checkpoint(true).value(), true);
        QCOMPARE(QFileInfo(options.path + QStringLiteral("-wal")).size(), 0);
        QVERIFY(isIntact(**reader));
    }

    void pagesOfManyEpochsAreReadTogether()
    {
        const OpenOptions options = freshFile();
        for (int i = 0; i < 80; ++i) {
            const auto connection = Connection::open(options);
            QVERIFY(connection.ok() && fill(**connection, 7));
        }
        QSet<QByteArray> epochs;
        const QByteArray bytes = readFile(options.path);
        for (qsizetype offset = 0; offset < bytes.size(); offset += kPageSize)
            epochs.insert(bytes.mid(offset + kUsableSize, kEpochSize));
        QVERIFY(epochs.size() > 20);
        const auto connection = Connection::open(options);
        QVERIFY(isIntact(**connection));
        QCOMPARE(countRows(**connection), 560);
    }

    void nothingReadableReachesTheDisk_data()
    {
        QTest::addColumn<bool>("logged");
        QTest::newRow("write-ahead log") << true;
        QTest::newRow("rollback journal") << false;
    }
    void nothingReadableReachesTheDisk()
    {
        QFETCH(bool, logged);
        QTemporaryDir folder;
        QTemporaryDir temporary;
        const TemporaryFolderOfSqlite redirected(temporary.path());
        OpenOptions options;
        options.path = folder.filePath(QStringLiteral("secret.db"));
        options.createIfMissing = true;
        options.key = fixedKey(3);
        options.cacheKiB = 64; // spills early: journals, sorters and temporary tables go to disk
        options.journal = logged ? OpenOptions::Journal::WriteAheadLog : OpenOptions::Journal::Rollback;
        const auto connection = Connection::open(options);
        QVERIFY(fill(**connection, 2000));
        auto transaction = Transaction::begin(**connection, Transaction::Mode::Immediate);
        // A statement that fails half-way needs its own journal, CREATE INDEX and the sort need the sorter.
        QVERIFY((*connection)
                    ->execute("UPDATE bird SET body = body || body;"
                              "CREATE TEMP TABLE t AS SELECT * FROM bird;"
                              "CREATE INDEX temp.t_body ON t(body);"
                              "CREATE INDEX bird_body ON bird(body)"_sql)
                    .ok());
        Statement &sorted = (*connection)->statement("SELECT body || number FROM bird ORDER BY 1 DESC"_sql);
        QVERIFY(sorted.step().value());
        const OpenFiles open = openFilesUnder({folder.path(), temporary.path()});
        QVERIFY(open.paths.contains(options.path));
        QVERIFY2(open.count >= 3, "the test wants a journal or log and a temporary file on disk");
        for (const QByteArray &bytes : open.contents) {
            QVERIFY(!bytes.contains(kMarker));
            const QString marker = QString::fromLatin1(kMarker);
            QVERIFY(!bytes.contains(QByteArray(reinterpret_cast<const char *>(marker.utf16()), marker.size() * 2)));
            QVERIFY(!bytes.contains("SQLite format 3"));
            QVERIFY(!bytes.contains("CREATE TABLE"));
        }
        sorted.reset();
        QVERIFY(transaction->commit().ok());
        QVERIFY(isIntactButDoubled(**connection));
    }

    void aTornTailOfTheLogIsDropped()
    {
        const OpenOptions options = crashedWithLog();
        const QString wal = options.path + QStringLiteral("-wal");
        const QByteArray log = readFile(wal);
        const int frames = int((log.size() - kWalHeaderSize) / kFrameSize);
        QVERIFY(frames > 20);
        // The last transaction lacks its end, or a frame in its middle although its commit mark got through.
        QByteArray cut = log.chopped(700);
        QVERIFY(writeFile(wal, cut));
        QCOMPARE(rowsAfterCrash(options), 450);
        QByteArray holed = log;
        holed.replace(log.size() - 2 * kFrameSize + 500, 512, QByteArray(512, '\0'));
        QVERIFY(writeFile(wal, holed));
        QCOMPARE(rowsAfterCrash(options), 450);
        QVERIFY(writeFile(wal, log));
        QCOMPARE(rowsAfterCrash(options), 500);
    }

    void damageInTheLogsMiddleIsRefusedAndNamed()
    {
        const OpenOptions options = crashedWithLog();
        const QString wal = options.path + QStringLiteral("-wal");
        const QByteArray log = readFile(wal);
        const int frames = int((log.size() - kWalHeaderSize) / kFrameSize);
        for (const int frame : {1, 2, frames / 2}) {
            for (const int spot : {0, 5, 12, 20, kFrameHeaderSize + 1, kFrameSize - 1}) {
                QByteArray bytes = log;
                const qsizetype offset = kWalHeaderSize + (frame - 1) * kFrameSize + spot;
                bytes[offset] = char(bytes[offset] ^ 0x10);
                QVERIFY(writeFile(wal, bytes));
                OpenOptions copy = options;
                copy.path += QStringLiteral(".copy");
                QVERIFY(copyDatabase(options.path, copy.path));
                const auto opened = Connection::open(copy);
                QVERIFY2(!opened.ok(), qPrintable(QStringLiteral("frame %1 byte %2").arg(frame).arg(spot)));
                QCOMPARE(opened.error().code, ErrorCode::WriteAheadLogDamaged);
                QCOMPARE(opened.error().arguments, QStringList{QString::number(frame)});
                copy.salvageLog = true;
                const auto salvaged = Connection::open(copy);
                QVERIFY(salvaged.ok());
                const qint64 kept = countRows(**salvaged);
                QVERIFY(kept >= 50 && kept < 500 && kept % 50 == 0);
                QVERIFY(isIntact(**salvaged));
            }
        }
    }

    void aDamagedLogHeaderDoesNotDropTheLog()
    {
        const OpenOptions options = crashedWithLog();
        QVERIFY(flipBit(options.path + QStringLiteral("-wal"), 17));
        const auto opened = Connection::open(options);
        QCOMPARE(opened.error().code, ErrorCode::WriteAheadLogDamaged);
        QCOMPARE(opened.error().arguments, QStringList{QStringLiteral("0")});
    }

    /// Damage in the salt, at the front of page 1, makes every frame of the log look bad. The log stays as it is, for the day
    /// when page 1 is put back.
    void aDamagedSaltDoesNotDropTheLog()
    {
        const OpenOptions options = crashedWithLog();
        const QByteArray log = readFile(options.path + QStringLiteral("-wal"));
        QVERIFY(flipBit(options.path, 5));
        {
            const auto opened = Connection::open(options);
            QVERIFY(!opened.ok());
            QCOMPARE(opened.error().code, ErrorCode::FileDamaged);
            QCOMPARE(opened.error().arguments, QStringList{QStringLiteral("1")});
        }
        QCOMPARE(readFile(options.path + QStringLiteral("-wal")), log);
        QVERIFY(flipBit(options.path, 5));
        QCOMPARE(rowsAfterCrash(options), 500);
    }

    void aHotJournalIsPlayedBack()
    {
        const OpenOptions options = crashedWithJournal();
        QVERIFY(QFileInfo(options.path + QStringLiteral("-journal")).size() > 20 * kPageSize);
        QVERIFY(!readFile(options.path + QStringLiteral("-journal")).contains(kMarker));
        QCOMPARE(rowsAfterCrash(options), 500);
    }

    void aDamagedHotJournalIsReported()
    {
        const OpenOptions options = crashedWithJournal();
        QVERIFY(flipBit(options.path + QStringLiteral("-journal"), 512 + 3 * (kPageSize + 8) + 4 + 1000));
        const auto opened = Connection::open(options);
        QCOMPARE(opened.error().code, ErrorCode::FileDamaged);
        QCOMPARE(opened.error().arguments.size(), 1);
    }

    void epochsGrowWithEachOpening()
    {
        const OpenOptions options = freshFile();
        std::uint32_t last = 0;
        for (int i = 0; i < 4; ++i) {
            {
                const auto connection = Connection::open(options);
                QVERIFY((*connection)->execute(QStringLiteral("CREATE TABLE t%1(a)").arg(i)).ok());
            }
            const QByteArray bytes = readFile(options.path);
            const std::uint32_t epoch =
                readBigEndian(reinterpret_cast<const std::uint8_t *>(bytes.constData()) + kUsableSize);
            QVERIFY(epoch > last);
            last = epoch;
        }
    }

    /// A page made and freed in one transaction is never written by SQLite; the gap it leaves must not be zeros.
    void everyPageIsAuthenticFreeOnesToo()
    {
        for (const auto journal : {OpenOptions::Journal::WriteAheadLog, OpenOptions::Journal::Rollback}) {
            const OpenOptions options = freshFile(journal);
            {
                const auto connection = Connection::open(options);
                QVERIFY((*connection)
                            ->execute("PRAGMA secure_delete=OFF; CREATE TABLE a(x); BEGIN; CREATE TABLE b(x);"
                                      "INSERT INTO b VALUES(zeroblob(200000));"
                                      "INSERT INTO a VALUES(zeroblob(9000)); DELETE FROM b; COMMIT"_sql)
                            .ok());
                QVERIFY((*connection)->queryInt64("PRAGMA freelist_count"_sql).value() > 40);
                QVERIFY((*connection)->checkpoint(true).ok());
                QCOMPARE((*connection)->damagedPages().value(), QList<quint32>());
            }
            const QByteArray bytes = readFile(options.path);
            QVERIFY(bytes.size() > 40 * kPageSize);
            for (qsizetype offset = 0; offset < bytes.size(); offset += kPageSize)
                QVERIFY(bytes.mid(offset, kPageSize) != QByteArray(kPageSize, '\0'));
            QVERIFY(flipBit(options.path, 30 * kPageSize + 9) && flipBit(options.path, 33 * kPageSize + 4090));
            const auto connection = Connection::open(options);
            QCOMPARE((*connection)->damagedPages().value(), QList<quint32>({31, 34}));
        }
    }

    void oneWriterAndManyReadersAtATime()
    {
        OpenOptions options = filledFile();
        options.walAutoCheckpointPages = 20;
        options.busyTimeoutMs = 10'000;
        std::atomic<bool> done = false;
        std::atomic<int> wrong = 0;
        std::vector<std::thread> readers;
        for (int i = 0; i < 3; ++i) {
            readers.emplace_back([&] {
                OpenOptions reading = options;
                reading.readOnly = true;
                reading.cacheKiB = 64; // reads the file anew each time, while checkpoints write to it
                const auto connection = Connection::open(reading);
                qint64 last = 0;
                while (connection.ok() && !done) {
                    const qint64 count = countRows(**connection);
                    wrong += count < last || count % 50 != 0 ? 1 : 0;
                    wrong += isIntact(**connection) ? 0 : 1;
                    last = count;
                }
                wrong += connection.ok() && isIntact(**connection) ? 0 : 1000;
            });
        }
        {
            const auto writer = Connection::open(options);
            for (int i = 0; i < 30; ++i)
                wrong += writer.ok() && fill(**writer, 50) ? 0 : 1;
        }
        done = true;
        for (std::thread &reader : readers)
            reader.join();
        QCOMPARE(wrong.load(), 0);
        QCOMPARE(countRows(**Connection::open(options)), 2000);
    }

    void manyConnectionsFitIntoTheSecureHeap()
    {
        const OpenOptions options = filledFile();
        std::vector<std::unique_ptr<Connection>> connections;
        for (int i = 0; i < 60; ++i) {
            auto connection = Connection::open(options);
            QVERIFY(connection.ok() && countRows(**connection) == 500);
            QVERIFY((*connection)->execute("UPDATE bird SET name = name || '!' WHERE number = 1"_sql).ok());
            connections.push_back(std::move(connection).value());
        }
    }
};

QTEST_GUILESS_MAIN(TestEncryptedFile)
#include "tst_encrypted_file.moc"
