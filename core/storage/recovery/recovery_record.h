// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/base/result.h"
#include "core/storage/data_key.h"
#include "core/storage/recovery/hpke.h"

namespace fieldfare::storage {

/// A profile's data key, sealed to the company's recovery key: record 3 of the key file (core/storage/docs/recovery.md). It says which
/// device it was made on, and proves that who sealed it meant that one: there is none without that proof, so that what administrators
/// are shown of a record is what they approve. A value.
class RecoveryRecord {
public:
    static constexpr qsizetype kSize = 367;

    /// InvalidArgument where `companyKey` is no public key.
    [[nodiscard]] static base::Result<RecoveryRecord> make(const DataKey &key, const base::Id &device, QByteArrayView companyKey);
    /// None: of another size or version (the first one has no proof), holding no points, or altered in anything but the last 32 bytes.
    /// Whether it was made by the profile itself only isFor() tells: anybody can seal a key of their own.
    [[nodiscard]] static std::optional<RecoveryRecord> parse(QByteArrayView bytes);
    [[nodiscard]] QByteArray toBytes() const { return m_bytes; }

    [[nodiscard]] base::Id device() const;
    [[nodiscard]] QByteArray keyId() const;
    [[nodiscard]] QByteArray companyKey() const;
    /// What the administrators multiply by their parts of the company's key (hpke::openShared).
    [[nodiscard]] QByteArray ephemeral() const;

    /// Made with this data key (its former key apart), by whoever had it.
    [[nodiscard]] bool isFor(const DataKey &key) const;
    /// The data key; `shared` is ephemeral() times the company's private key. None: it is not, or the record was altered.
    [[nodiscard]] std::optional<DataKey> open(const base::Secret &shared) const;

private:
    explicit RecoveryRecord(QByteArray bytes) : m_bytes(std::move(bytes)) {}

    QByteArray m_bytes;
};

/// How people tell the company's recovery key: 20 digits in five groups.
[[nodiscard]] QString companyKeyFingerprint(QByteArrayView companyKey);

} // namespace fieldfare::storage
