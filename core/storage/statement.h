// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/storage/bound_values.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace fieldfare::storage {

class StatementDriver;
class WriteBehind;

/// One prepared statement, made by Connection::statement() (cached) or Connection::prepare() (the caller's own).
///
/// It must not outlive its connection and is used from the connection's thread. Parameters count from 1, columns from
/// 0. A failure to prepare or to bind is remembered and returned by the next step() or run(), so that a chain of binds
/// needs no checks. A statement that was stepped to a row but not to its end keeps a read transaction open: reset() it,
/// or hold a StatementReset.
///
/// Nothing here names SQLite in public: behind the same methods stands another database, where the connection was opened over a
/// DatabaseDriver.
class Statement {
public:
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;
    ~Statement();

    void bind(int index, qint64 value);
    void bind(int index, int value) { bind(index, qint64(value)); }
    void bind(int index, bool value) { bind(index, qint64(value ? 1 : 0)); }
    void bind(int index, double value);
    /// The text is copied. A null view is bound as empty text, not as NULL.
    void bindText(int index, QStringView text);
    /// The bytes are copied. A null view is bound as an empty blob, not as NULL.
    void bindBlob(int index, QByteArrayView bytes);
    void bindNull(int index);
    void bind(int, const void *) = delete; // a pointer would turn into a bool

    /// True: a row is there to be read. False: the statement is done.
    /// Fails with the codes of sqliteError(); the statement is reset then.
    [[nodiscard]] base::Result<bool> step();
    /// Steps to the end, then resets. Rows are skipped.
    [[nodiscard]] base::Result<void> run();
    /// As run(), for a write of which nobody needs to know at once that it was made. In bulk writing with a thread of its own
    /// (Connection::setBulkWriting) it may still have to run when this returns; whatever else is done with the connection waits
    /// for it, and the next step(), run() or Transaction::commit() fails if it did.
    [[nodiscard]] base::Result<void> runLater();
    /// Ends the execution and clears nothing: bindings stay.
    void reset();
    void clearBindings();

    [[nodiscard]] int columnCount() const;
    [[nodiscard]] int parameterCount() const;
    /// Values of the current row; NULL reads as 0, empty text and a null byte array.
    [[nodiscard]] qint64 int64(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QByteArray blob(int column) const; ///< A deep copy.
    [[nodiscard]] bool isNull(int column) const;
    /// The bytes of a blob or text without a copy; valid until the next step() or reset().
    [[nodiscard]] QByteArrayView bytesView(int column) const;

    [[nodiscard]] QByteArray sql() const { return m_sql; }
    /// The query plan, one step a line, for tests that forbid full scans. Parameters count as unbound.
    [[nodiscard]] base::Result<QString> explain() const;

private:
    friend class Connection;
    friend class WriteBehind;
    Statement(sqlite3 *database, QByteArray sql, bool persistent, WriteBehind &behind);
    Statement(base::Result<std::unique_ptr<StatementDriver>> driver, QByteArray sql, WriteBehind &behind);
    void noteBinding(int code);
    [[nodiscard]] bool isInRange(int index);
    void setOpen(bool isOpen);
    [[nodiscard]] base::Result<bool> stepNow();
    /// On the writing thread.
    [[nodiscard]] base::Result<void> runPacked(std::span<const char> values);
    [[nodiscard]] base::Error failure(int code);

    const std::unique_ptr<StatementDriver> m_driver; ///< Null: SQLite.
    sqlite3 *m_database;
    WriteBehind &m_behind;
    sqlite3_stmt *m_statement = nullptr;
    QByteArray m_sql;
    std::optional<base::Error> m_error; ///< failed to prepare; for good
    int m_bindError = 0;                ///< first failed bind since clearBindings()
    bool m_isOpen = false;              ///< stands on a row
    BoundValues m_values;               ///< while writes run on another thread
    std::vector<QByteArray> m_texts;    ///< By parameter: what is bound as text, so that SQLite needs no copy of its own.
};

/// Resets a statement at the end of a scope.
class StatementReset {
public:
    explicit StatementReset(Statement &statement) : m_statement(statement) {}
    StatementReset(const StatementReset &) = delete;
    StatementReset &operator=(const StatementReset &) = delete;
    ~StatementReset() { m_statement.reset(); }

private:
    Statement &m_statement;
};

} // namespace fieldfare::storage
