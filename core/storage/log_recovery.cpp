// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/log_recovery.h"

#include <QtEndian>

#include <cstring>

namespace fieldfare::storage {

namespace {

constexpr std::uint32_t kLogMagic = 0x377f0682; ///< lowest bit: checksums read words as big-endian

std::uint32_t swapped(std::uint32_t word)
{
    return (word << 24) | ((word & 0xff00) << 8) | ((word >> 8) & 0xff00) | (word >> 24);
}

/// SQLite's running checksum over pairs of words ("WAL-mode File Format" 2), as `read` takes a word from its bytes.
template <typename Read>
void addPairs(std::uint32_t *sums, const std::uint8_t *bytes, int size, Read read)
{
    std::uint32_t first = sums[0];
    std::uint32_t second = sums[1];
    for (const std::uint8_t *const end = bytes + size; bytes != end; bytes += 8) {
        first += read(bytes) + second;
        second += read(bytes + 4) + first;
    }
    sums[0] = first;
    sums[1] = second;
}

/// addPairs() backwards: what the sums were before these bytes.
template <typename Read>
void takePairs(std::uint32_t *sums, const std::uint8_t *bytes, int size, Read read)
{
    for (const std::uint8_t *at = bytes + size; at != bytes;) {
        at -= 8;
        sums[1] -= read(at + 4) + sums[0];
        sums[0] -= read(at) + sums[1];
    }
}

} // namespace

void LogRecovery::sum(const std::uint8_t *bytes, int size)
{
    if (m_bigEndian)
        addPairs(m_sums, bytes, size, [](const std::uint8_t *word) { return qFromBigEndian<std::uint32_t>(word); });
    else
        addPairs(m_sums, bytes, size, [](const std::uint8_t *word) { return qFromLittleEndian<std::uint32_t>(word); });
}

void LogRecovery::unsum(const std::uint8_t *bytes, int size)
{
    if (m_bigEndian)
        takePairs(m_sums, bytes, size, [](const std::uint8_t *word) { return qFromBigEndian<std::uint32_t>(word); });
    else
        takePairs(m_sums, bytes, size, [](const std::uint8_t *word) { return qFromLittleEndian<std::uint32_t>(word); });
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
