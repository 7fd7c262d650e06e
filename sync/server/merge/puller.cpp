// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/merge/puller.h"

#include "core/changes/checksum.h"

#include <set>

namespace fieldfare::server {

using base::Error;
using base::ErrorCode;
using base::Id;
using base::Result;
using changes::RowChange;
using changes::Version;
using model::FieldKey;
using protocol::DownloadPage;
using protocol::DownloadRequest;
using protocol::DownloadStart;
using protocol::PullReply;
using protocol::PullRequest;
using protocol::PullStatus;

namespace {

constexpr std::int64_t kLeaseMs = 7LL * 24 * 3600 * 1000;

/// The fields of the row above the version, empty ones too when they changed.
RowChange changeSince(const changes::ReplicatedRow &row, Version seq, Version cursor)
{
    RowChange change;
    change.entity = row.entity;
    change.id = row.id;
    change.seq = seq;
    change.createVersion = row.versions.base();
    change.stamp = row.stamp;
    std::set<FieldKey> keys;
    for (const changes::FieldValue &entry : row.values)
        keys.insert(entry.field);
    for (const auto &[field, version] : row.versions.exceptions())
        keys.insert(field);
    for (const FieldKey &key : keys) {
        const Version version = row.versions.of(key);
        if (version > cursor)
            change.fields.push_back({key, version, row.value(key)});
    }
    return change;
}

Id largestId()
{
    return Id::fromBytes(QByteArray(Id::kSize, '\xFF'));
}

} // namespace

Puller::Puller(ServerStorage &storage, model::CatalogPointer catalog, const base::Clock &clock, PullerMutants mutants)
    : m_storage(storage), m_catalog(std::move(catalog)), m_clock(clock), m_mutants(mutants)
{
}

Result<PullReply> Puller::pull(const PullRequest &request)
{
    PullReply reply;
    reply.epoch = m_storage.epoch();
    FIELDFARE_ASSIGN(const auto device, m_storage.device(request.device));
    if (!device || device->revoked) {
        reply.status = PullStatus::Revoked;
        return reply;
    }
    if (request.epoch != reply.epoch) {
        reply.status = PullStatus::EpochChanged;
        return reply;
    }
    FIELDFARE_ASSIGN(reply.counter, m_storage.counter());
    FIELDFARE_ASSIGN(const Version floor, m_storage.floor());
    if (request.cursor < floor && !m_mutants.noFloorCheck) {
        reply.status = PullStatus::BelowFloor; // tombstones that it lacks may be gone (rule 10)
        return reply;
    }
    const int limit = std::clamp(request.limit, 1, protocol::kMaxPullRows);
    reply.position = request.after.value_or(protocol::PullPosition{request.cursor, largestId()});
    FIELDFARE_ASSIGN(std::vector<ChangeEntry> entries, m_storage.changesAfter(reply.position, limit));
    reply.complete = entries.size() < size_t(limit);
    if (m_mutants.fixedUpperBound) {
        const Version bound = m_fixedBounds.try_emplace(request.device, reply.counter).first->second;
        std::erase_if(entries, [&](const ChangeEntry &entry) { return entry.seq > bound; });
        reply.complete = reply.complete || entries.empty();
        reply.counter = bound;
        if (reply.complete)
            m_fixedBounds.erase(request.device);
    }
    for (const ChangeEntry &entry : entries) {
        reply.position = {entry.seq, entry.row};
        if (entry.erased) {
            RowChange tombstone;
            tombstone.entity = entry.entity;
            tombstone.id = entry.row;
            tombstone.seq = entry.seq;
            tombstone.erased = true;
            reply.rows.push_back(std::move(tombstone));
            continue;
        }
        FIELDFARE_ASSIGN(const auto row, m_storage.row(entry.entity, entry.row));
        if (!row)
            return Error{ErrorCode::Internal, QStringLiteral("the change index names a row that is not there")};
        reply.rows.push_back(changeSince(*row, entry.seq, request.cursor));
    }
    return reply;
}

Result<DownloadStart> Puller::beginDownload(const Id &id)
{
    DownloadStart start;
    start.epoch = m_storage.epoch();
    FIELDFARE_ASSIGN(start.cursor, m_storage.counter());
    FIELDFARE_ASSIGN(auto device, m_storage.device(id));
    if (!device)
        return Error{ErrorCode::DeviceRevoked, QStringLiteral("unknown device")};
    device->downloadCursor = start.cursor;
    device->downloadLeaseUntil = m_clock.wallMs() + kLeaseMs;
    FIELDFARE_TRY(m_storage.putDevice(*device));
    for (const model::Entity &entity : m_catalog->entities()) {
        FIELDFARE_ASSIGN(const std::uint64_t count, m_storage.rowCount(entity.id()));
        start.counts.emplace_back(entity.id(), count);
    }
    return start;
}

Result<DownloadPage> Puller::downloadPage(const DownloadRequest &request)
{
    DownloadPage page;
    page.epoch = m_storage.epoch();
    page.entity = request.entity;
    page.after = request.after;
    FIELDFARE_ASSIGN(const auto device, m_storage.device(request.device));
    if (!device || device->revoked) {
        page.status = PullStatus::Revoked;
        return page;
    }
    if (request.epoch != page.epoch) {
        page.status = PullStatus::EpochChanged;
        return page;
    }
    if (m_catalog->entity(request.entity) == nullptr)
        return Error{ErrorCode::UnknownEntity, QStringLiteral("no entity %1").arg(request.entity)};
    const int limit = std::clamp(request.limit, 1, protocol::kDownloadPageRows);
    FIELDFARE_ASSIGN(page.rows, m_storage.rowsAfter(request.entity, request.after, limit));
    page.last = page.rows.size() < size_t(limit);
    page.upTo = page.last ? largestId() : page.rows.back().id;
    return page;
}

Result<protocol::ChecksumReply> Puller::checksum()
{
    protocol::ChecksumReply reply;
    FIELDFARE_ASSIGN(reply.counter, m_storage.counter());
    changes::Checksum sum;
    for (const model::Entity &entity : m_catalog->entities()) {
        Id after;
        bool more = true;
        while (more) {
            FIELDFARE_ASSIGN(const auto rows, m_storage.rowsAfter(entity.id(), after, protocol::kDownloadPageRows));
            for (const changes::ReplicatedRow &row : rows)
                sum.add(row);
            more = rows.size() == size_t(protocol::kDownloadPageRows);
            if (!rows.empty())
                after = rows.back().id;
        }
    }
    reply.rows = sum.rows();
    reply.sum = sum.bytes();
    return reply;
}

} // namespace fieldfare::server
