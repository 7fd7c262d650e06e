// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/connection.h"

#include "core/storage/encrypted_vfs.h"
#include "core/storage/page_format.h"
#include "core/storage/shared_file.h"
#include "core/storage/sqlite_error.h"

#include <QFileInfo>
#include <QSqlDriver>
#include <QSqlError>
#include <QUrl>

#include <sqlite3.h>

#include <atomic>

namespace fieldfare::storage {

namespace {

constexpr int kReaderPatienceMs = 1000; // it may meet the recovery of the log
constexpr int kBulkKiB = 64 * 1024;

using base::Error;
using base::ErrorCode;

QString newConnectionName()
{
    static std::atomic<quint64> next{1};
    return QStringLiteral("fieldfare-%1").arg(next++);
}

sqlite3 *handleOf(const QSqlDatabase &database)
{
    const QVariant handle = database.driver()->handle();
    if (!handle.isValid() || qstrcmp(handle.typeName(), "sqlite3*") != 0)
        return nullptr;
    return *static_cast<sqlite3 *const *>(handle.constData());
}

/// `file:` URI of RFC 8089 as SQLite reads it: % ? # escaped, an absolute path.
QString uriOf(const QString &path, const QByteArray &vfs)
{
    QString uri = QString::fromLatin1(QUrl::fromLocalFile(QFileInfo(path).absoluteFilePath()).toEncoded());
    if (!vfs.isEmpty())
        uri += QStringLiteral("?vfs=") + QString::fromLatin1(vfs);
    return uri;
}

QLatin1StringView nameOf(OpenOptions::Synchronous synchronous)
{
    switch (synchronous) {
    case OpenOptions::Synchronous::Full:
        return QLatin1StringView("FULL");
    case OpenOptions::Synchronous::Normal:
        return QLatin1StringView("NORMAL");
    case OpenOptions::Synchronous::Off:
        break;
    }
    return QLatin1StringView("OFF");
}

base::Result<std::shared_ptr<SharedFile>> joinFile(const QByteArray &vfs, const QString &path,
                                                   std::shared_ptr<const DataKey> key, bool seedHeader = true)
{
    FIELDFARE_ASSIGN(const std::string fullPath, encrypted_vfs::fullPath(vfs, path.toUtf8()));
    return SharedFileRegistry::join(fullPath, std::move(key), seedHeader);
}

/// Asks the private pragma that only MainFile answers. Runs through the C API, so that a driver with a SQLite of its
/// own is found out before anything is written.
bool isServedByOurVfs(sqlite3 *handle)
{
    bool served = false;
    const auto onRow = [](void *found, int columns, char **values, char **) {
        *static_cast<bool *>(found) = columns == 1 && qstrncmp(values[0], "encrypted ", 10) == 0;
        return 0;
    };
    return sqlite3_exec(handle, "PRAGMA fieldfare_vfs", onRow, &served, nullptr) == SQLITE_OK && served;
}

int onProgress(void *hook)
{
    return (*static_cast<std::function<bool()> *>(hook))() ? 1 : 0;
}

} // namespace

base::Result<std::unique_ptr<Connection>> Connection::open(const OpenOptions &options)
{
    std::unique_ptr<Connection> connection(new Connection);
    FIELDFARE_TRY(connection->openDriver(options));
    for (const auto &prepareConnection : options.onOpened)
        FIELDFARE_TRY(prepareConnection(connection->m_handle));
    FIELDFARE_TRY(connection->configure(options));
    return connection;
}

std::unique_ptr<Connection> Connection::over(std::unique_ptr<DatabaseDriver> driver)
{
    std::unique_ptr<Connection> connection(new Connection);
    connection->m_driver = std::move(driver);
    return connection;
}

base::Result<void> Connection::openDriver(const OpenOptions &options)
{
    if (!options.inMemory) {
        if (options.path.isEmpty())
            return {ErrorCode::InvalidArgument, QStringLiteral("a database without a path")};
        if (!options.createIfMissing && !QFileInfo::exists(options.path))
            return {ErrorCode::NotFound, QStringLiteral("no database file"), {options.path}};
        m_path = QFileInfo(options.path).absoluteFilePath();
    }
    FIELDFARE_TRY(encrypted_vfs::ensureRegistered());
    QByteArray &vfs = m_vfs = options.vfsName;
    if (options.key != nullptr && !options.inMemory) {
        if (vfs.isEmpty())
            vfs = encrypted_vfs::kName;
        FIELDFARE_ASSIGN(const std::string fullPath, encrypted_vfs::fullPath(vfs, m_path.toUtf8()));
        if (encrypted_vfs::hasLostItsPages(vfs, fullPath)) {
            return {ErrorCode::FileDamaged,
                    QStringLiteral("the file is missing or empty, and its write-ahead log or rollback journal is not"),
                    {QStringLiteral("1")}};
        }
        FIELDFARE_ASSIGN(m_shared, joinFile(vfs, m_path, options.key));
        m_shared->salvageLog = options.salvageLog;
    }
    m_name = newConnectionName();
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
    if (!m_database.isValid())
        return {ErrorCode::SqliteWithoutVfs, QStringLiteral("Qt's QSQLITE driver is not installed")};
    QString connectOptions = QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(options.busyTimeoutMs);
    if (options.inMemory) {
        m_database.setDatabaseName(QStringLiteral(":memory:"));
    } else {
        m_database.setDatabaseName(uriOf(m_path, vfs));
        connectOptions += QStringLiteral(";QSQLITE_OPEN_URI");
        if (options.readOnly)
            connectOptions += QStringLiteral(";QSQLITE_OPEN_READONLY");
    }
    m_database.setConnectOptions(connectOptions);
    if (!m_database.open()) {
        if (m_database.lastError().text().contains(QLatin1StringView("no such vfs"))) {
            return {ErrorCode::SqliteWithoutVfs,
                    QStringLiteral("Qt's QSQLITE driver was built with a copy of SQLite of its own")};
        }
        return {ErrorCode::PermissionDenied,
                QStringLiteral("opening the database: ") + m_database.lastError().text(),
                {options.path}};
    }
    m_handle = handleOf(m_database);
    if (m_handle == nullptr)
        return {ErrorCode::SqliteWithoutVfs, QStringLiteral("Qt's driver does not tell its SQLite handle")};
    sqlite3_extended_result_codes(m_handle, 1);
    if (m_shared != nullptr && !isServedByOurVfs(m_handle))
        return {ErrorCode::SqliteWithoutVfs, QStringLiteral("the file was not opened through the encrypted VFS")};
    return {};
}

base::Result<void> Connection::setSizes(int cacheKiB, int checkpointPages, qint64 journalBytes)
{
    return execute(QStringLiteral("PRAGMA cache_size=-%1;"
                                  "PRAGMA journal_size_limit=%2;"
                                  "PRAGMA wal_autocheckpoint=%3")
                       .arg(QString::number(cacheKiB), QString::number(journalBytes), QString::number(checkpointPages)));
}

base::Result<void> Connection::setBulkWriting(bool isBulk)
{
    if (m_driver != nullptr)
        return {};
    if (isBulk) {
        FIELDFARE_TRY(setSizes(std::max(kBulkKiB, m_cacheKiB), kBulkKiB * 1024 / kPageSize, qint64(kBulkKiB) * 1024));
        m_behind->start(m_handle);
        return {};
    }
    const base::Result<void> written = m_behind->stop();
    FIELDFARE_TRY(setSizes(m_cacheKiB, m_checkpointPages, m_journalSizeLimit));
    FIELDFARE_TRY(execute(QLatin1StringView("PRAGMA shrink_memory")));
    FIELDFARE_TRY(checkpoint(true));
    return written;
}

base::Result<void> Connection::configure(const OpenOptions &options)
{
    m_cacheKiB = options.cacheKiB;
    m_checkpointPages = options.walAutoCheckpointPages;
    m_journalSizeLimit = options.journalSizeLimit;
    FIELDFARE_TRY(setSizes(m_cacheKiB, m_checkpointPages, m_journalSizeLimit));
    FIELDFARE_TRY(execute(QStringLiteral("PRAGMA temp_store=FILE;"
                                         "PRAGMA foreign_keys=OFF;"
                                         "PRAGMA auto_vacuum=NONE;"
                                         "PRAGMA mmap_size=0;"
                                         "PRAGMA secure_delete=ON;" // what is erased leaves the free pages too
                                         "PRAGMA synchronous=%1")
                              .arg(nameOf(options.synchronous))));
    if (!options.readOnly && !options.inMemory) {
        FIELDFARE_TRY(execute(options.journal == OpenOptions::Journal::WriteAheadLog
                                  ? QLatin1StringView("PRAGMA journal_mode=WAL")
                                  : QLatin1StringView("PRAGMA journal_mode=DELETE")));
    }
    // Reads the file for the first time: an unreadable page 1 or a damaged log is reported by open(), not by the first
    // query later on.
    FIELDFARE_TRY(queryInt64(QLatin1StringView("SELECT count(*) FROM sqlite_schema")));
    return {};
}

Connection::~Connection()
{
    static_cast<void>(m_behind->stop());
    m_statements.clear();
    if (m_handle != nullptr)
        sqlite3_progress_handler(m_handle, 0, nullptr, nullptr);
    if (!m_name.isEmpty()) {
        m_database.close();
        m_database = QSqlDatabase();
        QSqlDatabase::removeDatabase(m_name);
    }
}

Statement &Connection::cached(const QByteArray &lookup)
{
    auto found = m_statements.constFind(lookup);
    if (found == m_statements.constEnd()) {
        const QByteArray sql(lookup.constData(), lookup.size()); // the lookup may point into the caller's literal
        auto *const made = m_driver != nullptr ? new Statement(m_driver->prepare(sql), sql, *m_behind) : new Statement(m_handle, sql, true, *m_behind);
        found = m_statements.insert(sql, std::shared_ptr<Statement>(made));
    }
    Statement &statement = **found;
    statement.reset();
    statement.clearBindings();
    return statement;
}

Statement &Connection::statement(QLatin1StringView sql)
{
    return cached(QByteArray::fromRawData(sql.data(), sql.size()));
}

Statement &Connection::statement(const QString &sql)
{
    return cached(sql.toUtf8());
}

base::Result<std::unique_ptr<Statement>> Connection::prepare(const QString &sql)
{
    const QByteArray utf8 = sql.toUtf8();
    std::unique_ptr<Statement> statement(m_driver != nullptr ? new Statement(m_driver->prepare(utf8), utf8, *m_behind)
                                                             : new Statement(m_handle, utf8, false, *m_behind));
    if (statement->m_error)
        return *statement->m_error;
    return statement;
}

base::Result<void> Connection::execute(const QString &sql)
{
    if (m_driver != nullptr)
        return m_driver->execute(sql);
    FIELDFARE_TRY(m_behind->settle());
    const int code = sqlite3_exec(m_handle, sql.toUtf8().constData(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return sqliteError(m_handle, code, QStringLiteral("running \"%1\"").arg(sql.left(200).simplified()));
    return {};
}

base::Result<qint64> Connection::queryInt64(QLatin1StringView sql)
{
    Statement &query = statement(sql);
    const StatementReset reset(query);
    FIELDFARE_ASSIGN(const bool row, query.step());
    if (!row)
        return {ErrorCode::NotFound, QStringLiteral("no row for \"%1\"").arg(sql)};
    return query.int64(0);
}

qint64 Connection::lastInsertRowId() const
{
    m_behind->wait();
    return sqlite3_last_insert_rowid(m_handle);
}

int Connection::changes() const
{
    if (m_driver != nullptr)
        return m_driver->changes();
    m_behind->wait();
    return sqlite3_changes(m_handle);
}

qint64 Connection::totalChanges() const
{
    m_behind->wait();
    return sqlite3_total_changes64(m_handle);
}

bool Connection::isInTransaction() const
{
    if (m_driver != nullptr)
        return m_driver->isInTransaction();
    m_behind->wait();
    return sqlite3_get_autocommit(m_handle) == 0;
}

sqlite3 *Connection::handle() const
{
    m_behind->wait();
    return m_handle;
}

void Connection::interrupt()
{
    if (m_driver != nullptr)
        m_driver->interrupt();
    else
        sqlite3_interrupt(m_handle);
}

void Connection::setProgressHook(int steps, std::function<bool()> hook)
{
    m_behind->wait();
    m_progressHook = std::move(hook);
    if (m_progressHook)
        sqlite3_progress_handler(m_handle, steps, onProgress, &m_progressHook);
    else
        sqlite3_progress_handler(m_handle, 0, nullptr, nullptr);
}

base::Result<bool> Connection::checkpoint(bool truncateLog)
{
    if (m_driver != nullptr)
        return true;
    FIELDFARE_TRY(m_behind->settle());
    int inLog = 0;
    int moved = 0;
    const int code = sqlite3_wal_checkpoint_v2(
        m_handle, nullptr, truncateLog ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, &inLog, &moved);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return false;
    if (code != SQLITE_OK)
        return sqliteError(m_handle, sqlite3_extended_errcode(m_handle), QStringLiteral("checkpoint"));
    return inLog == moved;
}

base::Result<void> Connection::copyTo(const QString &path, std::shared_ptr<const DataKey> key)
{
    if (m_driver != nullptr)
        return {ErrorCode::Unsupported, QStringLiteral("copies of a file are SQLite's")};
    if (QFileInfo(path).exists() && QFileInfo(path).size() > 0)
        return {ErrorCode::AlreadyExists, QStringLiteral("the target of the copy exists"), {path}};
    const QString target = QFileInfo(path).absoluteFilePath();
    std::shared_ptr<SharedFile> targetKey; // keeps the registration until the copy is done
    if (m_shared != nullptr) {
        if (key == nullptr)
            return {ErrorCode::InvalidArgument, QStringLiteral("an encrypted file is copied under a key only")};
        FIELDFARE_ASSIGN(targetKey, joinFile(m_vfs, target, std::move(key), false));
    }
    Statement copy(m_handle, "VACUUM INTO ?1", false, *m_behind);
    copy.bindText(1, target);
    return copy.run();
}

base::Result<QList<quint32>> Connection::damagedPages(const std::function<bool(quint32)> &progress)
{
    QList<quint32> damaged;
    if (m_shared == nullptr)
        return damaged;
    m_behind->wait();
    for (PageCheck check;; ++check.page) {
        const int code = sqlite3_file_control(m_handle, "main", kCheckPageControl, &check);
        if (code != SQLITE_OK)
            return sqliteError(m_handle, code, QStringLiteral("checking page %1").arg(check.page));
        if (!check.exists)
            return damaged;
        if (!check.isSound)
            damaged.append(check.page);
        if (progress && check.page % 256 == 0 && progress(check.page))
            return Error{ErrorCode::Cancelled, QStringLiteral("checking pages")};
    }
}

std::optional<OpenOptions> Connection::optionsOfReader() const
{
    if (m_path.isEmpty())
        return std::nullopt;
    OpenOptions options;
    options.path = m_path;
    options.vfsName = m_vfs;
    options.key = m_shared != nullptr ? m_shared->key() : nullptr;
    options.readOnly = true;
    options.createIfMissing = true; // it is open, so it is there, on whatever file system; a reader makes nothing
    options.busyTimeoutMs = kReaderPatienceMs;
    return options;
}

void Connection::clearStatements()
{
    m_statements.clear();
}

} // namespace fieldfare::storage
