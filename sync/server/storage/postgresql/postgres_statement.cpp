// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/postgresql/postgres_statement.h"

#include <QtEndian>

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <bit>

namespace fieldfare::server {

using base::ErrorCode;
using base::Result;

namespace {

constexpr int kMostParameters = 32766; // as SQLite has it
// pg_type.dat: numbers that are the same in every PostgreSQL
constexpr Oid kBool = 16;
constexpr Oid kInt8 = 20;
constexpr Oid kInt2 = 21;
constexpr Oid kInt4 = 23;
constexpr Oid kFloat8 = 701;
constexpr Oid kBytes = 17;
constexpr Oid kName = 19;
constexpr Oid kText = 25;
constexpr Oid kVarchar = 1043;
constexpr Oid kVoid = 2278;
constexpr int kBinary = 1;

/// Others come in formats of their own, and would be read as something else: a sum of bigints is a decimal.
bool isRead(Oid type)
{
    constexpr std::array kRead = {kBool, kInt8, kInt2, kInt4, kFloat8, kBytes, kName, kText, kVarchar, kVoid};
    return std::find(kRead.begin(), kRead.end(), type) != kRead.end();
}

} // namespace

PostgresStatement::~PostgresStatement()
{
    reset();
    if (m_generation == 0 || m_generation != m_driver.generation() || m_driver.isInTransaction())
        return; // inside a transaction a failure would end it; the name is never used again
    if (pg_conn *const connection = m_driver.handle(); connection != nullptr && m_generation == m_driver.generation())
        const PostgresResult dropped(PQexec(connection, ("DEALLOCATE " + m_name).constData()));
}

void PostgresStatement::set(int index, QByteArray bytes, bool isBinary)
{
    if (index < 1 || index > kMostParameters)
        return; // told by the next step(): the database wants another number of parameters
    if (m_parameters.size() < size_t(index))
        m_parameters.resize(size_t(index));
    m_parameters[size_t(index - 1)] = {true, isBinary, std::move(bytes)};
}

void PostgresStatement::bind(int index, qint64 value)
{
    set(index, QByteArray::number(value), false);
}

void PostgresStatement::bind(int index, double value)
{
    set(index, QByteArray::number(value, 'g', 17), false);
}

void PostgresStatement::bindText(int index, QStringView text)
{
    set(index, text.toUtf8(), true);
}

void PostgresStatement::bindBlob(int index, QByteArrayView bytes)
{
    set(index, bytes.toByteArray(), true);
}

void PostgresStatement::bindNull(int index)
{
    set(index, {}, false);
    if (index >= 1 && size_t(index) <= m_parameters.size())
        m_parameters[size_t(index - 1)].isSet = false;
}

QString PostgresStatement::context() const
{
    return QStringLiteral("running \"%1\"").arg(QString::fromUtf8(m_sql.left(200)).simplified());
}

Result<void> PostgresStatement::prepare(pg_conn *connection)
{
    m_name = m_driver.nextName();
    const PostgresResult prepared(PQprepare(connection, m_name.constData(), m_sql.constData(), 0, nullptr));
    if (PQresultStatus(prepared.get()) != PGRES_COMMAND_OK)
        return m_driver.failed(prepared.get(), context());
    const PostgresResult described(PQdescribePrepared(connection, m_name.constData()));
    if (PQresultStatus(described.get()) != PGRES_COMMAND_OK)
        return m_driver.failed(described.get(), context());
    for (int i = 0; i < PQnfields(described.get()); ++i) {
        if (!isRead(PQftype(described.get(), i)))
            return {ErrorCode::Internal, QStringLiteral("%1: column %2 is of a type that is not read; CAST it").arg(context()).arg(i)};
    }
    m_types.clear();
    for (int i = 0; i < PQnparams(described.get()); ++i)
        m_types.push_back(PQparamtype(described.get(), i));
    m_generation = m_driver.generation();
    return {};
}

Result<void> PostgresStatement::execute()
{
    pg_conn *const connection = m_driver.handle();
    if (connection == nullptr)
        return m_driver.failed(nullptr, context());
    if (m_generation != m_driver.generation())
        FIELDFARE_TRY(prepare(connection));
    if (m_parameters.size() > m_types.size())
        return {ErrorCode::InvalidArgument, QStringLiteral("binding to \"%1\": there are %2 parameters").arg(context()).arg(m_types.size())};
    m_parameters.resize(m_types.size());
    std::vector<const char *> values;
    std::vector<int> lengths;
    std::vector<int> formats;
    for (size_t i = 0; i < m_parameters.size(); ++i) {
        const Parameter &parameter = m_parameters[i];
        const bool isNumber = m_types[i] == kInt8 || m_types[i] == kInt4 || m_types[i] == kInt2 || m_types[i] == kFloat8 || m_types[i] == kBool;
        values.push_back(parameter.isSet ? parameter.bytes.constData() : nullptr);
        lengths.push_back(int(parameter.bytes.size()));
        formats.push_back(isNumber && !parameter.isBinary ? 0 : kBinary);
    }
    m_result.reset(PQexecPrepared(connection, m_name.constData(), int(values.size()), values.data(), lengths.data(), formats.data(), kBinary));
    const ExecStatusType status = PQresultStatus(m_result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        const base::Error error = m_driver.failed(m_result.get(), context());
        m_result.reset();
        return error;
    }
    m_driver.setChanges(QByteArray(PQcmdTuples(m_result.get())).toInt());
    return {};
}

Result<bool> PostgresStatement::step()
{
    if (m_result == nullptr) {
        FIELDFARE_TRY(execute());
        m_row = -1;
    }
    if (++m_row < PQntuples(m_result.get()))
        return true;
    reset();
    return false;
}

void PostgresStatement::reset()
{
    m_result.reset();
    m_row = -1;
}

int PostgresStatement::columnCount() const
{
    return m_result != nullptr ? PQnfields(m_result.get()) : 0;
}

bool PostgresStatement::isNull(int column) const
{
    return m_result == nullptr || PQgetisnull(m_result.get(), m_row, column) != 0;
}

QByteArrayView PostgresStatement::bytesView(int column) const
{
    if (isNull(column))
        return {};
    return {PQgetvalue(m_result.get(), m_row, column), PQgetlength(m_result.get(), m_row, column)};
}

qint64 PostgresStatement::int64(int column) const
{
    const QByteArrayView bytes = bytesView(column);
    if (bytes.isEmpty())
        return 0;
    switch (PQftype(m_result.get(), column)) {
    case kBool:
        return bytes[0] != 0 ? 1 : 0;
    case kInt8:
        return qFromBigEndian<qint64>(bytes.data());
    case kInt4:
        return qFromBigEndian<qint32>(bytes.data());
    case kInt2:
        return qFromBigEndian<qint16>(bytes.data());
    case kFloat8:
        return qint64(real(column));
    default:
        return bytes.toByteArray().toLongLong(); // characters
    }
}

double PostgresStatement::real(int column) const
{
    const QByteArrayView bytes = bytesView(column);
    if (bytes.isEmpty())
        return 0;
    return PQftype(m_result.get(), column) == kFloat8 ? std::bit_cast<double>(qFromBigEndian<quint64>(bytes.data())) : double(int64(column));
}

} // namespace fieldfare::server
