// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/machine_memory.h"
#include "core/store/query/row_window.h"
#include "core/store/search/index_segments.h"
#include "core/store/search/search_index.h"
#include "core/store/thread/database_thread.h"
#include "core/store/thread/following_read.h"
#include "core/store/thread/latest_read.h"

#include "tests/storage/store_fixture.h"

#include <QFileInfo>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QTimer>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#include <unistd.h>
#endif

using namespace fieldfare;
using namespace fieldfare::store;

namespace {

constexpr int kWaitMs = 20000; ///< Ends a test that hangs; nothing here takes that long.

QString words(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

/// Counts until it is interrupted: some minutes.
base::Result<int> countForEver(ReadContext &reading)
{
    storage::Statement &endless = reading.connection().statement(
        QLatin1StringView("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT count(*) FROM n"));
    const storage::StatementReset reset(endless);
    FIELDFARE_ASSIGN(const bool row, endless.step());
    return row ? 1 : 0;
}

ChangeSet customers(int count, int from = 0)
{
    std::vector<changes::LocalChange> changes;
    for (int i = from; i < from + count; ++i) {
        const QString name = QStringLiteral("Customer %1").arg(i, 5, 10, QLatin1Char('0'));
        changes.push_back(store_test::create(*model::Catalog::standard(), "customer", {{"name", model::Value(name)}}));
    }
    return store_test::setOf(std::move(changes));
}

class Opened {
public:
    explicit Opened(int rows = 0, int readers = 2)
    {
        profile.identify();
        if (rows > 0)
            Q_ASSERT(profile.store().commit(customers(rows)).ok());
        profile.close();
        database = std::make_unique<DatabaseThread>(options(readers));
    }

    DatabaseThreadOptions options(int readers = 2)
    {
        DatabaseThreadOptions given;
        given.store.path = profile.path();
        given.store.key = profile.key();
        given.store.clock = &profile.clock;
        given.store.random = &profile.random;
        given.store.synchronous = storage::OpenOptions::Synchronous::Off;
        given.readers = readers;
        return given;
    }

    bool start()
    {
        QSignalSpy opened(database.get(), &DatabaseThread::opened);
        database->start();
        return opened.wait(kWaitMs);
    }

    store_test::TestProfile profile;
    std::unique_ptr<DatabaseThread> database;
};

base::Result<std::int64_t> customerCount(ReadContext &reading)
{
    return ListReader(reading.connection(), reading.catalog(), reading.filterContext())
        .count({reading.catalog()->entity(QStringLiteral("customer"))->id()});
}

} // namespace

class TestQueryThreads : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// What many small transactions left scattered is merged in the pauses, also when nothing waits to be folded in.
    void scatteredSearchIsMergedInThePauses()
    {
        Opened opened;
        store_test::TestProfile &profile = opened.profile;
        QVERIFY(profile.open());
        constexpr int kRounds = 150;
        constexpr int kRowsARound = 60;
        for (int round = 0; round < kRounds; ++round) {
            std::vector<changes::LocalChange> changes;
            for (int i = 0; i < kRowsARound; ++i) {
                changes.push_back(store_test::create(*model::Catalog::standard(), "customer",
                                                     {{"name", model::Value(QStringLiteral("Firm %1 in town %2").arg(round * kRowsARound + i).arg(i * 7919 + round))},
                                                      {"email", model::Value(QStringLiteral("box%1@town%2.example").arg(i * 104'729 + round).arg(round))}}));
            }
            QVERIFY(profile.store().commit(store_test::setOf(std::move(changes))).ok());
            while (search::foldSome(profile.store().connection(), *profile.store().catalog()).value()) {
            }
        }
        QVERIFY(search::isScattered(profile.store().connection(), words("customer_names")).value());
        profile.close();
        DatabaseThreadOptions options = opened.options();
        options.foldsSearch = true;
        opened.database = std::make_unique<DatabaseThread>(options);
        QVERIFY(opened.start());
        QObject context;
        bool isScattered = true;
        QTimer asking;
        connect(&asking, &QTimer::timeout, &context, [&] {
            opened.database->read<bool>([](ReadContext &reading) { return search::isScattered(reading.connection(), words("customer_names")); }, &context,
                                        [&isScattered](base::Result<bool> answer) { isScattered = answer.value(); });
        });
        asking.start(20);
        QTRY_VERIFY_WITH_TIMEOUT(!isScattered, kWaitMs);
    }

    void aReadSeesTheWriteItFollows()
    {
        Opened opened;
        QVERIFY(opened.start());
        DatabaseThread &database = *opened.database;
        QStringList happened;
        connect(&database, &DatabaseThread::rowsChanged, this, [&](model::EntityId, const QList<base::Id> &ids) {
            happened.append(QStringLiteral("changed %1").arg(ids.size()));
        });
        QObject context;
        std::int64_t count = -1;
        database.commit(customers(3), &context, [&](base::Result<CommitReport> report) {
            QVERIFY(report.ok());
            QCOMPARE(QThread::currentThread(), context.thread());
            happened.append(words("committed"));
            database.read<std::int64_t>(customerCount, &context, [&](base::Result<std::int64_t> answer) { count = answer.value(); });
        });
        QTRY_COMPARE_WITH_TIMEOUT(count, 3, kWaitMs);
        QCOMPARE(happened, (QStringList{words("changed 3"), words("committed")}));
    }

    void interactiveWorkGoesFirst()
    {
        Opened opened;
        QVERIFY(opened.start());
        DatabaseThread &database = *opened.database;
        QObject context;
        QSemaphore gate;
        QStringList order;
        const auto append = [&](const char *name, Priority priority) {
            database.write<int>([](Store &) -> base::Result<int> { return 1; }, &context,
                                [&order, name](base::Result<int>) { order.append(words(name)); }, priority);
        };
        database.write<int>([&gate](Store &) -> base::Result<int> { gate.acquire(); return 1; }, &context, {});
        append("import 1", Priority::Background);
        append("import 2", Priority::Background);
        append("edit", Priority::Interactive);
        gate.release();
        QTRY_COMPARE_WITH_TIMEOUT(order.size(), 3, kWaitMs);
        QCOMPARE(order, (QStringList{words("edit"), words("import 1"), words("import 2")}));
    }

    /// However many scans wait, a list's page does not wait behind them.
    void aScanLeavesAReaderFree()
    {
        Opened opened;
        QVERIFY(opened.start());
        QObject context;
        QSemaphore running;
        int answered = 0;
        for (int i = 0; i < 3; ++i) {
            opened.database->read<int>(
                [&running](ReadContext &reading) {
                    running.release();
                    return countForEver(reading);
                },
                &context, {}, Priority::Background);
        }
        QVERIFY(running.tryAcquire(1, kWaitMs));
        for (int i = 0; i < 3; ++i)
            opened.database->read<int>([](ReadContext &) -> base::Result<int> { return 1; }, &context, [&answered](base::Result<int>) { ++answered; });
        QTRY_COMPARE_WITH_TIMEOUT(answered, 3, kWaitMs);
        QCOMPARE(running.available(), 0); // the other scans wait for the first
        QVERIFY(!opened.database->isIdle());
    }

    /// A thread begins with the priority of the one that starts it, and cannot raise it.
    void listsAreReadAtTheWindowsPriority()
    {
#ifndef Q_OS_LINUX
        QSKIP("threads have no priority of their own here");
#else
        const auto own = [] { return getpriority(PRIO_PROCESS, id_t(gettid())); };
        Opened opened;
        QVERIFY(opened.start());
        QObject context;
        for (int i = 0; i < 100; ++i) {
            int found = -100;
            opened.database->read<int>([&own](ReadContext &) -> base::Result<int> { return own(); }, &context,
                                       [&found](const base::Result<int> &answer) { found = *answer; });
            QTRY_VERIFY_WITH_TIMEOUT(found != -100, kWaitMs);
            QCOMPARE(found, own());
        }
        int scanned = -100;
        opened.database->read<int>([&own](ReadContext &) -> base::Result<int> { return own(); }, &context,
                                   [&scanned](const base::Result<int> &answer) { scanned = *answer; }, Priority::Background);
        QTRY_VERIFY_WITH_TIMEOUT(scanned != -100, kWaitMs);
        QVERIFY(scanned > own());
#endif
    }

    /// Whoever takes both kinds takes what somebody waits for when the other thread is at work.
    void noInteractiveReadWaitsForAFreeThread()
    {
        Opened opened;
        QVERIFY(opened.start());
        QObject context;
        QSemaphore running;
        QSemaphore end;
        int answered = 0;
        for (int i = 0; i < 2; ++i) {
            opened.database->read<int>(
                [&](ReadContext &) -> base::Result<int> {
                    running.release();
                    end.acquire();
                    return 1;
                },
                &context, [&answered](base::Result<int>) { ++answered; });
        }
        const bool bothRun = running.tryAcquire(2, kWaitMs);
        end.release(2);
        QVERIFY(bothRun);
        QTRY_COMPARE_WITH_TIMEOUT(answered, 2, kWaitMs);
    }

    void theReaderOfListsKeepsWhatTheMachineAllows()
    {
        Opened opened;
        QVERIFY(opened.start());
        QObject context;
        qint64 pages = 0; // negative: KiB
        QSemaphore scanning; // keeps the other reader away
        opened.database->read<int>([&scanning](ReadContext &reading) { scanning.release(); return countForEver(reading); }, &context, {}, Priority::Background);
        QVERIFY(scanning.tryAcquire(1, kWaitMs));
        opened.database->read<qint64>([](ReadContext &reading) { return reading.connection().queryInt64(QLatin1StringView("PRAGMA cache_size")); },
                                            &context, [&pages](base::Result<qint64> answer) { pages = answer.value(); });
        QTRY_VERIFY_WITH_TIMEOUT(pages != 0, kWaitMs);
        const qint64 machineKiB = base::platform::machineMemoryBytes() / 1024;
        QVERIFY(machineKiB > 0);
        QCOMPARE(-pages, machineKiB >= 4 * 1024 * 1024 ? 32 * 1024 : machineKiB <= 1024 * 1024 ? 8 * 1024 : machineKiB / 128);
    }

    /// In a stream of changes a count is made again when the one before has ended: not interrupted, and not once for each change.
    void aFollowingReadEndsAndRunsOnceMore()
    {
        Opened opened;
        QVERIFY(opened.start());
        QObject context;
        QSemaphore running;
        QSemaphore gate;
        QStringList answers;
        FollowingRead following(*opened.database);
        const auto ask = [&](const char *name) {
            following.read<int>(
                [&](ReadContext &) -> base::Result<int> {
                    running.release();
                    gate.acquire();
                    return 1;
                },
                &context, [&answers, name](base::Result<int>) { answers.append(words(name)); });
        };
        ask("first");
        QVERIFY(running.tryAcquire(1, kWaitMs));
        ask("second");
        ask("third");
        QVERIFY(answers.isEmpty());
        gate.release(3);
        QTRY_VERIFY_WITH_TIMEOUT(opened.database->isIdle(), kWaitMs);
        QCOMPARE(answers, (QStringList{words("first"), words("third")}));
        QCOMPARE(running.available(), 1);
        // Another question does not wait.
        gate.acquire(gate.available());
        ask("fourth");
        QVERIFY(running.tryAcquire(2, kWaitMs));
        following.cancel();
        ask("fifth");
        gate.release(2);
        QTRY_VERIFY_WITH_TIMEOUT(opened.database->isIdle(), kWaitMs);
        QCOMPARE(answers, (QStringList{words("first"), words("third"), words("fifth")}));
    }

    void aNewerReadEndsTheOneBefore()
    {
        Opened opened(0, 1); // one reader: the second can only be answered once the first is interrupted
        QVERIFY(opened.start());
        QObject context;
        QStringList answers;
        LatestRead latest(*opened.database);
        QSemaphore running;
        latest.read<int>(
            [&running](ReadContext &reading) {
                running.release();
                return countForEver(reading);
            },
            &context, [&](base::Result<int>) { answers.append(words("first")); });
        QVERIFY(running.tryAcquire(1, kWaitMs));
        latest.read<int>([](ReadContext &) -> base::Result<int> { return 2; }, &context, [&](base::Result<int>) { answers.append(words("second")); });
        QTRY_COMPARE_WITH_TIMEOUT(answers, QStringList{words("second")}, kWaitMs);
    }

    void anAnswerThatIsUnderWayCanBeCancelled()
    {
        Opened opened;
        QVERIFY(opened.start());
        QObject context;
        QSemaphore ran;
        bool isAnswered = false;
        const RequestNumber number = opened.database->read<int>(
            [&](ReadContext &) -> base::Result<int> {
                ran.release();
                return 1;
            },
            &context, [&](base::Result<int>) { isAnswered = true; });
        QVERIFY(ran.tryAcquire(1, kWaitMs));
        opened.database->cancel(number);
        // What is asked later is answered later.
        bool isLater = false;
        opened.database->write<int>([](Store &) -> base::Result<int> { return 1; }, &context, [&](base::Result<int>) { isLater = true; });
        QTRY_VERIFY_WITH_TIMEOUT(isLater, kWaitMs);
        QVERIFY(!isAnswered);
    }

    void noAnswerForWhoIsGone()
    {
        Opened opened;
        QVERIFY(opened.start());
        bool isAnswered = false;
        auto gone = std::make_unique<QObject>();
        opened.database->write<int>([](Store &) -> base::Result<int> { return 1; }, gone.get(), [&](base::Result<int>) { isAnswered = true; });
        gone.reset();
        QObject context;
        bool isLater = false;
        opened.database->write<int>([](Store &) -> base::Result<int> { return 1; }, &context, [&](base::Result<int>) { isLater = true; });
        QTRY_VERIFY_WITH_TIMEOUT(isLater, kWaitMs);
        QVERIFY(!isAnswered);
    }

    void whoWaitsForAFileThatCannotBeOpenedHearsSo()
    {
        Opened opened;
        DatabaseThreadOptions options = opened.options();
        options.store.path += words(".missing");
        DatabaseThread database(options);
        QSignalSpy failed(&database, &DatabaseThread::failedToOpen);
        QObject context;
        std::optional<base::ErrorCode> code;
        database.read<std::int64_t>(customerCount, &context, [&](base::Result<std::int64_t> answer) { code = answer.error().code; });
        database.start();
        QTRY_VERIFY_WITH_TIMEOUT(code.has_value(), kWaitMs);
        QCOMPARE(*code, base::ErrorCode::NotFound);
        QCOMPARE(failed.size(), 1);
        QVERIFY(!database.isOpen());
    }

    /// Who saves and closes the window has saved.
    void whatSomebodyDidIsDoneBeforeTheEnd()
    {
        Opened opened;
        QVERIFY(opened.start());
        QObject context;
        QSemaphore running;
        QSemaphore ending;
        opened.database->read<int>(
            [&](ReadContext &reading) -> base::Result<int> {
                running.release();
                while (!reading.isCancelled())
                    QThread::yieldCurrentThread();
                ending.release();
                return 1;
            },
            &context, {});
        opened.database->write<int>(
            [&](Store &) -> base::Result<int> {
                running.release();
                ending.acquire();
                return 1;
            },
            &context, {});
        QVERIFY(running.tryAcquire(2, kWaitMs));
        opened.database->write<int>(
            [](Store &store) -> base::Result<int> {
                FIELDFARE_TRY(store.setSetting(QStringLiteral("saved"), "at the end"));
                return 1;
            },
            &context, {});
        opened.database.reset();
        opened.database = std::make_unique<DatabaseThread>(opened.options());
        QVERIFY(opened.start());
        std::optional<QByteArray> saved;
        opened.database->write<QByteArray>([](Store &store) { return store.setting(QStringLiteral("saved")); }, &context,
                                           [&saved](const base::Result<QByteArray> &bytes) { saved = *bytes; });
        QTRY_VERIFY_WITH_TIMEOUT(saved.has_value(), kWaitMs);
        QCOMPARE(*saved, QByteArray("at the end"));
    }

    /// A reader that closes after the writer could not, and each start would recover the log.
    void theEndLeavesNoLogBehind()
    {
        Opened opened(2000);
        QVERIFY(opened.start());
        std::optional<base::Result<std::int64_t>> counted;
        opened.database->read<std::int64_t>(customerCount, opened.database.get(), [&](base::Result<std::int64_t> result) { counted = std::move(result); });
        std::optional<base::Result<CommitReport>> committed;
        opened.database->write<CommitReport>([](Store &store) { return store.commit(customers(10, 2000)); }, opened.database.get(),
                                           [&](base::Result<CommitReport> result) { committed = std::move(result); });
        QTRY_VERIFY_WITH_TIMEOUT(committed && counted, kWaitMs);
        QVERIFY(committed->ok() && counted->ok());
        const QFileInfo log(opened.profile.path() + QStringLiteral("-wal"));
        QVERIFY2(QFileInfo(log.filePath()).size() > 0, "nothing was written to a log: the test shows nothing");
        opened.database.reset();
        QVERIFY2(!QFileInfo::exists(log.filePath()) || QFileInfo(log.filePath()).size() == 0, "the log is still to be recovered");
    }

    void theEndWaitsForNoRead()
    {
        Opened opened;
        QVERIFY(opened.start());
        QObject context;
        QSemaphore running;
        for (int i = 0; i < 2; ++i) {
            opened.database->read<int>(
                [&running](ReadContext &reading) {
                    running.release();
                    return countForEver(reading);
                },
                &context, [](base::Result<int>) { QFAIL("answered after the end"); });
        }
        opened.database->read<int>(countForEver, &context, [](base::Result<int>) { QFAIL("answered after the end"); });
        QVERIFY(running.tryAcquire(2, kWaitMs));
        opened.database.reset();
        QCoreApplication::processEvents();
    }

    void aReadKeepsItsSnapshot()
    {
        Opened opened(5);
        QVERIFY(opened.start());
        QObject context;
        QSemaphore counted;
        QSemaphore written;
        std::int64_t first = -1;
        std::int64_t second = -1;
        opened.database->read<int>(
            [&](ReadContext &reading) -> base::Result<int> {
                first = customerCount(reading).value();
                counted.release();
                written.acquire();
                second = customerCount(reading).value();
                return 1;
            },
            &context, {});
        QVERIFY(counted.tryAcquire(1, kWaitMs));
        bool isDone = false;
        opened.database->commit(customers(1, 100), &context, [&](base::Result<CommitReport>) { written.release(); });
        std::int64_t later = -1;
        QTRY_VERIFY_WITH_TIMEOUT(second >= 0 || isDone, kWaitMs);
        opened.database->read<std::int64_t>(customerCount, &context, [&](base::Result<std::int64_t> answer) { later = answer.value(); });
        QTRY_COMPARE_WITH_TIMEOUT(later, 6, kWaitMs);
        QCOMPARE(first, 5);
        QCOMPARE(second, 5);
    }

    void aWindowShowsTheFirstPageThenAll()
    {
        Opened opened(450);
        QVERIFY(opened.start());
        RowWindow window(*opened.database);
        QSignalSpy first(&window, &RowWindow::firstPageReady);
        QSignalSpy order(&window, &RowWindow::orderChanged);
        QSignalSpy ready(&window, &RowWindow::rowsReady);
        QSignalSpy found(&window, &RowWindow::found);
        const model::EntityId entity = model::Catalog::standard()->entity(QStringLiteral("customer"))->id();
        const model::Field &name = *model::Catalog::standard()->entity(entity)->field(QStringLiteral("name"));
        window.setQuery({entity, {}, {{words("name"), false}}});
        QVERIFY(first.wait(kWaitMs));
        QCOMPARE(window.count(), 200);
        QVERIFY(!window.isComplete());
        QCOMPARE(window.row(0)->record.value(name).textOrEmpty(), words("Customer 00000"));
        QVERIFY(order.wait(kWaitMs));
        QCOMPARE(window.count(), 450);
        QVERIFY(window.row(449) == nullptr);
        while (window.row(449) == nullptr)
            QVERIFY(ready.wait(kWaitMs));
        QCOMPARE(window.row(449)->record.value(name).textOrEmpty(), words("Customer 00449"));
        QVERIFY(window.row(450) == nullptr);

        window.findPrefix(words("customer 0030"));
        QVERIFY(found.wait(kWaitMs));
        QCOMPARE(found.last().first().toLongLong(), 300);
        window.find(window.row(449)->record.id);
        QVERIFY(found.wait(kWaitMs));
        QCOMPARE(found.last().first().toLongLong(), 449);
    }

    void aWindowFollowsChanges()
    {
        Opened opened(3);
        QVERIFY(opened.start());
        RowWindow window(*opened.database);
        QSignalSpy order(&window, &RowWindow::orderChanged);
        const model::EntityId entity = model::Catalog::standard()->entity(QStringLiteral("customer"))->id();
        const model::Field &name = *model::Catalog::standard()->entity(entity)->field(QStringLiteral("name"));
        window.setQuery({entity, {}, {{words("name"), false}}});
        QVERIFY(order.wait(kWaitMs));
        QCOMPARE(window.count(), 3);
        const base::Id second = window.row(1)->record.id;
        QObject context;
        opened.database->commit(store_test::setOf({store_test::set(*model::Catalog::standard(), "customer", second, {{"name", store_test::text("Aaa")}})}),
                                &context, [](base::Result<CommitReport> report) { QVERIFY(report.ok()); });
        const auto firstName = [&] {
            const RowView *row = window.row(0);
            return row != nullptr ? row->record.value(name).textOrEmpty() : QString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(firstName(), words("Aaa"), kWaitMs);
        opened.database->commit(customers(1, 900), &context, {});
        QTRY_COMPARE_WITH_TIMEOUT(window.count(), 4, kWaitMs);
        QVERIFY(order.last().first().toBool());

        // A field that the order does not know: read anew, and the same.
        order.clear();
        opened.database->commit(store_test::setOf({store_test::set(*model::Catalog::standard(), "customer", second, {{"website", store_test::text("https://example.org")}})}),
                                &context, {});
        QVERIFY(order.wait(kWaitMs));
        QVERIFY(!order.last().first().toBool());
    }

    void anErrorInTheQueryIsTold()
    {
        Opened opened(1);
        QVERIFY(opened.start());
        RowWindow window(*opened.database);
        QSignalSpy failed(&window, &RowWindow::failed);
        window.setQuery({model::Catalog::standard()->entity(QStringLiteral("customer"))->id(), Filter::parse(words("nothing = 1")).value()});
        QVERIFY(failed.wait(kWaitMs));
        QCOMPARE(failed.first().first().value<base::Error>().code, base::ErrorCode::UnknownField);
    }
};

QTEST_GUILESS_MAIN(TestQueryThreads)
#include "tst_query_threads.moc"
