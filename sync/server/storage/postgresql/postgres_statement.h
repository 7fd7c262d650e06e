// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/storage/postgresql/postgres_driver.h"

#include <vector>

namespace fieldfare::server {

/// A prepared statement. It is prepared at the first step() on each connection, since the database says what type each parameter
/// has: a column of bytes takes integers and texts as their characters (the table `meta` holds all three), and gives them back as
/// whichever is asked for. Results come in binary and whole: statements that may find many rows say LIMIT, and a statement with a column
/// of a type that is not read here (numeric, such as a sum of bigints) fails.
class PostgresStatement final : public storage::StatementDriver {
public:
    PostgresStatement(PostgresDriver &driver, QByteArray sql) : m_driver(driver), m_sql(std::move(sql)) {}
    ~PostgresStatement() override;
    PostgresStatement(const PostgresStatement &) = delete;
    PostgresStatement &operator=(const PostgresStatement &) = delete;

    void bind(int index, qint64 value) override;
    void bind(int index, double value) override;
    void bindText(int index, QStringView text) override;
    void bindBlob(int index, QByteArrayView bytes) override;
    void bindNull(int index) override;
    void clearBindings() override { m_parameters.clear(); }
    [[nodiscard]] base::Result<bool> step() override;
    void reset() override;
    [[nodiscard]] int columnCount() const override;
    [[nodiscard]] int parameterCount() const override { return int(m_types.size()); }
    [[nodiscard]] qint64 int64(int column) const override;
    [[nodiscard]] double real(int column) const override;
    [[nodiscard]] bool isNull(int column) const override;
    [[nodiscard]] QByteArrayView bytesView(int column) const override;

private:
    struct Parameter {
        bool isSet = false;
        bool isBinary = false; ///< Bytes as they are; otherwise characters of a number.
        QByteArray bytes;
    };
    void set(int index, QByteArray bytes, bool isBinary);
    [[nodiscard]] QString context() const;
    [[nodiscard]] base::Result<void> prepare(pg_conn *connection);
    [[nodiscard]] base::Result<void> execute();

    PostgresDriver &m_driver;
    const QByteArray m_sql;
    QByteArray m_name;
    quint64 m_generation = 0; ///< Of the connection that knows the name; 0: none.
    std::vector<unsigned> m_types;
    std::vector<Parameter> m_parameters; ///< By index - 1.
    PostgresResult m_result;
    int m_row = -1;
};

} // namespace fieldfare::server
