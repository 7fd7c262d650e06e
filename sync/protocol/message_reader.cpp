// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/message_reader.h"

namespace fieldfare::protocol {

using base::ErrorCode;
using base::Id;
using model::FieldKey;
using model::Value;

namespace {

constexpr qsizetype kMaxTextUnits = 1 << 20;

} // namespace

void MessageReader::fail(const char *what)
{
    if (!failed())
        m_error = base::Error{ErrorCode::ProtocolViolation, QStringLiteral("malformed message: %1").arg(QLatin1StringView(what))};
}

std::uint64_t MessageReader::beginArray(std::uint64_t minimum)
{
    if (failed())
        return 0;
    if (!m_reader.isArray() || m_reader.length() < minimum) {
        fail("array");
        return 0;
    }
    const std::uint64_t length = m_reader.length();
    if (!m_reader.enterContainer())
        fail("array");
    return failed() ? 0 : length;
}

void MessageReader::endArray()
{
    while (hasNext()) {
        if (!m_reader.next())
            fail("skipped item");
    }
    if (!failed() && !m_reader.leaveContainer())
        fail("end of array");
}

std::uint64_t MessageReader::number(std::uint64_t atMost)
{
    if (failed())
        return 0;
    if (!m_reader.isUnsignedInteger() || m_reader.toUnsignedInteger() > atMost) {
        fail("number");
        return 0;
    }
    const std::uint64_t number = m_reader.toUnsignedInteger();
    m_reader.next();
    return number;
}

std::int64_t MessageReader::integer()
{
    if (failed())
        return 0;
    const bool isNegative = m_reader.isNegativeInteger();
    const quint64 magnitude = isNegative             ? quint64(m_reader.toNegativeInteger()) - 1
        : m_reader.isUnsignedInteger() ? m_reader.toUnsignedInteger()
                                       : std::numeric_limits<quint64>::max();
    if (magnitude > quint64(std::numeric_limits<std::int64_t>::max())) {
        fail("integer");
        return 0;
    }
    m_reader.next();
    return isNegative ? -std::int64_t(magnitude) - 1 : std::int64_t(magnitude);
}

bool MessageReader::flag()
{
    if (failed())
        return false;
    if (!m_reader.isBool()) {
        fail("flag");
        return false;
    }
    const bool flag = m_reader.toBool();
    m_reader.next();
    return flag;
}

QByteArray MessageReader::bytes()
{
    if (failed())
        return {};
    if (!m_reader.isByteArray()) {
        fail("byte string");
        return {};
    }
    auto chunk = m_reader.readByteArray(); // of definite length: one chunk
    const QByteArray bytes = chunk.data;
    if (chunk.status == QCborStreamReader::Ok)
        chunk = m_reader.readByteArray();
    if (chunk.status != QCborStreamReader::EndOfString)
        fail("byte string");
    return failed() ? QByteArray() : bytes;
}

QByteArray MessageReader::bytes(qsizetype length)
{
    const QByteArray read = bytes();
    if (read.size() != length)
        fail("length of a byte string");
    return failed() ? QByteArray() : read;
}

QString MessageReader::text()
{
    if (failed())
        return {};
    if (!m_reader.isString() || m_reader.length() > quint64(3 * kMaxTextUnits)) {
        fail("text");
        return {};
    }
    auto chunk = m_reader.readString();
    const QString text = chunk.data;
    if (chunk.status == QCborStreamReader::Ok)
        chunk = m_reader.readString();
    if (chunk.status != QCborStreamReader::EndOfString)
        fail("text");
    return failed() ? QString() : text;
}

Value MessageReader::value()
{
    if (failed())
        return {};
    auto value = model::readValue(m_reader, kMaxTextUnits);
    if (!value.ok()) {
        m_error = value.error();
        return {};
    }
    return std::move(*value);
}

Id MessageReader::id()
{
    if (!failed() && m_reader.isNull()) {
        m_reader.next();
        return {};
    }
    return Id::fromBytes(bytes(Id::kSize));
}

FieldKey MessageReader::key()
{
    if (!failed() && m_reader.isUnsignedInteger())
        return FieldKey(std::uint16_t(number(0xFFFF)));
    return FieldKey(id());
}

bool MessageReader::spend(std::uint64_t cells)
{
    if (failed())
        return false;
    if (cells > m_cells) {
        m_error = base::Error{ErrorCode::TooLarge, QStringLiteral("message of too many values")};
        return false;
    }
    m_cells -= cells;
    return true;
}

} // namespace fieldfare::protocol
