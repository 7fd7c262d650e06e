// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/model/field_key.h"

#include <QString>

namespace fieldfare::store {

/// One thing that is wrong in a profile, or that somebody may wonder about.
struct CheckFinding {
    enum class Kind {
        Page,      ///< A page of the file is not what was written there.
        Structure, ///< SQLite finds a table or the file's lists wrong.
        Index,     ///< An index and its table tell different things.
        Search,    ///< A search table and its rows tell different things.
        Reference, ///< It points to a record that is not here.
        Versions,  ///< The versions of a row's fields cannot be read.
        Row,       ///< Something else of a row cannot be read.
    };
    /// What repairProfile() does about it.
    enum class Mend {
        Nothing,           ///< It is as it should be: a record outside one's rights.
        NotHere,           ///< Salvage or a backup: what the page held is not in the profile any more.
        Reindex,           ///< The index is built anew from its table. Nothing is lost.
        RebuildSearch,     ///< The search table is filled anew from the rows. Nothing is lost.
        EmptyReference,    ///< The field is emptied, in history and undoable.
        TrashRow,          ///< The record is nothing without what it points to: it goes to the trash, undoable.
        RecomputeVersions, ///< From history, as far as it goes; never above the truth. With a server, the next sync
                           ///< downloads again.
    };

    Kind kind = Kind::Page;
    Mend mend = Mend::NotHere;
    QString where;            ///< "page 12", an index, a table, "deal.customer": as the file calls it.
    QString detail;           ///< English.
    quint32 page = 0;         ///< Of Page.
    model::EntityId entity = 0; ///< Of Search, Reference, Versions and Row.
    base::Id record;          ///< Of Reference, Versions and Row.
    model::FieldKey field;    ///< Of Reference.

    /// Something is wrong, be it repairable or not.
    [[nodiscard]] bool isProblem() const { return mend != Mend::Nothing; }
    [[nodiscard]] bool isMendable() const { return mend != Mend::Nothing && mend != Mend::NotHere; }
};

} // namespace fieldfare::store
