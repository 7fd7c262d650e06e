// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "sync/protocol/messages.h"

/// Messages as bytes: one positional CBOR array (RFC 8949) in one zstd frame (RFC 8878), laid down in
/// sync/protocol/docs/protocol.md with golden files in tests/data/protocol. All functions are pure and thread safe.
namespace fieldfare::protocol {

/// Decompressed bytes that decode() accepts. A push is also bounded by the server's HTTP body limit.
inline constexpr qsizetype kMaxMessageBytes = 64 * 1024 * 1024;
inline constexpr qsizetype kMaxPushBytes = 8 * 1024 * 1024;

/// Values that one message may hold in all, so that a small frame cannot grow into a heap full of values.
inline constexpr std::uint64_t kMaxPushCells = 100'000;
inline constexpr std::uint64_t kMaxPageCells = 2'500'000;

/// For every struct of messages.h that travels (not its parts): PushRequest, PushReply, PullRequest, PullReply,
/// DownloadStartRequest, DownloadStart, DownloadRequest, DownloadPage, ChecksumRequest, ChecksumReply, EnrolRequest,
/// EnrolReply, RefreshRequest, RefreshReply, NumberLeaseRequest, NumberLeaseReply, FailureReply,
/// HandInRequest, HandInReply, RecoveryKeyRequest, RecoveryKeyReply, ExportsRequest, ExportsReply.
///
/// The operations of a PushRequest must all carry the request's device and incarnation, boot ids be of 16 bytes, and rows
/// of a page hold their values sorted by key, as they do everywhere.
template <typename Message>
[[nodiscard]] QByteArray encode(const Message &message);

/// Fails with TooLarge when a bound is passed and with ProtocolViolation for anything else: another message, fewer items
/// than the first version of a message had, trailing bytes, nesting deeper than 16, duplicate keys, an unknown kind or status. Items that a
/// newer peer added at the end of an array are skipped. Never allocates more than a small multiple of the bounds above.
template <typename Message>
[[nodiscard]] base::Result<Message> decode(const QByteArray &bytes);

} // namespace fieldfare::protocol
