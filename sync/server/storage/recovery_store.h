// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "sync/server/recovery/company_key.h"

#include <optional>

namespace fieldfare::server {

/// Where a request for a data key stands. The numbers stand in the table.
enum class RecoveryState : std::uint8_t {
    Waiting = 1,  ///< For a first or second approval.
    Opened = 2,   ///< An answer was made.
    Refused = 3,  ///< By an administrator, for good.
    Finished = 4, ///< The device said that it took the answer.
};

struct RecoveryCase {
    QByteArray request; ///< RecoveryRequest::hash()
    base::Id device;
    std::int64_t firstSeen = 0; ///< ms UTC
    RecoveryState state = RecoveryState::Waiting;
};

/// A line of the audit. `chain` is SHA-256 of the chain of the line before and of what this one says: a line that is changed or
/// taken away shows, unless all after it are made anew.
struct RecoveryNote {
    std::int64_t number = 0; ///< From 1.
    std::int64_t at = 0;     ///< ms UTC
    QString event;           ///< made, asked, approved, refused, opened, finished, failed, expired, voided
    QString administrator;   ///< Name; empty where nobody did it.
    QByteArray request;
    base::Id device;
    QString detail;
    QByteArray chain;
};

/// The server's tables of recovery. As those of accounts they never leave it: no entity of the catalog, no message carries
/// them. What lies in them is sealed to administrators. The caller holds a transaction around writes. Same thread and life as
/// the connection.
class RecoveryStore {
public:
    explicit RecoveryStore(storage::Connection &connection) : m_connection(connection) {}

    /// The public half of the key that devices seal to; empty without one.
    [[nodiscard]] base::Result<QByteArray> currentPublicKey();
    /// None: no such key was ever made here. A former one opens what is still sealed to it.
    [[nodiscard]] base::Result<std::optional<CompanyKey>> key(const QByteArray &publicKey);
    /// From now on devices seal to this one; the one before is kept.
    [[nodiscard]] base::Result<void> putKey(const CompanyKey &key);

    [[nodiscard]] base::Result<std::optional<RecoveryCase>> request(const QByteArray &hash);
    /// Newest first.
    [[nodiscard]] base::Result<std::vector<RecoveryCase>> requests(int limit);
    [[nodiscard]] base::Result<void> putRequest(const RecoveryCase &request);

    [[nodiscard]] base::Result<std::vector<RecoveryApproval>> approvals(const QByteArray &request);
    [[nodiscard]] base::Result<void> putApproval(const RecoveryApproval &approval);
    [[nodiscard]] base::Result<void> removeApprovals(const QByteArray &request);
    /// Those that this administrator gave.
    [[nodiscard]] base::Result<void> removeApprovals(const QByteArray &request, int administrator);

    /// An account that does not work any more ends what was approved by it, for good; each request with a line of the audit.
    [[nodiscard]] base::Result<void> voidApprovals(const base::Id &user, std::int64_t nowMs);

    /// The device says that it took the answer. Nothing where no answer to it was made, and when it says so again.
    [[nodiscard]] base::Result<void> noteFinished(const QByteArray &request, const base::Id &device, std::int64_t nowMs);

    /// Appends; number and chain are made here.
    [[nodiscard]] base::Result<void> note(RecoveryNote note);
    /// From `after` on, oldest first.
    [[nodiscard]] base::Result<std::vector<RecoveryNote>> notes(std::int64_t after, int limit);
    /// False: a line was changed or is missing. Reads all of it.
    [[nodiscard]] base::Result<bool> isWhole();

private:
    [[nodiscard]] base::Result<void> readAdministrators(std::int64_t number, CompanyKey &key);
    [[nodiscard]] base::Result<void> readHalves(std::int64_t number, CompanyKey &key);

    storage::Connection &m_connection;
};

} // namespace fieldfare::server
