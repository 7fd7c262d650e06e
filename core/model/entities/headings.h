// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace fieldfare::model::entities {

// Headings (FieldSpec::headings) of fields that several entities have.

inline constexpr const char *kBirthDateHeadings = "birthday dateofbirth 生日 出生日期";
inline constexpr const char *kContactHeadings = "contactperson contactname 联系人";
inline constexpr const char *kCustomerHeadings = "account accountname company companyname customername client 客户 客户名称 公司";
inline constexpr const char *kDescriptionHeadings = "notes note comment comments remark remarks 描述 备注 说明";
inline constexpr const char *kEmailHeadings = "mail emailaddress email1 邮箱 电子邮件 电子邮箱 邮件";
inline constexpr const char *kGenderHeadings = "sex 性别";
inline constexpr const char *kKindHeadings = "种类 类别";
inline constexpr const char *kNextStepHeadings = "nextaction 下一步";
inline constexpr const char *kNumberHeadings = "no nr code 编号";
inline constexpr const char *kOwnerHeadings = "accountowner salesrep salesrepresentative responsible 负责人 所有者";
inline constexpr const char *kPhoneHeadings = "telephone tel phonenumber phone1 workphone businessphone 电话 联系电话 电话号码";
inline constexpr const char *kSourceHeadings = "leadsource origin 来源 客户来源";
inline constexpr const char *kStageHeadings = "dealstage salesstage lifecyclestage 阶段 销售阶段";
inline constexpr const char *kStatusHeadings = "state 状态";
inline constexpr const char *kSubjectHeadings = "title topic summary case 主题 标题";
inline constexpr const char *kTagsHeadings = "labels keywords 标签";
inline constexpr const char *kTeamHeadings = "group 团队 小组";

} // namespace fieldfare::model::entities
