// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/page_rewriter.h"

#include <algorithm>

namespace fieldfare::storage {

namespace {

constexpr std::uint32_t kMostLooks = 16384; ///< pages a step, so that the lock is held for milliseconds

sqlite3_int64 offsetOf(std::uint32_t page)
{
    return sqlite3_int64(page - 1) * kPageSize;
}

/// Pages of the file, and the number of the first one that this step does not look at.
int bounds(sqlite3_file *file, std::uint32_t next, std::uint32_t *pages, std::uint32_t *end)
{
    sqlite3_int64 size = 0;
    const int code = file->pMethods->xFileSize(file, &size);
    *pages = std::uint32_t(size / kPageSize);
    *end = std::min(*pages, next + kMostLooks - 1) + 1;
    return code;
}

} // namespace

PageRewriter::PageRewriter(sqlite3_file *main, sqlite3_vfs *vfs, const std::string &path, std::shared_ptr<SharedFile> shared, PageCipher &cipher)
    : m_main(main), m_shared(std::move(shared)), m_cipher(cipher), m_journal(vfs, path, *m_shared)
{
}

int PageRewriter::redo()
{
    FileSalt salt;
    RewrittenPages pages;
    int code = m_main->pMethods->xRead(m_main, salt.data(), kSaltSize, 0);
    if (code == SQLITE_OK)
        code = m_journal.read(salt, &pages);
    // A file that ends before its salt is no file that pages were in flight of.
    if (code == SQLITE_IOERR_SHORT_READ)
        return SQLITE_OK;
    if (code == SQLITE_OK && !pages.numbers.empty())
        code = writeInPlace(pages);
    return code == SQLITE_OK && !pages.numbers.empty() ? m_journal.clear() : code;
}

int PageRewriter::recover()
{
    const std::lock_guard guard(m_shared->recovering);
    if (m_shared->isRecovered)
        return SQLITE_OK;
    bool isThere = false;
    int code = m_journal.exists(&isThere);
    if (code == SQLITE_OK && isThere)
        code = redo();
    m_journal.close(); // whoever ends the replacement removes it, which Windows refuses while it is open
    m_shared->isRecovered = code == SQLITE_OK;
    return code;
}

int PageRewriter::writeInPlace(const RewrittenPages &pages)
{
    int code = SQLITE_OK;
    {
        const std::unique_lock guard(m_shared->rewriting);
        for (size_t i = 0; i < pages.numbers.size() && code == SQLITE_OK; ++i)
            code = m_main->pMethods->xWrite(m_main, pages.bytes.data() + i * kPageSize, kPageSize, offsetOf(pages.numbers[i]));
    }
    return code == SQLITE_OK ? m_main->pMethods->xSync(m_main, SQLITE_SYNC_FULL) : code;
}

int PageRewriter::writePending()
{
    int code = SQLITE_OK;
    m_shared->wasRewritten = true;
    m_shared->isRewriteOpen = true;
    if (!m_isJournalled) {
        const auto salt = m_shared->salt();
        code = salt ? m_journal.write(*salt, m_pending) : SQLITE_IOERR_WRITE;
        m_isJournalled = code == SQLITE_OK;
        if (code != SQLITE_OK) {
            // It may be whole on the disk for all that: then it must go before anybody else writes the file.
            if (m_journal.clear() == SQLITE_OK) {
                m_pending = {};
                m_shared->isRewriteOpen = false;
            }
            return code;
        }
    }
    code = writeInPlace(m_pending);
    if (code == SQLITE_OK)
        code = m_journal.clear();
    if (code != SQLITE_OK)
        return code;
    m_pending = {};
    m_isJournalled = false;
    m_shared->isRewriteOpen = false;
    return SQLITE_OK;
}

int PageRewriter::endOpenRewrite()
{
    if (!m_pending.numbers.empty())
        return writePending();
    // Another connection's, which has gone. Nobody wrote the file since, so its journal holds.
    int code = redo();
    if (code == SQLITE_OK)
        code = m_journal.clear();
    m_shared->isRewriteOpen = code != SQLITE_OK;
    return code;
}

int PageRewriter::readEpoch(std::uint32_t page, std::uint32_t *epoch)
{
    std::uint8_t bytes[kEpochSize];
    const int code = m_main->pMethods->xRead(m_main, bytes, kEpochSize, offsetOf(page) + kUsableSize);
    *epoch = readBigEndian(bytes);
    return code;
}

int PageRewriter::readPage(std::uint32_t page, bool *isZero)
{
    const int code = m_main->pMethods->xRead(m_main, m_page, kPageSize, offsetOf(page));
    *isZero = std::all_of(m_page, m_page + kPageSize, [](std::uint8_t byte) { return byte == 0; });
    return code;
}

int PageRewriter::gather(PageSweep &sweep)
{
    std::uint32_t end = 0;
    int code = bounds(m_main, sweep.next, &sweep.pages, &end);
    const std::uint32_t boundary = m_shared->key()->boundary();
    for (; code == SQLITE_OK && sweep.next < end && m_pending.numbers.size() < sweep.mostPages; ++sweep.next) {
        std::uint32_t epoch = 0;
        bool isZero = false;
        if (sweep.next == kLockBytePage)
            continue;
        code = readEpoch(sweep.next, &epoch);
        if (code != SQLITE_OK || epoch >= boundary)
            continue;
        code = readPage(sweep.next, &isZero);
        if (code != SQLITE_OK || isZero)
            continue;
        if (!m_cipher.decrypt(sweep.next, m_page, m_page)) {
            sweep.damaged = sweep.next;
            return SQLITE_IOERR_DATA;
        }
        m_pending.numbers.push_back(sweep.next);
        m_pending.bytes.resize(m_pending.numbers.size() * kPageSize);
        if (!m_cipher.encrypt(sweep.next, m_page, m_pending.bytes.data() + m_pending.bytes.size() - kPageSize))
            code = SQLITE_IOERR_WRITE;
    }
    return code;
}

int PageRewriter::sweep(PageSweep &sweep)
{
    sweep.rewritten = 0;
    sweep.damaged = 0;
    int code = m_shared->isRewriteOpen ? endOpenRewrite() : SQLITE_OK;
    if (code != SQLITE_OK)
        return code;
    m_pending = {};
    const std::uint32_t from = sweep.next;
    code = gather(sweep);
    sweep.rewritten = std::uint32_t(m_pending.numbers.size());
    if (code == SQLITE_OK && sweep.rewritten > 0)
        code = writePending();
    if (code != SQLITE_OK)
        sweep.next = from; // what was begun is ended first; what was not is looked at again
    return code;
}

int PageRewriter::scan(EpochScan &scan)
{
    std::uint32_t end = 0;
    scan.damaged = 0;
    int code = bounds(m_main, scan.next, &scan.pages, &end);
    const std::uint32_t boundary = m_shared->key()->boundary();
    for (; code == SQLITE_OK && scan.next < end; ++scan.next) {
        std::uint32_t epoch = 0;
        bool isZero = false;
        if (scan.next == kLockBytePage)
            continue;
        code = readEpoch(scan.next, &epoch);
        // An epoch is only as good as its page: one that somebody made up must not leave no room above it.
        if (code == SQLITE_OK && (epoch == 0 || epoch > scan.highest)) {
            code = readPage(scan.next, &isZero);
            if (code == SQLITE_OK && !isZero && !m_cipher.decrypt(scan.next, m_page, m_page)) {
                scan.damaged = scan.next;
                return SQLITE_IOERR_DATA;
            }
            scan.highest = std::max(scan.highest, epoch);
        }
        scan.below += code == SQLITE_OK && !isZero && epoch < boundary ? 1 : 0;
    }
    return code;
}

} // namespace fieldfare::storage
