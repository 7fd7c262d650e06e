// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/main_file.h"

#include "core/base/random.h"

#include <algorithm>
#include <cstring>

namespace fieldfare::storage {

namespace {

constexpr std::uint32_t kAheadPages = 8;
constexpr std::uint32_t kNearPages = 4; ///< pages of indexes lie between those of a table
constexpr int kRunBeforeAhead = 3;
constexpr int kCheckpointLock = 1; ///< WAL_CKPT_LOCK (SQLite, "WAL-mode File Format", 2.3)
constexpr int kHeaderSize = 100; ///< SQLite's database header, the first thing it reads of a file

/// What an empty file answers, so that SQLite makes it with our page size and reserve (SQLite file format, 1.3).
void writeSeedHeader(std::uint8_t *header, int amount)
{
    std::memset(header, 0, size_t(amount));
    std::memcpy(header, kSqliteMagic.data(), kSaltSize);
    header[16] = kPageSize >> 8;
    header[18] = 1;
    header[19] = 1;
    header[20] = kReservedSize;
    header[21] = 64;
    header[22] = 32;
    header[23] = 32;
}

} // namespace

MainFile::MainFile(sqlite3_file *base, std::shared_ptr<SharedFile> shared, sqlite3_vfs *vfs, const char *path)
    : VfsFile(base), m_shared(std::move(shared)), m_cipher(m_shared), m_rewriter(base, vfs, path, m_shared, m_cipher)
{
}

MainFile::~MainFile()
{
    m_shared->walIndex().detach(m_index);
}

int MainFile::report(Damage::Kind kind, std::uint32_t number)
{
    if (m_damage.kind == Damage::Kind::None)
        m_damage = {kind, number};
    return SQLITE_IOERR_DATA;
}

int MainFile::ensureSalt()
{
    if (m_shared->saltGeneration() != 0)
        return SQLITE_OK;
    sqlite3_int64 size = 0;
    int code = sizeOfBase(&size);
    if (code != SQLITE_OK)
        return code;
    FileSalt salt;
    if (size == 0)
        base::SystemRandom().fill(salt);
    else
        code = readBase(salt.data(), kSaltSize, 0);
    if (code == SQLITE_OK)
        m_shared->setSalt(salt);
    return code == SQLITE_IOERR_SHORT_READ ? report(Damage::Kind::Page, 1) : code;
}

bool MainFile::isFirstPageDamaged()
{
    sqlite3_int64 size = 0;
    if (sizeOfBase(&size) != SQLITE_OK || size == 0)
        return false;
    const std::unique_ptr<std::uint8_t[]> page = std::make_unique<std::uint8_t[]>(kPageSize);
    return size < kPageSize || readBase(page.get(), kPageSize, 0) != SQLITE_OK || ensureSalt() != SQLITE_OK
        || !m_cipher.decrypt(1, page.get(), page.get());
}

int MainFile::requirePages(std::uint32_t pages)
{
    sqlite3_int64 size = 0;
    const int code = sizeOfBase(&size);
    const auto present = std::uint32_t(size / kPageSize);
    return code == SQLITE_OK && present < pages ? report(Damage::Kind::Page, present + 1) : code;
}

/// Leaves the page as on disk at `*encrypted`, which is `out` or lies in the pages read ahead.
int MainFile::readEncrypted(std::uint32_t page, std::uint8_t *out, const std::uint8_t **encrypted)
{
    *encrypted = out;
    const sqlite3_int64 offset = sqlite3_int64(page - 1) * kPageSize;
    const bool isNear = page > m_lastRead && page - m_lastRead <= kNearPages;
    m_run = isNear ? m_run + 1 : 0;
    m_lastRead = page;
    const bool isAhead = page >= m_aheadFirst && page - m_aheadFirst < m_aheadCount;
    if (!isAhead && m_run >= kRunBeforeAhead) {
        if (m_ahead == nullptr)
            m_ahead = std::make_unique<std::uint8_t[]>(size_t(kAheadPages) * kPageSize);
        m_aheadFirst = page;
        // At the end of the file, or on an error, the page is read alone and says itself what is wrong.
        m_aheadCount = readBase(m_ahead.get(), kAheadPages * kPageSize, offset) == SQLITE_OK ? kAheadPages : 0;
    }
    if (page >= m_aheadFirst && page - m_aheadFirst < m_aheadCount) {
        *encrypted = m_ahead.get() + size_t(page - m_aheadFirst) * kPageSize;
        return SQLITE_OK;
    }
    return readBase(out, kPageSize, offset);
}

int MainFile::readPage(std::uint32_t page, std::uint8_t *out)
{
    const std::uint8_t *encrypted = nullptr;
    int code = readEncrypted(page, out, &encrypted);
    if (code == SQLITE_IOERR_SHORT_READ) {
        sqlite3_int64 size = 0;
        if (sizeOfBase(&size) == SQLITE_OK && size == 0)
            return code; // a new file: zeros, as SQLite expects
        // Every page that is in use was written, so a file that ends before one was cut; SQLite would take it for zeros.
        std::memset(out, 0, kPageSize);
        return report(Damage::Kind::Page, page);
    }
    if (code == SQLITE_OK && page != 1)
        code = ensureSalt();
    if (code != SQLITE_OK)
        return code;
    if (!m_cipher.decrypt(page, encrypted, out) && !decryptAgain(page, out)) {
        std::memset(out, 0, kPageSize);
        return report(Damage::Kind::Page, page);
    }
    return SQLITE_OK;
}

/// A page that was being written in place when it was read, or was read ahead under a key that has gone.
bool MainFile::decryptAgain(std::uint32_t page, std::uint8_t *out)
{
    if (!m_shared->wasRewritten)
        return false;
    const std::shared_lock guard(m_shared->rewriting);
    m_aheadCount = 0;
    return readBase(out, kPageSize, sqlite3_int64(page - 1) * kPageSize) == SQLITE_OK && m_cipher.decrypt(page, out, out);
}

bool MainFile::answersWithSeed(sqlite3_int64 size) const
{
    return size > 0 || m_shared->seedsHeader();
}

int MainFile::readPart(std::uint8_t *out, int amount, sqlite3_int64 offset)
{
    const std::uint32_t page = std::uint32_t(offset / kPageSize) + 1;
    const int start = int(offset % kPageSize);
    if (start + amount > kPageSize)
        return SQLITE_IOERR_READ; // SQLite never reads across pages
    if (offset == 0 && amount == kHeaderSize) {
        sqlite3_int64 size = 0;
        int code = sizeOfBase(&size);
        if (code != SQLITE_OK)
            return code;
        const Damage before = m_damage;
        code = size > 0 ? readPage(page, m_page) : SQLITE_IOERR_SHORT_READ;
        if (code == SQLITE_OK) {
            std::memcpy(out, m_page, size_t(amount));
            return SQLITE_OK;
        }
        if (code != SQLITE_IOERR_SHORT_READ && code != SQLITE_IOERR_DATA)
            return code;
        // A damaged page 1 is answered like an empty file: opening succeeds, a journal may still repair the page,
        // and otherwise the first query reports it.
        m_damage = before;
        if (!answersWithSeed(size)) {
            std::memset(out, 0, size_t(amount));
            return SQLITE_IOERR_SHORT_READ;
        }
        writeSeedHeader(out, amount);
        return SQLITE_OK;
    }
    const int code = readPage(page, m_page);
    if (code != SQLITE_OK) {
        std::memset(out, 0, size_t(amount));
        return code;
    }
    std::memcpy(out, m_page + start, size_t(amount));
    return SQLITE_OK;
}

int MainFile::checkPage(PageCheck &check)
{
    const sqlite3_int64 offset = sqlite3_int64(check.page - 1) * kPageSize;
    sqlite3_int64 size = 0;
    int code = sizeOfBase(&size);
    check.exists = offset < size;
    check.isSound = true;
    if (code != SQLITE_OK || !check.exists || check.page == kLockBytePage)
        return code;
    // Another connection may be writing this very page: what is read twice is judged.
    for (int attempt = 0; attempt < 3; ++attempt) {
        const std::shared_lock guard(m_shared->rewriting);
        code = readBase(m_page, kPageSize, offset);
        if (code == SQLITE_OK)
            code = ensureSalt();
        check.isSound = code == SQLITE_OK &&
                        (std::all_of(m_page, m_page + kPageSize, [](std::uint8_t byte) { return byte == 0; }) ||
                         m_cipher.decrypt(check.page, m_page, m_page));
        if (check.isSound)
            break;
    }
    m_offered = nullptr;
    return code == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : code;
}

int MainFile::read(void *buffer, int amount, sqlite3_int64 offset)
{
    auto *out = static_cast<std::uint8_t *>(buffer);
    if (amount == kPageSize && offset % kPageSize == 0)
        return readPage(std::uint32_t(offset / kPageSize) + 1, out);
    return readPart(out, amount, offset);
}

int MainFile::fillGap(std::uint32_t page)
{
    if (page <= m_shared->knownPages.load(std::memory_order_relaxed) + 1)
        return SQLITE_OK;
    sqlite3_int64 size = 0;
    int code = sizeOfBase(&size);
    if (code != SQLITE_OK)
        return code;
    std::uint32_t present = std::uint32_t(size / kPageSize);
    const std::uint8_t zeros[kPageSize] = {};
    for (; code == SQLITE_OK && present + 1 < page; ++present) {
        const std::uint32_t missing = present + 1;
        if (missing == kLockBytePage || missing == 1)
            continue;
        if (!m_cipher.encrypt(missing, zeros, m_page))
            return SQLITE_IOERR_WRITE;
        code = writeBase(m_page, kPageSize, sqlite3_int64(missing - 1) * kPageSize);
    }
    return code;
}

int MainFile::write(const void *buffer, int amount, sqlite3_int64 offset)
{
    if (m_shared->isRewriteOpen)
        return SQLITE_IOERR_WRITE; // pages in flight come first
    if (amount != kPageSize || offset % kPageSize != 0)
        return SQLITE_IOERR_WRITE; // would be a change of the page size, which is refused elsewhere
    const std::uint32_t page = std::uint32_t(offset / kPageSize) + 1;
    int code = ensureSalt();
    if (code == SQLITE_OK)
        code = fillGap(page);
    if (code != SQLITE_OK)
        return code;
    const std::uint8_t *encrypted = m_page;
    if (m_checkpointing && m_offered != nullptr && m_offeredPage == page && m_offeredPlain == buffer)
        encrypted = m_offered;
    else if (!m_cipher.encrypt(page, static_cast<const std::uint8_t *>(buffer), m_page))
        return SQLITE_IOERR_WRITE;
    m_offered = nullptr;
    m_aheadCount = 0;
    code = writeBase(encrypted, kPageSize, offset);
    if (code == SQLITE_OK && page > m_shared->knownPages.load(std::memory_order_relaxed))
        m_shared->knownPages.store(page, std::memory_order_relaxed);
    return code;
}

int MainFile::truncate(sqlite3_int64 size)
{
    if (m_shared->isRewriteOpen)
        return SQLITE_IOERR_TRUNCATE;
    m_shared->knownPages.store(0, std::memory_order_relaxed);
    m_aheadCount = 0;
    return VfsFile::truncate(size);
}

void MainFile::offerForCheckpoint(std::uint32_t page, const void *plain, const std::uint8_t *encrypted)
{
    m_offeredPage = page;
    m_offeredPlain = plain;
    m_offered = encrypted;
}

int MainFile::control(int operation, void *argument)
{
    switch (operation) {
    case kTakeDamageControl:
        *static_cast<Damage *>(argument) = m_damage;
        m_damage = {};
        return SQLITE_OK;
    case kCheckPageControl:
        return checkPage(*static_cast<PageCheck *>(argument));
    case kSnapshotMarkControl: {
        auto &mark = *static_cast<SnapshotMark *>(argument);
        m_shared->walIndex().mark(m_index, mark);
        sqlite3_int64 size = 0;
        const int code = sizeOfBase(&size);
        mark.mainBytes = size;
        return code;
    }
    case kRawReadControl: {
        const std::shared_lock guard(m_shared->rewriting); // pages as a whole, and not while they are written in place
        return VfsFile::control(operation, argument);
    }
    case kSweepPagesControl:
    case kScanEpochsControl:
    case kEndSweepControl:
        return rewritePages(operation, argument);
    case SQLITE_FCNTL_PRAGMA: {
        char **parts = static_cast<char **>(argument);
        if (sqlite3_stricmp(parts[1], "fieldfare_vfs") == 0) {
            parts[0] = sqlite3_mprintf("encrypted 1");
            return SQLITE_OK;
        }
        if (sqlite3_stricmp(parts[1], "page_size") == 0 && parts[2] != nullptr)
            return SQLITE_OK; // the page size is part of the format
        if (sqlite3_stricmp(parts[1], "mmap_size") == 0) {
            parts[0] = sqlite3_mprintf("0");
            return SQLITE_OK;
        }
        break;
    }
    case SQLITE_FCNTL_MMAP_SIZE:
        *static_cast<sqlite3_int64 *>(argument) = 0; // a mapped file would be read as it is on disk
        return SQLITE_OK;
    case SQLITE_FCNTL_SIZE_HINT:
    case SQLITE_FCNTL_CHUNK_SIZE:
        return SQLITE_OK; // pages of zeros would not be authentic
    case SQLITE_FCNTL_BEGIN_ATOMIC_WRITE:
    case SQLITE_FCNTL_COMMIT_ATOMIC_WRITE:
    case SQLITE_FCNTL_ROLLBACK_ATOMIC_WRITE:
        return SQLITE_NOTFOUND;
    case SQLITE_FCNTL_CKPT_START:
    case SQLITE_FCNTL_CKPT_DONE:
        m_checkpointing = operation == SQLITE_FCNTL_CKPT_START;
        m_offered = nullptr;
        break;
    default:
        break;
    }
    return VfsFile::control(operation, argument);
}

/// Under the lock of whoever moves the log into the main file: as the file is a logged one, nobody else writes it then.
int MainFile::rewritePages(int operation, void *argument)
{
    int code = ensureSalt();
    if (code == SQLITE_OK)
        code = m_shared->walIndex().lock(m_index, kCheckpointLock, 1, SQLITE_SHM_LOCK | SQLITE_SHM_EXCLUSIVE);
    if (code != SQLITE_OK)
        return code;
    if (operation == kSweepPagesControl)
        code = m_rewriter.sweep(*static_cast<PageSweep *>(argument));
    else if (operation == kScanEpochsControl)
        code = m_rewriter.scan(*static_cast<EpochScan *>(argument));
    else
        code = m_rewriter.end();
    m_aheadCount = 0;
    if (!m_shared->isRewriteOpen)
        static_cast<void>(m_shared->walIndex().lock(m_index, kCheckpointLock, 1, SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE));
    return code;
}

int MainFile::lock(int level)
{
    m_aheadCount = 0;
    return VfsFile::lock(level);
}

int MainFile::unlock(int level)
{
    m_aheadCount = 0;
    return VfsFile::unlock(level);
}

int MainFile::mapIndex(int region, int regionSize, bool extend, void volatile **memory)
{
    return m_shared->walIndex().map(m_index, region, regionSize, extend, memory);
}

int MainFile::lockIndex(int first, int count, int flags)
{
    m_aheadCount = 0;
    return m_shared->walIndex().lock(m_index, first, count, flags);
}

void MainFile::unmapIndex()
{
    m_shared->walIndex().detach(m_index);
}

} // namespace fieldfare::storage
