// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/value.h"

#include <QByteArray>
#include <QStringView>

#include <cstdint>

namespace fieldfare::model {

/// Appends CBOR items to bytes (RFC 8949; shortest heads, definite lengths): byte for byte what QCborStreamWriter writes,
/// without a device in between, as every row of an import is written so. The caller counts the items of its arrays.
class CborBytes {
public:
    explicit CborBytes(QByteArray &bytes) : m_bytes(bytes) {}

    void unsignedInteger(std::uint64_t number) { head(0x00, number); }
    void integer(std::int64_t number)
    {
        if (number < 0)
            head(0x20, std::uint64_t(-(number + 1)));
        else
            head(0x00, std::uint64_t(number));
    }
    void byteString(QByteArrayView bytes)
    {
        head(0x40, std::uint64_t(bytes.size()));
        m_bytes.append(bytes);
    }
    void text(QStringView text);
    void beginArray(std::uint64_t items) { head(0x80, items); }
    void null() { m_bytes.append('\xF6'); }
    /// As writeValue() has it.
    void value(const Value &value);

private:
    void head(std::uint8_t major, std::uint64_t argument);

    QByteArray &m_bytes;
};

} // namespace fieldfare::model
