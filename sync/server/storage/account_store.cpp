// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/account_store.h"

#include "sync/server/storage/id_binding.h"

namespace fieldfare::server {

using base::Id;
using base::Result;
using storage::Statement;
using storage::StatementReset;

namespace {

AccountRecord readAccount(const Statement &row)
{
    AccountRecord account;
    account.user = readId(row, 0);
    account.name = row.text(1);
    account.disabled = row.int64(2) != 0;
    account.password = {row.blob(3), row.blob(4), std::uint64_t(row.int64(5)), std::uint32_t(row.int64(6)),
                        std::uint32_t(row.int64(7))};
    account.failures = int(row.int64(8));
    account.lockedUntil = row.int64(9);
    account.createdAt = row.int64(10);
    return account;
}

} // namespace

QString AccountStore::foldedName(const QString &name)
{
    return name.normalized(QString::NormalizationForm_C).simplified().toCaseFolded();
}

Result<std::optional<AccountRecord>> AccountStore::one(Statement &query)
{
    const StatementReset reset(query);
    FIELDFARE_ASSIGN(const bool found, query.step());
    return found ? std::optional<AccountRecord>(readAccount(query)) : std::nullopt;
}

Result<std::optional<AccountRecord>> AccountStore::find(const QString &name)
{
    Statement &query = m_connection.statement(QLatin1StringView(
        "SELECT user, name, disabled, salt, hash, scrypt_n, scrypt_r, scrypt_p, failures, locked_until, created_at "
        "FROM accounts WHERE folded_name=?1"));
    query.bindText(1, foldedName(name));
    return one(query);
}

Result<std::optional<AccountRecord>> AccountStore::findByUser(const Id &user)
{
    Statement &query = m_connection.statement(QLatin1StringView(
        "SELECT user, name, disabled, salt, hash, scrypt_n, scrypt_r, scrypt_p, failures, locked_until, created_at "
        "FROM accounts WHERE user=?1"));
    bindId(query, 1, user);
    return one(query);
}

Result<std::vector<AccountRecord>> AccountStore::all()
{
    Statement &query = m_connection.statement(QLatin1StringView(
        "SELECT user, name, disabled, salt, hash, scrypt_n, scrypt_r, scrypt_p, failures, locked_until, created_at "
        "FROM accounts ORDER BY folded_name"));
    const StatementReset reset(query);
    std::vector<AccountRecord> accounts;
    for (;;) {
        FIELDFARE_ASSIGN(const bool found, query.step());
        if (!found)
            return accounts;
        accounts.push_back(readAccount(query));
    }
}

Result<void> AccountStore::put(const AccountRecord &account)
{
    Statement &put = m_connection.statement(QLatin1StringView(
        "INSERT INTO accounts(user, name, folded_name, disabled, salt, hash, scrypt_n, scrypt_r, scrypt_p, "
        "failures, locked_until, created_at) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12) "
        "ON CONFLICT(user) DO UPDATE SET name=?2, folded_name=?3, disabled=?4, salt=?5, hash=?6, scrypt_n=?7, scrypt_r=?8, scrypt_p=?9, "
        "failures=?10, locked_until=?11, created_at=?12"));
    bindId(put, 1, account.user);
    put.bindText(2, account.name);
    put.bindText(3, foldedName(account.name));
    put.bind(4, account.disabled);
    put.bindBlob(5, account.password.salt);
    put.bindBlob(6, account.password.hash);
    put.bind(7, qint64(account.password.n));
    put.bind(8, qint64(account.password.r));
    put.bind(9, qint64(account.password.p));
    put.bind(10, account.failures);
    put.bind(11, qint64(account.lockedUntil));
    put.bind(12, qint64(account.createdAt));
    return put.run();
}

Result<void> AccountStore::setFailures(const Id &user, int failures, std::int64_t lockedUntil)
{
    Statement &put = m_connection.statement(
        QLatin1StringView("UPDATE accounts SET failures=?2, locked_until=?3 WHERE user=?1"));
    bindId(put, 1, user);
    put.bind(2, failures);
    put.bind(3, qint64(lockedUntil));
    return put.run();
}

Result<void> AccountStore::setDisabled(const Id &user, bool disabled)
{
    Statement &account = m_connection.statement(QLatin1StringView("UPDATE accounts SET disabled=?2 WHERE user=?1"));
    bindId(account, 1, user);
    account.bind(2, disabled);
    FIELDFARE_TRY(account.run());
    Statement &devices = m_connection.statement(QLatin1StringView("UPDATE devices SET user_disabled=?2 WHERE user=?1"));
    bindId(devices, 1, user);
    devices.bind(2, disabled);
    return devices.run();
}

Result<std::optional<DeviceKey>> AccountStore::deviceKey(const Id &device)
{
    Statement &query = m_connection.statement(QLatin1StringView(
        "SELECT user, public_key, refresh_hash, former_refresh_hash, grace_used, rotated_at FROM device_keys WHERE device=?1"));
    const StatementReset reset(query);
    bindId(query, 1, device);
    FIELDFARE_ASSIGN(const bool found, query.step());
    if (!found)
        return std::optional<DeviceKey>();
    DeviceKey key;
    key.device = device;
    key.user = readId(query, 0);
    key.publicKey = query.blob(1);
    key.refreshHash = query.blob(2);
    key.formerRefreshHash = query.blob(3);
    key.graceUsed = query.int64(4) != 0;
    key.rotatedAt = query.int64(5);
    return std::optional<DeviceKey>(std::move(key));
}

Result<void> AccountStore::putDeviceKey(const DeviceKey &key)
{
    Statement &put = m_connection.statement(QLatin1StringView(
        "INSERT INTO device_keys(device, user, public_key, refresh_hash, former_refresh_hash, grace_used, rotated_at) "
        "VALUES(?1,?2,?3,?4,?5,?6,?7) ON CONFLICT(device) DO UPDATE SET user=?2, public_key=?3, refresh_hash=?4, former_refresh_hash=?5, "
        "grace_used=?6, rotated_at=?7"));
    bindId(put, 1, key.device);
    bindId(put, 2, key.user);
    put.bindBlob(3, key.publicKey);
    put.bindBlob(4, key.refreshHash);
    if (!key.formerRefreshHash.isNull())
        put.bindBlob(5, key.formerRefreshHash);
    put.bind(6, key.graceUsed);
    put.bind(7, qint64(key.rotatedAt));
    return put.run();
}

Result<std::vector<Id>> AccountStore::devices(const Id &user)
{
    Statement &query = m_connection.statement(QLatin1StringView("SELECT id FROM devices WHERE user=?1"));
    const StatementReset reset(query);
    bindId(query, 1, user);
    std::vector<Id> ids;
    for (;;) {
        FIELDFARE_ASSIGN(const bool found, query.step());
        if (!found)
            return ids;
        ids.push_back(readId(query, 0));
    }
}

Result<std::vector<DeviceEntry>> AccountStore::enrolledDevices()
{
    Statement &query = m_connection.statement(QLatin1StringView("SELECT d.no, d.id, k.user, d.name, d.user_disabled, d.revoked, k.rotated_at "
                                                                "FROM devices d JOIN device_keys k ON k.device=d.id ORDER BY d.no"));
    const StatementReset reset(query);
    std::vector<DeviceEntry> entries;
    for (;;) {
        FIELDFARE_ASSIGN(const bool found, query.step());
        if (!found)
            return entries;
        entries.push_back({int(query.int64(0)), readId(query, 1), readId(query, 2), query.text(3), query.int64(4) != 0, query.int64(5) != 0, query.int64(6)});
    }
}

} // namespace fieldfare::server
