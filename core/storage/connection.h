// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/storage/data_key.h"
#include "core/storage/database_driver.h"
#include "core/storage/statement.h"
#include "core/storage/write_behind.h"

#include <QHash>
#include <QList>
#include <QSqlDatabase>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

struct sqlite3;

namespace fieldfare::storage {

class SharedFile;

/// How a database is opened. See Connection::open.
struct OpenOptions {
    enum class Synchronous {
        Full,   ///< A commit is on disk when commit() returns. For what the user typed.
        Normal, ///< Commits may be lost by a power cut, never torn. For data that can be had again.
        Off,    ///< Tests and throw-away files.
    };
    enum class Journal {
        WriteAheadLog,
        Rollback,
    };

    QString path;
    bool readOnly = false;
    bool createIfMissing = false;
    /// Null: a plain SQLite file, for tests and measurements only.
    std::shared_ptr<const DataKey> key = {};
    bool inMemory = false; ///< A private database in RAM; path and key are ignored.
    int cacheKiB = 16384;
    Synchronous synchronous = Synchronous::Full;
    Journal journal = Journal::WriteAheadLog;
    int walAutoCheckpointPages = 1000;          ///< 0: the owner checkpoints by itself.
    qint64 journalSizeLimit = 16 * 1024 * 1024; ///< Bytes kept of the log after a checkpoint.
    int busyTimeoutMs = 0;
    /// Opens although the write-ahead log is damaged: what the log holds from the damaged frame on is lost.
    bool salvageLog = false;
    /// Called with the new connection's handle before anything else sees it, in order: tokenizers, functions,
    /// collations. An error ends open() with it.
    std::vector<std::function<base::Result<void>(sqlite3 *)>> onOpened = {};
    QByteArray vfsName = {}; ///< Tests put a fault-injecting layer here; empty: the product's own.
};

/// One connection to one database file, through Qt's stock QSQLITE driver and, when a key is given, the encrypted VFS.
///
/// Threads: open, use and destroy it in one thread; only interrupt() may be called from any. A connection has its own
/// snapshot and caches; several connections of this process may share a file (one writes at a time), several
/// processes must not (see ProfileLock: the log's index lives in process memory).
class Connection {
public:
    /// Fails with NotFound (no file and not createIfMissing), PermissionDenied, ProfileInUse, FileDamaged and
    /// WriteAheadLogDamaged (page or frame number in the arguments), SqliteWithoutVfs (Qt's driver uses another copy of
    /// SQLite than this program does), and what onOpened returns.
    [[nodiscard]] static base::Result<std::unique_ptr<Connection>> open(const OpenOptions &options);

    /// A connection to another database. What is about files and pages (checkpoint, copies, damaged pages, bulk writing, handle()
    /// and database()) is SQLite's alone: nothing there to do, or Unsupported.
    [[nodiscard]] static std::unique_ptr<Connection> over(std::unique_ptr<DatabaseDriver> driver);

    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;
    ~Connection();

    /// The connection's cached statement for this text, reset and without bindings; prepared at the first call. It is
    /// one object a text: do not use it again while its rows are still read (prepare() your own then).
    Statement &statement(QLatin1StringView sql);
    Statement &statement(const QString &sql);
    /// A statement of the caller's own; destroy it before the connection.
    [[nodiscard]] base::Result<std::unique_ptr<Statement>> prepare(const QString &sql);
    /// Runs one or more statements separated by semicolons, without parameters.
    [[nodiscard]] base::Result<void> execute(const QString &sql);
    [[nodiscard]] base::Result<void> execute(QLatin1StringView sql) { return execute(QString(sql)); }
    /// The first column of the first row as an integer; fails with NotFound when there is no row.
    [[nodiscard]] base::Result<qint64> queryInt64(QLatin1StringView sql);

    [[nodiscard]] Dialect dialect() const { return m_driver != nullptr ? m_driver->dialect() : Dialect::Sqlite; }
    /// Null: SQLite.
    [[nodiscard]] DatabaseDriver *driver() const { return m_driver.get(); }

    /// SQLite only; elsewhere use RETURNING, which SQLite knows too.
    [[nodiscard]] qint64 lastInsertRowId() const;
    /// Rows changed by the last INSERT, UPDATE or DELETE.
    [[nodiscard]] int changes() const;
    /// Rows changed by this connection since it was opened.
    [[nodiscard]] qint64 totalChanges() const;
    [[nodiscard]] bool isInTransaction() const;

