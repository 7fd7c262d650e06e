// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/accounts/accounts.h"

#include <QJsonObject>

namespace fieldfare::app {

/// `user second-factor NAME begin|confirm CODE|remove|codes` as one JSON object: {"second_factor","name","code"}. The answer is
/// {"user","name","active"} with "uri" after begin and "recovery_codes" after confirm and codes, or {"error","detail","arguments"}.
/// What `begin`, `confirm` and `codes` answer is secret: it goes to whoever asked, and into no log.
struct SecondFactorCommand {
    QString command; ///< begin, confirm, remove, codes
    QString name;
    QString code = {}; ///< confirm

    [[nodiscard]] static bool isKnown(const QString &command);
};

[[nodiscard]] QJsonObject toJson(const SecondFactorCommand &command);
/// ProtocolViolation when it is none.
[[nodiscard]] base::Result<SecondFactorCommand> secondFactorCommandFromJson(const QJsonObject &object);

/// Inside the storage's write().
[[nodiscard]] base::Result<QJsonObject> runSecondFactorCommand(server::SqlServerStorage &storage, server::Accounts &accounts, const SecondFactorCommand &command);

} // namespace fieldfare::app
