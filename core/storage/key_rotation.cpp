// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/key_rotation.h"

#include "core/storage/encrypted_vfs.h"
#include "core/storage/page_format.h"
#include "core/storage/shared_file.h"
#include "core/storage/sqlite_error.h"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <ctime>

namespace fieldfare::storage {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::chrono::milliseconds kBetweenTries{5};
constexpr int kMostHeldMs = 100;
constexpr std::uint32_t kEpochGap = 16; ///< what the present process may go up by while the key is made
constexpr std::uint32_t kHighestBoundary = 0xffff0000;
constexpr int kStepsBetweenCheckpoints = 16;

} // namespace

KeyRotation::KeyRotation(std::unique_ptr<Connection> connection, std::shared_ptr<SharedFile> shared, KeyFile keyFile)
    : m_connection(std::move(connection)), m_shared(std::move(shared)), m_keyFile(std::move(keyFile))
{
}

KeyRotation::~KeyRotation() = default;

Result<std::unique_ptr<KeyRotation>> KeyRotation::open(OpenOptions file, KeyFile keyFile)
{
    if (file.key == nullptr || file.inMemory)
        return Error{ErrorCode::InvalidArgument, QStringLiteral("only an encrypted file has a data key")};
    file.walAutoCheckpointPages = 0;
    file.cacheKiB = 1024;
    const QByteArray vfs = file.vfsName.isEmpty() ? QByteArray(encrypted_vfs::kName) : file.vfsName;
    FIELDFARE_ASSIGN(auto connection, Connection::open(file));
    // Emptying the log waits for its readers with the writer's lock in its hand: short enough that nobody's edit is refused, and long
    // enough that short reads end and the next ones begin behind the log's end.
    sqlite3_busy_timeout(connection->handle(), kMostHeldMs);
    Statement &mode = connection->statement(QLatin1StringView("PRAGMA journal_mode"));
    {
        const StatementReset reset(mode);
        FIELDFARE_TRY(mode.step());
        // In rollback mode pages are written to the main file under no lock that this could hold beside a writer.
        if (mode.text(0) != QLatin1StringView("wal"))
            return Error{ErrorCode::InvalidArgument, QStringLiteral("the file has no write-ahead log")};
    }
    FIELDFARE_ASSIGN(const std::string path, encrypted_vfs::fullPath(vfs, connection->path().toUtf8()));
    std::shared_ptr<SharedFile> shared = SharedFileRegistry::find(path);
    if (shared == nullptr)
        return Error{ErrorCode::Internal, QStringLiteral("the open file is not registered")};
    return std::unique_ptr<KeyRotation>(new KeyRotation(std::move(connection), std::move(shared), std::move(keyFile)));
}

bool KeyRotation::isUnderWay() const
{
    return m_shared->key()->hasFormer();
}

std::shared_ptr<const DataKey> KeyRotation::key() const
{
    return m_shared->key();
}

/// Moves all of the log into the main file and cuts it to nothing: the next one begins under the present key.
Result<void> KeyRotation::emptyLog(const Watch &watch)
{
    for (;;) {
        // The bulk of it without the writer's lock, so that a commit waits for next to nothing.
        FIELDFARE_TRY(m_connection->checkpoint(false));
        FIELDFARE_ASSIGN(const bool isEmpty, m_connection->checkpoint(true));
        if (isEmpty)
            return {};
        if (watch && watch(m_progress))
            return Error{ErrorCode::Cancelled, QStringLiteral("waiting for the log's readers")};
        leaveWritersTheLock(std::chrono::milliseconds(kMostHeldMs));
    }
}

/// Writers look for it every 100 ms in the end: it has to be free for a fair part of the time.
void KeyRotation::leaveWritersTheLock(std::chrono::nanoseconds time)
{
    const auto until = std::chrono::steady_clock::now() + time;
    for (auto now = std::chrono::steady_clock::now(); now < until; now = std::chrono::steady_clock::now())
        m_shared->walIndex().waitForUnlock(std::chrono::ceil<std::chrono::milliseconds>(until - now));
}

