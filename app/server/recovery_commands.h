// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/accounts/accounts.h"
#include "sync/server/storage/recovery_store.h"

#include <QJsonArray>
#include <QJsonObject>

namespace fieldfare::app {

/// The half of `recovery` that works on the store, as JSON objects, so that it can be asked of a running server through its
/// socket. Passphrases, private keys and data keys never come here: the command's own process does what needs them, and what
/// passes is sealed. A request is {"recovery": WHAT, ...}, byte arrays as base64; an answer {"lines":[...]} or toJson(Error):
///
/// | WHAT | with | gives |
/// |---|---|---|
/// | who | names | a line an account: user, name |
/// | make | key, replace | the key's fingerprint |
/// | look | request, administrator (may be empty) | what is known of who asks; for an administrator what approving takes |
/// | approve | request, administrator, approvals | as look |
/// | open, refuse, fail | request, administrator, reason | as look |
/// | status | | the key, its administrators, requests |
/// | audit | after | lines of the audit, oldest first |
struct RecoveryCommand {
    static constexpr qsizetype kMostApprovals = 16;

    QString what;
    QStringList names;
    server::CompanyKey key;
    bool replaces = false;
    QByteArray request;
    QString administrator;
    QString reason;
    std::vector<server::RecoveryApproval> approvals;
    std::int64_t after = 0;
};

[[nodiscard]] QJsonObject toJson(const RecoveryCommand &command);
/// ProtocolViolation when it is none.
[[nodiscard]] base::Result<RecoveryCommand> recoveryCommandFromJson(const QJsonObject &object);

[[nodiscard]] QJsonObject toJson(const server::CompanyKey &key);
/// ProtocolViolation when it is none.
[[nodiscard]] base::Result<server::CompanyKey> companyKeyFromJson(const QJsonObject &object);
[[nodiscard]] QJsonArray toJson(const std::vector<server::RecoveryApproval> &approvals);
[[nodiscard]] std::vector<server::RecoveryApproval> approvalsFromJson(const QJsonArray &array);

/// Inside the storage's write(). Approvals of more than a week ago are void.
inline constexpr std::int64_t kApprovalLastsMs = std::int64_t(7) * 24 * 3600 * 1000;

/// Inside the storage's write(). NotFound for an account, device or recovery key that is not here; NotPermitted for who may not approve,
/// and for a device that was revoked; AlreadyExists for a second key without `replace` and a second approval by the same; RecordChanged
/// for a request that was refused.
[[nodiscard]] base::Result<QJsonObject> runRecoveryCommand(server::SqlServerStorage &storage, server::Accounts &accounts, const base::Clock &clock,
                                                           const RecoveryCommand &command);

} // namespace fieldfare::app
