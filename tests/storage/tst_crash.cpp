// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/connection.h"
#include "core/storage/encrypted_vfs.h"
#include "tests/storage/ledger.h"
#include "tests/testlib/fault_vfs.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <random>
#include <thread>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;
using fieldfare::testlib::FaultDisk;

class TestCrash : public QObject {
    Q_OBJECT

    FaultDisk m_disk{"fault-disk"};

    OpenOptions onFaultDisk(OpenOptions::Journal journal)
    {
        OpenOptions options;
        options.path = QStringLiteral("/ledger.db");
        options.createIfMissing = true;
        options.key = fixedKey(4);
        options.vfsName = "fieldfare-fault";
        options.journal = journal;
        options.cacheKiB = 48;               // spills inside transactions
        options.walAutoCheckpointPages = 40; // checkpoints and restarts of the log within a few transactions
        return options;
    }

    /// Transfers until the power goes or `wanted` are done; returns how many were acknowledged after `done`.
    qint64 work(Connection &connection, qint64 done, int wanted, std::uint64_t seed)
    {
        std::mt19937_64 random(seed);
        for (int i = 0; i < wanted && !m_disk.isWithoutPower(); ++i) {
            if (!transfer(connection, done + 1, random).ok())
                break;
            ++done;
        }
        return done;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(encrypted_vfs::registerOver("fieldfare-fault", m_disk.name()).ok()); }

    void acknowledgedTransactionsSurviveCrashes_data()
    {
        QTest::addColumn<bool>("logged");
        QTest::addColumn<int>("rounds");
        const int rounds = qEnvironmentVariableIntValue("FIELDFARE_CRASH_ROUNDS");
        QTest::newRow("write-ahead log") << true << (rounds > 0 ? rounds : 1000);
        QTest::newRow("rollback journal") << false << (rounds > 0 ? rounds : 1000);
    }
    /// Each round goes on with what the crash before it left, so that damage cannot hide; every 25th begins anew. FIELDFARE_SEED
    /// gives other crashes.
    void acknowledgedTransactionsSurviveCrashes()
    {
        QFETCH(bool, logged);
        QFETCH(int, rounds);
        const OpenOptions options =
            onFaultDisk(logged ? OpenOptions::Journal::WriteAheadLog : OpenOptions::Journal::Rollback);
        const std::uint64_t first = qgetenv("FIELDFARE_SEED").toULongLong();
        qInfo("FIELDFARE_SEED=%llu", static_cast<unsigned long long>(first));
        int lostPower = 0;
        qint64 acknowledged = 0;
        for (int round = 0; round < rounds; ++round) {
            const std::uint64_t seed = 7'000'003u * (first + std::uint64_t(round)) + (logged ? 1 : 2);
            std::mt19937_64 random(seed);
            if (round % 25 == 0) {
                m_disk.restore({});
                const auto connection = Connection::open(options);
                QVERIFY2(connection.ok(), qPrintable(describe(connection)));
                QVERIFY(makeLedger(**connection));
                acknowledged = 0;
            }
            m_disk.cutPowerAfter(int(random() % 300 + 1));
            {
                const auto connection = Connection::open(options);
                if (connection.ok())
                    acknowledged = work(**connection, acknowledged, 30, random());
            }
            lostPower += m_disk.isWithoutPower() ? 1 : 0;
            m_disk.crash(random());
            const auto connection = Connection::open(options);
            const auto context = [&](const QString &what) {
                return qPrintable(QStringLiteral("round %1: %2").arg(round).arg(what));
            };
            QVERIFY2(connection.ok(), context(describe(connection)));
            const QString wrong = wrongAfter(**connection, acknowledged);
            QVERIFY2(wrong.isEmpty(), context(wrong));
            acknowledged = (*connection)->queryInt64("SELECT coalesce(max(n), 0) FROM transfer"_sql).value();
        }
        QVERIFY2(lostPower > rounds / 2, "most rounds must end in a power cut");
    }

