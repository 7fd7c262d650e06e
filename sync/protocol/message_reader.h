// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/value.h"

#include <QCborStreamReader>

#include <limits>

namespace fieldfare::protocol {

/// Reads positional items of one message, whose bytes have passed isSoundCbor(). The first failure sticks: everything read
/// after it is empty, so that a decoder reads as a list and asks once at its end. Lives for one message.
class MessageReader {
public:
    /// `cells`: how many values the message may hold in all.
    MessageReader(const QByteArray &bytes, std::uint64_t cells) : m_reader(bytes), m_cells(cells) {}

    [[nodiscard]] bool failed() const { return m_error.has_value(); }
    [[nodiscard]] const base::Error &error() const { return *m_error; }
    void fail(const char *what);

    /// Enters an array of at least `minimum` items; returns how many there are.
    std::uint64_t beginArray(std::uint64_t minimum);
    /// Leaves it; what a newer peer added is skipped.
    void endArray();
    /// Whether the array has another item.
    bool hasNext() { return !failed() && m_reader.hasNext(); }

    std::uint64_t number(std::uint64_t atMost = std::numeric_limits<std::uint64_t>::max());
    std::int64_t integer();
    bool flag();
    QByteArray bytes();
    QByteArray bytes(qsizetype length);
    QString text();
    model::Value value();
    base::Id id();
    model::FieldKey key();
    /// An enumerator between the first and last of its kind.
    template <typename Enum>
    Enum kind(Enum first, Enum last)
    {
        const std::uint64_t read = number(std::uint64_t(last));
        if (!failed() && read < std::uint64_t(first))
            fail("kind");
        return failed() ? first : Enum(read);
    }

    /// Takes from the budget of values before room is made for them.
    bool spend(std::uint64_t cells);

private:
    QCborStreamReader m_reader;
    std::uint64_t m_cells;
    std::optional<base::Error> m_error;
};

} // namespace fieldfare::protocol
