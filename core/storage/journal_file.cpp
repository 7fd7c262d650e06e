// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/journal_file.h"

#include <cstring>

namespace fieldfare::storage {

namespace {

constexpr std::uint8_t kJournalMagic[8] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7}; // SQLite file format, 3
constexpr std::uint32_t kUncountedRecords = 0xffffffff;

} // namespace

int JournalFile::readPage(std::uint8_t *out, sqlite3_int64 offset)
{
    int code = readBase(m_page, kPageSize, offset);
    if (code == SQLITE_OK)
        code = m_main.ensureSalt();
    if (code != SQLITE_OK)
        return code;
    const std::uint32_t page = m_reading.word;
    m_reading.pageEnd = -1;
    if (!m_main.cipher().decrypt(page, m_page, out)) {
        std::memset(out, 0, kPageSize);
        // A counted record was synced before it was counted, so this is damage; zeros would end the rollback half-way.
        return m_recordsMayBeTorn ? SQLITE_OK : m_main.report(Damage::Kind::JournalPage, page);
    }
    if (!m_main.cipher().checksumMask(m_page + kPageSize - kTagSize, m_reading.mask))
        return SQLITE_IOERR_READ;
    m_reading.pageEnd = offset + kPageSize;
    return SQLITE_OK;
}

int JournalFile::read(void *buffer, int amount, sqlite3_int64 offset)
{
    auto *out = static_cast<std::uint8_t *>(buffer);
    if (amount == kPageSize && offset == m_reading.wordEnd)
        return readPage(out, offset);
    const int code = readBase(buffer, amount, offset);
    if (code != SQLITE_OK)
        return code;
    if (amount == sizeof kJournalMagic && std::memcmp(out, kJournalMagic, sizeof kJournalMagic) == 0)
        m_headerEnd = offset + amount;
    if (amount == 4) {
        if (offset == m_reading.pageEnd) {
            for (int i = 0; i < 4; ++i)
                out[i] ^= m_reading.mask[i];
        } else if (offset == m_headerEnd) {
            m_recordsMayBeTorn = readBigEndian(out) == kUncountedRecords;
        }
        m_reading.word = readBigEndian(out);
        m_reading.wordEnd = offset + 4;
    }
    return SQLITE_OK;
}

int JournalFile::write(const void *buffer, int amount, sqlite3_int64 offset)
{
    const auto *bytes = static_cast<const std::uint8_t *>(buffer);
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
    m_recordsMayBeTorn = false;
    return VfsFile::truncate(size);
}

} // namespace fieldfare::storage
