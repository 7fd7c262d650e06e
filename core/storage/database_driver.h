// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace fieldfare::storage {

/// The SQL that a connection's database speaks, where it differs.
enum class Dialect {
    Sqlite,
    PostgreSql,
};

/// What stands behind a Statement of another database than SQLite. Same rules as Statement: parameters from 1, columns from 0,
/// the connection's thread; a failed bind is told by the next step().
class StatementDriver {
public:
    virtual ~StatementDriver() = default;

    virtual void bind(int index, qint64 value) = 0;
    virtual void bind(int index, double value) = 0;
    virtual void bindText(int index, QStringView text) = 0;
    virtual void bindBlob(int index, QByteArrayView bytes) = 0;
    virtual void bindNull(int index) = 0;
    virtual void clearBindings() = 0;

    [[nodiscard]] virtual base::Result<bool> step() = 0;
    virtual void reset() = 0;

    [[nodiscard]] virtual int columnCount() const = 0;
    [[nodiscard]] virtual int parameterCount() const = 0;
    [[nodiscard]] virtual qint64 int64(int column) const = 0;
    [[nodiscard]] virtual double real(int column) const = 0;
    [[nodiscard]] virtual bool isNull(int column) const = 0;
    /// Of a blob or text; valid until the next step() or reset().
    [[nodiscard]] virtual QByteArrayView bytesView(int column) const = 0;
};

/// What stands behind a Connection to another database than SQLite. It takes the product's own SQL: where the database says
/// something differently, the driver translates. Same thread rules as Connection: only interrupt() may be called from any.
class DatabaseDriver {
public:
    virtual ~DatabaseDriver() = default;

    [[nodiscard]] virtual Dialect dialect() const = 0;
    /// A failure to prepare is told here, or by the first step().
    [[nodiscard]] virtual base::Result<std::unique_ptr<StatementDriver>> prepare(const QByteArray &sql) = 0;
    /// One or more statements without parameters.
    [[nodiscard]] virtual base::Result<void> execute(const QString &sql) = 0;

    [[nodiscard]] virtual base::Result<void> begin(bool isForWriting) = 0;
    [[nodiscard]] virtual base::Result<void> commit() = 0;
    /// Harmless when the transaction has ended, or the connection is lost.
    virtual void rollback() = 0;
    [[nodiscard]] virtual bool isInTransaction() const = 0;
    /// Rows changed by the last INSERT, UPDATE or DELETE.
    [[nodiscard]] virtual int changes() const = 0;
    virtual void interrupt() = 0;

    /// Whether the transaction that failed may be run again from its beginning, on a connection that works: after a lost
    /// connection, a deadlock or a serialization failure, a bounded number of times after each other with a wait in between.
    /// False when nothing of this kind was the matter, when it was tried often enough, or when the transaction was committed.
    [[nodiscard]] virtual bool recovers() = 0;
    /// Asked after a commit() that failed: its answer was lost, but it is known to have taken effect. Blocks until that is known.
    [[nodiscard]] virtual bool wasCommitted() = 0;
};

} // namespace fieldfare::storage
