// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/api/sync_handler.h"

#include "core/base/logging.h"
#include "sync/protocol/codec.h"
#include "sync/protocol/endpoints.h"
#include "sync/server/api/audited_requests.h"
#include "sync/server/api/failure.h"
#include "sync/server/api/metrics_text.h"
#include "sync/server/api/number_leases.h"
#include "sync/server/storage/recovery_store.h"

namespace fieldfare::server {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr int kOldestProtocol = std::max(1, protocol::kProtocolVersion - 2);
constexpr size_t kBulkOperations = 20;        ///< More than a person types between two pushes.

HttpResponse bodyResponse(QByteArray body)
{
    HttpResponse response;
    response.headers.emplaceBack("Content-Type", protocol::kContentType);
    response.body = std::move(body);
    return response;
}

Result<void> checkVersion(const HttpRequest &request)
{
    const QByteArray header = request.header(protocol::kVersionHeader);
    if (header.isEmpty())
        return {};
    bool ok = false;
    const int version = header.toInt(&ok);
    if (!ok)
        return {ErrorCode::ProtocolViolation, QStringLiteral("malformed protocol version")};
    if (version < kOldestProtocol)
        return {ErrorCode::ClientTooOld, QStringLiteral("protocol %1; at least %2").arg(version).arg(kOldestProtocol)};
    if (version > protocol::kProtocolVersion)
        return {ErrorCode::Unsupported, QStringLiteral("protocol %1; at most %2").arg(version).arg(protocol::kProtocolVersion)};
    return {};
}

Error busy()
{
    return {ErrorCode::ServerBusy, QStringLiteral("too many requests wait")};
}

Result<void> checkOperations(const protocol::PushRequest &request)
{
    if (request.operations.size() > size_t(protocol::kMaxPushOperations))
        return {ErrorCode::TooLarge, QStringLiteral("%1 operations in a push").arg(request.operations.size())};
    return {};
}

/// An access token outlives what happens to its device by up to 15 minutes.
Result<void> requireMaySync(ServerStorage &storage, const base::Id &device)
{
    FIELDFARE_ASSIGN(const auto record, storage.device(device));
    if (record && record->userDisabled)
        return {ErrorCode::AccountDisabled, QStringLiteral("the account is disabled")};
    if (!record || record->revoked)
        return {ErrorCode::DeviceRevoked, QStringLiteral("the device was revoked")};
    return {};
}

/// Where a request comes from, for counting: the address, of IPv6 the 64 bits of the network, within which anybody may take
/// another address at will.
QByteArray originOf(const QHostAddress &peer)
{
    bool isIpv4 = false;
    const quint32 ipv4 = peer.toIPv4Address(&isIpv4); // also within IPv6
    if (isIpv4)
        return QByteArray::number(ipv4);
    const Q_IPV6ADDR ipv6 = peer.toIPv6Address();
    return QByteArray(reinterpret_cast<const char *>(ipv6.c), 8);
}

Error foreignDevice()
{
    return {ErrorCode::NotPermitted, QStringLiteral("the request names another device than its token")};
}

} // namespace

SyncHandler::SyncHandler(const Services &services)
    : m_services(services),
      m_routes{{protocol::kEnrolPath, false, &SyncHandler::enrol},
               {protocol::kEnrolAnewPath, true, &SyncHandler::enrolAnew},
               {protocol::kRefreshPath, false, &SyncHandler::refresh},
               {protocol::kPushPath, true, &SyncHandler::push},
               {protocol::kPullPath, true, &SyncHandler::pull},
               {protocol::kDownloadStartPath, true, &SyncHandler::downloadStart},
               {protocol::kDownloadPagePath, true, &SyncHandler::downloadPage},
               {protocol::kChecksumPath, true, &SyncHandler::checksum},
               {protocol::kNumbersPath, true, &SyncHandler::numbers},
               {protocol::kRecoveryKeyPath, true, &SyncHandler::recoveryKey},
               {protocol::kExportsPath, true, &SyncHandler::exports},
               {protocol::kHandInPath, false, &SyncHandler::handIn}},
      m_signInsByAddress(services.clock, 60, 2), m_signInsByName(services.clock, 30, 1),
      m_requestsByDevice(services.clock, 400, 100), m_addressLock(services.clock)
{
}

