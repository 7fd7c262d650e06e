// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/net/device_account.h"

#include <QCborArray>
#include <QCborValue>

namespace fieldfare::net {

using base::ErrorCode;
using base::Result;

DeviceAccount DeviceAccount::clone() const
{
    return {address, device, user, deviceName, key.clone(), deviceNumber, accessToken, refreshToken};
}

QByteArray DeviceAccount::toBytes() const
{
    QCborArray pins;
    for (const QByteArray &pin : address.pins)
        pins.append(pin);
    const QCborArray array{1, address.url.toString(), pins, address.authorityPem, device.toBytes(), user, deviceName,
                           key.seed().view().toByteArray(), deviceNumber, accessToken, refreshToken};
    return QCborValue(array).toCbor();
}

Result<DeviceAccount> DeviceAccount::fromBytes(const QByteArray &bytes)
{
    const QCborArray array = QCborValue::fromCbor(bytes).toArray();
    if (array.size() != 11 || array.at(0).toInteger() != 1)
        return {ErrorCode::FileDamaged, QStringLiteral("the device's account cannot be read")};
    FIELDFARE_ASSIGN(DeviceKey key, DeviceKey::fromSeed(array.at(7).toByteArray()));
    ServerAddress address;
    address.url = QUrl(array.at(1).toString());
    for (const QCborValue &pin : array.at(2).toArray())
        address.pins.insert(pin.toByteArray());
    address.authorityPem = array.at(3).toByteArray();
    return DeviceAccount{std::move(address), base::Id::fromBytes(array.at(4).toByteArray()), array.at(5).toString(),
                         array.at(6).toString(), std::move(key), int(array.at(8).toInteger()), array.at(9).toString(),
                         array.at(10).toString()};
}

} // namespace fieldfare::net
