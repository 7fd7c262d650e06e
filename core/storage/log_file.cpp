// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/log_file.h"

#include <algorithm>
#include <cstring>

namespace fieldfare::storage {

namespace {

constexpr int kMaxHeaderSize = std::max(kWalHeaderSize, kFrameHeaderSize);

sqlite3_int64 offsetOf(std::uint32_t frame)
{
    return kWalHeaderSize + sqlite3_int64(frame - 1) * kFrameSize;
}

std::uint32_t frameAt(sqlite3_int64 offset)
{
    return std::uint32_t((offset - kWalHeaderSize) / kFrameSize) + 1;
}

bool isZero(const std::uint8_t *bytes, int size)
{
    return std::all_of(bytes, bytes + size, [](std::uint8_t byte) { return byte == 0; });
}

} // namespace

LogFile::~LogFile()
{
    flushHeldHeader();
}

int LogFile::flushHeldHeader()
{
    if (m_heldOffset < 0)
        return SQLITE_OK;
    const sqlite3_int64 offset = m_heldOffset;
    m_heldOffset = -1;
    return writeBase(m_frame, kFrameHeaderSize, offset);
}

int LogFile::readFrame(std::uint8_t *header, std::uint8_t *page, sqlite3_int64 frameOffset, bool *sound)
{
    int code = readBase(m_frame, kFrameSize, frameOffset);
    if (code == SQLITE_OK)
        code = m_main.ensureSalt();
    if (code != SQLITE_OK)
        return code;
    std::memcpy(header, m_frame, kFrameHeaderSize);
    if (!m_main.cipher().cryptLogHeader(false, frameOffset, header, kFrameHeaderSize))
        return SQLITE_IOERR_READ;
    *sound = m_main.cipher().decrypt(readBigEndian(header), m_frame + kFrameHeaderSize, page);
    return SQLITE_OK;
}

int LogFile::readPage(std::uint8_t *out, sqlite3_int64 frameOffset)
{
    std::uint8_t header[kFrameHeaderSize];
    bool sound = false;
    const int code = readFrame(header, out, frameOffset, &sound);
    if (code != SQLITE_OK || !sound) {
        std::memset(out, 0, kPageSize);
        return code != SQLITE_OK ? code : m_main.report(Damage::Kind::Frame, frameAt(frameOffset));
    }
    if (m_main.isCheckpointing())
        m_main.offerForCheckpoint(readBigEndian(header), out, m_frame + kFrameHeaderSize);
    return SQLITE_OK;
}

int LogFile::readWhole(std::uint8_t *out, sqlite3_int64 frameOffset)
{
    bool sound = false;
    const int code = readFrame(out, out + kFrameHeaderSize, frameOffset, &sound);
    if (code != SQLITE_OK) {
        std::memset(out, 0, kFrameSize);
        return code;
    }
    if (!sound)
        std::memset(out + kFrameHeaderSize, 0, kPageSize);
    if (m_recovering && frameOffset == offsetOf(m_recovery.acceptedFrames() + 1))
        return recoverFrame(out, frameOffset, sound);
    return sound ? SQLITE_OK : m_main.report(Damage::Kind::Frame, frameAt(frameOffset));
}

int LogFile::readHeader(std::uint8_t *out, int amount, sqlite3_int64 offset)
{
    // Also parts of a header: SQLite reads the 8 checksum bytes alone.
    sqlite3_int64 start = 0;
    int size = kWalHeaderSize;
    if (offset >= kWalHeaderSize) {
        start = offsetOf(frameAt(offset));
        size = kFrameHeaderSize;
    }
    if (offset + amount > start + size)
        return SQLITE_IOERR_READ;
    std::uint8_t header[kMaxHeaderSize];
    int code = readBase(header, size, start);
    if (code == SQLITE_OK)
        code = m_main.ensureSalt();
    if (code == SQLITE_OK && !m_main.cipher().cryptLogHeader(false, start, header, size))
        code = SQLITE_IOERR_READ;
    const bool isRecovery = offset == 0 && amount == kWalHeaderSize;
    if (code == SQLITE_OK && isRecovery && m_main.shared().key()->hasFormer() && !LogRecovery().begin(header))
        code = readHeaderUnderOtherKey(header);
    if (code != SQLITE_OK) {
        std::memset(out, 0, size_t(amount));
        return code;
    }
    std::memcpy(out, header + (offset - start), size_t(amount));
    return isRecovery ? beginRecovery(header) : SQLITE_OK;
}

/// While the data key is replaced a log is under the one or the other: which, its header tells by being sound.
int LogFile::readHeaderUnderOtherKey(std::uint8_t *header)
{
    std::uint8_t other[kWalHeaderSize];
    for (const bool isFormer : {true, false}) {
        m_main.shared().setLogUnderFormerKey(isFormer);
        const int code = readBase(other, kWalHeaderSize, 0);
        if (code != SQLITE_OK)
            return code;
        if (!m_main.cipher().cryptLogHeader(false, 0, other, kWalHeaderSize))
            return SQLITE_IOERR_READ;
        if (LogRecovery().begin(other)) {
            std::memcpy(header, other, kWalHeaderSize);
            return SQLITE_OK;
        }
    }
    return SQLITE_OK;
}

int LogFile::read(void *buffer, int amount, sqlite3_int64 offset)
{
    const int code = flushHeldHeader();
    if (code != SQLITE_OK)
        return code;
    auto *out = static_cast<std::uint8_t *>(buffer);
    const sqlite3_int64 inFrame = offset >= kWalHeaderSize ? (offset - kWalHeaderSize) % kFrameSize : -1;
    if (inFrame == kFrameHeaderSize && amount == kPageSize)
        return readPage(out, offset - kFrameHeaderSize);
    if (inFrame == 0 && amount == kFrameSize)
        return readWhole(out, offset);
    return readHeader(out, amount, offset);
}

int LogFile::beginRecovery(const std::uint8_t *header)
{
    m_recovering = m_recovery.begin(header);
    return m_recovering || m_main.shared().salvageLog ? SQLITE_OK : judgeWithoutHeader();
}

int LogFile::recoverFrame(std::uint8_t *out, sqlite3_int64 frameOffset, bool sound)
{
    if (m_recovery.accept(out, out + kFrameHeaderSize, sound))
        return SQLITE_OK;
    m_recovering = false;
    // What was read is what SQLite judges by the same rules: it ends its log here too.
    return m_main.shared().salvageLog ? SQLITE_OK : judgeRest(frameAt(frameOffset));
}

/// Whether the first bad frame had a commit mark in a header that cannot be read any more, while its page and the next frame are
/// sound. Without this its transaction would seem to go on to the next one's mark.
int LogFile::endedTransaction(std::uint32_t badFrame, bool *ended)
{
    *ended = false;
    std::uint8_t nextHeader[kFrameHeaderSize];
    std::vector<std::uint8_t> pages(size_t(2) * kPageSize);
    std::uint8_t *page = pages.data();
    std::uint8_t *nextPage = page + kPageSize;
    bool sound = false;
    int code = readFrame(nextHeader, nextPage, offsetOf(badFrame + 1), &sound);
    if (code != SQLITE_OK || !sound || !m_recovery.isOfThisLog(nextHeader))
        return code;
    code = readBase(m_frame, kFrameSize, offsetOf(badFrame));
    if (code != SQLITE_OK)
        return code;
    const std::uint8_t *encrypted = m_frame + kFrameHeaderSize;
    PageCipher &cipher = m_main.cipher();
    const bool isFirst = cipher.decrypt(1, encrypted, page);
    if (!isFirst && !cipher.decryptUnverified(encrypted, page))
        return SQLITE_IOERR_READ;
    const LogRecovery::LostHeader lost = m_recovery.lostHeader(page, nextHeader, nextPage);
    const bool isSure = isFirst ? lost.page == 1 : lost.page > 1 && cipher.decrypt(lost.page, encrypted, page);
    *ended = isSure && lost.databaseSize != 0;
    return SQLITE_OK;
}

int LogFile::judgeRest(std::uint32_t badFrame)
{
    // With a wrong salt every frame looks bad: that says nothing about the log, which must stay as it is.
    if (m_recovery.acceptedFrames() == 0 && m_main.isFirstPageDamaged())
        return m_main.report(Damage::Kind::Page, 1);
    sqlite3_int64 size = 0;
    int code = sizeOfBase(&size);
    if (code != SQLITE_OK)
        return code;
    TornOrDamaged verdict;
    std::uint8_t header[kFrameHeaderSize];
    std::vector<std::uint8_t> page(kPageSize);
    for (std::uint32_t frame = badFrame; offsetOf(frame + 1) <= size; ++frame) {
        code = readBase(header, kFrameHeaderSize, offsetOf(frame));
        if (code != SQLITE_OK)
            return code;
        if (!m_main.cipher().cryptLogHeader(false, offsetOf(frame), header, kFrameHeaderSize))
            return SQLITE_IOERR_READ;
        bool ofThisLog = m_recovery.isOfThisLog(header);
        bool commit = LogRecovery::isCommit(header);
        bool sound = false;
        if (frame == badFrame && !ofThisLog && offsetOf(frame + 2) <= size) {
            bool ended = false;
            code = endedTransaction(frame, &ended);
            if (code != SQLITE_OK)
                return code;
            ofThisLog = ended;
            commit = ended;
        }
        if (ofThisLog && verdict.needsPage()) {
            code = readFrame(header, page.data(), offsetOf(frame), &sound);
            if (code != SQLITE_OK)
                return code;
        }
        verdict.add(ofThisLog, commit, sound);
        if (verdict.isDamaged())
            return m_main.report(Damage::Kind::Frame, badFrame);
    }
    // A torn transaction's own commit mark would look like a later transaction once the next one is torn as well.
    if (verdict.sawCommit() && !m_readOnly)
        return VfsFile::truncate(offsetOf(m_recovery.lastCommit() + 1));
    return SQLITE_OK;
}

int LogFile::judgeWithoutHeader()
{
    // The header is written and synced before any frame of its log, in one sector, so a bad one before a sound
    // transaction is damage. A torn new log has no frames, or frames that have other salts one from another.
    sqlite3_int64 size = 0;
    const int sizeCode = sizeOfBase(&size);
    if (sizeCode != SQLITE_OK)
        return sizeCode;
    if (size >= offsetOf(2) && m_main.isFirstPageDamaged())
        return m_main.report(Damage::Kind::Page, 1);
    if (!m_main.shared().key()->hasFormer())
        return judgeFirstTransaction(size);
    m_main.shared().setLogUnderFormerKey(true);
    const int code = judgeFirstTransaction(size);
    m_main.shared().setLogUnderFormerKey(false);
    return code == SQLITE_OK ? judgeFirstTransaction(size) : code;
}

int LogFile::judgeFirstTransaction(sqlite3_int64 size)
{
    std::uint8_t salts[8];
    std::uint8_t header[kFrameHeaderSize];
    std::vector<std::uint8_t> page(kPageSize);
    for (std::uint32_t frame = 1; offsetOf(frame + 1) <= size; ++frame) {
        bool sound = false;
        const int code = readFrame(header, page.data(), offsetOf(frame), &sound);
        if (code != SQLITE_OK)
            return code;
        if (frame == 1)
            std::memcpy(salts, header + 8, sizeof salts);
        if (!sound || std::memcmp(salts, header + 8, sizeof salts) != 0)
            return SQLITE_OK;
        if (LogRecovery::isCommit(header))
            return m_main.report(Damage::Kind::Frame, 0);
    }
    return SQLITE_OK;
}

int LogFile::writeHeader(const std::uint8_t *bytes, int amount, sqlite3_int64 offset)
{
    std::uint8_t header[kMaxHeaderSize];
    std::memcpy(header, bytes, size_t(amount));
    if (amount == kWalHeaderSize)
        m_main.shared().setLogUnderFormerKey(false); // a log that begins anew; nobody reads the one before
    if (!m_main.cipher().cryptLogHeader(true, offset, header, amount))
        return SQLITE_IOERR_WRITE;
    if (amount == kFrameHeaderSize && offset == m_appendOffset) {
        std::memcpy(m_frame, header, kFrameHeaderSize);
        m_heldOffset = offset;
        m_heldPage = readBigEndian(bytes);
        return SQLITE_OK;
    }
    if (amount == kWalHeaderSize)
        m_appendOffset = kWalHeaderSize;
    return writeBase(header, amount, offset);
}

int LogFile::writePage(const std::uint8_t *bytes, sqlite3_int64 offset)
{
    if (!isZero(bytes + kUsableSize, kReservedSize))
        return SQLITE_IOERR_WRITE; // SQLite's frame checksum covers these bytes and we cannot give them back
    const sqlite3_int64 frameOffset = offset - kFrameHeaderSize;
    if (m_heldOffset == frameOffset) {
        m_heldOffset = -1;
        if (!m_main.cipher().encrypt(m_heldPage, bytes, m_frame + kFrameHeaderSize))
            return SQLITE_IOERR_WRITE;
        const int code = writeBase(m_frame, kFrameSize, frameOffset);
        m_appendOffset = code == SQLITE_OK ? frameOffset + kFrameSize : -1;
        return code;
    }
    int code = flushHeldHeader();
    std::uint8_t header[kFrameHeaderSize];
    if (code == SQLITE_OK)
        code = readBase(header, kFrameHeaderSize, frameOffset);
    if (code != SQLITE_OK)
        return code == SQLITE_IOERR_SHORT_READ ? SQLITE_IOERR_WRITE : code;
    if (!m_main.cipher().cryptLogHeader(false, frameOffset, header, kFrameHeaderSize) ||
        !m_main.cipher().encrypt(readBigEndian(header), bytes, m_frame + kFrameHeaderSize))
        return SQLITE_IOERR_WRITE;
    code = writeBase(m_frame + kFrameHeaderSize, kPageSize, offset);
    if (code == SQLITE_OK && m_appendOffset <= frameOffset)
        m_appendOffset = frameOffset + kFrameSize;
    return code;
}

int LogFile::write(const void *buffer, int amount, sqlite3_int64 offset)
{
    m_recovering = false;
    int code = m_main.ensureSalt();
    if (code != SQLITE_OK)
        return code;
    const auto *bytes = static_cast<const std::uint8_t *>(buffer);
    const sqlite3_int64 inFrame = offset >= kWalHeaderSize ? (offset - kWalHeaderSize) % kFrameSize : -1;
    if (inFrame == kFrameHeaderSize && amount == kPageSize)
        return writePage(bytes, offset);
    code = flushHeldHeader();
    if (code != SQLITE_OK)
        return code;
    if ((inFrame == 0 && amount == kFrameHeaderSize) || (offset == 0 && amount == kWalHeaderSize))
        return writeHeader(bytes, amount, offset);
    return SQLITE_IOERR_WRITE; // padding or a split write: POWERSAFE_OVERWRITE rules both out
}

int LogFile::truncate(sqlite3_int64 size)
{
    m_recovering = false;
    m_appendOffset = -1;
    const int code = flushHeldHeader();
    return code == SQLITE_OK ? VfsFile::truncate(size) : code;
}

int LogFile::sync(int flags)
{
    const int code = flushHeldHeader();
    return code == SQLITE_OK ? VfsFile::sync(flags) : code;
}

int LogFile::size(sqlite3_int64 *size)
{
    const int code = flushHeldHeader();
    return code == SQLITE_OK ? VfsFile::size(size) : code;
}

} // namespace fieldfare::storage
