// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/protocol/messages.h"

#include <QtEndian>

namespace fieldfare::protocol {

/// The bytes that a device signs (Ed25519, RFC 8032) to refresh its access: the text "fieldfare-refresh-1", a zero byte,
/// the device's id, atMs as eight bytes big endian, and the refresh token in UTF-8.
[[nodiscard]] inline QByteArray refreshSigningBytes(const RefreshRequest &request)
{
    QByteArray bytes("fieldfare-refresh-1\0", 20);
    bytes += request.device.toBytes();
    char number[8];
    qToBigEndian(qint64(request.atMs), number);
    bytes.append(number, 8);
    return bytes + request.refreshToken.toUtf8();
}

} // namespace fieldfare::protocol
