// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A push and its verdicts (protocol.md, "Push").
#include "sync/protocol/columns.h"
#include "sync/protocol/message_shapes.h"
#include "sync/protocol/operation_columns.h"

namespace fieldfare::protocol {

using changes::Outcome;
using changes::Verdict;
using model::Value;

namespace {

constexpr std::uint64_t kVerdictColumns = 5;
constexpr std::uint64_t kLaterColumns = 1; ///< Not sent by programs of before: whether the row is out of sight.
constexpr qsizetype kMaxBootIdBytes = 16;

void writeVerdicts(MessageWriter &writer, const std::vector<Verdict> &verdicts)
{
    Numbers ns;
    Numbers outcomes;
    Numbers versions;
    Numbers outOfSight;
    std::vector<const Value *> values;
    std::vector<Value> reasons;
    for (const Verdict &verdict : verdicts) {
        ns.push_back(verdict.n);
        outcomes.push_back(std::uint64_t(verdict.outcome));
        versions.push_back(verdict.version);
        outOfSight.push_back(verdict.outOfSight ? 1 : 0);
        values.push_back(&verdict.value);
        reasons.emplace_back(verdict.reason);
    }
    std::vector<const Value *> reasonPointers;
    for (const Value &reason : reasons)
        reasonPointers.push_back(&reason);
    writer.beginArray(kVerdictColumns + kLaterColumns);
    writeNumbers(writer, ns);
    writeCounts(writer, outcomes);
    writeNumbers(writer, versions);
    writeValues(writer, values);
    writeValues(writer, reasonPointers);
    writeCounts(writer, outOfSight);
    writer.endArray();
}

std::vector<Verdict> readVerdicts(MessageReader &reader)
{
    reader.beginArray(kVerdictColumns);
    const Numbers ns = readNumbers(reader);
    if (ns.size() > size_t(kMaxPushOperations + changes::kMaxGroupOperations)) // a group travels whole
        reader.fail("number of verdicts");
    const Numbers outcomes = readCounts(reader, ns.size());
    const Numbers versions = readNumbers(reader, ns.size());
    std::vector<Value> values = readValues(reader, ns.size());
    const std::vector<Value> reasons = readValues(reader, ns.size());
    const Numbers outOfSight = reader.hasNext() ? readCounts(reader, ns.size()) : Numbers(ns.size());
    reader.endArray();
    std::vector<Verdict> verdicts;
    for (size_t i = 0; i < ns.size() && !reader.failed(); ++i) {
        if (outcomes[i] < std::uint64_t(Outcome::Applied) || outcomes[i] > std::uint64_t(Outcome::Settled) || outOfSight[i] > 1)
            reader.fail("outcome");
        verdicts.push_back({ns[i], Outcome(outcomes[i]), versions[i], std::move(values[i]), reasons[i].textOrEmpty(), outOfSight[i] == 1});
    }
    return verdicts;
}

} // namespace

void writeItems(MessageWriter &writer, const PushRequest &message)
{
    writer.id(message.device);
    writer.number(message.incarnation);
    writer.number(message.epoch);
    writer.number(message.acknowledgedN);
    writer.bytes(message.rolling);
    writer.beginArray(3);
    writer.integer(message.clock.wallMs);
    writer.integer(message.clock.bootMs);
    writer.bytes(message.clock.bootId);
    writer.endArray();
    writeOperations(writer, message.operations);
}

void readItems(MessageReader &reader, PushRequest &message)
{
    message.device = reader.id();
    message.incarnation = std::uint32_t(reader.number(0xFFFFFFFF));
    message.epoch = reader.number();
    message.acknowledgedN = reader.number();
    message.rolling = reader.bytes();
    if (message.rolling.size() > changes::kHashBytes)
        reader.fail("rolling hash");
    reader.beginArray(3);
    message.clock.wallMs = reader.integer();
    message.clock.bootMs = reader.integer();
    message.clock.bootId = reader.bytes();
    if (message.clock.bootId.size() > kMaxBootIdBytes)
        reader.fail("boot id");
    reader.endArray();
    message.operations = readOperations(reader, message.device, message.incarnation);
}

void writeItems(MessageWriter &writer, const PushReply &message)
{
    writer.number(std::uint64_t(message.status));
    writer.number(message.lastN);
    writer.number(message.epoch);
    writeVerdicts(writer, message.verdicts);
}

void readItems(MessageReader &reader, PushReply &message)
{
    message.status = reader.kind(PushStatus::Accepted, PushStatus::Revoked);
    message.lastN = reader.number();
    message.epoch = reader.number();
    message.verdicts = readVerdicts(reader);
}

void writeItems(MessageWriter &writer, const HandInRequest &message)
{
    writer.beginArray(Shape<PushRequest>::kItems);
    writeItems(writer, message.push);
    writer.endArray();
    writer.flag(message.isLast);
    writer.bytes(message.signature);
}

void readItems(MessageReader &reader, HandInRequest &message)
{
    reader.beginArray(Shape<PushRequest>::kItems);
    readItems(reader, message.push);
    reader.endArray();
    message.isLast = reader.flag();
    message.signature = reader.bytes(64);
}

void writeItems(MessageWriter &writer, const HandInReply &message)
{
    writer.number(std::uint64_t(message.status));
    writer.number(message.takenN);
}

void readItems(MessageReader &reader, HandInReply &message)
{
    message.status = reader.kind(HandInStatus::Taken, HandInStatus::NotDisabled);
    message.takenN = reader.number();
}

} // namespace fieldfare::protocol
