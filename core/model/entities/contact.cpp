// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/entities/entities.h"
#include "core/model/entities/headings.h"

#include <QtGlobal>

namespace fieldfare::model::entities {

namespace {

constexpr const char *kCustomerTarget[] = {"customer"};
constexpr FieldSpec kFields[] = {
    {.id = 1, .name = "customer", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Customer"), .flags = InList | QuickForm | CreateIfMissing, .targets = kCustomerTarget, .headings = kCustomerHeadings},
    {.id = 2, .name = "name", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Name"), .flags = Required | InList | Searchable | Sortable | Title | QuickForm, .maxLength = 200, .headings = "fullname contactname 名称 姓名 联系人"},
    {.id = 3, .name = "title", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Job title"), .flags = InList | QuickForm, .maxLength = 100, .headings = "jobtitle position 职位 职务"},
    {.id = 4, .name = "role", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Role in the decision"), .flags = InList | QuickForm, .choiceList = "contact_role", .headings = "决策角色"},
    {.id = 5, .name = "phone", .type = FieldType::Phone, .label = QT_TRANSLATE_NOOP("Catalog", "Phone"), .flags = InList | Searchable | QuickForm, .headings = kPhoneHeadings},
    {.id = 6, .name = "email", .type = FieldType::Email, .label = QT_TRANSLATE_NOOP("Catalog", "E-mail"), .flags = InList | Searchable | QuickForm, .headings = kEmailHeadings},
    {.id = 7, .name = "birth_date", .type = FieldType::Date, .label = QT_TRANSLATE_NOOP("Catalog", "Birth date"), .headings = kBirthDateHeadings},
    {.id = 8, .name = "gender", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Gender"), .choiceList = "gender", .headings = kGenderHeadings},
    {.id = 9, .name = "description", .type = FieldType::LongText, .label = QT_TRANSLATE_NOOP("Catalog", "Description"), .flags = FullText, .merge = Merge::Text, .headings = kDescriptionHeadings},
};

} // namespace

const EntitySpec kContact = {
    .id = 2,
    .name = "contact",
    .label = QT_TRANSLATE_NOOP("Catalog", "Contact"),
    .pluralLabel = QT_TRANSLATE_NOOP("Catalog", "Contacts"),
    .parentField = "customer",
    .icon = "user",
    .flags = NoEntityFlags,
    .fields = kFields,
};

} // namespace fieldfare::model::entities
