// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/bare_table.h"

#include "core/base/id.h"
#include "core/storage/statement.h"
#include "core/storage/transaction.h"

#include <QElapsedTimer>

#include <sqlite3.h>

namespace fieldfare::bench {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

/// A row as SQLite values, so that the reading is not measured.
struct Row {
    std::vector<sqlite3_value *> values;
};

Error sqlError(sqlite3 *db)
{
    return Error{ErrorCode::Internal, QString::fromUtf8(sqlite3_errmsg(db))};
}

} // namespace

Result<BareTable> BareTable::copyOf(storage::Connection &source, const QString &table, const QString &path, std::shared_ptr<const storage::DataKey> key)
{
    BareTable bare;
    bare.m_source = &source;
    bare.m_table = table;
    storage::OpenOptions options;
    options.path = path;
    options.createIfMissing = true;
    options.key = std::move(key);
    FIELDFARE_ASSIGN(bare.m_connection, storage::Connection::open(options));
    FIELDFARE_ASSIGN(const auto schema, source.prepare(QStringLiteral("SELECT sql FROM sqlite_master WHERE tbl_name = ?1 AND sql IS NOT NULL ORDER BY type DESC")));
    schema->bindText(1, table);
    while (true) {
        FIELDFARE_ASSIGN(const bool more, schema->step());
        if (!more)
            break;
        FIELDFARE_TRY(bare.m_connection->execute(schema->text(0)));
    }
    return bare;
}

Result<double> BareTable::insertAllAgain(int rowsATransaction)
{
    sqlite3 *from = m_source->handle();
    sqlite3 *to = m_connection->handle();
    sqlite3_stmt *read = nullptr;
    if (sqlite3_prepare_v2(from, ("SELECT * FROM " + m_table.toLatin1() + " ORDER BY rid").constData(), -1, &read, nullptr) != SQLITE_OK)
        return sqlError(from);
    const int columns = sqlite3_column_count(read);
    std::vector<Row> rows;
    while (sqlite3_step(read) == SQLITE_ROW) {
        Row row;
        for (int i = 0; i < columns; ++i)
            row.values.push_back(sqlite3_value_dup(sqlite3_column_value(read, i)));
        rows.push_back(std::move(row));
    }
    sqlite3_finalize(read);
    QByteArray marks = "?";
    for (int i = 1; i < columns; ++i)
        marks += ",?";
    sqlite3_stmt *write = nullptr;
    if (sqlite3_prepare_v2(to, ("INSERT INTO " + m_table.toLatin1() + " VALUES (" + marks + ")").constData(), -1, &write, nullptr) != SQLITE_OK)
        return sqlError(to);
    QElapsedTimer timer;
    timer.start();
    size_t done = 0;
    bool failed = false;
    while (done < rows.size() && !failed) {
        failed = sqlite3_exec(to, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) != SQLITE_OK;
        for (int i = 0; i < rowsATransaction && done < rows.size() && !failed; ++i, ++done) {
            for (int c = 0; c < columns; ++c)
                sqlite3_bind_value(write, c + 1, rows[done].values[size_t(c)]);
            failed = sqlite3_step(write) != SQLITE_DONE;
            sqlite3_reset(write);
        }
        failed = failed || sqlite3_exec(to, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK;
    }
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    sqlite3_finalize(write);
    for (const Row &row : rows) {
        for (sqlite3_value *value : row.values)
            sqlite3_value_free(value);
    }
    if (failed)
        return sqlError(to);
    return seconds;
}

Result<std::vector<base::Id>> BareTable::someIds(int count)
{
    std::vector<base::Id> ids;
    FIELDFARE_ASSIGN(const auto read, m_connection->prepare(QStringLiteral("SELECT id FROM %1 ORDER BY rid * 7919 % 100003 LIMIT %2").arg(m_table).arg(count)));
    while (true) {
        FIELDFARE_ASSIGN(const bool more, read->step());
        if (!more)
            break;
        ids.push_back(base::Id::fromBytes(read->blob(0)));
    }
    return ids;
}

Result<void> BareTable::updateText(const QString &column, const base::Id &id, const QString &text)
{
    FIELDFARE_ASSIGN(auto transaction, storage::Transaction::begin(*m_connection, storage::Transaction::Mode::Immediate));
    storage::Statement &update = m_connection->statement(QStringLiteral("UPDATE %1 SET %2 = ?1 WHERE id = ?2").arg(m_table, column));
    update.bindText(1, text);
    update.bindBlob(2, id.toBytes());
    FIELDFARE_TRY(update.run());
    return transaction.commit();
}

Result<void> BareTable::close()
{
    FIELDFARE_TRY(m_connection->checkpoint(true));
    m_connection.reset();
    return {};
}

Result<std::map<QString, std::int64_t>> bytesByTable(storage::Connection &connection)
{
    storage::Statement &query = connection.statement(QLatin1StringView("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"));
    const storage::StatementReset reset(query);
    std::map<QString, std::int64_t> bytes;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query.step());
        if (!row)
            return bytes;
        bytes[query.text(0)] = query.int64(1);
    }
}

} // namespace fieldfare::bench
