// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "sync/server/merge/merger_mutants.h"
#include "sync/server/merge/server_storage.h"

namespace fieldfare::server {

/// What devices of disabled accounts hand in (core/changes/docs/quarantine.md): taken once, kept until an administrator decides
/// through Merger::decideHandedIn(). The caller holds the write transaction and commits before the reply leaves. Free of SQL and
/// sockets; does not own the storage.
class Quarantine {
public:
    // Bounds of what waits: a decision makes room.
    static constexpr std::int64_t kMostOperations = 10'000;             ///< Of a device.
    static constexpr std::int64_t kMostBytes = 16 * 1024 * 1024;        ///< Of a device.
    static constexpr std::int64_t kMostBytesInAll = 256 * 1024 * 1024;

    Quarantine(ServerStorage &storage, const base::Clock &clock, MergerMutants mutants = {}, std::int64_t mostBytesInAll = kMostBytesInAll)
        : m_storage(storage), m_clock(clock), m_mutants(mutants), m_mostBytesInAll(mostBytesInAll)
    {
    }

    /// Takes a part. The caller has seen that the device signed it. DeviceRevoked; ServerBusy while others fill the quarantine.
    [[nodiscard]] base::Result<protocol::HandInReply> take(const protocol::HandInRequest &request);

    /// The content without what a person wrote: nothing of an erased record is kept.
    [[nodiscard]] static base::Result<QByteArray> withoutValues(const QByteArray &content);

    /// The account was disabled anew.
    [[nodiscard]] base::Result<void> reopen(const base::Id &device);
    /// Not revoked, and has not done so since the account was disabled.
    [[nodiscard]] base::Result<bool> mayHandIn(const base::Id &device);

private:
    [[nodiscard]] static std::int64_t bytesOf(const std::vector<QuarantinedOperation> &fresh);
    [[nodiscard]] base::Result<bool> fits(const base::Id &device, const std::vector<QuarantinedOperation> &fresh);
    [[nodiscard]] base::Result<void> hasRoomForAll(const std::vector<QuarantinedOperation> &fresh);

    ServerStorage &m_storage;
    const base::Clock &m_clock;
    MergerMutants m_mutants;
    std::int64_t m_mostBytesInAll;
};

} // namespace fieldfare::server
