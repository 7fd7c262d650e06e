// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/main_file.h"
#include "tests/storage/crashed_files.h"

/// What the fuzzers of the file's readers damage, and the disk it lies on. One thread.
namespace fieldfare::storage_test {

using Page = std::array<std::uint8_t, storage::kPageSize>;

/// The bytes of a file. Kept from run to run, as asking for memory would cost more than the readers do.
struct BytesOnDisk {
    FileBytes bytes;
    FileBytes before;       ///< what `bytes` were when a reader first wrote to them; without meaning until then
    bool isWritten = false; ///< since begin()

    void begin() { isWritten = false; }
    [[nodiscard]] bool isAsBefore() const { return !isWritten || bytes == before; }
};

/// A file of the wrapped VFS over such bytes, which outlive it.
class MemoryFile {
public:
    explicit MemoryFile(BytesOnDisk &disk);
    [[nodiscard]] sqlite3_file *file() { return &m_head; }
    [[nodiscard]] static BytesOnDisk &diskOf(sqlite3_file *file);

private:
    sqlite3_file m_head;
    BytesOnDisk *m_disk;
};

/// A main file over bytes, as a process that just started opens it: nothing is known of it.
class OpenMain {
public:
    explicit OpenMain(BytesOnDisk &disk);
    [[nodiscard]] storage::MainFile &file() { return m_file; }
    /// What was reported as damaged; forgotten then.
    [[nodiscard]] storage::Damage damage();

private:
    MemoryFile m_base;
    storage::MainFile m_file;
};

/// Main file, log and journal over it, written through the very classes that read them, when they are first asked for.
class FileParserSamples {
public:
    static constexpr std::uint32_t kPages = 4;
    static constexpr std::uint8_t kJournalMagic[8] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
    static constexpr std::size_t kJournalRecord = storage::kPageSize + 8;

    [[nodiscard]] static const FileParserSamples &get();
    [[nodiscard]] const CrashedFiles &files() const { return m_files; }
    /// What page `number` of the main file holds, from 1 to kPages.
    [[nodiscard]] const Page &page(std::uint32_t number) const { return m_pages[number - 1]; }
    /// SQLite's checksum of a journal's record (SQLite file format, 3).
    [[nodiscard]] static std::uint32_t checksumOf(const Page &page, std::uint32_t start);

private:
    FileParserSamples();
    void writeLog(OpenMain &main);
    void writeJournal(OpenMain &main);

    CrashedFiles m_files;
    std::array<Page, kPages> m_pages;
};

} // namespace fieldfare::storage_test
