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
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace fieldfare::storage {

/// What all connections of this process to one encrypted file share: its key, its salt, the epoch that is written and
/// the log's index. Thread safe.
///
/// The key may be replaced while connections work (beginRotation(), endRotation()); they notice by keyGeneration().
class SharedFile {
public:
    SharedFile(std::shared_ptr<const DataKey> key, bool seedHeader);

    [[nodiscard]] std::shared_ptr<const DataKey> key() const;
    /// It is this file's key now, or was.
    [[nodiscard]] bool knows(const DataKey &key) const;
    /// Grows with each change of what the next three answer.
    [[nodiscard]] std::uint32_t keyGeneration() const { return m_keyGeneration.load(std::memory_order_acquire); }
    /// HKDF-SHA-256 (RFC 5869) of the data key that pages of this epoch are under.
    [[nodiscard]] base::Secret derivePageKey(std::uint32_t epoch) const;
    /// Of the data key that the headers of the log as it is are under.
    [[nodiscard]] base::Secret deriveLogKey(QByteArrayView salt, QByteArrayView info) const;
    /// Of the present data key.
    [[nodiscard]] base::Secret derive(QByteArrayView salt, QByteArrayView info, size_t size) const;

    /// From now on pages and the next log are written under key->secret(); what is there is under key->former(), which must be
    /// the present key.
    void beginRotation(std::shared_ptr<const DataKey> key);
    /// Nothing is under the former key any more.
    void endRotation();
    /// Whether the log's headers are under the former key: until the log begins anew.
    void setLogUnderFormerKey(bool isFormer);
    /// Highest epoch that this process has written under or will next.
    [[nodiscard]] std::uint32_t presentEpoch() const;

    /// Held while pages of the main file are written in place beside readers, who take it (shared) to read again what they
    /// found torn. Without meaning as long as wasRewritten is false.
    std::shared_mutex rewriting;
    std::atomic<bool> wasRewritten = false;
    /// Pages in flight are not whole on disk: nobody else may write the main file, lest redoing them undid that.
    std::atomic<bool> isRewriteOpen = false;
    /// Done once before the first connection reads: what a crash left of a rewriting (PageRewriter::recover).
    std::mutex recovering;
    bool isRecovered = false;

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
    mutable std::mutex m_keyMutex;
    std::shared_ptr<const DataKey> m_key;
    std::vector<QByteArray> m_formerIds;
    bool m_isLogUnderFormer = false;
    std::atomic<std::uint32_t> m_keyGeneration = 1;
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
