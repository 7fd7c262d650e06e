// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/model/catalog.h"
#include "sync/server/merge/server_storage.h"

#include <map>

namespace fieldfare::server {

/// Test-only shortcuts.
struct PullerMutants {
    bool fixedUpperBound = false;       ///< 8: a fixed upper bound H for a paged pull
    bool noFloorCheck = false;          ///< 9: a cursor below the floor is served
};

/// Rules 8 and 9: pages of changes and of a first download. The caller holds one read snapshot around each call.
class Puller {
public:
    Puller(ServerStorage &storage, model::CatalogPointer catalog, const base::Clock &clock, PullerMutants mutants = {});

    base::Result<protocol::PullReply> pull(const protocol::PullRequest &request);
    /// Registers the live cursor (writes the device row: the caller holds a write transaction for this one).
    base::Result<protocol::DownloadStart> beginDownload(const base::Id &device);
    base::Result<protocol::DownloadPage> downloadPage(const protocol::DownloadRequest &request);
    base::Result<protocol::ChecksumReply> checksum();

private:
    ServerStorage &m_storage;
    model::CatalogPointer m_catalog;
    const base::Clock &m_clock;
    PullerMutants m_mutants;
    std::map<base::Id, changes::Version> m_fixedBounds; // mutant only
};

} // namespace fieldfare::server
