// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/accounts/accounts.h"

#include <QJsonObject>

namespace fieldfare::app {

/// `device list [--user NAME] | revoke ID` as one JSON object: {"device","user","id"}. The answer is
/// {"devices":[{"id","device","name","user","last_contact","state"}...]} or {"error","detail","arguments"}.
struct DeviceCommand {
    QString command;   ///< list, revoke
    QString user = {}; ///< list: whose; empty: everybody's.
    int id = 0;        ///< revoke: the short number, as in C-<device>-<n>.

    [[nodiscard]] bool isRevoke() const { return command == QLatin1StringView("revoke"); }
};

[[nodiscard]] QJsonObject toJson(const DeviceCommand &command);
/// ProtocolViolation when it is none.
[[nodiscard]] base::Result<DeviceCommand> deviceCommandFromJson(const QJsonObject &object);

/// Inside the storage's write().
[[nodiscard]] base::Result<QJsonObject> runDeviceCommand(server::Accounts &accounts, const DeviceCommand &command);

} // namespace fieldfare::app
