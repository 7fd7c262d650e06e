// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/statement.h"

#include "core/storage/database_driver.h"
#include "core/storage/sqlite_error.h"
#include "core/storage/write_behind.h"

#include <sqlite3.h>

namespace fieldfare::storage {

namespace {

constexpr int kMostParameters = 32766;      // SQLITE_MAX_VARIABLE_NUMBER
constexpr qsizetype kMostHeldBytes = 4096; // longer texts do not stay until the next call

/// Enough to find the statement, too little to carry values: SQL texts here hold parameters, never values.
QString nameOf(const QByteArray &sql)
{
    return QString::fromUtf8(sql.left(200)).simplified();
}

} // namespace

Statement::Statement(sqlite3 *database, QByteArray sql, bool persistent, WriteBehind &behind)
    : m_database(database), m_behind(behind), m_sql(std::move(sql))
{
    m_behind.wait();
    const char *tail = nullptr;
    const int code = sqlite3_prepare_v3(database, m_sql.constData(), int(m_sql.size()),
                                        persistent ? SQLITE_PREPARE_PERSISTENT : 0u, &m_statement, &tail);
    if (code != SQLITE_OK)
        m_error = sqliteError(database, code, QStringLiteral("preparing \"%1\"").arg(nameOf(m_sql)));
    else if (m_statement == nullptr)
        m_error = base::Error{base::ErrorCode::InvalidArgument, QStringLiteral("an empty statement")};
    else if (!QByteArrayView(tail, m_sql.constData() + m_sql.size() - tail).trimmed().isEmpty())
        m_error = base::Error{base::ErrorCode::InvalidArgument,
                              QStringLiteral("more than one statement in \"%1\"").arg(nameOf(m_sql))};
}

Statement::Statement(base::Result<std::unique_ptr<StatementDriver>> driver, QByteArray sql, WriteBehind &behind)
    : m_driver(driver.ok() ? std::move(driver).value() : nullptr), m_database(nullptr), m_behind(behind), m_sql(std::move(sql))
{
    if (!driver.ok())
        m_error = driver.error();
}

Statement::~Statement()
{
    m_behind.wait();
    setOpen(false);
    sqlite3_finalize(m_statement);
}

void Statement::noteBinding(int code)
{
    if (code != SQLITE_OK && m_bindError == SQLITE_OK)
        m_bindError = code;
}

bool Statement::isInRange(int index)
{
    const bool isInRange = index >= 1 && index <= kMostParameters;
    if (!isInRange)
        noteBinding(SQLITE_RANGE);
    return isInRange;
}

void Statement::bind(int index, qint64 value)
{
    if (m_driver != nullptr)
        return m_driver->bind(index, value);
    if (!isInRange(index))
        return;
    if (m_behind.isOn())
        return m_values.setInteger(index, value);
    noteBinding(sqlite3_bind_int64(m_statement, index, value));
}

void Statement::bind(int index, double value)
{
    if (m_driver != nullptr)
        return m_driver->bind(index, value);
    if (!isInRange(index))
        return;
    if (m_behind.isOn())
        return m_values.setReal(index, value);
    noteBinding(sqlite3_bind_double(m_statement, index, value));
}

void Statement::bindText(int index, QStringView text)
{
    if (m_driver != nullptr)
        return m_driver->bindText(index, text);
    if (!isInRange(index))
        return;
    if (m_behind.isOn())
        return m_values.setText(index, text);
    if (m_texts.size() <= size_t(index))
        m_texts.resize(size_t(index) + 1);
    QByteArray utf8 = text.toUtf8();
    const bool isHeld = utf8.size() <= kMostHeldBytes;
    const int code = sqlite3_bind_text64(m_statement, index, utf8.constData(), sqlite3_uint64(utf8.size()),
                                         isHeld ? SQLITE_STATIC : SQLITE_TRANSIENT, SQLITE_UTF8);
    noteBinding(code);
    if (code == SQLITE_OK) // otherwise the former text is still bound
        m_texts[size_t(index)] = isHeld ? std::move(utf8) : QByteArray();
}

void Statement::bindBlob(int index, QByteArrayView bytes)
{
    if (m_driver != nullptr)
        return m_driver->bindBlob(index, bytes);
    if (!isInRange(index))
        return;
    if (m_behind.isOn())
        return m_values.setBlob(index, bytes);
    const void *data = bytes.isNull() ? "" : static_cast<const void *>(bytes.data());
    noteBinding(sqlite3_bind_blob64(m_statement, index, data, sqlite3_uint64(bytes.size()), SQLITE_TRANSIENT));
}

void Statement::bindNull(int index)
{
    if (m_driver != nullptr)
        return m_driver->bindNull(index);
    if (!isInRange(index))
        return;
    if (m_behind.isOn())
        return m_values.setNull(index);
    noteBinding(sqlite3_bind_null(m_statement, index));
}

base::Error Statement::failure(int code)
{
    return sqliteError(m_database, code, QStringLiteral("running \"%1\"").arg(nameOf(m_sql)));
}

void Statement::setOpen(bool isOpen)
{
    m_behind.openStatements += int(isOpen) - int(m_isOpen);
    m_isOpen = isOpen;
}

base::Result<bool> Statement::step()
{
    if (m_error)
        return *m_error;
    if (m_driver != nullptr)
        return m_driver->step();
    if (m_behind.isOn() && !m_isOpen) {
        FIELDFARE_TRY(m_behind.settle());
        sqlite3_reset(m_statement);
        noteBinding(m_values.bindTo(m_statement));
    }
    return stepNow();
}

base::Result<bool> Statement::stepNow()
{
    if (m_bindError != SQLITE_OK) {
        return base::Error{
            base::ErrorCode::InvalidArgument,
            QStringLiteral("binding to \"%1\": %2").arg(nameOf(m_sql), QString::fromUtf8(sqlite3_errstr(m_bindError)))};
    }
    const int code = sqlite3_step(m_statement);
    setOpen(code == SQLITE_ROW);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE) {
        if (m_behind.isOn())
            sqlite3_reset(m_statement); // reset() leaves it alone, and values cannot be bound to it once bulk writing has ended
        return false;
    }
    const base::Error error = failure(sqlite3_extended_errcode(m_database));
    sqlite3_reset(m_statement);
    return error;
}

