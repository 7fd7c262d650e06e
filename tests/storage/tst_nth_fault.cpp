// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/encrypted_vfs.h"
#include "core/storage/transaction.h"
#include "tests/storage/ledger.h"
#include "tests/testlib/fault_vfs.h"

#include <QTest>

#include <functional>
#include <optional>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;
using base::ErrorCode;
using fieldfare::testlib::FaultDisk;

namespace {

constexpr std::pair<FaultDisk::Operation, const char *> kOperations[] = {
    {FaultDisk::Operation::Read, "read"},         {FaultDisk::Operation::Write, "write"},
    {FaultDisk::Operation::Sync, "sync"},         {FaultDisk::Operation::Truncate, "truncate"},
    {FaultDisk::Operation::Delete, "delete"},     {FaultDisk::Operation::Open, "open"}};

/// Something that is done with the file while one operation of the disk fails.
struct Work {
    const char *name;
    const char *start; ///< Of the states that initTestCase() makes.
    bool isOpening;    ///< The fault strikes while the file is opened,
    bool isClosing;    ///< or while it is closed.
    /// Counts in what was acknowledged.
    std::function<base::Result<void>(Connection &, qint64 &)> run = [](Connection &, qint64 &) { return base::Result<void>(); };
};

base::Result<void> transferSome(Connection &connection, qint64 &acknowledged)
{
    std::mt19937_64 random{3};
    for (int i = 0; i < 4; ++i) {
        FIELDFARE_TRY(transfer(connection, acknowledged + 1, random));
        ++acknowledged;
    }
    return {};
}

/// More pages than the cache holds, so that some are in the file or the log before it ends.
base::Result<Transaction> changeALot(Connection &connection)
{
    FIELDFARE_ASSIGN(Transaction transaction, Transaction::begin(connection, Transaction::Mode::Immediate));
    FIELDFARE_TRY(connection.execute("UPDATE account SET amount = 0, filler = randomblob(900);"
                                     "INSERT INTO transfer SELECT 900 + id, randomblob(3000) FROM account"_sql));
    return transaction;
}

base::Result<void> rollBack(Connection &connection, qint64 &)
{
    FIELDFARE_ASSIGN(Transaction transaction, changeALot(connection));
    transaction.rollback();
    return {};
}

base::Result<void> checkpoint(Connection &connection, qint64 &)
{
    FIELDFARE_ASSIGN(const bool all, connection.checkpoint(true));
    return all ? base::Result<void>() : base::Result<void>(ErrorCode::Io, QStringLiteral("not all of it"));
}

constexpr char kCopy[] = "/ledger.copy";

base::Result<void> backUp(Connection &connection, qint64 &)
{
    return connection.copyTo(QLatin1StringView(kCopy), fixedKey(4));
}

} // namespace

/// Each operation on the disk fails once, or the power goes in the midst of it, for everything that is done with a file: what was
/// acknowledged is there, half of anything is not, the error is no cry of damage, and the work goes on when the fault is over.
/// FIELDFARE_EVERY_FAULT=1 leaves none out; without it the later ones are taken in growing steps.
class TestNthFault : public QObject {
    Q_OBJECT

    struct State {
        FaultDisk::Snapshot files;
        qint64 acknowledged = 0;
    };

    FaultDisk m_disk{"nth-fault-disk"};
    std::map<std::pair<std::string, bool>, State> m_states; ///< by name, and whether there is a log
    int m_faults = 0;
    int m_torn = 0;

    [[nodiscard]] static bool isEvery() { return qEnvironmentVariableIntValue("FIELDFARE_EVERY_FAULT") != 0; }

    [[nodiscard]] static const std::vector<Work> &works()
    {
        static const std::vector<Work> all = {
            {.name = "open", .start = "closed", .isOpening = true, .isClosing = false},
            {.name = "open after a crash", .start = "crashed", .isOpening = true, .isClosing = false},
            {.name = "transactions", .start = "closed", .isOpening = false, .isClosing = false, .run = transferSome},
            {.name = "roll back", .start = "crashed", .isOpening = false, .isClosing = false, .run = rollBack},
            {.name = "checkpoint", .start = "crashed", .isOpening = false, .isClosing = false, .run = checkpoint},
            {.name = "close", .start = "closed", .isOpening = false, .isClosing = true, .run = transferSome},
            {.name = "back up", .start = "crashed", .isOpening = false, .isClosing = false, .run = backUp},
        };
        return all;
    }

