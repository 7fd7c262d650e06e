// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/entities/entities.h"

#include <QtGlobal>

namespace fieldfare::model::entities {

namespace {

constexpr const char *kPipelineTarget[] = {"pipeline"};
constexpr FieldSpec kFields[] = {
    {.id = 1, .name = "pipeline", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Pipeline"), .flags = InList | QuickForm, .targets = kPipelineTarget},
    {.id = 2, .name = "name", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Name"), .flags = Required | InList | Title | QuickForm, .maxLength = 100},
    {.id = 3, .name = "name_zh", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Name in Chinese"), .flags = AlsoNamed | QuickForm, .maxLength = 100},
    {.id = 4, .name = "kind", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Kind"), .flags = InList | QuickForm, .choiceList = "stage_kind"},
    {.id = 5, .name = "probability", .type = FieldType::Integer, .label = QT_TRANSLATE_NOOP("Catalog", "Probability, %"), .flags = InList | QuickForm},
    {.id = 6, .name = "sort_order", .type = FieldType::Integer, .label = QT_TRANSLATE_NOOP("Catalog", "Order"), .flags = InList},
    {.id = 7, .name = "retired", .type = FieldType::YesNo, .label = QT_TRANSLATE_NOOP("Catalog", "Retired")},
};

} // namespace

const EntitySpec kStage = {
    .id = 6,
    .name = "stage",
    .label = QT_TRANSLATE_NOOP("Catalog", "Stage"),
    .pluralLabel = QT_TRANSLATE_NOOP("Catalog", "Stages"),
    .parentField = "pipeline",
    .icon = "board",
    .flags = System,
    .fields = kFields,
};

} // namespace fieldfare::model::entities
