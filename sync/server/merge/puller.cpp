// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/merge/puller.h"

#include "core/changes/checksum.h"
#include "core/model/entities/entities.h"

#include <algorithm>
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
constexpr int kMostPassed = 20'000; ///< Entries that a page looks at: who sees little passes what others changed.

/// The fields of the row above the version, empty ones too when they changed.
RowChange changeSince(const changes::ReplicatedRow &row, Version seq, Version cursor)
{
    RowChange change;
    change.entity = row.entity;
    change.id = row.id;
    change.seq = std::max(seq, row.versions.latest()); // an entry under a former label may be older than what is sent
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

} // namespace

Puller::Puller(ServerStorage &storage, model::CatalogPointer catalog, const base::Clock &clock, PullerMutants mutants)
    : m_storage(storage), m_catalog(std::move(catalog)), m_clock(clock), m_mutants(mutants)
{
}

Result<Scope> Puller::scopeOfDevice(const DeviceRecord &device)
{
    FIELDFARE_ASSIGN(Scope scope, scopeOf(m_storage, *m_catalog, device.user));
    if (m_mutants.scopeByContent && !scope.isAll()) {
        FIELDFARE_ASSIGN(scope.number, contentOfScope(device));
    }
    return scope;
}

/// Of a mutant: a number of what is said about the user, whenever it was said.
Result<Version> Puller::contentOfScope(const DeviceRecord &device)
{
    QByteArray said;
    const auto add = [&](model::EntityId id, const changes::ReplicatedRow &row, std::initializer_list<const char *> fields) {
        for (const char *const field : fields)
            said += model::encodeValue(row.value(m_catalog->entity(id)->field(QLatin1StringView(field))->key));
    };
    FIELDFARE_ASSIGN(const auto account, m_storage.row(model::entities::kUser.id, device.user));
    add(model::entities::kUser.id, *account, {"role", "team"});
    FIELDFARE_ASSIGN(const auto rights, m_storage.rowsAfter(model::entities::kRoleRight.id, Id(), 1000));
    for (const LabelledRow &right : rights)
        add(model::entities::kRoleRight.id, right, {"see_reach", "see_pool"});
    return Version(qHash(said, 0) | 1U);
}

/// A program of before there were scopes sends none: it is served as long as there is nothing to hide.
Result<std::optional<PullStatus>> Puller::compare(const Scope &scope, const std::optional<Version> &known) const
{
    if (!known && !scope.isAll())
        return {ErrorCode::ClientTooOld, QStringLiteral("this program cannot hold a part of the company's records")};
    const bool isSame = scope.number == known.value_or(0) || m_mutants.scopeNotCompared;
    return isSame ? std::optional<PullStatus>() : std::optional(PullStatus::ScopeChanged);
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
    FIELDFARE_ASSIGN(const Scope scope, scopeOfDevice(*device));
    FIELDFARE_ASSIGN(const auto refusal, compare(scope, request.scope));
    if (refusal) {
        reply.status = *refusal;
        return reply;
    }
    FIELDFARE_ASSIGN(reply.counter, m_storage.counter());
    FIELDFARE_ASSIGN(const Version floor, m_storage.floor());
    if (request.cursor < floor && !m_mutants.noFloorCheck) {
        reply.status = PullStatus::BelowFloor; // tombstones that it lacks may be gone (rule 10)
        return reply;
    }
    // A device has downloaded what its scope has, so that its cursor is no older: nobody asks for what left before he had a part in it.
    if (!scope.isAll() && request.cursor < scope.number && !m_mutants.scopeNotCompared && !m_mutants.scopeByContent) {
        reply.status = PullStatus::ScopeChanged;
        return reply;
    }
    FIELDFARE_TRY(fillPage(request, scope, reply));
    return reply;
}

/// Rule 7: entries in the order of (seq, row). What is out of scope is passed, and no page looks at too much.
Result<void> Puller::fillPage(const PullRequest &request, const Scope &scope, PullReply &reply)
{
    const size_t limit = size_t(std::clamp(request.limit, 1, protocol::kMaxPullRows));
    reply.position = request.after.value_or(protocol::PullPosition{request.cursor, largestId()});
    const protocol::PullPosition begin = reply.position;
    size_t passed = 0;
    std::optional<protocol::PullPosition> seen; // of an entry in scope
    std::optional<protocol::PullPosition> said; // of a row that is in the reply
    const auto hasEnough = [&] { return reply.rows.size() >= limit || passed >= kMostPassed; };
    // A position names the row that was looked at last. That of one which is out of scope is told to nobody.
    const auto tellable = [&] {
        if (scope.isAll() || said == reply.position)
            return reply.position;
        const protocol::PullPosition before{reply.position.seq - 1, largestId()};
        return said ? std::max(before, *said) : before;
    };
    while (!reply.complete && (!hasEnough() || (tellable() <= begin && reply.rows.empty()))) {
        const size_t wanted = std::max<size_t>(1, limit - reply.rows.size());
        FIELDFARE_ASSIGN(std::vector<ChangeEntry> entries, m_storage.changesAfter(reply.position, int(wanted)));
        reply.complete = entries.size() < wanted;
        if (m_mutants.fixedUpperBound) {
            const Version bound = m_fixedBounds.try_emplace(request.device, reply.counter).first->second;
            std::erase_if(entries, [&](const ChangeEntry &entry) { return entry.seq > bound; });
            reply.complete = reply.complete || entries.empty();
            reply.counter = bound;
            if (reply.complete)
                m_fixedBounds.erase(request.device);
        }
        for (const ChangeEntry &entry : entries) {
            const protocol::PullPosition position{entry.seq, entry.row};
            const bool isSeen = position == seen; // under another label, too
            reply.position = position;
            if (isSeen || !(scope.isAll() || scope.labels.contains(entry.label)))
                continue;
            seen = position;
            const size_t before = reply.rows.size();
            FIELDFARE_TRY(addChange(entry, scope, request.cursor, reply));
            if (reply.rows.size() > before)
                said = position;
        }
        passed += entries.size();
    }
    reply.position = reply.complete ? protocol::PullPosition{reply.position.seq, largestId()} : tellable();
    return {};
}

