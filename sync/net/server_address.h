// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QSet>
#include <QString>
#include <QUrl>

namespace fieldfare::net {

/// Which server, and which keys it may show. A value; kept in the profile.
struct ServerAddress {
    QUrl url;              ///< "https://host:port", no path.
    QSet<QByteArray> pins; ///< SHA-256 (32 bytes each) of a SubjectPublicKeyInfo: the authority's, or the next one's.
    QByteArray authorityPem = {}; ///< The pinned authority's certificate, if the device holds it: its key counts as a pin.

    /// Everything that may be shown: `pins` and the key of `authorityPem`.
    [[nodiscard]] QSet<QByteArray> allPins() const;
};

/// Reads what a person typed or a script gave: "host", "host:8443", "https://host:8443/"; https and port 8443 are added.
/// InvalidArgument on anything else, http included.
[[nodiscard]] base::Result<QUrl> parseServerUrl(const QString &text);

/// Reads a fingerprint as printed by the server: 64 hex digits, colons and spaces allowed. InvalidArgument otherwise.
[[nodiscard]] base::Result<QByteArray> parseFingerprint(const QString &text);

} // namespace fieldfare::net
