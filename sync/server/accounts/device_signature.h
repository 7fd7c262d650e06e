// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace fieldfare::server {

inline constexpr qsizetype kPublicKeyBytes = 32;

/// Ed25519 (RFC 8032). False for a wrong signature, and for keys and signatures of a wrong size.
[[nodiscard]] bool isSignedByDevice(const QByteArray &publicKey, const QByteArray &message, const QByteArray &signature);

} // namespace fieldfare::server
