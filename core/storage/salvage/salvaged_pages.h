// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/storage/data_key.h"
#include "core/storage/page_cipher.h"

#include <QFile>
#include <QList>

#include <memory>
#include <unordered_map>
#include <vector>

namespace fieldfare::storage {

/// The pages of an encrypted database as far as they can be read, past whatever is damaged: for salvage only. Reads the main file and
/// its write-ahead log by themselves, without SQLite, and writes nothing. One thread.
///
/// Of a log every authentic frame up to its last commit mark counts, also behind a damaged one, where SQLite and the product stop
/// (encrypted-file.md, "Torn or damaged"): a page is then the newest that can be read, which may be older than its neighbours.
///
/// While the key of the file was being replaced (key-rotation.md) the log is under the one key or the other, and pages that were torn
/// while they were written in place are whole in DATABASE-rotation.
class SalvagedPages {
public:
    /// NotFound without a file, FileDamaged when no page at all can be read with this key: another key's, or the salt is lost.
    static base::Result<std::unique_ptr<SalvagedPages>> open(const QString &path, std::shared_ptr<const DataKey> key);

    /// Pages that the database had; those behind the end of a file that was cut off are among them.
    [[nodiscard]] std::uint32_t count() const { return m_count; }
    /// The plain page, kPageSize bytes, valid until the next call; null when it is damaged, missing or was never written.
    [[nodiscard]] const std::uint8_t *read(std::uint32_t page);

    /// Frames of the log that cannot be read, from 1; their pages are as they were before.
    [[nodiscard]] const QList<std::uint32_t> &damagedFrames() const { return m_damagedFrames; }
    /// The log's own header cannot be read; its frames were taken by the first that can.
    [[nodiscard]] bool isLogHeaderDamaged() const { return m_isLogHeaderDamaged; }
    /// Page 1 begins with the file's salt, without which no page can be read. A byte of it was wrong and was found again by
    /// trying, or it stood in the log.
    [[nodiscard]] bool wasSaltMended() const { return m_wasSaltMended; }
    /// A rollback journal with content lies beside the file: a transaction had begun, and is taken as far as it was written.
    [[nodiscard]] bool hasJournal() const { return m_hasJournal; }

private:
    explicit SalvagedPages(std::shared_ptr<const DataKey> key);
    [[nodiscard]] bool findSalt();
    [[nodiscard]] bool fits(const FileSalt &salt, std::uint32_t mostPages);
    struct Frame {
        std::uint32_t page = 0;
        std::uint32_t commit = 0;
        bool isSound = false;
        bool isOfThisLog = false;
    };
    struct Log {
        std::vector<Frame> frames;
        qint64 lastCommit = -1; ///< Its place in frames.
        bool hasHeader = false;
    };
    [[nodiscard]] Log scanLog();
    void readLog();
    void readRewriting(const QString &path);
    void findCount();
    [[nodiscard]] bool readRaw(QFile &file, qint64 offset, std::uint8_t *out, qint64 size);

    std::shared_ptr<const DataKey> m_key;
    std::shared_ptr<SharedFile> m_shared;
    std::unique_ptr<PageCipher> m_cipher;
    QFile m_main;
    QFile m_log;
    std::unordered_map<std::uint32_t, qint64> m_frames; ///< By page: where its newest frame's page begins in the log.
    std::vector<std::uint8_t> m_rewriting;              ///< DATABASE-rotation.
    std::unordered_map<std::uint32_t, QByteArray> m_rewritten;
    std::uint32_t m_count = 0;
    std::uint32_t m_countOfLog = 0;
    QList<std::uint32_t> m_damagedFrames;
    bool m_isLogHeaderDamaged = false;
    bool m_wasSaltMended = false;
    bool m_hasJournal = false;
    std::array<std::uint8_t, kPageSize> m_page = {};
    std::array<std::uint8_t, kPageSize> m_raw = {};
};

} // namespace fieldfare::storage
