// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/accounts/accounts.h"

#include <QJsonArray>
#include <QJsonObject>

namespace fieldfare::app {

/// `user add|change|list|disable|enable|password|code` as one JSON object: {"command","name","role","team","salt","hash","n","r","p","stolen","days"},
/// the hash being made where the password is known, so that no password crosses the socket. The answer is {"users":[...]}, where a new
/// sign-in code is the user's "code" (secret: for whoever asked, and into no log), or {"error","detail","arguments"}.
struct UserCommand {
    QString command; ///< add, change, list, disable, enable, password, code
    QString name;
    std::optional<QString> role; ///< add, change; empty: as it is.
    std::optional<QString> team;
    std::optional<server::PasswordHash> password; ///< add, password. None for add: a sign-in code is made.
    bool isStolen = false; ///< disable: with its devices.
    int days = server::SignInCodes::kUsualDays; ///< add, code: how long the sign-in code works.
};

[[nodiscard]] QJsonObject toJson(const UserCommand &command);
/// ProtocolViolation when it is none.
[[nodiscard]] base::Result<UserCommand> userCommandFromJson(const QJsonObject &object);

[[nodiscard]] QJsonObject toJson(const server::UserSummary &user);
[[nodiscard]] QJsonObject toJson(const base::Error &error);
/// The list of that name in an answer, or its error.
[[nodiscard]] base::Result<QJsonArray> listFromJson(const QJsonObject &answer, const QString &name);

/// Inside the storage's write().
[[nodiscard]] base::Result<QJsonObject> runUserCommand(server::Accounts &accounts, const UserCommand &command);

} // namespace fieldfare::app
