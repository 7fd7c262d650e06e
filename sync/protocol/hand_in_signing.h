// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/protocol/messages.h"

#include <QtEndian>

namespace fieldfare::protocol {

/// The bytes that a device signs (Ed25519, RFC 8032) to hand in a part of its outbox: see core/changes/docs/quarantine.md.
/// The rolling hash stands for the content of all operations.
[[nodiscard]] inline QByteArray handInSigningBytes(const HandInRequest &request)
{
    const PushRequest &push = request.push;
    QByteArray bytes("fieldfare-hand-in-1\0", 20);
    const auto append = [&bytes](auto number) {
        char big[sizeof number];
        qToBigEndian(number, big);
        bytes.append(big, sizeof number);
    };
    bytes += push.device.toBytes();
    append(quint32(push.incarnation));
    append(quint64(push.epoch));
    append(quint64(push.operations.empty() ? 0 : push.operations.front().name.n));
    append(quint64(push.operations.empty() ? 0 : push.operations.back().name.n));
    bytes += push.rolling;
    bytes += request.isLast ? '\1' : '\0';
    append(qint64(push.clock.bootMs));
    bytes += push.clock.bootId;
    return bytes;
}

} // namespace fieldfare::protocol
