// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/net/device_key.h"
#include "sync/net/server_address.h"

#include "core/base/id.h"

namespace fieldfare::net {

/// What a device needs to talk to its server: where, which keys to expect, and its own credentials. Kept in the encrypted
/// profile as one setting. Move only, as it holds a key.
struct DeviceAccount {
    ServerAddress address;
    base::Id device;
    QString user; ///< Sign-in name, for enrolling anew and for the person.
    QString deviceName;
    DeviceKey key;
    int deviceNumber = 0; ///< Of the last enrolment, for C-<device>-<n>.
    QString accessToken;
    QString refreshToken;

    [[nodiscard]] DeviceAccount clone() const;
    /// CBOR array; holds secrets.
    [[nodiscard]] QByteArray toBytes() const;
    /// FileDamaged for anything else than toBytes() made.
    [[nodiscard]] static base::Result<DeviceAccount> fromBytes(const QByteArray &bytes);
};

/// The profile's setting that holds it.
inline constexpr const char *kAccountSetting = "sync.account";

} // namespace fieldfare::net
