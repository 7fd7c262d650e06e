// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A page of changes (protocol.md, "Pull").
#include "sync/protocol/columns.h"
#include "sync/protocol/message_shapes.h"
#include "sync/protocol/stamp_columns.h"

#include <algorithm>

namespace fieldfare::protocol {

using base::Id;
using changes::RowChange;
using changes::RowStamp;
using model::FieldKey;
using model::Value;

namespace {

constexpr std::uint64_t kRowColumns = 5 + kStampColumns + 4;
constexpr std::uint64_t kLaterColumns = 1; ///< Not sent by programs of before: whether the row left.
constexpr std::uint64_t kMaxFields = 5000;

void writeCells(MessageWriter &writer, const std::vector<RowChange> &rows)
{
    Numbers counts;
    std::vector<FieldKey> keys;
    Numbers versions; // below the row's seq
    std::vector<const Value *> values;
    for (const RowChange &row : rows) {
        counts.push_back(row.fields.size());
        for (const RowChange::Field &field : row.fields) {
            keys.push_back(field.field);
            versions.push_back(row.seq - field.version);
            values.push_back(&field.value);
        }
    }
    writeCounts(writer, counts);
    writeKeys(writer, keys);
    writeDifferences(writer, versions);
    writer.cut();
    writeValues(writer, values);
}

void readCells(MessageReader &reader, std::vector<RowChange> &rows)
{
    const Numbers counts = readCounts(reader, rows.size());
    std::uint64_t total = 0;
    for (const std::uint64_t count : counts) {
        if (count > kMaxFields)
            reader.fail("number of fields");
        total += reader.failed() ? 0 : count;
    }
    const std::vector<FieldKey> keys = readKeys(reader, total);
    const Numbers versions = readDifferences(reader, total);
    std::vector<Value> values = readValues(reader, total);
    if (reader.failed())
        return;
    size_t at = 0;
    for (size_t i = 0; i < rows.size(); ++i) {
        rows[i].fields.reserve(size_t(counts[i]));
        for (const size_t end = at + size_t(counts[i]); at < end; ++at)
            rows[i].fields.push_back({keys[at], rows[i].seq - versions[at], std::move(values[at])});
        std::vector<FieldKey> sorted(keys.begin() + qptrdiff(at - size_t(counts[i])), keys.begin() + qptrdiff(at));
        std::sort(sorted.begin(), sorted.end());
        if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
            reader.fail("field twice in a row");
    }
}

void writeRows(MessageWriter &writer, const std::vector<RowChange> &rows)
{
    Numbers seqs;
    Numbers entities;
    Numbers erased;
    Numbers left;
    std::vector<Id> ids;
    Numbers creates; // below seq
    std::vector<RowStamp> stamps;
    for (const RowChange &row : rows) {
        seqs.push_back(row.seq);
        entities.push_back(row.entity);
        erased.push_back(row.erased ? 1 : 0);
        left.push_back(row.left ? 1 : 0);
        ids.push_back(row.id);
        creates.push_back(row.seq - row.createVersion);
        stamps.push_back(row.stamp);
    }
    writer.beginArray(kRowColumns + kLaterColumns);
    writeNumbers(writer, seqs);
    writeCounts(writer, entities);
    writeCounts(writer, erased);
    writer.cut();
    writeIds(writer, ids);
    writer.cut();
    writeDifferences(writer, creates);
    writeRowStamps(writer, ids, stamps);
    writeCells(writer, rows);
    writeCounts(writer, left);
    writer.endArray();
}

std::vector<RowChange> readRows(MessageReader &reader)
{
    reader.beginArray(kRowColumns);
    const Numbers seqs = readNumbers(reader);
    if (seqs.size() > size_t(kMaxPullRows))
        reader.fail("number of rows");
    const size_t count = reader.failed() ? 0 : seqs.size();
    const Numbers entities = readCounts(reader, count);
    const Numbers erased = readCounts(reader, count);
    const std::vector<Id> ids = readIds(reader);
    if (ids.size() != count)
        reader.fail("number of ids");
    const Numbers creates = readDifferences(reader, count);
    const std::vector<RowStamp> stamps = readRowStamps(reader, ids);
    std::vector<RowChange> rows(reader.failed() ? 0 : count);
    for (size_t i = 0; i < rows.size(); ++i) {
        if (entities[i] > 0xFFFF || erased[i] > 1)
            reader.fail("row");
        rows[i].entity = model::EntityId(entities[i]);
        rows[i].id = ids[i];
        rows[i].seq = seqs[i];
        rows[i].erased = erased[i] == 1;
        rows[i].createVersion = seqs[i] - creates[i];
        rows[i].stamp = stamps[i];
    }
    readCells(reader, rows);
    const Numbers left = reader.hasNext() ? readCounts(reader, count) : Numbers(rows.size());
    for (size_t i = 0; i < rows.size() && !reader.failed(); ++i) {
        if (left[i] > 1)
            reader.fail("row");
        rows[i].left = left[i] == 1;
    }
    reader.endArray();
    return rows;
}

} // namespace

namespace {

/// SHA-256, or empty where there is no entry.
QByteArray readChain(MessageReader &reader)
{
    constexpr qsizetype kChainBytes = 32;
    QByteArray chain = reader.bytes();
    if (!chain.isEmpty() && chain.size() != kChainBytes)
        reader.fail("audit chain");
    return chain;
}

} // namespace

void writeItems(MessageWriter &writer, const PullReply &message)
{
    writer.number(std::uint64_t(message.status));
    writer.number(message.epoch);
    writer.beginArray(2);
    writer.number(message.position.seq);
    writer.id(message.position.row);
    writer.endArray();
    writer.flag(message.complete);
    writer.number(message.counter);
    writeRows(writer, message.rows);
    writer.beginArray(message.audit ? 3 : 0);
    if (message.audit) {
        writer.number(message.audit->number);
        writer.bytes(message.audit->chain);
        writer.bytes(message.audit->chainThen);
    }
    writer.endArray();
}

void readItems(MessageReader &reader, PullReply &message)
{
    message.status = reader.kind(PullStatus::Page, PullStatus::ScopeChanged);
    message.epoch = reader.number();
    reader.beginArray(2);
    message.position.seq = reader.number();
    message.position.row = reader.id();
    reader.endArray();
    message.complete = reader.flag();
    message.counter = reader.number();
    message.rows = readRows(reader);
    if (!reader.hasNext()) // servers of before there was an audit log
        return;
    if (reader.beginArray(0) != 0) {
        message.audit.emplace();
        message.audit->number = reader.number();
        message.audit->chain = readChain(reader);
        message.audit->chainThen = readChain(reader);
    }
    reader.endArray();
}

} // namespace fieldfare::protocol
