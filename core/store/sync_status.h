// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QObject>
#include <QString>

namespace fieldfare::store {

/// Where the link to the server stands, as a person is told.
struct LinkState {
    enum class Link {
        StandAlone,   ///< The profile has no server: nothing is ever waiting.
        NeverSynced,
        Offline,
        Syncing,
        Synced,
        SignInNeeded, ///< Nothing is sent until the user signs in again.
        Paused,
        Failed,       ///< `error` says why; it is tried again by itself.
    };
    Link link = Link::StandAlone;
    QString server;            ///< Host name, for words.
    qint64 lastSyncedAt = 0;   ///< ms UTC; 0: never
    qint64 offlineSince = 0;   ///< ms UTC; 0: not offline
    int done = 0;              ///< While syncing: so many operations or records
    int total = 0;             ///< of so many; 0 when not known.
    base::Error error = {};    ///< With Failed and SignInNeeded.
    QString offeredRecoveryKey = {}; ///< Fingerprint of another recovery key of the company that nobody accepted here (recovery.md).
    friend bool operator==(const LinkState &, const LinkState &) = default;
};

/// The state of sync as the desktop sees it: ui knows this class only, composition implements it over the engine. Lives on
/// the UI thread; nothing here waits. Counts of what waits are the store's (StateCounts), not the link's.
class SyncStatus : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] virtual LinkState state() const = 0;
    /// Starts a session unless one runs or the profile stands alone.
    virtual void syncNow() = 0;
    virtual void setPaused(bool paused) = 0;

Q_SIGNALS:
    void changed();
    /// A session ended; what it did.
    void finished(int sent, int received, int conflicts, int refused);
};

/// The status of a profile without a server.
class StandAloneStatus final : public SyncStatus {
    Q_OBJECT
public:
    using SyncStatus::SyncStatus;
    [[nodiscard]] LinkState state() const override { return {}; }
    void syncNow() override {}
    void setPaused(bool) override {}
};

} // namespace fieldfare::store
