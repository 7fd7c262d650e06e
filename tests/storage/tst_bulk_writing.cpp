// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Writes that run on a thread of their own: the same rows, in the same order, and no failure that goes untold.
#include "core/storage/transaction.h"
#include "core/store/bulk_writing.h"
#include "tests/storage/store_fixture.h"

#include <QTest>

using namespace fieldfare;
using namespace fieldfare::store_test;
using storage::BulkWriting;
using storage::Connection;
using storage::Statement;
using storage::Transaction;

namespace {

std::unique_ptr<Connection> openWithTable()
{
    storage::OpenOptions options;
    options.inMemory = true;
    auto opened = Connection::open(options);
    if (!opened.ok() || !(*opened)->execute(QStringLiteral("CREATE TABLE t(a INTEGER PRIMARY KEY, b, c, d, e)")).ok())
        return nullptr;
    return std::move(opened).value();
}

base::Result<Transaction> begin(Connection &connection)
{
    return Transaction::begin(connection, Transaction::Mode::Immediate);
}

base::Result<void> insertLater(Connection &connection, qint64 key, const QString &words = {})
{
    Statement &insert = connection.statement(QLatin1StringView("INSERT INTO t VALUES(?1, ?2, ?3, ?4, ?5)"));
    insert.bind(1, key);
    insert.bindText(2, words);
    insert.bind(3, double(key) / 2);
    insert.bindBlob(4, QByteArray(int(key % 3), '\0'));
    return insert.runLater();
}

qint64 countOf(Connection &connection)
{
    const auto count = connection.queryInt64(QLatin1StringView("SELECT count(*) FROM t"));
    return count.ok() ? *count : -1;
}

bool stepped(Statement &read)
{
    const auto row = read.step();
    return row.ok() && *row;
}

/// All of a table, a row a line.
QStringList dump(Connection &connection, const QString &columns, const QString &table)
{
    QStringList lines;
    const auto read = connection.prepare(QStringLiteral("SELECT %1 FROM %2 ORDER BY 1").arg(columns, table));
    while (read.ok() && stepped(**read)) {
        QByteArrayList cells;
        for (int i = 0; i < (*read)->columnCount(); ++i)
            cells.append((*read)->isNull(i) ? QByteArrayLiteral("null") : (*read)->blob(i).toHex());
        lines.append(QString::fromLatin1(cells.join(' ')));
    }
    return lines;
}

/// Three commits of one action, one of them with a change that is refused.
QList<QStringList> imported(bool inBulk)
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer catalog = store.catalog();
    {
        std::optional<BulkWriting> bulk;
        if (inBulk) {
            auto begun = store::beginBulkWriting(store);
            bulk.emplace(std::move(begun).value());
        }
        const base::Id action = store.newId();
        for (int chunk = 0; chunk < 3; ++chunk) {
            store::ChangeSet set = setOf({});
            set.action = action;
            set.skipRefused = true;
            set.durableLater = chunk < 2;
            set.finished = chunk == 2;
            set.chunkChanges = 400;
            for (int i = 0; i < 300; ++i) {
                const QString name = i == 7 ? QString() : QStringLiteral("Kunde %1 在 %2").arg(chunk).arg(i);
                set.changes.push_back(create(*catalog, "customer", {{"name", model::Value(name)}, {"phone", text("555 1234")}, {"next_step_at", number(20'000 + i)}}));
            }
            if (!store.commit(std::move(set)).ok())
                return {};
        }
        if (bulk && !bulk->lostCommit().ok())
            return {};
    }
    Connection &file = store.connection();
    return {dump(file, QStringLiteral("rid, id, number, name, phone, next_step_at, created_n, modified_at"), QStringLiteral("customer")),
            dump(file, QStringLiteral("n, content, hash, rolling"), QStringLiteral("outbox")),
            dump(file, QStringLiteral("seq, record, kind, n, aid, at"), QStringLiteral("history")),
            dump(file, QStringLiteral("aid, created, finished"), QStringLiteral("action"))};
}

} // namespace

class TestBulkWriting : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsSeeWhatIsOnItsWay();
    void aFailedWriteFailsItsCommit();
    void aFailedWriteFailsTheNextRead();
    void aLostCommitIsToldAndLeavesNothing();
    void nothingRunsBesideAnOpenRow();
    void theStoreWritesTheSame();
    void aKnownIdIsFound();
    void aFullDiskLosesNoCommitUntold();
};

void TestBulkWriting::readsSeeWhatIsOnItsWay()
{
    const auto connection = openWithTable();
    QVERIFY(connection);
    const auto bulk = BulkWriting::begin(*connection);
    QVERIFY(bulk.ok() && connection->writesBehind());
    auto transaction = begin(*connection);
    QVERIFY(transaction.ok());
    const QString words = QString::fromUtf8("Grüße, 简体中文");
    for (qint64 key = 1; key <= 20'000; ++key)
        QVERIFY(insertLater(*connection, key, key % 2 == 0 ? words : QStringLiteral("plain")).ok());
    QCOMPARE(countOf(*connection), 20'000);
    QCOMPARE(connection->lastInsertRowId(), 20'000);
    QVERIFY(transaction->commitLater().ok());
    QVERIFY(!connection->isInTransaction());
    Statement &read = connection->statement(QLatin1StringView("SELECT b, c, d, e FROM t WHERE a = ?"));
    read.bind(1, 20'000);
    QVERIFY(read.step().value());
    QCOMPARE(read.text(0), words);
    QCOMPARE(read.real(1), 10'000.0);
    QCOMPARE(read.blob(2), QByteArray(2, '\0'));
    QVERIFY(read.isNull(3)); // what was bound to the same statement before does not stay
    read.reset();
    QVERIFY(bulk->lostCommit().ok());
}

void TestBulkWriting::aFailedWriteFailsItsCommit()
{
    const auto connection = openWithTable();
    const auto bulk = BulkWriting::begin(*connection);
    auto transaction = begin(*connection);
    QVERIFY(insertLater(*connection, 1).ok());
    QVERIFY(insertLater(*connection, 1).ok()); // nobody knows yet
    QVERIFY(insertLater(*connection, 2).ok());
    QVERIFY(!transaction->commit().ok());
    QCOMPARE(countOf(*connection), 0);
    QVERIFY(bulk->lostCommit().ok()); // it was told
    auto next = begin(*connection);
    QVERIFY(insertLater(*connection, 1).ok());
    QVERIFY(next->commit().ok());
    QCOMPARE(countOf(*connection), 1);
}

void TestBulkWriting::aFailedWriteFailsTheNextRead()
{
    const auto connection = openWithTable();
    const auto bulk = BulkWriting::begin(*connection);
    auto transaction = begin(*connection);
    QVERIFY(insertLater(*connection, 1).ok());
    QVERIFY(insertLater(*connection, 1).ok());
    QCOMPARE(countOf(*connection), -1);
    transaction->rollback();
    QCOMPARE(countOf(*connection), 0);
}

void TestBulkWriting::aLostCommitIsToldAndLeavesNothing()
{
    const auto connection = openWithTable();
    const auto bulk = BulkWriting::begin(*connection);
    auto first = begin(*connection);
    QVERIFY(insertLater(*connection, 1).ok());
    QVERIFY(first->commitLater().ok());
    auto lost = begin(*connection);
    QVERIFY(insertLater(*connection, 2).ok());
    QVERIFY(insertLater(*connection, 1).ok());
    QVERIFY(insertLater(*connection, 3).ok());
    QVERIFY(lost->commitLater().ok());
    auto third = begin(*connection); // somebody else's: not hurt
    QVERIFY(third.ok());
    QVERIFY(insertLater(*connection, 4).ok());
    QVERIFY(third->commit().ok());
    QVERIFY(!bulk->lostCommit().ok());
    QVERIFY(!bulk->lostCommit().ok());
    QCOMPARE(countOf(*connection), 2);
    QVERIFY(!connection->setBulkWriting(false).ok());
    QVERIFY(!connection->writesBehind());
}

void TestBulkWriting::nothingRunsBesideAnOpenRow()
{
    const auto connection = openWithTable();
    const auto bulk = BulkWriting::begin(*connection);
    auto transaction = begin(*connection);
    for (qint64 key = 1; key <= 10; ++key)
        QVERIFY(insertLater(*connection, key).ok());
    const auto read = connection->prepare(QStringLiteral("SELECT a FROM t WHERE a <= 10"));
    int rows = 0;
    while (stepped(**read)) {
        ++rows;
        QVERIFY(insertLater(*connection, 100 + (*read)->int64(0)).ok());
    }
    QCOMPARE(rows, 10);
    QVERIFY(transaction->commit().ok());
    QCOMPARE(countOf(*connection), 20);
}

void TestBulkWriting::theStoreWritesTheSame()
{
    const QList<QStringList> expected = imported(false);
    QCOMPARE(expected.size(), 4);
    QCOMPARE(expected.first().size(), 3 * 299);
    QCOMPARE(imported(true), expected);
}

void TestBulkWriting::aKnownIdIsFound()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer catalog = store.catalog();
    const base::Id old = commit(store, create(*catalog, "customer", {{"name", text("A")}})).results.front().record;
    const auto bulk = store::beginBulkWriting(store);
    const base::Id fresh = store.newId();
    commit(store, create(*catalog, "customer", {{"name", text("B")}}, fresh));
    for (const base::Id &id : {old, fresh}) {
        const auto again = store.commit(setOf({create(*catalog, "customer", {{"name", text("C")}}, id)}));
        QVERIFY(!again.ok());
        QVERIFY(again.error().code == base::ErrorCode::AlreadyExists);
    }
    const base::Id twice = store.newId();
    const auto pair = store.commit(setOf({create(*catalog, "customer", {{"name", text("D")}}, twice), create(*catalog, "customer", {{"name", text("E")}}, twice)}));
    QVERIFY(!pair.ok());
    commit(store, set(*catalog, "customer", fresh, {{"name", text("F")}}));
    QCOMPARE(valueOf(store, "customer", fresh, "name"), text("F"));
}

void TestBulkWriting::aFullDiskLosesNoCommitUntold()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer catalog = store.catalog();
    const auto bulk = store::beginBulkWriting(store);
    commit(store, create(*catalog, "customer", {{"name", text("kept")}}));
    QVERIFY(store.connection().execute(QStringLiteral("PRAGMA max_page_count = 1")).ok()); // SQLite's error of a full disk
    store::ChangeSet set = setOf({});
    set.durableLater = true;
    for (int i = 0; i < 400; ++i)
        set.changes.push_back(create(*catalog, "customer", {{"name", text("A")}, {"needs", model::Value(QString(2000, u'x'))}}));
    const auto committed = store.commit(std::move(set));
    // Whoever comes first, a later statement of the commit or the commit's own end, tells it, and nobody twice.
    const auto lost = bulk->lostCommit();
    QVERIFY(committed.ok() != lost.ok());
    QVERIFY((committed.ok() ? lost.error() : committed.error()).code == base::ErrorCode::DiskFull);
    QVERIFY(!store.connection().isInTransaction());
    QVERIFY(store.connection().execute(QStringLiteral("PRAGMA max_page_count = 1000000")).ok());
    QCOMPARE(*store.connection().queryInt64(QLatin1StringView("SELECT count(*) FROM customer")), 1);
    QCOMPARE(*store.connection().queryInt64(QLatin1StringView("SELECT count(*) FROM outbox")), 1);
    commit(store, create(*catalog, "customer", {{"name", text("after")}})); // the store goes on
    QCOMPARE(*store.connection().queryInt64(QLatin1StringView("SELECT count(*) FROM outbox")), 2);
}

QTEST_GUILESS_MAIN(TestBulkWriting)
#include "tst_bulk_writing.moc"