    [[nodiscard]] static OpenOptions optionsFor(bool logged)
    {
        OpenOptions options;
        options.path = QStringLiteral("/ledger.db");
        options.createIfMissing = true;
        options.key = fixedKey(4);
        options.vfsName = "fieldfare-nth-fault";
        options.journal = logged ? OpenOptions::Journal::WriteAheadLog : OpenOptions::Journal::Rollback;
        options.cacheKiB = 48;
        options.walAutoCheckpointPages = 0;
        return options;
    }

    /// A closed file, and one that lost its power in the midst of a transaction: with a log of acknowledged ones, or a hot journal.
    void makeStates(bool logged)
    {
        m_disk.restore({});
        qint64 acknowledged = 0;
        {
            const auto connection = Connection::open(optionsFor(logged));
            QVERIFY2(connection.ok(), qPrintable(describe(connection)));
            QVERIFY(makeLedger(**connection) && transferSome(**connection, acknowledged).ok());
        }
        m_states[{"closed", logged}] = {m_disk.files(), acknowledged};
        const auto connection = Connection::open(optionsFor(logged));
        QVERIFY(connection.ok() && transferSome(**connection, acknowledged).ok());
        const auto half = changeALot(**connection);
        QVERIFY(half.ok());
        m_states[{"crashed", logged}] = {m_disk.files(), acknowledged};
    }

    static void rows()
    {
        QTest::addColumn<int>("work");
        QTest::addColumn<bool>("logged");
        for (const bool logged : {true, false}) {
            for (size_t i = 0; i < works().size(); ++i) {
                if (logged || works()[i].run.target<decltype(&checkpoint)>() == nullptr || *works()[i].run.target<decltype(&checkpoint)>() != &checkpoint)
                    QTest::addRow("%s, %s", works()[i].name, logged ? "log" : "journal") << int(i) << logged;
            }
        }
    }

    [[nodiscard]] static bool isHonest(const base::Error &error)
    {
        return !error.detail.isEmpty() &&
               (error.code == ErrorCode::Io || error.code == ErrorCode::DiskFull || error.code == ErrorCode::PermissionDenied);
    }

    /// Does the work with the fault armed by `arm`, closes the file, and says what is wrong so far.
    QString strike(const Work &work, bool logged, const std::function<void()> &arm, qint64 &acknowledged)
    {
        std::optional<base::Error> error;
        {
            if (work.isOpening)
                arm();
            const auto connection = Connection::open(optionsFor(logged));
            if (!connection.ok())
                return isHonest(connection.error()) ? QString() : describe(connection);
            if (!work.isOpening && !work.isClosing)
                arm();
            if (const auto done = work.run(**connection, acknowledged); !done.ok())
                error = done.error();
            if (!work.isClosing && !m_disk.isWithoutPower()) {
                disarm();
                if (const QString wrong = wrongAfter(**connection, acknowledged); !wrong.isEmpty())
                    return QStringLiteral("while it is open: ") + wrong;
                std::mt19937_64 random{5};
                const auto next = transfer(**connection, acknowledged + 1, random);
                if (!next.ok() && !m_disk.isWithoutPower())
                    return QStringLiteral("nothing goes on: ") + next.error().detail;
                acknowledged += next.ok() ? 1 : 0;
            }
            if (work.isClosing)
                arm();
        }
        return !error || m_disk.isWithoutPower() || isHonest(*error) ? QString() : base::errorCodeName(error->code) + u' ' + error->detail;
    }

    void disarm()
    {
        for (const auto &[operation, name] : kOperations)
            m_disk.failNext(operation, 0);
    }

    QString afterwards(bool logged, qint64 acknowledged)
    {
        const auto connection = Connection::open(optionsFor(logged));
        return connection.ok() ? wrongAfter(**connection, acknowledged) : describe(connection);
    }

private Q_SLOTS:
    void initTestCase()
    {
        base::Secret::initializeHeap();
        QVERIFY(encrypted_vfs::registerOver("fieldfare-nth-fault", m_disk.name()).ok());
        makeStates(true);
        makeStates(false);
    }
    void cleanupTestCase() { qInfo("%d failed operations, %d torn writes", m_faults, m_torn); }

