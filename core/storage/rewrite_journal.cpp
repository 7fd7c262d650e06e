// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/rewrite_journal.h"

#include "core/base/hash.h"

#include <algorithm>
#include <cstring>

namespace fieldfare::storage {

namespace {

constexpr std::uint8_t kMagic[8] = {'F', 'F', 'R', 'O', 'T', 'A', 'T', 'E'};
constexpr std::uint32_t kVersion = 1;
constexpr size_t kCountOffset = 12;
constexpr size_t kSaltOffset = 16;
constexpr size_t kCodeOffset = 32;
constexpr size_t kHeaderSize = 64;
constexpr size_t kEntrySize = 4 + kPageSize;
constexpr size_t kPiece = 64 * 1024; ///< SQLite's VFSs read and write at most 128 KiB at a time
constexpr std::uint32_t kMostPages = 65536; // 256 MiB: far above what is ever written

QByteArray codeOf(const SharedFile &shared, const FileSalt &salt, const std::vector<std::uint8_t> &content)
{
    const QByteArrayView saltView(reinterpret_cast<const char *>(salt.data()), kSaltSize);
    const base::Secret key = shared.derive(saltView, "fieldfare rotation journal", 32);
    base::Sha256 hash; // of all but the code, so that no second copy of the pages is made for the HMAC
    hash.add({content.data(), qsizetype(kCodeOffset)});
    hash.add({content.data() + kHeaderSize, qsizetype(content.size() - kHeaderSize)});
    return base::hmacSha256(key.view(), hash.result());
}

/// Bytes of the journal that begins so; 0: it is none of a file of this salt.
size_t sizeOf(const FileSalt &salt, const std::vector<std::uint8_t> &content)
{
    if (content.size() < kHeaderSize)
        return 0;
    const std::uint32_t count = readBigEndian(content.data() + kCountOffset);
    const bool isOne = std::equal(std::begin(kMagic), std::end(kMagic), content.begin()) && readBigEndian(content.data() + sizeof kMagic) == kVersion && count != 0 &&
                       count <= kMostPages && std::equal(salt.begin(), salt.end(), content.begin() + kSaltOffset);
    return isOne ? kHeaderSize + count * kEntrySize : 0;
}

} // namespace

RewriteJournal::RewriteJournal(sqlite3_vfs *vfs, const std::string &database, SharedFile &shared)
    : m_vfs(vfs), m_shared(shared), m_name(database + "-rotation" + std::string(4, '\0')),
      m_storage((size_t(vfs->szOsFile) + sizeof(std::max_align_t) - 1) / sizeof(std::max_align_t))
{
}

RewriteJournal::~RewriteJournal()
{
    close();
}

int RewriteJournal::exists(bool *isThere)
{
    int found = 0;
    const int code = m_vfs->xAccess(m_vfs, m_name.c_str(), SQLITE_ACCESS_EXISTS, &found);
    *isThere = found != 0;
    return code;
}

int RewriteJournal::open()
{
    if (m_file != nullptr)
        return SQLITE_OK;
    auto *file = reinterpret_cast<sqlite3_file *>(m_storage.data());
    file->pMethods = nullptr;
    int flags = 0;
    // As a journal: it gets the main file's permissions, and its name is durable with its first sync.
    const int code = m_vfs->xOpen(m_vfs, m_name.c_str(), file, SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &flags);
    if (code != SQLITE_OK) {
        if (file->pMethods != nullptr)
            file->pMethods->xClose(file);
        return code;
    }
    m_file = file;
    return SQLITE_OK;
}

void RewriteJournal::close()
{
    if (m_file != nullptr)
        m_file->pMethods->xClose(m_file);
    m_file = nullptr;
}

std::optional<FileSalt> RewriteJournal::saltIn(const std::vector<std::uint8_t> &content)
{
    if (content.size() < kHeaderSize)
        return std::nullopt;
    FileSalt salt;
    std::copy_n(content.begin() + kSaltOffset, salt.size(), salt.begin());
    return sizeOf(salt, content) != 0 ? std::optional(salt) : std::nullopt;
}

RewrittenPages RewriteJournal::pagesIn(const SharedFile &shared, const FileSalt &salt, const std::vector<std::uint8_t> &content)
{
    RewrittenPages pages;
    const size_t size = sizeOf(salt, content);
    if (size == 0 || content.size() < size)
        return pages;
    const std::vector<std::uint8_t> whole(content.begin(), content.begin() + std::ptrdiff_t(size)); // what a longer one left behind it does not count
    const QByteArrayView found(whole.data() + kCodeOffset, qsizetype(kHeaderSize - kCodeOffset));
    if (!base::equalInConstantTime(found, codeOf(shared, salt, whole)))
        return pages; // cut off while it was written: nothing was written in place yet
    for (size_t at = kHeaderSize; at < size; at += kEntrySize) {
        const std::uint8_t *entry = whole.data() + at;
        pages.numbers.push_back(readBigEndian(entry));
        pages.bytes.insert(pages.bytes.end(), entry + 4, entry + kEntrySize);
    }
    return pages;
}

int RewriteJournal::write(const FileSalt &salt, const RewrittenPages &pages)
{
    int code = open();
    if (code != SQLITE_OK)
        return code;
    std::vector<std::uint8_t> content(kHeaderSize + pages.numbers.size() * kEntrySize);
    std::copy(std::begin(kMagic), std::end(kMagic), content.begin());
    writeBigEndian(content.data() + sizeof kMagic, kVersion);
    writeBigEndian(content.data() + kCountOffset, std::uint32_t(pages.numbers.size()));
    std::copy(salt.begin(), salt.end(), content.begin() + kSaltOffset);
    std::uint8_t *entry = content.data() + kHeaderSize;
    for (size_t i = 0; i < pages.numbers.size(); ++i, entry += kEntrySize) {
        writeBigEndian(entry, pages.numbers[i]);
        std::memcpy(entry + 4, pages.bytes.data() + i * kPageSize, kPageSize);
    }
    const QByteArray authentic = codeOf(m_shared, salt, content);
    std::copy(authentic.begin(), authentic.end(), content.begin() + kCodeOffset);
    for (size_t at = 0; at < content.size() && code == SQLITE_OK; at += kPiece)
        code = m_file->pMethods->xWrite(m_file, content.data() + at, int(std::min(kPiece, content.size() - at)), sqlite3_int64(at));
    if (code == SQLITE_OK)
        code = m_file->pMethods->xSync(m_file, SQLITE_SYNC_FULL);
    return code;
}

int RewriteJournal::read(const FileSalt &salt, RewrittenPages *pages)
{
    *pages = {};
    int code = open();
    sqlite3_int64 size = 0;
    if (code == SQLITE_OK)
        code = m_file->pMethods->xFileSize(m_file, &size);
    if (code != SQLITE_OK || size < sqlite3_int64(kHeaderSize))
        return code;
    std::vector<std::uint8_t> content(kHeaderSize);
    code = m_file->pMethods->xRead(m_file, content.data(), int(kHeaderSize), 0);
    if (code != SQLITE_OK)
        return code;
    const size_t whole = sizeOf(salt, content);
    if (whole == 0 || size < sqlite3_int64(whole))
        return SQLITE_OK;
    content.resize(whole);
    for (size_t at = kHeaderSize; at < content.size() && code == SQLITE_OK; at += kPiece)
        code = m_file->pMethods->xRead(m_file, content.data() + at, int(std::min(kPiece, content.size() - at)), sqlite3_int64(at));
    if (code == SQLITE_OK)
        *pages = pagesIn(m_shared, salt, content);
    return code;
}

int RewriteJournal::clear()
{
    int code = open();
    if (code == SQLITE_OK)
        code = m_file->pMethods->xTruncate(m_file, 0);
    if (code == SQLITE_OK)
        code = m_file->pMethods->xSync(m_file, SQLITE_SYNC_FULL);
    return code;
}

int RewriteJournal::remove()
{
    close();
    const int code = m_vfs->xDelete(m_vfs, m_name.c_str(), 1);
    return code == SQLITE_IOERR_DELETE_NOENT ? SQLITE_OK : code;
}

} // namespace fieldfare::storage
