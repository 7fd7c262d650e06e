// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/salvage/salvaged_pages.h"

#include "core/storage/rewrite_journal.h"
#include "core/storage/shared_file.h"

#include <algorithm>
#include <cstring>

namespace fieldfare::storage {

using base::ErrorCode;
using base::Result;

namespace {

constexpr std::uint32_t kTriedPages = 64; // of the file's beginning, to know a guessed salt by
constexpr int kTriedFrames = 4096;       // of the log, for a page 1 with a salt
constexpr int kPageCountOffset = 28;     // of SQLite's header (SQLite file format, 1.3)
constexpr std::uint32_t kMostPages = 0xfffffffe;
constexpr qint64 kMostRewriting = 300'000'000; // of DATABASE-rotation; 1 MB is what is written

bool isZero(const std::uint8_t *page)
{
    return std::all_of(page, page + kPageSize, [](std::uint8_t byte) { return byte == 0; });
}

} // namespace

SalvagedPages::SalvagedPages(std::shared_ptr<const DataKey> key) : m_key(std::move(key)) {}

bool SalvagedPages::readRaw(QFile &file, qint64 offset, std::uint8_t *out, qint64 size)
{
    return file.isOpen() && file.seek(offset) && file.read(reinterpret_cast<char *>(out), size) == size;
}

/// Whether some page of the first ones can be read with this salt.
bool SalvagedPages::fits(const FileSalt &salt, std::uint32_t mostPages)
{
    m_shared = std::make_shared<SharedFile>(m_key, false);
    m_shared->setSalt(salt);
    m_cipher = std::make_unique<PageCipher>(m_shared);
    const auto pages = std::uint32_t(m_main.size() / kPageSize);
    for (std::uint32_t page = 2; page <= std::min(pages, mostPages); ++page) {
        if (readRaw(m_main, qint64(page - 1) * kPageSize, m_raw.data(), kPageSize) && m_cipher->decrypt(page, m_raw.data(), m_page.data()))
            return true;
    }
    return readRaw(m_main, 0, m_raw.data(), kPageSize) && std::memcmp(m_raw.data(), salt.data(), kSaltSize) == 0
        && m_cipher->decrypt(1, m_raw.data(), m_page.data());
}

bool SalvagedPages::findSalt()
{
    FileSalt stored = {};
    if (readRaw(m_main, 0, stored.data(), kSaltSize)) {
        if (fits(stored, kMostPages))
            return true;
        m_wasSaltMended = true;
        if (const auto salt = RewriteJournal::saltIn(m_rewriting); salt && fits(*salt, kMostPages))
            return true;
        for (std::uint32_t frame = 0; frame < kTriedFrames; ++frame) {
            FileSalt salt = {};
            if (!readRaw(m_log, kWalHeaderSize + qint64(frame) * kFrameSize + kFrameHeaderSize, salt.data(), kSaltSize))
                break;
            // Only page 1's frame begins with it; the tag of that very frame says whether this is one, at the cost of one try.
            m_shared = std::make_shared<SharedFile>(m_key, false);
            m_shared->setSalt(salt);
            m_cipher = std::make_unique<PageCipher>(m_shared);
            if (readRaw(m_log, kWalHeaderSize + qint64(frame) * kFrameSize + kFrameHeaderSize, m_raw.data(), kPageSize)
                && m_cipher->decrypt(1, m_raw.data(), m_page.data()))
                return true;
        }
        for (size_t at = 0; at < stored.size(); ++at) {
            for (int difference = 1; difference < 256; ++difference) {
                FileSalt salt = stored;
                salt[at] = std::uint8_t(salt[at] ^ difference);
                if (fits(salt, kTriedPages))
                    return true;
            }
        }
    }
    return false;
}

/// Under the key that the shared file says.
SalvagedPages::Log SalvagedPages::scanLog()
{
    Log log;
    const qint64 frames = m_log.isOpen() ? (m_log.size() - kWalHeaderSize) / kFrameSize : 0;
    std::uint8_t header[kWalHeaderSize];
    std::uint8_t salts[8] = {};
    bool hasSalts = readRaw(m_log, 0, header, kWalHeaderSize) && m_cipher->cryptLogHeader(false, 0, header, kWalHeaderSize)
        && (readBigEndian(header) & ~1U) == 0x377f0682U && readBigEndian(header + 8) == kPageSize;
    if (hasSalts)
        std::memcpy(salts, header + 16, sizeof salts);
    log.hasHeader = hasSalts;
    for (qint64 i = 0; i < frames; ++i) {
        const qint64 offset = kWalHeaderSize + i * kFrameSize;
        std::uint8_t frame[kFrameHeaderSize];
        Frame found;
        if (readRaw(m_log, offset, frame, kFrameHeaderSize) && m_cipher->cryptLogHeader(false, offset, frame, kFrameHeaderSize)) {
            found.page = readBigEndian(frame);
            found.commit = readBigEndian(frame + 4);
            found.isSound = found.page != 0 && readRaw(m_log, offset + kFrameHeaderSize, m_raw.data(), kPageSize)
                && m_cipher->decrypt(found.page, m_raw.data(), m_page.data());
            if (found.isSound && !hasSalts) {
                std::memcpy(salts, frame + 8, sizeof salts);
                hasSalts = true;
            }
            found.isOfThisLog = hasSalts && std::memcmp(frame + 8, salts, sizeof salts) == 0;
        }
        log.frames.push_back(found);
        if (found.isOfThisLog && found.isSound && found.commit != 0)
            log.lastCommit = i;
    }
    return log;
}

void SalvagedPages::readLog()
{
    if (!m_log.isOpen() || m_log.size() < kWalHeaderSize + kFrameSize)
        return;
    Log log = scanLog();
    if (m_key->hasFormer() && !log.hasHeader) {
        m_shared->setLogUnderFormerKey(true);
        Log former = scanLog();
        // Its own header is lost with either key: then as many frames as can be read.
        if (former.hasHeader || former.lastCommit > log.lastCommit)
            log = std::move(former);
    }
    m_isLogHeaderDamaged = !log.hasHeader;
    for (qint64 i = 0; i <= log.lastCommit; ++i) {
        const Frame &frame = log.frames[size_t(i)];
        if (!frame.isSound || !frame.isOfThisLog) {
            m_damagedFrames.append(std::uint32_t(i + 1));
            continue;
        }
        m_frames[frame.page] = kWalHeaderSize + i * kFrameSize + kFrameHeaderSize;
        if (frame.commit != 0)
            m_countOfLog = frame.commit;
    }
}

void SalvagedPages::readRewriting(const QString &path)
{
    QFile file(path + QLatin1StringView("-rotation"));
    if (!file.open(QIODevice::ReadOnly)) // there may be none
        return;
    const QByteArray bytes = file.read(kMostRewriting);
    m_rewriting.assign(bytes.begin(), bytes.end());
}

void SalvagedPages::findCount()
{
    std::uint32_t most = std::uint32_t(std::min<qint64>((m_main.size() + kPageSize - 1) / kPageSize, kMostPages));
    for (const auto &[page, offset] : m_frames)
        most = std::max(most, page);
    for (const auto &[page, bytes] : m_rewritten)
        most = std::max(most, page);
    std::uint32_t told = m_countOfLog;
    if (const std::uint8_t *first = read(1); first != nullptr)
        told = std::max(told, readBigEndian(first + kPageCountOffset));
    m_count = std::max(most, told);
}

Result<std::unique_ptr<SalvagedPages>> SalvagedPages::open(const QString &path, std::shared_ptr<const DataKey> key)
{
    std::unique_ptr<SalvagedPages> pages(new SalvagedPages(std::move(key)));
    pages->m_main.setFileName(path);
    pages->m_log.setFileName(path + QStringLiteral("-wal"));
    if (!pages->m_main.open(QIODevice::ReadOnly))
        return {ErrorCode::NotFound, pages->m_main.errorString(), {path}};
    static_cast<void>(pages->m_log.open(QIODevice::ReadOnly)); // there may be none
    pages->m_hasJournal = QFile(path + QStringLiteral("-journal")).size() > 0;
    pages->readRewriting(path);
    if (!pages->findSalt())
        return {ErrorCode::FileDamaged, QStringLiteral("no page can be read: the file's salt is lost, or it is another key's"), {QStringLiteral("1")}};
    const RewrittenPages rewritten = RewriteJournal::pagesIn(*pages->m_shared, *pages->m_shared->salt(), pages->m_rewriting);
    for (size_t i = 0; i < rewritten.numbers.size(); ++i)
        pages->m_rewritten.emplace(rewritten.numbers[i], QByteArray(reinterpret_cast<const char *>(rewritten.bytes.data()) + i * kPageSize, kPageSize));
    pages->readLog();
    pages->findCount();
    return pages;
}

const std::uint8_t *SalvagedPages::read(std::uint32_t page)
{
    if (const auto frame = m_frames.find(page); frame != m_frames.end()) {
        if (readRaw(m_log, frame->second, m_raw.data(), kPageSize) && m_cipher->decrypt(page, m_raw.data(), m_page.data()))
            return m_page.data();
    }
    if (page == kLockBytePage)
        return nullptr;
    if (readRaw(m_main, qint64(page - 1) * kPageSize, m_raw.data(), kPageSize) && !isZero(m_raw.data())) {
        if (page == 1) { // its salt may be the wrong one
            const auto salt = m_shared->salt();
            std::memcpy(m_raw.data(), salt->data(), kSaltSize);
        }
        if (m_cipher->decrypt(page, m_raw.data(), m_page.data()))
            return m_page.data();
    }
    // The same page, written in place when the power went.
    const auto rewritten = m_rewritten.find(page);
    const bool isSound = rewritten != m_rewritten.end() && m_cipher->decrypt(page, reinterpret_cast<const std::uint8_t *>(rewritten->second.constData()), m_page.data());
    return isSound ? m_page.data() : nullptr;
}

} // namespace fieldfare::storage
