// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/commands.h"
#include "app/server/secret_input.h"
#include "core/storage/passphrase.h"
#include "sync/server/storage/server_database.h"
#include "sync/server/storage/store_check.h"

#include <QDir>
#include <QJsonArray>

namespace fieldfare::app {

using base::Result;
using server::ServerDatabase;

namespace {

Result<server::StoreCheck> verify(const ServerOptions &options)
{
    const QString folder = QDir(options.data).absolutePath();
    FIELDFARE_ASSIGN(const QString passphrase, readPassphrase(options.secretFile, folder, false));
    FIELDFARE_ASSIGN(const auto database,
                     ServerDatabase::open(folder, storage::passphraseBytes(passphrase), model::Catalog::standard()));
    FIELDFARE_ASSIGN(const auto connection, database->connect(ServerDatabase::Access::Write));
    return server::checkStore(*connection, *database->catalog());
}

} // namespace

int runVerify(const ServerOptions &options, const Console &console)
{
    const auto check = verify(options);
    if (!check.ok())
        return console.failure(check.error());
    const bool ok = check->problems.isEmpty();
    for (const QString &problem : check->problems)
        console.message(problem);
    console.result(QStringLiteral("%1: %2 pages, %3 rows, %4 operations of %5 devices.")
                       .arg(ok ? QStringLiteral("Sound") : QStringLiteral("%1 problems").arg(check->problems.size()))
                       .arg(check->pages).arg(check->rows).arg(check->operations).arg(check->devices),
                   {{QStringLiteral("ok"), ok},
                    {QStringLiteral("pages"), check->pages},
                    {QStringLiteral("rows"), check->rows},
                    {QStringLiteral("operations"), check->operations},
                    {QStringLiteral("devices"), check->devices},
                    {QStringLiteral("changes"), check->changes},
                    {QStringLiteral("problems"), QJsonArray::fromStringList(check->problems)}});
    return ok ? Done : Failed;
}

} // namespace fieldfare::app
