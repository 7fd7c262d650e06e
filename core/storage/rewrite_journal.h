// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/shared_file.h"

#include <sqlite3.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace fieldfare::storage {

/// Pages of the main file that are being written in place, as they will be on disk.
struct RewrittenPages {
    std::vector<std::uint32_t> numbers;
    std::vector<std::uint8_t> bytes; ///< kPageSize each, in the order of the numbers
};

/// DATABASE-rotation: a copy of the pages that PageRewriter has in flight, so that a power cut which tears them costs nothing
/// (core/storage/docs/key-rotation.md). Either whole and authentic, or as good as not there. Return values are SQLite
/// result codes. One thread at a time.
class RewriteJournal {
public:
    /// `vfs` is the one below the encrypted one; `database` the full path of the main file.
    RewriteJournal(sqlite3_vfs *vfs, const std::string &database, SharedFile &shared);
    ~RewriteJournal();
    RewriteJournal(const RewriteJournal &) = delete;
    RewriteJournal &operator=(const RewriteJournal &) = delete;

    /// An empty one is none.
    [[nodiscard]] int exists(bool *isThere);
    /// Durable on return.
    [[nodiscard]] int write(const FileSalt &salt, const RewrittenPages &pages);
    /// Without pages where there is no whole journal of a file of this salt.
    [[nodiscard]] int read(const FileSalt &salt, RewrittenPages *pages);
    /// Empty on the disk on return.
    [[nodiscard]] int clear();
    /// No file is left.
    [[nodiscard]] int remove();
    /// What needs the file opens it again.
    void close();

    /// The salt in what may be the content of such a file.
    [[nodiscard]] static std::optional<FileSalt> saltIn(const std::vector<std::uint8_t> &content);
    /// As read(), of its content.
    [[nodiscard]] static RewrittenPages pagesIn(const SharedFile &shared, const FileSalt &salt, const std::vector<std::uint8_t> &content);

private:
    [[nodiscard]] int open();

    sqlite3_vfs *m_vfs;
    SharedFile &m_shared;
    std::string m_name; ///< ends in zeros, as VFSs look for parameters behind a name
    std::vector<std::max_align_t> m_storage;
    sqlite3_file *m_file = nullptr; ///< in m_storage while it is open
};

} // namespace fieldfare::storage
