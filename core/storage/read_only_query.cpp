// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/read_only_query.h"

#include "core/storage/sqlite_error.h"

#include <QElapsedTimer>

#include <sqlite3.h>

#include <algorithm>
#include <memory>

namespace fieldfare::storage::read_only_query {

namespace {

using base::Error;
using base::ErrorCode;

constexpr int kStepsBetweenLooks = 10'000; // of SQLite's machine: less than a millisecond
constexpr int kLongestValue = 64 * 1024 * 1024;

/// Pragmas that tell something, whatever their argument (a table, a number of lines).
constexpr const char *kTelling[] = {"table_info",       "table_xinfo",     "table_list",     "index_list",      "index_info",
                                    "index_xinfo",      "integrity_check", "quick_check",    "foreign_key_list", "foreign_key_check",
                                    "compile_options",  "collation_list",  "function_list",  "pragma_list",     "module_list"};
/// Pragmas that tell something without an argument, and change it with one.
constexpr const char *kTellingAlone[] = {"page_count",   "page_size",    "freelist_count", "schema_version", "user_version",  "application_id",
                                         "encoding",     "cache_size",     "synchronous",    "data_version",  "auto_vacuum",
                                         "secure_delete", "mmap_size",   "database_list",  "fieldfare_vfs",  "max_page_count"};
/// Functions that do more than compute.
constexpr const char *kRefused[] = {"load_extension", "fts3_tokenizer", "edit", "readfile", "writefile"};

template <size_t N>
bool isOneOf(const char *const (&names)[N], const char *name)
{
    return std::any_of(std::begin(names), std::end(names), [name](const char *one) { return sqlite3_stricmp(one, name) == 0; });
}

int authorize(void *, int action, const char *first, const char *second, const char *, const char *)
{
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        return isOneOf(kRefused, second) ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_PRAGMA:
        return isOneOf(kTelling, first) || (second == nullptr && isOneOf(kTellingAlone, first)) ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

/// For the time of one run: what a statement may do, how long it may take, how large a value may get.
class Bounds {
public:
    Bounds(Connection &connection, int ms) : m_connection(connection), m_length(sqlite3_limit(connection.handle(), SQLITE_LIMIT_LENGTH, kLongestValue))
    {
        m_spent.start();
        sqlite3_set_authorizer(connection.handle(), authorize, nullptr);
        connection.setProgressHook(kStepsBetweenLooks, [this, ms] { return m_spent.elapsed() > ms; });
    }
    Bounds(const Bounds &) = delete;
    Bounds &operator=(const Bounds &) = delete;
    ~Bounds()
    {
        m_connection.setProgressHook(0, {});
        sqlite3_set_authorizer(m_connection.handle(), nullptr, nullptr);
        sqlite3_limit(m_connection.handle(), SQLITE_LIMIT_LENGTH, m_length);
    }

private:
    Connection &m_connection;
    int m_length;
    QElapsedTimer m_spent;
};

struct Finalize {
    void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
};
using Prepared = std::unique_ptr<sqlite3_stmt, Finalize>;

Value valueOf(sqlite3_stmt *statement, int column)
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_type(statement, column) == SQLITE_BLOB ? sqlite3_column_blob(statement, column) : nullptr);
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        return qint64(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT:
        return sqlite3_column_double(statement, column);
    case SQLITE_TEXT:
        bytes = reinterpret_cast<const char *>(sqlite3_column_text(statement, column));
        return QString::fromUtf8(bytes, sqlite3_column_bytes(statement, column));
    case SQLITE_BLOB:
        return QByteArray(bytes, sqlite3_column_bytes(statement, column));
    default:
        return std::monostate();
    }
}

/// Names that come twice get a number.
QStringList columnsOf(sqlite3_stmt *statement)
{
    QStringList names;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        const QString name = QString::fromUtf8(sqlite3_column_name(statement, i));
        QString fresh = name;
        for (int n = 2; names.contains(fresh); ++n)
            fresh = QStringLiteral("%1_%2").arg(name).arg(n);
        names.append(fresh);
    }
    return names;
}

/// False: no more rows are wanted.
base::Result<bool> runOne(Connection &connection, sqlite3_stmt *statement, const Limits &limits, const RowSink &sink, End &end)
{
    const QStringList columns = columnsOf(statement);
    std::vector<Value> row(size_t(columns.size()));
    for (;;) {
        const int code = sqlite3_step(statement);
        if (code == SQLITE_DONE)
            return true;
        if (code == SQLITE_INTERRUPT)
            return Error{ErrorCode::Cancelled, QStringLiteral("it took longer than %1 ms").arg(limits.ms)};
        if (code != SQLITE_ROW)
            return sqliteError(connection.handle(), sqlite3_extended_errcode(connection.handle()), QStringLiteral("reading"));
        if (end.rows >= limits.rows) {
            end.isCut = true;
            return false;
        }
        ++end.rows;
        for (size_t i = 0; i < row.size(); ++i)
            row[i] = valueOf(statement, int(i));
        if (!sink(columns, row))
            return false;
    }
}

} // namespace

base::Result<End> run(Connection &connection, const QString &statements, const Limits &limits, const RowSink &sink)
{
    const QByteArray text = statements.toUtf8();
    const Bounds bounds(connection, limits.ms);
    End end;
    for (const char *next = text.constData(); next != nullptr && *next != '\0';) {
        sqlite3_stmt *made = nullptr;
        const int code = sqlite3_prepare_v2(connection.handle(), next, -1, &made, &next);
        const Prepared statement(made);
        if (code == SQLITE_ERROR || code == SQLITE_AUTH) {
            const QString said = QString::fromUtf8(sqlite3_errmsg(connection.handle()));
            return Error{ErrorCode::InvalidArgument, code == SQLITE_AUTH ? QStringLiteral("only reading is allowed (%1)").arg(said) : said};
        }
        if (code != SQLITE_OK)
            return sqliteError(connection.handle(), sqlite3_extended_errcode(connection.handle()), QStringLiteral("preparing"));
        if (statement == nullptr)
            continue; // a comment
        if (sqlite3_stmt_readonly(statement.get()) == 0)
            return Error{ErrorCode::InvalidArgument, QStringLiteral("only reading is allowed")};
        FIELDFARE_ASSIGN(const bool goesOn, runOne(connection, statement.get(), limits, sink, end));
        if (!goesOn)
            break;
    }
    return end;
}

} // namespace fieldfare::storage::read_only_query
