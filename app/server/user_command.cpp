// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/admin_socket.h"
#include "app/server/commands.h"
#include "app/server/secret_input.h"
#include "app/server/store_session.h"
#include "app/server/user_commands.h"
#include "core/storage/passphrase.h"

#include <QDir>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

namespace {

Result<UserCommand> commandFor(const UserOptions &options, base::RandomSource &random)
{
    UserCommand command{options.command, options.name, options.role, options.team, {}};
    if (options.command != QLatin1StringView("add"))
        return command;
    FIELDFARE_ASSIGN(const QString password, readPassword(options.name));
    FIELDFARE_TRY(server::checkPassword(password));
    FIELDFARE_ASSIGN(command.password, server::hashPassword(server::passwordBytes(password), server::PasswordCost(), random));
    return command;
}

Result<QJsonObject> runHere(const QString &folder, const UserOptions &options, const UserCommand &command, base::RandomSource &random)
{
    const base::SystemClock clock;
    FIELDFARE_ASSIGN(const QString passphrase, readPassphrase(options.secretFile, folder, false));
    FIELDFARE_ASSIGN(auto database, server::ServerDatabase::open(folder, storage::passphraseBytes(passphrase), model::Catalog::standard()));
    FIELDFARE_ASSIGN(const StoreSession session, StoreSession::over(std::move(database), clock, random));
    QJsonObject answer;
    FIELDFARE_TRY(session.storage->write([&]() -> Result<void> {
        FIELDFARE_ASSIGN(answer, runUserCommand(*session.accounts, command));
        return {};
    }));
    return answer;
}

Result<QJsonArray> run(const UserOptions &options)
{
    base::SystemRandom random;
    const QString folder = QDir(options.data).absolutePath();
    FIELDFARE_ASSIGN(const UserCommand command, commandFor(options, random));
    const auto answered = AdminSocket::call(folder, toJson(command));
    if (answered.ok())
        return usersFromJson(*answered);
    if (answered.error().code != ErrorCode::NotFound)
        return answered.error();
    FIELDFARE_ASSIGN(const QJsonObject answer, runHere(folder, options, command, random));
    return usersFromJson(answer);
}

} // namespace

int runUser(const UserOptions &options, const Console &console)
{
    const auto users = run(options);
    if (!users.ok())
        return console.failure(users.error());
    for (const QJsonValue &value : *users) {
        const QJsonObject user = value.toObject();
        QString line = QStringLiteral("%1  %2  %3  %4 devices")
                           .arg(user.value(QStringLiteral("name")).toString(), user.value(QStringLiteral("role")).toString(),
                                user.value(QStringLiteral("team")).toString())
                           .arg(user.value(QStringLiteral("devices")).toInt());
        if (user.value(QStringLiteral("disabled")).toBool())
            line += QStringLiteral("  disabled");
        console.result(line, user);
    }
    return Done;
}

} // namespace fieldfare::app
