// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/changes/operation.h"

#include "core/base/hash.h"
#include "core/model/cbor_bytes.h"

#include <QCborStreamReader>
#include <QtEndian>

#include <algorithm>

namespace fieldfare::changes {

using base::ErrorCode;
using base::Id;
using base::Result;
using model::CborBytes;
using model::FieldKey;

namespace {

constexpr int kContentItems = 13;
constexpr quint64 kMaxValues = kMaxOperationValues;

void writeId(CborBytes &writer, const Id &id)
{
    if (id.isNull())
        writer.null();
    else
        writer.byteString(QByteArrayView(id.data().data(), Id::kSize));
}

void writeKey(CborBytes &writer, const FieldKey &key)
{
    if (key.isCustom())
        writeId(writer, key.custom);
    else
        writer.unsignedInteger(key.number);
}

void writeOrigin(CborBytes &writer, const Origin &origin)
{
    writer.beginArray(4);
    writeId(writer, origin.name.device);
    writer.unsignedInteger(origin.name.incarnation);
    writer.unsignedInteger(origin.name.n);
    writer.byteString(origin.hash);
}

void writeBase(CborBytes &writer, const Base &base)
{
    if (base.own)
        writeOrigin(writer, *base.own);
    else
        writer.unsignedInteger(base.version);
}

/// Reads positional items and remembers the first failure, so that the decoder reads as a list.
class ItemReader {
public:
    explicit ItemReader(const QByteArray &bytes) : m_reader(bytes) {}

    [[nodiscard]] bool failed() const { return m_failed; }
    void fail() { m_failed = true; }

    quint64 enterArray(quint64 atMost)
    {
        if (m_failed || !m_reader.isArray() || !m_reader.isLengthKnown() || m_reader.length() > atMost)
            return failWith(quint64(0));
        const quint64 length = m_reader.length();
        if (!m_reader.enterContainer())
            return failWith(quint64(0));
        return length;
    }
    void leave()
    {
        if (!m_failed && !m_reader.leaveContainer())
            m_failed = true;
    }
    bool atArray() { return !m_failed && m_reader.isArray(); }
    bool atUnsigned() { return !m_failed && m_reader.isUnsignedInteger(); }

    quint64 unsignedInteger(quint64 atMost = std::numeric_limits<quint64>::max())
    {
        if (m_failed || !m_reader.isUnsignedInteger())
            return failWith(quint64(0));
        const quint64 number = m_reader.toUnsignedInteger();
        if (!m_reader.next() || number > atMost)
            return failWith(quint64(0));
        return number;
    }
    std::int64_t integer()
    {
        if (m_failed || !m_reader.isInteger())
            return failWith(std::int64_t(0));
        const std::int64_t number = m_reader.toInteger();
        if (!m_reader.next())
            return failWith(std::int64_t(0));
        return number;
    }
    QByteArray bytes(qsizetype length)
    {
        if (m_failed || !m_reader.isByteArray())
            return failWith(QByteArray());
        QByteArray all;
        auto chunk = m_reader.readByteArray();
        while (chunk.status == QCborStreamReader::Ok && all.size() <= length) {
            all += chunk.data;
            chunk = m_reader.readByteArray();
        }
        if (chunk.status != QCborStreamReader::EndOfString || all.size() != length)
            return failWith(QByteArray());
        return all;
    }
    Id id()
    {
        if (!m_failed && m_reader.isNull()) {
            m_reader.next();
            return {};
        }
        return Id::fromBytes(bytes(Id::kSize));
    }
    FieldKey key()
    {
        if (atUnsigned())
            return FieldKey(std::uint16_t(unsignedInteger(0xFFFF)));
        return FieldKey(id());
    }
    model::Value value()
    {
        if (m_failed)
            return {};
        auto result = model::readValue(m_reader);
        if (!result.ok())
            return failWith(model::Value());
        return *result;
    }

private:
    template <typename T>
    T failWith(T value)
    {
        m_failed = true;
        return value;
    }

