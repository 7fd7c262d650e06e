// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/id.h"

#include "core/base/clock.h"
#include "core/base/hash.h"
#include "core/base/random.h"

#include <algorithm>
#include <cstring>

namespace fieldfare::base {

Id Id::fromBytes(std::span<const std::uint8_t> bytes)
{
    Id id;
    if (bytes.size() == kSize)
        std::copy(bytes.begin(), bytes.end(), id.m_data.begin());
    return id;
}

Id Id::fromBytes(const QByteArray &bytes)
{
    return fromBytes(std::span(reinterpret_cast<const std::uint8_t *>(bytes.constData()), size_t(bytes.size())));
}

std::optional<Id> Id::fromString(const QString &text)
{
    if (text.size() != 36)
        return std::nullopt;
    Id id;
    int digits = 0;
    for (int i = 0; i < 36; ++i) {
        const char16_t c = text.at(i).unicode();
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash) {
            if (c != u'-')
                return std::nullopt;
            continue;
        }
        int digit = 0;
        if (c >= u'0' && c <= u'9')
            digit = c - u'0';
        else if (c >= u'a' && c <= u'f')
            digit = c - u'a' + 10;
        else if (c >= u'A' && c <= u'F')
            digit = c - u'A' + 10;
        else
            return std::nullopt;
        std::uint8_t &byte = id.m_data[size_t(digits / 2)];
        byte = std::uint8_t((byte << 4) | digit);
        ++digits;
    }
    return id;
}

Id Id::fromName(const QString &space, const QString &name)
{
    const QByteArray digest = sha256(space.toUtf8() + '\0' + name.toUtf8());
    Id id;
    std::memcpy(id.m_data.data(), digest.constData(), kSize);
    id.m_data[6] = std::uint8_t((id.m_data[6] & 0x0F) | 0x80);
    id.m_data[8] = std::uint8_t((id.m_data[8] & 0x3F) | 0x80);
    return id;
}

bool Id::isNull() const
{
    return *this == Id();
}

QByteArray Id::toBytes() const
{
    return QByteArray(reinterpret_cast<const char *>(m_data.data()), kSize);
}

QString Id::toString() const
{
    const QByteArray hex = toBytes().toHex();
    QString text;
    text.reserve(36);
    for (int i = 0; i < 32; ++i) {
        if (i == 8 || i == 12 || i == 16 || i == 20)
            text += QLatin1Char('-');
        text += QLatin1Char(hex.at(i));
    }
    return text;
}

size_t qHash(const Id &id, size_t seed) noexcept
{
    return qHashBits(id.data().data(), Id::kSize, seed);
}

IdGenerator::IdGenerator(const Clock &clock, RandomSource &random) : m_clock(clock), m_random(random) {}

Id IdGenerator::next()
{
    // RFC 9562 section 6.2, method 1: a 12-bit counter in rand_a, seeded low so that it can grow within the millisecond.
    std::array<std::uint8_t, 10> random{};
    m_random.fill(random);
    const std::int64_t now = m_clock.wallMs();
    if (now > m_lastMs) {
        m_lastMs = now;
        m_counter = std::uint16_t(random[8] & 0x7F);
    } else if (++m_counter > 0x0FFF) {
        ++m_lastMs;
        m_counter = 0;
    }
    std::array<std::uint8_t, Id::kSize> bytes{};
    const auto ms = std::uint64_t(m_lastMs);
    for (size_t i = 0; i < 6; ++i)
        bytes[i] = std::uint8_t(ms >> (40 - 8 * i));
    bytes[6] = std::uint8_t(0x70 | (m_counter >> 8));
    bytes[7] = std::uint8_t(m_counter);
    std::copy_n(random.begin(), 8, bytes.begin() + 8);
    bytes[8] = std::uint8_t((bytes[8] & 0x3F) | 0x80);
    return Id::fromBytes(bytes);
}

} // namespace fieldfare::base