    /// Ends what runs now with Cancelled. From any thread, while the connection exists.
    void interrupt();
    /// Calls `hook` about every `steps` virtual machine steps (1000 steps take some 10 to 50 us); true ends the running
    /// statement with Cancelled. An empty hook removes it.
    void setProgressHook(int steps, std::function<bool()> hook);

    /// For transactions of thousands of rows: a page cache of 64 MB, and a log that is moved into the main file only when it has
    /// grown to 64 MB, so that a page is written once a transaction and not much more often. Commits are as durable as always.
    /// Statement::runLater() and Transaction::commitLater() are run by a thread of their own meanwhile.
    /// False: back to what open() was told, with an empty log. Fails as checkpoint(), and with the first commit that was lost;
    /// not inside a transaction.
    [[nodiscard]] base::Result<void> setBulkWriting(bool isBulk);
    /// Where writes run on a thread of their own, asking for what a write did costs the wait for it.
    [[nodiscard]] bool writesBehind() const { return m_behind->isOn(); }
    /// Waits for the writes that are on their way: what was committed before is on disk, or the first commit that was not is
    /// told, each time until bulk writing ends.
    [[nodiscard]] base::Result<void> lostCommit() { return m_behind->lost(); }
    /// Moves what the log holds into the main file. True: all of it; false: a reader still needs the log.
    [[nodiscard]] base::Result<bool> checkpoint(bool truncateLog = false);
    /// Writes a compact copy into a new file, under `key` (of an encrypted connection; it may be another than this
    /// file's), while others read. Not inside a transaction. Fails with AlreadyExists, DiskFull, Io; what was written
    /// before a failure is the caller's to remove. The copy is not synced: syncFile() it before relying on it.
    [[nodiscard]] base::Result<void> copyTo(const QString &path, std::shared_ptr<const DataKey> key);
    /// Reads every page of the encrypted main file, free ones too, and returns the numbers of those that are not
    /// authentic; none for a plain file. Pages of zeros are passed over, as a power cut may leave free ones: PRAGMA
    /// integrity_check finds those in use. What is only in the log is not looked at: checkpoint() first. `progress` is
    /// told the page number now and then; true cancels.
    [[nodiscard]] base::Result<QList<quint32>> damagedPages(const std::function<bool(quint32)> &progress = {});
    /// Finalises the cached statements (before a schema change in bulk, or to give memory back).
    void clearStatements();

    [[nodiscard]] QString path() const { return m_path; }
    /// To open the same file once more, read only, from another thread; none for a database in memory. onOpened is the caller's.
    [[nodiscard]] std::optional<OpenOptions> optionsOfReader() const;
    [[nodiscard]] bool isEncrypted() const { return m_shared != nullptr; }
    [[nodiscard]] sqlite3 *handle() const;
    /// For QSqlQuery on the same connection; not in bulk writing.
    [[nodiscard]] QSqlDatabase database() const { return m_database; }

private:
    friend class PageSnapshot;
    friend class Transaction;
    Connection() = default;
    [[nodiscard]] base::Result<void> setSizes(int cacheKiB, int checkpointPages, qint64 journalBytes);
    [[nodiscard]] base::Result<void> openDriver(const OpenOptions &options);
    [[nodiscard]] base::Result<void> configure(const OpenOptions &options);
    Statement &cached(const QByteArray &lookup);

    std::unique_ptr<DatabaseDriver> m_driver; ///< Null: SQLite.
    QString m_path;
    QString m_name;
    QSqlDatabase m_database;
    sqlite3 *m_handle = nullptr;
    QByteArray m_vfs;
    int m_cacheKiB = 0; // as open() was told:
    int m_checkpointPages = 0;
    qint64 m_journalSizeLimit = 0;
    std::shared_ptr<SharedFile> m_shared; ///< null: a plain file; outlives the handle
    std::function<bool()> m_progressHook;
    const std::unique_ptr<WriteBehind> m_behind = std::make_unique<WriteBehind>();
    QHash<QByteArray, std::shared_ptr<Statement>> m_statements;
};

} // namespace fieldfare::storage
