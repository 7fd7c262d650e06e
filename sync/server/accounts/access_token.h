// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/result.h"

namespace fieldfare::server {

/// Whom a request comes from.
struct Session {
    base::Id device;
    base::Id user;
    std::int64_t expiresAt = 0; ///< ms UTC
};

/// Access tokens: base64url of (version 1, device, user, expiry) and HMAC-SHA-256 under a key of the store. Nothing is
/// kept for them, so that a restart signs nobody out and a socket thread can check one without the database. Whether the
/// user or device was barred meanwhile is asked there. Immutable; any thread.
class TokenSigner {
public:
    static constexpr std::int64_t kLifetimeMs = 15 * 60 * 1000;

    TokenSigner(QByteArray key, const base::Clock &clock) : m_key(std::move(key)), m_clock(clock) {}

    struct Issued {
        QString token;
        std::int64_t expiresAt = 0;
    };
    [[nodiscard]] Issued issue(const base::Id &device, const base::Id &user) const;
    /// SignInFailed when it is malformed, of another server, or over.
    [[nodiscard]] base::Result<Session> check(QByteArrayView token) const;

private:
    QByteArray m_key;
    const base::Clock &m_clock;
};

} // namespace fieldfare::server
