// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/cbor_bytes.h"

#include <QCborValue>

#include <algorithm>
#include <array>

namespace fieldfare::model {

void CborBytes::head(std::uint8_t major, std::uint64_t argument)
{
    constexpr std::uint64_t kInHead = 24;
    if (argument < kInHead) {
        m_bytes.append(char(major | argument));
        return;
    }
    // 24 to 27 stand for 1, 2, 4 and 8 bytes, big endian.
    const int power = argument <= 0xFF ? 0 : argument <= 0xFFFF ? 1 : argument <= 0xFFFFFFFF ? 2 : 3;
    std::array<char, 9> bytes{};
    const int size = 1 << power;
    bytes[0] = char(major | (kInHead + std::uint64_t(power)));
    for (int i = 0; i < size; ++i)
        bytes[size_t(1 + i)] = char(argument >> (8 * (size - 1 - i)));
    m_bytes.append(bytes.data(), 1 + size);
}

void CborBytes::text(QStringView text)
{
    constexpr std::uint8_t kText = 0x60;
    if (std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; })) {
        head(kText, std::uint64_t(text.size()));
        const qsizetype at = m_bytes.size();
        m_bytes.resize(at + text.size());
        std::transform(text.begin(), text.end(), m_bytes.begin() + at, [](QChar c) { return char(c.unicode()); });
        return;
    }
    const QByteArray utf8 = text.toUtf8();
    head(kText, std::uint64_t(utf8.size()));
    m_bytes.append(utf8);
}

void CborBytes::value(const Value &value)
{
    if (const auto *number = value.integer()) {
        integer(*number);
    } else if (const QString *string = value.text()) {
        text(*string);
    } else if (const Money *money = value.money()) {
        beginArray(2);
        integer(money->minor);
        head(0x60, money->currency.size());
        m_bytes.append(money->currency.data(), qsizetype(money->currency.size()));
    } else if (const Reference *reference = value.reference()) {
        std::array<char, 2 + base::Id::kSize> bytes{};
        bytes[0] = char(reference->entity >> 8);
        bytes[1] = char(reference->entity);
        std::copy(reference->id.data().begin(), reference->id.data().end(), bytes.begin() + 2);
        byteString(QByteArrayView(bytes.data(), qsizetype(bytes.size())));
    } else if (const RawValue *raw = value.raw()) {
        m_bytes.append(QCborValue::fromCbor(raw->cbor).toCbor());
    } else {
        null();
    }
}

} // namespace fieldfare::model
