// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"

#include <QStringList>

/// How entities are laid out, by field id: the only place of ui that names fields. A field without a hint is shown all the
/// same: in the list when it has InList, in the form under "more fields", by the manner of its type.
namespace fieldfare::ui::layout {

/// How a list shows a value beyond its type.
enum class Cell : std::uint8_t {
    Plain,
    Lifecycle, ///< dot and word, by the choice's key
    Due,       ///< late in red, within the hour in ochre
    Ago,       ///< time passed: "12 d"
    Severity,  ///< a square with the number of the choice's place
    TimeLeft,  ///< "0 h 41" until an instant, and a bar of the time used since the record was made
};

struct FieldHint {
    const char *entity = nullptr;
    std::uint16_t field = 0;
    Cell cell = Cell::Plain;
    short listOrder = 0;  ///< 1.. in the list from the left; -1: only by the column chooser; 0: behind the others
    short width = 0;      ///< pixels at a 13-px font; 0: by type
    short priority = 0;   ///< Higher ones hide first when room is short; 0 never hides.
    short formOrder = 0;  ///< 1.. among the first fields of the form; 0: under "more fields"
    const char *group = nullptr;      ///< Heading in the form; QT_TRANSLATE_NOOP("Layout", ...)
    const char *shortLabel = nullptr; ///< For a column's head; QT_TRANSLATE_NOOP("Layout", ...)
};

/// What belongs to an entity as a whole.
struct EntityHint {
    const char *entity = nullptr;
    const char *sort = nullptr;       ///< First order of the list, as parseSorts() reads it.
    const char *openFilter = nullptr; ///< EXPR of the rows that are still to do, for "open" counts; null: all.
    const char *iconField = nullptr;  ///< A choice field whose key gives the symbol before the title.
    const char *nextStep = nullptr;   ///< Text field of the next step, and
    const char *nextStepAt = nullptr; ///< its date.
    const char *subtitle = nullptr;   ///< Fields below the title, parted by commas.
    const char *pauseField = nullptr; ///< A field of keys by which time does not run: "paused" at pauseKey, over at doneKeys.
    const char *pauseKey = nullptr;
    const char *doneKeys = nullptr;   ///< Parted by commas.
    const char *timelineAt = nullptr; ///< Instant at which it stands in timelines; null: when it was created.
    const char *alsoAbout = nullptr;  ///< Of what stands in timelines: taken from the record it is about, by the same name.
    bool isPerson = false;            ///< Its records are people.
    const char *timelineText = nullptr; ///< Fields of its lines in timelines, parted by commas; null: the subtitle's.
};

[[nodiscard]] const FieldHint &of(const model::Entity &entity, const model::Field &field);
[[nodiscard]] const EntityHint &of(const model::Entity &entity);
/// The entity that notes and calls are records of: the one with a time of its own in timelines. Null without.
[[nodiscard]] const model::Entity *talkEntity(const model::Catalog &catalog);

/// The entity of who signs in: the one that user fields refer to. Null without.
[[nodiscard]] const model::Entity *userEntity(const model::Catalog &catalog);

/// Whether time runs for a record: nothing is late while it waits for somebody else, or when it is done.
enum class Running { Yes, Paused, Over };
/// The field that says so; null where time always runs.
[[nodiscard]] const model::Field *runningField(const model::Entity &entity);
/// `key`: the value of that field.
[[nodiscard]] Running runningBy(const model::Entity &entity, const QString &key);

/// Fields that a list can show, those shown at first in front, in order. Hidden and removed ones are not among them.
[[nodiscard]] QList<const model::Field *> listFields(const model::Entity &entity);
/// Those that a list shows before anybody chose.
[[nodiscard]] QList<const model::Field *> defaultListFields(const model::Entity &entity);

struct FormGroup {
    QString heading; ///< May be empty.
    QList<const model::Field *> fields;
};
/// The first groups of the form; what else is in more().
[[nodiscard]] QList<FormGroup> formGroups(const model::Entity &entity);
/// The rest of the form's fields, without number, hidden and removed ones.
[[nodiscard]] QList<const model::Field *> moreFields(const model::Entity &entity);

/// Label of a column: the short one where there is one.
[[nodiscard]] QString columnLabel(const model::Entity &entity, const model::Field &field);
/// Width of a column at a 13-px font.
[[nodiscard]] int columnWidth(const model::Entity &entity, const model::Field &field);
/// Symbol of an entity (icon.h); every entity has one.
[[nodiscard]] QString entityIcon(const model::Entity &entity);
/// Symbol for a choice key of an icon field: "call" gives "phone".
[[nodiscard]] QString keyIcon(const QString &key);

} // namespace fieldfare::ui::layout
