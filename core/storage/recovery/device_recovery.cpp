// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/recovery/device_recovery.h"

#include "core/base/hash.h"
#include "core/storage/recovery/sealed_bytes.h"
#include "core/storage/secret_file.h"

#include <QFile>

namespace fieldfare::storage {

using base::Error;
using base::ErrorCode;
using base::Result;
using base::Secret;

namespace {

constexpr std::uint32_t kPendingVersion = 2;
constexpr std::uint32_t kFinishedVersion = 1;
constexpr QByteArrayView kPendingMagic("FFRECONE");
constexpr QByteArrayView kFinishedMagic("FFRECFIN");
constexpr qsizetype kHeadSize = 12;
constexpr qsizetype kHashSize = 32;
constexpr qsizetype kPendingSize = kHeadSize + qsizetype(curve::kScalarSize) + RecoveryRequest::kSize + sealed_bytes::kChecksumSize;
/// Of before the record had a proof: 129 bytes less. Only its answer is still taken.
constexpr qsizetype kFirstRequestSize = 355;
constexpr qsizetype kFirstPendingSize = kPendingSize - RecoveryRequest::kSize + kFirstRequestSize;
constexpr qsizetype kFinishedSize = kHeadSize + kHashSize + sealed_bytes::kChecksumSize;

QByteArray head(QByteArrayView magic, std::uint32_t version)
{
    QByteArray bytes = magic.toByteArray();
    sealed_bytes::append32(bytes, version);
    return bytes;
}

/// Bytes of a file whose content is secret: wiped when they go.
class WipedBytes {
public:
    explicit WipedBytes(QByteArray bytes) : m_bytes(std::move(bytes)) {}
    WipedBytes(const WipedBytes &) = delete;
    WipedBytes &operator=(const WipedBytes &) = delete;
    ~WipedBytes() { base::wipe(m_bytes.data(), size_t(m_bytes.size())); }
    [[nodiscard]] const QByteArray &get() const { return m_bytes; }

private:
    QByteArray m_bytes;
};

} // namespace

struct DeviceRecovery::Pending {
    Secret oneTimeKey;
    QByteArray hash;                        ///< Of the request.
    std::optional<RecoveryRequest> request; ///< None when it is of version 1.
};

DeviceRecovery::DeviceRecovery(const QString &folder, KeyFile keyFile)
    : m_pendingPath(folder + QStringLiteral("/recovery.pending")), m_finishedPath(folder + QStringLiteral("/recovery.finished")), m_keyFile(std::move(keyFile))
{
}

Result<DeviceRecovery::Pending> DeviceRecovery::pending() const
{
    if (!QFile::exists(m_pendingPath))
        return {ErrorCode::NotFound, QStringLiteral("no request waits for an answer here"), {m_pendingPath}};
    FIELDFARE_ASSIGN(QByteArray read, secret_file::read(m_pendingPath, kPendingSize + 1));
    const WipedBytes bytes(std::move(read));
    const QByteArrayView view(bytes.get());
    const std::uint32_t version = view.size() > kHeadSize ? sealed_bytes::read32(view, kPendingMagic.size()) : 0;
    const qsizetype size = version == 1 ? kFirstPendingSize : kPendingSize;
    if (version > kPendingVersion && view.startsWith(kPendingMagic))
        return {ErrorCode::SchemaTooNew, QStringLiteral("recovery.pending of version %1").arg(version), {QString::number(version)}};
    if (version == 0 || version > kPendingVersion || !sealed_bytes::isWhole(view, size, kPendingMagic))
        return {ErrorCode::InvalidArgument, QStringLiteral("what was kept of the request is damaged; ask anew"), {m_pendingPath}};
    const QByteArray kept = view.sliced(kHeadSize + qsizetype(curve::kScalarSize)).chopped(sealed_bytes::kChecksumSize).toByteArray();
    Pending waiting{Secret::fromBytes(view.sliced(kHeadSize, qsizetype(curve::kScalarSize))), base::sha256(kept), std::nullopt};
    if (version == kPendingVersion) {
        FIELDFARE_ASSIGN(waiting.request, RecoveryRequest::parse(kept));
    }
    return waiting;
}

Result<DeviceRecovery::Asked> DeviceRecovery::ask(const base::Clock &clock, bool anew)
{
    FIELDFARE_ASSIGN(const RecoveryRecord record, m_keyFile.recovery());
    if (auto earlier = pending(); !anew && earlier.ok() && earlier->request && earlier->request->record.toBytes() == record.toBytes())
        return Asked{std::move(*earlier->request), true};
    const Secret oneTimeKey = curve::randomScalar();
    const auto replyKey = curve::publicPoint(oneTimeKey);
    if (!replyKey)
        return {ErrorCode::Internal, QStringLiteral("making a one-time key failed")};
    RecoveryRequest request{clock.wallMs(), *replyKey, record};
    QByteArray content = head(kPendingMagic, kPendingVersion);
    content.reserve(kPendingSize); // a reallocation would leave a copy of the key behind
    content += oneTimeKey.view();
    content += request.toBytes();
    const WipedBytes bytes(sealed_bytes::withChecksum(content));
    base::wipe(content.data(), size_t(content.size()));
    // Durable before anybody sees the request: an answer must find its key.
    FIELDFARE_TRY(secret_file::writeDurably(m_pendingPath, bytes.get()));
    return Asked{std::move(request), false};
}

Result<void> DeviceRecovery::finish(QByteArrayView answer, const Secret &newPassphrase, const KeyFile::Parameters &parameters)
{
    FIELDFARE_ASSIGN(const Pending waiting, pending());
    FIELDFARE_ASSIGN(const RecoveryAnswer given, RecoveryAnswer::parse(answer));
    if (given.request != waiting.hash)
        return {ErrorCode::InvalidArgument, QStringLiteral("the answer is to another request")};
    auto secret = given.open(waiting.oneTimeKey);
    if (!secret || secret->size() != DataKey::kSize)
        return {ErrorCode::InvalidArgument, QStringLiteral("the answer does not open")};
    FIELDFARE_TRY(m_keyFile.recover(std::move(*secret), newPassphrase, parameters));
    // A power cut from here on leaves the request waiting: the answer opens once more, to no harm.
    FIELDFARE_TRY(secret_file::writeDurably(m_finishedPath, sealed_bytes::withChecksum(head(kFinishedMagic, kFinishedVersion) + waiting.hash)));
    return giveUp();
}

std::optional<QByteArray> DeviceRecovery::finished() const
{
    const auto bytes = secret_file::read(m_finishedPath, kFinishedSize + 1);
    if (!bytes.ok() || !sealed_bytes::isWhole(*bytes, kFinishedSize, kFinishedMagic) || sealed_bytes::read32(*bytes, kFinishedMagic.size()) != kFinishedVersion)
        return std::nullopt;
    return bytes->sliced(kHeadSize, kHashSize);
}

void DeviceRecovery::forgetFinished() const
{
    QFile::remove(m_finishedPath);
}

bool DeviceRecovery::isWaiting() const
{
    return QFile::exists(m_pendingPath);
}

Result<void> DeviceRecovery::giveUp() const
{
    return secret_file::overwriteAndRemove(m_pendingPath);
}

Result<void> DeviceRecovery::discard() const
{
    FIELDFARE_TRY(giveUp());
    return secret_file::overwriteAndRemove(m_finishedPath);
}

} // namespace fieldfare::storage
