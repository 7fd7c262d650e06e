// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/commands.h"

#include "app/server/secret_input.h"
#include "app/server/store_session.h"
#include "core/storage/passphrase.h"
#include "sync/server/accounts/company_seeds.h"
#include "sync/server/tls/certificate_authority.h"

#include <QDir>

namespace fieldfare::app {

using base::Result;
using server::ServerDatabase;

namespace {

Result<void> fill(StoreSession &session, const InitOptions &options, const server::PasswordHash &password)
{
    return session.storage->write([&]() -> Result<void> {
        FIELDFARE_TRY(server::seedCompany(*session.merger, *session.database->catalog()));
        FIELDFARE_TRY(session.accounts->add({options.admin, QStringLiteral("system_administrator"), QString(), password}));
        return {};
    });
}

struct Made {
    QByteArray fingerprint;
    QString authority;
};

Result<Made> init(const InitOptions &options)
{
    const base::SystemClock clock;
    base::SystemRandom random;
    const QString folder = QDir(options.data).absolutePath();
    std::optional<server::PostgresUrl> address;
    if (!options.database.isEmpty()) {
        FIELDFARE_ASSIGN(address, server::PostgresUrl::parse(options.database));
    }
    FIELDFARE_ASSIGN(const QString passphrase, readPassphrase(options.secretFile, folder, true));
    if (options.secretFile.isEmpty())
        FIELDFARE_TRY(storage::requireStrongPassphrase(passphrase));
    FIELDFARE_ASSIGN(const QString password, readPassword(options.admin));
    FIELDFARE_TRY(server::checkPassword(password, options.admin));
    FIELDFARE_ASSIGN(const server::PasswordHash hash,
                     server::hashPassword(server::passwordBytes(password), server::PasswordCost(), random));
    FIELDFARE_ASSIGN(auto database, ServerDatabase::create(folder, storage::passphraseBytes(passphrase), model::Catalog::standard(),
                                                           {options.company, options.currency}, clock, random, std::move(address)));
    auto session = StoreSession::over(std::move(database), clock, random);
    if (!session.ok())
        return session.error();
    auto filled = fill(*session, options, hash);
    auto authority = filled.ok() ? server::CertificateAuthority::create(folder, options.hosts, clock)
                                 : Result<server::CertificateAuthority>(filled.error());
    if (!authority.ok()) {
        // Half a server would only be in the way of the next try.
        database = std::move(session->database);
        *session = StoreSession();
        database->discard();
        return authority.error();
    }
    FIELDFARE_TRY(session->database->complete());
    return Made{authority->fingerprint(), authority->authorityPath()};
}

} // namespace

int runInit(const InitOptions &options, const Console &console)
{
    const auto made = init(options);
    if (!made.ok())
        return console.failure(made.error());
    const QString fingerprint = QString::fromLatin1(made->fingerprint);
    const QString care = options.database.isEmpty()
        ? QStringLiteral("Keep a copy of data.key and the passphrase apart: without them nobody can read the data.")
        : QStringLiteral("The data stands in PostgreSQL and is NOT encrypted there: whoever runs that database, or has its disk or its backups, can read it.\n"
                         "Keep a copy of this folder and the passphrase apart: without them no server can be started over the database.");
    console.result(QStringLiteral("Made %1 for %2, administrator %3.\nDevices ask for this certificate: %4\nIts fingerprint: %5\n%6")
                       .arg(options.data, options.company, options.admin, made->authority, fingerprint, care),
                   {{QStringLiteral("data"), options.data},
                    {QStringLiteral("admin"), options.admin},
                    {QStringLiteral("ca"), made->authority},
                    {QStringLiteral("fingerprint"), fingerprint}});
    return Done;
}

} // namespace fieldfare::app
