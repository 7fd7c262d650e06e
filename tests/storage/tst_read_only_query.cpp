// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/read_only_query.h"
#include "tests/storage/storage_fixture.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;
using base::ErrorCode;
using read_only_query::Limits;
using read_only_query::Value;

class TestReadOnlyQuery : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<Connection> m_connection;
    std::vector<std::vector<Value>> m_rows;
    QStringList m_columns;

    base::Result<read_only_query::End> run(const char *sql, const Limits &limits = {})
    {
        m_rows.clear();
        return read_only_query::run(*m_connection, QString::fromUtf8(sql), limits, [this](const QStringList &columns, const std::vector<Value> &row) {
            m_columns = columns;
            m_rows.push_back(row);
            return true;
        });
    }

private Q_SLOTS:
    void initTestCase()
    {
        base::Secret::initializeHeap();
        OpenOptions options;
        options.path = m_folder.filePath(QStringLiteral("a.db"));
        options.createIfMissing = true;
        options.key = fixedKey(1);
        m_connection = Connection::open(options).value();
        QVERIFY(fill(*m_connection, 100));
        QVERIFY(m_connection->execute("CREATE TABLE t(a); CREATE VIRTUAL TABLE words USING fts5(text); INSERT INTO words VALUES('grey bird')"_sql).ok());
    }

    void valuesComeAsTheyAre()
    {
        const auto end = run("SELECT 1 AS a, 2.5 AS b, 'x' AS a, x'00ff' AS c, NULL AS d; -- a comment\n SELECT count(*) FROM bird;");
        QVERIFY2(end.ok(), end.ok() ? "" : qPrintable(end.error().detail));
        QCOMPARE(end->rows, 2);
        QVERIFY(m_rows.at(0) == (std::vector<Value>{qint64(1), 2.5, QStringLiteral("x"), QByteArray("\0\xff", 2), {}}));
        QVERIFY(m_rows.at(1) == std::vector<Value>{qint64(100)});
        QVERIFY(run("SELECT 1 AS a, 2 AS a").ok());
        QCOMPARE(m_columns, QStringList({QStringLiteral("a"), QStringLiteral("a_2")}));
    }

    void whatTellsSomethingIsAllowed()
    {
        for (const char *sql : {"PRAGMA integrity_check", "PRAGMA table_info(bird)", "PRAGMA encoding", "PRAGMA page_count", "EXPLAIN QUERY PLAN SELECT * FROM bird",
                                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT i FROM n", "SELECT text FROM words WHERE words MATCH 'bird'",
                                "SELECT name, sql FROM sqlite_schema"}) {
            const auto end = run(sql);
            QVERIFY2(end.ok() && end->rows > 0, qPrintable(QString::fromUtf8(sql) + QStringLiteral(": ") + (end.ok() ? QString() : end.error().detail)));
        }
    }

    void nothingElseIs_data()
    {
        QTest::addColumn<QByteArray>("sql");
        for (const char *sql : {"INSERT INTO t VALUES(1)", "UPDATE bird SET name = 'x'", "DELETE FROM bird", "REPLACE INTO t VALUES(1)", "CREATE TABLE u(a)", "CREATE TEMP TABLE u(a)", "DROP TABLE t",
                                "ALTER TABLE t RENAME TO u", "CREATE INDEX i ON t(a)", "CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT 1; END", "CREATE VIEW v AS SELECT 1", "BEGIN", "BEGIN IMMEDIATE",
                                "COMMIT", "ROLLBACK", "SAVEPOINT s", "ATTACH ':memory:' AS m", "ATTACH '/tmp/other.db' AS m", "DETACH main", "VACUUM", "VACUUM INTO '/tmp/other.db'", "REINDEX", "ANALYZE",
                                "SELECT load_extension('x')", "PRAGMA journal_mode", "PRAGMA journal_mode=DELETE", "PRAGMA user_version=7", "PRAGMA synchronous=OFF", "PRAGMA writable_schema=ON", "PRAGMA wal_checkpoint(TRUNCATE)",
                                "PRAGMA optimize", "PRAGMA incremental_vacuum", "PRAGMA temp_store_directory='/tmp'", "PRAGMA key='x'", "PRAGMA shrink_memory",
                                "INSERT INTO words(words) VALUES('rebuild')", "WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x", "UPDATE t SET a = 1 RETURNING a",
                                "SELECT 1; DELETE FROM bird", "/* SELECT */ DELETE FROM bird", "explain_me", "SELEC", "SELECT * FROM nowhere"})
            QTest::newRow(sql) << QByteArray(sql);
    }
    void nothingElseIs()
    {
        QFETCH(const QByteArray, sql);
        const qint64 before = m_connection->totalChanges();
        const auto end = run(sql.constData());
        QVERIFY(!end.ok());
        QCOMPARE(end.error().code, ErrorCode::InvalidArgument);
        QVERIFY(!end.error().detail.isEmpty());
        QCOMPARE(m_connection->totalChanges(), before);
        QVERIFY(!m_connection->isInTransaction());
        QVERIFY(!QFileInfo::exists(QStringLiteral("/tmp/other.db")));
        QCOMPARE(countRows(*m_connection), 100);
    }

    void rowsAndTimeAreBounded()
    {
        const auto cut = run("SELECT number FROM bird; SELECT 1", {.rows = 7});
        QVERIFY(cut.ok() && cut->isCut);
        QCOMPARE(m_rows.size(), size_t(7));
        QVERIFY(!run("SELECT number FROM bird LIMIT 7", {.rows = 7})->isCut);
        QElapsedTimer spent;
        spent.start();
        const auto late = run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", {.ms = 50});
        QCOMPARE(late.error().code, ErrorCode::Cancelled);
        QVERIFY(spent.elapsed() < 20'000);
        QVERIFY(!run("SELECT length(zeroblob(900000000))").ok());
    }

    void theConnectionIsFreeAgainAfterwards()
    {
        Statement &insert = m_connection->statement("INSERT INTO t VALUES(5)"_sql);
        QVERIFY(insert.run().ok());
        QVERIFY(!run("DELETE FROM t").ok());
        QVERIFY(m_connection->statement("INSERT INTO t VALUES(5)"_sql).run().ok());
        QVERIFY(m_connection->execute("DELETE FROM t; PRAGMA user_version=3"_sql).ok());
    }
};

QTEST_GUILESS_MAIN(TestReadOnlyQuery)
#include "tst_read_only_query.moc"
