// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/log_recovery.h"
#include "core/storage/main_file.h"

namespace fieldfare::storage {

/// The write-ahead log: a 32-byte header, then frames of a 24-byte header and a page. Pages are encrypted like those of
/// the main file, headers by AES-256-XTS.
///
/// SQLite writes a frame's header and page apart; the header is held back until its page comes, so that both are one
/// write and the page number is known. A page that is rewritten without its header takes the number from the disk.
///
/// During recovery a bad page is answered with zeros, which ends the log there, unless whole transactions follow: then
/// the read fails and the frame is reported.
class LogFile final : public VfsFile {
public:
    LogFile(sqlite3_file *base, MainFile &main, bool readOnly) : VfsFile(base), m_main(main), m_readOnly(readOnly) {}
    ~LogFile() override;

    int read(void *buffer, int amount, sqlite3_int64 offset) override;
    int write(const void *buffer, int amount, sqlite3_int64 offset) override;
    int truncate(sqlite3_int64 size) override;
    int sync(int flags) override;
    int size(sqlite3_int64 *size) override;

private:
    int readHeader(std::uint8_t *out, int amount, sqlite3_int64 offset);
    int readFrame(std::uint8_t *header, std::uint8_t *page, sqlite3_int64 frameOffset, bool *sound);
    int readPage(std::uint8_t *out, sqlite3_int64 frameOffset);
    int readWhole(std::uint8_t *out, sqlite3_int64 frameOffset);
    int beginRecovery(const std::uint8_t *header);
    int recoverFrame(std::uint8_t *out, sqlite3_int64 frameOffset, bool sound);
    int judgeRest(std::uint32_t badFrame);
    int endedTransaction(std::uint32_t badFrame, bool *ended);
    int judgeWithoutHeader();
    int judgeFirstTransaction(sqlite3_int64 size);
    int readHeaderUnderOtherKey(std::uint8_t *header);
    int writeHeader(const std::uint8_t *bytes, int amount, sqlite3_int64 offset);
    int writePage(const std::uint8_t *bytes, sqlite3_int64 offset);
    int flushHeldHeader();

    MainFile &m_main;
    bool m_readOnly;
    bool m_recovering = false;
    LogRecovery m_recovery;
    sqlite3_int64 m_heldOffset = -1; ///< frame whose header waits in m_frame for its page
    std::uint32_t m_heldPage = 0;
    sqlite3_int64 m_appendOffset = -1; ///< where the frame after the last written one begins
    std::uint8_t m_frame[kFrameSize];  ///< as on disk; also what a checkpoint copies from
};

} // namespace fieldfare::storage
