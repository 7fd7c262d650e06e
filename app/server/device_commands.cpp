// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/device_commands.h"

#include <QDateTime>
#include <QJsonArray>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

namespace {

/// What hinders the device, the final thing first.
QString stateOf(const server::DeviceSummary &device)
{
    if (device.revoked)
        return QStringLiteral("revoked");
    return device.userDisabled ? QStringLiteral("disabled") : QStringLiteral("active");
}

QJsonObject toJson(const server::DeviceSummary &device)
{
    return {{QStringLiteral("id"), device.number},
            {QStringLiteral("device"), device.device.toString()},
            {QStringLiteral("name"), device.name},
            {QStringLiteral("user"), device.userName},
            {QStringLiteral("last_contact"), QDateTime::fromMSecsSinceEpoch(device.lastContact, Qt::UTC).toString(Qt::ISODate)},
            {QStringLiteral("state"), stateOf(device)}};
}

} // namespace

QJsonObject toJson(const DeviceCommand &command)
{
    return {{QStringLiteral("device"), command.command}, {QStringLiteral("user"), command.user}, {QStringLiteral("id"), command.id}};
}

Result<DeviceCommand> deviceCommandFromJson(const QJsonObject &object)
{
    const DeviceCommand command{object.value(QStringLiteral("device")).toString(), object.value(QStringLiteral("user")).toString(),
                                object.value(QStringLiteral("id")).toInt()};
    if (!command.isRevoke() && command.command != QLatin1StringView("list"))
        return {ErrorCode::ProtocolViolation, QStringLiteral("no such command")};
    return command;
}

Result<QJsonObject> runDeviceCommand(server::Accounts &accounts, const DeviceCommand &command)
{
    QJsonArray lines;
    if (command.isRevoke()) {
        FIELDFARE_ASSIGN(const server::DeviceSummary device, accounts.revokeDevice(command.id));
        lines.append(toJson(device));
    } else {
        FIELDFARE_ASSIGN(const auto devices, accounts.devices(command.user));
        for (const server::DeviceSummary &device : devices)
            lines.append(toJson(device));
    }
    return QJsonObject{{QStringLiteral("devices"), lines}};
}

} // namespace fieldfare::app
