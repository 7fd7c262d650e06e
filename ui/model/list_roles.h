// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <Qt>

namespace fieldfare::ui {

/// The sync state of a record or a field, as one mark.
enum class StateMark { None, Synced, Offline, NotSaved, Waiting, Conflict, NotAccepted };

/// Where a customer stands.
enum class Lifecycle { None, Lead, Prospect, Customer, Churned };

/// What a value says about time, beyond its text.
enum class Tone { Normal, Muted, DueSoon, Late, Good };

/// Data roles that RowDelegate and TimelineDelegate read besides Qt's own. They start far above Qt::UserRole so that a
/// model keeps room for its own. A role that the model does not answer has no effect.
enum ListRole {
    // any list
    StateMarkRole = Qt::UserRole + 1000, ///< int(StateMark), on any column of the row: drawn in the mark column
    LifecycleRole,                       ///< int(Lifecycle), of a cell: dot before the text
    EmphasisRole,                        ///< bool, of a cell: semi-bold (the name of the current row is so anyhow)
    NotFetchedRole,                      ///< bool, of a row: its values are still to come, a bar stands for them
    ToneRole,                            ///< int(Tone), of a cell
    IconNameRole,                        ///< QString, of a cell: symbol before the text
    SecondaryTextRole,                   ///< QString, of a cell: smaller words after the text
    StruckOutRole,                       ///< bool, of a cell: done or removed
    ElideMiddleRole,                     ///< bool, of a cell: names of files lose their middle
    GroupRowRole,                        ///< bool, of a row: heading of a group (alt, semi-bold, count in text3)
    CountRole,                           ///< QString or number, of a group row
    // timeline
    TimelineKindRole,  ///< int(TimelineKind), Entry or DayHeading
    TimelineTitleRole, ///< QString; also Qt::DisplayRole
    TimelineTimeRole,  ///< QString, right
    TimelineBodyRole,  ///< QString, plain text, drawn on up to two lines
};

enum class TimelineKind { Entry, DayHeading };

} // namespace fieldfare::ui

Q_DECLARE_METATYPE(fieldfare::ui::StateMark)
Q_DECLARE_METATYPE(fieldfare::ui::Lifecycle)
Q_DECLARE_METATYPE(fieldfare::ui::Tone)
