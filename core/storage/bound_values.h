// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QStringView>

#include <span>
#include <string>
#include <vector>

struct sqlite3_stmt;

namespace fieldfare::storage {

/// Values of a statement's parameters, kept apart from SQLite while another thread may be running that very statement
/// (WriteBehind). Parameters count from 1; what was not set is NULL. Room once taken is used again.
class BoundValues {
public:
    void setNull(int index) { slot(index).kind = Kind::Null; }
    void setInteger(int index, qint64 value);
    void setReal(int index, double value);
    void setText(int index, QStringView text);
    void setBlob(int index, QByteArrayView bytes);
    void clear();

    /// Gives them to a statement that is reset. Texts and blobs are not copied: they must stay as they are until it is
    /// reset again. SQLite's code.
    [[nodiscard]] int bindTo(sqlite3_stmt *statement) const;
    /// Appends a copy that bindPacked() understands.
    void pack(std::vector<char> &bytes) const;
    /// As bindTo(), from a copy, which must stay.
    [[nodiscard]] static int bindPacked(sqlite3_stmt *statement, std::span<const char> bytes);

private:
    enum class Kind : char { Null, Integer, Real, Text, Blob };
    struct Slot {
        Kind kind = Kind::Null;
        qint64 integer = 0;
        double real = 0;
        std::string bytes;
    };
    Slot &slot(int index);

    std::vector<Slot> m_slots; ///< Parameter 1 stands at 0.
};

} // namespace fieldfare::storage
