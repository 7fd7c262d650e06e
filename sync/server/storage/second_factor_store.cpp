// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/second_factor_store.h"

#include "sync/server/storage/id_binding.h"

namespace fieldfare::server {

using base::Id;
using base::Result;
using storage::Statement;
using storage::StatementReset;

Result<std::optional<SecondFactorRecord>> SecondFactorStore::find(const Id &user)
{
    Statement &query = m_connection.statement(QLatin1StringView("SELECT secret, active, last_step, begun_at FROM second_factors WHERE user=?1"));
    const StatementReset reset(query);
    bindId(query, 1, user);
    FIELDFARE_ASSIGN(const bool found, query.step());
    if (!found)
        return std::optional<SecondFactorRecord>();
    return std::optional<SecondFactorRecord>({user, query.blob(0), query.int64(1) != 0, query.int64(2), query.int64(3)});
}

Result<void> SecondFactorStore::put(const SecondFactorRecord &record)
{
    Statement &put = m_connection.statement(
        QLatin1StringView("INSERT INTO second_factors(user, secret, active, last_step, begun_at) VALUES(?1,?2,?3,?4,?5) "
                          "ON CONFLICT(user) DO UPDATE SET secret=?2, active=?3, last_step=?4, begun_at=?5"));
    bindId(put, 1, record.user);
    put.bindBlob(2, record.secret);
    put.bind(3, record.active);
    put.bind(4, qint64(record.lastStep));
    put.bind(5, qint64(record.begunAt));
    return put.run();
}

Result<void> SecondFactorStore::remove(const Id &user)
{
    FIELDFARE_TRY(removeRecoveryCodes(user));
    Statement &remove = m_connection.statement(QLatin1StringView("DELETE FROM second_factors WHERE user=?1"));
    bindId(remove, 1, user);
    return remove.run();
}

Result<void> SecondFactorStore::removeRecoveryCodes(const Id &user)
{
    Statement &remove = m_connection.statement(QLatin1StringView("DELETE FROM recovery_codes WHERE user=?1"));
    bindId(remove, 1, user);
    return remove.run();
}

Result<void> SecondFactorStore::putRecoveryCodes(const Id &user, const std::vector<QByteArray> &hashes)
{
    FIELDFARE_TRY(removeRecoveryCodes(user));
    for (const QByteArray &hash : hashes) {
        Statement &put = m_connection.statement(QLatin1StringView("INSERT INTO recovery_codes(user, hash) VALUES(?1,?2)"));
        bindId(put, 1, user);
        put.bindBlob(2, hash);
        FIELDFARE_TRY(put.run());
    }
    return {};
}

Result<bool> SecondFactorStore::takeRecoveryCode(const Id &user, const QByteArray &hash)
{
    FIELDFARE_ASSIGN(const int before, recoveryCodesLeft(user));
    Statement &take = m_connection.statement(QLatin1StringView("DELETE FROM recovery_codes WHERE user=?1 AND hash=?2"));
    bindId(take, 1, user);
    take.bindBlob(2, hash);
    FIELDFARE_TRY(take.run());
    FIELDFARE_ASSIGN(const int after, recoveryCodesLeft(user));
    return after < before;
}

Result<int> SecondFactorStore::recoveryCodesLeft(const Id &user)
{
    Statement &query = m_connection.statement(QLatin1StringView("SELECT count(*) FROM recovery_codes WHERE user=?1"));
    const StatementReset reset(query);
    bindId(query, 1, user);
    FIELDFARE_TRY(query.step());
    return int(query.int64(0));
}

} // namespace fieldfare::server
