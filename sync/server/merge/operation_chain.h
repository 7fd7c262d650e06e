// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/merge/merger_mutants.h"
#include "sync/server/merge/server_storage.h"

namespace fieldfare::server {

/// What the server has of a device's operations (rule 1): those decided, and behind them those handed in that wait in the
/// quarantine. A push or a hand-in of another history is a clone's. Lives inside one transaction.
class OperationChain {
public:
    /// Of the operations of a request, by index.
    struct Hashes {
        std::vector<QByteArray> content;
        std::vector<QByteArray> rolling;
    };

    OperationChain(ServerStorage &storage, const DeviceRecord &device, const std::optional<HandIn> &handIn, const MergerMutants &mutants);

    /// The newest operation, decided or waiting.
    [[nodiscard]] std::uint64_t lastN() const { return m_lastN; }
    /// Compared before anything is decided or kept, at min(last n of the request, own last n) and at the request's end.
    /// `nextN` is the highest n with which the request may begin. Empty when all is well; Gap or Cloned else.
    [[nodiscard]] base::Result<std::optional<protocol::PushStatus>> check(const protocol::PushRequest &request, std::uint64_t nextN, Hashes *hashes);

private:
    [[nodiscard]] base::Result<QByteArray> rollingAt(std::uint64_t n);

    ServerStorage &m_storage;
    const DeviceRecord &m_device;
    const MergerMutants &m_mutants;
    std::uint64_t m_lastN = 0;
};

} // namespace fieldfare::server
