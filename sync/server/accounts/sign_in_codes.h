// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "sync/server/storage/sign_in_code_store.h"

#include <QString>

namespace fieldfare::server {

/// A code that signs in one device instead of password and second factor, once, within some days: for accounts whose owners have
/// no password yet, and for who has forgotten it (sync/server/docs/accounts.md). An account has one at most. Counts no wrong
/// tries: Accounts does. Every function is called inside a transaction on the connection's thread. Does not own what it refers to.
class SignInCodes {
public:
    static constexpr int kUsualDays = 7;
    static constexpr int kMostDays = 90;

    SignInCodes(storage::Connection &connection, const base::Clock &clock, base::RandomSource &random)
        : m_store(connection), m_clock(clock), m_random(random)
    {
    }

    /// Instead of the one there is. Nobody can be told it a second time. InvalidArgument for days out of 1 to kMostDays.
    [[nodiscard]] base::Result<QString> begin(const base::Id &user, int days);
    /// Whether this is the account's code, and its time is not over. Blanks and hyphens do not matter.
    [[nodiscard]] base::Result<bool> isRight(const base::Id &user, const QString &typed);
    /// It was used, or is not to be used any more. Nothing without one.
    [[nodiscard]] base::Result<void> remove(const base::Id &user) { return m_store.remove(user); }

private:
    SignInCodeStore m_store;
    const base::Clock &m_clock;
    base::RandomSource &m_random;
};

} // namespace fieldfare::server
