// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/composition/sync_service.h"

#include "core/base/logging.h"

#include <algorithm>

namespace fieldfare::app {

using base::Error;
using base::ErrorCode;
using base::Result;
using engine::SyncReport;
using Link = store::LinkState::Link;

namespace {

constexpr const char *kLastSyncedSetting = "sync.last_synced"; // ms UTC in decimal
constexpr int kStallMs = 30'000;
constexpr int kSoonMs = 300;
constexpr int kPollMs = 5 * 60'000;
constexpr int kFirstRetryMs = 2'000;
constexpr int kLongestRetryMs = 5 * 60'000;
constexpr std::int64_t kBetweenRecoveryAsksMs = 60 * 60'000;
constexpr qint64 kFewNumbers = 100;
constexpr qint64 kLeasedNumbers = 500;
constexpr qint64 kMostLeasedAtOnce = 10'000; // as the server has it
constexpr qint64 kMostExpected = 10 * kMostLeasedAtOnce; // of one entity in a request; numbers beyond carry the device's own

/// Trying again by itself does not help.
bool isFinal(ErrorCode code)
{
    return code == ErrorCode::SignInFailed || code == ErrorCode::AccountDisabled || code == ErrorCode::DeviceRevoked
        || code == ErrorCode::ClientTooOld || code == ErrorCode::CertificateUntrusted || code == ErrorCode::CertificateChanged;
}

/// Builds indexes and derived fields once the last page of a download is there.
Result<void> finishDownload(store::Store &store, const std::atomic<bool> &isStopped)
{
    FIELDFARE_ASSIGN(const changes::ReplicaState state, store.replicaState());
    return state.cursor != 0 && !state.downloading ? store.finishDownload([&isStopped] { return isStopped.load(); }) : Result<void>();
}

} // namespace

void StoreReplicaAccess::run(Work work, std::function<void(Result<void>)> done)
{
    m_access.run([work = std::move(work)](store::Store &store) { return store.applyRemote(work); },
                 [this, done = std::move(done)](const Result<void> &result) {
                     m_progressed();
                     done(result);
                 });
}

SyncService::SyncService(StoreAccess &access, const base::Clock &clock, base::RandomSource &random, QObject *parent)
    : store::SyncStatus(parent), m_access(access), m_clock(clock), m_random(random),
      m_replica(access, [this] {
          if (m_stall.isActive())
              m_stall.start();
      })
{
    for (QTimer *timer : {&m_stall, &m_retry, &m_soon})
        timer->setSingleShot(true);
    m_stall.setInterval(kStallMs);
    m_soon.setInterval(kSoonMs);
    m_poll.setInterval(kPollMs);
    connect(&m_stall, &QTimer::timeout, this, [this] {
        m_engine->cancel();
        finish(Error{ErrorCode::TimedOut, QStringLiteral("no progress for 30 seconds")});
    });
    for (QTimer *timer : {&m_retry, &m_soon, &m_poll})
        connect(timer, &QTimer::timeout, this, [this] { syncNow(); });
}

SyncService::~SyncService()
{
    endLongWork(); // what still runs for it, on the thread of the store
}

void SyncService::load(std::function<void(Result<void>)> done)
{
    const auto bytes = std::make_shared<QByteArray>();
    const auto last = std::make_shared<qint64>(0);
    m_access.run(
        [bytes, last](store::Store &store) -> Result<void> {
            FIELDFARE_ASSIGN(const QByteArray lastSynced, store.setting(QString::fromLatin1(kLastSyncedSetting)));
            *last = lastSynced.toLongLong();
            FIELDFARE_ASSIGN(*bytes, store.setting(QString::fromLatin1(net::kAccountSetting)));
            if (bytes->isEmpty())
                return {ErrorCode::NotFound, QStringLiteral("the profile stands alone: it has no server"), {QStringLiteral("server")}};
            return {};
        },
        [this, bytes, last, done = std::move(done)](Result<void> result) {
            m_state.lastSyncedAt = *last;
            auto account = result.ok() ? net::DeviceAccount::fromBytes(*bytes) : Result<net::DeviceAccount>(result.error());
            if (account.ok()) {
                m_device = account->device;
                m_transport = std::make_unique<net::HttpTransport>(std::move(account).value(), m_clock,
                                                                   [this](const net::DeviceAccount &changed, std::function<void(Result<void>)> saved) { save(changed, saved); });
                m_engine = std::make_unique<engine::SyncEngine>(m_replica, *m_transport, m_clock, engine::SyncEngine::Limits());
                m_engine->onProgress([this](const engine::DownloadProgress &progress) {
                    m_state.done = int(progress.done);
                    m_state.total = int(progress.total);
                    setLink(Link::Syncing);
                });
                m_state.server = m_transport->account().address.url.host();
                setLink(m_state.lastSyncedAt == 0 ? Link::NeverSynced : Link::Synced);
            }
            if (done)
                done(account.ok() ? Result<void>() : Result<void>(account.error()));
        });
}

void SyncService::save(const net::DeviceAccount &account, const std::function<void(Result<void>)> &saved)
{
    const bool isNewDevice = account.device != m_device;
    m_device = account.device;
    const auto copy = std::make_shared<const net::DeviceAccount>(account.clone());
    m_access.run(
        [copy, isNewDevice](store::Store &store) -> Result<void> {
            FIELDFARE_TRY(store.setSetting(QString::fromLatin1(net::kAccountSetting), copy->toBytes()));
            if (!isNewDevice)
                return {};
            FIELDFARE_TRY(store.dropNumberLeases()); // they belong to the former identity (rule 1)
            FIELDFARE_ASSIGN(store::ProfileInfo info, store.profileInfo());
            info.deviceNumber = copy->deviceNumber;
            return store.setProfileInfo(info);
        },
        saved);
}

void SyncService::setLink(Link link)
{
    m_state.link = link;
    if (link == Link::Syncing || link == Link::Synced)
        m_state.offlineSince = 0;
    if (link != Link::Failed && link != Link::SignInNeeded && link != Link::Offline)
        m_state.error = {};
    Q_EMIT changed();
}

void SyncService::setPaused(bool paused)
{
    m_isPaused = paused;
    if (m_transport == nullptr)
        return;
    if (paused && m_engine->isRunning()) {
        m_engine->cancel();
        finish(Error{ErrorCode::Cancelled, QStringLiteral("sync is paused")});
    }
    setLink(paused ? Link::Paused : m_state.lastSyncedAt == 0 ? Link::NeverSynced : Link::Synced);
    if (!paused)
        syncNow();
}

void SyncService::syncNow()
{
    if (m_transport == nullptr || (m_isPaused && m_next.empty()))
        return;
    if (m_isRunning)
        m_isWanted = true;
    else
        begin();
}

void SyncService::sync(Done done)
{
    if (m_transport == nullptr) {
        QMetaObject::invokeMethod(this, [done = std::move(done)] {
            done(Error{ErrorCode::NotFound, QStringLiteral("the profile stands alone: it has no server"), {QStringLiteral("server")}});
        }, Qt::QueuedConnection);
        return;
    }
    m_next.push_back(std::move(done));
    syncNow();
}

void SyncService::begin()
{
    m_isRunning = true;
    m_isWanted = false;
    m_retry.stop();
    m_soon.stop();
    m_waiting = std::exchange(m_next, {});
    m_state.done = 0;
    m_state.total = 0;
    setLink(Link::Syncing);
    m_access.run(
        [isStopped = m_isStopped](store::Store &store) -> Result<void> {
            // A first download goes into tables without indexes; they are built when it is complete, also when the program ended
            // before they were.
            FIELDFARE_ASSIGN(const changes::ReplicaState state, store.replicaState());
            FIELDFARE_ASSIGN(const bool isBulk, store.isBulkLoading());
            return state.cursor == 0 && !isBulk ? store.beginBulkLoad() : finishDownload(store, *isStopped);
        },
        [this](const Result<void> &prepared) {
            if (!prepared.ok())
                return finish(prepared.error());
            if (m_isPaused && m_waiting.empty()) // meanwhile; a session that somebody asked for goes on
                return finish(Error{ErrorCode::Cancelled, QStringLiteral("sync is paused")});
            m_stall.start();
            m_engine->start([this](Result<SyncReport> result) { finish(std::move(result)); });
        });
}

void SyncService::finish(Result<SyncReport> result)
{
    m_stall.stop();
    if (!result.ok())
        return settle(result);
    afterSession(result.value());
}

void SyncService::afterSession(const SyncReport &report)
{
    m_access.run(
        [now = m_clock.wallMs(), isStopped = m_isStopped](store::Store &store) -> Result<void> {
            FIELDFARE_TRY(store.setSetting(QString::fromLatin1(kLastSyncedSetting), QByteArray::number(now)));
            return finishDownload(store, *isStopped);
        },
        [this, report](const Result<void> &done) {
            if (!done.ok())
                return settle(done.error());
            leaseNumbers(report);
        });
}

/// Asks for numbers when few are left. That it fails is no failure of the session: numbers work without leases.
void SyncService::leaseNumbers(const SyncReport &report)
{
    const auto request = std::make_shared<protocol::NumberLeaseRequest>();
    request->device = m_device;
    m_access.run(
        [request, expected = m_expectedNumbers](store::Store &store) -> Result<void> {
            const model::CatalogPointer catalog = store.catalog();
            for (const model::Entity &entity : catalog->entities()) {
                if (entity.numberPrefix().isEmpty())
                    continue;
                FIELDFARE_ASSIGN(const qint64 left, store.leasedNumbersLeft(entity.id()));
                const auto known = expected.find(entity.id());
                const qint64 needed = kFewNumbers + (known == expected.end() ? 0 : std::min(known->second, kMostExpected));
                if (left >= needed)
                    continue;
                for (qint64 missing = std::max(kLeasedNumbers, needed - left); missing > 0; missing -= kMostLeasedAtOnce)
                    request->wanted.emplace_back(entity.id(), std::uint64_t(std::min(missing, kMostLeasedAtOnce)));
            }
            return {};
        },
        [this, request, report](const Result<void> &asked) {
            if (!asked.ok() || request->wanted.empty())
                return askRecoveryKey(report);
            m_transport->leaseNumbers(*request, [this, report](const Result<protocol::NumberLeaseReply> &reply) {
                if (!reply.ok())
                    return askRecoveryKey(report);
                m_access.run(
                    [leases = reply->leases](store::Store &store) -> Result<void> {
                        for (const protocol::NumberLease &lease : leases) {
                            if (lease.count > 0)
                                FIELDFARE_TRY(store.addNumberLease(lease.entity, qint64(lease.first), qint64(lease.first + lease.count - 1)));
                        }
                        return {};
                    },
                    [this, report](const Result<void> &) { askRecoveryKey(report); });
            });
        });
}

/// That it fails is no failure of the session either: the next one asks again, and an older server does not know the question.
void SyncService::askRecoveryKey(const SyncReport &report)
{
    const std::int64_t now = m_clock.bootMs();
    const auto finished = m_keeper ? m_keeper->finished() : std::nullopt;
    if (!m_keeper || (!finished && m_recoveryAskedAt >= 0 && now < m_recoveryAskedAt + kBetweenRecoveryAsksMs))
        return settle(report);
    m_transport->recoveryKey({m_device, finished.value_or(QByteArray())}, [this, report, now, isReported = finished.has_value()](const Result<protocol::RecoveryKeyReply> &reply) {
        if (!reply.ok())
            return settle(report);
        m_recoveryAskedAt = now;
        if (isReported)
            m_keeper->forgetFinished();
        if (reply->publicKey.isEmpty())
            return settle(report);
        takeRecoveryKey(report, reply->publicKey);
    });
}

void SyncService::takeRecoveryKey(const SyncReport &report, const QByteArray &companyKey)
{
    const auto offered = std::make_shared<QByteArray>();
    m_access.run(
        [offered, keeper = m_keeper, key = m_keeper->key(), device = m_device, companyKey](store::Store &store) -> Result<void> {
            FIELDFARE_ASSIGN(*offered, keeper->take(store, *key, device, companyKey));
            return {};
        },
        [this, report, offered](const Result<void> &taken) {
            if (!taken.ok()) {
                m_recoveryAskedAt = -1;
                qCWarning(lcSync) << "the data key could not be sealed to the recovery key:" << taken.error().detail;
            } else {
                m_state.offeredRecoveryKey = offered->isEmpty() ? QString() : storage::companyKeyFingerprint(*offered);
            }
            settle(report);
        });
}

void SyncService::settle(const Result<SyncReport> &result)
{
    m_isRunning = false;
    if (result.ok()) {
        m_failures = 0;
        m_lastReport = result.value();
        m_state.lastSyncedAt = m_clock.wallMs();
        setLink(m_isPaused ? Link::Paused : Link::Synced);
        Q_EMIT finished(int(m_lastReport.pushed), int(m_lastReport.pulled), int(m_lastReport.conflicts), int(m_lastReport.refused));
    } else {
        m_state.error = result.error();
        const ErrorCode code = result.error().code;
        const bool isOffline = code == ErrorCode::NetworkUnreachable || code == ErrorCode::TimedOut;
        if (isOffline && m_state.offlineSince == 0)
            m_state.offlineSince = m_clock.wallMs();
        setLink(m_isPaused ? Link::Paused : isOffline ? Link::Offline : isFinal(code) ? Link::SignInNeeded : Link::Failed);
    }
    for (const Done &done : std::exchange(m_waiting, {}))
        done(result);
    Q_EMIT sessionEnded();
    if (m_isRunning)
        return; // somebody started the next one from within
    if (!m_next.empty() || (m_isWanted && result.ok() && !m_isPaused))
        begin();
    else if (result.ok())
        noteLocalChange(); // what was edited meanwhile
    else if (m_isWatching && !m_isPaused && !isFinal(result.error().code))
        scheduleRetry();
}

void SyncService::scheduleRetry()
{
    const int doubled = kFirstRetryMs << std::min(m_failures, 10);
    ++m_failures;
    const int delay = std::min(doubled, kLongestRetryMs);
    const quint8 chance = quint8(m_random.bytes(1).at(0));
    m_retry.start(delay / 2 + delay / 2 * chance / 255); // half to all of it, so that devices do not come back at once
}

void SyncService::expectNumbers(const std::vector<std::pair<model::EntityId, qint64>> &numbers)
{
    m_expectedNumbers = {numbers.begin(), numbers.end()};
}

void SyncService::watch()
{
    if (m_isWatching || m_transport == nullptr)
        return;
    m_isWatching = true;
    m_poll.start();
    connectLiveSocket();
    syncNow();
}

/// The store tells of every change, those that sync itself makes included: only what waits in the outbox counts. After a failure
/// the next try is planned already.
void SyncService::noteLocalChange()
{
    if (!m_isWatching || m_isRunning || m_isPaused || m_failures > 0 || m_soon.isActive())
        return;
    if (m_isCounting) {
        m_isChangedMeanwhile = true; // the count under way may have been read before this change
        return;
    }
    m_isCounting = true;
    const auto waiting = std::make_shared<qint64>(0);
    m_access.run(
        [waiting](store::Store &store) -> Result<void> {
            FIELDFARE_ASSIGN(const store::StateCounts counts, store.counts());
            *waiting = counts.waiting;
            return {};
        },
        [this, waiting](const Result<void> &counted) {
            m_isCounting = false;
            const bool isStale = std::exchange(m_isChangedMeanwhile, false);
            if (counted.ok() && *waiting > 0 && !m_isRunning)
                m_soon.start();
            else if (isStale)
                noteLocalChange();
        });
}

void SyncService::connectLiveSocket()
{
    m_live = std::make_unique<net::LiveSocket>(m_transport->account().address, m_clock, m_random);
    connect(m_live.get(), &net::LiveSocket::woken, this, [this] { syncNow(); });
    connect(m_live.get(), &net::LiveSocket::connectedChanged, this, [this](bool isConnected) {
        if (isConnected && m_state.link == Link::Offline)
            syncNow();
    });
    connect(m_live.get(), &net::LiveSocket::tokenRefused, this, [this] {
        m_transport->renewTokens([this](const Result<void> &renewed) {
            if (renewed.ok())
                m_live->setToken(m_transport->account().accessToken.toLatin1());
        });
    });
    m_live->setToken(m_transport->account().accessToken.toLatin1());
    m_live->start();
}

void SyncService::compareChecksum(const store::ProfileCheckReport &report, engine::Callback<protocol::ChecksumReply> done)
{
    protocol::ChecksumRequest request;
    request.device = m_device;
    request.cursor = report.cursor;
    request.epoch = report.cursor >> changes::kCounterBits;
    request.scope = report.scope;
    m_transport->checksum(request, std::move(done));
}

} // namespace fieldfare::app
