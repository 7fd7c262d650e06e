// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/entities/entities.h"
#include "core/model/entities/headings.h"

#include <QtGlobal>

namespace fieldfare::model::entities {

namespace {

constexpr const char *kCustomerTarget[] = {"customer"};
constexpr const char *kContactTarget[] = {"contact"};
constexpr const char *kAboutTargets[] = {"deal", "ticket"};
constexpr FieldSpec kFields[] = {
    {.id = 1, .name = "customer", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Customer"), .flags = InList | CreateIfMissing, .targets = kCustomerTarget, .headings = kCustomerHeadings},
    {.id = 2, .name = "contact", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Contact"), .flags = QuickForm, .targets = kContactTarget, .headings = kContactHeadings},
    {.id = 3, .name = "about", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "About"), .targets = kAboutTargets},
    {.id = 4, .name = "kind", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Kind"), .flags = InList | QuickForm | Required, .choiceList = "interaction_kind", .headings = kKindHeadings},
    {.id = 5, .name = "at", .type = FieldType::Instant, .label = QT_TRANSLATE_NOOP("Catalog", "When"), .flags = InList | Sortable | QuickForm, .headings = "date time when datetime 时间 日期"},
    {.id = 6, .name = "direction", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Direction"), .flags = QuickForm, .choiceList = "direction"},
    {.id = 7, .name = "subject", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Subject"), .flags = InList | Searchable | Title | QuickForm, .maxLength = 300, .headings = kSubjectHeadings},
    {.id = 8, .name = "body", .type = FieldType::LongText, .label = QT_TRANSLATE_NOOP("Catalog", "Text"), .flags = FullText | QuickForm, .merge = Merge::Text, .headings = "text notes note content 内容 正文"},
    {.id = 9, .name = "outcome", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Outcome"), .flags = InList, .choiceList = "outcome"},
    {.id = 10, .name = "next_step", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Next step"), .maxLength = 200, .headings = kNextStepHeadings},
    {.id = 11, .name = "next_step_at", .type = FieldType::Date, .label = QT_TRANSLATE_NOOP("Catalog", "Next step due")},
    {.id = 12, .name = "owner", .type = FieldType::User, .label = QT_TRANSLATE_NOOP("Catalog", "By"), .flags = Mine | InList, .headings = kOwnerHeadings},
};

} // namespace

const EntitySpec kInteraction = {
    .id = 3,
    .name = "interaction",
    .label = QT_TRANSLATE_NOOP("Catalog", "Interaction"),
    .pluralLabel = QT_TRANSLATE_NOOP("Catalog", "Interactions"),
    .parentField = "customer",
    .icon = "message",
    .flags = NoEntityFlags,
    .fields = kFields,
};

} // namespace fieldfare::model::entities
