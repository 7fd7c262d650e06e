// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A page of a first download, all in columns (protocol.md, "Download").
#include "sync/protocol/columns.h"
#include "sync/protocol/message_shapes.h"
#include "sync/protocol/stamp_columns.h"

#include <map>

namespace fieldfare::protocol {

using base::Id;
using changes::ReplicatedRow;
using changes::RowStamp;
using changes::RowVersions;
using model::FieldKey;
using model::Value;

namespace {

constexpr std::uint64_t kVersionColumns = 4;
constexpr std::uint64_t kPageColumns = 1 + kVersionColumns + kStampColumns + 1;
constexpr std::uint64_t kMaxFields = 5000;
constexpr std::uint64_t kMaxExceptionBytes = 64 * 1024; // of one row

/// Bases, and for rows with exceptions: places, lengths, bytes (RowVersions::encodeExceptions).
void writeVersions(MessageWriter &writer, const std::vector<ReplicatedRow> &rows)
{
    Numbers bases;
    Numbers places;
    Numbers lengths;
    QByteArray exceptions;
    for (size_t i = 0; i < rows.size(); ++i) {
        bases.push_back(rows[i].versions.base());
        if (rows[i].versions.exceptions().empty())
            continue;
        const QByteArray bytes = rows[i].versions.encodeExceptions();
        places.push_back(i);
        lengths.push_back(std::uint64_t(bytes.size()));
        exceptions += bytes;
    }
    writeNumbers(writer, bases);
    writeNumbers(writer, places);
    writeCounts(writer, lengths);
    writer.bytes(exceptions);
}

void readVersions(MessageReader &reader, std::vector<ReplicatedRow> &rows)
{
    const Numbers bases = readNumbers(reader, rows.size());
    const Numbers places = readNumbers(reader);
    const Numbers lengths = readCounts(reader, places.size());
    const QByteArray exceptions = reader.bytes();
    // An exception takes two bytes at least and a cell's worth of memory.
    if (!reader.spend(std::uint64_t(exceptions.size()) / 2))
        return;
    for (size_t i = 0; i < rows.size(); ++i)
        rows[i].versions.setBase(bases[i]);
    std::uint64_t at = 0;
    for (size_t i = 0; i < places.size(); ++i) {
        if (places[i] >= rows.size() || (i > 0 && places[i] <= places[i - 1]) || lengths[i] > kMaxExceptionBytes
            || lengths[i] > std::uint64_t(exceptions.size()) - at) {
            reader.fail("exceptions");
            return;
        }
        RowVersions &versions = rows[size_t(places[i])].versions;
        const auto decoded = RowVersions::decode(versions.base(), exceptions.mid(qsizetype(at), qsizetype(lengths[i])));
        if (!decoded.ok()) {
            reader.fail("exceptions");
            return;
        }
        versions = *decoded;
        at += lengths[i];
    }
    if (at != std::uint64_t(exceptions.size()))
        reader.fail("exceptions left over");
}

/// Key and column of values in turns, keys ascending.
void writeFields(MessageWriter &writer, const std::vector<ReplicatedRow> &rows)
{
    static const Value none;
    std::map<FieldKey, std::vector<const Value *>> columns;
    for (size_t i = 0; i < rows.size(); ++i) {
        for (const changes::FieldValue &entry : rows[i].values) {
            auto &column = columns[entry.field];
            column.resize(rows.size(), &none);
            column[i] = &entry.value;
        }
    }
    writer.beginArray(2 * columns.size());
    for (const auto &[key, column] : columns) {
        writer.key(key);
        writer.cut();
        writeValues(writer, column);
    }
    writer.endArray();
}

void readFields(MessageReader &reader, std::vector<ReplicatedRow> &rows)
{
    const std::uint64_t items = reader.beginArray(0);
    if (items % 2 != 0 || items > 2 * kMaxFields)
        reader.fail("columns of fields");
    if (!reader.failed()) {
        for (ReplicatedRow &row : rows)
            row.values.reserve(std::min<size_t>(size_t(items / 2), 32));
    }
    std::optional<FieldKey> last;
    while (reader.hasNext()) {
        const FieldKey key = reader.key();
        if (last && !(*last < key))
            reader.fail("order of the columns");
        last = key;
        std::vector<Value> values = readValues(reader, rows.size());
        if (reader.failed())
            return;
        for (size_t i = 0; i < rows.size(); ++i) {
            if (!values[i].isEmpty())
                rows[i].values.push_back({key, std::move(values[i])});
        }
    }
    reader.endArray();
}

void writeRows(MessageWriter &writer, const std::vector<ReplicatedRow> &rows)
{
    std::vector<Id> ids;
    std::vector<RowStamp> stamps;
    for (const ReplicatedRow &row : rows) {
        ids.push_back(row.id);
        stamps.push_back(row.stamp);
    }
    writer.beginArray(kPageColumns);
    writer.cut();
    writeIds(writer, ids);
    writer.cut();
    writeVersions(writer, rows);
    writeRowStamps(writer, ids, stamps);
    writeFields(writer, rows);
    writer.endArray();
}

std::vector<ReplicatedRow> readRows(MessageReader &reader, model::EntityId entity)
{
    reader.beginArray(kPageColumns);
    const std::vector<Id> ids = readIds(reader);
    if (ids.size() > size_t(kDownloadPageRows))
        reader.fail("number of rows");
    std::vector<ReplicatedRow> rows(reader.failed() ? 0 : ids.size());
    readVersions(reader, rows);
    const std::vector<RowStamp> stamps = readRowStamps(reader, ids);
    for (size_t i = 0; i < rows.size() && !reader.failed(); ++i) {
        rows[i].entity = entity;
        rows[i].id = ids[i];
        rows[i].stamp = stamps[i];
    }
    readFields(reader, rows);
    reader.endArray();
    return rows;
}

} // namespace

void writeItems(MessageWriter &writer, const DownloadPage &message)
{
    writer.number(std::uint64_t(message.status));
    writer.number(message.epoch);
    writer.number(message.entity);
    writer.id(message.after);
    writer.id(message.upTo);
    writer.flag(message.last);
    writeRows(writer, message.rows);
}

void readItems(MessageReader &reader, DownloadPage &message)
{
    message.status = reader.kind(PullStatus::Page, PullStatus::ScopeChanged);
    message.epoch = reader.number();
    message.entity = model::EntityId(reader.number(0xFFFF));
    message.after = reader.id();
    message.upTo = reader.id();
    message.last = reader.flag();
    message.rows = readRows(reader, message.entity);
}

} // namespace fieldfare::protocol
