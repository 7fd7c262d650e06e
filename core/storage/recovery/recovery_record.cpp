// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/recovery/recovery_record.h"

#include "core/base/hash.h"
#include "core/storage/key_wrap.h"
#include "core/storage/recovery/ephemeral_proof.h"
#include "core/storage/recovery/sealed_bytes.h"

namespace fieldfare::storage {

using base::Secret;

namespace {

constexpr std::uint32_t kVersion = 2;
constexpr qsizetype kDeviceOffset = 4;
constexpr qsizetype kKeyIdOffset = kDeviceOffset + base::Id::kSize;
constexpr qsizetype kCompanyKeyOffset = kKeyIdOffset + DataKey::kIdSize;
constexpr qsizetype kSealedOffset = kCompanyKeyOffset + curve::kPointSize;
constexpr qsizetype kProofOffset = kSealedOffset + hpke::kOverhead + qsizetype(DataKey::kSize);
constexpr qsizetype kCodeOffset = kProofOffset + ephemeral_proof::kSize;
constexpr qsizetype kCodeSize = 32;
static_assert(kCodeOffset + kCodeSize == RecoveryRecord::kSize);

constexpr QByteArrayView kInfo("fieldfare recovery: data key 1");

/// Shows that whoever made the record had the data key: others can seal a key of their own, but not this.
QByteArray code(const DataKey &key, QByteArrayView bytes)
{
    const Secret codeKey = key_wrap::derive(key.secret(), {}, "fieldfare recovery record", 32);
    return base::hmacSha256(codeKey.view(), bytes);
}

} // namespace

base::Result<RecoveryRecord> RecoveryRecord::make(const DataKey &key, const base::Id &device, QByteArrayView companyKey)
{
    QByteArray bytes;
    sealed_bytes::append32(bytes, kVersion);
    bytes += device.toBytes() + key.id() + companyKey.toByteArray();
    const Secret ephemeral = curve::randomScalar();
    FIELDFARE_ASSIGN(const QByteArray sealed, hpke::seal(companyKey, kInfo, bytes, key.secret(), ephemeral));
    bytes += sealed;
    const auto proof = ephemeral_proof::make(ephemeral, bytes);
    if (!proof)
        return base::Error{base::ErrorCode::Internal, QStringLiteral("proving the sealing failed")};
    bytes += *proof;
    return RecoveryRecord(bytes + code(key, bytes));
}

std::optional<RecoveryRecord> RecoveryRecord::parse(QByteArrayView bytes)
{
    if (bytes.size() != kSize || sealed_bytes::read32(bytes, 0) != kVersion)
        return std::nullopt;
    RecoveryRecord record(bytes.toByteArray());
    if (!curve::isPoint(record.companyKey()) || !ephemeral_proof::holds(bytes.sliced(kProofOffset, ephemeral_proof::kSize), record.ephemeral(), bytes.first(kProofOffset)))
        return std::nullopt;
    return record;
}

base::Id RecoveryRecord::device() const
{
    return base::Id::fromBytes(m_bytes.sliced(kDeviceOffset, base::Id::kSize));
}

QByteArray RecoveryRecord::keyId() const
{
    return m_bytes.sliced(kKeyIdOffset, DataKey::kIdSize);
}

QByteArray RecoveryRecord::companyKey() const
{
    return m_bytes.sliced(kCompanyKeyOffset, curve::kPointSize);
}

QByteArray RecoveryRecord::ephemeral() const
{
    return m_bytes.sliced(kSealedOffset, curve::kPointSize);
}

bool RecoveryRecord::isFor(const DataKey &key) const
{
    return keyId() == key.id() && base::equalInConstantTime(m_bytes.last(kCodeSize), code(key, m_bytes.first(kCodeOffset)));
}

std::optional<DataKey> RecoveryRecord::open(const Secret &shared) const
{
    const QByteArrayView bytes(m_bytes);
    auto secret = hpke::openShared(shared, companyKey(), kInfo, bytes.first(kSealedOffset), bytes.sliced(kSealedOffset, kProofOffset - kSealedOffset));
    if (!secret)
        return std::nullopt;
    auto key = DataKey::fromSecret(std::move(*secret));
    if (!key.ok() || !isFor(*key))
        return std::nullopt;
    return std::move(*key);
}

QString companyKeyFingerprint(QByteArrayView companyKey)
{
    return sealed_bytes::fingerprint("fieldfare company recovery key", companyKey);
}

} // namespace fieldfare::storage
