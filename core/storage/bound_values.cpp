// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/bound_values.h"

#include <QString>

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

namespace fieldfare::storage {

namespace {

template <typename Number>
void append(std::vector<char> &bytes, const Number &number)
{
    const char *from = reinterpret_cast<const char *>(&number);
    bytes.insert(bytes.end(), from, from + sizeof number);
}

template <typename Number>
Number take(const char *&at)
{
    Number number{};
    std::memcpy(&number, at, sizeof number);
    at += sizeof number;
    return number;
}

} // namespace

BoundValues::Slot &BoundValues::slot(int index)
{
    if (m_slots.size() < size_t(index))
        m_slots.resize(size_t(index));
    return m_slots[size_t(index) - 1];
}

void BoundValues::setInteger(int index, qint64 value)
{
    Slot &set = slot(index);
    set.kind = Kind::Integer;
    set.integer = value;
}

void BoundValues::setReal(int index, double value)
{
    Slot &set = slot(index);
    set.kind = Kind::Real;
    set.real = value;
}

void BoundValues::setText(int index, QStringView text)
{
    Slot &set = slot(index);
    set.kind = Kind::Text;
    const bool isAscii = std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 128; });
    if (isAscii) {
        set.bytes.resize(size_t(text.size()));
        std::transform(text.begin(), text.end(), set.bytes.begin(), [](QChar c) { return char(c.unicode()); });
    } else {
        const QByteArray utf8 = text.toUtf8();
        set.bytes.assign(utf8.constData(), size_t(utf8.size()));
    }
}

void BoundValues::setBlob(int index, QByteArrayView bytes)
{
    Slot &set = slot(index);
    set.kind = Kind::Blob;
    if (bytes.isEmpty())
        set.bytes.clear();
    else
        set.bytes.assign(bytes.data(), size_t(bytes.size()));
}

void BoundValues::clear()
{
    for (Slot &slot : m_slots)
        slot.kind = Kind::Null;
}

int BoundValues::bindTo(sqlite3_stmt *statement) const
{
    int code = sqlite3_clear_bindings(statement);
    for (size_t i = 0; i < m_slots.size() && code == SQLITE_OK; ++i) {
        const Slot &slot = m_slots[i];
        const int index = int(i) + 1;
        switch (slot.kind) {
        case Kind::Null:
            break;
        case Kind::Integer:
            code = sqlite3_bind_int64(statement, index, slot.integer);
            break;
        case Kind::Real:
            code = sqlite3_bind_double(statement, index, slot.real);
            break;
        case Kind::Text:
            code = sqlite3_bind_text64(statement, index, slot.bytes.data(), slot.bytes.size(), SQLITE_STATIC, SQLITE_UTF8);
            break;
        case Kind::Blob:
            code = sqlite3_bind_blob64(statement, index, slot.bytes.data(), slot.bytes.size(), SQLITE_STATIC);
            break;
        }
    }
    return code;
}

void BoundValues::pack(std::vector<char> &bytes) const
{
    for (const Slot &slot : m_slots) {
        bytes.push_back(char(slot.kind));
        switch (slot.kind) {
        case Kind::Null:
            break;
        case Kind::Integer:
            append(bytes, slot.integer);
            break;
        case Kind::Real:
            append(bytes, slot.real);
            break;
        case Kind::Text:
        case Kind::Blob:
            append(bytes, quint64(slot.bytes.size()));
            bytes.insert(bytes.end(), slot.bytes.begin(), slot.bytes.end());
            break;
        }
    }
}

int BoundValues::bindPacked(sqlite3_stmt *statement, std::span<const char> bytes)
{
    int code = SQLITE_OK;
    const char *at = bytes.data();
    const char *const end = at + bytes.size();
    for (int index = 1; at < end && code == SQLITE_OK; ++index) {
        const Kind kind = Kind(*at++);
        switch (kind) {
        case Kind::Null:
            code = sqlite3_bind_null(statement, index);
            break;
        case Kind::Integer:
            code = sqlite3_bind_int64(statement, index, take<qint64>(at));
            break;
        case Kind::Real:
            code = sqlite3_bind_double(statement, index, take<double>(at));
            break;
        case Kind::Text:
        case Kind::Blob: {
            const quint64 size = take<quint64>(at);
            code = kind == Kind::Text ? sqlite3_bind_text64(statement, index, at, size, SQLITE_STATIC, SQLITE_UTF8)
                                      : sqlite3_bind_blob64(statement, index, at, size, SQLITE_STATIC);
            at += size;
            break;
        }
        }
    }
    return code;
}

} // namespace fieldfare::storage
