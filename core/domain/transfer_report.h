// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/field_key.h"

#include <QList>
#include <QString>

namespace fieldfare::domain {

/// What a transfer does with a record that the other side seems to have (DuplicateSearch).
enum class DuplicatePolicy : std::uint8_t {
    Keep, ///< Both stay; people decide later.
    Skip, ///< It is not taken; what refers to it refers to the other side's.
};

struct TransferOptions {
    DuplicatePolicy duplicates = DuplicatePolicy::Keep;
    QString label; ///< Of the action, for history and undo.
};

/// Of one entity. records = taken + present + skipped + left.
struct TransferCounts {
    model::EntityId entity = 0;
    qint64 records = 0;
    qint64 taken = 0;
    qint64 trashed = 0;    ///< Of the taken ones: they lie in the trash there, too.
    qint64 present = 0;    ///< There already: the same id, or a setting of the company of the same name.
    qint64 duplicates = 0;
    qint64 skipped = 0;    ///< Duplicates that were not taken.
    qint64 left = 0;       ///< Memberships that had been taken away.
    qint64 renumbered = 0;
};

/// A record by what people know it by.
struct NamedRecord {
    base::Id id;
    QString number; ///< Empty without.
    QString title;
};

struct DuplicatePair {
    model::EntityId entity = 0;
    model::FieldKey by;
    NamedRecord own;
    NamedRecord present;
};

struct Renumbering {
    model::EntityId entity = 0;
    NamedRecord record; ///< With its new number.
    QString former;
};

/// What became of a transfer. A plain value.
struct TransferReport {
    static constexpr qsizetype kMostLines = 1000; ///< In each list; the counts go on.

    base::Id action; ///< Null when nothing was written.
    QList<TransferCounts> counts; ///< In the catalog's order; entities without records are left out.
    QList<DuplicatePair> duplicates;
    QList<Renumbering> renumbered;
    QList<std::pair<QString, QString>> renamedFields; ///< Custom fields whose name stood for another type: former and new name.
    qint64 droppedReferences = 0; ///< To people and records that neither side knows; the fields are empty.

    [[nodiscard]] qint64 total(qint64 TransferCounts::*count) const
    {
        qint64 sum = 0;
        for (const TransferCounts &entry : counts)
            sum += entry.*count;
        return sum;
    }
};

} // namespace fieldfare::domain