Result<void> KeyRotation::step(int control, void *argument, const std::uint32_t *damaged, const char *what, const Watch &watch)
{
    for (;;) {
        const int code = sqlite3_file_control(m_connection->handle(), "main", control, argument);
        if (code == SQLITE_OK)
            return {};
        if (damaged != nullptr && *damaged != 0)
            return Error{ErrorCode::FileDamaged, QStringLiteral("%1: page %2 is damaged").arg(QLatin1StringView(what)).arg(*damaged), {QString::number(*damaged)}};
        if (code != SQLITE_BUSY)
            return sqliteError(m_connection->handle(), code, QLatin1StringView(what));
        if (watch && watch(m_progress))
            return Error{ErrorCode::Cancelled, QLatin1StringView(what)};
        m_shared->walIndex().waitForUnlock(kBetweenTries);
    }
}

Result<void> KeyRotation::scan(EpochScan &scan, const Watch &watch)
{
    do {
        FIELDFARE_TRY(step(kScanEpochsControl, &scan, &scan.damaged, "looking at the pages' epochs", watch));
        if (watch && watch(m_progress))
            return Error{ErrorCode::Cancelled, QStringLiteral("looking at the pages' epochs")};
    } while (scan.next <= scan.pages);
    return {};
}

Result<void> KeyRotation::sweep(const Watch &watch)
{
    PageSweep sweep;
    int steps = 0;
    do {
        const auto begun = std::chrono::steady_clock::now();
        FIELDFARE_TRY(step(kSweepPagesControl, &sweep, &sweep.damaged, "writing pages under the new key", watch));
        leaveWritersTheLock((std::chrono::steady_clock::now() - begun) / 2);
        m_progress = {std::min(sweep.next - 1, sweep.pages), sweep.pages, m_progress.rewritten + sweep.rewritten};
        if (watch && watch(m_progress))
            return Error{ErrorCode::Cancelled, QStringLiteral("writing pages under the new key")};
        // Writers find the lock taken most of the time; without this their log would grow.
        if (++steps % kStepsBetweenCheckpoints == 0)
            FIELDFARE_TRY(m_connection->checkpoint(false));
    } while (sweep.next <= sweep.pages);
    return {};
}

Result<void> KeyRotation::begin(const base::Secret &passphrase, const Watch &watch)
{
    if (isUnderWay())
        return Error{ErrorCode::AlreadyExists, QStringLiteral("the data key is being replaced already")};
    m_progress = {};
    // What older processes left in the log comes into the main file, and so under the eyes of the scan.
    FIELDFARE_TRY(emptyLog(watch));
    EpochScan found;
    FIELDFARE_TRY(scan(found, watch));
    const std::uint32_t highest = std::max({found.highest, m_shared->presentEpoch(), std::uint32_t(std::time(nullptr))});
    if (highest >= kHighestBoundary)
        return Error{ErrorCode::Internal, QStringLiteral("no epoch is left above %1").arg(highest)};
    FIELDFARE_ASSIGN(DataKey replaced, m_keyFile.beginRotation(*m_shared->key(), passphrase, highest + kEpochGap));
    m_shared->beginRotation(std::make_shared<const DataKey>(std::move(replaced)));
    return {};
}

Result<void> KeyRotation::run(const Watch &watch)
{
    m_progress = {};
    if (!isUnderWay())
        return {};
    // What a failed run left in flight, which the log cannot be moved into the file before.
    PageSweep begun;
    begun.mostPages = 0;
    FIELDFARE_TRY(step(kSweepPagesControl, &begun, &begun.damaged, "ending what was begun", watch));
    // From here on no page of the former key can come out of the log any more.
    FIELDFARE_TRY(emptyLog(watch));
    FIELDFARE_TRY(sweep(watch));
    EpochScan left;
    FIELDFARE_TRY(scan(left, watch));
    if (left.below != 0)
        return Error{ErrorCode::Internal, QStringLiteral("%1 pages are still under the former key").arg(left.below)};
    FIELDFARE_TRY(emptyLog(watch));
    FIELDFARE_TRY(step(kEndSweepControl, nullptr, nullptr, "removing the journal of the pages in flight", watch));
    FIELDFARE_TRY(m_keyFile.endRotation(*m_shared->key()));
    m_shared->endRotation();
    return {};
}

} // namespace fieldfare::storage
