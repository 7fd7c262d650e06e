// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/value.h"

#include <QCborStreamWriter>

#include <vector>

namespace fieldfare::protocol {

/// Writes positional items into the bytes of one message. Lives for one message; does not own the bytes.
class MessageWriter {
public:
    explicit MessageWriter(QByteArray *bytes) : m_bytes(bytes), m_writer(bytes) {}

    void beginArray(std::uint64_t items) { m_writer.startArray(items); }
    void endArray() { m_writer.endArray(); }

    void number(std::uint64_t number) { m_writer.append(quint64(number)); }
    void integer(std::int64_t number) { m_writer.append(qint64(number)); }
    void flag(bool flag) { m_writer.append(flag); }
    void bytes(const QByteArray &bytes) { m_writer.append(bytes); }
    void text(const QString &text) { m_writer.append(QStringView(text)); }
    void value(const model::Value &value) { model::writeValue(m_writer, value); }
    /// 16 bytes, or null for the null id.
    void id(const base::Id &id);
    /// The number of a built-in field, the id of a custom one.
    void key(const model::FieldKey &key);

    /// What follows differs in kind from what stands before: a new block of the frame begins here.
    void cut() { m_cuts.push_back(m_bytes->size()); }
    [[nodiscard]] const std::vector<qsizetype> &cuts() const { return m_cuts; }

private:
    QByteArray *m_bytes;
    QCborStreamWriter m_writer;
    std::vector<qsizetype> m_cuts;
};

} // namespace fieldfare::protocol
