// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/model/catalog.h"
#include "sync/server/merge/scope.h"

#include <map>

namespace fieldfare::server {

/// Test-only shortcuts.
struct PullerMutants {
    bool fixedUpperBound = false;       ///< 8: a fixed upper bound H for a paged pull
    bool noFloorCheck = false;          ///< 9: a cursor below the floor is served
    bool sentByEntry = false;           ///< 7: what is sent follows the entry's label, not the row's
    bool enteredInPieces = false;       ///< 7: a row that comes into sight brings what is above the cursor
    bool scopeNotCompared = false;      ///< 7: another scope is taken over and the pull goes on
    bool downloadGoesOn = false;        ///< 7: a download goes on under another scope
    bool scopeByContent = false;        ///< 7: a scope is the same when it has the same labels
};

/// Rules 7 to 9: pages of changes and of a first download, of what the device's user sees. The caller holds one read snapshot
/// around each call. Requests of a program that knows nothing of scopes fail with ClientTooOld when the user does not see all.
class Puller {
public:
    Puller(ServerStorage &storage, model::CatalogPointer catalog, const base::Clock &clock, PullerMutants mutants = {});

    base::Result<protocol::PullReply> pull(const protocol::PullRequest &request);
    /// Registers the live cursor (writes the device row: the caller holds a write transaction for this one).
    base::Result<protocol::DownloadStart> beginDownload(const base::Id &device);
    base::Result<protocol::DownloadPage> downloadPage(const protocol::DownloadRequest &request);
    /// Over what the device's user sees; of a counter of 0, and nothing else, when the request's scope is not the present one.
    base::Result<protocol::ChecksumReply> checksum(const protocol::ChecksumRequest &request);

private:
    base::Result<changes::Version> contentOfScope(const DeviceRecord &device);
    base::Result<Scope> scopeOfDevice(const DeviceRecord &device);
    /// Empty when the request may be answered.
    base::Result<std::optional<protocol::PullStatus>> compare(const Scope &scope, const std::optional<changes::Version> &known) const;
    base::Result<void> fillPage(const protocol::PullRequest &request, const Scope &scope, protocol::PullReply &reply);
    base::Result<void> addChange(const ChangeEntry &entry, const Scope &scope, changes::Version cursor, protocol::PullReply &reply);

    ServerStorage &m_storage;
    model::CatalogPointer m_catalog;
    const base::Clock &m_clock;
    PullerMutants m_mutants;
    std::map<base::Id, changes::Version> m_fixedBounds; // mutant only
};

} // namespace fieldfare::server
