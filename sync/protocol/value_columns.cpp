// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The four forms of a column of values (protocol.md, "Columns of values").
#include "sync/protocol/columns.h"
#include "sync/protocol/varint.h"

#include <QHash>

#include <algorithm>

namespace fieldfare::protocol {

using model::Value;

namespace {

enum class Form : std::uint8_t {
    Mixed = 0,      ///< An array of items.
    Texts = 1,      ///< Lengths in bytes as varints, then all UTF-8 in one byte string. Length 0 is empty.
    Integers = 2,   ///< Varints: 0 is empty, else 1 + zigzag of the difference to the integer before.
    Dictionary = 3, ///< An array of distinct items, then varints: 0 is empty, k is entry k - 1.
};

constexpr std::int64_t kMaxDifference = std::int64_t(1) << 61;
constexpr size_t kMaxDictionary = 4096;

void begin(MessageWriter &writer, Form form, std::uint64_t items)
{
    writer.beginArray(1 + items);
    writer.number(std::uint64_t(form));
}

struct ColumnShape {
    bool allTexts = true;    // or empty
    bool allIntegers = true; // or empty, with differences that fit
};

ColumnShape shapeOf(std::span<const Value *const> values)
{
    ColumnShape shape;
    std::int64_t last = 0;
    for (const Value *value : values) {
        if (value->isEmpty())
            continue;
        shape.allTexts = shape.allTexts && value->text() != nullptr;
        const std::int64_t *integer = value->integer();
        if (integer == nullptr || *integer > kMaxDifference || *integer < -kMaxDifference || *integer - last > kMaxDifference
            || last - *integer > kMaxDifference) {
            shape.allIntegers = false;
            continue;
        }
        last = *integer;
    }
    return shape;
}

/// Texts and references that repeat; nothing when they do not repeat enough.
class Dictionary {
public:
    explicit Dictionary(std::span<const Value *const> values)
    {
        m_codes.reserve(values.size());
        for (const Value *value : values) {
            m_isWorthIt = m_isWorthIt && add(*value) && m_entries.size() <= std::min(kMaxDictionary, m_codes.size() / 4 + 8);
            if (!m_isWorthIt)
                return;
        }
        m_isWorthIt = m_entries.size() <= values.size() / 4;
    }

    [[nodiscard]] bool isWorthIt() const { return m_isWorthIt; }
    [[nodiscard]] const std::vector<const Value *> &entries() const { return m_entries; }
    [[nodiscard]] const Numbers &codes() const { return m_codes; }

private:
    bool add(const Value &value)
    {
        if (value.isEmpty()) {
            m_codes.push_back(0);
            return true;
        }
        std::uint64_t *code = nullptr;
        if (const QString *text = value.text())
            code = &m_byText[*text];
        else if (const model::Reference *reference = value.reference())
            code = &m_byReference[{reference->entity, reference->id}];
        else
            return false;
        if (*code == 0) {
            m_entries.push_back(&value);
            *code = m_entries.size();
        }
        m_codes.push_back(*code);
        return true;
    }

