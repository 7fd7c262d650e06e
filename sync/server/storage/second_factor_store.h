// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/storage/connection.h"

#include <optional>
#include <vector>

namespace fieldfare::server {

/// What a user's authenticator app knows, too.
struct SecondFactorRecord {
    base::Id user;
    QByteArray secret;
    bool active = false;       ///< A first right code was given. Until then sign-ins do not ask.
    std::int64_t lastStep = 0; ///< Of the newest code that was accepted; no code of this step or an earlier one is again.
    std::int64_t begunAt = 0;  ///< ms UTC
};

/// The tables of second factors. As those of accounts they never leave the server: no entity of the catalog, no message carries
/// them. The caller holds a transaction around writes. Same thread and life as the connection.
class SecondFactorStore {
public:
    explicit SecondFactorStore(storage::Connection &connection) : m_connection(connection) {}

    [[nodiscard]] base::Result<std::optional<SecondFactorRecord>> find(const base::Id &user);
    /// Replaces the user's.
    [[nodiscard]] base::Result<void> put(const SecondFactorRecord &record);
    /// With the recovery codes.
    [[nodiscard]] base::Result<void> remove(const base::Id &user);

    /// Replaces all that the user has.
    [[nodiscard]] base::Result<void> putRecoveryCodes(const base::Id &user, const std::vector<QByteArray> &hashes);
    /// Takes the code away; false when the user has no such code.
    [[nodiscard]] base::Result<bool> takeRecoveryCode(const base::Id &user, const QByteArray &hash);
    [[nodiscard]] base::Result<int> recoveryCodesLeft(const base::Id &user);

private:
    [[nodiscard]] base::Result<void> removeRecoveryCodes(const base::Id &user);

    storage::Connection &m_connection;
};

} // namespace fieldfare::server