/// What is sent is decided by the row's label now, not by the entry's.
Result<void> Puller::addChange(const ChangeEntry &entry, const Scope &scope, Version cursor, PullReply &reply)
{
    RowChange change;
    change.entity = entry.entity;
    change.id = entry.row;
    change.seq = entry.seq;
    if (!scope.isAll() && scope.hidden.contains(entry.entity))
        return {};
    if (entry.kind == ChangeEntry::Kind::Erased) {
        change.erased = true;
        reply.rows.push_back(std::move(change));
        return {};
    }
    FIELDFARE_ASSIGN(const auto row, m_storage.row(entry.entity, entry.row));
    if (!row && entry.kind == ChangeEntry::Kind::Written)
        return Error{ErrorCode::Internal, QStringLiteral("the change index names a row that is not there")};
    if (row && scope.sees(entry.entity, row->label) && !scope.sees(*m_catalog, *row))
        return {}; // it never was on the device
    if (!row || !(scope.sees(entry.entity, row->label) || m_mutants.sentByEntry)) {
        change.left = true; // erased since, or somebody else's: either way it goes, without a word more
        reply.rows.push_back(std::move(change));
        return {};
    }
    const bool hasEntered = row->labelSince > cursor && !m_mutants.enteredInPieces;
    reply.rows.push_back(changeSince(*row, entry.seq, hasEntered ? 0 : cursor));
    return {};
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
    FIELDFARE_ASSIGN(const Scope scope, scopeOfDevice(*device));
    start.scope = scope.number;
    for (const model::Entity &entity : m_catalog->entities()) {
        const bool isMixed = entity.id() == model::entities::kConflict.id && !scope.hidden.empty(); // for progress alone: nobody counts them
        if (scope.hidden.contains(entity.id()) || isMixed) {
            start.counts.emplace_back(entity.id(), 0);
            continue;
        }
        FIELDFARE_ASSIGN(const std::uint64_t count, scope.isAll() ? m_storage.rowCount(entity.id()) : m_storage.countLabelled(entity.id(), scope.labels));
        start.counts.emplace_back(entity.id(), count);
    }
    return start;
}

namespace {

/// As far as was looked, without naming a row that is out of scope: the last one in scope, or the millisecond of the last id.
Id tellableEnd(const RowPage &page, const Id &after)
{
    constexpr qsizetype kTimeBytes = 6; // of a UUIDv7
    const QByteArray time = page.upTo.toBytes().left(kTimeBytes) + QByteArray(Id::kSize - kTimeBytes, '\0');
    Id end = Id::fromBytes(time);
    if (!page.rows.empty())
        end = std::max(end, page.rows.back().id);
    return after < end ? end : page.upTo; // more rows of one millisecond than a page looks at
}

} // namespace

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
    FIELDFARE_ASSIGN(const Scope scope, scopeOfDevice(*device));
    FIELDFARE_ASSIGN(const auto refusal, compare(scope, request.scope));
    if (refusal && !m_mutants.downloadGoesOn) {
        page.status = *refusal;
        return page;
    }
    if (m_catalog->entity(request.entity) == nullptr)
        return Error{ErrorCode::UnknownEntity, QStringLiteral("no entity %1").arg(request.entity)};
    const int limit = std::clamp(request.limit, 1, protocol::kDownloadPageRows);
    RowPage found{{}, largestId(), true};
    if (scope.isAll()) {
        FIELDFARE_ASSIGN(found.rows, m_storage.rowsAfter(request.entity, request.after, limit));
        found.last = found.rows.size() < size_t(limit);
        found.upTo = found.last ? largestId() : found.rows.back().id;
    } else if (!scope.hidden.contains(request.entity)) {
        FIELDFARE_ASSIGN(found, m_storage.rowsLabelled(request.entity, request.after, scope.labels, limit));
    }
    page.last = found.last;
    page.upTo = scope.isAll() || found.last ? found.upTo : tellableEnd(found, request.after);
    page.rows.reserve(found.rows.size());
    for (LabelledRow &row : found.rows) {
        if (scope.sees(*m_catalog, row))
            page.rows.push_back(std::move(row));
    }
    return page;
}

Result<protocol::ChecksumReply> Puller::checksum(const protocol::ChecksumRequest &request)
{
    protocol::ChecksumReply reply;
    reply.sum = changes::Checksum().bytes();
    FIELDFARE_ASSIGN(const auto device, m_storage.device(request.device));
    if (!device)
        return Error{ErrorCode::DeviceRevoked, QStringLiteral("unknown device")};
    FIELDFARE_ASSIGN(const Scope scope, scopeOfDevice(*device));
    FIELDFARE_ASSIGN(const auto refusal, compare(scope, request.scope));
    if (refusal)
        return reply;
    FIELDFARE_ASSIGN(reply.counter, m_storage.counter());
    if (reply.counter != request.cursor) // no comparison is possible: spare the work
        return reply;
    changes::Checksum sum;
    for (const model::Entity &entity : m_catalog->entities()) {
        Id after;
        bool more = true;
        while (more) {
            FIELDFARE_ASSIGN(const auto rows, m_storage.rowsAfter(entity.id(), after, protocol::kDownloadPageRows));
            for (const LabelledRow &row : rows) {
                if (scope.sees(*m_catalog, row))
                    sum.add(row);
            }
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
