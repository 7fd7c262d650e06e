// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <cstdint>
#include <optional>

namespace fieldfare::server {

/// What the audit log tells apart. The words stand in the log for ever.
namespace audit {
inline constexpr const char *kSignedIn = "signed-in";           ///< A device signed in; amount 1.
inline constexpr const char *kSignInRefused = "sign-in-refused"; ///< Wrong password or code, disabled account; amount 1.
inline constexpr const char *kTokenReused = "token-reused";     ///< A refresh token that was used before: a copy of a device, or a thief.
inline constexpr const char *kDeviceRevoked = "device-revoked";
inline constexpr const char *kUser = "user";                    ///< Account made, changed, disabled, enabled.
inline constexpr const char *kSecondFactor = "second-factor";
inline constexpr const char *kRight = "right";                  ///< What a role may do.
inline constexpr const char *kPush = "push";                    ///< Changes of records; amount: operations decided.
inline constexpr const char *kDenied = "denied";                ///< Of a push; amount: operations that the user had no right to.
inline constexpr const char *kDownloadBegun = "download-begun"; ///< Of all that a user sees, to a device; amount 1.
inline constexpr const char *kExported = "exported";            ///< From a device into a file, as the device reports it; amount: records.
inline constexpr const char *kHandIn = "hand-in";               ///< Of a disabled account's device; amount: operations.
inline constexpr const char *kQuarantine = "quarantine";        ///< What was decided about it.
inline constexpr const char *kForgotten = "forgotten";          ///< Details of old entries were removed; amount: how many.
inline constexpr const char *kRestored = "restored";            ///< The store is a backup's: later entries are missing.
inline constexpr const char *kAlertPrefix = "alert-";           ///< And the rule's name (anomaly_rules.h).
} // namespace audit

/// What happened. Ids, counts and codes: no text of a record and no name, so that nothing has to be erased from it. Addresses
/// are the exception; they go with the details.
struct AuditEvent {
    QString kind;
    base::Id user = {};   ///< Who did it; null: at the server's console, or nobody known.
    base::Id device = {}; ///< With which; null: none.
    std::int64_t amount = 0;
    QJsonObject detail = {};
};

/// An entry as it is kept. `detail` and `salt` lie apart and may be removed later on; what remains still proves the order.
struct AuditEntry {
    std::int64_t number = 0; ///< From 1, without gaps.
    std::int64_t at = 0;     ///< ms UTC, by the server's clock, which may have been wrong.
    QString kind;
    base::Id user;
    base::Id device;
    std::int64_t amount = 0;
    QByteArray detailHash;   ///< auditDetailHash()
    QByteArray chain;        ///< auditChain() of this entry and the one before.
    QByteArray salt;         ///< 16 bytes; empty once the detail was removed.
    std::optional<QByteArray> detail; ///< JSON, UTF-8.
};

/// How long the log is, and the chain of its last entry: whoever knows it can tell whether anything up to there was changed.
struct AuditHead {
    std::int64_t number = 0;
    QByteArray chain;
    friend bool operator==(const AuditHead &, const AuditHead &) = default;
};

} // namespace fieldfare::server
