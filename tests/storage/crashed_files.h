// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "tests/testlib/fault_vfs.h"

#include <QList>

#include <optional>

namespace fieldfare::storage_test {

using FileBytes = std::vector<std::uint8_t>;

/// An encrypted database as a crash left it, with what it held after each commit, so that a test can damage it and know what
/// may come of that.
struct CrashedFiles {
    FileBytes main;
    FileBytes log;     ///< the write-ahead log; empty: none
    FileBytes journal; ///< the rollback journal; empty: none
    storage::OpenOptions::Journal mode = storage::OpenOptions::Journal::WriteAheadLog;
    /// Hashes of the content: what the main file holds by itself (with a journal: what it rolls back to), then what it is
    /// after each transaction of the log.
    QList<QByteArray> states;
    /// By state: the last frame of its transaction in the log; 0 for the first.
    QList<int> commits;
};

/// What opening and reading all of a database came to.
struct Outcome {
    QByteArray content;               ///< hash of all rows, by table and by index; null where there is an error
    std::optional<base::Error> error; ///< the first one
    bool isOpened = false;            ///< open() itself was fine
};

/// Makes such files on a disk in memory and opens them again. One a process, as VFSs are registered for good.
/// One thread.
class CrashedFilesDisk {
public:
    CrashedFilesDisk();

    /// A main file, then `transactions` that are in the log alone; each adds `rows` rows and changes others. Content is made
    /// from numbers, so that only salts, keys' epochs and nonces differ from call to call.
    [[nodiscard]] CrashedFiles leaveLog(int transactions, int rows);
    /// A main file of some `rows` rows over which a transaction had written in parts when the power went.
    [[nodiscard]] CrashedFiles leaveJournal(int rows);
    /// As leaveLog(), but closed: one state, no log.
    [[nodiscard]] CrashedFiles leaveClosed(int rows);

    /// Lays the files on the disk and opens them. What they are afterwards is in filesNow().
    [[nodiscard]] Outcome open(const CrashedFiles &files, bool salvageLog = false);
    /// Opens what lies on the disk since.
    [[nodiscard]] Outcome openAgain(const CrashedFiles &like);
    [[nodiscard]] CrashedFiles filesNow(const CrashedFiles &like) const;

private:
    [[nodiscard]] storage::OpenOptions optionsFor(storage::OpenOptions::Journal mode) const;
    [[nodiscard]] Outcome openWith(const storage::OpenOptions &options);

    testlib::FaultDisk m_disk{"crashed-files-disk"};
};

/// What the rule on damaged logs ("Torn or damaged" in core/storage/docs/encrypted-file.md) makes of a log that differs from
/// the one that was written, told from the bytes alone.
struct LogVerdict {
    bool isRefused = false;
    int frame = 0; ///< refused: the one to be named, 0 for the log's header
    int state = 0; ///< opened: the index of what is there
};
[[nodiscard]] LogVerdict expectedOfLog(const CrashedFiles &sound, const FileBytes &now);

/// Whole frames of a log of this size.
[[nodiscard]] int framesOf(const FileBytes &log);

} // namespace fieldfare::storage_test
