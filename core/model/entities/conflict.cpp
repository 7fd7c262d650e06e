// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/entities/entities.h"

#include <QtGlobal>

namespace fieldfare::model::entities {

namespace {

constexpr const char *kTargets[] = {"customer", "contact", "interaction", "deal", "pipeline", "stage", "ticket", "tag",
                                    "tagging", "team", "user", "choice_value", "custom_field"};
constexpr FieldSpec kFields[] = {
    {.id = 1, .name = "record", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Record"), .flags = Required | InList, .targets = kTargets},
    {.id = 2, .name = "field", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Field"), .flags = InList, .maxLength = 64, .help = QT_TRANSLATE_NOOP("Catalog", "The field's number, or the id of a custom field's definition.")},
    {.id = 3, .name = "kind", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Kind"), .choiceList = "conflict_kind"},
    {.id = 4, .name = "status", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Status"), .flags = InList | Sortable, .guardGroup = 1, .choiceList = "conflict_status"},
    {.id = 5, .name = "base", .type = FieldType::LongText, .label = QT_TRANSLATE_NOOP("Catalog", "Before"), .maxLength = 70000},
    {.id = 6, .name = "pushed", .type = FieldType::LongText, .label = QT_TRANSLATE_NOOP("Catalog", "Later to arrive"), .maxLength = 70000},
    {.id = 7, .name = "standing", .type = FieldType::LongText, .label = QT_TRANSLATE_NOOP("Catalog", "First to arrive"), .maxLength = 70000},
    {.id = 8, .name = "pushed_by", .type = FieldType::User, .label = QT_TRANSLATE_NOOP("Catalog", "Later by")},
    {.id = 9, .name = "standing_by", .type = FieldType::User, .label = QT_TRANSLATE_NOOP("Catalog", "First by")},
    {.id = 10, .name = "pushed_at", .type = FieldType::Instant, .label = QT_TRANSLATE_NOOP("Catalog", "Later edited")},
    {.id = 11, .name = "standing_at", .type = FieldType::Instant, .label = QT_TRANSLATE_NOOP("Catalog", "First edited")},
    {.id = 12, .name = "pushed_device", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Later on"), .maxLength = 100},
    {.id = 13, .name = "standing_device", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "First on"), .maxLength = 100},
    {.id = 14, .name = "winner", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Shown now"), .maxLength = 20},
    {.id = 15, .name = "uncertain", .type = FieldType::YesNo, .label = QT_TRANSLATE_NOOP("Catalog", "Time uncertain")},
    {.id = 16, .name = "resolved_by", .type = FieldType::User, .label = QT_TRANSLATE_NOOP("Catalog", "Resolved by"), .guardGroup = 1},
    {.id = 17, .name = "resolution", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Resolution"), .maxLength = 20, .guardGroup = 1},
    {.id = 18, .name = "action", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Action"), .flags = Hidden, .maxLength = 36},
};

} // namespace

const EntitySpec kConflict = {
    .id = 14,
    .name = "conflict",
    .label = QT_TRANSLATE_NOOP("Catalog", "Conflict"),
    .pluralLabel = QT_TRANSLATE_NOOP("Catalog", "Conflicts"),
    .icon = "review",
    .flags = System | ServerOnly,
    .fields = kFields,
};

} // namespace fieldfare::model::entities