    void aFileInTheMakingSurvivesCrashes_data()
    {
        QTest::addColumn<bool>("logged");
        QTest::newRow("write-ahead log") << true;
        QTest::newRow("rollback journal") << false;
    }
    /// The power goes at each of the first changes to the disk. What is left opens, and the ledger can be made or is there.
    void aFileInTheMakingSurvivesCrashes()
    {
        QFETCH(bool, logged);
        const OpenOptions options =
            onFaultDisk(logged ? OpenOptions::Journal::WriteAheadLog : OpenOptions::Journal::Rollback);
        for (int change = 1; change <= 60; ++change) {
            for (std::uint64_t seed = 0; seed < 8; ++seed) {
                m_disk.restore({});
                m_disk.cutPowerAfter(change);
                {
                    const auto connection = Connection::open(options);
                    if (connection.ok())
                        makeLedger(**connection);
                }
                m_disk.crash(seed * 1000 + std::uint64_t(change));
                const auto connection = Connection::open(options);
                QVERIFY2(connection.ok(), qPrintable(QStringLiteral("change %1, seed %2: ").arg(change).arg(seed) + describe(connection)));
                const auto tables = (*connection)->queryInt64("SELECT count(*) FROM sqlite_schema"_sql);
                QVERIFY(tables.ok() && *tables <= 2);
                QVERIFY(*tables > 0 || makeLedger(**connection));
            }
        }
    }

    void everyFailingOperationIsReportedAndHarmless_data()
    {
        QTest::addColumn<bool>("logged");
        QTest::addColumn<int>("operation");
        for (const bool logged : {true, false}) {
            for (const auto &[operation, name] :
                 {std::pair(FaultDisk::Operation::Read, "read"), std::pair(FaultDisk::Operation::Write, "write"),
                  std::pair(FaultDisk::Operation::Sync, "sync"), std::pair(FaultDisk::Operation::Truncate, "truncate"),
                  std::pair(FaultDisk::Operation::Delete, "delete"), std::pair(FaultDisk::Operation::Open, "open")})
                QTest::addRow("%s, %s", logged ? "log" : "journal", name) << logged << int(operation);
        }
    }
    /// The n-th operation fails, for every n up to where it no longer happens (in steps, to stay in time). The call
    /// says so or is right without it; nothing acknowledged is lost.
    void everyFailingOperationIsReportedAndHarmless()
    {
        QFETCH(bool, logged);
        QFETCH(int, operation);
        const OpenOptions options =
            onFaultDisk(logged ? OpenOptions::Journal::WriteAheadLog : OpenOptions::Journal::Rollback);
        m_disk.restore({});
        {
            const auto connection = Connection::open(options);
            QVERIFY(connection.ok() && makeLedger(**connection));
        }
        const FaultDisk::Snapshot start = m_disk.files();
        bool everFailed = false;
        for (int n = 1, quiet = 0; n < 400 && quiet < 3; n += 1 + n / 12) {
            m_disk.restore(start);
            m_disk.failNext(FaultDisk::Operation(operation), n);
            qint64 acknowledged = 0;
            {
                const auto connection = Connection::open(options);
                if (connection.ok()) {
                    std::mt19937_64 random{std::uint64_t(n)};
                    for (int i = 0; i < 12; ++i)
                        acknowledged += transfer(**connection, acknowledged + 1, random).ok() ? 1 : 0;
                }
            }
            quiet = m_disk.hasFailed() ? 0 : quiet + 1;
            everFailed = everFailed || m_disk.hasFailed();
            m_disk.failNext(FaultDisk::Operation(operation), 0);
            const auto connection = Connection::open(options);
            QVERIFY2(connection.ok(), qPrintable(QStringLiteral("n %1: ").arg(n) + describe(connection)));
            const QString wrong = wrongAfter(**connection, acknowledged);
            QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("n %1: ").arg(n) + wrong));
        }
        const bool neverHappens = FaultDisk::Operation(operation) == FaultDisk::Operation::Truncate;
        QVERIFY(everFailed || neverHappens);
    }

    void aFullDiskIsCalledSo()
    {
        const OpenOptions options = onFaultDisk(OpenOptions::Journal::WriteAheadLog);
        m_disk.restore({});
        const auto connection = Connection::open(options);
        QVERIFY(connection.ok() && makeLedger(**connection));
        std::mt19937_64 random(1);
        m_disk.failNext(FaultDisk::Operation::Write, 2);
        const auto done = transfer(**connection, 1, random);
        QVERIFY(!done.ok());
        QCOMPARE(done.error().code, base::ErrorCode::DiskFull);
        QVERIFY(transfer(**connection, 1, random).ok());
        QCOMPARE(wrongAfter(**connection, 1), QString());
    }

    void killedProcessesLoseNothing_data()
    {
        QTest::addColumn<bool>("logged");
        QTest::addColumn<int>("threads");
        for (const bool logged : {true, false}) {
            for (const int threads : {1, 4})
                QTest::addRow("%s, %d threads", logged ? "log" : "journal", threads) << logged << threads;
        }
    }
    /// A child commits and prints each acknowledged number; it is killed in the midst of it. FIELDFARE_KILLS says how often.
    void killedProcessesLoseNothing()
    {
        QFETCH(const bool, logged);
        QFETCH(const int, threads);
        const int asked = qEnvironmentVariableIntValue("FIELDFARE_KILLS");
        const int kills = asked > 0 ? asked : 8;
        const QTemporaryDir folder;
        OpenOptions options;
        options.path = folder.filePath(QStringLiteral("ledger.db"));
        options.createIfMissing = true;
        options.key = fixedKey(4);
        options.journal = logged ? OpenOptions::Journal::WriteAheadLog : OpenOptions::Journal::Rollback;
        {
            const auto connection = Connection::open(options);
            QVERIFY(connection.ok() && makeLedger(**connection));
        }
        qint64 acknowledged = 0;
        int cutShort = 0;
        constexpr int kMostRounds = 10; // as often again until one was in the midst of it
        for (int kill = 0; kill < kills || (cutShort == 0 && kill < kMostRounds * kills); ++kill) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--commit-forever"), options.path, logged ? QStringLiteral("log") : QStringLiteral("journal"), QString::number(threads)});
            QVERIFY(child.waitForStarted());
            const qint64 enough = acknowledged + 3 + kill % 16 * 2;
            QByteArray printed;
            const auto read = [&] {
                printed += child.readAllStandardOutput();
                const qsizetype end = printed.lastIndexOf('\n'); // of several threads one may print after a later one
                for (const QByteArray &line : printed.first(std::max<qsizetype>(0, end)).split('\n'))
                    acknowledged = std::max(acknowledged, line.toLongLong());
                printed.remove(0, end + 1);
            };
            while (acknowledged < enough) {
                QVERIFY2(child.waitForReadyRead(20'000), child.readAllStandardError().constData());
                read();
            }
            QVERIFY(!child.waitForFinished(1 + kill % 5)); // goes on a while: right after a commit nothing would be cut short
            child.kill(); // SIGKILL
            QVERIFY(child.waitForFinished());
            read();
            cutShort += QFile::exists(options.path + (logged ? QStringLiteral("-wal") : QStringLiteral("-journal"))) ? 1 : 0;
            const auto connection = Connection::open(options);
            QVERIFY2(connection.ok(), qPrintable(describe(connection)));
            const QString wrong = wrongAfter(**connection, acknowledged, threads);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
            acknowledged = (*connection)->queryInt64("SELECT coalesce(max(n), 0) FROM transfer"_sql).value();
        }
        QVERIFY(logged ? cutShort == kills : cutShort > 0); // a log always stays
    }
};

