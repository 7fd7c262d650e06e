// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/journal_file.h"

#include <algorithm>
#include <cstring>

namespace fieldfare::storage {

namespace {

constexpr std::uint8_t kJournalMagic[8] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7}; // SQLite file format, 3
constexpr std::uint32_t kUncountedRecords = 0xffffffff;
constexpr int kMagicAndCount = 12;      ///< what is written once the records are synced
constexpr int kOriginalSizeOffset = 16; ///< pages before the transaction
constexpr int kCheckedStep = 200;       ///< SQLite's checksum is over each 200th byte from the end (SQLite file format, 3)

bool isZero(const std::uint8_t *bytes, int size)
{
    return std::all_of(bytes, bytes + size, [](std::uint8_t byte) { return byte == 0; });
}

} // namespace

std::uint32_t JournalFile::checksumOf(const std::uint8_t *page) const
{
    std::uint32_t sum = m_checksumStart;
    for (int i = kPageSize - kCheckedStep; i > 0; i -= kCheckedStep)
        sum += page[i];
    return sum;
}

bool JournalFile::countsPages(const std::uint8_t *header)
{
    return std::memcmp(header, kJournalMagic, sizeof kJournalMagic) == 0 && readBigEndian(header + kOriginalSizeOffset) != 0;
}

int JournalFile::checkHeader(sqlite3_int64 offset)
{
    std::uint8_t header[kJournalHeaderSize + kTagSize];
    int code = readBase(header, sizeof header, offset);
    // Nothing that was synced as a header, or one without a code: of a new file, or of an earlier version.
    if (code == SQLITE_IOERR_SHORT_READ || (code == SQLITE_OK && isZero(header + kJournalHeaderSize, kTagSize)))
        return SQLITE_OK;
    if (code == SQLITE_OK)
        code = m_main.ensureSalt();
    if (code != SQLITE_OK)
        return code;
    std::uint8_t expected[kTagSize];
    if (!m_main.cipher().journalHeaderCode(offset, header, expected))
        return SQLITE_IOERR_READ;
    const bool isSame = std::memcmp(header + kJournalHeaderSize, expected, kTagSize) == 0;
    return isSame ? SQLITE_OK : m_main.report(Damage::Kind::Journal, 0);
}

int JournalFile::readPage(std::uint8_t *out, sqlite3_int64 offset)
{
    const std::uint32_t page = m_reading.word;
    m_reading.isCounted = m_countedLeft > 0;
    if (m_reading.isCounted)
        --m_countedLeft;
    int code = readBase(m_page, kPageSize, offset);
    if (code == SQLITE_IOERR_SHORT_READ && m_reading.isCounted)
        return m_main.report(Damage::Kind::JournalPage, page);
    if (code == SQLITE_OK)
        code = m_main.ensureSalt();
    if (code != SQLITE_OK)
        return code;
    m_reading.pageEnd = -1;
    if (!m_main.cipher().decrypt(page, m_page, out)) {
        std::memset(out, 0, kPageSize);
        // A counted record was synced before it was counted, so this is damage; zeros would end the rollback half-way.
        return m_recordsMayBeTorn ? SQLITE_OK : m_main.report(Damage::Kind::JournalPage, page);
    }
    if (!m_main.cipher().checksumMask(m_page + kPageSize - kTagSize, m_reading.mask))
        return SQLITE_IOERR_READ;
    m_reading.pageEnd = offset + kPageSize;
    m_reading.checksum = checksumOf(out);
    return SQLITE_OK;
}

int JournalFile::readWord(std::uint8_t *out, sqlite3_int64 offset)
{
    const std::uint32_t page = m_reading.word;
    if (offset == m_reading.pageEnd) {
        for (int i = 0; i < 4; ++i)
            out[i] ^= m_reading.mask[i];
        if (m_reading.isCounted && readBigEndian(out) != m_reading.checksum)
            return m_main.report(Damage::Kind::JournalPage, page);
    } else if (offset == m_headerEnd) {
        const std::uint32_t count = readBigEndian(out);
        m_recordsMayBeTorn = count == kUncountedRecords;
        m_countedLeft = m_recordsMayBeTorn ? 0 : count;
    } else if (offset == m_headerEnd + 4) {
        m_checksumStart = readBigEndian(out);
    } else if (offset == m_headerEnd + 8) {
        // A file only grows until its journal is gone. Where it is shorter than it was before the transaction it was cut, and
        // rolling back would make up pages for those that are missing.
        const int code = m_main.requirePages(readBigEndian(out));
        if (code != SQLITE_OK)
            return code;
    }
    m_reading.word = readBigEndian(out);
    m_reading.wordEnd = offset + 4;
    return SQLITE_OK;
}