    QCborStreamReader m_reader;
    bool m_failed = false;
};

Origin readOrigin(ItemReader &reader)
{
    if (reader.enterArray(4) != 4)
        reader.fail();
    Origin origin;
    origin.name.device = reader.id();
    origin.name.incarnation = std::uint32_t(reader.unsignedInteger(0xFFFFFFFF));
    origin.name.n = reader.unsignedInteger();
    origin.hash = reader.bytes(kHashBytes);
    reader.leave();
    return origin;
}

Base readBase(ItemReader &reader)
{
    Base base;
    if (!reader.atArray()) {
        base.version = reader.unsignedInteger();
        return base;
    }
    base.own = readOrigin(reader);
    return base;
}

} // namespace

FieldKey Operation::field() const
{
    if (kind == OperationKind::Set && !values.empty())
        return values.front().field;
    if (kind == OperationKind::Create)
        return {};
    return FieldKey(model::kTrashedNumber);
}

bool isWellFormed(const Operation &operation)
{
    std::vector<FieldKey> fields;
    for (const FieldValue &entry : operation.values)
        fields.push_back(entry.field);
    std::sort(fields.begin(), fields.end());
    if (operation.record.isNull() || std::adjacent_find(fields.begin(), fields.end()) != fields.end())
        return false;
    switch (operation.kind) {
    case OperationKind::Create:
        return true;
    case OperationKind::Set:
        return fields.size() == 1;
    case OperationKind::Trash:
    case OperationKind::Restore:
    case OperationKind::Erase:
        return fields.empty();
    }
    return false;
}

Origin Operation::originOrSelf() const
{
    if (origin)
        return *origin;
    return Origin{name, contentHash(*this, encodeContent(*this))};
}

QByteArray encodeContent(const Operation &operation)
{
    QByteArray bytes;
    bytes.reserve(128 + 40 * qsizetype(operation.values.size()));
    CborBytes writer(bytes);
    writer.beginArray(kContentItems);
    writer.unsignedInteger(std::uint64_t(operation.kind));
    writer.unsignedInteger(operation.entity);
    writeId(writer, operation.record);
    writer.beginArray(operation.values.size() * 2);
    for (const FieldValue &entry : operation.values) {
        writeKey(writer, entry.field);
        writer.value(entry.value);
    }
    writeBase(writer, operation.base);
    writer.value(operation.before);
    writer.unsignedInteger(operation.seenCursor);
    writer.beginArray(operation.seenExceptions.size() * 2);
    for (const auto &[field, version] : operation.seenExceptions) {
        writeKey(writer, field);
        writer.unsignedInteger(version);
    }
    writer.beginArray(operation.seenOwn.size());
    for (const Origin &origin : operation.seenOwn)
        writeOrigin(writer, origin);
    writeId(writer, operation.action);
    writeId(writer, operation.group);
    writeId(writer, operation.user);
    writer.beginArray(3);
    writer.integer(operation.stamp.wallMs);
    writer.integer(operation.stamp.bootMs);
    writer.byteString(operation.stamp.bootId);
    return bytes;
}

Result<Operation> decodeContent(const QByteArray &bytes)
{
    ItemReader reader(bytes);
    Operation operation;
    if (reader.enterArray(kContentItems) != kContentItems)
        reader.fail();
    operation.kind = OperationKind(reader.unsignedInteger(5));
    operation.entity = model::EntityId(reader.unsignedInteger(0xFFFF));
    operation.record = reader.id();
    const quint64 values = reader.enterArray(2 * kMaxValues);
    for (quint64 i = 0; i + 1 < values && !reader.failed(); i += 2) {
        FieldValue entry;
        entry.field = reader.key();
        entry.value = reader.value();
        operation.values.push_back(std::move(entry));
    }
    reader.leave();
    operation.base = readBase(reader);
    operation.before = reader.value();
    operation.seenCursor = reader.unsignedInteger();
    const quint64 exceptions = reader.enterArray(2 * kMaxValues);
    for (quint64 i = 0; i + 1 < exceptions && !reader.failed(); i += 2) {
        const FieldKey field = reader.key();
        operation.seenExceptions.emplace_back(field, reader.unsignedInteger());
    }
    reader.leave();
    const quint64 own = reader.enterArray(kMaxValues);
    for (quint64 i = 0; i < own && !reader.failed(); ++i)
        operation.seenOwn.push_back(readOrigin(reader));
    reader.leave();
    operation.action = reader.id();
    operation.group = reader.id();
    operation.user = reader.id();
    if (reader.enterArray(3) != 3)
        reader.fail();
    operation.stamp.wallMs = reader.integer();
    operation.stamp.bootMs = reader.integer();
    operation.stamp.bootId = reader.bytes(16);
    reader.leave();
    if (reader.failed() || values % 2 != 0 || exceptions % 2 != 0 || !isWellFormed(operation))
        return {ErrorCode::ProtocolViolation, QStringLiteral("malformed operation")};
    return operation;
}

QByteArray contentHash(const Operation &operation, const QByteArray &content)
{
    const OperationName &first = operation.origin ? operation.origin->name : operation.name;
    char incarnation[4];
    qToBigEndian(first.incarnation, incarnation);
    base::Sha256 hash;
    hash.add(content);
    hash.add(QByteArrayView(first.device.data().data(), Id::kSize));
    hash.add(QByteArrayView(incarnation, 4));
    return hash.result().left(kHashBytes);
}

QByteArray nextRollingHash(const QByteArray &previous, const QByteArray &hash)
{
    base::Sha256 both;
    both.add(previous);
    both.add(hash);
    return both.result().left(kHashBytes);
}

QByteArray firstRollingHash()
{
    return QByteArray(kHashBytes, '\0');
}

} // namespace fieldfare::changes
