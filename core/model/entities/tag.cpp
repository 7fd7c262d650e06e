// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/entities/entities.h"

#include <QtGlobal>

namespace fieldfare::model::entities {

namespace {

constexpr FieldSpec kFields[] = {
    {.id = 1, .name = "name", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Name"), .flags = Required | InList | Title | Searchable, .maxLength = 60},
    {.id = 2, .name = "colour", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Colour"), .maxLength = 9},
};

} // namespace

const EntitySpec kTag = {
    .id = 8,
    .name = "tag",
    .label = QT_TRANSLATE_NOOP("Catalog", "Tag"),
    .pluralLabel = QT_TRANSLATE_NOOP("Catalog", "Tags"),
    .icon = "tag",
    .flags = System | NamedId,
    .fields = kFields,
};

} // namespace fieldfare::model::entities
