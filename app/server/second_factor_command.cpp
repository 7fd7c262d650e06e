// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/admin_call.h"
#include "app/server/qr_text.h"
#include "app/server/second_factor_commands.h"
#include "app/server/user_commands.h"
#include "core/base/platform.h"

namespace fieldfare::app {

using base::Result;

namespace {

Result<QJsonObject> run(const SecondFactorOptions &options)
{
    const SecondFactorCommand command{options.command, options.name, options.code};
    FIELDFARE_ASSIGN(const QJsonObject answer, adminCall(options, toJson(command), [&](StoreSession &session) {
                         return runSecondFactorCommand(*session.storage, *session.accounts, command);
                     }));
    FIELDFARE_TRY(listFromJson(answer, QStringLiteral("recovery_codes"))); // what went wrong, if anything did
    return answer;
}

} // namespace

/// Secrets go to standard output and nowhere else.
int runSecondFactor(const SecondFactorOptions &options, const Console &console)
{
    const auto answer = run(options);
    if (!answer.ok())
        return console.failure(answer.error());
    const QString name = answer->value(QStringLiteral("name")).toString();
    if (options.command == QLatin1StringView("begin")) {
        const QString uri = answer->value(QStringLiteral("uri")).toString();
        console.result(base::platform::standardOutputIsTerminal() ? qrForTerminal(uri) + uri : uri, *answer);
        console.message(QStringLiteral("Give it to an authenticator app. Sign-ins ask %1 for a code once a first one was right: fieldfare-server user second-factor %1 confirm CODE").arg(name));
    } else if (options.command == QLatin1StringView("remove")) {
        console.result(QStringLiteral("%1 signs in with the password alone.").arg(name), *answer);
    } else {
        QStringList codes;
        for (const QJsonValue &code : answer->value(QStringLiteral("recovery_codes")).toArray())
            codes.append(code.toString());
        console.result(codes.join(QLatin1Char('\n')), *answer);
        console.message(QStringLiteral("Recovery codes of %1, each for one sign-in without the app. They are not shown again: print them, or write them down.").arg(name));
    }
    return Done;
}

} // namespace fieldfare::app
