// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "sync/server/storage/second_factor_store.h"

#include <QStringList>

namespace fieldfare::server {

/// How far a user's second factor has come.
struct SecondFactorStanding {
    bool begun = false;
    bool active = false;   ///< Sign-ins ask for a code.
    int recoveryCodes = 0; ///< That are left.
};

/// Second factors of accounts (sync/server/docs/accounts.md): a secret that an authenticator app makes one-time codes of, and
/// recovery codes for the day when the app is lost. Counts no wrong tries: Accounts does. Every function is called inside a
/// transaction on the connection's thread. Does not own what it refers to.
class SecondFactors {
public:
    static constexpr int kRecoveryCodes = 10;

    SecondFactors(storage::Connection &connection, const base::Clock &clock, base::RandomSource &random)
        : m_store(connection), m_clock(clock), m_random(random)
    {
    }

    [[nodiscard]] base::Result<SecondFactorStanding> standing(const base::Id &user);

    /// A new secret instead of one that was never confirmed. Sign-ins do not ask for it before confirm(): a code that was never
    /// scanned would lock its user out. AlreadyExists while one is active.
    [[nodiscard]] base::Result<QByteArray> begin(const base::Id &user);
    /// With a right code the factor is active; the recovery codes, which nobody can be told a second time. NotFound without a
    /// begun one, AlreadyExists when it is active, SecondFactorWrong.
    [[nodiscard]] base::Result<QStringList> confirm(const base::Id &user, const QString &code);
    /// New ones; the former work no more. NotFound without an active factor.
    [[nodiscard]] base::Result<QStringList> renewRecoveryCodes(const base::Id &user);
    /// Password alone from now on. NotFound.
    [[nodiscard]] base::Result<void> remove(const base::Id &user);

    /// Whether the code of the app, or a recovery code, is right; then it is used up. Blanks and hyphens do not matter. False
    /// without an active factor.
    [[nodiscard]] base::Result<bool> accept(const base::Id &user, const QString &code);

private:
    [[nodiscard]] base::Result<QStringList> makeRecoveryCodes(const base::Id &user);
    [[nodiscard]] base::Result<bool> acceptOneTimeCode(SecondFactorRecord record, const QString &code);

    SecondFactorStore m_store;
    const base::Clock &m_clock;
    base::RandomSource &m_random;
};

} // namespace fieldfare::server
