// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/import_cursor.h"

#include <QCborArray>
#include <QCborValue>

namespace fieldfare::exchange {

QByteArray ImportCursor::toBytes() const
{
    const QCborArray array{1, fingerprint, int(phase), records, counts.read, counts.blank, counts.created, counts.updated,
                           counts.unchanged, counts.rejected, counts.warnings, counts.alsoCreated, deferred, rejectsBytes};
    return QCborValue(array).toCbor();
}

std::optional<ImportCursor> ImportCursor::fromBytes(const QByteArray &bytes)
{
    const QCborArray array = QCborValue::fromCbor(bytes).toArray();
    if (array.size() != 14 || array.at(0).toInteger() != 1)
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
    return cursor;
}

} // namespace fieldfare::exchange
