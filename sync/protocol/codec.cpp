// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/codec.h"

#include "sync/protocol/cbor_check.h"
#include "sync/protocol/frame.h"
#include "sync/protocol/message_shapes.h"

namespace fieldfare::protocol {

using base::ErrorCode;
using base::Result;

template <typename Message>
QByteArray encode(const Message &message)
{
    QByteArray bytes;
    MessageWriter writer(&bytes);
    writer.beginArray(1 + Shape<Message>::kItems);
    writer.number(Shape<Message>::kNumber);
    writeItems(writer, message);
    writer.endArray();
    return compressFrame(bytes, writer.cuts());
}

template <typename Message>
Result<Message> decode(const QByteArray &frame)
{
    FIELDFARE_ASSIGN(const QByteArray bytes, decompressFrame(frame, Shape<Message>::kMaxBytes));
    if (!isSoundCbor(bytes))
        return {ErrorCode::ProtocolViolation, QStringLiteral("malformed CBOR")};
    Message message;
    MessageReader reader(bytes, Shape<Message>::kMaxCells);
    reader.beginArray(1 + Shape<Message>::kLeastItems);
    if (reader.number() != Shape<Message>::kNumber)
        reader.fail("another message");
    readItems(reader, message);
    reader.endArray();
    if (reader.failed())
        return reader.error();
    return message;
}

#define FIELDFARE_INSTANTIATE(Message)                                                                                 \
    template QByteArray encode<Message>(const Message &);                                                              \
    template Result<Message> decode<Message>(const QByteArray &)

FIELDFARE_INSTANTIATE(PushRequest);
FIELDFARE_INSTANTIATE(PushReply);
FIELDFARE_INSTANTIATE(PullRequest);
FIELDFARE_INSTANTIATE(PullReply);
FIELDFARE_INSTANTIATE(DownloadStartRequest);
FIELDFARE_INSTANTIATE(DownloadStart);
FIELDFARE_INSTANTIATE(DownloadRequest);
FIELDFARE_INSTANTIATE(DownloadPage);
FIELDFARE_INSTANTIATE(ChecksumRequest);
FIELDFARE_INSTANTIATE(ChecksumReply);
FIELDFARE_INSTANTIATE(EnrolRequest);
FIELDFARE_INSTANTIATE(EnrolReply);
FIELDFARE_INSTANTIATE(RefreshRequest);
FIELDFARE_INSTANTIATE(RefreshReply);
FIELDFARE_INSTANTIATE(NumberLeaseRequest);
FIELDFARE_INSTANTIATE(NumberLeaseReply);
FIELDFARE_INSTANTIATE(FailureReply);
FIELDFARE_INSTANTIATE(HandInRequest);
FIELDFARE_INSTANTIATE(HandInReply);
FIELDFARE_INSTANTIATE(ExportsRequest);
FIELDFARE_INSTANTIATE(ExportsReply);
FIELDFARE_INSTANTIATE(RecoveryKeyRequest);
FIELDFARE_INSTANTIATE(RecoveryKeyReply);

#undef FIELDFARE_INSTANTIATE

} // namespace fieldfare::protocol
