// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/page_snapshot.h"

#include "core/storage/shared_file.h"
#include "core/storage/sqlite_error.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

namespace fieldfare::storage {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr int kTries = 10'000; // a commit would have to come between two looks each time

std::int64_t offsetOfFrame(quint32 frame)
{
    return kWalHeaderSize + std::int64_t(frame - 1) * kFrameSize;
}

bool isSame(const SnapshotMark &a, const SnapshotMark &b)
{
    return a.isStable == b.isStable && a.frames == b.frames && a.pages == b.pages && a.change == b.change && std::memcmp(a.salts, b.salts, sizeof a.salts) == 0;
}

Result<SnapshotMark> markOf(sqlite3 *handle)
{
    SnapshotMark mark;
    const int code = sqlite3_file_control(handle, "main", kSnapshotMarkControl, &mark);
    if (code != SQLITE_OK)
        return sqliteError(handle, code, QStringLiteral("looking at the log's index"));
    return mark;
}

} // namespace

PageSnapshot::PageSnapshot(Connection &connection, Transaction transaction)
    : m_connection(connection), m_transaction(std::move(transaction)), m_cipher(connection.m_shared)
{
}

Result<std::unique_ptr<PageSnapshot>> PageSnapshot::take(Connection &connection)
{
    if (connection.m_shared == nullptr)
        return Error{ErrorCode::InvalidArgument, QStringLiteral("a plain file has no encrypted pages")};
    for (int tries = 0; tries < kTries; ++tries) {
        FIELDFARE_ASSIGN(const SnapshotMark before, markOf(connection.handle()));
        FIELDFARE_ASSIGN(Transaction transaction, Transaction::begin(connection, Transaction::Mode::Deferred));
        FIELDFARE_TRY(connection.queryInt64(QLatin1StringView("SELECT count(*) FROM sqlite_schema"))); // begins to read
        FIELDFARE_ASSIGN(const SnapshotMark mark, markOf(connection.handle()));
        if (!mark.isStable || !isSame(before, mark))
            continue; // which of the two the transaction sees is not known
        std::unique_ptr<PageSnapshot> snapshot(new PageSnapshot(connection, std::move(transaction)));
        snapshot->m_mainPages = quint32(mark.mainBytes / kPageSize);
        snapshot->m_pages = mark.pages != 0 ? mark.pages : snapshot->m_mainPages;
        if (mark.usesLog)
            FIELDFARE_TRY(snapshot->findFrames(mark));
        FIELDFARE_TRY(snapshot->readSalt());
        return snapshot;
    }
    return Error{ErrorCode::ProfileInUse, QStringLiteral("too many commits at a time")};
}

std::shared_ptr<const DataKey> PageSnapshot::key() const
{
    return m_connection.m_shared->key();
}

Result<void> PageSnapshot::findFrames(const SnapshotMark &mark)
{
    sqlite3 *handle = m_connection.handle();
    const int found = sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &m_log);
    if (found != SQLITE_OK || m_log == nullptr || m_log->pMethods == nullptr)
        return sqliteError(handle, found, QStringLiteral("looking for the log"));
    for (quint32 frame = 1; frame <= mark.frames; ++frame) {
        std::uint8_t header[kFrameHeaderSize];
        RawRead raw{header, kFrameHeaderSize, offsetOfFrame(frame)};
        const int code = m_log->pMethods->xFileControl(m_log, kRawReadControl, &raw);
        if (code != SQLITE_OK || !m_cipher.cryptLogHeader(false, raw.offset, header, kFrameHeaderSize) || std::memcmp(header + 8, mark.salts, sizeof mark.salts) != 0)
            return {ErrorCode::WriteAheadLogDamaged, QStringLiteral("the header of a frame"), {QString::number(frame)}};
        m_frames[readBigEndian(header)] = frame;
    }
    return {};
}

Error PageSnapshot::failure(int code, quint32 page) const
{
    return sqliteError(m_connection.handle(), code, QStringLiteral("reading page %1 as it is on disk").arg(page));
}

Result<void> PageSnapshot::read(quint32 first, quint32 count, std::uint8_t *out)
{
    RawRead raw{out, int(count) * kPageSize, std::int64_t(first - 1) * kPageSize};
    const int code = first <= m_mainPages ? sqlite3_file_control(m_connection.handle(), "main", kRawReadControl, &raw) : SQLITE_OK;
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
        return failure(code, first);
    for (quint32 page = first; page < first + count; ++page) {
        std::uint8_t *bytes = out + size_t(page - first) * kPageSize;
        const auto frame = m_frames.find(page);
        if (page == kLockBytePage) {
            std::memset(bytes, 0, kPageSize); // SQLite never uses it
            continue;
        }
        if (frame != m_frames.end()) {
            RawRead fromLog{bytes, kPageSize, offsetOfFrame(frame->second) + kFrameHeaderSize};
            const int logCode = m_log->pMethods->xFileControl(m_log, kRawReadControl, &fromLog);
            if (logCode != SQLITE_OK)
                return failure(logCode, page);
        } else if (page > m_mainPages) {
            return {ErrorCode::FileDamaged, QStringLiteral("the file ends before page %1").arg(page), {QString::number(page)}};
        } else if (page != 1 && std::all_of(bytes, bytes + kPageSize, [](std::uint8_t byte) { return byte == 0; })) {
            continue;
        }
        if (!m_cipher.decrypt(page, bytes, m_plain.get()))
            return {ErrorCode::FileDamaged, QStringLiteral("page %1 is not authentic").arg(page), {QString::number(page)}};
    }
    return {};
}

Result<void> PageSnapshot::readSalt()
{
    if (m_pages == 0)
        return {ErrorCode::NotFound, QStringLiteral("the database is empty")};
    const auto page = std::make_unique<std::uint8_t[]>(kPageSize);
    FIELDFARE_TRY(read(1, 1, page.get()));
    std::copy_n(page.get(), kSaltSize, m_salt.begin());
    return {};
}

} // namespace fieldfare::storage
