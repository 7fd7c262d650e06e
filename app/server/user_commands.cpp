// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/user_commands.h"


namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

namespace {

QJsonValue bytesToJson(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray bytesFromJson(const QJsonValue &value)
{
    return QByteArray::fromBase64(value.toString().toLatin1());
}

/// Null: nothing was said, which is not the same as an empty text.
QJsonValue optionalToJson(const std::optional<QString> &text)
{
    return text ? QJsonValue(*text) : QJsonValue();
}

std::optional<QString> optionalFromJson(const QJsonValue &value)
{
    return value.isString() ? std::optional(value.toString()) : std::nullopt;
}

} // namespace

QJsonObject toJson(const UserCommand &command)
{
    return {{QStringLiteral("command"), command.command},
            {QStringLiteral("name"), command.name},
            {QStringLiteral("role"), optionalToJson(command.role)},
            {QStringLiteral("team"), optionalToJson(command.team)},
            {QStringLiteral("salt"), bytesToJson(command.password.salt)},
            {QStringLiteral("hash"), bytesToJson(command.password.hash)},
            {QStringLiteral("n"), qint64(command.password.n)},
            {QStringLiteral("r"), qint64(command.password.r)},
            {QStringLiteral("p"), qint64(command.password.p)},
            {QStringLiteral("stolen"), command.isStolen}};
}

Result<UserCommand> userCommandFromJson(const QJsonObject &object)
{
    UserCommand command;
    command.command = object.value(QStringLiteral("command")).toString();
    command.name = object.value(QStringLiteral("name")).toString();
    command.role = optionalFromJson(object.value(QStringLiteral("role")));
    command.team = optionalFromJson(object.value(QStringLiteral("team")));
    command.password.salt = bytesFromJson(object.value(QStringLiteral("salt")));
    command.password.hash = bytesFromJson(object.value(QStringLiteral("hash")));
    command.password.n = std::uint64_t(object.value(QStringLiteral("n")).toInteger());
    command.password.r = std::uint32_t(object.value(QStringLiteral("r")).toInteger());
    command.password.p = std::uint32_t(object.value(QStringLiteral("p")).toInteger());
    command.isStolen = object.value(QStringLiteral("stolen")).toBool();
    if (command.command == QLatin1StringView("add")) {
        const server::PasswordCost dearest; // a hash that cannot be computed later would lock the user out
        const bool isSound = command.password.salt.size() >= 16 && command.password.hash.size() == 32
            && command.password.n == dearest.n && command.password.r == dearest.r && command.password.p == dearest.p;
        if (!isSound)
            return {ErrorCode::ProtocolViolation, QStringLiteral("malformed password hash")};
    } else if (!QStringList{QStringLiteral("list"), QStringLiteral("change"), QStringLiteral("disable"), QStringLiteral("enable")}.contains(command.command)) {
        return {ErrorCode::ProtocolViolation, QStringLiteral("no such command")};
    }
    return command;
}

QJsonObject toJson(const server::UserSummary &user)
{
    return {{QStringLiteral("id"), user.user.toString()},   {QStringLiteral("name"), user.name},
            {QStringLiteral("role"), user.role},            {QStringLiteral("team"), user.team},
            {QStringLiteral("disabled"), user.disabled},    {QStringLiteral("devices"), user.devices},
            {QStringLiteral("may_hand_in"), user.mayHandIn}, {QStringLiteral("second_factor"), user.hasSecondFactor}};
}

QJsonObject toJson(const base::Error &error)
{
    return {{QStringLiteral("error"), base::errorCodeName(error.code)},
            {QStringLiteral("detail"), error.detail},
            {QStringLiteral("arguments"), QJsonArray::fromStringList(error.arguments)}};
}

Result<QJsonArray> listFromJson(const QJsonObject &answer, const QString &name)
{
    if (!answer.contains(QStringLiteral("error")))
        return answer.value(name).toArray();
    base::Error error{base::errorCodeNamed(answer.value(QStringLiteral("error")).toString(), ErrorCode::ServerFailed),
                      answer.value(QStringLiteral("detail")).toString()};
    for (const QJsonValue &argument : answer.value(QStringLiteral("arguments")).toArray())
        error.arguments.append(argument.toString());
    return error;
}

Result<QJsonObject> runUserCommand(server::Accounts &accounts, const UserCommand &command)
{
    QJsonArray users;
    if (command.command == QLatin1StringView("add")) {
        FIELDFARE_ASSIGN(const auto user, accounts.add({command.name, command.role.value_or(QString()), command.team.value_or(QString()), command.password}));
        users.append(toJson(user));
    } else if (command.command == QLatin1StringView("change")) {
        FIELDFARE_ASSIGN(const auto user, accounts.change(command.name, command.role, command.team));
        users.append(toJson(user));
    } else if (command.command == QLatin1StringView("disable")) {
        FIELDFARE_ASSIGN(const auto user, accounts.disable(command.name, command.isStolen));
        users.append(toJson(user));
    } else if (command.command == QLatin1StringView("enable")) {
        FIELDFARE_ASSIGN(const auto user, accounts.enable(command.name));
        users.append(toJson(user));
    } else {
        FIELDFARE_ASSIGN(const auto all, accounts.list());
        for (const server::UserSummary &user : all)
            users.append(toJson(user));
    }
    return QJsonObject{{QStringLiteral("users"), users}};
}

} // namespace fieldfare::app
