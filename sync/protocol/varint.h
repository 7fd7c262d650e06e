// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>

namespace fieldfare::protocol {

/// Seven bits a byte, lowest first, the top bit says that more follow (as in RowVersions::encodeExceptions).
inline void appendVarint(QByteArray &bytes, std::uint64_t number)
{
    while (number >= 0x80) {
        bytes += char(number | 0x80);
        number >>= 7;
    }
    bytes += char(number);
}

/// Small numbers of either sign to small numbers: 0, -1, 1, -2, ... become 0, 1, 2, 3, ...
inline constexpr std::uint64_t zigzag(std::int64_t number)
{
    return (std::uint64_t(number) << 1) ^ std::uint64_t(number >> 63);
}

inline constexpr std::int64_t unzigzag(std::uint64_t number)
{
    return std::int64_t((number >> 1) ^ (0 - (number & 1)));
}

/// Reads varints one after another; a failure sticks and gives zeros.
class VarintCursor {
public:
    explicit VarintCursor(const QByteArray &bytes) : m_at(bytes.constData()), m_end(m_at + bytes.size()) {}

    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] bool atEnd() const { return m_at == m_end; }

    std::uint64_t next()
    {
        std::uint64_t number = 0;
        for (int shift = 0; shift < 64 && m_at != m_end; shift += 7) {
            const auto byte = std::uint8_t(*m_at++);
            if (shift == 63 && byte > 1)
                break; // more than 64 bits
            number |= std::uint64_t(byte & 0x7F) << shift;
            if ((byte & 0x80) == 0)
                return number;
        }
        m_failed = true;
        return 0;
    }

private:
    const char *m_at;
    const char *m_end;
    bool m_failed = false;
};

} // namespace fieldfare::protocol
