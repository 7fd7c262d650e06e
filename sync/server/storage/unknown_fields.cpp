// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/unknown_fields.h"

#include <QCborStreamReader>
#include <QCborStreamWriter>

namespace fieldfare::server {

using base::ErrorCode;
using base::Result;

namespace {

base::Error damaged()
{
    return {ErrorCode::FileDamaged, QStringLiteral("malformed list of unknown fields")};
}

Result<model::FieldKey> readKey(QCborStreamReader &reader)
{
    if (reader.isUnsignedInteger()) {
        const quint64 number = reader.toUnsignedInteger();
        if (number == 0 || number > 0xFFFF || !reader.next())
            return damaged();
        return model::FieldKey(std::uint16_t(number));
    }
    if (!reader.isByteArray())
        return damaged();
    QByteArray bytes;
    auto chunk = reader.readByteArray();
    for (; chunk.status == QCborStreamReader::Ok; chunk = reader.readByteArray())
        bytes += chunk.data;
    if (chunk.status == QCborStreamReader::Error || bytes.size() != base::Id::kSize)
        return damaged();
    return model::FieldKey(base::Id::fromBytes(bytes));
}

} // namespace

QByteArray encodeUnknownFields(const std::vector<changes::FieldValue> &fields)
{
    QByteArray bytes;
    QCborStreamWriter writer(&bytes);
    writer.startArray(quint64(fields.size()) * 2);
    for (const changes::FieldValue &field : fields) {
        if (field.field.isCustom())
            writer.append(field.field.custom.toBytes());
        else
            writer.append(quint64(field.field.number));
        model::writeValue(writer, field.value);
    }
    writer.endArray();
    return bytes;
}

Result<std::vector<changes::FieldValue>> decodeUnknownFields(const QByteArray &bytes)
{
    QCborStreamReader reader(bytes);
    if (!reader.isArray() || !reader.enterContainer())
        return damaged();
    std::vector<changes::FieldValue> fields;
    while (reader.hasNext()) {
        FIELDFARE_ASSIGN(const model::FieldKey key, readKey(reader));
        FIELDFARE_ASSIGN(model::Value value, model::readValue(reader));
        fields.push_back({key, std::move(value)});
    }
    return fields;
}

} // namespace fieldfare::server
