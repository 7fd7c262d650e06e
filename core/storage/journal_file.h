// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/main_file.h"

namespace fieldfare::storage {

/// The rollback journal. Its records are a page number (4 bytes, clear), a page (encrypted like in the main file) and a
/// checksum over the plain page (4 bytes, masked). Nothing in a write says that it is a page but the 4-byte write of
/// its number just before, and the same holds for reads; so this remembers the last word and the last page.
///
/// SQLite ends a rollback without a word at the first record or header that looks unwritten, which would leave half of a
/// transaction in the main file. So what a header counts must be there and be right, and headers carry a code of their own.
class JournalFile final : public VfsFile {
public:
    JournalFile(sqlite3_file *base, MainFile &main) : VfsFile(base), m_main(main) {}

    /// Whether the kJournalHeaderSize bytes are a header that was finished, of a file that had pages before the transaction.
    [[nodiscard]] static bool countsPages(const std::uint8_t *header);

    int read(void *buffer, int amount, sqlite3_int64 offset) override;
    int write(const void *buffer, int amount, sqlite3_int64 offset) override;
    int truncate(sqlite3_int64 size) override;

private:
    struct Cursor {
        sqlite3_int64 wordEnd = -1; ///< where the last 4-byte access ended
        std::uint32_t word = 0;
        sqlite3_int64 pageEnd = -1; ///< where the last page ended; its checksum follows
        std::uint8_t mask[4] = {};
        bool isCounted = false;     ///< by its header: it was synced
        std::uint32_t checksum = 0; ///< of a counted page, as it must be
    };
    int readPage(std::uint8_t *out, sqlite3_int64 offset);
    int readWord(std::uint8_t *out, sqlite3_int64 offset);
    int checkHeader(sqlite3_int64 offset);
    int writeHeader(const std::uint8_t *bytes, int amount, sqlite3_int64 offset);
    [[nodiscard]] static bool isHeaderWrite(const std::uint8_t *bytes, int amount, sqlite3_int64 offset);
    [[nodiscard]] std::uint32_t checksumOf(const std::uint8_t *page) const;

    MainFile &m_main;
    Cursor m_reading;
    Cursor m_writing;
    sqlite3_int64 m_headerEnd = -1;  ///< where the magic that was read last ended; the record count follows
    bool m_recordsMayBeTorn = false; ///< the header counts no records: written without syncs
    std::uint32_t m_countedLeft = 0; ///< records that the header read last counts and that were not read yet
    std::uint32_t m_checksumStart = 0;
    std::uint8_t m_page[kPageSize];
};

} // namespace fieldfare::storage
