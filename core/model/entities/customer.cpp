// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/entities/entities.h"
#include "core/model/entities/headings.h"

#include <QtGlobal>

namespace fieldfare::model::entities {

namespace {

constexpr const char *kCustomerTarget[] = {"customer"};
constexpr const char *kTeamTarget[] = {"team"};
constexpr ComputedSpec kLastContact = {.resultType = FieldType::Instant, .child = "interaction", .reference = "customer",
                                     .value = "at", .aggregate = Aggregate::Max};
constexpr ComputedSpec kOpenAmount = {.resultType = FieldType::Money, .child = "deal", .reference = "customer",
                                    .value = "amount", .aggregate = Aggregate::Sum,
                                    .whereField = "state", .whereValue = "open"};
constexpr FieldSpec kFields[] = {
    {.id = 1, .name = "number", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Number"), .flags = Number | ReadOnly | InList | Searchable | Sortable, .maxLength = 40, .headings = "no nr code 编号 客户编号"},
    {.id = 2, .name = "name", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Name"), .flags = Required | InList | Searchable | Sortable | Title | QuickForm, .maxLength = 200, .headings = "fullname company companyname account accountname customername 名称 姓名 客户 客户名称 公司 公司名称"},
    {.id = 3, .name = "kind", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Kind"), .flags = QuickForm, .choiceList = "customer_kind", .headings = kKindHeadings},
    {.id = 4, .name = "gender", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Gender"), .choiceList = "gender", .headings = kGenderHeadings},
    {.id = 5, .name = "birth_date", .type = FieldType::Date, .label = QT_TRANSLATE_NOOP("Catalog", "Birth date"), .headings = kBirthDateHeadings},
    {.id = 6, .name = "phone", .type = FieldType::Phone, .label = QT_TRANSLATE_NOOP("Catalog", "Phone"), .flags = Searchable | QuickForm, .headings = kPhoneHeadings},
    {.id = 7, .name = "mobile", .type = FieldType::Phone, .label = QT_TRANSLATE_NOOP("Catalog", "Mobile phone"), .flags = Searchable, .headings = "mobilephone cell cellphone phone2 手机 手机号 移动电话"},
    {.id = 8, .name = "email", .type = FieldType::Email, .label = QT_TRANSLATE_NOOP("Catalog", "E-mail"), .flags = Searchable | QuickForm, .headings = kEmailHeadings},
    {.id = 9, .name = "email2", .type = FieldType::Email, .label = QT_TRANSLATE_NOOP("Catalog", "Second e-mail"), .flags = Searchable, .headings = "secondemail otheremail 备用邮箱"},
    {.id = 10, .name = "website", .type = FieldType::Url, .label = QT_TRANSLATE_NOOP("Catalog", "Web site"), .headings = "web url homepage websiteurl 网站 网址"},
    {.id = 11, .name = "address", .type = FieldType::Address, .label = QT_TRANSLATE_NOOP("Catalog", "Address"), .help = QT_TRANSLATE_NOOP("Catalog", "Street, town, region, post code and country, merged as one."), .headings = "street streetaddress postaladdress 地址 通讯地址"},
    {.id = 12, .name = "region", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Region"), .flags = Classification | InList, .choiceList = "region", .headings = "area territory country officelocation location 地区 区域"},
    {.id = 13, .name = "industry", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Industry"), .flags = Classification | InList, .choiceList = "industry", .headings = "sector branch 行业"},
    {.id = 14, .name = "department", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Department"), .flags = Classification, .choiceList = "department", .headings = "dept 部门"},
    {.id = 15, .name = "type", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Type"), .flags = Classification, .choiceList = "customer_type", .headings = "customertype accounttype 类型 客户类型"},
    {.id = 16, .name = "level", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Level"), .flags = Classification | InList | QuickForm, .choiceList = "customer_level", .headings = "grade rating 级别 等级 客户级别"},
    {.id = 17, .name = "status", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Status"), .choiceList = "customer_status", .headings = kStatusHeadings},
    {.id = 18, .name = "stage", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Stage"), .flags = InList | QuickForm | Sortable, .choiceList = "customer_stage", .headings = kStageHeadings},
    {.id = 19, .name = "source", .type = FieldType::Choice, .label = QT_TRANSLATE_NOOP("Catalog", "Source"), .flags = Classification, .choiceList = "source", .headings = kSourceHeadings},
    {.id = 20, .name = "needs", .type = FieldType::LongText, .label = QT_TRANSLATE_NOOP("Catalog", "Needs"), .flags = FullText, .merge = Merge::Text},
    {.id = 21, .name = "preferences", .type = FieldType::LongText, .label = QT_TRANSLATE_NOOP("Catalog", "Preferences"), .flags = FullText, .merge = Merge::Text},
    {.id = 22, .name = "description", .type = FieldType::LongText, .label = QT_TRANSLATE_NOOP("Catalog", "Description"), .flags = FullText, .merge = Merge::Text, .headings = kDescriptionHeadings},
    {.id = 23, .name = "owner", .type = FieldType::User, .label = QT_TRANSLATE_NOOP("Catalog", "Owner"), .flags = Mine | InList | QuickForm | Sortable, .guardGroup = 1, .headings = kOwnerHeadings},
    {.id = 24, .name = "team", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Team"), .targets = kTeamTarget, .headings = kTeamHeadings},
    {.id = 25, .name = "tags", .type = FieldType::Tags, .label = QT_TRANSLATE_NOOP("Catalog", "Tags"), .headings = kTagsHeadings},
    {.id = 26, .name = "next_step", .type = FieldType::Text, .label = QT_TRANSLATE_NOOP("Catalog", "Next step"), .flags = InList, .maxLength = 200, .headings = kNextStepHeadings},
    {.id = 27, .name = "next_step_at", .type = FieldType::Date, .label = QT_TRANSLATE_NOOP("Catalog", "Due"), .flags = InList | Sortable},
    {.id = 28, .name = "parent", .type = FieldType::Reference, .label = QT_TRANSLATE_NOOP("Catalog", "Part of"), .flags = CreateIfMissing, .targets = kCustomerTarget, .help = QT_TRANSLATE_NOOP("Catalog", "The company that this one belongs to."), .headings = "parentcompany parentaccount subsidiaryof 上级公司 母公司"},
    {.id = 29, .name = "revenue", .type = FieldType::Money, .label = QT_TRANSLATE_NOOP("Catalog", "Annual revenue"), .headings = "annualrevenue turnover 年收入 营业额"},
    {.id = 30, .name = "employees", .type = FieldType::Integer, .label = QT_TRANSLATE_NOOP("Catalog", "Employees"), .headings = "employeecount numberofemployees headcount 员工数 员工人数"},
    {.id = 31, .name = "founded", .type = FieldType::Integer, .label = QT_TRANSLATE_NOOP("Catalog", "Founded"), .headings = "yearestablished foundingyear 成立年份"},
    {.id = 32, .name = "last_contact", .type = FieldType::Computed, .label = QT_TRANSLATE_NOOP("Catalog", "Last contact"), .flags = InList, .computed = &kLastContact},
    {.id = 33, .name = "open_amount", .type = FieldType::Computed, .label = QT_TRANSLATE_NOOP("Catalog", "Open deals"), .flags = InList, .computed = &kOpenAmount},
};

} // namespace

const EntitySpec kCustomer = {
    .id = 1,
    .name = "customer",
    .label = QT_TRANSLATE_NOOP("Catalog", "Customer"),
    .pluralLabel = QT_TRANSLATE_NOOP("Catalog", "Customers"),
    .numberPrefix = "C",
    .icon = "users",
    .flags = NoEntityFlags,
    .fields = kFields,
};

} // namespace fieldfare::model::entities
