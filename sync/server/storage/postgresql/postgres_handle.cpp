// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/postgresql/postgres_handle.h"

#include "sync/server/storage/postgresql/postgres_error.h"

#include <libpq-fe.h>

#include <vector>

namespace fieldfare::server {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr int kOldestVersion = 130000; // pg_current_xact_id()

/// What the address may set otherwise: libpq takes the last of several values of a name.
constexpr std::pair<const char *, const char *> kBefore[] = {
    {"connect_timeout", "5"}, {"keepalives_idle", "20"}, {"keepalives_interval", "5"}, {"keepalives_count", "3"}, {"tcp_user_timeout", "30000"},
};
constexpr std::pair<const char *, const char *> kAfter[] = {
    {"client_encoding", "UTF8"}, {"fallback_application_name", "fieldfare-server"},
};
constexpr const char *kSession = "SET idle_in_transaction_session_timeout='15s'; SET lock_timeout='30s'; SET client_min_messages=warning";

/// libpq tells no SQLSTATE of a connection that was refused; a wrong password or name would be refused again.
bool isRefusedForGood(const QByteArray &sentence)
{
    return sentence.contains("authentication failed") || sentence.contains("no pg_hba.conf entry") || sentence.contains("does not exist") ||
           sentence.contains("no password supplied") || sentence.contains("certificate");
}

} // namespace

void PostgresCloser::operator()(pg_conn *connection) const
{
    PQfinish(connection);
}

void PostgresCloser::operator()(pg_result *result) const
{
    PQclear(result);
}

Result<PostgresHandle> connectPostgres(const PostgresUrl &url)
{
    std::vector<const char *> names;
    std::vector<const char *> values;
    const auto add = [&](const char *name, const char *value) {
        names.push_back(name);
        values.push_back(value);
    };
    for (const auto &[name, value] : kBefore)
        add(name, value);
    for (const PostgresUrl::Option &option : url.options())
        add(option.name.constData(), option.value.constData());
    for (const auto &[name, value] : kAfter)
        add(name, value);
    add(nullptr, nullptr);
    PostgresHandle handle(PQconnectdbParams(names.data(), values.data(), 0));
    if (handle == nullptr || PQstatus(handle.get()) != CONNECTION_OK) {
        const QByteArray sentence = handle != nullptr ? QByteArray(PQerrorMessage(handle.get())) : QByteArray("no memory");
        return Error{isRefusedForGood(sentence) ? ErrorCode::PermissionDenied : ErrorCode::ServerBusy,
                     QStringLiteral("the database cannot be reached: %1").arg(QString::fromUtf8(sentence).simplified())};
    }
    if (PQserverVersion(handle.get()) < kOldestVersion)
        return Error{ErrorCode::Unsupported, QStringLiteral("PostgreSQL 13 or newer is wanted, not %1").arg(PQserverVersion(handle.get()) / 10000)};
    PQsetNoticeProcessor(handle.get(), [](void *, const char *) {}, nullptr); // it would print them; what matters comes as a result
    const PostgresResult set(PQexec(handle.get(), kSession));
    if (PQresultStatus(set.get()) != PGRES_COMMAND_OK)
        return postgresError(handle.get(), set.get(), QStringLiteral("setting up a connection"));
    return handle;
}

} // namespace fieldfare::server
