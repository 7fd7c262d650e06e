// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/storage/connection.h"

#include <optional>
#include <vector>

namespace fieldfare::server {

/// A password as it is kept: scrypt (RFC 7914) with the parameters it was made with.
struct PasswordHash {
    QByteArray salt;
    QByteArray hash;
    std::uint64_t n = 0;
    std::uint32_t r = 0;
    std::uint32_t p = 0;
};

/// The secret half of a user; the public half is the replicated record of the same id.
struct AccountRecord {
    base::Id user;
    QString name;       ///< As typed; found without regard to case.
    bool disabled = false;
    PasswordHash password;
    int failures = 0;              ///< Wrong passwords since the last right one.
    std::int64_t lockedUntil = 0;  ///< ms UTC
    std::int64_t createdAt = 0;    ///< ms UTC
};

/// What lets a device refresh its access. Tokens are kept as SHA-256 only.
struct DeviceKey {
    base::Id device;
    base::Id user;
    QByteArray publicKey;         ///< Ed25519, 32 bytes
    QByteArray refreshHash;
    QByteArray formerRefreshHash; ///< Of the token before; null when there is none.
    bool graceUsed = false;       ///< The former token was used once more.
    std::int64_t rotatedAt = 0;   ///< ms UTC
};

/// A device that signed in, for lists.
struct DeviceEntry {
    int number = 0; ///< Short, as in C-<device>-<n>.
    base::Id device;
    base::Id user;
    QString name;
    bool userDisabled = false;
    bool revoked = false;
    std::int64_t refreshedAt = 0; ///< ms UTC, when it last got tokens.
};

/// Tables that never leave the server: no entity of the catalog, no message carries them. The caller holds a transaction
/// around writes. Same thread and life as the connection.
class AccountStore {
public:
    explicit AccountStore(storage::Connection &connection) : m_connection(connection) {}

    /// Trimmed, NFC, case folded: what makes two names the same.
    [[nodiscard]] static QString foldedName(const QString &name);

    [[nodiscard]] base::Result<std::optional<AccountRecord>> find(const QString &name);
    [[nodiscard]] base::Result<std::optional<AccountRecord>> findByUser(const base::Id &user);
    [[nodiscard]] base::Result<std::vector<AccountRecord>> all();
    [[nodiscard]] base::Result<void> put(const AccountRecord &account);
    [[nodiscard]] base::Result<void> setFailures(const base::Id &user, int failures, std::int64_t lockedUntil);
    /// Also marks the user's devices, which the merge sees.
    [[nodiscard]] base::Result<void> setDisabled(const base::Id &user, bool disabled);

    [[nodiscard]] base::Result<std::optional<DeviceKey>> deviceKey(const base::Id &device);
    [[nodiscard]] base::Result<void> putDeviceKey(const DeviceKey &key);
    [[nodiscard]] base::Result<std::vector<base::Id>> devices(const base::Id &user);
    /// All that ever signed in, by number.
    [[nodiscard]] base::Result<std::vector<DeviceEntry>> enrolledDevices();

private:
    [[nodiscard]] base::Result<std::optional<AccountRecord>> one(storage::Statement &query);

    storage::Connection &m_connection;
};

} // namespace fieldfare::server
