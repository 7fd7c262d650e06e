// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/postgresql/postgres_url.h"

#include <libpq-fe.h>

#include <algorithm>
#include <memory>

namespace fieldfare::server {

using base::ErrorCode;
using base::Result;

namespace {

constexpr qsizetype kMostCharacters = 2000;

bool isThisMachine(const QByteArray &host)
{
    return host.isEmpty() || host.startsWith('/') || host == "localhost" || host == "::1" || host.startsWith("127.");
}

/// Several hosts stand behind each other, separated by commas.
bool areThisMachine(const QByteArray &hosts)
{
    const QList<QByteArray> list = hosts.split(',');
    return std::all_of(list.begin(), list.end(), [](const QByteArray &host) { return isThisMachine(host.trimmed()); });
}

base::Error wrong(const QString &why)
{
    return {ErrorCode::InvalidArgument, why};
}

} // namespace

Result<PostgresUrl> PostgresUrl::parse(const QString &text)
{
    const bool hasScheme = text.startsWith(QStringLiteral("postgres://")) || text.startsWith(QStringLiteral("postgresql://"));
    if (!hasScheme || text.size() > kMostCharacters)
        return wrong(QStringLiteral("--database wants postgres://USER@HOST/DATABASE"));
    char *said = nullptr;
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption *)> parsed(PQconninfoParse(text.toUtf8().constData(), &said), &PQconninfoFree);
    const std::unique_ptr<char, void (*)(void *)> message(said, &PQfreemem);
    if (parsed == nullptr) // what libpq says may repeat a part of the address
        return wrong(QStringLiteral("--database is no address of PostgreSQL: postgres://USER@HOST/DATABASE"));
    PostgresUrl url;
    url.m_text = text;
    for (const PQconninfoOption *option = parsed.get(); option->keyword != nullptr; ++option) {
        if (option->val == nullptr || *option->val == '\0')
            continue;
        const QByteArray name(option->keyword);
        if (name == "password" || name == "sslpassword") {
            return wrong(QStringLiteral("the address of the database holds a password, which everybody on this machine could read: leave it out, and put it into "
                                        "~/.pgpass, the file that PGPASSFILE names, or one that the address names with ?passfile=FILE (only its owner may read it)"));
        }
        url.m_options.append(Option{name, QByteArray(option->val)});
    }
    QByteArray hosts = url.option("host");
    if (!url.option("hostaddr").isEmpty())
        hosts += (hosts.isEmpty() ? "" : ",") + url.option("hostaddr");
    if (hosts.isEmpty())
        hosts = qgetenv("PGHOST");
    if (url.option("sslmode").isEmpty() && qEnvironmentVariableIsEmpty("PGSSLMODE") && !areThisMachine(hosts))
        url.m_options.append(Option{"sslmode", "verify-full"});
    return url;
}

QByteArray PostgresUrl::option(QByteArrayView name) const
{
    for (const Option &option : m_options) {
        if (option.name == name)
            return option.value;
    }
    return {};
}

} // namespace fieldfare::server
