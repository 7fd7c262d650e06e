// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/store_session.h"

namespace fieldfare::app {

using base::Result;

Result<server::TokenSigner> tokenSigner(const server::ServerDatabase &database, const base::Clock &clock)
{
    FIELDFARE_ASSIGN(const QByteArray key, database.tokenKey());
    return server::TokenSigner(key, clock);
}

Result<StoreSession> StoreSession::over(std::unique_ptr<server::ServerDatabase> database, const base::Clock &clock,
                                        base::RandomSource &random)
{
    StoreSession session;
    session.database = std::move(database);
    const model::CatalogPointer &catalog = session.database->catalog();
    FIELDFARE_ASSIGN(session.connection, session.database->connect(server::ServerDatabase::Access::Write));
    FIELDFARE_ASSIGN(session.storage, server::SqlServerStorage::open(*session.connection, catalog));
    session.merger = std::make_unique<server::Merger>(*session.storage, catalog, clock);
    FIELDFARE_ASSIGN(const server::TokenSigner signer, tokenSigner(*session.database, clock));
    session.signer = std::make_unique<server::TokenSigner>(signer);
    session.accounts = std::make_unique<server::Accounts>(*session.storage, *session.merger, catalog, *session.signer, clock, random);
    return session;
}

} // namespace fieldfare::app