namespace {

/// One thread of the child of killedProcessesLoseNothing(); returns when it fails.
QString commitOn(const OpenOptions &options, std::uint64_t seed)
{
    const auto connection = Connection::open(options);
    if (!connection.ok())
        return connection.error().detail;
    std::mt19937_64 random{seed};
    for (;;) {
        const auto done = transferNext(**connection, random);
        if (!done.ok())
            return done.error().detail;
        const QByteArray line = QByteArray::number(*done) + '\n';
        if (std::fwrite(line.constData(), 1, size_t(line.size()), stdout) != size_t(line.size()) || std::fflush(stdout) != 0)
            return QStringLiteral("nobody listens");
    }
}

int commitForever(const QStringList &arguments)
{
    OpenOptions options;
    options.path = arguments.value(2);
    options.key = fixedKey(4);
    options.journal = arguments.value(3) == QLatin1StringView("log") ? OpenOptions::Journal::WriteAheadLog : OpenOptions::Journal::Rollback;
    options.walAutoCheckpointPages = 30;
    options.cacheKiB = 48;
    options.busyTimeoutMs = 20'000;
    const auto seed = std::uint64_t(QCoreApplication::applicationPid());
    const int threads = arguments.value(4).toInt();
    std::vector<std::thread> others;
    for (int i = 1; i < threads; ++i) {
        others.emplace_back([options, seed, i] {
            qCritical("%s", qPrintable(commitOn(options, seed + std::uint64_t(i))));
            std::_Exit(1);
        });
    }
    qCritical("%s", qPrintable(commitOn(options, seed)));
    std::_Exit(1);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1StringView("--commit-forever"))
        return commitForever(arguments);
    TestCrash test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_crash.moc"
