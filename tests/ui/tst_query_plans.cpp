// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing that the window waits for reads a whole table: SQLite's own counters for every statement that lists, records, search and
// side bar run, on a company in which a scan is told from a look-up.
#include "app/bench/list_questions.h"
#include "app/composition/sample_company.h"
#include "core/store/search/search.h"
#include "core/store/search/search_index.h"
#include "tests/bench/statement_watch.h"
#include "tests/testlib/open_profile.h"
#include "ui/pages/records/records_page.h"
#include "ui/pages/settings/preferences.h"
#include "ui/shell/standard_modules.h"
#include "ui/widgets/list/entity_list.h"

#include <QApplication>
#include <QTest>

#include <sqlite3.h>

using namespace fieldfare;

namespace {

constexpr int kRecords = 3000;
constexpr std::int64_t kMostRows = 1000;    ///< Read by one run; the longest page and the most candidates of search are below it.
constexpr std::int64_t kMostSteps = 15'000; ///< Of SQLite's machine; five for each record.

bench::StatementWatch &watch()
{
    static bench::StatementWatch watch;
    return watch;
}

int watchNewConnection(sqlite3 *connection, const char **, const sqlite3_api_routines *)
{
    watch().watch(connection);
    return SQLITE_OK;
}

/// What read too much, with its counters.
QStringList offenders()
{
    QStringList found;
    for (const auto &[sql, use] : watch().uses()) {
        if (!bench::isBackgroundScan(sql) && (use.mostScanned > kMostRows || use.autoIndexed > kMostRows || use.mostSteps > kMostSteps))
            found.append(QStringLiteral("%1 rows scanned, %2 steps: %3").arg(use.mostScanned).arg(use.mostSteps).arg(QString::fromStdString(sql)));
    }
    return found;
}

} // namespace

class TestQueryPlans final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aScanIsFound();
    void lists();
    void searches();
    void openConflictsCostARowNothing();
    void theWindow();
    void cleanupTestCase();

private:
    std::unique_ptr<testlib::OpenProfile> m_profile;
};

void TestQueryPlans::initTestCase()
{
    // SQLite calls this for each connection that the process opens from now on (sqlite.org/c3ref/auto_extension.html).
    QCOMPARE(sqlite3_auto_extension(reinterpret_cast<void (*)()>(&watchNewConnection)), SQLITE_OK);
    m_profile = std::make_unique<testlib::OpenProfile>();
    QVERIFY(m_profile->open([](store::Store &store, testlib::FixedClock &) -> base::Result<void> {
        FIELDFARE_TRY(app::makeSampleCompany(store, {.customers = kRecords, .deals = kRecords, .tickets = kRecords, .interactions = kRecords}));
        for (bool more = true; more;) {
            FIELDFARE_ASSIGN(more, store::search::foldSome(store.connection(), *store.catalog(), std::chrono::milliseconds(200)));
        }
        return {};
    }));
    m_profile->settle();
    QVERIFY(!watch().uses().empty());
}

void TestQueryPlans::cleanupTestCase()
{
    sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(&watchNewConnection));
    m_profile.reset();
}

/// The check itself: a scan that nobody announced is seen, an announced one is passed over.
void TestQueryPlans::aScanIsFound()
{
    const auto run = [this](const char *sql) {
        watch().clear();
        return m_profile->onStore<qint64>([sql](store::Store &store) { return store.connection().queryInt64(QLatin1StringView(sql)); }).ok();
    };
    QVERIFY(run("SELECT sum(length(description)) FROM deal"));
    QCOMPARE(offenders().size(), 1);
    QVERIFY(run("SELECT count(*) FROM (SELECT 1 FROM deal WHERE trashed = 0 ORDER BY description LIMIT 5)"));
    QCOMPARE(offenders().size(), 1);
    QVERIFY(run("/* background: test */ SELECT sum(length(description)) FROM deal"));
    QCOMPARE(offenders(), QStringList());
}

