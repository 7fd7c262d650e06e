// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/admin_call.h"
#include "app/server/right_commands.h"
#include "app/server/user_commands.h"

namespace fieldfare::app {

using base::Result;

namespace {

Result<QJsonArray> run(const RightOptions &options)
{
    FIELDFARE_ASSIGN(const RightCommand command, rightCommand(options.command, options.role, options.entity, options.said));
    FIELDFARE_ASSIGN(const QJsonObject answer, adminCall(options, toJson(command), [&](StoreSession &session) {
                         return runRightCommand(*session.storage, *session.merger, session.accounts->audit(), session.database->catalog(), command);
                     }));
    return listFromJson(answer, QStringLiteral("rights"));
}

} // namespace

int runRight(const RightOptions &options, const Console &console)
{
    const auto rights = run(options);
    if (!rights.ok())
        return console.failure(rights.error());
    const auto yesNo = [](const QJsonValue &value) { return value.toBool() ? QStringLiteral("yes") : QStringLiteral("no"); };
    for (const QJsonValue &value : *rights) {
        const QJsonObject right = value.toObject();
        console.result(QStringLiteral("%1  %2  edit %3, remove %4, create %5, export %6")
                           .arg(right.value(QStringLiteral("role")).toString(), right.value(QStringLiteral("entity")).toString(), right.value(QStringLiteral("edit")).toString(),
                                right.value(QStringLiteral("remove")).toString(), yesNo(right.value(QStringLiteral("create"))), yesNo(right.value(QStringLiteral("export")))),
                       right);
    }
    return Done;
}

} // namespace fieldfare::app
