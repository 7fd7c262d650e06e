// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/net/http_transport.h"

#include "sync/protocol/codec.h"
#include "sync/protocol/endpoints.h"
#include "sync/protocol/hand_in_signing.h"
#include "sync/protocol/refresh_signing.h"

#include <algorithm>

namespace fieldfare::net {

using base::Error;
using base::ErrorCode;
using base::Result;
using engine::Callback;

namespace {

constexpr int kMostDelays = 5;
constexpr std::int64_t kLongestDelayMs = 10'000;

HttpHeaders headers(const QString &accessToken)
{
    HttpHeaders list{{"Content-Type", protocol::kContentType}, {protocol::kVersionHeader, QByteArray::number(protocol::kProtocolVersion)}};
    if (!accessToken.isEmpty())
        list.append({"Authorization", "Bearer " + accessToken.toLatin1()});
    return list;
}

struct Failure {
    Error error;
    std::int64_t retryAfterMs = 0;
};

/// What a reply other than 200 means.
Failure failureOf(const HttpReply &reply)
{
    const auto body = protocol::decode<protocol::FailureReply>(reply.body);
    if (!body.ok())
        return {{reply.status >= 500 ? ErrorCode::ServerFailed : ErrorCode::NotAFieldfareServer, QStringLiteral("HTTP %1").arg(reply.status)}, 0};
    const ErrorCode code = base::errorCodeNamed(body->code, ErrorCode::ServerFailed);
    if (code == ErrorCode::DiskFull) // not this computer's: nothing was lost here, and nothing can be done here
        return {{ErrorCode::ServerFailed, QStringLiteral("the server's disk is full")}, body->retryAfterMs};
    Error error{code, body->detail};
    if (code == ErrorCode::TooManyAttempts && body->retryAfterMs > 0)
        error.arguments = {QString::number((body->retryAfterMs + 999) / 1000)};
    return {std::move(error), body->retryAfterMs};
}

Result<QByteArray> bodyOf(const HttpReply &reply)
{
    if (reply.status == 200)
        return reply.body;
    return failureOf(reply).error;
}

} // namespace

HttpTransport::HttpTransport(DeviceAccount account, const base::Clock &clock, SaveAccount save, QObject *parent)
    : QObject(parent), m_account(std::move(account)), m_clock(clock), m_save(std::move(save)), m_client(m_account.address, clock)
{
    m_reader.setMaxThreadCount(1); // replies in the order in which they came
}

HttpTransport::~HttpTransport() = default;

void HttpTransport::enrol(HttpClient &client, const DeviceAccount &account, const QString &password, const QString &code, Callback<protocol::EnrolReply> done)
{
    const auto publicKey = account.key.publicKey();
    if (!publicKey.ok()) {
        QMetaObject::invokeMethod(&client, [done, error = publicKey.error()] { done(error); }, Qt::QueuedConnection);
        return;
    }
    protocol::EnrolRequest request;
    request.user = account.user;
    request.password = password;
    request.deviceName = account.deviceName;
    request.publicKey = publicKey.value();
    request.code = code;
    client.request("POST", protocol::kEnrolPath, headers({}), protocol::encode(request), [done](const Result<HttpReply> &reply) {
        if (!reply.ok())
            return done(reply.error());
        const auto body = bodyOf(reply.value());
        body.ok() ? done(protocol::decode<protocol::EnrolReply>(body.value())) : done(body.error());
    });
}

template <typename Question, typename Answer>
void HttpTransport::ask(const QByteArray &path, const Question &question, Callback<Answer> done, bool needsToken)
{
    auto request = std::make_shared<Request>();
    request->needsToken = needsToken;
    request->path = path;
    request->body = protocol::encode(question);
    request->done = [done = std::move(done), generation = m_generation, this](Result<QByteArray> body) {
        if (generation != m_generation)
            return;
        if (!body.ok())
            return done(body.error());
        // Not here, which may be the UI's thread: a page of a download takes tens of milliseconds to read.
        m_reader.start([this, done, generation, bytes = std::move(body).value()] {
            auto answer = std::make_shared<Result<Answer>>(protocol::decode<Answer>(bytes));
            QMetaObject::invokeMethod(
                this,
                [this, done, generation, answer] {
                    if (generation == m_generation)
                        done(std::move(*answer));
                },
                Qt::QueuedConnection);
        });
    };
    send(std::move(request));
}

template <typename Answer>
void HttpTransport::failLater(Callback<Answer> done, const Error &error)
{
    QTimer::singleShot(0, this, [this, done = std::move(done), error, generation = m_generation] {
        if (generation == m_generation)
            done(error);
    });
}

void HttpTransport::push(const protocol::PushRequest &request, Callback<protocol::PushReply> done)
{
    ask(protocol::kPushPath, request, std::move(done));
}

void HttpTransport::pull(const protocol::PullRequest &request, Callback<protocol::PullReply> done)
{
    ask(protocol::kPullPath, request, std::move(done));
}

void HttpTransport::beginDownload(const base::Id &device, Callback<protocol::DownloadStart> done)
{
    ask(protocol::kDownloadStartPath, protocol::DownloadStartRequest{device}, std::move(done));
}

void HttpTransport::downloadPage(const protocol::DownloadRequest &request, Callback<protocol::DownloadPage> done)
{
    ask(protocol::kDownloadPagePath, request, std::move(done));
}

void HttpTransport::checksum(const protocol::ChecksumRequest &request, Callback<protocol::ChecksumReply> done)
{
    ask(protocol::kChecksumPath, request, std::move(done));
}

void HttpTransport::leaseNumbers(const protocol::NumberLeaseRequest &request, Callback<protocol::NumberLeaseReply> done)
{
    ask(protocol::kNumbersPath, request, std::move(done));
}

void HttpTransport::recoveryKey(const protocol::RecoveryKeyRequest &request, Callback<protocol::RecoveryKeyReply> done)
{
    ask(protocol::kRecoveryKeyPath, request, std::move(done));
}

void HttpTransport::enrolAnew(const base::Id &formerDevice, Callback<protocol::EnrolReply> done)
{
    const auto publicKey = m_account.key.publicKey();
    if (!publicKey.ok())
        return failLater(std::move(done), publicKey.error());
    protocol::EnrolRequest request;
    request.user = m_account.user;
    request.deviceName = m_account.deviceName;
    request.publicKey = publicKey.value();
    request.formerDevice = formerDevice;
    ask<protocol::EnrolRequest, protocol::EnrolReply>(protocol::kEnrolAnewPath, request, [this, done](Result<protocol::EnrolReply> reply) {
        if (!reply.ok())
            return done(std::move(reply));
        m_account.device = reply->device;
        m_account.deviceNumber = reply->deviceNumber;
        m_account.accessToken = reply->accessToken;
        m_account.refreshToken = reply->refreshToken;
        m_save(m_account, [done, reply](const Result<void> &saved) { saved.ok() ? done(reply) : done(saved.error()); });
    });
}

/// Without a token: those of a disabled account are refused.
void HttpTransport::handIn(const protocol::HandInRequest &request, Callback<protocol::HandInReply> done)
{
    protocol::HandInRequest own = request;
    auto signature = m_account.key.sign(protocol::handInSigningBytes(own));
    if (!signature.ok())
        return failLater(std::move(done), signature.error());
    own.signature = std::move(signature).value();
    ask(protocol::kHandInPath, own, std::move(done), false);
}

void HttpTransport::tellExports(const protocol::ExportsRequest &request, Callback<protocol::ExportsReply> done)
{
    ask(protocol::kExportsPath, request, std::move(done));
}

void HttpTransport::cancelAll()
{
    ++m_generation;
    m_client.abortAll();
}

void HttpTransport::send(std::shared_ptr<Request> request)
{
    m_client.request("POST", request->path, headers(request->needsToken ? m_account.accessToken : QString()), request->body,
                     [this, request](Result<HttpReply> reply) { take(request, std::move(reply)); });
}

void HttpTransport::take(const std::shared_ptr<Request> &request, Result<HttpReply> reply)
{
    if (!reply.ok())
        return request->done(reply.error());
    if (reply->status == 200)
        return request->done(std::move(reply->body));
    const Failure failure = failureOf(reply.value());
    if (reply->status == 401 && request->needsToken && !request->isRefreshed) {
        request->isRefreshed = true;
        return renewTokens([this, request](const Result<void> &renewed) {
            if (!renewed.ok())
                return request->done(renewed.error());
            send(request);
        });
    }
    const bool mayWait = failure.error.code == ErrorCode::ServerBusy || failure.error.code == ErrorCode::TooManyAttempts;
    if (mayWait && failure.retryAfterMs > 0 && failure.retryAfterMs <= kLongestDelayMs && request->delays < kMostDelays) {
        ++request->delays;
        QTimer::singleShot(int(failure.retryAfterMs), this, [this, request, generation = m_generation] {
            if (generation == m_generation)
                send(request);
        });
        return;
    }
    request->done(failure.error);
}

void HttpTransport::renewTokens(std::function<void(Result<void>)> done)
{
    m_waitingForTokens.push_back(std::move(done));
    if (!m_isRefreshing)
        refresh();
}

void HttpTransport::refresh()
{
    m_isRefreshing = true;
    protocol::RefreshRequest request;
    request.device = m_account.device;
    request.refreshToken = m_account.refreshToken;
    request.atMs = m_clock.wallMs();
    auto signature = m_account.key.sign(protocol::refreshSigningBytes(request));
    if (!signature.ok()) {
        QTimer::singleShot(0, this, [this, error = signature.error()] { finishRefresh(error); });
        return;
    }
    request.signature = std::move(signature).value();
    m_client.request("POST", protocol::kRefreshPath, headers({}), protocol::encode(request),
                     [this](Result<HttpReply> reply) { takeRefresh(std::move(reply)); });
}

void HttpTransport::takeRefresh(Result<HttpReply> reply)
{
    if (!reply.ok())
        return finishRefresh(reply.error());
    const auto body = bodyOf(reply.value());
    if (!body.ok())
        return finishRefresh(body.error());
    const auto tokens = protocol::decode<protocol::RefreshReply>(body.value());
    if (!tokens.ok())
        return finishRefresh(tokens.error());
    m_account.accessToken = tokens->accessToken;
    m_account.refreshToken = tokens->refreshToken;
    m_save(m_account, [this](const Result<void> &saved) { finishRefresh(saved); });
}

void HttpTransport::finishRefresh(const Result<void> &result)
{
    m_isRefreshing = false;
    for (const auto &done : std::exchange(m_waitingForTokens, {}))
        done(result);
}

} // namespace fieldfare::net
