// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/entities/entities.h"

#include <QtGlobal>

namespace fieldfare::model::entities {

namespace {

constexpr const char *kTeamTarget[] = {"team"};
constexpr FieldSpec kFields[] = {
    {.id = 1, .name = "name", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Sign-in name"), .flags = AlsoNamed | Required | InList | Searchable, .maxLength = 100},
    {.id = 2, .name = "full_name", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Name"), .flags = InList | Title | Searchable, .maxLength = 200},
    {.id = 3, .name = "email", .type = FieldType::Email, .label = QT_TRANSLATE_NOOP("Catalog", "E-mail"), .flags = InList},
    {.id = 4, .name = "team", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Team"), .flags = InList, .targets = kTeamTarget},
    {.id = 5, .name = "role", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Role"), .flags = InList, .choiceList = "user_role"},
    {.id = 6, .name = "active", .type = FieldType::YesNo, .label = QT_TRANSLATE_NOOP("Catalog", "Active"), .flags = InList},
};

} // namespace

const EntitySpec kUser = {
    .id = 11,
    .name = "user",
    .label = QT_TRANSLATE_NOOP("Catalog", "User"),
    .pluralLabel = QT_TRANSLATE_NOOP("Catalog", "Users"),
    .icon = "user",
    .flags = System | ServerOnly,
    .fields = kFields,
};

} // namespace fieldfare::model::entities
