// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/page_cipher.h"
#include "core/storage/rewrite_journal.h"

namespace fieldfare::storage {

/// Encrypts the main file's pages anew where they stand, beside readers and the writer of a logged file
/// (core/storage/docs/key-rotation.md). Belongs to one connection's main file. Return values are SQLite result codes.
///
/// For sweep() and scan() the caller holds the lock of whoever moves the log into the main file, so that nobody else writes it;
/// and keeps it, after a failure, as long as SharedFile::isRewriteOpen.
class PageRewriter {
public:
    /// `main` is the open file below the encrypted one.
    PageRewriter(sqlite3_file *main, sqlite3_vfs *vfs, const std::string &path, std::shared_ptr<SharedFile> shared, PageCipher &cipher);

    /// What a crash left in flight is written again, before anybody reads the file. Once a process.
    [[nodiscard]] int recover();
    /// After a failure the next call first ends what was begun.
    [[nodiscard]] int sweep(PageSweep &sweep);
    [[nodiscard]] int scan(EpochScan &scan);
    [[nodiscard]] int end() { return m_journal.remove(); }

private:
    [[nodiscard]] int redo();
    [[nodiscard]] int endOpenRewrite();
    [[nodiscard]] int gather(PageSweep &sweep);
    [[nodiscard]] int writePending();
    [[nodiscard]] int writeInPlace(const RewrittenPages &pages);
    [[nodiscard]] int readEpoch(std::uint32_t page, std::uint32_t *epoch);
    [[nodiscard]] int readPage(std::uint32_t page, bool *isZero);

    sqlite3_file *m_main;
    std::shared_ptr<SharedFile> m_shared;
    PageCipher &m_cipher;
    RewriteJournal m_journal;
    RewrittenPages m_pending;
    bool m_isJournalled = false; ///< m_pending is whole in the journal, and perhaps in part in place
    std::uint8_t m_page[kPageSize];
};

} // namespace fieldfare::storage
