// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/second_factor_commands.h"

#include "sync/server/accounts/one_time_code.h"
#include "sync/server/storage/server_schema.h"

#include <QJsonArray>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

bool SecondFactorCommand::isKnown(const QString &command)
{
    return QStringList{QStringLiteral("begin"), QStringLiteral("confirm"), QStringLiteral("remove"), QStringLiteral("codes")}.contains(command);
}

QJsonObject toJson(const SecondFactorCommand &command)
{
    return {{QStringLiteral("second_factor"), command.command}, {QStringLiteral("name"), command.name}, {QStringLiteral("code"), command.code}};
}

Result<SecondFactorCommand> secondFactorCommandFromJson(const QJsonObject &object)
{
    const SecondFactorCommand command{object.value(QStringLiteral("second_factor")).toString(), object.value(QStringLiteral("name")).toString(),
                                      object.value(QStringLiteral("code")).toString()};
    if (!SecondFactorCommand::isKnown(command.command))
        return {ErrorCode::ProtocolViolation, QStringLiteral("no such command")};
    return command;
}

Result<QJsonObject> runSecondFactorCommand(server::SqlServerStorage &storage, server::Accounts &accounts, const SecondFactorCommand &command)
{
    FIELDFARE_ASSIGN(const server::UserSummary user, accounts.userNamed(command.name));
    server::SecondFactors &factors = accounts.secondFactors();
    QJsonObject answer{{QStringLiteral("user"), user.user.toString()}, {QStringLiteral("name"), user.name}};
    if (command.command == QLatin1StringView("begin")) {
        FIELDFARE_ASSIGN(const QByteArray secret, factors.begin(user.user));
        FIELDFARE_ASSIGN(const QString company, server::ServerMeta(storage.connection()).text(server::ServerMeta::kCompanyName));
        answer.insert(QStringLiteral("uri"), server::oneTimeUri(QStringLiteral("Fieldfare ") + company, user.name, secret));
    } else if (command.command == QLatin1StringView("confirm")) {
        FIELDFARE_ASSIGN(const QStringList codes, factors.confirm(user.user, command.code));
        answer.insert(QStringLiteral("recovery_codes"), QJsonArray::fromStringList(codes));
    } else if (command.command == QLatin1StringView("codes")) {
        FIELDFARE_ASSIGN(const QStringList codes, factors.renewRecoveryCodes(user.user));
        answer.insert(QStringLiteral("recovery_codes"), QJsonArray::fromStringList(codes));
    } else {
        FIELDFARE_TRY(factors.remove(user.user));
    }
    FIELDFARE_ASSIGN(const server::SecondFactorStanding standing, factors.standing(user.user));
    answer.insert(QStringLiteral("active"), standing.active);
    FIELDFARE_TRY(accounts.audit().note({QLatin1StringView(server::audit::kSecondFactor), {}, {}, 1,
                                         {{QStringLiteral("command"), command.command}, {QStringLiteral("user"), user.user.toString()}, {QStringLiteral("active"), standing.active}}}));
    return answer;
}

} // namespace fieldfare::app
