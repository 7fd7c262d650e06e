// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/accounts/accounts.h"
#include "sync/server/storage/server_database.h"

namespace fieldfare::app {

/// A store opened by a command without a running server: connection, merge and accounts in this thread.
struct StoreSession {
    std::unique_ptr<server::ServerDatabase> database;
    std::unique_ptr<storage::Connection> connection;
    std::unique_ptr<server::SqlServerStorage> storage;
    std::unique_ptr<server::Merger> merger;
    std::unique_ptr<server::TokenSigner> signer;
    std::unique_ptr<server::Accounts> accounts;

    [[nodiscard]] static base::Result<StoreSession> over(std::unique_ptr<server::ServerDatabase> database, const base::Clock &clock,
                                                         base::RandomSource &random);
};

/// The signer of the store's access tokens.
[[nodiscard]] base::Result<server::TokenSigner> tokenSigner(const server::ServerDatabase &database, const base::Clock &clock);

} // namespace fieldfare::app