const SyncHandler::Route *SyncHandler::routeOf(const QByteArray &path) const
{
    for (const Route &route : m_routes) {
        if (route.path == path)
            return &route;
    }
    return nullptr;
}

Result<Session> SyncHandler::sessionOf(const HttpRequest &request) const
{
    const QByteArray header = request.header("Authorization");
    const QByteArray scheme("Bearer ");
    if (header.size() <= scheme.size() || qstrnicmp(header.constData(), scheme.constData(), size_t(scheme.size())) != 0)
        return {ErrorCode::SignInFailed, QStringLiteral("no access token")};
    return m_services.signer.check(QByteArrayView(header).sliced(scheme.size()).trimmed());
}

Result<Session> SyncHandler::admit(const HttpRequest &request, const Route &route) const
{
    FIELDFARE_TRY(checkVersion(request));
    return route.needsSession ? sessionOf(request) : Result<Session>(Session());
}

std::optional<HttpResponse> SyncHandler::refuseEarly(const HttpRequest &request)
{
    const Route *route = routeOf(request.path);
    const auto session = route != nullptr ? admit(request, *route) : Result<Session>(Error{ErrorCode::NotFound, QStringLiteral("no such path")});
    if (session.ok())
        return std::nullopt;
    HttpResponse response = failureResponse(session.error());
    m_services.log.write("info", QStringLiteral("request"),
                         {{QStringLiteral("request"), request.id},
                          {QStringLiteral("path"), QString::fromLatin1(request.path)},
                          {QStringLiteral("status"), response.status}});
    return response;
}

SyncHandler::Respond SyncHandler::logged(const HttpRequest &request, Reply reply)
{
    const std::int64_t begin = m_services.clock.bootMs();
    const auto session = sessionOf(request);
    const QString device = session.ok() ? session->device.toString() : QString();
    return [this, begin, device, id = request.id, path = request.path, size = request.body.size(),
            reply = std::move(reply)](HttpResponse response) {
        QJsonObject line{{QStringLiteral("request"), id},
                         {QStringLiteral("path"), QString::fromLatin1(path)},
                         {QStringLiteral("status"), response.status},
                         {QStringLiteral("in"), size},
                         {QStringLiteral("out"), response.body.size()},
                         {QStringLiteral("ms"), qint64(m_services.clock.bootMs() - begin)}};
        if (!device.isEmpty())
            line.insert(QStringLiteral("device"), device);
        m_services.log.write(response.status >= 500 ? "error" : "info", QStringLiteral("request"), std::move(line));
        reply(std::move(response));
    };
}

bool SyncHandler::handlePlain(const HttpRequest &request, const Respond &respond)
{
    if (request.path == "/healthz") {
        respond(HttpResponse::text(200, "ok\n"));
    } else if (request.path == "/metrics") {
        respond(HttpResponse::text(200, metrics()));
    } else if (request.path == "/readyz") {
        const bool posted = m_services.reads.post({[](ReadContext &context) -> Result<void> {
                                                       FIELDFARE_TRY(context.storage.counter());
                                                       return {};
                                                   },
                                                   [respond](const Result<void> &done) {
                                                       respond(done.ok() ? HttpResponse::text(200, "ready\n")
                                                                         : HttpResponse::text(503, "not ready\n"));
                                                   }});
        if (!posted)
            respond(HttpResponse::text(503, "busy\n"));
    } else {
        return false;
    }
    return true;
}

