// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/page_cipher.h"
#include "core/storage/transaction.h"

#include <memory>
#include <unordered_map>

struct sqlite3_file;

namespace fieldfare::storage {

/// All pages of an encrypted database as they stood at one moment, in the bytes that are on the disk: nothing is encrypted anew. A
/// page comes from the newest frame of the log that the moment sees, or else from the main file. While this lives, its connection
/// has a read transaction open: others go on writing, their log grows and is not begun anew, and a checkpoint does not write over
/// what is still to be read here.
///
/// The connection's thread only; the connection outlives it. Queries on the connection see the same moment.
class PageSnapshot {
public:
    /// Not inside a transaction; InvalidArgument for a plain file. Fails as a read does.
    [[nodiscard]] static base::Result<std::unique_ptr<PageSnapshot>> take(Connection &connection);

    [[nodiscard]] quint32 pageCount() const { return m_pages; }
    [[nodiscard]] const FileSalt &salt() const { return m_salt; }
    /// What the pages are under now. A replacement of the data key that begins changes it, and pages that are read from then on
    /// may be under the new one.
    [[nodiscard]] std::shared_ptr<const DataKey> key() const;
    /// Pages first to first + count - 1, each with its tag verified, to count * kPageSize bytes at `out`. Pages of zeros are given as they
    /// are: a power cut may leave free ones. FileDamaged names the page.
    [[nodiscard]] base::Result<void> read(quint32 first, quint32 count, std::uint8_t *out);

private:
    PageSnapshot(Connection &connection, Transaction transaction);
    [[nodiscard]] base::Result<void> findFrames(const SnapshotMark &mark);
    [[nodiscard]] base::Result<void> readSalt();
    [[nodiscard]] base::Error failure(int code, quint32 page) const;

    Connection &m_connection;
    Transaction m_transaction;
    PageCipher m_cipher;
    sqlite3_file *m_log = nullptr;
    quint32 m_pages = 0;
    quint32 m_mainPages = 0;
    FileSalt m_salt = {};
    std::unordered_map<quint32, quint32> m_frames; ///< page -> its newest frame
    std::unique_ptr<std::uint8_t[]> m_plain = std::make_unique<std::uint8_t[]>(kPageSize);
};

} // namespace fieldfare::storage
