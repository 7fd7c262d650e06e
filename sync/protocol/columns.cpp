// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/columns.h"

#include "sync/protocol/varint.h"

#include <QHash>

#include <algorithm>

namespace fieldfare::protocol {

using base::Id;
using model::FieldKey;

namespace {

enum IdCode : std::uint64_t { NullId = 0, NextId = 1, SameId = 2, FirstIndex = 3 };

Numbers parse(MessageReader &reader, const QByteArray &bytes, std::uint64_t count)
{
    Numbers numbers;
    if (reader.failed() || count > std::uint64_t(bytes.size())) { // each takes a byte at least
        reader.fail("column too short");
        return numbers;
    }
    numbers.reserve(count);
    VarintCursor cursor(bytes);
    for (std::uint64_t i = 0; i < count; ++i)
        numbers.push_back(cursor.next());
    if (cursor.failed() || !cursor.atEnd()) {
        reader.fail("column of numbers");
        numbers.clear();
    }
    return numbers;
}

Numbers summed(Numbers differences)
{
    std::uint64_t last = 0;
    for (std::uint64_t &number : differences) {
        last += std::uint64_t(unzigzag(number));
        number = last;
    }
    return differences;
}

} // namespace

void writeNumbers(MessageWriter &writer, std::span<const std::uint64_t> numbers)
{
    QByteArray bytes;
    std::uint64_t last = 0;
    for (const std::uint64_t number : numbers) {
        appendVarint(bytes, zigzag(std::int64_t(number - last)));
        last = number;
    }
    writer.bytes(bytes);
}

Numbers readNumbers(MessageReader &reader, std::uint64_t count)
{
    return summed(readCounts(reader, count));
}

Numbers readNumbers(MessageReader &reader)
{
    const QByteArray bytes = reader.bytes();
    // Every varint has one last byte, without the top bit.
    const auto count = std::count_if(bytes.begin(), bytes.end(), [](char byte) { return (byte & 0x80) == 0; });
    return summed(parse(reader, bytes, std::uint64_t(count)));
}

void writeDifferences(MessageWriter &writer, std::span<const std::uint64_t> differences)
{
    QByteArray bytes;
    for (const std::uint64_t difference : differences)
        appendVarint(bytes, zigzag(std::int64_t(difference)));
    writer.bytes(bytes);
}

Numbers readDifferences(MessageReader &reader, std::uint64_t count)
{
    Numbers numbers = readCounts(reader, count);
    for (std::uint64_t &number : numbers)
        number = std::uint64_t(unzigzag(number));
    return numbers;
}

void writeCounts(MessageWriter &writer, std::span<const std::uint64_t> numbers)
{
    QByteArray bytes;
    for (const std::uint64_t number : numbers)
        appendVarint(bytes, number);
    writer.bytes(bytes);
}

Numbers readCounts(MessageReader &reader, std::uint64_t count)
{
    return parse(reader, reader.bytes(), count);
}

void writeIds(MessageWriter &writer, std::span<const Id> ids)
{
    QByteArray bytes(qsizetype(ids.size()) * Id::kSize, Qt::Uninitialized);
    char *at = bytes.data();
    for (size_t plane = 0; plane < Id::kSize; ++plane) {
        for (const Id &id : ids)
            *at++ = char(id.data()[plane]);
    }
    writer.bytes(bytes);
}

std::vector<Id> readIds(MessageReader &reader)
{
    const QByteArray bytes = reader.bytes();
    const auto count = std::uint64_t(bytes.size() / Id::kSize);
    if (bytes.size() % Id::kSize != 0)
        reader.fail("column of ids");
    std::vector<Id> ids;
    ids.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
        std::array<std::uint8_t, Id::kSize> one{};
        for (size_t plane = 0; plane < Id::kSize; ++plane)
            one[plane] = std::uint8_t(bytes[qsizetype(plane * count + i)]);
        ids.push_back(Id::fromBytes(one));
    }
    return ids;
}

void writeRepeatedIds(MessageWriter &writer, std::span<const Id> ids)
{
    QHash<Id, std::uint64_t> known;
    std::vector<Id> dictionary;
    Numbers codes;
    Id last;
    for (const Id &id : ids) {
        if (id.isNull()) {
            codes.push_back(NullId);
        } else if (id == last) {
            codes.push_back(SameId);
        } else if (const auto it = known.constFind(id); it != known.cend()) {
            codes.push_back(FirstIndex + *it);
        } else {
            known.insert(id, dictionary.size());
            dictionary.push_back(id);
            codes.push_back(NextId);
        }
        last = id;
    }
    writer.beginArray(2);
    writer.cut();
    writeIds(writer, dictionary);
    writer.cut();
    writeCounts(writer, codes);
    writer.endArray();
}

std::vector<Id> readRepeatedIds(MessageReader &reader, std::uint64_t count)
{
    reader.beginArray(2);
    const std::vector<Id> dictionary = readIds(reader);
    const Numbers codes = readCounts(reader, count);
    reader.endArray();
    std::vector<Id> ids;
    ids.reserve(codes.size());
    size_t used = 0;
    for (const std::uint64_t code : codes) {
        Id id;
        if (code == SameId && !ids.empty())
            id = ids.back();
        else if (code == NextId && used < dictionary.size())
            id = dictionary[used++];
        else if (code >= FirstIndex && code - FirstIndex < used)
            id = dictionary[size_t(code - FirstIndex)];
        else if (code != NullId)
            reader.fail("column of repeated ids");
        ids.push_back(id);
    }
    if (used != dictionary.size())
        reader.fail("unused ids");
    return reader.failed() ? std::vector<Id>() : ids;
}

void writeKeys(MessageWriter &writer, std::span<const FieldKey> keys)
{
    QHash<FieldKey, std::uint64_t> known;
    std::vector<FieldKey> dictionary;
    Numbers indexes;
    for (const FieldKey &key : keys) {
        const auto it = known.constFind(key);
        indexes.push_back(it != known.cend() ? *it : dictionary.size());
        if (it == known.cend()) {
            known.insert(key, dictionary.size());
            dictionary.push_back(key);
        }
    }
    writer.beginArray(2);
    writer.beginArray(dictionary.size());
    for (const FieldKey &key : dictionary)
        writer.key(key);
    writer.endArray();
    writeCounts(writer, indexes);
    writer.endArray();
}

std::vector<FieldKey> readKeys(MessageReader &reader, std::uint64_t count)
{
    reader.beginArray(2);
    if (reader.beginArray(0) > count)
        reader.fail("more keys than places");
    std::vector<FieldKey> dictionary;
    while (reader.hasNext())
        dictionary.push_back(reader.key());
    reader.endArray();
    std::vector<FieldKey> keys;
    const Numbers indexes = readCounts(reader, count);
    reader.endArray();
    keys.reserve(indexes.size());
    for (const std::uint64_t index : indexes) {
        if (index >= dictionary.size()) {
            reader.fail("index of a key");
            return {};
        }
        keys.push_back(dictionary[size_t(index)]);
    }
    return keys;
}

std::int64_t timeOf(const Id &id)
{
    std::int64_t ms = 0;
    for (size_t i = 0; i < 6; ++i)
        ms = ms << 8 | id.data()[i];
    return ms;
}

} // namespace fieldfare::protocol
