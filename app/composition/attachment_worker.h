// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/composition/profile_attachment.h"
#include "app/composition/server_search.h"
#include "app/composition/sync_service.h"
#include "core/domain/attaching.h"

#include <atomic>

namespace fieldfare::app {

/// Attaching itself, on a thread with an event loop, which its store work blocks: sign in, download, compare, replace. All
/// calls are made on that thread; stop() does not reach into a comparison, `isStopped` does.
class AttachmentWorker final : public domain::Attaching {
    Q_OBJECT
public:
    /// `isStopped` is set by another thread while records are compared. All outlive it.
    AttachmentWorker(const base::Clock &clock, base::RandomSource &random, const std::atomic<bool> &isStopped);
    ~AttachmentWorker() override;

    /// Unlocked, and open nowhere. Comes first.
    void setProfile(store::Profile profile) { m_profile = std::move(profile); }
    void open() override;
    void probe(const QString &address) override;
    void begin(const QString &userName, const std::shared_ptr<const base::Secret> &password, const QString &code) override;
    void resume() override;
    void attach(domain::DuplicatePolicy duplicates) override;
    void stop() override;
    /// Ends what runs and closes everything. The last call.
    store::Profile takeProfile();

private:
    using Step = domain::AttachProgress::Step;

    base::Result<store::ProfileInfo> downloaded();
    void download();
    void compare();
    base::Result<domain::TransferReport> build(domain::DuplicatePolicy duplicates);
    void goOn(const base::Result<void> &result, const std::function<void()> &next);
    void endNetwork();
    base::Result<void> tellStanding();
    void fail(const base::Error &error);

    std::optional<store::Profile> m_profile; ///< While m_attachment has it not.
    const base::Clock &m_clock;
    base::RandomSource &m_random;
    const std::atomic<bool> &m_isStopped;
    std::unique_ptr<ProfileAttachment> m_attachment;
    ServerSearch m_search;
    net::ServerAddress m_address;
    std::unique_ptr<Enrolment> m_enrolment;
    std::unique_ptr<DirectStoreAccess> m_access;
    std::unique_ptr<SyncService> m_sync;
    int m_attempt = 0; ///< Answers of an earlier one are dropped.
    std::optional<domain::DuplicatePolicy> m_built; ///< The joined profile stands ready, with this policy.
};

} // namespace fieldfare::app
