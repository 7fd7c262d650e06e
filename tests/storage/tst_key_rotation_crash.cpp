// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Replacing the data key under power cuts, failures of the disk, kills, and beside other threads.
#include "core/storage/passphrase.h"
#include "tests/storage/key_rotation_fixture.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;
using base::ErrorCode;
using fieldfare::testlib::FaultDisk;

class TestKeyRotationCrash : public QObject, protected RotationFixture {
    Q_OBJECT

    static bool isLong() { return qEnvironmentVariableIntValue("FIELDFARE_CRASH_ROUNDS") > 0; }

private Q_SLOTS:
    void initTestCase() { QVERIFY(prepare()); }

    /// The power goes at each change to the disk, with a writer between the steps; unsynced writes are lost or torn.
    void powerCutsLoseNothing()
    {
        const int rounds = isLong() ? 40 : 1;
        int cuts = 0;
        int torn = 0;
        for (int n = 1;; n += isLong() || n < 15 ? 1 : 11) {
            bool wasCut = false;
            for (int round = 0; round < rounds; ++round) {
                restore(m_begun, m_keyBegun);
                qint64 acknowledged = m_begunCommits;
                m_disk.cutPowerAfter(n);
                {
                    const auto connection = Connection::open(onDisk(m_both));
                    const auto rotation = KeyRotation::open(onDisk(m_both), m_keyFile);
                    if (connection.ok() && rotation.ok()) {
                        const auto work = [&](const KeyRotation::Progress &) {
                            if (!m_disk.isWithoutPower() && acknowledged < m_begunCommits + 12 && commitOne(**connection, acknowledged).ok())
                                ++acknowledged;
                            return m_disk.isWithoutPower();
                        };
                        static_cast<void>((*rotation)->run(work));
                    }
                    wasCut = m_disk.isWithoutPower();
                }
                m_disk.crash(std::uint64_t(n) * 1000 + std::uint64_t(round));
                torn += journal().isEmpty() ? 0 : 1;
                const auto context = [&](const QString &wrong) { return qPrintable(QStringLiteral("change %1 round %2: %3").arg(n).arg(round).arg(wrong)); };
                {
                    const auto connection = Connection::open(onDisk(keyNow()));
                    QVERIFY2(connection.ok(), context(connection.ok() ? QString() : connection.error().detail));
                    const QString wrong = wrongWith(**connection, acknowledged);
                    QVERIFY2(wrong.isEmpty(), context(wrong));
                    acknowledged = commitsIn(**connection);
                    if (round == 0) { // and the next crash, in what the first one left
                        QVERIFY(commitOne(**connection, acknowledged).ok());
                        ++acknowledged;
                    }
                }
                if (isLong() || n % 10 == 0) {
                    const QString wrong = wrongAfterEnding(acknowledged);
                    QVERIFY2(wrong.isEmpty(), context(wrong));
                }
                cuts += wasCut ? 1 : 0;
                if (!wasCut)
                    break;
            }
            if (!wasCut)
                break;
        }
        qInfo("%d power cuts, %d of them with pages in flight", cuts, torn);
        QVERIFY(cuts > 50 && torn > 30);
    }

    /// The power goes while a crash before it is being recovered from.
    void powerCutsDuringRecoveryLoseNothing()
    {
        int recoveries = 0;
        for (int n = 20; n < 700; n += 170) {
            restore(m_begun, m_keyBegun);
            m_disk.cutPowerAfter(n);
            {
                const auto rotation = KeyRotation::open(onDisk(m_both), m_keyFile);
                if (rotation.ok())
                    static_cast<void>((*rotation)->run([this](const KeyRotation::Progress &) { return m_disk.isWithoutPower(); }));
            }
            m_disk.crash(std::uint64_t(n));
            const FaultDisk::Snapshot crashed = m_disk.files();
            for (int again = 1; again < 400; again += 1 + again / 8) {
                m_disk.restore(crashed);
                m_disk.cutPowerAfter(again);
                static_cast<void>(Connection::open(onDisk(m_both)).ok());
                const bool wasCut = m_disk.isWithoutPower();
                m_disk.crash(std::uint64_t(again));
                const auto connection = Connection::open(onDisk(m_both));
                QVERIFY(connection.ok());
                QCOMPARE(wrongWith(**connection, m_begunCommits), QString());
                recoveries += wasCut ? 1 : 0;
                if (!wasCut)
                    break;
            }
        }
        QVERIFY(recoveries > 20);
    }

