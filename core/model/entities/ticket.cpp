// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/entities/entities.h"
#include "core/model/entities/headings.h"

#include <QtGlobal>

namespace fieldfare::model::entities {

namespace {

constexpr const char *kCustomerTarget[] = {"customer"};
constexpr const char *kTeamTarget[] = {"team"};
constexpr const char *kContactTarget[] = {"contact"};
constexpr const char *kDealTarget[] = {"deal"};
constexpr FieldSpec kFields[] = {
    {.id = 1, .name = "number", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Number"), .flags = Number | ReadOnly | InList | Searchable | Sortable, .maxLength = 40, .headings = kNumberHeadings},
    {.id = 2, .name = "subject", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Subject"), .flags = Required | InList | Searchable | Title | QuickForm, .maxLength = 300, .headings = kSubjectHeadings},
    {.id = 3, .name = "description", .type = FieldType::LongText, .label = QT_TRANSLATE_NOOP("Catalog", "Description"), .flags = FullText | QuickForm, .merge = Merge::Text, .headings = kDescriptionHeadings},
    {.id = 4, .name = "customer", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Customer"), .flags = InList | CreateIfMissing | QuickForm, .targets = kCustomerTarget, .headings = kCustomerHeadings},
    {.id = 5, .name = "contact", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Contact"), .targets = kContactTarget, .headings = kContactHeadings},
    {.id = 6, .name = "kind", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Kind"), .flags = InList | QuickForm, .choiceList = "ticket_kind", .headings = kKindHeadings},
    {.id = 7, .name = "channel", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Channel"), .choiceList = "channel", .headings = "渠道"},
    {.id = 8, .name = "severity", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Severity"), .flags = InList | QuickForm, .choiceList = "severity", .headings = "priority urgency 优先级 严重程度"},
    {.id = 9, .name = "status", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Status"), .flags = InList | QuickForm | Sortable, .guardGroup = 1, .choiceList = "ticket_status", .headings = kStatusHeadings},
    {.id = 10, .name = "assignee", .type = FieldType::User, .label = QT_TRANSLATE_NOOP("Catalog", "Assignee"), .flags = Mine | InList | QuickForm | Sortable, .guardGroup = 2, .headings = "assignedto agent 处理人 受理人"},
    {.id = 11, .name = "due_at", .type = FieldType::Instant, .label = QT_TRANSLATE_NOOP("Catalog", "Due"), .flags = InList | Sortable | QuickForm, .headings = "due deadline duedate 截止时间 到期"},
    {.id = 12, .name = "resolution", .type = FieldType::LongText, .label = QT_TRANSLATE_NOOP("Catalog", "Resolution"), .flags = FullText, .merge = Merge::Text, .guardGroup = 0},
    {.id = 13, .name = "team", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Team"), .targets = kTeamTarget, .headings = kTeamHeadings},
    {.id = 14, .name = "deal", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Deal"), .targets = kDealTarget},
    {.id = 15, .name = "tags", .type = FieldType::Tags, .label = QT_TRANSLATE_NOOP("Catalog", "Tags"), .headings = kTagsHeadings},
};

} // namespace

const EntitySpec kTicket = {
    .id = 7,
    .name = "ticket",
    .label = QT_TRANSLATE_NOOP("Catalog", "Ticket"),
    .pluralLabel = QT_TRANSLATE_NOOP("Catalog", "Tickets"),
    .numberPrefix = "T",
    .icon = "ticket",
    .flags = NoEntityFlags,
    .fields = kFields,
};

} // namespace fieldfare::model::entities
