// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

/// Where each message goes: all are POST, with the body and the answer of codec.h (sync/protocol/docs/protocol.md).
namespace fieldfare::protocol {

inline const QByteArray kEnrolPath = QByteArrayLiteral("/sync/v1/enrol");                  ///< EnrolRequest -> EnrolReply
inline const QByteArray kEnrolAnewPath = QByteArrayLiteral("/sync/v1/enrol-anew");         ///< EnrolRequest -> EnrolReply
inline const QByteArray kRefreshPath = QByteArrayLiteral("/sync/v1/refresh");              ///< RefreshRequest -> RefreshReply
inline const QByteArray kPushPath = QByteArrayLiteral("/sync/v1/push");                    ///< PushRequest -> PushReply
inline const QByteArray kPullPath = QByteArrayLiteral("/sync/v1/pull");                    ///< PullRequest -> PullReply
inline const QByteArray kDownloadStartPath = QByteArrayLiteral("/sync/v1/download/start"); ///< DownloadStartRequest -> DownloadStart
inline const QByteArray kDownloadPagePath = QByteArrayLiteral("/sync/v1/download/page");   ///< DownloadRequest -> DownloadPage
inline const QByteArray kChecksumPath = QByteArrayLiteral("/sync/v1/checksum");            ///< ChecksumRequest -> ChecksumReply
inline const QByteArray kNumbersPath = QByteArrayLiteral("/sync/v1/numbers");              ///< NumberLeaseRequest -> NumberLeaseReply
inline const QByteArray kHandInPath = QByteArrayLiteral("/sync/v1/hand-in");              ///< HandInRequest -> HandInReply
inline const QByteArray kRecoveryKeyPath = QByteArrayLiteral("/sync/v1/recovery-key");    ///< RecoveryKeyRequest -> RecoveryKeyReply
inline const QByteArray kExportsPath = QByteArrayLiteral("/sync/v1/exports");               ///< ExportsRequest -> ExportsReply

/// Content-Type of every body, FailureReply included. It is zstd inside, so no Content-Encoding is set.
inline const QByteArray kContentType = QByteArrayLiteral("application/vnd.fieldfare.sync");
/// Request header with kProtocolVersion in decimal; a missing one is taken as 1.
inline const QByteArray kVersionHeader = QByteArrayLiteral("Fieldfare-Protocol");

} // namespace fieldfare::protocol
