// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/import_cursor.h"

#include <QCborArray>
#include <QCborValue>

namespace fieldfare::exchange {

QByteArray ImportCursor::toBytes() const
{
    QCborArray creations;
    for (const ImportCreation &creation : counts.creations)
        creations.append(QCborArray{creation.field, creation.count, QCborArray::fromStringList(creation.names)});
    const QCborArray array{1, fingerprint, int(phase), records, counts.read, counts.blank, counts.created, counts.updated,
                           counts.unchanged, counts.rejected, counts.warnings, counts.alsoCreated, deferred, rejectsBytes, creations};
    return QCborValue(array).toCbor();
}

std::optional<ImportCursor> ImportCursor::fromBytes(const QByteArray &bytes)
{
    const QCborArray array = QCborValue::fromCbor(bytes).toArray();
    if (array.size() < 14 || array.size() > 15 || array.at(0).toInteger() != 1)
        return std::nullopt;
    ImportCursor cursor;
    cursor.fingerprint = array.at(1).toByteArray();
    cursor.phase = array.at(2).toInteger() == 1 ? Phase::Links : Phase::Rows;
    cursor.records = array.at(3).toInteger();
    qint64 *const numbers[] = {&cursor.counts.read, &cursor.counts.blank, &cursor.counts.created, &cursor.counts.updated,
                               &cursor.counts.unchanged, &cursor.counts.rejected, &cursor.counts.warnings,
                               &cursor.counts.alsoCreated, &cursor.deferred, &cursor.rejectsBytes};
    for (qsizetype i = 0; i < qsizetype(std::size(numbers)); ++i)
        *numbers[i] = array.at(4 + i).toInteger();
    for (const QCborValue &entry : array.at(14).toArray()) {
        const QCborArray parts = entry.toArray();
        ImportCreation creation{parts.at(0).toString(), parts.at(1).toInteger(), {}};
        for (const QCborValue &name : parts.at(2).toArray())
            creation.names.append(name.toString());
        cursor.counts.creations.append(creation);
    }
    return cursor;
}

} // namespace fieldfare::exchange