    void failedOperationsAreSurvived_data()
    {
        QTest::addColumn<int>("operation");
        QTest::newRow("read") << int(FaultDisk::Operation::Read);
        QTest::newRow("write") << int(FaultDisk::Operation::Write);
        QTest::newRow("sync") << int(FaultDisk::Operation::Sync);
        QTest::newRow("truncate") << int(FaultDisk::Operation::Truncate);
        QTest::newRow("delete") << int(FaultDisk::Operation::Delete);
        QTest::newRow("open") << int(FaultDisk::Operation::Open);
    }
    /// The n-th operation fails once. The next call ends what was begun, and a writer in between loses nothing.
    void failedOperationsAreSurvived()
    {
        QFETCH(int, operation);
        bool everFailed = false;
        int quiet = 0;
        for (int n = 1; quiet < 2; n += 1 + n / 3) {
            restore(m_begun, m_keyBegun);
            qint64 acknowledged = m_begunCommits;
            {
                const auto connection = Connection::open(onDisk(m_both));
                QVERIFY(connection.ok());
                m_disk.failNext(FaultDisk::Operation(operation), n);
                {
                    const auto rotation = KeyRotation::open(onDisk(m_both), m_keyFile);
                    base::Result<void> done = rotation.ok() ? (*rotation)->run() : base::Result<void>(rotation.error());
                    quiet = m_disk.hasFailed() ? 0 : quiet + 1;
                    everFailed = everFailed || m_disk.hasFailed();
                    for (int i = 0; i < 40; ++i) // beyond what makes a checkpoint
                        acknowledged += commitOne(**connection, acknowledged).ok() ? 1 : 0;
                    if (rotation.ok() && !done.ok())
                        QCOMPARE(textOf((*rotation)->run()), QStringLiteral("ok"));
                }
                m_disk.failNext(FaultDisk::Operation(operation), 0);
                QCOMPARE(wrongWith(**connection, acknowledged), QString());
            }
            const QString wrong = wrongAfterEnding(acknowledged);
            QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("n %1: ").arg(n) + wrong));
        }
        QVERIFY(everFailed);
    }

    void anAbandonedStepBlocksTheMainFileAndNothingElse_data()
    {
        QTest::addColumn<bool>("isEndedHere");
        QTest::newRow("ended by another rotation") << true;
        QTest::newRow("ended by the next start") << false;
    }
    /// A rotation that failed in the midst of writing in place and is given up: commits go on, in the log.
    void anAbandonedStepBlocksTheMainFileAndNothingElse()
    {
        QFETCH(bool, isEndedHere);
        restore(m_begun, m_keyBegun);
        qint64 acknowledged = m_begunCommits;
        {
            const auto connection = Connection::open(onDisk(m_both));
            QVERIFY(connection.ok() && (*connection)->checkpoint(true).ok());
            {
                const auto rotation = KeyRotation::open(onDisk(m_both), m_keyFile);
                QVERIFY(rotation.ok());
                m_disk.failNext(FaultDisk::Operation::Write, 40); // past the journal's own
                const auto result = (*rotation)->run();
                QVERIFY(!result.ok());
                QCOMPARE(result.error().code, ErrorCode::DiskFull);
            }
            QVERIFY(!journal().isEmpty());
            for (int i = 0; i < 40; ++i)
                acknowledged += commitOne(**connection, acknowledged).ok() ? 1 : 0;
            QCOMPARE(acknowledged, m_begunCommits + 40);
            QCOMPARE(wrongWith(**connection, acknowledged), QString());
            if (isEndedHere) {
                const auto rotation = KeyRotation::open(onDisk(m_both), m_keyFile);
                QVERIFY(rotation.ok());
                QCOMPARE(textOf((*rotation)->run()), QStringLiteral("ok"));
                QCOMPARE(wrongWith(**connection, acknowledged), QString());
                return;
            }
        }
        m_disk.crash(5);
        const auto connection = Connection::open(onDisk(m_both));
        QVERIFY(connection.ok());
        QVERIFY(journal().isEmpty());
        QCOMPARE(wrongWith(**connection, acknowledged), QString());
    }

    /// A writer and readers on threads of their own, all the while.
    void itWorksBesideReadersAndTheWriter()
    {
        const QTemporaryDir folder;
        OpenOptions options = inFolder(folder);
        options.busyTimeoutMs = 5000;
        options.walAutoCheckpointPages = 40;
        options.synchronous = OpenOptions::Synchronous::Normal;
        {
            const auto connection = Connection::open(options);
            QVERIFY(connection.ok() && makeBirds(**connection));
        }
        std::atomic<bool> isOver = false;
        std::atomic<qint64> committed = 0;
        std::atomic<int> looks = 0;
        std::mutex mutex;
        std::condition_variable over;
        QStringList failures;
        const auto fail = [&](const QString &what) {
            const std::lock_guard guard(mutex);
            failures.append(what);
        };
        const auto write = [&] {
            const auto connection = Connection::open(options);
            while (!isOver && connection.ok()) {
                if (const auto done = commitOne(**connection, committed); done.ok())
                    ++committed;
                else
                    fail(QStringLiteral("write: ") + textOf(done));
                // As fast as it can it would make pages faster than they are rotated, until the disk is full.
                std::unique_lock pause(mutex);
                over.wait_for(pause, std::chrono::milliseconds(1), [&] { return isOver.load(); });
            }
        };
        const auto look = [&] {
            while (!isOver) { // opened anew each time, with the key of the beginning
                OpenOptions reading = options;
                reading.readOnly = true;
                reading.cacheKiB = 64;
                const auto connection = Connection::open(reading);
                for (int i = 0; i < 4 && connection.ok() && !isOver; ++i) {
                    const qint64 before = committed;
                    Statement &sum = (*connection)->statement("SELECT count(*), sum(length(body)) FROM bird"_sql);
                    const StatementReset reset(sum);
                    if (const auto row = sum.step(); !row.ok())
                        fail(QStringLiteral("read: ") + row.error().detail);
                    else if (sum.int64(0) < 600 + before)
                        fail(QStringLiteral("%1 birds of %2").arg(sum.int64(0)).arg(600 + before));
                    ++looks;
                }
                if (!connection.ok())
                    fail(QStringLiteral("open: ") + connection.error().detail);
            }
        };
        std::thread writer(write);
        std::thread reader(look);
        std::thread secondReader(look);
        QString wrong;
        {
            const auto rotation = KeyRotation::open(options, m_keyFile);
            const int times = isLong() ? 20 : 1;
            for (int time = 0; time < times && wrong.isEmpty(); ++time) {
                const qint64 before = committed;
                const int looksBefore = looks;
                if (const auto begun = (*rotation)->begin(orchardPassphrase()); !begun.ok())
                    wrong = textOf(begun);
                else if (const auto run = (*rotation)->run(); !run.ok())
                    wrong = textOf(run);
                if (committed == before || looks == looksBefore)
                    wrong = QStringLiteral("nobody could work meanwhile");
            }
        }
        isOver = true;
        writer.join();
        reader.join();
        secondReader.join();
        QCOMPARE(wrong, QString());
        QVERIFY2(failures.isEmpty(), qPrintable(failures.join(QStringLiteral("; "))));
        options.key = sharedKey(m_keyFile.unlock(orchardPassphrase()).value());
        QVERIFY(!options.key->hasFormer());
        const auto connection = Connection::open(options);
        QVERIFY(connection.ok());
        QCOMPARE(wrongWith(**connection, committed), QString());
    }

    /// A child replaces the key again and again beside a writer and prints each acknowledged commit; it is killed.
    void killedProcessesLoseNothing()
    {
        const QTemporaryDir folder;
        OpenOptions options;
        options.path = folder.filePath(QStringLiteral("birds.db"));
        options.createIfMissing = true;
        KeyFile keyFile(folder.filePath(QStringLiteral("birds.key")));
        options.key = sharedKey(keyFile.create(orchardPassphrase(), kQuick).value());
        {
            const auto connection = Connection::open(options);
            QVERIFY(connection.ok() && makeBirds(**connection));
        }
        const int kills = isLong() ? 40 : 3;
        int midway = 0;
        qint64 acknowledged = 0;
        for (int kill = 0; kill < kills; ++kill) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--rotate-forever"), folder.path()});
            QVERIFY(child.waitForStarted());
            QByteArray printed;
            const int enough = 3 + kill * 9;
            while (printed.count('\n') < enough) {
                QVERIFY2(child.waitForReadyRead(20'000), child.readAllStandardError().constData());
                printed += child.readAllStandardOutput();
            }
            child.kill();
            QVERIFY(child.waitForFinished());
            printed += child.readAllStandardOutput();
            acknowledged = std::max(acknowledged, printed.first(printed.lastIndexOf('\n')).split('\n').last().toLongLong());
            midway += isRotating(keyFile.path()) ? 1 : 0;
            options.key = sharedKey(keyFile.unlock(orchardPassphrase()).value());
            const auto connection = Connection::open(options);
            QVERIFY2(connection.ok(), connection.ok() ? "" : qPrintable(connection.error().detail));
            QCOMPARE(wrongWith(**connection, acknowledged), QString());
            acknowledged = commitsIn(**connection);
        }
        QVERIFY(midway > 0);
    }
};

namespace {

/// The child of killedProcessesLoseNothing().
int rotateForever(const QString &folder)
{
    OpenOptions options;
    options.path = folder + QStringLiteral("/birds.db");
    options.walAutoCheckpointPages = 30;
    const KeyFile keyFile(folder + QStringLiteral("/birds.key"));
    options.key = sharedKey(keyFile.unlock(orchardPassphrase()).value());
    const auto connection = Connection::open(options);
    const auto rotation = KeyRotation::open(options, keyFile);
    if (!connection.ok() || !rotation.ok())
        return 1;
    qint64 commits = commitsIn(**connection);
    const auto work = [&](const KeyRotation::Progress &) {
        if (commitOne(**connection, commits).ok())
            std::printf("%lld\n", static_cast<long long>(++commits));
        std::fflush(stdout);
        return false;
    };
    for (;;) {
        const auto done = (*rotation)->isUnderWay() ? (*rotation)->run(work) : (*rotation)->begin(orchardPassphrase(), work);
        if (!done.ok()) {
            qCritical("%s", qPrintable(done.error().detail));
            return 1;
        }
    }
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1StringView("--rotate-forever"))
        return rotateForever(arguments.value(2));
    TestKeyRotationCrash test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_key_rotation_crash.moc"
