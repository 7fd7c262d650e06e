// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/operation_columns.h"

#include "sync/protocol/columns.h"
#include "sync/protocol/messages.h"

#include <algorithm>
#include <span>

namespace fieldfare::protocol {

using base::Id;
using changes::Operation;
using changes::OperationKind;
using changes::Origin;
using model::FieldKey;
using model::Value;

namespace {

constexpr std::uint64_t kColumns = 22;
constexpr std::uint64_t kOriginColumns = 5;

/// Does not compile once Operation has another member: it needs a column here, or its content would arrive with another
/// hash and the server would take the device for a clone.
[[maybe_unused]] void everyMemberHasAColumn(const Operation &operation)
{
    [[maybe_unused]] const auto &[name, origin, kind, entity, record, values, base, before, seenCursor, seenExceptions, seenOwn, action,
                                  group, user, stamp] = operation;
}

template <typename Get>
Numbers numbersOf(const std::vector<Operation> &operations, Get get)
{
    Numbers numbers;
    numbers.reserve(operations.size());
    for (const Operation &operation : operations)
        numbers.push_back(std::uint64_t(get(operation)));
    return numbers;
}

template <typename Get>
std::vector<Id> idsOf(const std::vector<Operation> &operations, Get get)
{
    std::vector<Id> ids;
    ids.reserve(operations.size());
    for (const Operation &operation : operations)
        ids.push_back(get(operation));
    return ids;
}

struct PlacedOrigin {
    std::uint64_t place = 0; ///< Index of the operation.
    Origin origin;
};

/// The names of other operations that each holds.
template <typename Get>
std::vector<PlacedOrigin> placed(const std::vector<Operation> &operations, Get get)
{
    std::vector<PlacedOrigin> origins;
    for (size_t i = 0; i < operations.size(); ++i) {
        for (const Origin &origin : get(operations[i]))
            origins.push_back({i, origin});
    }
    return origins;
}

std::span<const Origin> asList(const std::optional<Origin> &origin)
{
    return origin ? std::span(&*origin, 1) : std::span<const Origin>();
}

/// Places, devices, incarnations, n, hashes; an empty array when there are none.
void writeOrigins(MessageWriter &writer, const std::vector<PlacedOrigin> &origins)
{
    Numbers places;
    std::vector<Id> devices;
    Numbers incarnations;
    Numbers ns;
    QByteArray hashes;
    for (const auto &[place, origin] : origins) {
        places.push_back(place);
        devices.push_back(origin.name.device);
        incarnations.push_back(origin.name.incarnation);
        ns.push_back(origin.name.n);
        hashes += origin.hash.leftJustified(changes::kHashBytes, '\0', true);
    }
    writer.beginArray(places.empty() ? 0 : kOriginColumns);
    if (!places.empty()) {
        writeNumbers(writer, places);
        writeRepeatedIds(writer, devices);
        writeNumbers(writer, incarnations);
        writeNumbers(writer, ns);
        writer.cut();
        writer.bytes(hashes);
        writer.cut();
    }
    writer.endArray();
}

/// In ascending order of place.
std::vector<PlacedOrigin> readOrigins(MessageReader &reader, size_t operations)
{
    std::vector<PlacedOrigin> origins;
    if (reader.beginArray(0) != 0) {
        const Numbers places = readNumbers(reader);
        const std::vector<Id> devices = readRepeatedIds(reader, places.size());
        const Numbers incarnations = readNumbers(reader, places.size());
        const Numbers ns = readNumbers(reader, places.size());
        const QByteArray hashes = reader.bytes(qsizetype(places.size()) * changes::kHashBytes);
        reader.spend(places.size());
        for (size_t i = 0; i < places.size() && !reader.failed(); ++i) {
            if (places[i] >= operations || (i > 0 && places[i] < places[i - 1]) || incarnations[i] > 0xFFFFFFFF)
                reader.fail("origin");
            origins.push_back({places[i], Origin{{devices[i], std::uint32_t(incarnations[i]), ns[i]},
                                                 hashes.mid(qsizetype(i) * changes::kHashBytes, changes::kHashBytes)}});
        }
    }
    reader.endArray();
    return reader.failed() ? std::vector<PlacedOrigin>() : origins;
}

/// At most one for each operation.
template <typename Get>
void readOneOrigin(MessageReader &reader, std::vector<Operation> &operations, Get get)
{
    for (PlacedOrigin &placedOrigin : readOrigins(reader, operations.size())) {
        std::optional<Origin> &origin = get(operations[size_t(placedOrigin.place)]);
        if (origin)
            reader.fail("two origins");
        origin = std::move(placedOrigin.origin);
    }
}

void writeFields(MessageWriter &writer, const std::vector<Operation> &operations)
{
    std::vector<FieldKey> keys;
    std::vector<const Value *> values;
    for (const Operation &operation : operations) {
        for (const changes::FieldValue &entry : operation.values) {
            keys.push_back(entry.field);
            values.push_back(&entry.value);
        }
    }
    writeCounts(writer, numbersOf(operations, [](const Operation &o) { return o.values.size(); }));
    writeKeys(writer, keys);
    writer.cut();
    writeValues(writer, values);
    std::vector<const Value *> before;
    for (const Operation &operation : operations)
        before.push_back(&operation.before);
    writeValues(writer, before);
    writer.cut();
}

void readFields(MessageReader &reader, std::vector<Operation> &operations)
{
    const Numbers counts = readCounts(reader, operations.size());
    std::uint64_t total = 0;
    for (const std::uint64_t count : counts)
        total += std::min(count, changes::kMaxOperationValues + 1);
    if (std::any_of(counts.begin(), counts.end(), [](std::uint64_t count) { return count > changes::kMaxOperationValues; }))
        reader.fail("number of values");
    const std::vector<FieldKey> keys = readKeys(reader, total);
    std::vector<Value> values = readValues(reader, total);
    std::vector<Value> before = readValues(reader, operations.size());
    if (reader.failed())
        return;
    size_t at = 0;
    for (size_t i = 0; i < operations.size(); ++i) {
        operations[i].before = std::move(before[i]);
        for (const size_t end = at + size_t(counts[i]); at < end; ++at)
            operations[i].values.push_back({keys[at], std::move(values[at])});
    }
}

/// What a Trash had seen above its cursor.
void writeSeen(MessageWriter &writer, const std::vector<Operation> &operations)
{
    std::vector<FieldKey> keys;
    Numbers versions;
    for (const Operation &operation : operations) {
        for (const auto &[key, version] : operation.seenExceptions) {
            keys.push_back(key);
            versions.push_back(version);
        }
    }
    writeNumbers(writer, numbersOf(operations, [](const Operation &o) { return o.seenCursor; }));
    writeCounts(writer, numbersOf(operations, [](const Operation &o) { return o.seenExceptions.size(); }));
    writeKeys(writer, keys);
    writeNumbers(writer, versions);
    writeOrigins(writer, placed(operations, [](const Operation &o) { return std::span(o.seenOwn); }));
}

void readSeen(MessageReader &reader, std::vector<Operation> &operations)
{
    const Numbers cursors = readNumbers(reader, operations.size());
    const Numbers counts = readCounts(reader, operations.size());
    std::uint64_t total = 0;
    for (const std::uint64_t count : counts) {
        if (count > changes::kMaxOperationValues)
            reader.fail("number of exceptions");
        total += reader.failed() ? 0 : count;
    }
    reader.spend(total);
    const std::vector<FieldKey> keys = readKeys(reader, total);
    const Numbers versions = readNumbers(reader, total);
    std::vector<PlacedOrigin> own = readOrigins(reader, operations.size());
    if (reader.failed())
        return;
    for (auto &[place, origin] : own)
        operations[size_t(place)].seenOwn.push_back(std::move(origin));
    size_t at = 0;
    for (size_t i = 0; i < operations.size(); ++i) {
        operations[i].seenCursor = cursors[i];
        for (const size_t end = at + size_t(counts[i]); at < end; ++at)
            operations[i].seenExceptions.emplace_back(keys[at], versions[at]);
    }
}

/// The boot clock runs with the wall clock, so only their difference is written.
void writeStamps(MessageWriter &writer, const std::vector<Operation> &operations)
{
    writeNumbers(writer, numbersOf(operations, [](const Operation &o) { return o.stamp.wallMs; }));
    writeNumbers(writer, numbersOf(operations, [](const Operation &o) { return std::uint64_t(o.stamp.wallMs) - std::uint64_t(o.stamp.bootMs); }));
    writeRepeatedIds(writer, idsOf(operations, [](const Operation &o) { return Id::fromBytes(o.stamp.bootId); }));
}

void readStamps(MessageReader &reader, std::vector<Operation> &operations)
{
    const Numbers walls = readNumbers(reader, operations.size());
    const Numbers offsets = readNumbers(reader, operations.size());
    const std::vector<Id> boots = readRepeatedIds(reader, operations.size());
    for (size_t i = 0; i < operations.size() && !reader.failed(); ++i)
        operations[i].stamp = {std::int64_t(walls[i]), std::int64_t(walls[i] - offsets[i]), boots[i].toBytes()};
}

} // namespace

void writeOperations(MessageWriter &writer, const std::vector<Operation> &operations)
{
    writer.beginArray(kColumns);
    writeNumbers(writer, numbersOf(operations, [](const Operation &o) { return o.name.n; }));
    writeCounts(writer, numbersOf(operations, [](const Operation &o) { return o.kind; }));
    writeCounts(writer, numbersOf(operations, [](const Operation &o) { return o.entity; }));
    writeRepeatedIds(writer, idsOf(operations, [](const Operation &o) { return o.record; }));
    writeRepeatedIds(writer, idsOf(operations, [](const Operation &o) { return o.action; }));
    writeRepeatedIds(writer, idsOf(operations, [](const Operation &o) { return o.group; }));
    writeRepeatedIds(writer, idsOf(operations, [](const Operation &o) { return o.user; }));
    writeStamps(writer, operations); // three
    writeNumbers(writer, numbersOf(operations, [](const Operation &o) { return o.base.version; }));
    writeOrigins(writer, placed(operations, [](const Operation &o) { return asList(o.base.own); }));
    writeOrigins(writer, placed(operations, [](const Operation &o) { return asList(o.origin); }));
    writeFields(writer, operations); // four
    writeSeen(writer, operations);   // five
    writer.endArray();
}

std::vector<Operation> readOperations(MessageReader &reader, const Id &device, std::uint32_t incarnation)
{
    reader.beginArray(kColumns);
    const Numbers ns = readNumbers(reader);
    if (ns.size() > size_t(kMaxPushOperations + changes::kMaxGroupOperations)) // a group travels whole
        reader.fail("number of operations");
    const size_t count = reader.failed() ? 0 : ns.size();
    std::vector<Operation> operations(count);
    const Numbers kinds = readCounts(reader, count);
    const Numbers entities = readCounts(reader, count);
    const std::vector<Id> records = readRepeatedIds(reader, count);
    const std::vector<Id> actions = readRepeatedIds(reader, count);
    const std::vector<Id> groups = readRepeatedIds(reader, count);
    const std::vector<Id> users = readRepeatedIds(reader, count);
    readStamps(reader, operations);
    const Numbers versions = readNumbers(reader, count);
    for (size_t i = 0; i < count && !reader.failed(); ++i) {
        Operation &operation = operations[i];
        if (kinds[i] > std::uint64_t(OperationKind::Erase) || entities[i] > 0xFFFF) {
            reader.fail("kind or entity");
            break;
        }
        operation.name = {device, incarnation, ns[i]};
        operation.kind = OperationKind(kinds[i]);
        operation.entity = model::EntityId(entities[i]);
        operation.record = records[i];
        operation.action = actions[i];
        operation.group = groups[i];
        operation.user = users[i];
        operation.base.version = versions[i];
    }
    readOneOrigin(reader, operations, [](Operation &o) -> std::optional<Origin> & { return o.base.own; });
    readOneOrigin(reader, operations, [](Operation &o) -> std::optional<Origin> & { return o.origin; });
    readFields(reader, operations);
    readSeen(reader, operations);
    reader.endArray();
    for (const Operation &operation : operations) {
        if (!reader.failed() && !changes::isWellFormed(operation))
            reader.fail("operation");
    }
    return reader.failed() ? std::vector<Operation>() : operations;
}

} // namespace fieldfare::protocol
