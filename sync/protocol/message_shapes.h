// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/protocol/codec.h"
#include "sync/protocol/message_reader.h"
#include "sync/protocol/message_writer.h"

/// What each message looks like: its permanent number, how many items this version writes, and the two functions that
/// write and read them. codec.cpp wraps them. New items go to the end and are read only if hasNext().
namespace fieldfare::protocol {

template <typename Message>
struct Shape;

/// Items do not count the message's number, which stands first.
#define FIELDFARE_SHAPE(Message, permanentNumber, itemCount, byteBound, cellBound)                                     \
    FIELDFARE_GROWN_SHAPE(Message, permanentNumber, itemCount, itemCount, byteBound, cellBound)
/// Of a message that had fewer items once: peers of then are still read.
#define FIELDFARE_GROWN_SHAPE(Message, permanentNumber, itemCount, itemsOnce, byteBound, cellBound)                    \
    template <>                                                                                                        \
    struct Shape<Message> {                                                                                            \
        static constexpr std::uint64_t kNumber = permanentNumber;                                                      \
        static constexpr std::uint64_t kItems = itemCount;                                                             \
        static constexpr std::uint64_t kLeastItems = itemsOnce;                                                        \
        static constexpr qsizetype kMaxBytes = byteBound;                                                              \
        static constexpr std::uint64_t kMaxCells = cellBound;                                                          \
    };                                                                                                                 \
    void writeItems(MessageWriter &writer, const Message &message);                                                    \
    void readItems(MessageReader &reader, Message &message)

inline constexpr qsizetype kMaxSmallBytes = 64 * 1024;

FIELDFARE_SHAPE(PushRequest, 1, 7, kMaxPushBytes, kMaxPushCells);
FIELDFARE_SHAPE(PushReply, 2, 4, kMaxMessageBytes, kMaxPushCells);
FIELDFARE_GROWN_SHAPE(PullRequest, 3, 7, 5, kMaxSmallBytes, 0);
FIELDFARE_GROWN_SHAPE(PullReply, 4, 7, 6, kMaxMessageBytes, kMaxPageCells);
FIELDFARE_SHAPE(DownloadStartRequest, 5, 1, kMaxSmallBytes, 0);
FIELDFARE_GROWN_SHAPE(DownloadStart, 6, 4, 3, kMaxSmallBytes, 0);
FIELDFARE_GROWN_SHAPE(DownloadRequest, 7, 6, 5, kMaxSmallBytes, 0);
FIELDFARE_SHAPE(DownloadPage, 8, 7, kMaxMessageBytes, kMaxPageCells);
FIELDFARE_GROWN_SHAPE(ChecksumRequest, 9, 4, 3, kMaxSmallBytes, 0);
FIELDFARE_SHAPE(ChecksumReply, 10, 3, kMaxSmallBytes, 0);
FIELDFARE_GROWN_SHAPE(EnrolRequest, 11, 6, 5, kMaxSmallBytes, 0);
FIELDFARE_SHAPE(EnrolReply, 12, 11, kMaxSmallBytes, 0);
FIELDFARE_SHAPE(RefreshRequest, 13, 4, kMaxSmallBytes, 0);
FIELDFARE_SHAPE(RefreshReply, 14, 3, kMaxSmallBytes, 0);
FIELDFARE_SHAPE(NumberLeaseRequest, 15, 2, kMaxSmallBytes, 0);
FIELDFARE_SHAPE(NumberLeaseReply, 16, 1, kMaxSmallBytes, 0);
FIELDFARE_SHAPE(FailureReply, 17, 3, kMaxSmallBytes, 0);
FIELDFARE_SHAPE(HandInRequest, 18, 3, kMaxPushBytes, kMaxPushCells);
FIELDFARE_SHAPE(HandInReply, 19, 2, kMaxSmallBytes, 0);
FIELDFARE_SHAPE(RecoveryKeyRequest, 20, 2, kMaxSmallBytes, 0);
FIELDFARE_SHAPE(RecoveryKeyReply, 21, 1, kMaxSmallBytes, 0);
FIELDFARE_SHAPE(ExportsRequest, 22, 2, kMaxSmallBytes, 0);
FIELDFARE_SHAPE(ExportsReply, 23, 1, kMaxSmallBytes, 0);

#undef FIELDFARE_SHAPE
#undef FIELDFARE_GROWN_SHAPE

} // namespace fieldfare::protocol
