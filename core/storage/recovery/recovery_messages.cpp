// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/recovery/recovery_messages.h"

#include "core/base/hash.h"
#include "core/storage/recovery/sealed_bytes.h"

namespace fieldfare::storage {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::uint32_t kRequestVersion = 2;
constexpr std::uint32_t kAnswerVersion = 1;
constexpr qsizetype kMagicSize = 8;
constexpr qsizetype kHashSize = 32;
constexpr QByteArrayView kRequestMagic("FFRECREQ");
constexpr QByteArrayView kAnswerMagic("FFRECANS");
constexpr QByteArrayView kAnswerInfo("fieldfare recovery: answer 1");

constexpr qsizetype kTimeOffset = kMagicSize + 4;
constexpr qsizetype kReplyKeyOffset = kTimeOffset + 8;
constexpr qsizetype kRecordOffset = kReplyKeyOffset + curve::kPointSize;
static_assert(kRecordOffset + RecoveryRecord::kSize + sealed_bytes::kChecksumSize == RecoveryRequest::kSize);

constexpr qsizetype kHashOffset = kMagicSize + 4;
constexpr qsizetype kSealedOffset = kHashOffset + kHashSize;
constexpr qsizetype kSealedSize = hpke::kOverhead + qsizetype(DataKey::kSize);
static_assert(kSealedOffset + kSealedSize + sealed_bytes::kChecksumSize == RecoveryAnswer::kSize);

Result<void> requireKind(QByteArrayView bytes, qsizetype size, QByteArrayView magic, std::uint32_t known, const QString &name)
{
    const bool isOfKind = bytes.size() >= kMagicSize + 4 && bytes.first(kMagicSize) == magic;
    const std::uint32_t version = isOfKind ? sealed_bytes::read32(bytes, kMagicSize) : 0;
    if (version > known)
        return {ErrorCode::SchemaTooNew, QStringLiteral("%1 of version %2").arg(name).arg(version), {QString::number(version)}};
    if (version != known || !sealed_bytes::isWhole(bytes, size, magic))
        return {ErrorCode::InvalidArgument, QStringLiteral("%1: damaged on the way, or no such file").arg(name)};
    return {};
}

bool isOfTheFirstVersion(QByteArrayView request)
{
    return request.size() >= kMagicSize + 4 && request.first(kMagicSize) == kRequestMagic && sealed_bytes::read32(request, kMagicSize) == 1;
}

QByteArray answerHead(const QByteArray &request)
{
    QByteArray bytes = kAnswerMagic.toByteArray();
    sealed_bytes::append32(bytes, kAnswerVersion);
    return bytes + request;
}

} // namespace

QByteArray RecoveryRequest::toBytes() const
{
    QByteArray bytes = kRequestMagic.toByteArray();
    sealed_bytes::append32(bytes, kRequestVersion);
    sealed_bytes::append64(bytes, atMs);
    return sealed_bytes::withChecksum(bytes + replyKey + record.toBytes());
}

Result<RecoveryRequest> RecoveryRequest::parse(QByteArrayView bytes)
{
    if (isOfTheFirstVersion(bytes)) {
        return {ErrorCode::InvalidArgument,
                QStringLiteral("recovery request of version 1: its sealing does not prove which device it was made for, and cannot be approved. The device has to sync once "
                               "with this version of Fieldfare, and to ask anew")};
    }
    FIELDFARE_TRY(requireKind(bytes, kSize, kRequestMagic, kRequestVersion, QStringLiteral("recovery request")));
    const auto record = RecoveryRecord::parse(bytes.sliced(kRecordOffset, RecoveryRecord::kSize));
    const QByteArray replyKey = bytes.sliced(kReplyKeyOffset, curve::kPointSize).toByteArray();
    if (!curve::isPoint(replyKey))
        return {ErrorCode::InvalidArgument, QStringLiteral("recovery request: holds no key for the answer")};
    if (!record)
        return {ErrorCode::InvalidArgument, QStringLiteral("recovery request: the sealing does not prove that it was made for the device that it names; it was put under another name, or altered")};
    return RecoveryRequest{sealed_bytes::read64(bytes, kTimeOffset), replyKey, *record};
}

QByteArray RecoveryRequest::hash() const
{
    return base::sha256(toBytes());
}

QString RecoveryRequest::fingerprint() const
{
    return sealed_bytes::fingerprint("fieldfare recovery request", toBytes());
}

Result<RecoveryAnswer> RecoveryAnswer::make(const RecoveryRequest &request, const DataKey &key)
{
    RecoveryAnswer answer{request.hash(), {}};
    FIELDFARE_ASSIGN(answer.sealed, hpke::seal(request.replyKey, kAnswerInfo, answerHead(answer.request), key.secret()));
    return answer;
}

QByteArray RecoveryAnswer::toBytes() const
{
    return sealed_bytes::withChecksum(answerHead(request) + sealed);
}

Result<RecoveryAnswer> RecoveryAnswer::parse(QByteArrayView bytes)
{
    FIELDFARE_TRY(requireKind(bytes, kSize, kAnswerMagic, kAnswerVersion, QStringLiteral("recovery answer")));
    return RecoveryAnswer{bytes.sliced(kHashOffset, kHashSize).toByteArray(), bytes.sliced(kSealedOffset, kSealedSize).toByteArray()};
}

std::optional<base::Secret> RecoveryAnswer::open(const base::Secret &oneTimeKey) const
{
    return hpke::open(oneTimeKey, kAnswerInfo, answerHead(request), sealed);
}

} // namespace fieldfare::storage
