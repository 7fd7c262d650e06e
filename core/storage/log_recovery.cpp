// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/log_recovery.h"

#include <cstring>

namespace fieldfare::storage {

namespace {

constexpr std::uint32_t kLogMagic = 0x377f0682; ///< lowest bit: checksums read words as big-endian

std::uint32_t readLittleEndian(const std::uint8_t *bytes)
{
    return (std::uint32_t(bytes[3]) << 24) | (std::uint32_t(bytes[2]) << 16) | (std::uint32_t(bytes[1]) << 8) |
           bytes[0];
}

} // namespace

void LogRecovery::sum(const std::uint8_t *bytes, int size)
{
    std::uint32_t first = m_sums[0];
    std::uint32_t second = m_sums[1];
    if (m_bigEndian) {
        for (int i = 0; i < size; i += 8) {
            first += readBigEndian(bytes + i) + second;
            second += readBigEndian(bytes + i + 4) + first;
        }
    } else {
        for (int i = 0; i < size; i += 8) {
            first += readLittleEndian(bytes + i) + second;
            second += readLittleEndian(bytes + i + 4) + first;
        }
    }
    m_sums[0] = first;
    m_sums[1] = second;
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
