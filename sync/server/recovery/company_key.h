// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/recovery/recovery_messages.h"

#include <vector>

/// The company's recovery key, and what two administrators do with it (core/storage/docs/recovery.md). No one holds it: each pair of
/// administrators has it in two halves, each sealed to one of them, and each of them has a key of his own under a recovery
/// passphrase. All functions: pure but for random bytes, any thread; those that take a passphrase need about 0.4 s.
namespace fieldfare::server {

/// Whoever may approve, with the parts that only his recovery passphrase opens.
struct RecoveryAdministrator {
    int number = 0;       ///< From 1, within a company key.
    base::Id user;
    QString name;
    QByteArray publicKey;
    QByteArray sealedKey; ///< The private key under the recovery passphrase.
};

/// Half of the company's key, for approvals of `administrator` together with `partner`.
struct RecoveryHalf {
    int administrator = 0;
    int partner = 0;
    QByteArray sealed; ///< To `administrator`.
};

struct CompanyKey {
    static constexpr size_t kFewestAdministrators = 2;
    static constexpr size_t kMostAdministrators = 10;

    QByteArray publicKey;
    std::int64_t madeAt = 0; ///< ms UTC
    std::vector<RecoveryAdministrator> administrators;
    std::vector<RecoveryHalf> halves;

    /// Null when he is none.
    [[nodiscard]] const RecoveryAdministrator *administrator(const base::Id &user) const;
    [[nodiscard]] const RecoveryAdministrator *administrator(int number) const;
};

/// One administrator's half of an approval, for one partner: of use for this one sealing of one device's data key, and to that
/// partner alone.
struct RecoveryApproval {
    QByteArray request; ///< RecoveryRequest::hash()
    int administrator = 0;
    int partner = 0;
    QByteArray sealed;  ///< To `partner`.
    std::int64_t at = 0; ///< ms UTC
};

struct NewAdministrator {
    base::Id user;
    QString name;
    base::Secret passphrase;
};

/// `logN` is scrypt's cost for the passphrases: N = 2^logN. InvalidArgument for too few, too many, or one user twice.
[[nodiscard]] base::Result<CompanyKey> makeCompanyKey(const std::vector<NewAdministrator> &administrators, std::int64_t nowMs, int logN = 17);

/// His private key. WrongPassphrase; InvalidArgument when it cannot be read.
[[nodiscard]] base::Result<base::Secret> unlockAdministrator(const RecoveryAdministrator &administrator, const base::Secret &passphrase);

/// The first of two: an approval for each of his partners. What is multiplied is the ephemeral point of the record, and every record that
/// there is proves that it was made for the device that it names (RecoveryRecord). InvalidArgument when the request is sealed to another company key,
/// or his halves do not open.
[[nodiscard]] base::Result<std::vector<RecoveryApproval>> approve(const CompanyKey &key, int administrator, const base::Secret &privateKey,
                                                                  const storage::RecoveryRequest &request);

/// The second of two. InvalidArgument when `first` is no other's, not for him, or not of this request, and when the two
/// halves open nothing.
[[nodiscard]] base::Result<storage::RecoveryAnswer> answer(const CompanyKey &key, const RecoveryApproval &first, const base::Secret &privateKey,
                                                           const storage::RecoveryRequest &request);

} // namespace fieldfare::server