    bool m_isWorthIt = true;
    std::vector<const Value *> m_entries;
    Numbers m_codes;
    QHash<QString, std::uint64_t> m_byText;
    QHash<std::pair<model::EntityId, base::Id>, std::uint64_t> m_byReference;
};

void writeTexts(MessageWriter &writer, std::span<const Value *const> values)
{
    QByteArray texts;
    QByteArray lengths;
    for (const Value *value : values) {
        const qsizetype before = texts.size();
        if (const QString *text = value->text())
            texts += text->toUtf8();
        appendVarint(lengths, std::uint64_t(texts.size() - before));
    }
    writer.bytes(lengths);
    writer.cut();
    writer.bytes(texts);
}

void writeIntegers(MessageWriter &writer, std::span<const Value *const> values)
{
    QByteArray bytes;
    std::int64_t last = 0;
    for (const Value *value : values) {
        if (value->isEmpty()) {
            bytes += '\0';
            continue;
        }
        appendVarint(bytes, 1 + zigzag(*value->integer() - last));
        last = *value->integer();
    }
    writer.bytes(bytes);
}

std::vector<Value> readMixed(MessageReader &reader, std::uint64_t count)
{
    std::vector<Value> values;
    if (reader.beginArray(count) != count)
        reader.fail("column of values");
    if (!reader.failed())
        values.reserve(count);
    while (reader.hasNext())
        values.push_back(reader.value());
    reader.endArray();
    return values;
}

std::vector<Value> readTexts(MessageReader &reader, std::uint64_t count)
{
    const Numbers lengths = readCounts(reader, count);
    const QByteArray texts = reader.bytes();
    if (!texts.isValidUtf8())
        reader.fail("UTF-8");
    std::vector<Value> values;
    values.reserve(lengths.size());
    qsizetype at = 0;
    for (const std::uint64_t length : lengths) {
        const bool fits = !reader.failed() && length <= std::uint64_t(texts.size() - at);
        // A text may not begin within a character.
        if (!fits || (length != 0 && (std::uint8_t(texts[at]) & 0xC0) == 0x80)) {
            reader.fail("column of texts");
            return {};
        }
        values.emplace_back(QString::fromUtf8(texts.constData() + at, qsizetype(length)));
        at += qsizetype(length);
    }
    if (at != texts.size())
        reader.fail("texts left over");
    return values;
}

std::vector<Value> readIntegers(MessageReader &reader, std::uint64_t count)
{
    const Numbers codes = readCounts(reader, count);
    std::vector<Value> values;
    values.reserve(codes.size());
    std::uint64_t last = 0; // unsigned, as hostile differences may wrap
    for (const std::uint64_t code : codes) {
        if (code != 0)
            last += std::uint64_t(unzigzag(code - 1));
        if (code == 0)
            values.emplace_back();
        else
            values.emplace_back(std::int64_t(last));
    }
    return values;
}

std::vector<Value> readDictionary(MessageReader &reader, std::uint64_t count)
{
    std::vector<Value> dictionary(1); // code 0 is empty
    if (reader.beginArray(0) > count)
        reader.fail("dictionary larger than its column");
    while (reader.hasNext())
        dictionary.push_back(reader.value());
    reader.endArray();
    std::vector<Value> values;
    const Numbers codes = readCounts(reader, count);
    values.reserve(codes.size());
    for (const std::uint64_t code : codes) {
        if (code >= dictionary.size()) {
            reader.fail("index of a value");
            return {};
        }
        values.push_back(dictionary[size_t(code)]);
    }
    return values;
}

} // namespace

void writeValues(MessageWriter &writer, std::span<const Value *const> values)
{
    const ColumnShape shape = shapeOf(values);
    if (shape.allIntegers) {
        begin(writer, Form::Integers, 1);
        writeIntegers(writer, values);
        writer.endArray();
        return;
    }
    const Dictionary dictionary(values);
    if (dictionary.isWorthIt()) {
        begin(writer, Form::Dictionary, 2);
        writer.beginArray(dictionary.entries().size());
        for (const Value *entry : dictionary.entries())
            writer.value(*entry);
        writer.endArray();
        writeCounts(writer, dictionary.codes());
        writer.endArray();
        return;
    }
    if (shape.allTexts) {
        begin(writer, Form::Texts, 2);
        writeTexts(writer, values);
        writer.endArray();
        return;
    }
    begin(writer, Form::Mixed, 1);
    writer.beginArray(values.size());
    for (const Value *value : values)
        writer.value(*value);
    writer.endArray();
    writer.endArray();
}

std::vector<Value> readValues(MessageReader &reader, std::uint64_t count)
{
    if (!reader.spend(count))
        return {};
    std::vector<Value> values;
    reader.beginArray(2);
    switch (reader.kind(Form::Mixed, Form::Dictionary)) {
    case Form::Mixed:
        values = readMixed(reader, count);
        break;
    case Form::Texts:
        values = readTexts(reader, count);
        break;
    case Form::Integers:
        values = readIntegers(reader, count);
        break;
    case Form::Dictionary:
        values = readDictionary(reader, count);
        break;
    }
    reader.endArray();
    if (reader.failed())
        values.clear();
    return values;
}

} // namespace fieldfare::protocol
