// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// The numbers of the encrypted file; core/storage/docs/encrypted-file.md is their specification. All integers on disk
/// are big-endian.
namespace fieldfare::storage {

inline constexpr int kPageSize = 4096;
inline constexpr int kEpochSize = 4;
inline constexpr int kNonceSize = 12;
inline constexpr int kTagSize = 16;
inline constexpr int kReservedSize = kEpochSize + kNonceSize + kTagSize; ///< at the end of each page
inline constexpr int kUsableSize = kPageSize - kReservedSize;
inline constexpr int kSaltSize = 16; ///< in the clear at the start of page 1
inline constexpr int kWalHeaderSize = 32;
inline constexpr int kFrameHeaderSize = 24;
inline constexpr int kJournalSectorSize = 512; ///< what SQLite pads a rollback journal's header to, with POWERSAFE_OVERWRITE
inline constexpr int kJournalHeaderSize = 28;  ///< of that, what it uses
inline constexpr int kFrameSize = kFrameHeaderSize + kPageSize;
/// SQLite never reads or writes the page that holds byte 2^30, as file locks stand there on some systems.
inline constexpr std::uint32_t kLockBytePage = (std::uint32_t(1) << 30) / kPageSize + 1;

using FileSalt = std::array<std::uint8_t, kSaltSize>;

/// The first 16 bytes of every SQLite file; the salt stands in their place on disk.
inline constexpr std::array<std::uint8_t, kSaltSize> kSqliteMagic = {'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f',
                                                                     'o', 'r', 'm', 'a', 't', ' ', '3', 0};

[[nodiscard]] inline std::uint32_t readBigEndian(const std::uint8_t *bytes)
{
    return (std::uint32_t(bytes[0]) << 24) | (std::uint32_t(bytes[1]) << 16) | (std::uint32_t(bytes[2]) << 8) |
           bytes[3];
}

inline void writeBigEndian(std::uint8_t *bytes, std::uint32_t value)
{
    bytes[0] = std::uint8_t(value >> 24);
    bytes[1] = std::uint8_t(value >> 16);
    bytes[2] = std::uint8_t(value >> 8);
    bytes[3] = std::uint8_t(value);
}

/// Where an encrypted file was found damaged, for error messages.
struct Damage {
    enum class Kind { None, Page, Frame, JournalPage, Journal };
    Kind kind = Kind::None;
    std::uint32_t number = 0; ///< Page number from 1, or frame number from 1 (0: the log's header). Journal: none.
};

/// sqlite3_file_control() operations of our own (values from 100 up are free for a VFS).
inline constexpr int kTakeDamageControl = 0x46460001; ///< argument: Damage *; hands over and forgets it

/// Whether one page of the main file is authentic.
struct PageCheck {
    std::uint32_t page = 1; ///< which one
    bool exists = false;    ///< false: the file ends before it
    bool isSound = false;   ///< also true for a page of zeros, which may be a free one that a power cut left
};
inline constexpr int kCheckPageControl = 0x46460002; ///< argument: PageCheck *

/// What a connection's read transaction sees.
struct SnapshotMark {
    bool isStable = false;         ///< false: a commit was just being written down, look again
    bool usesLog = false;          ///< false: all of it stands in the main file, and stays there while the transaction lasts
    std::uint32_t frames = 0;      ///< of the log, from the first one on
    std::uint32_t pages = 0;       ///< of the database; 0: as many as the main file has
    std::uint32_t change = 0;      ///< grows with each commit
    std::uint8_t salts[8] = {};    ///< of the log
    std::int64_t mainBytes = 0;    ///< size of the main file
};
inline constexpr int kSnapshotMarkControl = 0x46460003; ///< argument: SnapshotMark *

/// Bytes of a file as they stand on disk.
struct RawRead {
    void *out = nullptr;
    int amount = 0;
    std::int64_t offset = 0;
};
inline constexpr int kRawReadControl = 0x46460004; ///< argument: RawRead *; as xRead
/// A step of writing every page of the main file under the present key (page_rewriter.h). Pages that are free, too; not those
/// of zeros, which hold nothing. SQLITE_BUSY while somebody moves the log into the file: try again.
struct PageSweep {
    std::uint32_t next = 1;      ///< The first page that was not looked at yet; moves on.
    std::uint32_t mostPages = 256;
    std::uint32_t pages = 0;     ///< So many the file has; the sweep is done once `next` is above.
    std::uint32_t rewritten = 0; ///< By this step.
    std::uint32_t damaged = 0;   ///< With SQLITE_IOERR_DATA: this one is not authentic.
};
inline constexpr int kSweepPagesControl = 0x46460005; ///< argument: PageSweep *

/// A step of looking at the epochs of all pages. SQLITE_BUSY and `damaged` as above.
struct EpochScan {
    std::uint32_t next = 1;
    std::uint32_t pages = 0;
    std::uint32_t below = 0;   ///< How many of them are from before the boundary.
    std::uint32_t highest = 0; ///< The highest epoch of an authentic page.
    std::uint32_t damaged = 0;
};
inline constexpr int kScanEpochsControl = 0x46460006; ///< argument: EpochScan *
inline constexpr int kEndSweepControl = 0x46460007;   ///< no argument; removes the sweep's journal

} // namespace fieldfare::storage
