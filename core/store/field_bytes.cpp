// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/field_bytes.h"

#include <QCborStreamReader>
#include <QCborStreamWriter>

namespace fieldfare::store {

using base::ErrorCode;
using base::Result;
using changes::FieldValue;

QByteArray toBytes(const model::FieldKey &key)
{
    if (key.isCustom())
        return key.custom.toBytes();
    const char bytes[2] = {char(key.number >> 8), char(key.number & 0xFF)};
    return QByteArray(bytes, 2);
}

model::FieldKey fieldKeyFromBytes(const QByteArray &bytes)
{
    if (bytes.size() == 2)
        return model::FieldKey(std::uint16_t((quint8(bytes.at(0)) << 8) | quint8(bytes.at(1))));
    return model::FieldKey(base::Id::fromBytes(bytes));
}

QByteArray encodeUnknown(const std::vector<FieldValue> &values)
{
    QByteArray bytes;
    if (values.empty())
        return bytes;
    QCborStreamWriter writer(&bytes);
    writer.startArray(quint64(values.size() * 2));
    for (const FieldValue &entry : values) {
        if (entry.field.isCustom())
            writer.append(entry.field.custom.toBytes());
        else
            writer.append(quint64(entry.field.number));
        model::writeValue(writer, entry.value);
    }
    writer.endArray();
    return bytes;
}

Result<std::vector<FieldValue>> decodeUnknown(const QByteArray &bytes)
{
    std::vector<FieldValue> values;
    if (bytes.isEmpty())
        return values;
    const base::Error damaged{ErrorCode::FileDamaged, QStringLiteral("column unknown cannot be read")};
    QCborStreamReader reader(bytes);
    if (!reader.isArray() || !reader.isLengthKnown() || !reader.enterContainer())
        return damaged;
    while (reader.hasNext()) {
        FieldValue entry;
        if (reader.isUnsignedInteger()) {
            entry.field = model::FieldKey(std::uint16_t(reader.toUnsignedInteger()));
            reader.next();
        } else if (reader.isByteArray()) {
            QByteArray id;
            for (auto chunk = reader.readByteArray(); chunk.status == QCborStreamReader::Ok; chunk = reader.readByteArray())
                id += chunk.data;
            entry.field = model::FieldKey(base::Id::fromBytes(id));
        } else {
            return damaged;
        }
        FIELDFARE_ASSIGN(entry.value, model::readValue(reader));
        values.push_back(std::move(entry));
    }
    return values;
}

} // namespace fieldfare::store
