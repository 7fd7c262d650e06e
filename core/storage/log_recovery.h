// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/page_format.h"

namespace fieldfare::storage {

/// Follows SQLite's recovery of a write-ahead log frame by frame, by the rules of "WAL-mode File Format" 2 to 4 (SQLite
/// documentation), so that the log can be told torn from damaged: SQLite itself drops everything from the first bad
/// frame on without a word. Pure: no input or output.
class LogRecovery {
public:
    /// Begins with the log's plain header. False: the header is none (SQLite takes the log as empty).
    bool begin(const std::uint8_t *header);
    /// The next frame in order, plain; `sound` tells whether its page was authentic. True: it belongs to the log.
    bool accept(const std::uint8_t *frameHeader, const std::uint8_t *page, bool sound);
    /// The frame has this log's salts, whatever else is wrong with it.
    [[nodiscard]] bool isOfThisLog(const std::uint8_t *frameHeader) const;
    [[nodiscard]] static bool isCommit(const std::uint8_t *frameHeader) { return readBigEndian(frameHeader + 4) != 0; }

    /// What the frame behind the accepted ones said of itself, where its header cannot be read: computed from its plain page and from
    /// the next frame, whose checksum runs over both. It is so only if the page is authentic under this number.
    struct LostHeader {
        std::uint32_t page = 0;
        std::uint32_t databaseSize = 0; ///< not 0: it ended a transaction
    };
    [[nodiscard]] LostHeader lostHeader(const std::uint8_t *page, const std::uint8_t *nextHeader,
                                        const std::uint8_t *nextPage) const;

    [[nodiscard]] std::uint32_t acceptedFrames() const { return m_frames; }
    [[nodiscard]] std::uint32_t lastCommit() const { return m_lastCommit; }

private:
    void sum(const std::uint8_t *bytes, int size);
    /// sum() backwards: what the sums were before these bytes.
    void unsum(const std::uint8_t *bytes, int size);

    bool m_bigEndian = false;
    std::uint32_t m_sums[2] = {};
    std::uint8_t m_salts[8] = {};
    std::uint32_t m_frames = 0;
    std::uint32_t m_lastCommit = 0;
};

/// Looks at the frames from the first bad one on. A transaction that was being written when the power went is torn: it
/// may lack any of its frames, but nothing was written after it. So a complete authentic transaction behind the end of
/// the bad one means that acknowledged work was damaged.
class TornOrDamaged {
public:
    /// Each frame in order, beginning with the bad one. `ofThisLog` and `commit` as its header says; `sound` is asked
    /// only where needsPage() was true before.
    void add(bool ofThisLog, bool commit, bool sound);
    [[nodiscard]] bool needsPage() const { return m_badOneEnded; }
    [[nodiscard]] bool isDamaged() const { return m_damaged; }
    /// Commit marks of this log stand behind the last sound transaction: they must not be mistaken for later ones.
    [[nodiscard]] bool sawCommit() const { return m_sawCommit; }

private:
    bool m_badOneEnded = false;
    bool m_unbroken = false;
    bool m_damaged = false;
    bool m_sawCommit = false;
};

} // namespace fieldfare::storage
