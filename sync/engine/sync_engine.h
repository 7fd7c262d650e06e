// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "sync/engine/replica_access.h"
#include "sync/engine/transport.h"

#include <functional>
#include <memory>

namespace fieldfare::engine {

/// What one session did.
struct SyncReport {
    std::uint64_t pushed = 0;    ///< Operations that got a verdict.
    std::uint64_t pulled = 0;    ///< Rows and tombstones that came, downloads included.
    std::uint64_t conflicts = 0; ///< New ones that came, whoever's edit was the second; not those of a first download.
    std::uint64_t refused = 0;   ///< Verdicts that went to the tray.
    changes::Version cursor = 0;
    std::int64_t pullMs = 0;     ///< From the requests of changes until they were on the disk.
};

/// Progress of a first download.
struct DownloadProgress {
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    model::EntityId entity = 0;
};

/// One sync session: downloads what is missing, pushes what waits, pulls what is new, until nothing is left (DESIGN 6).
/// Every decision is derived from the stored state, so that a session that ended anywhere is simply followed by another.
/// When the account is disabled, it hands in what waits, once, and ends with AccountDisabled all the same; what the server keeps
/// is noted in the replica (core/changes/docs/quarantine.md).
/// Lives on one thread; does not own what it refers to. Cancel by destroying it or by cancel().
class SyncEngine {
public:
    struct Limits {
        int pushOperations = protocol::kMaxPushOperations;
        int pullRows = protocol::kMaxPullRows;
        int downloadRows = protocol::kDownloadPageRows;
    };
    using Done = std::function<void(base::Result<SyncReport>)>;

    SyncEngine(ReplicaAccess &replica, Transport &transport, const base::Clock &clock, Limits limits);
    ~SyncEngine();
    SyncEngine(const SyncEngine &) = delete;
    SyncEngine &operator=(const SyncEngine &) = delete;

    /// Starts a session; \a done is called once, unless cancelled. Nothing happens while one is running.
    void start(Done done);
    void cancel();
    [[nodiscard]] bool isRunning() const { return bool(m_done); }
    void onProgress(std::function<void(const DownloadProgress &)> callback) { m_progress = std::move(callback); }

private:
    struct Session;

    void next();
    void beginDownload();
    void takeDownloadStart(const protocol::DownloadStart &start);
    void requestDownloadPage(model::EntityId entity, const base::Id &after);
    void takeDownloadPage(std::shared_ptr<protocol::DownloadPage> page);
    void writeDownloadPage(std::shared_ptr<protocol::DownloadPage> page);
    void tellProgress(model::EntityId entity);
    [[nodiscard]] protocol::PushRequest pushRequest(changes::OutboxBatch &batch) const;
    void push();
    void takePushReply(const protocol::PushReply &reply, size_t sent);
    void tellExports();
    void enrolAnew();
    void pull(std::optional<protocol::PullPosition> after, changes::Version cursor);
    void takePullReply(std::shared_ptr<protocol::PullReply> reply, changes::Version cursor, const protocol::PullPosition &after);
    void takeScopeChange();
    void fail(const base::Error &error);
    void handIn();
    void takeHandInReply(const protocol::HandInReply &reply, bool wasLast);
    void finish(base::Result<SyncReport> result);
    void run(ReplicaAccess::Work work, std::function<void()> then);

    [[nodiscard]] bool isCurrent(const std::weak_ptr<Session> &waiting) const;

    /// Wraps a callback so that it is dropped when its session is over: a reply is used only by the request that waits.
    template <typename T>
    Callback<T> guarded(std::function<void(T &)> take);

    ReplicaAccess &m_replica;
    Transport &m_transport;
    const base::Clock &m_clock;
    Limits m_limits;
    Done m_done;
    std::function<void(const DownloadProgress &)> m_progress;
    std::shared_ptr<Session> m_session;
    std::shared_ptr<SyncEngine *> m_self = std::make_shared<SyncEngine *>(this); ///< Goes with the engine; callbacks look.
};

} // namespace fieldfare::engine