void SyncHandler::handle(HttpRequest request, Reply reply)
{
    if (handlePlain(request, reply))
        return;
    const Respond respond = logged(request, std::move(reply));
    const Route *const route = routeOf(request.path);
    if (route == nullptr)
        return respond(failureResponse({ErrorCode::NotFound, QStringLiteral("no such path")}));
    if (request.method != "POST") {
        HttpResponse wrong = HttpResponse::text(405, "POST only\n");
        wrong.headers.emplaceBack("Allow", "POST");
        return respond(wrong);
    }
    const auto session = admit(request, *route);
    if (!session.ok())
        return respond(failureResponse(session.error()));
    const QString id = request.id;
    Answer answer = [this, respond, id](Result<QByteArray> body) {
        if (body.ok())
            return respond(bodyResponse(std::move(*body)));
        const Error &error = body.error();
        m_services.log.write("warning", QStringLiteral("refused"),
                             {{QStringLiteral("request"), id},
                              {QStringLiteral("code"), base::errorCodeName(error.code)},
                              {QStringLiteral("detail"), error.detail}});
        respond(failureResponse(error));
    };
    if (route->needsSession) {
        const auto allowed = limit(m_requestsByDevice, session->device.toBytes());
        if (!allowed.ok())
            return answer(allowed.error());
    }
    (this->*route->run)({std::move(request), *session, std::move(answer)});
}

Result<void> SyncHandler::limit(RateLimit &rate, const QByteArray &key, double cost) const
{
    const std::int64_t wait = rate.take(key, cost);
    if (wait > 0)
        return {ErrorCode::TooManyAttempts, QStringLiteral("too many requests"), {QString::number(wait)}};
    return {};
}

template <typename Request>
Result<Request> SyncHandler::decoded(const Call &call) const
{
    FIELDFARE_ASSIGN(Request request, protocol::decode<Request>(call.request.body));
    if constexpr (requires { request.device; }) {
        if (!call.session.device.isNull() && request.device != call.session.device)
            return foreignDevice();
    }
    return request;
}

template <typename Message>
void SyncHandler::write(const Answer &answer, std::function<Result<Message>(WriteContext &)> work, bool isBulk)
{
    const auto body = std::make_shared<QByteArray>();
    const bool posted = m_services.writes.post({[body, work = std::move(work)](WriteContext &context) -> Result<void> {
                                                    FIELDFARE_ASSIGN(const Message message, work(context));
                                                    *body = protocol::encode(message);
                                                    return {};
                                                },
                                                [body, answer](const Result<void> &done) {
                                                    if (done.ok())
                                                        answer(std::move(*body));
                                                    else
                                                        answer(done.error());
                                                },
                                                isBulk});
    if (!posted)
        answer(busy());
}

template <typename Message>
void SyncHandler::read(ReadPool &pool, const Answer &answer, const base::Id &device,
                       std::function<Result<Message>(ReadContext &)> work)
{
    const auto body = std::make_shared<QByteArray>();
    const bool posted = pool.post({[body, device, work = std::move(work)](ReadContext &context) -> Result<void> {
                                       FIELDFARE_ASSIGN(const auto record, context.storage.device(device));
                                       if (record && record->userDisabled)
                                           return {ErrorCode::AccountDisabled, QStringLiteral("the account is disabled")};
                                       FIELDFARE_ASSIGN(const Message message, work(context));
                                       *body = protocol::encode(message);
                                       return {};
                                   },
                                   [body, answer](const Result<void> &done) {
                                       if (done.ok())
                                           answer(std::move(*body));
                                       else
                                           answer(done.error());
                                   }});
    if (!posted)
        answer(busy());
}

void SyncHandler::enrol(Call call)
{
    const auto decodedRequest = decoded<protocol::EnrolRequest>(call);
    if (!decodedRequest.ok())
        return call.answer(decodedRequest.error());
    const QByteArray address = originOf(call.request.peer);
    if (const std::int64_t wait = m_addressLock.waitMs(address); wait > 0)
        return call.answer(Error{ErrorCode::TooManyAttempts, QStringLiteral("too many wrong sign-ins from this address"), {QString::number(wait)}});
    for (auto [rate, key] : {std::pair(&m_signInsByAddress, address),
                             std::pair(&m_signInsByName, AccountStore::foldedName(decodedRequest->user).toUtf8())}) {
        const auto allowed = limit(*rate, key);
        if (!allowed.ok())
            return call.answer(allowed.error());
    }
    // The hash is read, the password is looked at off the database thread, then the outcome is written.
    const auto hash = std::make_shared<PasswordHash>();
    auto afterRead = [this, hash, peer = call.request.peer, answer = call.answer, request = *decodedRequest](const Result<void> &done) {
        if (!done.ok())
            return answer(done.error());
        const bool queued = m_services.passwords.check(
            passwordBytes(request.password), *hash, [this, peer, answer, request](const Result<bool> &isRight) {
                if (!isRight.ok())
                    return answer(isRight.error());
                finishEnrol(answer, request, peer, *isRight);
            });
        if (!queued)
            answer(busy());
    };
    const bool posted = m_services.writes.post({[hash, name = decodedRequest->user](WriteContext &context) -> Result<void> {
                                                    FIELDFARE_ASSIGN(*hash, context.accounts.beginSignIn(name));
                                                    return {};
                                                },
                                                std::move(afterRead)});
    if (!posted)
        call.answer(busy());
}

