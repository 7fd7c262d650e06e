// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/sync_engine.h"

#include "core/model/entities/entities.h"

#include <QCoreApplication>

#include <algorithm>

namespace fieldfare::engine {

using base::Error;
using base::ErrorCode;
using base::Id;
using base::Result;
using changes::Outcome;
using changes::Replica;
using changes::ReplicaState;
using changes::ReplicaStorage;
using protocol::DownloadPage;
using protocol::DownloadStart;
using protocol::PullReply;
using protocol::PullStatus;
using protocol::PushReply;
using protocol::PushStatus;

struct SyncEngine::Session {
    SyncReport report;
    ReplicaState state;
    std::vector<std::pair<model::EntityId, std::uint64_t>> counts; ///< Empty until a download starts in this session.
    std::uint64_t downloaded = 0;
    bool isWritingPage = false;
    std::shared_ptr<DownloadPage> nextPage; ///< Arrived while the one before is written.
    bool pulledToEnd = false;
    std::uint64_t auditKnown = 0; ///< The entry of the server's audit log that is remembered here.
    std::int64_t pullBeganMs = 0; ///< Since the machine started.
    std::optional<Error> barred; ///< The account is disabled: what waits is handed in.
    std::uint64_t handedInN = 0; ///< The server has said to keep up to here.
    bool isWelcomeBack = false;  ///< The account was enabled during this session.
    int identities = 0; ///< Enrolments in this session; more than one would be a loop.
    int scopes = 0;     ///< Downloads begun in this session as the user sees other records; many would be a loop.
};

SyncEngine::SyncEngine(ReplicaAccess &replica, Transport &transport, const base::Clock &clock, Limits limits)
    : m_replica(replica), m_transport(transport), m_clock(clock), m_limits(limits)
{
}

SyncEngine::~SyncEngine()
{
    cancel();
}

template <typename T>
Callback<T> SyncEngine::guarded(std::function<void(T &)> take)
{
    return [take = std::move(take), self = std::weak_ptr<SyncEngine *>(m_self), waiting = std::weak_ptr<Session>(m_session), this](Result<T> reply) {
        if (self.expired() || !isCurrent(waiting))
            return;
        if (!reply.ok())
            return fail(reply.error());
        take(reply.value());
    };
}

void SyncEngine::run(ReplicaAccess::Work work, std::function<void()> then)
{
    m_replica.run(std::move(work), [this, then = std::move(then), self = std::weak_ptr<SyncEngine *>(m_self),
                                    waiting = std::weak_ptr<Session>(m_session)](Result<void> result) {
        if (self.expired() || !isCurrent(waiting))
            return;
        if (!result.ok())
            return finish(result.error());
        then();
    });
}

/// What is still on its way may keep a session alive that is over.
bool SyncEngine::isCurrent(const std::weak_ptr<Session> &waiting) const
{
    const auto session = waiting.lock();
    return session != nullptr && session == m_session;
}

void SyncEngine::start(Done done)
{
    if (isRunning())
        return;
    m_done = std::move(done);
    m_session = std::make_shared<Session>();
    next();
}

void SyncEngine::cancel()
{
    m_session.reset();
    m_done = nullptr;
    m_transport.cancelAll();
}

void SyncEngine::finish(Result<SyncReport> result)
{
    const Done done = std::exchange(m_done, nullptr);
    m_session.reset();
    if (done)
        done(std::move(result));
}

/// What to do follows from the stored state alone (rule 15: no latched flags).
void SyncEngine::next()
{
    const auto session = m_session;
    run(
        [session](Replica &, ReplicaStorage &storage) -> Result<void> {
            FIELDFARE_ASSIGN(session->state, storage.state());
            return {};
        },
        [this, session] {
            const ReplicaState &state = session->state;
            session->report.cursor = state.cursor;
            if (state.incarnation == 0)
                return finish(Error{ErrorCode::SignInFailed, QStringLiteral("this profile has not joined a server")});
            const bool pagesMissing = state.downloading && state.cursor == 0;
            if ((state.cursor == 0 && !state.downloading) || (pagesMissing && session->counts.empty()))
                return beginDownload();
            push();
        });
}

void SyncEngine::beginDownload()
{
    m_transport.beginDownload(m_session->state.device, guarded<DownloadStart>([this](DownloadStart &start) { takeDownloadStart(start); }));
}

void SyncEngine::takeDownloadStart(const DownloadStart &start)
{
    const auto session = m_session;
    session->counts = start.counts;
    if (session->counts.empty())
        return finish(Error{ErrorCode::ProtocolViolation, QStringLiteral("the server sends no entities")});
    const ReplicaState &state = session->state;
    // An interrupted download goes on at its last id, and pulls from its first S: every change since is above it. What is in
    // sight must be what it was.
    if (state.downloading && state.epoch == start.epoch && state.scope == start.scope && state.downloadEntity != 0)
        return requestDownloadPage(state.downloadEntity, state.downloadAfter);
    run(
        [start, session](Replica &replica, ReplicaStorage &storage) -> Result<void> {
            FIELDFARE_TRY(replica.beginDownload(start.cursor, start.epoch, start.scope));
            FIELDFARE_ASSIGN(session->state, storage.state());
            return {};
        },
        [this, session] { requestDownloadPage(session->counts.front().first, Id()); });
}

void SyncEngine::requestDownloadPage(model::EntityId entity, const Id &after)
{
    protocol::DownloadRequest request;
    request.device = m_session->state.device;
    request.epoch = m_session->state.epoch;
    request.entity = entity;
    request.after = after;
    request.limit = m_limits.downloadRows;
    request.scope = m_session->state.scope;
    m_transport.downloadPage(request, guarded<DownloadPage>([this](DownloadPage &page) {
                                 takeDownloadPage(std::make_shared<DownloadPage>(std::move(page)));
                             }));
}

void SyncEngine::takeDownloadPage(std::shared_ptr<DownloadPage> page)
{
    if (page->status == PullStatus::Revoked)
        return finish(Error{ErrorCode::DeviceRevoked, QStringLiteral("the server knows this device no more")});
    if (page->status == PullStatus::ScopeChanged)
        return takeScopeChange();
    if (page->status != PullStatus::Page)
        return finish(Error{ErrorCode::EpochChanged, QStringLiteral("the server was restored during the download")});
    if (m_session->isWritingPage)
        m_session->nextPage = std::move(page);
    else
        writeDownloadPage(std::move(page));
}

/// Asks for the page behind before it writes this one, so that server and device work at the same time. One page is waited
/// for at most, and pages are written in their order: what is stored is where an interrupted download goes on.
void SyncEngine::writeDownloadPage(std::shared_ptr<DownloadPage> page)
{
    const auto session = m_session;
    const auto &counts = session->counts;
    const auto current = std::find_if(counts.begin(), counts.end(), [&](const auto &entry) { return entry.first == page->entity; });
    const auto following = current == counts.end() ? current : std::next(current);
    const bool lastOfAll = page->last && following == counts.end();
    session->isWritingPage = true;
    if (!lastOfAll)
        requestDownloadPage(page->last ? following->first : page->entity, page->last ? Id() : page->upTo);
    run(
        // The page goes where it was written: ten thousand rows are not given back to the memory on the UI's thread.
        [page, lastOfAll](Replica &replica, ReplicaStorage &) -> Result<void> {
            FIELDFARE_TRY(replica.takeDownloadPage(page->entity, page->after, page->upTo, page->rows));
            return lastOfAll ? replica.completeDownloadPages() : Result<void>();
        },
        [this, session, rows = page->rows.size(), entity = page->entity, lastOfAll] {
            session->isWritingPage = false;
            session->report.pulled += rows;
            session->downloaded += rows;
            tellProgress(entity);
            if (lastOfAll)
                next();
            else if (auto arrived = std::exchange(session->nextPage, nullptr))
                writeDownloadPage(std::move(arrived));
        });
}

/// The user sees other records now (rule 7): all that is in sight comes again, and what is not on the pages goes.
void SyncEngine::takeScopeChange()
{
    constexpr int kMostScopes = 50; // somebody may be setting up roles all the while
    const auto session = m_session;
    if (++session->scopes > kMostScopes)
        return finish(Error{ErrorCode::ProtocolViolation, QStringLiteral("what may be seen changes with each request")});
    session->counts.clear();
    session->nextPage.reset();
    session->downloaded = 0;
    run([](Replica &replica, ReplicaStorage &) { return replica.downloadAnew(); }, [this] { next(); });
}

void SyncEngine::tellProgress(model::EntityId entity)
{
    if (!m_progress)
        return;
    DownloadProgress progress{m_session->downloaded, 0, entity};
    for (const auto &[counted, count] : m_session->counts)
        progress.total += count;
    progress.total = std::max(progress.total, progress.done);
    m_progress(progress);
}

protocol::PushRequest SyncEngine::pushRequest(changes::OutboxBatch &batch) const
{
    const ReplicaState &state = m_session->state;
    protocol::PushRequest request;
    request.device = state.device;
    request.incarnation = state.incarnation;
    request.epoch = state.epoch;
    request.acknowledgedN = batch.acknowledgedN;
    request.rolling = batch.rolling;
    request.clock = {m_clock.wallMs(), m_clock.bootMs(), m_clock.bootId()};
    for (changes::StoredOperation &stored : batch.operations)
        request.operations.push_back(std::move(stored.operation));
    return request;
}

void SyncEngine::push()
{
    const auto session = m_session;
    const auto batch = std::make_shared<changes::OutboxBatch>();
    run(
        [session, batch, limit = m_limits.pushOperations](Replica &replica, ReplicaStorage &storage) -> Result<void> {
            FIELDFARE_ASSIGN(session->state, storage.state());
            FIELDFARE_ASSIGN(const changes::AuditMark audit, storage.auditMark());
            session->auditKnown = audit.number;
            FIELDFARE_ASSIGN(*batch, replica.nextBatch(limit));
            return {};
        },
        [this, session, batch] {
            if (batch->operations.empty()) {
                if (session->pulledToEnd)
                    return tellExports();
                return pull(std::nullopt, session->state.cursor);
            }
            const protocol::PushRequest request = pushRequest(*batch);
            const size_t sent = request.operations.size();
            m_transport.push(request, guarded<PushReply>([this, sent](PushReply &reply) { takePushReply(reply, sent); }));
        });
}

/// The last thing of a session. Its failing is nothing that a person could mend, and a server of before there was an audit log
/// knows no such request: the next session tells them.
void SyncEngine::tellExports()
{
    const auto session = m_session;
    const auto request = std::make_shared<protocol::ExportsRequest>();
    run(
        [session, request](Replica &, ReplicaStorage &storage) -> Result<void> {
            FIELDFARE_ASSIGN(const changes::ExportNotes notes, storage.exportNotes());
            request->device = session->state.device;
            request->notes.assign(notes.waiting.begin(), notes.waiting.begin() + std::ptrdiff_t(std::min(notes.waiting.size(), changes::ExportNotes::kMost)));
            return {};
        },
        [this, session, request] {
            if (request->notes.empty())
                return finish(session->report);
            m_transport.tellExports(*request, [this, session, request, self = std::weak_ptr<SyncEngine *>(m_self),
                                               waiting = std::weak_ptr<Session>(m_session)](Result<protocol::ExportsReply> reply) {
                if (self.expired() || !isCurrent(waiting))
                    return;
                if (!reply.ok() || reply->knownNumber < request->notes.front().number)
                    return finish(session->report);
                run(
                    [known = reply->knownNumber](Replica &, ReplicaStorage &storage) -> Result<void> {
                        FIELDFARE_ASSIGN(changes::ExportNotes notes, storage.exportNotes());
                        notes.drop(known);
                        return storage.setExportNotes(notes);
                    },
                    [this] { tellExports(); });
            });
        });
}

void SyncEngine::takePushReply(const PushReply &reply, size_t sent)
{
    switch (reply.status) {
    case PushStatus::Accepted:
        break;
    case PushStatus::Cloned:
    case PushStatus::Gap:
        return enrolAnew();
    case PushStatus::EpochChanged:
        return finish(Error{ErrorCode::EpochChanged, QStringLiteral("the server was restored to an earlier state")});
    case PushStatus::Revoked:
        return finish(Error{ErrorCode::DeviceRevoked, QStringLiteral("the server knows this device no more")});
    }
    const auto session = m_session;
    if (reply.verdicts.size() < sent)
        return finish(Error{ErrorCode::ProtocolViolation, QStringLiteral("%1 of %2 operations were answered").arg(reply.verdicts.size()).arg(sent)});
    const auto verdicts = std::make_shared<std::vector<changes::Verdict>>(reply.verdicts);
    run([verdicts](Replica &replica, ReplicaStorage &) { return replica.takeVerdicts(*verdicts); },
        [this, session, verdicts] {
            session->report.pushed += verdicts->size();
            for (const changes::Verdict &verdict : *verdicts)
                session->report.refused += verdict.isRefusal() ? 1 : 0;
            session->pulledToEnd = false; // what was pushed comes back with versions, and with conflicts
            // Pulls go on while the outbox is full: each batch is followed by a pull.
            pull(std::nullopt, session->state.cursor);
        });
}

/// A disabled account's device may hand in what waits; with an empty outbox it says nothing.
void SyncEngine::fail(const Error &error)
{
    // A server that cannot take what is handed in still says why nothing syncs.
    if (m_session->barred && (error.code == ErrorCode::NotFound || error.code == ErrorCode::ProtocolViolation || error.code == ErrorCode::TooLarge))
        return finish(*m_session->barred);
    if (error.code != ErrorCode::AccountDisabled || m_session->barred || m_session->isWelcomeBack)
        return finish(error);
    m_session = std::make_shared<Session>(); // what is still on its way belongs to the former one
    m_session->barred = error;
    m_session->barred->detail.clear(); // it says the same once more
    handIn();
}

/// The next part. The first one is the outbox's first, whatever was sent before: the server's answer says where to go on.
/// Once all was handed in a single operation is enough to ask.
void SyncEngine::handIn()
{
    const auto session = m_session;
    const auto batch = std::make_shared<changes::OutboxBatch>();
    run(
        [session, batch, limit = m_limits.pushOperations](Replica &replica, ReplicaStorage &storage) -> Result<void> {
            FIELDFARE_ASSIGN(session->state, storage.state());
            FIELDFARE_ASSIGN(const changes::HandedIn known, storage.handedIn());
            const bool isDone = known.isComplete() && known.upTo.device == session->state.device && session->handedInN == 0;
            FIELDFARE_ASSIGN(*batch, replica.nextBatch(isDone ? 1 : limit, session->handedInN));
            return {};
        },
        [this, session, batch] {
            if (batch->operations.empty())
                return finish(*session->barred);
            protocol::HandInRequest request;
            request.isLast = !batch->hasMore;
            request.push = pushRequest(*batch);
            m_transport.handIn(request, guarded<protocol::HandInReply>([this, wasLast = request.isLast](protocol::HandInReply &reply) {
                                   takeHandInReply(reply, wasLast);
                               }));
        });
}

namespace {

changes::HandedIn::Status noted(protocol::HandInStatus status)
{
    using protocol::HandInStatus;
    using Status = changes::HandedIn::Status;
    switch (status) {
    case HandInStatus::Closed:
        return Status::Closed;
    case HandInStatus::Full:
        return Status::Full;
    case HandInStatus::OtherHistory:
        return Status::OtherHistory;
    case HandInStatus::EpochChanged:
        return Status::EpochChanged;
    case HandInStatus::Taken:
    case HandInStatus::NotDisabled:
        break;
    }
    return Status::Open;
}

/// For who reads the error; empty when all that waits was handed in, or more of it may be.
QString handInDetail(const protocol::HandInReply &reply, std::uint64_t lastN)
{
    using protocol::HandInStatus;
    switch (reply.status) {
    case HandInStatus::EpochChanged:
        return QCoreApplication::translate("Details", "the server was restored: nothing could be handed in");
    case HandInStatus::OtherHistory:
        return QCoreApplication::translate("Details", "the server knows another history of this profile: nothing could be handed in");
    case HandInStatus::Full:
        return QCoreApplication::translate("Details", "only a part could be handed in: the rest did not fit");
    case HandInStatus::Closed:
        return reply.takenN < lastN ? QCoreApplication::translate("Details", "only a part was handed in: the rest stays on this computer") : QString();
    case HandInStatus::Taken:
    case HandInStatus::NotDisabled:
        break;
    }
    return {};
}

} // namespace

/// The answer is noted whatever it is: what is shown between sessions is derived from it.
void SyncEngine::takeHandInReply(const protocol::HandInReply &reply, bool wasLast)
{
    using protocol::HandInStatus;
    const auto session = m_session;
    if (reply.status == HandInStatus::NotDisabled) {
        m_session = std::make_shared<Session>(); // a download that was interrupted is begun anew
        m_session->isWelcomeBack = true;
        return next();
    }
    session->barred->detail = handInDetail(reply, session->state.lastN);
    const bool goesOn = reply.status == HandInStatus::Taken && !wasLast && reply.takenN > session->handedInN;
    session->handedInN = reply.takenN;
    run([n = reply.takenN, status = noted(reply.status)](Replica &replica, ReplicaStorage &) { return replica.noteHandedIn(n, status); },
        [this, session, goesOn] { goesOn ? handIn() : finish(*session->barred); });
}

void SyncEngine::enrolAnew()
{
    const auto session = m_session;
    if (++session->identities > 2)
        return finish(Error{ErrorCode::ProfileCloned, QStringLiteral("the server refuses each new identity of this profile")});
    m_transport.enrolAnew(session->state.device, guarded<protocol::EnrolReply>([this](protocol::EnrolReply &reply) {
        run([reply](Replica &replica, ReplicaStorage &) { return replica.rekey(reply.device, reply.incarnation); }, [this] { next(); });
    }));
}

void SyncEngine::pull(std::optional<protocol::PullPosition> after, changes::Version cursor)
{
    if (!after)
        m_session->pullBeganMs = m_clock.bootMs();
    protocol::PullRequest request;
    request.device = m_session->state.device;
    request.epoch = m_session->state.epoch;
    request.cursor = cursor;
    request.after = after;
    request.limit = m_limits.pullRows;
    request.auditKnown = m_session->auditKnown;
    request.scope = m_session->state.scope;
    m_transport.pull(request, guarded<PullReply>([this, cursor, from = after.value_or(protocol::PullPosition{cursor, Id()})](PullReply &reply) {
                         takePullReply(std::make_shared<PullReply>(std::move(reply)), cursor, from);
                     }));
}

namespace {

std::uint64_t newConflicts(const std::vector<changes::RowChange> &rows, changes::Version cursor)
{
    return std::uint64_t(std::count_if(rows.begin(), rows.end(), [cursor](const changes::RowChange &row) {
        return row.entity == model::entities::kConflict.id && !row.erased && row.createVersion > cursor;
    }));
}

} // namespace

void SyncEngine::takePullReply(std::shared_ptr<PullReply> reply, changes::Version cursor, const protocol::PullPosition &after)
{
    const auto session = m_session;
    switch (reply->status) {
    case PullStatus::Page:
        break;
    case PullStatus::EpochChanged:
        return finish(Error{ErrorCode::EpochChanged, QStringLiteral("the server was restored to an earlier state")});
    case PullStatus::Revoked:
        return finish(Error{ErrorCode::DeviceRevoked, QStringLiteral("the server knows this device no more")});
    case PullStatus::ScopeChanged:
        return takeScopeChange();
    case PullStatus::BelowFloor:
        session->counts.clear();
        run([reply, session](Replica &replica, ReplicaStorage &) { return replica.beginDownload(reply->counter, reply->epoch); }, [this] { next(); });
        return;
    }
    if (!reply->complete && reply->position <= after)
        return finish(Error{ErrorCode::ProtocolViolation, QStringLiteral("a page that goes no further and is not the last")});
    const auto isBegunAnew =
        std::make_shared<bool>(false); // Replica::downloadAnew() while the page was on its way: it is left
    run(
        [reply, cursor, isBegunAnew](Replica &replica, ReplicaStorage &storage) -> Result<void> {
            FIELDFARE_ASSIGN(const ReplicaState known, storage.state());
            *isBegunAnew = known.cursor == 0 && cursor != 0;
            if (*isBegunAnew)
                return {};
            FIELDFARE_TRY(replica.takeChanges(reply->rows));
            if (!reply->complete)
                return {};
            if (reply->audit)
                FIELDFARE_TRY(replica.takeAuditHead(reply->audit->number, reply->audit->chain, reply->audit->chainThen));
            return replica.completePull(reply->counter);
        },
        [this, session, rows = reply->rows.size(), conflicts = newConflicts(reply->rows, cursor),
         complete = reply->complete, position = reply->position, counter = reply->counter, cursor, isBegunAnew] {
            if (*isBegunAnew) {
                session->counts.clear();
                return next();
            }
            session->report.pulled += rows;
            session->report.conflicts += conflicts;
            if (!complete)
                return pull(position, cursor);
            session->pulledToEnd = true;
            session->report.pullMs += m_clock.bootMs() - session->pullBeganMs;
            session->report.cursor = counter;
            push();
        });
}

} // namespace fieldfare::engine