base::Result<void> Statement::run()
{
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, step());
        if (!row)
            break;
    }
    reset();
    return {};
}

base::Result<void> Statement::runLater()
{
    if (!m_behind.isOn() || m_behind.openStatements > 0 || m_error || m_bindError != SQLITE_OK)
        return run();
    m_behind.add(*this, m_values);
    return {};
}

base::Result<void> Statement::runPacked(std::span<const char> values)
{
    if (m_error)
        return *m_error;
    sqlite3_reset(m_statement);
    int code = BoundValues::bindPacked(m_statement, values);
    if (code == SQLITE_OK) {
        do {
            code = sqlite3_step(m_statement);
        } while (code == SQLITE_ROW);
    }
    base::Result<void> done;
    if (code != SQLITE_DONE)
        done = failure(sqlite3_extended_errcode(m_database));
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement); // the values are gone when this returns
    return done;
}

void Statement::reset()
{
    if (m_driver != nullptr)
        return m_driver->reset();
    if (m_behind.isOn() && !m_isOpen)
        return; // may be running on the other thread; step() begins anew anyway
    sqlite3_reset(m_statement);
    setOpen(false);
}

void Statement::clearBindings()
{
    if (m_driver != nullptr)
        return m_driver->clearBindings();
    if (m_behind.isOn())
        m_values.clear();
    else if (m_statement != nullptr)
        sqlite3_clear_bindings(m_statement);
    m_bindError = SQLITE_OK;
}

int Statement::columnCount() const
{
    return m_driver != nullptr ? m_driver->columnCount() : sqlite3_column_count(m_statement);
}

int Statement::parameterCount() const
{
    return m_driver != nullptr ? m_driver->parameterCount() : sqlite3_bind_parameter_count(m_statement);
}

qint64 Statement::int64(int column) const
{
    return m_driver != nullptr ? m_driver->int64(column) : sqlite3_column_int64(m_statement, column);
}

double Statement::real(int column) const
{
    return m_driver != nullptr ? m_driver->real(column) : sqlite3_column_double(m_statement, column);
}

QString Statement::text(int column) const
{
    if (m_driver != nullptr)
        return QString::fromUtf8(m_driver->bytesView(column));
    const auto *utf8 = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return QString::fromUtf8(utf8, utf8 != nullptr ? sqlite3_column_bytes(m_statement, column) : 0);
}

QByteArrayView Statement::bytesView(int column) const
{
    if (m_driver != nullptr)
        return m_driver->bytesView(column);
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return {bytes, qsizetype(bytes != nullptr ? sqlite3_column_bytes(m_statement, column) : 0)};
}

QByteArray Statement::blob(int column) const
{
    if (isNull(column))
        return {};
    const QByteArrayView view = bytesView(column);
    return view.isEmpty() ? QByteArray("") : view.toByteArray();
}

bool Statement::isNull(int column) const
{
    return m_driver != nullptr ? m_driver->isNull(column) : sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

base::Result<QString> Statement::explain() const
{
    if (m_error)
        return *m_error;
    if (m_driver != nullptr)
        return base::Error{base::ErrorCode::Unsupported, QStringLiteral("plans are looked at in SQLite only")};
    Statement plan(m_database, "EXPLAIN QUERY PLAN " + m_sql, false, m_behind);
    QStringList lines;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, plan.step());
        if (!row)
            return lines.join(u'\n');
        lines.append(plan.text(3));
    }
}

} // namespace fieldfare::storage
