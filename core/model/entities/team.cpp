// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/entities/entities.h"

#include <QtGlobal>

namespace fieldfare::model::entities {

namespace {

constexpr const char *kTeamTarget[] = {"team"};
constexpr FieldSpec kFields[] = {
    {.id = 1, .name = "name", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Name"), .flags = Required | InList | Title | Searchable, .maxLength = 100},
    {.id = 2, .name = "parent", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Part of"), .flags = InList, .targets = kTeamTarget},
};

} // namespace

const EntitySpec kTeam = {
    .id = 10,
    .name = "team",
    .label = QT_TRANSLATE_NOOP("Catalog", "Team"),
    .pluralLabel = QT_TRANSLATE_NOOP("Catalog", "Teams"),
    .icon = "users",
    .flags = System | NamedId,
    .fields = kFields,
};

} // namespace fieldfare::model::entities
