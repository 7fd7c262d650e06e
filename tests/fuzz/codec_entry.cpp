// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/codec_entry.h"

#include "core/changes/operation.h"
#include "sync/protocol/codec.h"
#include "sync/protocol/frame.h"

using namespace fieldfare;
using namespace fieldfare::protocol;

namespace {

/// What was read may be written in a better form than it came in (a dictionary where none was), but no value may change.
template <typename Message>
void runMessage(const QByteArray &bytes)
{
    const auto read = decode<Message>(bytes);
    if (!read.ok())
        return;
    const QByteArray written = encode(*read);
    const auto again = decode<Message>(written);
    if (!again.ok() || !(*again == *read) || encode(*again) != written)
        qFatal("codec: not a fixed point; input in hex: %s", bytes.toHex().constData());
}

void runOperation(const QByteArray &bytes)
{
    const auto read = changes::decodeContent(bytes);
    if (!read.ok())
        return;
    const QByteArray written = changes::encodeContent(*read);
    const auto again = changes::decodeContent(written);
    if (!again.ok() || changes::encodeContent(*again) != written)
        qFatal("operation: not a fixed point; input in hex: %s", bytes.toHex().constData());
}

void runVersions(const QByteArray &bytes)
{
    const auto read = changes::RowVersions::decode(1000, bytes);
    if (!read.ok())
        return;
    const auto again = changes::RowVersions::decode(1000, read->encodeExceptions());
    if (!again.ok() || !(*again == *read))
        qFatal("row versions: not a fixed point; input in hex: %s", bytes.toHex().constData());
}

using Run = void (*)(const QByteArray &);
constexpr Run kRuns[] = {runMessage<PushRequest>,        runMessage<PushReply>,        runMessage<PullRequest>,
                         runMessage<PullReply>,          runMessage<DownloadStart>,    runMessage<DownloadRequest>,
                         runMessage<DownloadPage>,       runMessage<ChecksumRequest>,  runMessage<ChecksumReply>,
                         runMessage<EnrolRequest>,       runMessage<EnrolReply>,       runMessage<RefreshRequest>,
                         runMessage<RefreshReply>,       runMessage<NumberLeaseReply>, runMessage<NumberLeaseRequest>,
                         runMessage<DownloadStartRequest>, runMessage<FailureReply>,   runMessage<HandInRequest>,
                         runMessage<HandInReply>,        runMessage<RecoveryKeyRequest>, runMessage<RecoveryKeyReply>,
                         runOperation,                   runVersions};
static_assert(std::size(kRuns) == kCodecEntryMessages);

} // namespace

void runCodecEntry(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return;
    const QByteArray rest(reinterpret_cast<const char *>(data + 1), static_cast<qsizetype>(size - 1));
    const std::size_t choice = (data[0] & 0x7F) % std::size(kRuns);
    const bool isFramed = choice < std::size(kRuns) - 2;
    kRuns[choice](isFramed && (data[0] & 0x80) != 0 ? compressFrame(rest) : rest);
}
