// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/operation_log.h"

#include "sync/server/storage/id_binding.h"

#include <QCborStreamReader>
#include <QCborStreamWriter>

namespace fieldfare::server {

using base::ErrorCode;
using base::Id;
using base::Result;
using changes::OperationName;
using changes::Verdict;
using storage::Statement;
using storage::StatementReset;

namespace {

// Order of the columns in selectSql().
enum Column { N, DeviceId, Incarnation, Hash, OriginDevice, OriginIncarnation, OriginN, Rolling, Version, StandsFor,
              StandingVersion, Entity, Record, Field, Custom, CorrectedMs, Uncertain, User, WallMs, DeviceName };

constexpr const char *kSelect =
    "SELECT o.n, d.id, o.incarnation, o.hash, o.origin_device, o.origin_incarnation, o.origin_n, o.rolling, o.version, "
    "o.stands_for, o.standing_version, o.entity, o.record, o.field, o.custom, o.corrected_ms, o.uncertain, o.user, "
    "o.wall_ms, d.name FROM operations o LEFT JOIN devices d ON d.no=o.device WHERE ";

QByteArray encodeVerdict(const Verdict &verdict)
{
    QByteArray bytes;
    QCborStreamWriter writer(&bytes);
    writer.startArray(4);
    writer.append(quint64(verdict.outcome));
    writer.append(quint64(verdict.version));
    model::writeValue(writer, verdict.value);
    writer.append(QStringView(verdict.reason));
    writer.endArray();
    return bytes;
}

base::Error damaged()
{
    return {ErrorCode::FileDamaged, QStringLiteral("malformed verdict in the log")};
}

Result<Verdict> decodeVerdict(std::uint64_t n, const QByteArray &bytes)
{
    QCborStreamReader reader(bytes);
    if (!reader.isArray() || !reader.enterContainer() || !reader.isUnsignedInteger())
        return damaged();
    Verdict verdict;
    verdict.n = n;
    verdict.outcome = changes::Outcome(reader.toUnsignedInteger());
    if (!reader.next() || !reader.isUnsignedInteger())
        return damaged();
    verdict.version = reader.toUnsignedInteger();
    if (!reader.next())
        return damaged();
    FIELDFARE_ASSIGN(verdict.value, model::readValue(reader));
    if (!reader.isString())
        return damaged();
    auto chunk = reader.readString();
    for (; chunk.status == QCborStreamReader::Ok; chunk = reader.readString())
        verdict.reason += chunk.data;
    if (chunk.status == QCborStreamReader::Error)
        return damaged();
    return verdict;
}

LoggedOperation readOperation(const Statement &row)
{
    LoggedOperation operation;
    operation.name = {readId(row, DeviceId), std::uint32_t(row.int64(Incarnation)), std::uint64_t(row.int64(N))};
    operation.origin = {operation.name, row.blob(Hash)};
    if (!row.isNull(OriginDevice)) {
        operation.origin.name = {readId(row, OriginDevice), std::uint32_t(row.int64(OriginIncarnation)),
                                 std::uint64_t(row.int64(OriginN))};
    }
    operation.rolling = row.blob(Rolling);
    operation.version = changes::Version(row.int64(Version));
    operation.standsFor = changes::Version(row.int64(StandsFor));
    operation.standingVersion = changes::Version(row.int64(StandingVersion));
    operation.entity = model::EntityId(row.int64(Entity));
    operation.record = readId(row, Record);
    if (!row.isNull(Custom))
        operation.field = model::FieldKey(readId(row, Custom));
    else
        operation.field = model::FieldKey(std::uint16_t(row.int64(Field)));
    operation.time = {row.int64(CorrectedMs), row.int64(Uncertain) != 0};
    operation.user = readId(row, User);
    operation.wallMs = row.int64(WallMs);
    return operation;
}

} // namespace

Result<qint64> OperationLog::deviceNumber(const Id &device)
{
    if (device.isNull())
        return qint64(0);
    if (const auto known = m_numbers.constFind(device); known != m_numbers.constEnd())
        return *known;
    Statement &query = m_connection.statement(QLatin1StringView("SELECT no FROM devices WHERE id=?1"));
    const StatementReset reset(query);
    bindId(query, 1, device);
    FIELDFARE_ASSIGN(const bool found, query.step());
    if (!found)
        return {ErrorCode::NotFound, QStringLiteral("an unknown device")};
    const qint64 number = query.int64(0);
    if (m_numbers.size() > 10'000)
        m_numbers.clear();
    m_numbers.insert(device, number);
    return number;
}

Result<std::optional<LoggedOperation>> OperationLog::find(const OperationName &name)
{
    const auto number = deviceNumber(name.device);
    if (!number.ok()) {
        if (number.error().code == ErrorCode::NotFound)
            return std::optional<LoggedOperation>();
        return number.error();
    }
    return findByNumber(*number, name);
}

Result<std::optional<LoggedOperation>> OperationLog::findByNumber(qint64 device, const OperationName &name)
{
    static const QString sql = QString::fromLatin1(kSelect) + QStringLiteral("o.device=?1 AND o.incarnation=?2 AND o.n=?3");
    Statement &query = m_connection.statement(sql);
    std::optional<LoggedOperation> found;
    {
        const StatementReset reset(query);
        query.bind(1, device);
        query.bind(2, qint64(name.incarnation));
        query.bind(3, qint64(name.n));
        FIELDFARE_ASSIGN(const bool row, query.step());
        if (row)
            found = readOperation(query);
    }
    if (found)
        FIELDFARE_TRY(readVerdict(device, *found));
    return found;
}

Result<std::optional<LoggedOperation>> OperationLog::findByOrigin(const changes::Origin &origin)
{
    FIELDFARE_ASSIGN(auto own, find(origin.name));
    if (own && own->origin == origin)
        return own;
    static const QString sql = QString::fromLatin1(kSelect)
        + QStringLiteral("o.origin_device=?1 AND o.origin_incarnation=?2 AND o.origin_n=?3 AND o.hash=?4 ORDER BY o.rid LIMIT 1");
    Statement &query = m_connection.statement(sql);
    std::optional<LoggedOperation> found;
    {
        const StatementReset reset(query);
        bindId(query, 1, origin.name.device);
        query.bind(2, qint64(origin.name.incarnation));
        query.bind(3, qint64(origin.name.n));
        query.bindBlob(4, origin.hash);
        FIELDFARE_ASSIGN(const bool row, query.step());
        if (row)
            found = readOperation(query);
    }
    if (found) {
        FIELDFARE_ASSIGN(const qint64 number, deviceNumber(found->name.device));
        FIELDFARE_TRY(readVerdict(number, *found));
    }
    return found;
}

Result<void> OperationLog::readVerdict(qint64 device, LoggedOperation &operation)
{
    Statement &query = m_connection.statement(
        QLatin1StringView("SELECT verdict, pushed FROM verdicts WHERE device=?1 AND incarnation=?2 AND n=?3"));
    const StatementReset reset(query);
    query.bind(1, device);
    query.bind(2, qint64(operation.name.incarnation));
    query.bind(3, qint64(operation.name.n));
    FIELDFARE_ASSIGN(const bool row, query.step());
    if (!row)
        return {};
    if (!query.isNull(0)) {
        FIELDFARE_ASSIGN(operation.verdict, decodeVerdict(operation.name.n, query.blob(0)));
    }
    if (!query.isNull(1)) {
        FIELDFARE_ASSIGN(operation.pushedValue, model::decodeValue(query.blob(1)));
    }
    return {};
}

Result<void> OperationLog::put(const LoggedOperation &operation)
{
    FIELDFARE_ASSIGN(const qint64 device, deviceNumber(operation.name.device));
    Statement &put = m_connection.statement(QLatin1StringView(
        "INSERT INTO operations(device, incarnation, n, hash, origin_device, origin_incarnation, origin_n, rolling, version, "
        "stands_for, standing_version, entity, record, field, custom, corrected_ms, uncertain, user, wall_ms) "
        "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19) "
        "ON CONFLICT(device, incarnation, n) DO UPDATE SET hash=?4, origin_device=?5, origin_incarnation=?6, origin_n=?7, "
        "rolling=?8, version=?9, stands_for=?10, standing_version=?11, entity=?12, record=?13, field=?14, custom=?15, "
        "corrected_ms=?16, uncertain=?17, user=?18, wall_ms=?19"));
    put.bind(1, device);
    put.bind(2, qint64(operation.name.incarnation));
    put.bind(3, qint64(operation.name.n));
    put.bindBlob(4, operation.origin.hash);
    if (operation.origin.name != operation.name) { // unbound parameters are NULL
        bindId(put, 5, operation.origin.name.device);
        put.bind(6, qint64(operation.origin.name.incarnation));
        put.bind(7, qint64(operation.origin.name.n));
    }
    put.bindBlob(8, operation.rolling);
    put.bind(9, qint64(operation.version));
    put.bind(10, qint64(operation.standsFor));
    put.bind(11, qint64(operation.standingVersion));
    put.bind(12, qint64(operation.entity));
    put.bindBlob(13, viewOf(operation.record));
    if (operation.field.number != 0)
        put.bind(14, qint64(operation.field.number));
    if (!operation.field.custom.isNull())
        bindId(put, 15, operation.field.custom);
    put.bind(16, qint64(operation.time.ms));
    put.bind(17, operation.time.uncertain);
    bindId(put, 18, operation.user);
    put.bind(19, qint64(operation.wallMs));
    FIELDFARE_TRY(put.run());
    return putVerdict(device, operation);
}

Result<void> OperationLog::putVerdict(qint64 device, const LoggedOperation &operation)
{
    if (!operation.verdict && !operation.pushedValue) {
        Statement &drop = m_connection.statement(
            QLatin1StringView("DELETE FROM verdicts WHERE device=?1 AND incarnation=?2 AND n=?3"));
        drop.bind(1, device);
        drop.bind(2, qint64(operation.name.incarnation));
        drop.bind(3, qint64(operation.name.n));
        return drop.run();
    }
    Statement &put = m_connection.statement(QLatin1StringView(
        "INSERT INTO verdicts(device, incarnation, n, entity, record, verdict, pushed) VALUES(?1,?2,?3,?4,?5,?6,?7) "
        "ON CONFLICT(device, incarnation, n) DO UPDATE SET entity=?4, record=?5, verdict=?6, pushed=?7"));
    put.bind(1, device);
    put.bind(2, qint64(operation.name.incarnation));
    put.bind(3, qint64(operation.name.n));
    put.bind(4, qint64(operation.entity));
    put.bindBlob(5, viewOf(operation.record));
    if (operation.verdict)
        put.bindBlob(6, encodeVerdict(*operation.verdict));
    if (operation.pushedValue)
        put.bindBlob(7, model::encodeValue(*operation.pushedValue));
    return put.run();
}

Result<void> OperationLog::letVerdictsGo(const Id &device, std::uint32_t incarnation, std::uint64_t upToN)
{
    FIELDFARE_ASSIGN(const qint64 number, deviceNumber(device));
    Statement &drop = m_connection.statement(
        QLatin1StringView("DELETE FROM verdicts WHERE device=?1 AND incarnation=?2 AND n<=?3"));
    drop.bind(1, number);
    drop.bind(2, qint64(incarnation));
    drop.bind(3, qint64(upToN));
    return drop.run();
}

Result<void> OperationLog::clearVerdictValues(model::EntityId entity, const Id &record)
{
    // A scan: verdicts wait only until their device has said that it has them, and erasing is rare.
    struct Kept {
        qint64 device = 0;
        qint64 incarnation = 0;
        qint64 n = 0;
        QByteArray verdict;
    };
    std::vector<Kept> kept;
    Statement &query = m_connection.statement(
        QLatin1StringView("SELECT device, incarnation, n, verdict FROM verdicts WHERE entity=?1 AND record=?2"));
    {
        const StatementReset reset(query);
        query.bind(1, qint64(entity));
        bindId(query, 2, record);
        for (;;) {
            FIELDFARE_ASSIGN(const bool row, query.step());
            if (!row)
                break;
            kept.push_back({query.int64(0), query.int64(1), query.int64(2), query.blob(3)});
        }
    }
    for (const Kept &entry : kept) {
        Statement &put = m_connection.statement(
            QLatin1StringView("UPDATE verdicts SET verdict=?4, pushed=NULL WHERE device=?1 AND incarnation=?2 AND n=?3"));
        put.bind(1, entry.device);
        put.bind(2, entry.incarnation);
        put.bind(3, entry.n);
        if (!entry.verdict.isNull()) {
            FIELDFARE_ASSIGN(Verdict verdict, decodeVerdict(std::uint64_t(entry.n), entry.verdict));
            verdict.value = {};
            put.bindBlob(4, encodeVerdict(verdict));
        }
        FIELDFARE_TRY(put.run());
    }
    return {};
}

Result<std::optional<Writer>> OperationLog::writer(changes::Version version)
{
    if (version == 0)
        return std::optional<Writer>();
    static const QString sql = QString::fromLatin1(kSelect)
        + QStringLiteral("o.version=?1 AND o.version>0 ORDER BY o.rid LIMIT 1");
    Statement &query = m_connection.statement(sql);
    const StatementReset reset(query);
    query.bind(1, qint64(version));
    FIELDFARE_ASSIGN(const bool row, query.step());
    if (!row)
        return std::optional<Writer>();
    const LoggedOperation operation = readOperation(query);
    Writer writer;
    writer.name = operation.name;
    writer.origin = operation.origin;
    writer.user = operation.user;
    writer.deviceName = query.text(DeviceName);
    writer.time = operation.time;
    return std::optional<Writer>(std::move(writer));
}

} // namespace fieldfare::server