void TestQueryPlans::lists()
{
    const auto questions = bench::listQuestions(*m_profile->database().catalog());
    QVERIFY(questions.ok());
    const auto ask = [this](const store::ListQuery &query) {
        return m_profile->onStore<qint64>([&query](store::Store &store) -> base::Result<qint64> {
            FIELDFARE_ASSIGN(const changes::ReplicaState state, store.replicaState());
            store::ListReader reader(store.connection(), store.catalog(), bench::listContext(store.clock().wallMs(), state.user));
            FIELDFARE_ASSIGN(const auto rows, reader.firstRows(query, store::ListReader::kPageRows));
            FIELDFARE_ASSIGN(const store::RowOrder order, reader.order(query));
            if (!rows.empty())
                FIELDFARE_TRY(reader.positionOf(order, query.entity, rows.back().record.id));
            return qint64(rows.size());
        });
    };
    for (const QList<store::ListQuery> &queries : {questions->sorts, questions->filters, questions->otherSorts}) {
        for (const store::ListQuery &query : queries) {
            static_cast<void>(ask(query)); // statements that are prepared once count from then on
            watch().clear();
            QVERIFY2(ask(query).ok(), qPrintable(bench::words(*m_profile->database().catalog(), query)));
            QVERIFY2(offenders().isEmpty(), qPrintable(bench::words(*m_profile->database().catalog(), query) + QLatin1Char('\n') + offenders().join(QLatin1Char('\n'))));
        }
    }
}

void TestQueryPlans::searches()
{
    for (const char *text : {"a", "张", "张伟", "anna sch", "4711", "C-0012", "T-1", "D-00", "info", "zhangwei", "有限公"}) {
        const auto ask = [&] {
            return m_profile->onStore<qint64>([text](store::Store &store) -> base::Result<qint64> {
                store::SearchRequest request;
                request.text = QString::fromUtf8(text);
                request.withText = true;
                FIELDFARE_TRY(store::Search(store.connection(), *store.catalog()).find(request));
                return qint64(0);
            });
        };
        static_cast<void>(ask());
        watch().clear();
        QVERIFY(ask().ok());
        QVERIFY2(offenders().isEmpty(), qPrintable(QString::fromUtf8(text) + QLatin1Char('\n') + offenders().join(QLatin1Char('\n'))));
    }
}

/// Whether a row has an open conflict is looked up by the row, not among all that are open.
void TestQueryPlans::openConflictsCostARowNothing()
{
    store::ListQuery newest;
    newest.entity = m_profile->database().catalog()->entity(QStringLiteral("customer"))->id();
    const auto read = [&](const char *before) {
        return m_profile->onStore<qint64>([&newest, before](store::Store &store) -> base::Result<qint64> {
            FIELDFARE_TRY(store.connection().execute(QLatin1StringView(before)));
            watch().clear();
            FIELDFARE_ASSIGN(const auto rows, store::ListReader(store.connection(), store.catalog(), {}).firstRows(newest));
            return qint64(rows.size());
        });
    };
    QCOMPARE(read("INSERT INTO conflict(id, trashed, status, record) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
                  "SELECT randomblob(16), 0, 'open', randomblob(18) FROM n").value(), store::ListReader::kPageRows);
    const QStringList found = offenders();
    QVERIFY(read("DELETE FROM conflict WHERE length(record) = 18 AND created_at IS NULL").ok());
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
}

/// Every page is opened, its first records are shown, and the palette asked.
void TestQueryPlans::theWindow()
{
    QTemporaryDir folder;
    ui::Theme theme(qApp);
    ui::Preferences preferences(folder.filePath(QStringLiteral("fieldfare.ini")));
    store::StandAloneStatus alone;
    const ui::MainWindow::Parts parts{m_profile->database(), theme, m_profile->names(), m_profile->texts(), m_profile->clock(), alone, false};
    const auto modules = ui::standardModules(*m_profile->database().catalog(), preferences, nullptr);
    ui::MainWindow window(parts, modules);
    window.resize(1440, 900);
    window.show();
    m_profile->settle();
    const auto tour = [&] {
        for (const auto &module : modules) {
            window.openPage(module.key);
            m_profile->settle();
            if (const auto *page = qobject_cast<ui::RecordsPage *>(window.currentPage())) {
                page->list().focusTable();
                for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Down, Qt::Key_End}) {
                    QTest::keyClick(QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : static_cast<QWidget *>(&window), key);
                    m_profile->settle();
                }
            }
        }
        window.showPalette();
        QTest::keyClicks(QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : static_cast<QWidget *>(&window), QStringLiteral("anna"));
        m_profile->settle();
        QTest::keyClick(QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : static_cast<QWidget *>(&window), Qt::Key_Escape);
    };
    tour();
    watch().clear();
    tour();
    QVERIFY(watch().uses().size() > 20);
    QVERIFY2(offenders().isEmpty(), qPrintable(offenders().join(QLatin1Char('\n'))));
}

QTEST_MAIN(TestQueryPlans)
#include "tst_query_plans.moc"
