// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/entities/entities.h"

#include <QtGlobal>

namespace fieldfare::model::entities {

namespace {

constexpr FieldSpec kFields[] = {
    {.id = 1, .name = "entity", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Belongs to"), .flags = Required | InList, .maxLength = 64},
    {.id = 2, .name = "name", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Name"), .flags = Required | InList | Title, .maxLength = 60},
    {.id = 3, .name = "type", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Type"), .flags = Required | InList | ReadOnly, .maxLength = 30},
    {.id = 4, .name = "label_en", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "English"), .flags = InList, .maxLength = 100},
    {.id = 5, .name = "label_zh", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Chinese"), .flags = InList, .maxLength = 100},
    {.id = 6, .name = "choice_list", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "List of choices"), .maxLength = 64},
    {.id = 7, .name = "required", .type = FieldType::YesNo, .label = QT_TRANSLATE_NOOP("Catalog", "Required")},
    {.id = 8, .name = "in_list", .type = FieldType::YesNo, .label = QT_TRANSLATE_NOOP("Catalog", "In lists")},
    {.id = 9, .name = "searchable", .type = FieldType::YesNo, .label = QT_TRANSLATE_NOOP("Catalog", "Searchable")},
    {.id = 10, .name = "max_length", .type = FieldType::Integer, .label = QT_TRANSLATE_NOOP("Catalog", "Longest text")},
    {.id = 11, .name = "retired", .type = FieldType::YesNo, .label = QT_TRANSLATE_NOOP("Catalog", "Retired")},
};

} // namespace

const EntitySpec kCustomField = {
    .id = 13,
    .name = "custom_field",
    .label = QT_TRANSLATE_NOOP("Catalog", "Custom field"),
    .pluralLabel = QT_TRANSLATE_NOOP("Catalog", "Custom fields"),
    .icon = "columns",
    .flags = System,
    .fields = kFields,
};

} // namespace fieldfare::model::entities
