// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/sign_in_code_store.h"

#include "sync/server/storage/id_binding.h"

namespace fieldfare::server {

using base::Id;
using base::Result;
using storage::Statement;
using storage::StatementReset;

Result<std::optional<SignInCodeRecord>> SignInCodeStore::find(const Id &user)
{
    Statement &query = m_connection.statement(QLatin1StringView("SELECT hash, expires_at FROM sign_in_codes WHERE user=?1"));
    const StatementReset reset(query);
    bindId(query, 1, user);
    FIELDFARE_ASSIGN(const bool found, query.step());
    return found ? std::optional<SignInCodeRecord>({user, query.blob(0), query.int64(1)}) : std::nullopt;
}

Result<void> SignInCodeStore::put(const SignInCodeRecord &record)
{
    Statement &put = m_connection.statement(
        QLatin1StringView("INSERT INTO sign_in_codes(user, hash, expires_at) VALUES(?1,?2,?3) "
                          "ON CONFLICT(user) DO UPDATE SET hash=excluded.hash, expires_at=excluded.expires_at"));
    bindId(put, 1, record.user);
    put.bindBlob(2, record.hash);
    put.bind(3, qint64(record.expiresAt));
    return put.run();
}

Result<void> SignInCodeStore::remove(const Id &user)
{
    Statement &remove = m_connection.statement(QLatin1StringView("DELETE FROM sign_in_codes WHERE user=?1"));
    bindId(remove, 1, user);
    return remove.run();
}

} // namespace fieldfare::server
