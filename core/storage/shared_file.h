// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/data_key.h"
#include "core/storage/page_format.h"
#include "core/storage/wal_index.h"

#include <QByteArrayView>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace fieldfare::storage {

/// What all connections of this process to one encrypted file share: its key, its salt, the epoch that is written and
/// the log's index. Thread safe.
class SharedFile {
public:
    SharedFile(std::shared_ptr<const DataKey> key, bool seedHeader);

    [[nodiscard]] const DataKey &key() const { return *m_key; }
    [[nodiscard]] const std::shared_ptr<const DataKey> &keyPointer() const { return m_key; }
    /// HKDF-SHA-256 (RFC 5869) of the data key.
    [[nodiscard]] base::Secret derive(QByteArrayView salt, QByteArrayView info, size_t size) const;

    /// Unset until page 1 was seen or the first page is written.
    [[nodiscard]] std::optional<FileSalt> salt() const;
    void setSalt(const FileSalt &salt);
    /// Grows with each change of the salt; 0: none yet. Cheap, for callers that keep a copy.
    [[nodiscard]] std::uint32_t saltGeneration() const { return m_saltGeneration.load(std::memory_order_acquire); }

    /// The epoch to encrypt the next page under; moves on after 2^30 pages.
    [[nodiscard]] std::uint32_t takeWriteEpoch();
    /// Page 1 carries this epoch: ours must be above it. Without effect once something was written.
    void noteEpoch(std::uint32_t epoch);

    /// A number of pages that the main file surely has; 0 when unknown.
    std::atomic<std::uint32_t> knownPages = 0;
    /// Opens in spite of a damaged log, see OpenOptions::salvageLog.
    std::atomic<bool> salvageLog = false;
    /// Whether an empty file answers with a header that asks for our page size and reserve. Off for the target of
    /// VACUUM INTO, which sets both itself and refuses a file that has them fixed.
    [[nodiscard]] bool seedsHeader() const { return m_seedHeader; }
    [[nodiscard]] WalIndex &walIndex() { return m_walIndex; }

private:
    std::shared_ptr<const DataKey> m_key;
    bool m_seedHeader;
    WalIndex m_walIndex;
    mutable std::mutex m_saltMutex;
    FileSalt m_salt = {};
    std::atomic<std::uint32_t> m_saltGeneration = 0;
    std::atomic<std::uint32_t> m_firstEpoch;
    std::atomic<std::uint64_t> m_pagesWritten = 0;
};

/// Hands keys to the VFS: whoever opens a connection registers the file's key under its path first and keeps the
/// returned pointer as long as the connection. SQLite's list of VFSs is one a process, and so is this; keys are never
/// in a URI or on disk. Thread safe.
class SharedFileRegistry {
public:
    /// Joins the file if it is open with the same key. Fails with InvalidArgument if it is open with another one.
    static base::Result<std::shared_ptr<SharedFile>> join(const std::string &fullPath,
                                                          std::shared_ptr<const DataKey> key, bool seedHeader = true);
    /// Null when nobody registered the path.
    static std::shared_ptr<SharedFile> find(const std::string &fullPath);
};

} // namespace fieldfare::storage
