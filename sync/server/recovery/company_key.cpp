// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/recovery/company_key.h"

#include "core/base/random.h"
#include "core/storage/key_file_format.h"
#include "core/storage/key_wrap.h"
#include "core/storage/recovery/sealed_bytes.h"

#include <algorithm>
#include <set>

namespace fieldfare::server {

using base::ErrorCode;
using base::Result;
using base::Secret;
using storage::RecoveryAnswer;
using storage::RecoveryRequest;

namespace {

namespace curve = storage::curve;
namespace hpke = storage::hpke;
namespace key_wrap = storage::key_wrap;
namespace sealed_bytes = storage::sealed_bytes;

constexpr qsizetype kSaltSize = 32;
constexpr qsizetype kSealedKeySize = 4 + kSaltSize + storage::WrappedKey::kSize;
constexpr QByteArrayView kHalfInfo("fieldfare recovery: half of the company key 1");
constexpr QByteArrayView kApprovalInfo("fieldfare recovery: approval 1");

Result<Secret> keyOf(const Secret &passphrase, QByteArrayView salt, int logN)
{
    FIELDFARE_ASSIGN(const Secret stretched, key_wrap::stretch(passphrase, salt, logN));
    return key_wrap::derive(stretched, {}, "fieldfare recovery administrator", 32);
}

/// log2 of scrypt's N (4), salt (32), nonce, private key and tag (60); the public key is authenticated with them.
Result<QByteArray> sealUnder(const Secret &passphrase, const Secret &privateKey, const QByteArray &publicKey, int logN)
{
    QByteArray sealed;
    sealed_bytes::append32(sealed, std::uint32_t(logN));
    const QByteArray salt = base::SystemRandom().bytes(kSaltSize);
    FIELDFARE_ASSIGN(const Secret under, keyOf(passphrase, salt, logN));
    sealed += salt;
    FIELDFARE_ASSIGN(const storage::WrappedKey wrapped, key_wrap::wrap(privateKey, under, sealed + publicKey));
    return sealed + wrapped.toBytes();
}

/// Whose key, and which two: a half or an approval cannot stand in for another.
QByteArray pairBytes(const QByteArray &companyKey, int from, int to)
{
    QByteArray bytes = companyKey;
    sealed_bytes::append32(bytes, std::uint32_t(from));
    sealed_bytes::append32(bytes, std::uint32_t(to));
    return bytes;
}

Result<RecoveryHalf> sealedHalf(const CompanyKey &key, const RecoveryAdministrator &of, int partner, const Secret &half)
{
    FIELDFARE_ASSIGN(const QByteArray sealed, hpke::seal(of.publicKey, kHalfInfo, pairBytes(key.publicKey, of.number, partner), half));
    return RecoveryHalf{of.number, partner, sealed};
}

/// His part of what opens the request, together with this partner.
Result<Secret> partOf(const CompanyKey &key, int administrator, int partner, const Secret &privateKey, const RecoveryRequest &request)
{
    const auto half = std::find_if(key.halves.begin(), key.halves.end(),
                                   [&](const RecoveryHalf &one) { return one.administrator == administrator && one.partner == partner; });
    const auto scalar = half == key.halves.end() ? std::nullopt
                                                 : hpke::open(privateKey, kHalfInfo, pairBytes(key.publicKey, administrator, partner), half->sealed);
    auto part = scalar ? curve::multiply(request.record.ephemeral(), *scalar) : std::nullopt;
    if (!part)
        return {ErrorCode::InvalidArgument, QStringLiteral("the administrator's part of the recovery key does not open")};
    return std::move(*part);
}

Result<void> requireOfKey(const CompanyKey &key, const RecoveryRequest &request)
{
    if (request.record.companyKey() != key.publicKey)
        return {ErrorCode::InvalidArgument, QStringLiteral("the request is sealed to another recovery key")};
    return {};
}

Result<void> addAdministrators(CompanyKey &key, const std::vector<NewAdministrator> &wanted, int logN)
{
    std::set<base::Id> users;
    for (const NewAdministrator &one : wanted) {
        if (!users.insert(one.user).second)
            return {ErrorCode::InvalidArgument, QStringLiteral("an administrator is named twice"), {one.name}};
        const Secret privateKey = curve::randomScalar();
        RecoveryAdministrator administrator{int(key.administrators.size()) + 1, one.user, one.name, *curve::publicPoint(privateKey), {}};
        FIELDFARE_ASSIGN(administrator.sealedKey, sealUnder(one.passphrase, privateKey, administrator.publicKey, logN));
        key.administrators.push_back(std::move(administrator));
    }
    return {};
}

} // namespace

const RecoveryAdministrator *CompanyKey::administrator(const base::Id &user) const
{
    const auto found = std::find_if(administrators.begin(), administrators.end(), [&](const RecoveryAdministrator &one) { return one.user == user; });
    return found == administrators.end() ? nullptr : &*found;
}

const RecoveryAdministrator *CompanyKey::administrator(int number) const
{
    const auto found = std::find_if(administrators.begin(), administrators.end(), [&](const RecoveryAdministrator &one) { return one.number == number; });
    return found == administrators.end() ? nullptr : &*found;
}

Result<CompanyKey> makeCompanyKey(const std::vector<NewAdministrator> &administrators, std::int64_t nowMs, int logN)
{
    if (administrators.size() < CompanyKey::kFewestAdministrators || administrators.size() > CompanyKey::kMostAdministrators) {
        return {ErrorCode::InvalidArgument,
                QStringLiteral("a recovery key has %1 to %2 administrators").arg(CompanyKey::kFewestAdministrators).arg(CompanyKey::kMostAdministrators)};
    }
    const Secret whole = curve::randomScalar(); // wiped on return; from then on it is nowhere
    CompanyKey key;
    key.publicKey = *curve::publicPoint(whole);
    key.madeAt = nowMs;
    FIELDFARE_TRY(addAdministrators(key, administrators, logN));
    for (size_t a = 0; a < key.administrators.size(); ++a) {
        for (size_t b = a + 1; b < key.administrators.size(); ++b) {
            const auto halves = curve::split(whole); // anew for each pair: halves of different pairs do not fit
            if (!halves)
                return {ErrorCode::Internal, QStringLiteral("splitting the recovery key failed")};
            const RecoveryAdministrator &first = key.administrators[a];
            const RecoveryAdministrator &second = key.administrators[b];
            FIELDFARE_ASSIGN(RecoveryHalf ofFirst, sealedHalf(key, first, second.number, halves->first));
            FIELDFARE_ASSIGN(RecoveryHalf ofSecond, sealedHalf(key, second, first.number, halves->second));
            key.halves.push_back(std::move(ofFirst));
            key.halves.push_back(std::move(ofSecond));
        }
    }
    return key;
}

Result<Secret> unlockAdministrator(const RecoveryAdministrator &administrator, const Secret &passphrase)
{
    const QByteArray &sealed = administrator.sealedKey;
    const std::uint32_t logN = sealed.size() == kSealedKeySize ? sealed_bytes::read32(sealed, 0) : 0;
    if (logN < std::uint32_t(storage::KeyFileContent::kMinLogN) || logN > std::uint32_t(storage::KeyFileContent::kMaxLogN))
        return {ErrorCode::InvalidArgument, QStringLiteral("the administrator's recovery key cannot be read"), {administrator.name}};
    FIELDFARE_ASSIGN(const Secret under, keyOf(passphrase, sealed.sliced(4, kSaltSize), int(logN)));
    auto privateKey = key_wrap::unwrap(storage::WrappedKey::fromBytes(QByteArrayView(sealed).last(storage::WrappedKey::kSize)), under,
                                       sealed.first(4 + kSaltSize) + administrator.publicKey);
    if (!privateKey)
        return {ErrorCode::WrongPassphrase, QStringLiteral("this is not the recovery passphrase of %1").arg(administrator.name), {administrator.name}};
    return std::move(*privateKey);
}

Result<std::vector<RecoveryApproval>> approve(const CompanyKey &key, int administrator, const Secret &privateKey, const RecoveryRequest &request)
{
    FIELDFARE_TRY(requireOfKey(key, request));
    const QByteArray hash = request.hash();
    std::vector<RecoveryApproval> approvals;
    for (const RecoveryAdministrator &partner : key.administrators) {
        if (partner.number == administrator)
            continue;
        FIELDFARE_ASSIGN(const Secret part, partOf(key, administrator, partner.number, privateKey, request));
        FIELDFARE_ASSIGN(const QByteArray sealed, hpke::seal(partner.publicKey, kApprovalInfo, hash + pairBytes(key.publicKey, administrator, partner.number), part));
        approvals.push_back({hash, administrator, partner.number, sealed, 0});
    }
    return approvals;
}

Result<RecoveryAnswer> answer(const CompanyKey &key, const RecoveryApproval &first, const Secret &privateKey, const RecoveryRequest &request)
{
    FIELDFARE_TRY(requireOfKey(key, request));
    const QByteArray hash = request.hash();
    if (first.request != hash || first.administrator == first.partner)
        return {ErrorCode::InvalidArgument, QStringLiteral("the first approval is of another request")};
    const auto theirs = hpke::open(privateKey, kApprovalInfo, hash + pairBytes(key.publicKey, first.administrator, first.partner), first.sealed);
    if (!theirs)
        return {ErrorCode::InvalidArgument, QStringLiteral("the first approval is not for this administrator, or was altered")};
    FIELDFARE_ASSIGN(const Secret own, partOf(key, first.partner, first.administrator, privateKey, request));
    const auto shared = curve::add(*theirs, own);
    const auto dataKey = shared ? request.record.open(*shared) : std::nullopt;
    if (!dataKey)
        return {ErrorCode::InvalidArgument, QStringLiteral("the two approvals open nothing: the request does not hold what it says, or an approval is wrong")};
    return RecoveryAnswer::make(request, *dataKey);
}

} // namespace fieldfare::server
