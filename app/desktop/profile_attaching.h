// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/composition/attachment_worker.h"

#include <QThread>

namespace fieldfare::app {

/// domain::Attaching for the desktop: an AttachmentWorker on a thread of its own, with the profile that the desktop has
/// unlocked and closed. Destroying it ends what runs, and the profile is closed.
class ProfileAttaching final : public domain::Attaching {
    Q_OBJECT
public:
    using Taken = std::function<void(store::Profile)>;

    /// Clock and random outlive it.
    ProfileAttaching(const base::Clock &clock, base::RandomSource &random);
    ~ProfileAttaching() override;

    /// Comes before open(); whoever shows the page needs a moment to close the profile.
    void setProfile(store::Profile profile);
    void open() override;
    void probe(const QString &address) override;
    void begin(const QString &userName, const std::shared_ptr<const base::Secret> &password, const QString &code) override;
    void resume() override;
    void attach(domain::DuplicatePolicy duplicates) override;
    void stop() override;

    /// Ends what runs and hands the profile back, as it then is, on this thread. The last call.
    void takeProfile(const Taken &taken);

private:
    void onWorker(const std::function<void(AttachmentWorker &)> &work);

    std::atomic<bool> m_isStopped = false;
    QThread m_thread;
    AttachmentWorker *m_worker; ///< On m_thread, and gone with it.
};

} // namespace fieldfare::app
