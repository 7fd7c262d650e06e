// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/page_rewriter.h"
#include "core/storage/vfs_file.h"

namespace fieldfare::storage {

/// The database file itself: whole pages encrypted by PageCipher. Also the meeting point of one connection's files: its
/// log and journal use its cipher and leave word of damage here. SQLite closes those before this one.
class MainFile final : public VfsFile {
public:
    /// `vfs` is the one that `base` is of, `path` what it was opened as.
    MainFile(sqlite3_file *base, std::shared_ptr<SharedFile> shared, sqlite3_vfs *vfs, const char *path);
    ~MainFile() override;

    int read(void *buffer, int amount, sqlite3_int64 offset) override;
    /// Whole pages only, in place. A page beyond the end first fills the gap, so that every page of the file is
    /// authentic and zeros are always damage.
    int write(const void *buffer, int amount, sqlite3_int64 offset) override;
    int truncate(sqlite3_int64 size) override;
    int control(int operation, void *argument) override;
    int lock(int level) override;
    int unlock(int level) override;
    int mapIndex(int region, int regionSize, bool extend, void volatile **memory) override;
    int lockIndex(int first, int count, int flags) override;
    void unmapIndex() override;

    /// To be called before anything is read: what a crash left of a rewriting of pages is ended. SQLite's result code.
    [[nodiscard]] int recoverRewriting() { return m_rewriter.recover(); }
    [[nodiscard]] PageCipher &cipher() { return m_cipher; }
    [[nodiscard]] SharedFile &shared() { return *m_shared; }
    /// Makes the salt known: from the file, or a new one for an empty file.
    [[nodiscard]] int ensureSalt();
    /// The file has a first page and it is not authentic: then the salt that stands in it may be wrong as well, and everything that
    /// is sealed with it would look damaged.
    [[nodiscard]] bool isFirstPageDamaged();
    /// Fails, naming the first missing page, when the file ends before it has so many.
    [[nodiscard]] int requirePages(std::uint32_t pages);
    /// Remembers the first damage for the error message; returns the code to hand to SQLite.
    int report(Damage::Kind kind, std::uint32_t number);

    /// The log tells what it just read and verified during a checkpoint: `plain` is where the decrypted page went,
    /// `encrypted` stays valid until the log's next read. The write of the same page then needs no second encryption.
    void offerForCheckpoint(std::uint32_t page, const void *plain, const std::uint8_t *encrypted);
    [[nodiscard]] bool isCheckpointing() const { return m_checkpointing; }

private:
    int readEncrypted(std::uint32_t page, std::uint8_t *out, const std::uint8_t **encrypted);
    int readPage(std::uint32_t page, std::uint8_t *out);
    int readPart(std::uint8_t *out, int amount, sqlite3_int64 offset);
    int checkPage(PageCheck &check);
    int fillGap(std::uint32_t page);
    int rewritePages(int operation, void *argument);
    bool decryptAgain(std::uint32_t page, std::uint8_t *out);
    [[nodiscard]] bool answersWithSeed(sqlite3_int64 size) const;

    std::shared_ptr<SharedFile> m_shared;
    PageCipher m_cipher;
    PageRewriter m_rewriter;
    WalIndex::Holder m_index;
    Damage m_damage;
    bool m_checkpointing = false;
    std::uint32_t m_offeredPage = 0;
    const void *m_offeredPlain = nullptr;
    const std::uint8_t *m_offered = nullptr;
    std::uint8_t m_page[kPageSize];
    // Pages read ahead of a scan, as on disk. What a snapshot may read from the main file does not change while it
    // lasts (a checkpoint overwrites only what nobody reads there), so they are good until the next lock or write.
    std::unique_ptr<std::uint8_t[]> m_ahead;
    std::uint32_t m_aheadFirst = 0;
    std::uint32_t m_aheadCount = 0;
    std::uint32_t m_lastRead = 0;
    int m_run = 0; ///< reads in a row that went forward by little
};

} // namespace fieldfare::storage
