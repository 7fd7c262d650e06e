// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/admin_call.h"
#include "app/server/secret_input.h"
#include "app/server/user_commands.h"
#include "app/server/user_list.h"

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

namespace {

Result<UserCommand> commandFor(const UserOptions &options, base::RandomSource &random)
{
    UserCommand command{options.command, options.name, options.role, options.team, {}, options.isStolen};
    if (options.days > 0)
        command.days = options.days;
    const bool setsPassword = (options.command == QLatin1StringView("add") && !options.withCode) || options.command == QLatin1StringView("password");
    if (!setsPassword)
        return command;
    FIELDFARE_ASSIGN(const QString password, readPassword(options.name));
    FIELDFARE_TRY(server::checkPassword(password, options.name));
    FIELDFARE_ASSIGN(command.password, server::hashPassword(server::passwordBytes(password), server::PasswordCost(), random));
    return command;
}

Result<QJsonArray> ask(AdminCalls &calls, const UserCommand &command)
{
    FIELDFARE_ASSIGN(const QJsonObject answer, calls.call(toJson(command), [&](StoreSession &session) { return runUserCommand(*session.accounts, command); }));
    return listFromJson(answer, QStringLiteral("users"));
}

void tell(const Console &console, const QJsonObject &user)
{
    QString line = QStringLiteral("%1  %2  %3  %4 devices")
                       .arg(user.value(QStringLiteral("name")).toString(), user.value(QStringLiteral("role")).toString(), user.value(QStringLiteral("team")).toString())
                       .arg(user.value(QStringLiteral("devices")).toInt());
    if (user.value(QStringLiteral("second_factor")).toBool())
        line += QStringLiteral("  second factor");
    if (user.value(QStringLiteral("disabled")).toBool())
        line += QStringLiteral("  disabled, %1 may still hand in").arg(user.value(QStringLiteral("may_hand_in")).toInt());
    if (user.contains(QStringLiteral("code")))
        line += QStringLiteral("  sign-in code, instead of a password, once: %1").arg(user.value(QStringLiteral("code")).toString());
    console.result(line, user);
}

/// Each account is made for itself. One that is there already is passed over, so that a list may be given again once what was
/// wrong in it is mended.
int import(const UserOptions &options, const Console &console)
{
    const auto list = readUserList(options.name);
    if (!list.ok())
        return console.failure(list.error());
    AdminCalls calls(options);
    int made = 0;
    int present = 0;
    int failed = 0;
    for (const ListedUser &user : *list) {
        UserCommand command{QStringLiteral("add"), user.name, user.role, user.team, {}};
        if (options.days > 0)
            command.days = options.days;
        const auto added = ask(calls, command);
        if (added.ok()) {
            ++made;
            tell(console, added->first().toObject());
        } else if (added.error().code == ErrorCode::AlreadyExists) {
            ++present;
        } else {
            ++failed;
            console.message(QStringLiteral("line %1, %2: %3").arg(user.line).arg(user.name, added.error().detail));
        }
    }
    console.message(QStringLiteral("%1 accounts made, %2 were there, %3 could not be made").arg(made).arg(present).arg(failed));
    return failed == 0 ? Done : Failed;
}

} // namespace

int runUser(const UserOptions &options, const Console &console)
{
    if (options.command == QLatin1StringView("import"))
        return import(options, console);
    base::SystemRandom random;
    const auto command = commandFor(options, random);
    if (!command.ok())
        return console.failure(command.error());
    AdminCalls calls(options);
    const auto users = ask(calls, *command);
    if (!users.ok())
        return console.failure(users.error());
    for (const QJsonValue &user : *users)
        tell(console, user.toObject());
    return Done;
}

} // namespace fieldfare::app
