// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/entities/entities.h"

#include <QtGlobal>

namespace fieldfare::model::entities {

namespace {

constexpr const char *kTagged[] = {"customer", "deal", "ticket"};
constexpr const char *kTagTarget[] = {"tag"};
constexpr FieldSpec kFields[] = {
    {.id = 1, .name = "record", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Record"), .flags = Required, .targets = kTagged},
    {.id = 2, .name = "tag", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Tag"), .flags = Required, .targets = kTagTarget},
};

} // namespace

const EntitySpec kTagging = {
    .id = 9,
    .name = "tagging",
    .label = QT_TRANSLATE_NOOP("Catalog", "Tagging"),
    .pluralLabel = QT_TRANSLATE_NOOP("Catalog", "Taggings"),
    .parentField = "record",
    .icon = "tag",
    .flags = System,
    .fields = kFields,
};

} // namespace fieldfare::model::entities