int JournalFile::read(void *buffer, int amount, sqlite3_int64 offset)
{
    auto *out = static_cast<std::uint8_t *>(buffer);
    if (amount == kPageSize && offset == m_reading.wordEnd)
        return readPage(out, offset);
    int code = readBase(buffer, amount, offset);
    const bool isCounted = m_countedLeft > 0 || (m_reading.isCounted && offset == m_reading.pageEnd);
    if (code == SQLITE_IOERR_SHORT_READ && amount == 4 && isCounted)
        return m_main.report(Damage::Kind::Journal, 0);
    // The magic, and the first byte by which SQLite sees whether there is anything to roll back.
    const bool isHeader = amount == sizeof kJournalMagic && offset % kJournalSectorSize == 0;
    if (code == SQLITE_OK && (isHeader || (amount == 1 && offset == 0)))
        code = checkHeader(offset);
    if (code != SQLITE_OK)
        return code;
    if (isHeader && std::memcmp(out, kJournalMagic, sizeof kJournalMagic) == 0) {
        m_headerEnd = offset + amount;
        m_countedLeft = 0;
    }
    return amount == 4 ? readWord(out, offset) : SQLITE_OK;
}

/// As a whole, or its magic and count once the records are synced, or zeros over it to end a journal that is kept.
bool JournalFile::isHeaderWrite(const std::uint8_t *bytes, int amount, sqlite3_int64 offset)
{
    if (amount == kJournalHeaderSize && offset == 0)
        return isZero(bytes, amount);
    return offset % kJournalSectorSize == 0 && (amount == kJournalSectorSize || amount == kMagicAndCount);
}

/// A new journal may begin over one that never counted, whose transaction failed before its first sync. What lay behind its header
/// would look like a header that was damaged one day.
int JournalFile::writeHeader(const std::uint8_t *bytes, int amount, sqlite3_int64 offset)
{
    std::uint8_t sector[kJournalSectorSize] = {};
    int code = SQLITE_OK;
    if (amount == kMagicAndCount)
        code = readBase(sector, kJournalHeaderSize, offset);
    else if (offset == 0 && amount == kJournalSectorSize)
        code = VfsFile::truncate(0);
    if (code != SQLITE_OK)
        return code;
    std::memcpy(sector, bytes, size_t(amount));
    // Before its magic is written a header says nothing. In a new file the salt is not on disk yet, so it can bind nothing.
    if (countsPages(sector)) {
        code = m_main.ensureSalt();
        if (code != SQLITE_OK)
            return code;
        if (!m_main.cipher().journalHeaderCode(offset, sector, sector + kJournalHeaderSize))
            return SQLITE_IOERR_WRITE;
    }
    return writeBase(sector, std::max(amount, kJournalHeaderSize + kTagSize), offset);
}

int JournalFile::write(const void *buffer, int amount, sqlite3_int64 offset)
{
    const auto *bytes = static_cast<const std::uint8_t *>(buffer);
    m_countedLeft = 0;
    if (amount == kPageSize && offset == m_writing.wordEnd) {
        const int code = m_main.ensureSalt();
        if (code != SQLITE_OK)
            return code;
        if (!m_main.cipher().encrypt(m_writing.word, bytes, m_page) ||
            !m_main.cipher().checksumMask(m_page + kPageSize - kTagSize, m_writing.mask))
            return SQLITE_IOERR_WRITE;
        m_writing.wordEnd = -1;
        m_writing.pageEnd = offset + kPageSize;
        return writeBase(m_page, kPageSize, offset);
    }
    if (amount == 4 && offset == m_writing.pageEnd) {
        std::uint8_t masked[4];
        for (int i = 0; i < 4; ++i)
            masked[i] = bytes[i] ^ m_writing.mask[i];
        m_writing = {};
        return writeBase(masked, 4, offset);
    }
    m_writing = {};
    if (isHeaderWrite(bytes, amount, offset))
        return writeHeader(bytes, amount, offset);
    if (amount == 4) {
        m_writing.word = readBigEndian(bytes);
        m_writing.wordEnd = offset + 4;
    }
    return writeBase(buffer, amount, offset);
}

int JournalFile::truncate(sqlite3_int64 size)
{
    m_reading = {};
    m_writing = {};
    m_headerEnd = -1;
    m_countedLeft = 0;
    m_recordsMayBeTorn = false;
    return VfsFile::truncate(size);
}

} // namespace fieldfare::storage
