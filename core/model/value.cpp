// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/value.h"

#include "core/model/cbor_bytes.h"

#include <QCborArray>
#include <QCborStreamReader>
#include <QCborStreamWriter>
#include <QCborValue>

namespace fieldfare::model {

using base::ErrorCode;
using base::Result;

namespace {

constexpr int kReferenceBytes = 2 + base::Id::kSize;

Result<Value> malformed()
{
    return {ErrorCode::ProtocolViolation, QStringLiteral("malformed CBOR value")};
}

Result<QString> readText(QCborStreamReader &reader, qsizetype maxLength)
{
    QString text;
    auto chunk = reader.readString();
    while (chunk.status == QCborStreamReader::Ok) {
        text += chunk.data;
        if (text.size() > maxLength)
            return {ErrorCode::TooLarge, QStringLiteral("text longer than %1").arg(maxLength)};
        chunk = reader.readString();
    }
    if (chunk.status == QCborStreamReader::Error)
        return {ErrorCode::ProtocolViolation, QStringLiteral("malformed text")};
    return text;
}

Result<QByteArray> readBytes(QCborStreamReader &reader, qsizetype maxLength)
{
    QByteArray bytes;
    auto chunk = reader.readByteArray();
    while (chunk.status == QCborStreamReader::Ok) {
        bytes += chunk.data;
        if (bytes.size() > maxLength)
            return {ErrorCode::TooLarge, QStringLiteral("byte string longer than %1").arg(maxLength)};
        chunk = reader.readByteArray();
    }
    if (chunk.status == QCborStreamReader::Error)
        return {ErrorCode::ProtocolViolation, QStringLiteral("malformed byte string")};
    return bytes;
}

Result<Value> rawItem(const QCborValue &item)
{
    return Value(RawValue{item.toCbor()});
}

Result<Value> readMoney(QCborStreamReader &reader, qsizetype maxTextLength)
{
    // An array is money when it is [integer, text of 3]; any other array is unknown and kept.
    if (reader.isLengthKnown() && reader.length() > 64)
        return {ErrorCode::TooLarge, QStringLiteral("array of %1 items").arg(reader.length())};
    const QCborValue item = QCborValue::fromCbor(reader);
    if (reader.lastError() != QCborError::NoError)
        return malformed();
    const QCborArray array = item.toArray();
    if (array.size() == 2 && array.at(0).isInteger() && array.at(1).isString() && array.at(1).toString().size() == 3)
        return Value(Money::of(array.at(0).toInteger(), array.at(1).toString()));
    if (item.toCbor().size() > maxTextLength)
        return {ErrorCode::TooLarge, QStringLiteral("unknown item too large")};
    return rawItem(item);
}

} // namespace

Money Money::of(std::int64_t minorUnits, const QString &code)
{
    Money money;
    money.minor = minorUnits;
    const QByteArray latin = code.toLatin1();
    for (size_t i = 0; i < 3 && qsizetype(i) < latin.size(); ++i)
        money.currency[i] = latin.at(qsizetype(i));
    return money;
}

Value::Value(const QString &text)
{
    if (!text.isEmpty())
        m_content = text;
}

void writeValue(QCborStreamWriter &writer, const Value &value)
{
    if (const auto *integer = value.integer()) {
        writer.append(qint64(*integer));
    } else if (const QString *text = value.text()) {
        writer.append(QStringView(*text));
    } else if (const Money *money = value.money()) {
        writer.startArray(2);
        writer.append(qint64(money->minor));
        writer.appendTextString(money->currency.data(), 3);
        writer.endArray();
    } else if (const Reference *reference = value.reference()) {
        std::array<std::uint8_t, kReferenceBytes> bytes{};
        bytes[0] = std::uint8_t(reference->entity >> 8);
        bytes[1] = std::uint8_t(reference->entity);
        std::copy(reference->id.data().begin(), reference->id.data().end(), bytes.begin() + 2);
        writer.appendByteString(reinterpret_cast<const char *>(bytes.data()), bytes.size());
    } else if (const RawValue *raw = value.raw()) {
        QCborValue::fromCbor(raw->cbor).toCbor(writer);
    } else {
        writer.append(nullptr);
    }
}

Result<Value> readValue(QCborStreamReader &reader, qsizetype maxTextLength)
{
    switch (reader.type()) {
    case QCborStreamReader::UnsignedInteger:
    case QCborStreamReader::NegativeInteger: {
        const bool negative = reader.isNegativeInteger();
        const quint64 magnitude = negative ? quint64(reader.toNegativeInteger()) - 1 : reader.toUnsignedInteger();
        if (magnitude > quint64(std::numeric_limits<qint64>::max()))
            return malformed();
        const qint64 number = reader.toInteger();
        if (!reader.next())
            return malformed();
        return Value(std::int64_t(number));
    }
    case QCborStreamReader::String: {
        FIELDFARE_ASSIGN(const QString text, readText(reader, maxTextLength));
        return Value(text);
    }
    case QCborStreamReader::ByteArray: {
        FIELDFARE_ASSIGN(const QByteArray bytes, readBytes(reader, maxTextLength));
        if (bytes.size() != kReferenceBytes)
            return rawItem(QCborValue(bytes));
        Reference reference;
        reference.entity = EntityId((quint8(bytes.at(0)) << 8) | quint8(bytes.at(1)));
        reference.id = base::Id::fromBytes(bytes.mid(2));
        return Value(reference);
    }
    case QCborStreamReader::Array:
        return readMoney(reader, maxTextLength);
    default:
        break;
    }
    if (reader.isNull()) {
        if (!reader.next())
            return malformed();
        return Value();
    }
    if (!reader.isValid())
        return malformed();
    const QCborValue item = QCborValue::fromCbor(reader);
    if (reader.lastError() != QCborError::NoError || item.isInvalid())
        return malformed();
    return rawItem(item);
}

QByteArray encodeValue(const Value &value)
{
    QByteArray bytes;
    CborBytes(bytes).value(value);
    return bytes;
}

Result<Value> decodeValue(const QByteArray &cbor)
{
    QCborStreamReader reader(cbor);
    return readValue(reader);
}

} // namespace fieldfare::model
