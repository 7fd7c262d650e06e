// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/admin_call.h"
#include "app/server/device_commands.h"
#include "app/server/user_commands.h"

namespace fieldfare::app {

using base::Result;

namespace {

Result<QJsonArray> run(const DeviceOptions &options)
{
    const DeviceCommand command{options.command, options.user, options.id};
    FIELDFARE_ASSIGN(const QJsonObject answer, adminCall(options, toJson(command), [&](StoreSession &session) { return runDeviceCommand(*session.accounts, command); }));
    return listFromJson(answer, QStringLiteral("devices"));
}

} // namespace

int runDevice(const DeviceOptions &options, const Console &console)
{
    const auto devices = run(options);
    if (!devices.ok())
        return console.failure(devices.error());
    for (const QJsonValue &value : *devices) {
        const QJsonObject device = value.toObject();
        const auto text = [&device](const char *name) { return device.value(QLatin1StringView(name)).toString(); };
        console.result(QStringLiteral("%1  %2  %3  last contact %4  %5").arg(device.value(QStringLiteral("id")).toInt()).arg(text("user"), text("name"), text("last_contact"), text("state")), device);
    }
    return Done;
}

} // namespace fieldfare::app
