// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Messages without columns: plain lists of items.
#include "sync/protocol/message_shapes.h"

namespace fieldfare::protocol {

using model::EntityId;

namespace {

constexpr std::uint64_t kMostExportedRecords = 1ULL << 40; // sums of them do not overflow

constexpr std::uint64_t kMaxEntityId = 0xFFFF;
constexpr std::uint64_t kMaxEntities = 1000;
constexpr qsizetype kHashSize = 32;
constexpr qsizetype kPointSize = 65;

/// Of this length, or none.
QByteArray readOptional(MessageReader &reader, qsizetype length)
{
    const QByteArray bytes = reader.bytes();
    if (!bytes.isEmpty() && bytes.size() != length)
        reader.fail("length of a byte string");
    return bytes;
}

using EntityCounts = std::vector<std::pair<EntityId, std::uint64_t>>;

void writeCounts(MessageWriter &writer, const EntityCounts &counts)
{
    writer.beginArray(2 * counts.size());
    for (const auto &[entity, count] : counts) {
        writer.number(entity);
        writer.number(count);
    }
    writer.endArray();
}

EntityCounts readCounts(MessageReader &reader)
{
    EntityCounts counts;
    const std::uint64_t items = reader.beginArray(0);
    if (items % 2 != 0 || items > 2 * kMaxEntities)
        reader.fail("counts");
    while (reader.hasNext()) {
        const auto entity = EntityId(reader.number(kMaxEntityId));
        counts.emplace_back(entity, reader.number());
    }
    reader.endArray();
    return counts;
}

void writeOptional(MessageWriter &writer, const std::optional<std::uint64_t> &number)
{
    writer.beginArray(number ? 1 : 0);
    if (number)
        writer.number(*number);
    writer.endArray();
}

/// At the end of a message, where programs of before there was such a number send nothing.
std::optional<std::uint64_t> readOptional(MessageReader &reader)
{
    std::optional<std::uint64_t> number;
    if (!reader.hasNext())
        return number;
    if (reader.beginArray(0) != 0)
        number = reader.number();
    reader.endArray();
    return number;
}

} // namespace

void writeItems(MessageWriter &writer, const PullRequest &message)
{
    writer.id(message.device);
    writer.number(message.epoch);
    writer.number(message.cursor);
    writer.beginArray(message.after ? 2 : 0);
    if (message.after) {
        writer.number(message.after->seq);
        writer.id(message.after->row);
    }
    writer.endArray();
    writer.number(std::uint64_t(message.limit));
    writeOptional(writer, message.scope);
    writeOptional(writer, message.auditKnown);
}

void readItems(MessageReader &reader, PullRequest &message)
{
    message.device = reader.id();
    message.epoch = reader.number();
    message.cursor = reader.number();
    if (reader.beginArray(0) != 0) {
        message.after.emplace();
        message.after->seq = reader.number();
        message.after->row = reader.id();
    }
    reader.endArray();
    message.limit = int(reader.number(kMaxPullRows));
    message.scope = readOptional(reader);
    message.auditKnown = readOptional(reader);
}

void writeItems(MessageWriter &writer, const DownloadStartRequest &message)
{
    writer.id(message.device);
}

void readItems(MessageReader &reader, DownloadStartRequest &message)
{
    message.device = reader.id();
}

void writeItems(MessageWriter &writer, const DownloadStart &message)
{
    writer.number(message.cursor);
    writer.number(message.epoch);
    writeCounts(writer, message.counts);
    writer.number(message.scope);
}

void readItems(MessageReader &reader, DownloadStart &message)
{
    message.cursor = reader.number();
    message.epoch = reader.number();
    message.counts = readCounts(reader);
    if (reader.hasNext())
        message.scope = reader.number();
}

void writeItems(MessageWriter &writer, const DownloadRequest &message)
{
    writer.id(message.device);
    writer.number(message.epoch);
    writer.number(message.entity);
    writer.id(message.after);
    writer.number(std::uint64_t(message.limit));
    writeOptional(writer, message.scope);
}

void readItems(MessageReader &reader, DownloadRequest &message)
{
    message.device = reader.id();
    message.epoch = reader.number();
    message.entity = EntityId(reader.number(kMaxEntityId));
    message.after = reader.id();
    message.limit = int(reader.number(kDownloadPageRows));
    message.scope = readOptional(reader);
}

void writeItems(MessageWriter &writer, const ChecksumRequest &message)
{
    writer.id(message.device);
    writer.number(message.epoch);
    writer.number(message.cursor);
    writeOptional(writer, message.scope);
}

void readItems(MessageReader &reader, ChecksumRequest &message)
{
    message.device = reader.id();
    message.epoch = reader.number();
    message.cursor = reader.number();
    message.scope = readOptional(reader);
}

void writeItems(MessageWriter &writer, const ChecksumReply &message)
{
    writer.number(message.counter);
    writer.number(message.rows);
    writer.bytes(message.sum);
}

void readItems(MessageReader &reader, ChecksumReply &message)
{
    message.counter = reader.number();
    message.rows = reader.number();
    message.sum = reader.bytes(16);
}

void writeItems(MessageWriter &writer, const EnrolRequest &message)
{
    writer.text(message.user);
    writer.text(message.password);
    writer.text(message.deviceName);
    writer.bytes(message.publicKey);
    writer.id(message.formerDevice);
    writer.text(message.code);
}

void readItems(MessageReader &reader, EnrolRequest &message)
{
    message.user = reader.text();
    message.password = reader.text();
    message.deviceName = reader.text();
    message.publicKey = reader.bytes(32);
    message.formerDevice = reader.id();
    if (reader.hasNext()) // devices of before there were second factors say nothing here
        message.code = reader.text();
}

void writeItems(MessageWriter &writer, const EnrolReply &message)
{
    writer.id(message.device);
    writer.number(message.incarnation);
    writer.id(message.user);
    writer.text(message.userName);
    writer.number(message.epoch);
    writer.text(message.company);
    writer.text(message.currency);
    writer.text(message.accessToken);
    writer.text(message.refreshToken);
    writer.integer(message.accessExpiresAt);
    writer.integer(message.deviceNumber);
}

void readItems(MessageReader &reader, EnrolReply &message)
{
    message.device = reader.id();
    message.incarnation = std::uint32_t(reader.number(0xFFFFFFFF));
    message.user = reader.id();
    message.userName = reader.text();
    message.epoch = reader.number();
    message.company = reader.text();
    message.currency = reader.text();
    message.accessToken = reader.text();
    message.refreshToken = reader.text();
    message.accessExpiresAt = reader.integer();
    message.deviceNumber = int(reader.number(0x7FFFFFFF));
}

void writeItems(MessageWriter &writer, const RefreshRequest &message)
{
    writer.id(message.device);
    writer.text(message.refreshToken);
    writer.integer(message.atMs);
    writer.bytes(message.signature);
}

void readItems(MessageReader &reader, RefreshRequest &message)
{
    message.device = reader.id();
    message.refreshToken = reader.text();
    message.atMs = reader.integer();
    message.signature = reader.bytes(64);
}

void writeItems(MessageWriter &writer, const RefreshReply &message)
{
    writer.text(message.accessToken);
    writer.text(message.refreshToken);
    writer.integer(message.accessExpiresAt);
}

void readItems(MessageReader &reader, RefreshReply &message)
{
    message.accessToken = reader.text();
    message.refreshToken = reader.text();
    message.accessExpiresAt = reader.integer();
}

void writeItems(MessageWriter &writer, const NumberLeaseRequest &message)
{
    writer.id(message.device);
    writeCounts(writer, message.wanted);
}

void readItems(MessageReader &reader, NumberLeaseRequest &message)
{
    message.device = reader.id();
    message.wanted = readCounts(reader);
}

void writeItems(MessageWriter &writer, const NumberLeaseReply &message)
{
    writer.beginArray(3 * message.leases.size());
    for (const NumberLease &lease : message.leases) {
        writer.number(lease.entity);
        writer.number(lease.first);
        writer.number(lease.count);
    }
    writer.endArray();
}

void readItems(MessageReader &reader, NumberLeaseReply &message)
{
    const std::uint64_t items = reader.beginArray(0);
    if (items % 3 != 0 || items > 3 * kMaxEntities)
        reader.fail("leases");
    while (reader.hasNext()) {
        const auto entity = EntityId(reader.number(kMaxEntityId));
        const std::uint64_t first = reader.number();
        message.leases.push_back({entity, first, reader.number()});
    }
    reader.endArray();
}

void writeItems(MessageWriter &writer, const RecoveryKeyRequest &message)
{
    writer.id(message.device);
    writer.bytes(message.recovered);
}

void readItems(MessageReader &reader, RecoveryKeyRequest &message)
{
    message.device = reader.id();
    message.recovered = readOptional(reader, kHashSize);
}

void writeItems(MessageWriter &writer, const RecoveryKeyReply &message)
{
    writer.bytes(message.publicKey);
}

void readItems(MessageReader &reader, RecoveryKeyReply &message)
{
    message.publicKey = readOptional(reader, kPointSize);
}

void writeItems(MessageWriter &writer, const ExportsRequest &message)
{
    writer.id(message.device);
    writer.beginArray(4 * message.notes.size());
    for (const changes::ExportNote &note : message.notes) {
        writer.number(note.number);
        writer.integer(note.at);
        writer.number(note.entity);
        writer.number(note.records);
    }
    writer.endArray();
}

void readItems(MessageReader &reader, ExportsRequest &message)
{
    message.device = reader.id();
    const std::uint64_t numbers = reader.beginArray(0);
    if (numbers % 4 != 0 || numbers > 4 * changes::ExportNotes::kMost)
        return reader.fail("notes");
    while (reader.hasNext()) {
        changes::ExportNote note;
        note.number = reader.number();
        note.at = reader.integer();
        note.entity = model::EntityId(reader.number(std::numeric_limits<model::EntityId>::max()));
        note.records = reader.number(kMostExportedRecords);
        message.notes.push_back(note);
    }
    reader.endArray();
}

void writeItems(MessageWriter &writer, const ExportsReply &message)
{
    writer.number(message.knownNumber);
}

void readItems(MessageReader &reader, ExportsReply &message)
{
    message.knownNumber = reader.number();
}

void writeItems(MessageWriter &writer, const FailureReply &message)
{
    writer.text(message.code);
    writer.text(message.detail);
    writer.integer(message.retryAfterMs);
}

void readItems(MessageReader &reader, FailureReply &message)
{
    message.code = reader.text();
    message.detail = reader.text();
    message.retryAfterMs = reader.integer();
}

} // namespace fieldfare::protocol
