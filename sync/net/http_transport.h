// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/transport.h"
#include "sync/net/device_account.h"
#include "sync/net/http_client.h"

#include "core/base/clock.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <deque>

namespace fieldfare::net {

/// Keeps changed credentials. `saved` is called once they are durable (or cannot be made so), on the transport's thread.
using SaveAccount = std::function<void(const DeviceAccount &, std::function<void(base::Result<void>)> saved)>;

/// The sync protocol over HTTPS: one POST a message (sync/protocol/endpoints.h). A 401 refreshes the access token, signed with
/// the device's key, and sends the request once more; new tokens are saved before they are used (rule 15). 429 and 503 are
/// waited for, a few times. 403 is a verdict, and an error here.
///
/// Lives on one thread with an event loop; replies are read on another. Does not own the clock.
class HttpTransport final : public QObject, public engine::Transport {
    Q_OBJECT

public:
    HttpTransport(DeviceAccount account, const base::Clock &clock, SaveAccount save, QObject *parent = nullptr);
    ~HttpTransport() override;

    /// A new device at this server. `account` needs address, key, user and device name; on success the reply's tokens are
    /// to be put into it. SignInFailed, AccountDisabled, TooManyAttempts (argument: seconds), SecondFactorNeeded without a code where
    /// the account asks for one, SecondFactorWrong, and what HttpClient says.
    static void enrol(HttpClient &client, const DeviceAccount &account, const QString &password, const QString &code, engine::Callback<protocol::EnrolReply> done);

    void push(const protocol::PushRequest &request, engine::Callback<protocol::PushReply> done) override;
    void pull(const protocol::PullRequest &request, engine::Callback<protocol::PullReply> done) override;
    void beginDownload(const base::Id &device, engine::Callback<protocol::DownloadStart> done) override;
    void downloadPage(const protocol::DownloadRequest &request, engine::Callback<protocol::DownloadPage> done) override;
    void enrolAnew(const base::Id &formerDevice, engine::Callback<protocol::EnrolReply> done) override;
    void handIn(const protocol::HandInRequest &request, engine::Callback<protocol::HandInReply> done) override;
    void tellExports(const protocol::ExportsRequest &request, engine::Callback<protocol::ExportsReply> done) override;
    void cancelAll() override;

    void checksum(const protocol::ChecksumRequest &request, engine::Callback<protocol::ChecksumReply> done);
    void leaseNumbers(const protocol::NumberLeaseRequest &request, engine::Callback<protocol::NumberLeaseReply> done);
    void recoveryKey(const protocol::RecoveryKeyRequest &request, engine::Callback<protocol::RecoveryKeyReply> done);
    /// Renews the tokens now; for a live socket that was refused.
    void renewTokens(std::function<void(base::Result<void>)> done);

    [[nodiscard]] const DeviceAccount &account() const { return m_account; }
    [[nodiscard]] const PeerInfo &peer() const { return m_client.peer(); }

private:
    using BodyDone = std::function<void(base::Result<QByteArray>)>;
    struct Request {
        QByteArray path;
        QByteArray body;
        BodyDone done;
        bool needsToken = true;
        bool isRefreshed = false; ///< Has been sent with new tokens already.
        int delays = 0;
    };

    template <typename Question, typename Answer>
    void ask(const QByteArray &path, const Question &question, engine::Callback<Answer> done, bool needsToken = true);
    /// Calls back later with an error that is known already; not after cancelAll().
    template <typename Answer>
    void failLater(engine::Callback<Answer> done, const base::Error &error);
    void send(std::shared_ptr<Request> request);
    void take(const std::shared_ptr<Request> &request, base::Result<HttpReply> reply);
    void refresh();
    void takeRefresh(base::Result<HttpReply> reply);
    void finishRefresh(const base::Result<void> &result);

    DeviceAccount m_account;
    const base::Clock &m_clock;
    SaveAccount m_save;
    HttpClient m_client;
    quint64 m_generation = 0; ///< Grows with cancelAll().
    bool m_isRefreshing = false;
    std::vector<std::function<void(base::Result<void>)>> m_waitingForTokens;
    QThreadPool m_reader; ///< Reads the replies' bodies. Last: what it runs ends before the rest goes.
};

} // namespace fieldfare::net
