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
    QJsonObject object{{QStringLiteral("command"), command.command},
                       {QStringLiteral("name"), command.name},
                       {QStringLiteral("role"), optionalToJson(command.role)},
                       {QStringLiteral("team"), optionalToJson(command.team)},
                       {QStringLiteral("stolen"), command.isStolen},
                       {QStringLiteral("days"), command.days}};
    if (command.password) {
        object.insert(QStringLiteral("salt"), bytesToJson(command.password->salt));
        object.insert(QStringLiteral("hash"), bytesToJson(command.password->hash));
        object.insert(QStringLiteral("n"), qint64(command.password->n));
        object.insert(QStringLiteral("r"), qint64(command.password->r));
        object.insert(QStringLiteral("p"), qint64(command.password->p));
    }
    return object;
}

namespace {

/// ProtocolViolation for one that could not be computed later: it would lock the user out.
Result<server::PasswordHash> hashFromJson(const QJsonObject &object)
{
    const server::PasswordHash hash{bytesFromJson(object.value(QStringLiteral("salt"))), bytesFromJson(object.value(QStringLiteral("hash"))),
                                    std::uint64_t(object.value(QStringLiteral("n")).toInteger()), std::uint32_t(object.value(QStringLiteral("r")).toInteger()),
                                    std::uint32_t(object.value(QStringLiteral("p")).toInteger())};
    const server::PasswordCost dearest;
    const bool isSound = hash.salt.size() >= 16 && hash.hash.size() == 32 && hash.n == dearest.n && hash.r == dearest.r && hash.p == dearest.p;
    if (!isSound)
        return {ErrorCode::ProtocolViolation, QStringLiteral("malformed password hash")};
    return hash;
}

/// With the code, which nobody can be told a second time.
Result<QJsonObject> codeFor(server::Accounts &accounts, const server::UserSummary &user, int days)
{
    FIELDFARE_ASSIGN(const QString code, accounts.makeSignInCode(user.name, days));
    QJsonObject object = toJson(user);
    object.insert(QStringLiteral("code"), code);
    return object;
}

} // namespace

Result<UserCommand> userCommandFromJson(const QJsonObject &object)
{
    UserCommand command;
    command.command = object.value(QStringLiteral("command")).toString();
    command.name = object.value(QStringLiteral("name")).toString();
    command.role = optionalFromJson(object.value(QStringLiteral("role")));
    command.team = optionalFromJson(object.value(QStringLiteral("team")));
    command.isStolen = object.value(QStringLiteral("stolen")).toBool();
    command.days = object.value(QStringLiteral("days")).toInt(server::SignInCodes::kUsualDays);
    if (object.contains(QStringLiteral("hash"))) {
        FIELDFARE_ASSIGN(command.password, hashFromJson(object));
    }
    const bool isKnown = QStringList{QStringLiteral("add"), QStringLiteral("list"), QStringLiteral("change"), QStringLiteral("disable"), QStringLiteral("enable"),
                                     QStringLiteral("password"), QStringLiteral("code")}.contains(command.command);
    if (!isKnown || (command.command == QLatin1StringView("password") && !command.password))
        return {ErrorCode::ProtocolViolation, QStringLiteral("no such command")};
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
        FIELDFARE_ASSIGN(const QJsonObject line, command.password ? Result<QJsonObject>(toJson(user)) : codeFor(accounts, user, command.days));
        users.append(line);
    } else if (command.command == QLatin1StringView("password")) {
        FIELDFARE_ASSIGN(const auto user, accounts.setPassword(command.name, *command.password));
        users.append(toJson(user));
    } else if (command.command == QLatin1StringView("code")) {
        FIELDFARE_ASSIGN(const auto user, accounts.userNamed(command.name));
        FIELDFARE_ASSIGN(const QJsonObject line, codeFor(accounts, user, command.days));
        users.append(line);
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