void SyncHandler::finishEnrol(const Answer &answer, const protocol::EnrolRequest &request, const QHostAddress &peer, bool passwordIsRight)
{
    const auto reply = std::make_shared<Result<protocol::EnrolReply>>(busy());
    const bool posted = m_services.writes.post(
        {[reply, request, passwordIsRight, from = peer.toString()](WriteContext &context) -> Result<void> {
             *reply = context.accounts.enrol(request, passwordIsRight, from);
             // A wrong password or code is counted and written down: that is committed, too.
             const bool commits = reply->ok() || Accounts::isRefusal(reply->error().code);
             return commits ? Result<void>() : Result<void>(reply->error());
         },
         [this, reply, peer, answer](const Result<void> &done) {
             if (!done.ok())
                 return answer(done.error());
             if (reply->ok())
                 return answer(protocol::encode(**reply));
             if (Accounts::countsTowardsLock(reply->error().code)) {
                 ++m_signInsFailed;
                 m_addressLock.noteFailure(originOf(peer));
             }
             answer(reply->error());
         }});
    if (!posted)
        answer(busy());
}

void SyncHandler::enrolAnew(Call call)
{
    const auto request = decoded<protocol::EnrolRequest>(call);
    if (!request.ok())
        return call.answer(request.error());
    write<protocol::EnrolReply>(call.answer, [request = *request, session = call.session](WriteContext &context) {
        return context.accounts.enrolAnew(request, session);
    });
}

void SyncHandler::refresh(Call call)
{
    const auto request = decoded<protocol::RefreshRequest>(call);
    if (!request.ok())
        return call.answer(request.error());
    const auto allowed = limit(m_requestsByDevice, request->device.toBytes());
    if (!allowed.ok())
        return call.answer(allowed.error());
    const auto reply = std::make_shared<Result<protocol::RefreshReply>>(busy());
    const bool posted = m_services.writes.post({[reply, request = *request](WriteContext &context) -> Result<void> {
                                                    *reply = context.accounts.refresh(request);
                                                    const bool commits = reply->ok() || Accounts::isRefusal(reply->error().code);
                                                    return commits ? Result<void>() : Result<void>(reply->error());
                                                },
                                                [reply, answer = call.answer](const Result<void> &done) {
                                                    if (!done.ok())
                                                        return answer(done.error());
                                                    answer(reply->ok() ? Result<QByteArray>(protocol::encode(**reply)) : Result<QByteArray>(reply->error()));
                                                }});
    if (!posted)
        call.answer(busy());
}

void SyncHandler::push(Call call)
{
    auto request = decoded<protocol::PushRequest>(call);
    if (!request.ok())
        return call.answer(request.error());
    const auto bounded = checkOperations(*request);
    if (!bounded.ok())
        return call.answer(bounded.error());
    const size_t count = request->operations.size();
    m_operations += count;
    const auto shared = std::make_shared<const protocol::PushRequest>(std::move(*request));
    write<protocol::PushReply>(
        call.answer, [shared](WriteContext &context) { return auditedPush(context, *shared); }, count > kBulkOperations);
}

