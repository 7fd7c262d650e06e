// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/storage/connection.h"

#include <optional>

namespace fieldfare::server {

struct SignInCodeRecord {
    base::Id user;
    QByteArray hash;
    std::int64_t expiresAt = 0; ///< ms UTC
};

/// The table of sign-in codes. As those of accounts it never leaves the server. The caller holds a transaction around writes. Same
/// thread and life as the connection.
class SignInCodeStore {
public:
    explicit SignInCodeStore(storage::Connection &connection) : m_connection(connection) {}

    [[nodiscard]] base::Result<std::optional<SignInCodeRecord>> find(const base::Id &user);
    /// Replaces the user's.
    [[nodiscard]] base::Result<void> put(const SignInCodeRecord &record);
    [[nodiscard]] base::Result<void> remove(const base::Id &user);

private:
    storage::Connection &m_connection;
};

} // namespace fieldfare::server
