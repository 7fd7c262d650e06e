// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/entities/entities.h"
#include "core/model/entities/headings.h"

#include <QtGlobal>

namespace fieldfare::model::entities {

namespace {

constexpr const char *kCustomerTarget[] = {"customer"};
constexpr const char *kTeamTarget[] = {"team"};
constexpr const char *kPipelineTarget[] = {"pipeline"};
constexpr const char *kStageTarget[] = {"stage"};
constexpr ComputedSpec kState = {.resultType = FieldType::Text, .reference = "stage", .value = "kind"};
constexpr FieldSpec kFields[] = {
    {.id = 1, .name = "number", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Number"), .flags = Number | ReadOnly | InList | Searchable | Sortable, .maxLength = 40, .headings = kNumberHeadings},
    {.id = 2, .name = "name", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Name"), .flags = Required | InList | Searchable | Sortable | Title | QuickForm, .maxLength = 200, .headings = "dealname opportunity opportunityname 名称 商机 商机名称"},
    {.id = 3, .name = "customer", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Customer"), .flags = InList | CreateIfMissing | QuickForm, .targets = kCustomerTarget, .headings = kCustomerHeadings},
    {.id = 4, .name = "kind", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Kind"), .flags = Classification, .choiceList = "deal_kind", .headings = kKindHeadings},
    {.id = 5, .name = "pipeline", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Pipeline"), .targets = kPipelineTarget},
    {.id = 6, .name = "stage", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Stage"), .flags = InList | QuickForm | Sortable, .guardGroup = 1, .targets = kStageTarget, .headings = kStageHeadings},
    {.id = 7, .name = "amount", .type = FieldType::Money, .label = QT_TRANSLATE_NOOP("Catalog", "Amount"), .flags = InList | QuickForm | Sortable, .headings = "value dealvalue closevalue price total 金额"},
    {.id = 8, .name = "probability", .type = FieldType::Integer, .label = QT_TRANSLATE_NOOP("Catalog", "Probability, %"), .guardGroup = 1, .headings = "chance winprobability 概率 成功率"},
    {.id = 9, .name = "expected_close", .type = FieldType::Date, .label = QT_TRANSLATE_NOOP("Catalog", "Expected close"), .flags = InList | Sortable | QuickForm, .headings = "expectedclosedate closedate targetdate 预计成交日期 预计结束日期"},
    {.id = 10, .name = "closed_at", .type = FieldType::Date, .label = QT_TRANSLATE_NOOP("Catalog", "Closed"), .guardGroup = 1, .headings = "closed closingdate closeddate 成交日期 结束日期"},
    {.id = 11, .name = "source", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Source"), .flags = Classification, .choiceList = "source", .headings = kSourceHeadings},
    {.id = 12, .name = "competitors", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Competitors"), .flags = FullText, .maxLength = 500},
    {.id = 13, .name = "lost_reason", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Lost reason"), .flags = Classification, .guardGroup = 1, .choiceList = "lost_reason"},
    {.id = 14, .name = "next_step", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Next step"), .flags = InList, .maxLength = 200, .headings = kNextStepHeadings},
    {.id = 15, .name = "next_step_at", .type = FieldType::Date, .label = QT_TRANSLATE_NOOP("Catalog", "Due"), .flags = InList},
    {.id = 16, .name = "description", .type = FieldType::LongText, .label = QT_TRANSLATE_NOOP("Catalog", "Description"), .flags = FullText, .merge = Merge::Text, .headings = kDescriptionHeadings},
    {.id = 17, .name = "owner", .type = FieldType::User, .label = QT_TRANSLATE_NOOP("Catalog", "Owner"), .flags = Mine | InList | QuickForm | Sortable, .guardGroup = 2, .headings = kOwnerHeadings},
    {.id = 18, .name = "team", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Team"), .targets = kTeamTarget, .headings = kTeamHeadings},
    {.id = 19, .name = "tags", .type = FieldType::Tags, .label = QT_TRANSLATE_NOOP("Catalog", "Tags"), .headings = kTagsHeadings},
    {.id = 20, .name = "opened_at", .type = FieldType::Date, .label = QT_TRANSLATE_NOOP("Catalog", "Opened"), .headings = "opened engagedate startdate 开始日期"},
    {.id = 21, .name = "product", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Product"), .flags = Searchable, .maxLength = 200},
    {.id = 22, .name = "state", .type = FieldType::Computed, .label = QT_TRANSLATE_NOOP("Catalog", "State"), .computed = &kState},
};

} // namespace

const EntitySpec kDeal = {
    .id = 4,
    .name = "deal",
    .label = QT_TRANSLATE_NOOP("Catalog", "Deal"),
    .pluralLabel = QT_TRANSLATE_NOOP("Catalog", "Deals"),
    .numberPrefix = "D",
    .icon = "board",
    .flags = NoEntityFlags,
    .fields = kFields,
};

} // namespace fieldfare::model::entities