/// Of a disabled account: no token, the device's signature instead. Until that was looked at anybody may have sent it, so that
/// addresses are limited, before anything is unpacked, and never the device whose name it bears.
void SyncHandler::handIn(Call call)
{
    const auto allowed = limit(m_signInsByAddress, originOf(call.request.peer));
    if (!allowed.ok())
        return call.answer(allowed.error());
    auto request = decoded<protocol::HandInRequest>(call);
    if (!request.ok())
        return call.answer(request.error());
    const auto bounded = checkOperations(request->push);
    if (!bounded.ok())
        return call.answer(bounded.error());
    const auto shared = std::make_shared<const protocol::HandInRequest>(std::move(*request));
    // A device's key is for ever: what a reader finds signed need not be looked at again by the one thread that writes.
    const bool posted = m_services.reads.post({[shared](ReadContext &context) {
                                                   AccountStore accounts(context.storage.connection());
                                                   return Accounts::checkHandIn(accounts, *shared);
                                               },
                                               [this, shared, id = call.request.id, answer = call.answer](const Result<void> &isSigned) {
                                                   if (isSigned.ok())
                                                       takeHandIn(shared, id, answer);
                                                   else
                                                       answer(isSigned.error());
                                               }});
    if (!posted)
        call.answer(busy());
}

/// Of a device that has proved who it is: the request's own line in the log, without a token, does not name it.
void SyncHandler::takeHandIn(const std::shared_ptr<const protocol::HandInRequest> &request, const QString &requestId, const Answer &answer)
{
    const auto reply = std::make_shared<protocol::HandInReply>();
    const Answer logged = [this, request, requestId, reply, answer](Result<QByteArray> body) {
        QJsonObject line{{QStringLiteral("request"), requestId},
                         {QStringLiteral("device"), request->push.device.toString()},
                         {QStringLiteral("operations"), qint64(request->push.operations.size())},
                         {QStringLiteral("ok"), body.ok()}};
        if (body.ok()) {
            line.insert(QStringLiteral("status"), int(reply->status));
            line.insert(QStringLiteral("takenN"), qint64(reply->takenN));
        }
        m_services.log.write("info", QStringLiteral("hand-in"), std::move(line));
        answer(std::move(body));
    };
    write<protocol::HandInReply>(
        logged,
        [request, reply](WriteContext &context) -> Result<protocol::HandInReply> {
            FIELDFARE_ASSIGN(*reply, auditedHandIn(context, *request));
            return *reply;
        },
        request->push.operations.size() > kBulkOperations);
}

void SyncHandler::pull(Call call)
{
    const auto request = decoded<protocol::PullRequest>(call);
    if (!request.ok())
        return call.answer(request.error());
    if (!request->after)
        m_services.writes.noteCursor(request->device, request->cursor);
    read<protocol::PullReply>(m_services.reads, call.answer, request->device,
                              [request = *request](ReadContext &context) -> Result<protocol::PullReply> {
                                  FIELDFARE_ASSIGN(protocol::PullReply reply, context.puller.pull(request));
                                  if (reply.complete && request.auditKnown) {
                                      FIELDFARE_ASSIGN(reply.audit, auditStanding(context, *request.auditKnown));
                                  }
                                  return reply;
                              });
}

void SyncHandler::downloadStart(Call call)
{
    const auto request = decoded<protocol::DownloadStartRequest>(call);
    if (!request.ok())
        return call.answer(request.error());
    write<protocol::DownloadStart>(call.answer, [device = request->device](WriteContext &context) -> Result<protocol::DownloadStart> {
        FIELDFARE_TRY(requireMaySync(context.storage, device));
        return auditedDownloadStart(context, device);
    });
}

void SyncHandler::downloadPage(Call call)
{
    const auto request = decoded<protocol::DownloadRequest>(call);
    if (!request.ok())
        return call.answer(request.error());
    read<protocol::DownloadPage>(m_services.reads, call.answer, request->device,
                                 [request = *request](ReadContext &context) { return context.puller.downloadPage(request); });
}

void SyncHandler::checksum(Call call)
{
    const auto request = decoded<protocol::ChecksumRequest>(call);
    if (!request.ok())
        return call.answer(request.error());
    read<protocol::ChecksumReply>(
        m_services.longReads, call.answer, request->device,
        [request = *request](ReadContext &context) -> Result<protocol::ChecksumReply> {
            FIELDFARE_TRY(requireMaySync(context.storage, request.device));
            return context.puller.checksum(request);
        });
}

