// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/admin_call.h"
#include "app/server/secret_input.h"
#include "app/server/user_commands.h"

namespace fieldfare::app {

using base::Result;

namespace {

Result<UserCommand> commandFor(const UserOptions &options, base::RandomSource &random)
{
    UserCommand command{options.command, options.name, options.role, options.team, {}, options.isStolen};
    if (options.command != QLatin1StringView("add"))
        return command;
    FIELDFARE_ASSIGN(const QString password, readPassword(options.name));
    FIELDFARE_TRY(server::checkPassword(password, options.name));
    FIELDFARE_ASSIGN(command.password, server::hashPassword(server::passwordBytes(password), server::PasswordCost(), random));
    return command;
}

Result<QJsonArray> run(const UserOptions &options)
{
    base::SystemRandom random;
    FIELDFARE_ASSIGN(const UserCommand command, commandFor(options, random));
    FIELDFARE_ASSIGN(const QJsonObject answer, adminCall(options, toJson(command), [&](StoreSession &session) { return runUserCommand(*session.accounts, command); }));
    return listFromJson(answer, QStringLiteral("users"));
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
        if (user.value(QStringLiteral("second_factor")).toBool())
            line += QStringLiteral("  second factor");
        if (user.value(QStringLiteral("disabled")).toBool())
            line += QStringLiteral("  disabled, %1 may still hand in").arg(user.value(QStringLiteral("may_hand_in")).toInt());
        console.result(line, user);
    }
    return Done;
}

} // namespace fieldfare::app