    void everyFailedOperationIsSurvived_data()
    {
        rows();
    }
    void everyFailedOperationIsSurvived()
    {
        QFETCH(const int, work);
        QFETCH(const bool, logged);
        const Work &doing = works()[size_t(work)];
        const State &start = m_states[{doing.start, logged}];
        for (const auto &[operation, name] : kOperations) {
            for (int n = 1, isHit = true; isHit && n < 5000; n += isEvery() ? 1 : 1 + n / 16) {
                for (const bool thenPowerGoes : {false, true}) {
                    m_disk.restore(start.files);
                    qint64 acknowledged = start.acknowledged;
                    // A write that fails for want of room may be there in part.
                    const int sectors = thenPowerGoes ? n % 9 : 0;
                    const auto arm = [&, failing = operation] { m_disk.failNext(failing, n, sectors); };
                    QString wrong = strike(doing, logged, arm, acknowledged);
                    isHit = m_disk.hasFailed() ? 1 : 0;
                    disarm();
                    if (thenPowerGoes)
                        m_disk.crash(std::uint64_t(n));
                    m_faults += isHit;
                    if (wrong.isEmpty())
                        wrong = afterwards(logged, acknowledged);
                    QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("%1 %2%3: %4").arg(QLatin1StringView(name)).arg(n).arg(thenPowerGoes ? QStringLiteral(", then the power") : QString(), wrong)));
                }
            }
        }
    }

    void everyTornWriteIsSurvived_data()
    {
        rows();
    }
    /// At each sector of each write, whether its begin or its end had reached the disk.
    void everyTornWriteIsSurvived()
    {
        QFETCH(const int, work);
        QFETCH(const bool, logged);
        const Work &doing = works()[size_t(work)];
        const State &start = m_states[{doing.start, logged}];
        m_disk.restore(start.files);
        qint64 done = start.acknowledged;
        size_t before = 0;
        QCOMPARE(strike(doing, logged, [&] { before = m_disk.writtenBounds().size(); }, done), QString());
        const std::vector<int> bounds(m_disk.writtenBounds().begin() + std::ptrdiff_t(before), m_disk.writtenBounds().end());
        for (size_t write = 0; write < bounds.size(); write += isEvery() ? 1 : 1 + write / 6) {
            for (int sector = 0; sector <= bounds[write]; ++sector) {
                for (const bool isEnd : {false, true}) {
                    m_disk.restore(start.files);
                    qint64 acknowledged = start.acknowledged;
                    const auto arm = [&] { m_disk.tearWrite(int(write) + 1, sector, isEnd); };
                    QString wrong = strike(doing, logged, arm, acknowledged);
                    m_torn += m_disk.isWithoutPower() ? 1 : 0;
                    m_disk.crash();
                    if (wrong.isEmpty())
                        wrong = afterwards(logged, acknowledged);
                    QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("write %1 at sector %2%3: %4").arg(write + 1).arg(sector).arg(isEnd ? QStringLiteral(", its end") : QString(), wrong)));
                }
            }
        }
    }

    /// Nothing half is taken for a backup.
    void aBackupIsWholeOrFails()
    {
        const State &start = m_states[{"crashed", true}];
        for (const auto &[operation, name] : kOperations) {
            for (int n = 1, isHit = true; isHit && n < 5000; n += 1 + n / 12) {
                m_disk.restore(start.files);
                const auto connection = Connection::open(optionsFor(true));
                QVERIFY(connection.ok());
                m_disk.failNext(operation, n);
                const auto copied = (*connection)->copyTo(QLatin1StringView(kCopy), fixedKey(4));
                isHit = m_disk.hasFailed() ? 1 : 0;
                disarm();
                QVERIFY(copied.ok() || isHit);
                if (!copied.ok())
                    continue;
                OpenOptions copy = optionsFor(true);
                copy.path = QLatin1StringView(kCopy);
                const auto opened = Connection::open(copy);
                QVERIFY2(opened.ok(), qPrintable(describe(opened)));
                QCOMPARE(wrongAfter(**opened, start.acknowledged), QString());
                QCOMPARE((*opened)->queryInt64("SELECT max(n) FROM transfer"_sql).value(), start.acknowledged);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestNthFault)
#include "tst_nth_fault.moc"
