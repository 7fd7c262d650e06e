// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/entities/entities.h"

#include <QtGlobal>

namespace fieldfare::model::entities {

namespace {

constexpr FieldSpec kFields[] = {
    {.id = 1, .name = "name", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Name"), .flags = Required | InList | Title | QuickForm, .maxLength = 100},
    {.id = 2, .name = "name_zh", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Name in Chinese"), .flags = AlsoNamed | QuickForm, .maxLength = 100},
    {.id = 3, .name = "sort_order", .type = FieldType::Integer, .label = QT_TRANSLATE_NOOP("Catalog", "Order")},
    {.id = 4, .name = "retired", .type = FieldType::YesNo, .label = QT_TRANSLATE_NOOP("Catalog", "Retired")},
};

} // namespace

const EntitySpec kPipeline = {
    .id = 5,
    .name = "pipeline",
    .label = QT_TRANSLATE_NOOP("Catalog", "Pipeline"),
    .pluralLabel = QT_TRANSLATE_NOOP("Catalog", "Pipelines"),
    .icon = "board",
    .flags = System,
    .fields = kFields,
};

} // namespace fieldfare::model::entities
