// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/base/result.h"
#include "core/model/field_key.h"

#include <QByteArray>
#include <QString>

#include <array>
#include <cstdint>
#include <variant>

class QCborStreamReader;
class QCborStreamWriter;

namespace fieldfare::model {

/// An amount in minor units (cents) of an ISO 4217 currency.
struct Money {
    std::int64_t minor = 0;
    std::array<char, 3> currency{'X', 'X', 'X'};

    [[nodiscard]] QString currencyCode() const { return QString::fromLatin1(currency.data(), 3); }
    static Money of(std::int64_t minorUnits, const QString &code);
    friend bool operator==(const Money &, const Money &) = default;
};

/// Points to a record of a known entity.
struct Reference {
    EntityId entity = 0;
    base::Id id;
    friend bool operator==(const Reference &, const Reference &) = default;
};

/// A CBOR item of a shape that this version does not know; kept byte for byte (DESIGN 6, rule 14).
struct RawValue {
    QByteArray cbor;
    friend bool operator==(const RawValue &, const RawValue &) = default;
};

/// The value of a field, independent of its type: empty, integer, text, money, reference, or unknown.
/// How each FieldType uses it:
/// - Text, LongText, Phone, Email, Url, Choice (the key), Address (parts parted by U+001F), File: text
/// - Integer; Decimal (millionths); Date (days since 1970-01-01); Instant (ms since 1970-01-01 UTC);
///   Duration (s); YesNo (0, 1): integer
/// - Money: money. Reference, User: reference.
/// Empty text is never stored: it is the empty value.
class Value {
public:
    Value() = default;
    Value(std::int64_t integer) : m_content(integer) {}
    Value(const QString &text);
    Value(const Money &money) : m_content(money) {}
    Value(const Reference &reference) : m_content(reference) {}
    Value(RawValue raw) : m_content(std::move(raw)) {}

    [[nodiscard]] bool isEmpty() const { return m_content.index() == 0; }
    [[nodiscard]] const std::int64_t *integer() const { return std::get_if<std::int64_t>(&m_content); }
    [[nodiscard]] const QString *text() const { return std::get_if<QString>(&m_content); }
    [[nodiscard]] const Money *money() const { return std::get_if<Money>(&m_content); }
    [[nodiscard]] const Reference *reference() const { return std::get_if<Reference>(&m_content); }
    [[nodiscard]] const RawValue *raw() const { return std::get_if<RawValue>(&m_content); }

    [[nodiscard]] std::int64_t integerOr(std::int64_t fallback) const { return integer() ? *integer() : fallback; }
    [[nodiscard]] QString textOrEmpty() const { return text() ? *text() : QString(); }
    [[nodiscard]] base::Id referenceId() const { return reference() ? reference()->id : base::Id(); }

    friend bool operator==(const Value &, const Value &) = default;

private:
    std::variant<std::monostate, std::int64_t, QString, Money, Reference, RawValue> m_content;
};

/// Wire and log form (core/changes/docs/operations.md): null, integer, text string, array [minor, "USD"],
/// byte string of 18 (entity, big endian, then the id), or the raw item.
void writeValue(QCborStreamWriter &writer, const Value &value);
/// Reads one item. Fails with ProtocolViolation on malformed bytes; text over maxTextLength UTF-16 units is TooLarge.
base::Result<Value> readValue(QCborStreamReader &reader, qsizetype maxTextLength = 1 << 20);

[[nodiscard]] QByteArray encodeValue(const Value &value);
base::Result<Value> decodeValue(const QByteArray &cbor);

} // namespace fieldfare::model
