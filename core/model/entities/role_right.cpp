// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/entities/entities.h"

#include <QtGlobal>

namespace fieldfare::model::entities {

namespace {

constexpr FieldSpec kFields[] = {
    {.id = 1, .name = "role", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Role"), .flags = Required | InList, .choiceList = "user_role"},
    {.id = 2, .name = "entity", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Kind of record"), .flags = Required | InList | Title, .maxLength = 100},
    {.id = 7, .name = "see_reach", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "May see"), .flags = InList, .choiceList = "right_reach"},
    {.id = 8, .name = "see_pool", .type = FieldType::YesNo, .label = QT_TRANSLATE_NOOP("Catalog", "Sees the pool"), .flags = InList},
    {.id = 3, .name = "edit_reach", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "May change"), .flags = InList, .choiceList = "right_reach"},
    {.id = 4, .name = "remove_reach", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "May remove"), .flags = InList, .choiceList = "right_reach"},
    {.id = 5, .name = "may_create", .type = FieldType::YesNo, .label = QT_TRANSLATE_NOOP("Catalog", "May create"), .flags = InList},
    {.id = 6, .name = "may_export", .type = FieldType::YesNo, .label = QT_TRANSLATE_NOOP("Catalog", "May export"), .flags = InList},
};

} // namespace

/// What a role may do with one kind of record; of what no row speaks, everything.
const EntitySpec kRoleRight = {
    .id = 15,
    .name = "role_right",
    .label = QT_TRANSLATE_NOOP("Catalog", "Right of a role"),
    .pluralLabel = QT_TRANSLATE_NOOP("Catalog", "Rights of roles"),
    .icon = "shield",
    .flags = System | ServerOnly | NamedId,
    .fields = kFields,
};

} // namespace fieldfare::model::entities
