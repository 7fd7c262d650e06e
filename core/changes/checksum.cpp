// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/changes/checksum.h"

#include "core/base/hash.h"

#include <QtEndian>

namespace fieldfare::changes {

void Checksum::add(const ReplicatedRow &row)
{
    ++m_rows;
    std::vector<model::FieldKey> fields;
    for (const FieldValue &entry : row.values)
        fields.push_back(entry.field);
    for (const auto &[field, version] : row.versions.exceptions()) {
        if (row.value(field).isEmpty())
            fields.push_back(field);
    }
    QByteArray head(2 + base::Id::kSize, Qt::Uninitialized);
    qToBigEndian(row.entity, head.data());
    std::copy(row.id.data().begin(), row.id.data().end(), head.begin() + 2);
    for (const model::FieldKey &field : fields) {
        QByteArray bytes = head;
        char numbers[10];
        qToBigEndian(field.number, numbers);
        qToBigEndian(quint64(row.versions.of(field)), numbers + 2);
        bytes.append(numbers, 10);
        bytes += field.custom.toBytes();
        bytes += model::encodeValue(row.value(field));
        const QByteArray digest = base::sha256(bytes);
        Checksum one;
        one.m_high = qFromBigEndian<quint64>(digest.constData());
        one.m_low = qFromBigEndian<quint64>(digest.constData() + 8);
        const std::uint64_t rows = m_rows;
        add(one);
        m_rows = rows;
    }
}

void Checksum::add(const Checksum &other)
{
    const std::uint64_t low = m_low + other.m_low;
    m_high += other.m_high + (low < m_low ? 1 : 0);
    m_low = low;
    m_rows += other.m_rows;
}

QByteArray Checksum::bytes() const
{
    QByteArray bytes(16, Qt::Uninitialized);
    qToBigEndian(quint64(m_high), bytes.data());
    qToBigEndian(quint64(m_low), bytes.data() + 8);
    return bytes;
}

} // namespace fieldfare::changes
