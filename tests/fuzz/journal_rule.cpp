// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/journal_rule.h"

#include "core/storage/page_format.h"

#include <algorithm>

namespace fieldfare::storage_test {

using namespace storage;

namespace {

constexpr std::size_t kJournalHeader = kJournalSectorSize;
constexpr std::size_t kJournalRecord = kPageSize + 8;

} // namespace

bool isSame(const std::vector<std::uint8_t> &one, const std::vector<std::uint8_t> &other, std::size_t from, std::size_t size)
{
    const auto first = static_cast<std::ptrdiff_t>(from);
    return from + size <= std::min(one.size(), other.size()) &&
           std::equal(one.begin() + first, one.begin() + first + static_cast<std::ptrdiff_t>(size), other.begin() + first);
}

bool looksNeverWritten(const std::vector<std::uint8_t> &sound, const std::vector<std::uint8_t> &now)
{
    for (std::size_t header = 0; header + kJournalHeader <= sound.size();) {
        const std::uint32_t records = readBigEndian(sound.data() + header + 8);
        constexpr std::size_t kCode = 28;
        if (now.size() < header + kJournalHeader)
            return true;
        if (!isSame(sound, now, header, kCode + 16) &&
            std::all_of(now.begin() + std::ptrdiff_t(header + kCode), now.begin() + std::ptrdiff_t(header + kCode + 16),
                        [](std::uint8_t byte) { return byte == 0; }))
            return true;
        if (records == 0)
            return false; // its records were not synced, so nothing in the main file was overwritten by them
        header += kJournalHeader + records * kJournalRecord;
        if (now.size() < header)
            return false;
        header = (header + kJournalHeader - 1) / kJournalHeader * kJournalHeader;
    }
    return false;
}

} // namespace fieldfare::storage_test
