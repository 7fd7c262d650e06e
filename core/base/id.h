// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHashFunctions>
#include <QMetaType>
#include <QString>

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>

namespace fieldfare::base {

class Clock;
class RandomSource;

/// A 16-byte identifier: UUIDv7 (RFC 9562) for records, UUIDv8 for names that every device must derive alike.
/// A value type; the null id is all zeros. Byte order is the order of creation for UUIDv7 to the millisecond.
class Id {
public:
    static constexpr int kSize = 16;

    constexpr Id() = default;
    /// The first 16 bytes of `bytes`; null when it has any other length.
    static Id fromBytes(std::span<const std::uint8_t> bytes);
    static Id fromBytes(const QByteArray &bytes);
    /// Parses the 8-4-4-4-12 form, upper or lower case.
    static std::optional<Id> fromString(const QString &text);
    /// UUIDv8 of the SHA-256 of the space and the name: the same on every device (tags, built-in choice values).
    static Id fromName(const QString &space, const QString &name);

    [[nodiscard]] bool isNull() const;
    [[nodiscard]] QByteArray toBytes() const;
    [[nodiscard]] QString toString() const;
    [[nodiscard]] const std::array<std::uint8_t, kSize> &data() const { return m_data; }

    friend auto operator<=>(const Id &, const Id &) = default;
    friend bool operator==(const Id &, const Id &) = default;

private:
    std::array<std::uint8_t, kSize> m_data{};
};

[[nodiscard]] size_t qHash(const Id &id, size_t seed = 0) noexcept;

/// Makes UUIDv7s that only grow within one generator, also within one millisecond and when the clock steps back.
/// Not thread safe: one per thread that creates records. Does not own the clock or the random source.
class IdGenerator {
public:
    IdGenerator(const Clock &clock, RandomSource &random);
    [[nodiscard]] Id next();

private:
    const Clock &m_clock;
    RandomSource &m_random;
    std::int64_t m_lastMs = 0;
    std::uint16_t m_counter = 0;
};

} // namespace fieldfare::base

template <>
struct std::hash<fieldfare::base::Id> {
    size_t operator()(const fieldfare::base::Id &id) const noexcept { return fieldfare::base::qHash(id); }
};

Q_DECLARE_METATYPE(fieldfare::base::Id)
