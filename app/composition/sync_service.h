// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/composition/recovery_keeper.h"
#include "app/composition/store_access.h"
#include "core/store/check/profile_check.h"
#include "core/store/sync_status.h"
#include "sync/engine/sync_engine.h"
#include "sync/net/http_transport.h"
#include "sync/net/live_socket.h"

#include <QTimer>

#include <atomic>
#include <deque>
#include <map>
#include <memory>

namespace fieldfare::app {

/// The engine's view of the store.
class StoreReplicaAccess final : public engine::ReplicaAccess {
public:
    explicit StoreReplicaAccess(StoreAccess &access, std::function<void()> progressed) : m_access(access), m_progressed(std::move(progressed)) {}
    void run(Work work, std::function<void(base::Result<void>)> done) override;

private:
    StoreAccess &m_access;
    std::function<void()> m_progressed;
};

/// Keeps a profile in step with its server: one session on request, or by itself (watch()): when something was edited here, when
/// the server wakes this device, and every few minutes. Failures are followed by another try after a delay that doubles and is
/// spread by chance. A session without progress for 30 s is given up (DESIGN 6, rule 15).
///
/// Lives on one thread with an event loop; the store may live on another. Does not own what it refers to.
class SyncService final : public store::SyncStatus {
    Q_OBJECT

public:
    using Done = std::function<void(base::Result<engine::SyncReport>)>;

    SyncService(StoreAccess &access, const base::Clock &clock, base::RandomSource &random, QObject *parent = nullptr);
    ~SyncService() override;

    /// Reads the account from the profile; `done` may be empty. NotFound for a stand-alone profile.
    void load(std::function<void(base::Result<void>)> done);
    /// One session; waits for the one that runs. load() comes first.
    void sync(Done done);
    /// From the next session on so many numbers are to be there, by entity, for records that are about to be made.
    void expectNumbers(const std::vector<std::pair<model::EntityId, qint64>> &numbers);
    /// From the next session on the data key is kept sealed to the company's recovery key.
    void keepSealed(std::shared_ptr<const RecoveryKeeper> keeper) { m_keeper = std::move(keeper); }
    /// The fingerprint of another recovery key that the server names and nobody accepted here; empty without one.
    [[nodiscard]] QString offeredRecoveryKey() const { return m_state.offeredRecoveryKey; }
    /// The service is about to go: the indexes of a first download, if they are being built, are left to the next session.
    void endLongWork() { *m_isStopped = true; }
    /// Syncs by itself from now on.
    void watch();
    /// Something may have been edited here: in watch mode a session follows soon if so.
    void noteLocalChange();
    /// load() found one.
    [[nodiscard]] bool hasServer() const { return m_transport != nullptr; }
    /// Asks the server for its checksum at this cursor.
    void compareChecksum(const store::ProfileCheckReport &report, engine::Callback<protocol::ChecksumReply> done);

    [[nodiscard]] store::LinkState state() const override { return m_state; }
    void syncNow() override;
    void setPaused(bool paused) override;
    /// The last session's numbers.
    [[nodiscard]] const engine::SyncReport &lastReport() const { return m_lastReport; }

Q_SIGNALS:
    /// After finished(), and after a failure: state() tells.
    void sessionEnded();

private:
    void setLink(store::LinkState::Link link);
    void begin();
    void finish(base::Result<engine::SyncReport> result);
    void afterSession(const engine::SyncReport &report);
    void leaseNumbers(const engine::SyncReport &report);
    void askRecoveryKey(const engine::SyncReport &report);
    void takeRecoveryKey(const engine::SyncReport &report, const QByteArray &companyKey);
    void settle(const base::Result<engine::SyncReport> &result);
    void scheduleRetry();
    void connectLiveSocket();
    void save(const net::DeviceAccount &account, const std::function<void(base::Result<void>)> &saved);

    StoreAccess &m_access;
    const base::Clock &m_clock;
    base::RandomSource &m_random;
    StoreReplicaAccess m_replica;
    std::unique_ptr<net::HttpTransport> m_transport;
    std::unique_ptr<engine::SyncEngine> m_engine;
    std::unique_ptr<net::LiveSocket> m_live;
    store::LinkState m_state;
    engine::SyncReport m_lastReport;
    std::deque<Done> m_waiting;  ///< For the session that runs.
    std::deque<Done> m_next;     ///< For the one after it.
    bool m_isRunning = false;
    bool m_isWatching = false;
    bool m_isCounting = false;
    bool m_isChangedMeanwhile = false; ///< While counting.
    bool m_isPaused = false;
    bool m_isWanted = false;     ///< Another session is to follow at once.
    int m_failures = 0;
    base::Id m_device;
    std::map<model::EntityId, qint64> m_expectedNumbers;
    std::shared_ptr<const RecoveryKeeper> m_keeper; ///< May be null.
    std::shared_ptr<std::atomic<bool>> m_isStopped = std::make_shared<std::atomic<bool>>(false);
    std::int64_t m_recoveryAskedAt = -1; ///< By the boot clock; -1: not yet.
    QTimer m_stall;
    QTimer m_retry;
    QTimer m_soon;
    QTimer m_poll;
};

} // namespace fieldfare::app
