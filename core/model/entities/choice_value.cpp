// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/entities/entities.h"

#include <QtGlobal>

namespace fieldfare::model::entities {

namespace {

constexpr const char *kChoiceTarget[] = {"choice_value"};
constexpr FieldSpec kFields[] = {
    {.id = 1, .name = "list", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "List"), .flags = Required | InList, .maxLength = 64},
    {.id = 2, .name = "key", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Key"), .flags = Required | InList | ReadOnly | GivenAtCreate, .maxLength = 64},
    {.id = 3, .name = "label_en", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "English"), .flags = InList | Title, .maxLength = 100},
    {.id = 4, .name = "label_zh", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Chinese"), .flags = InList, .maxLength = 100},
    {.id = 5, .name = "sort_order", .type = FieldType::Integer, .label = QT_TRANSLATE_NOOP("Catalog", "Order")},
    {.id = 6, .name = "retired", .type = FieldType::YesNo, .label = QT_TRANSLATE_NOOP("Catalog", "Retired")},
    {.id = 7, .name = "parent", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Part of"), .targets = kChoiceTarget},
};

} // namespace

const EntitySpec kChoiceValue = {
    .id = 12,
    .name = "choice_value",
    .label = QT_TRANSLATE_NOOP("Catalog", "Choice"),
    .pluralLabel = QT_TRANSLATE_NOOP("Catalog", "Choices"),
    .icon = "list",
    .flags = System | NamedId,
    .fields = kFields,
};

} // namespace fieldfare::model::entities
