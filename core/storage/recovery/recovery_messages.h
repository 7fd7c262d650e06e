// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/recovery/recovery_record.h"

namespace fieldfare::storage {

/// The file by which somebody who forgot the passphrase asks the company for the data key (core/storage/docs/recovery.md).
/// Made without the passphrase, so anybody who has the disk can make one: people check who asks.
struct RecoveryRequest {
    static constexpr qsizetype kSize = 484;

    std::int64_t atMs = 0;     ///< UTC, by the device's clock
    QByteArray replyKey;       ///< The one-time public key that the answer is sealed to.
    RecoveryRecord record;

    [[nodiscard]] QByteArray toBytes() const;
    /// InvalidArgument when it is none; SchemaTooNew.
    [[nodiscard]] static base::Result<RecoveryRequest> parse(QByteArrayView bytes);
    /// What approvals are bound to: SHA-256 of the file.
    [[nodiscard]] QByteArray hash() const;
    /// What the two sides compare by telephone; another one for any change of the file.
    [[nodiscard]] QString fingerprint() const;
};

/// What the second administrator's approval makes: the data key, sealed to the request's one-time key.
struct RecoveryAnswer {
    static constexpr qsizetype kSize = 189;

    QByteArray request; ///< RecoveryRequest::hash()
    QByteArray sealed;

    [[nodiscard]] static base::Result<RecoveryAnswer> make(const RecoveryRequest &request, const DataKey &key);
    [[nodiscard]] QByteArray toBytes() const;
    /// InvalidArgument when it is none; SchemaTooNew.
    [[nodiscard]] static base::Result<RecoveryAnswer> parse(QByteArrayView bytes);
    /// None: it is sealed to another key, or altered.
    [[nodiscard]] std::optional<base::Secret> open(const base::Secret &oneTimeKey) const;
};

} // namespace fieldfare::storage
