// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/bulk_writing.h"
#include "core/storage/connection.h"
#include "core/storage/transaction.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <limits>
#include <sqlite3.h>

using namespace fieldfare;
using namespace fieldfare::storage;
using base::ErrorCode;

namespace {

std::unique_ptr<Connection> openMemory()
{
    OpenOptions options;
    options.inMemory = true;
    auto opened = Connection::open(options);
    return opened.ok() ? std::move(opened).value() : nullptr;
}

QLatin1StringView operator""_sql(const char *text, size_t size)
{
    return QLatin1StringView(text, qsizetype(size));
}

} // namespace

class TestStatement : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void valuesSurviveBindingAndReading()
    {
        const auto connection = openMemory();
        QVERIFY(connection);
        QVERIFY(connection->execute("CREATE TABLE t(a, b, c, d, e)"_sql).ok());
        const QString text = QString::fromUtf8("Grüße, 简体中文 \xF0\x9F\x90\xA6");
        const QByteArray blob("\0\1\2\xff", 4);
        Statement &insert = connection->statement("INSERT INTO t VALUES(?1, ?2, ?3, ?4, ?5)"_sql);
        QCOMPARE(insert.parameterCount(), 5);
        insert.bind(1, std::numeric_limits<qint64>::min());
        insert.bind(2, 0.1);
        insert.bindText(3, text);
        insert.bindBlob(4, blob);
        insert.bindNull(5);
        QVERIFY(insert.run().ok());
        QCOMPARE(connection->changes(), 1);
        QCOMPARE(connection->lastInsertRowId(), 1);

        Statement &read = connection->statement("SELECT a, b, c, d, e FROM t"_sql);
        QCOMPARE(read.columnCount(), 5);
        QCOMPARE(read.step().value(), true);
        QCOMPARE(read.int64(0), std::numeric_limits<qint64>::min());
        QCOMPARE(read.real(1), 0.1);
        QCOMPARE(read.text(2), text);
        QCOMPARE(read.blob(3), blob);
        QVERIFY(read.isNull(4) && !read.isNull(0));
        QCOMPARE(read.step().value(), false);
    }

    void bulkWritingIsDurableAndGoesBack()
    {
        QTemporaryDir folder;
        OpenOptions options;
        options.path = folder.filePath(QStringLiteral("a.db"));
        options.createIfMissing = true;
        const auto opened = Connection::open(options);
        QVERIFY(opened.ok());
        Connection &connection = **opened;
        const auto log = [&] { return QFileInfo(options.path + QStringLiteral("-wal")).size(); };
        QVERIFY(connection.execute("CREATE TABLE t(a)"_sql).ok());
        const qint64 cache = connection.queryInt64("PRAGMA cache_size"_sql).value();
        {
            const auto bulk = BulkWriting::begin(connection);
            QVERIFY(bulk.ok());
            QVERIFY(connection.queryInt64("PRAGMA cache_size"_sql).value() < cache); // in KiB below zero: larger
            QCOMPARE(connection.queryInt64("PRAGMA synchronous"_sql).value(), 2);    // a commit is on disk
            auto transaction = Transaction::begin(connection, Transaction::Mode::Immediate);
            QVERIFY(transaction.ok());
            Statement &insert = connection.statement("INSERT INTO t VALUES(zeroblob(3000))"_sql);
            for (int i = 0; i < 2000; ++i)
                QVERIFY(insert.run().ok());
            QVERIFY(transaction->commit().ok());
            QVERIFY(log() > 2000 * 3000); // not moved yet: more than the usual 1000 pages
        }
        QCOMPARE(log(), 0);
        QCOMPARE(connection.queryInt64("PRAGMA cache_size"_sql).value(), cache);
        QCOMPARE(connection.queryInt64("PRAGMA wal_autocheckpoint"_sql).value(), qint64(options.walAutoCheckpointPages));
        QCOMPARE(connection.queryInt64("SELECT count(*) FROM t"_sql).value(), 2000);
    }

    void emptyTextAndBlobAreNotNull()
    {
        const auto connection = openMemory();
        Statement &read = connection->statement("SELECT ?1, ?2, ?3"_sql);
        read.bindText(1, QStringView());
        read.bindBlob(2, QByteArrayView());
        QVERIFY(read.step().value());
        QVERIFY(!read.isNull(0) && !read.isNull(1));
        QVERIFY(read.isNull(2));
        QVERIFY(!read.blob(1).isNull() && read.blob(2).isNull());
    }

    void aCachedStatementComesBackWithoutBindings()
    {
        const auto connection = openMemory();
        Statement &first = connection->statement("SELECT ?1"_sql);
        first.bind(1, 7);
        QVERIFY(first.step().value());
        Statement &second = connection->statement(QStringLiteral("SELECT ?1"));
        QCOMPARE(&first, &second);
        QVERIFY(second.step().value());
        QVERIFY(second.isNull(0));
    }

    void failuresComeWithTheNextStep()
    {
        const auto connection = openMemory();
        QCOMPARE(connection->statement("SELECT nothing FROM nowhere"_sql).run().error().code, ErrorCode::Internal);
        Statement &read = connection->statement("SELECT ?1"_sql);
        read.bind(2, 1);
        QCOMPARE(read.step().error().code, ErrorCode::InvalidArgument);
        read.clearBindings();
        QVERIFY(read.step().ok());
        QCOMPARE(connection->statement("SELECT 1; SELECT 2"_sql).run().error().code, ErrorCode::InvalidArgument);
        QVERIFY(connection->statement("SELECT 1; \n"_sql).run().ok());
    }

    void aTransactionThatIsNotCommittedLeavesNothing()
    {
        const auto connection = openMemory();
        QVERIFY(connection->execute("CREATE TABLE t(a)"_sql).ok());
        {
            auto transaction = Transaction::begin(*connection, Transaction::Mode::Immediate);
            QVERIFY(transaction.ok());
            QVERIFY(connection->execute("INSERT INTO t VALUES(1)"_sql).ok());
        }
        QVERIFY(!connection->isInTransaction());
        QCOMPARE(connection->queryInt64("SELECT count(*) FROM t"_sql).value(), 0);
        {
            auto transaction = Transaction::begin(*connection, Transaction::Mode::Deferred);
            QVERIFY(transaction.ok());
            QVERIFY(connection->execute("INSERT INTO t VALUES(1)"_sql).ok());
            QVERIFY(transaction->commit().ok());
            QVERIFY(!transaction->commit().ok());
        }
        QCOMPARE(connection->queryInt64("SELECT count(*) FROM t"_sql).value(), 1);
    }

    void aProgressHookCancels()
    {
        const auto connection = openMemory();
        int calls = 0;
        connection->setProgressHook(100, [&calls] { return ++calls == 3; });
        const auto endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"_sql;
        QCOMPARE(connection->statement(endless).run().error().code, ErrorCode::Cancelled);
        QCOMPARE(calls, 3);
        connection->setProgressHook(0, {});
        QVERIFY(connection->execute("SELECT 1"_sql).ok());
    }

    void explainTellsAScanFromASearch()
    {
        const auto connection = openMemory();
        QVERIFY(connection->execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b)"_sql).ok());
        QVERIFY(connection->statement("SELECT b FROM t WHERE a = ?1"_sql).explain().value().contains("SEARCH"_sql));
        QVERIFY(connection->statement("SELECT a FROM t WHERE b = ?1"_sql).explain().value().contains("SCAN"_sql));
    }

    void openingReportsWhatIsWrong()
    {
        const QTemporaryDir folder;
        OpenOptions options;
        options.path = folder.filePath(QStringLiteral("missing 100%?#.db"));
        QCOMPARE(Connection::open(options).error().code, ErrorCode::NotFound);
        options.createIfMissing = true;
        {
            auto connection = Connection::open(options);
            QVERIFY(connection.ok());
            QVERIFY((*connection)->execute("CREATE TABLE t(a)"_sql).ok());
        }
        QVERIFY(QFileInfo::exists(options.path));
        options.readOnly = true;
        const auto reader = Connection::open(options);
        QVERIFY(reader.ok());
        QCOMPARE(reader.value()->execute("INSERT INTO t VALUES(1)"_sql).error().code, ErrorCode::PermissionDenied);

        QFile garbage(folder.filePath(QStringLiteral("garbage.db")));
        QVERIFY(garbage.open(QIODevice::WriteOnly));
        garbage.write(QByteArray(8192, 'x'));
        garbage.close();
        OpenOptions wrong;
        wrong.path = garbage.fileName();
        QCOMPARE(Connection::open(wrong).error().code, ErrorCode::FileDamaged);
    }

    void hooksRunOnceAndTheirErrorsEndTheOpening()
    {
        OpenOptions options;
        options.inMemory = true;
        int calls = 0;
        options.onOpened.push_back([&calls](sqlite3 *handle) -> base::Result<void> {
            ++calls;
            sqlite3_create_function(
                handle, "seven", 0, SQLITE_UTF8, nullptr,
                [](sqlite3_context *c, int, sqlite3_value **) { sqlite3_result_int(c, 7); }, nullptr, nullptr);
            return {};
        });
        {
            const auto connection = Connection::open(options);
            QCOMPARE(connection.value()->queryInt64("SELECT seven()"_sql).value(), 7);
        }
        QCOMPARE(calls, 1);
        options.onOpened.push_back([](sqlite3 *) -> base::Result<void> { return {ErrorCode::Unsupported, QString()}; });
        QCOMPARE(Connection::open(options).error().code, ErrorCode::Unsupported);
    }

    void aSecondWriterIsToldThatTheProfileIsInUse()
    {
        const QTemporaryDir folder;
        OpenOptions options;
        options.path = folder.filePath(QStringLiteral("two.db"));
        options.createIfMissing = true;
        const auto first = Connection::open(options);
        const auto second = Connection::open(options);
        QVERIFY(first.ok() && second.ok());
        const auto transaction = Transaction::begin(*first.value(), Transaction::Mode::Immediate);
        QVERIFY(transaction.ok());
        QCOMPARE(Transaction::begin(*second.value(), Transaction::Mode::Immediate).error().code,
                 ErrorCode::ProfileInUse);
    }
};

QTEST_GUILESS_MAIN(TestStatement)
#include "tst_statement.moc"
