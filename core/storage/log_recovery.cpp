// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/log_recovery.h"

#include <cstring>

namespace fieldfare::storage {

namespace {

constexpr std::uint32_t kLogMagic = 0x377f0682; ///< lowest bit: checksums read words as big-endian

std::uint32_t swapped(std::uint32_t word)
{
    return (word << 24) | ((word & 0xff00) << 8) | ((word >> 8) & 0xff00) | (word >> 24);
}

} // namespace

std::uint32_t LogRecovery::word(const std::uint8_t *bytes) const
{
    const std::uint32_t big = readBigEndian(bytes);
    return m_bigEndian ? big : swapped(big);
}

void LogRecovery::sum(const std::uint8_t *bytes, int size)
{
    std::uint32_t first = m_sums[0];
    std::uint32_t second = m_sums[1];
    for (int i = 0; i < size; i += 8) {
        first += word(bytes + i) + second;
        second += word(bytes + i + 4) + first;
    }
    m_sums[0] = first;
    m_sums[1] = second;
}

/// sum() backwards: what the sums were before these bytes.
void LogRecovery::unsum(const std::uint8_t *bytes, int size)
{
    for (int i = size - 8; i >= 0; i -= 8) {
        m_sums[1] -= word(bytes + i + 4) + m_sums[0];
        m_sums[0] -= word(bytes + i) + m_sums[1];
    }
}

bool LogRecovery::begin(const std::uint8_t *header)
{
    *this = {};
    const std::uint32_t magic = readBigEndian(header);
    if ((magic & ~1u) != kLogMagic || readBigEndian(header + 8) != kPageSize)
        return false;
    m_bigEndian = (magic & 1u) != 0;
    std::memcpy(m_salts, header + 16, sizeof m_salts);
    sum(header, 24);
    return readBigEndian(header + 24) == m_sums[0] && readBigEndian(header + 28) == m_sums[1];
}

bool LogRecovery::isOfThisLog(const std::uint8_t *frameHeader) const
{
    return std::memcmp(frameHeader + 8, m_salts, sizeof m_salts) == 0;
}

LogRecovery::LostHeader LogRecovery::lostHeader(const std::uint8_t *page, const std::uint8_t *nextHeader,
                                                const std::uint8_t *nextPage) const
{
    LogRecovery behind = *this;
    behind.m_sums[0] = readBigEndian(nextHeader + 16);
    behind.m_sums[1] = readBigEndian(nextHeader + 20);
    behind.unsum(nextPage, kPageSize);
    behind.unsum(nextHeader, 8);
    behind.unsum(page, kPageSize);
    // Only the header's first two words stand between the sums now.
    const std::uint32_t number = behind.m_sums[0] - m_sums[0] - m_sums[1];
    const std::uint32_t size = behind.m_sums[1] - m_sums[1] - behind.m_sums[0];
    return m_bigEndian ? LostHeader{number, size} : LostHeader{swapped(number), swapped(size)};
}

bool LogRecovery::accept(const std::uint8_t *frameHeader, const std::uint8_t *page, bool sound)
{
    if (!sound || !isOfThisLog(frameHeader) || readBigEndian(frameHeader) == 0)
        return false;
    sum(frameHeader, 8);
    sum(page, kPageSize);
    if (readBigEndian(frameHeader + 16) != m_sums[0] || readBigEndian(frameHeader + 20) != m_sums[1])
        return false;
    ++m_frames;
    if (isCommit(frameHeader))
        m_lastCommit = m_frames;
    return true;
}

void TornOrDamaged::add(bool ofThisLog, bool commit, bool sound)
{
    if (!ofThisLog) {
        m_unbroken = false;
        return;
    }
    m_sawCommit = m_sawCommit || commit;
    if (!m_badOneEnded) {
        m_badOneEnded = commit;
        m_unbroken = commit;
        return;
    }
    m_unbroken = m_unbroken && sound;
    if (!commit)
        return;
    m_damaged = m_damaged || m_unbroken;
    m_unbroken = true;
}

} // namespace fieldfare::storage