void SyncHandler::numbers(Call call)
{
    const auto request = decoded<protocol::NumberLeaseRequest>(call);
    if (!request.ok())
        return call.answer(request.error());
    const auto sound = checkNumbers(*m_services.catalog, *request);
    if (!sound.ok())
        return call.answer(sound.error());
    write<protocol::NumberLeaseReply>(call.answer, [this, request = *request](WriteContext &context) -> Result<protocol::NumberLeaseReply> {
        FIELDFARE_TRY(requireMaySync(context.storage, request.device));
        return leaseNumbers(context, *m_services.catalog, request);
    });
}

void SyncHandler::recoveryKey(Call call)
{
    const auto request = decoded<protocol::RecoveryKeyRequest>(call);
    if (!request.ok())
        return call.answer(request.error());
    if (request->recovered.isEmpty()) {
        return read<protocol::RecoveryKeyReply>(m_services.reads, call.answer, request->device, [](ReadContext &context) -> Result<protocol::RecoveryKeyReply> {
            FIELDFARE_ASSIGN(const QByteArray key, RecoveryStore(context.storage.connection()).currentPublicKey());
            return protocol::RecoveryKeyReply{key};
        });
    }
    write<protocol::RecoveryKeyReply>(call.answer, [this, request = *request](WriteContext &context) -> Result<protocol::RecoveryKeyReply> {
        RecoveryStore store(context.storage.connection());
        FIELDFARE_TRY(store.noteFinished(request.recovered, request.device, m_services.clock.wallMs()));
        FIELDFARE_ASSIGN(const QByteArray key, store.currentPublicKey());
        return protocol::RecoveryKeyReply{key};
    });
}

void SyncHandler::exports(Call call)
{
    const auto request = decoded<protocol::ExportsRequest>(call);
    if (!request.ok())
        return call.answer(request.error());
    write<protocol::ExportsReply>(call.answer, [request = *request](WriteContext &context) -> Result<protocol::ExportsReply> {
        FIELDFARE_TRY(requireMaySync(context.storage, request.device));
        return auditedExports(context, request);
    });
}

void SyncHandler::authorizeUpgrade(HttpRequest request, DecideUpgrade decide)
{
    const auto session = sessionOf(request);
    if (!session.ok())
        return decide({401, {}});
    const bool posted = m_services.reads.post(
        {[device = session->device](ReadContext &context) -> Result<void> {
             FIELDFARE_ASSIGN(const auto record, context.storage.device(device));
             if (!record || record->revoked || record->userDisabled)
                 return {ErrorCode::NotPermitted, QStringLiteral("barred")};
             return {};
         },
         [decide, device = session->device](const Result<void> &done) {
             if (done.ok())
                 return decide({101, device.toBytes().toHex()});
             decide({done.error().code == ErrorCode::NotPermitted ? 403 : 503, {}});
         }});
    if (!posted)
        decide({503, {}});
}

QByteArray SyncHandler::metrics() const
{
    MetricsText text;
    if (m_httpStatistics)
        text.addHttp(m_httpStatistics());
    const WriteQueue::Statistics writes = m_services.writes.statistics();
    text.counter("fieldfare_commits_total", "Transactions committed or failed.", writes.commits);
    text.counter("fieldfare_write_jobs_total", "Requests that wrote.", writes.jobs);
    text.counter("fieldfare_write_jobs_failed_total", "Requests whose write failed.", writes.failed);
    text.counter("fieldfare_write_jobs_refused_total", "Requests turned away as too many waited.", writes.refused);
    text.gauge("fieldfare_write_jobs_waiting", "Requests that wait to write.", double(writes.waiting));
    text.gauge("fieldfare_read_jobs_waiting", "Requests that wait to read.", double(m_services.reads.waiting()));
    text.counter("fieldfare_operations_total", "Operations pushed, repeated ones included.", m_operations.load());
    text.counter("fieldfare_sign_ins_failed_total", "Wrong names, passwords or codes.", m_signInsFailed.load());
    return text.take();
}

} // namespace fieldfare::server
