// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/accounts/address_lock.h"
#include "sync/server/accounts/password_queue.h"
#include "sync/server/accounts/rate_limit.h"
#include "sync/server/api/read_pool.h"
#include "sync/server/api/request_log.h"
#include "sync/server/api/write_queue.h"
#include "sync/server/http/http_counters.h"
#include "sync/server/http/request_handler.h"

#include <atomic>

namespace fieldfare::server {

/// Answers /sync/v1/*, /healthz, /readyz and /metrics. Decodes and checks on the socket's thread, works on the queues'
/// threads. Every refusal is a FailureReply beside its HTTP status: 401 asks the device to refresh, 403 is a verdict about
/// the account, 429 and 503 say when to come back (rule 15); none of them makes a device drop what it has.
///
/// Does not own what it refers to; all of it outlives the handler, and the queues are stopped before it goes.
class SyncHandler final : public RequestHandler {
public:
    struct Services {
        WriteQueue &writes;
        ReadPool &reads;
        ReadPool &longReads; ///< Checksums: minutes on a large store, so apart. The server lists its quarantine there, too.
        PasswordQueue &passwords;
        const TokenSigner &signer;
        RequestLog &log;
        const base::Clock &clock;
        const model::CatalogPointer &catalog;
    };

    explicit SyncHandler(const Services &services);

    /// Where /metrics finds the front end's numbers; set before the first request.
    void setHttpStatistics(std::function<HttpStatistics()> statistics) { m_httpStatistics = std::move(statistics); }

    void handle(HttpRequest request, Reply reply) override;
    [[nodiscard]] std::optional<HttpResponse> refuseEarly(const HttpRequest &request) override;
    void authorizeUpgrade(HttpRequest request, DecideUpgrade decide) override;

private:
    using Respond = std::function<void(HttpResponse)>;
    using Answer = std::function<void(base::Result<QByteArray>)>; ///< The encoded reply, or why there is none.
    struct Call {
        HttpRequest request;
        Session session; ///< Null ids where no token is needed.
        Answer answer;
    };
    struct Route {
        QByteArray path;
        bool needsSession = true;
        void (SyncHandler::*run)(Call) = nullptr;
    };

    [[nodiscard]] const Route *routeOf(const QByteArray &path) const;
    [[nodiscard]] base::Result<Session> sessionOf(const HttpRequest &request) const;
    [[nodiscard]] base::Result<Session> admit(const HttpRequest &request, const Route &route) const;
    [[nodiscard]] Respond logged(const HttpRequest &request, Reply reply);
    bool handlePlain(const HttpRequest &request, const Respond &respond);
    [[nodiscard]] QByteArray metrics() const;

    void enrol(Call call);
    void enrolAnew(Call call);
    void refresh(Call call);
    void push(Call call);
    void pull(Call call);
    void downloadStart(Call call);
    void downloadPage(Call call);
    void checksum(Call call);
    void numbers(Call call);
    void recoveryKey(Call call);
    void exports(Call call);
    void handIn(Call call);
    void takeHandIn(const std::shared_ptr<const protocol::HandInRequest> &request, const QString &requestId, const Answer &answer);

    template <typename Reply>
    void write(const Answer &answer, std::function<base::Result<Reply>(WriteContext &)> work, bool isBulk = false);
    template <typename Reply>
    void read(ReadPool &pool, const Answer &answer, const base::Id &device, std::function<base::Result<Reply>(ReadContext &)> work);
    template <typename Request>
    [[nodiscard]] base::Result<Request> decoded(const Call &call) const;
    void finishEnrol(const Answer &answer, const protocol::EnrolRequest &request, const QHostAddress &peer, bool passwordIsRight);
    [[nodiscard]] base::Result<void> limit(RateLimit &rate, const QByteArray &key, double cost = 1) const;

    Services m_services;
    std::vector<Route> m_routes;
    std::function<HttpStatistics()> m_httpStatistics;
    RateLimit m_signInsByAddress;
    RateLimit m_signInsByName;
    RateLimit m_requestsByDevice;
    AddressLock m_addressLock;
    std::atomic<quint64> m_operations{0};
    std::atomic<quint64> m_signInsFailed{0};
};

} // namespace fieldfare::server
