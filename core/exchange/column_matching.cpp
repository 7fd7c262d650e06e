// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/column_matching.h"

namespace fieldfare::exchange {

namespace {

struct Synonym {
    const char *field;
    const char *headings; ///< Folded, parted by spaces.
};

/// What other programs and people call the fields. A heading may stand at several fields: the entity has one of them.
constexpr Synonym kSynonyms[] = {
    {"name", "fullname company companyname account accountname customername dealname opportunity opportunityname contactname 名称 姓名 客户 客户名称 公司 公司名称 联系人 商机 商机名称"},
    {"subject", "title topic summary case 主题 标题"},
    {"number", "no nr code 编号 客户编号"},
    {"phone", "telephone tel phonenumber phone1 workphone businessphone 电话 联系电话 电话号码"},
    {"mobile", "mobilephone cell cellphone phone2 手机 手机号 移动电话"},
    {"email", "mail emailaddress email1 邮箱 电子邮件 电子邮箱 邮件"},
    {"email2", "secondemail otheremail 备用邮箱"},
    {"website", "web url homepage websiteurl 网站 网址"},
    {"address", "street streetaddress postaladdress 地址 通讯地址"},
    {"region", "area territory country officelocation location 地区 区域"},
    {"industry", "sector branch 行业"},
    {"department", "dept 部门"},
    {"type", "customertype accounttype 类型 客户类型"},
    {"kind", "种类 类别"},
    {"level", "grade rating 级别 等级 客户级别"},
    {"status", "state 状态"},
    {"stage", "dealstage salesstage lifecyclestage 阶段 销售阶段"},
    {"source", "leadsource origin 来源 客户来源"},
    {"owner", "accountowner salesrep salesrepresentative responsible 负责人 所有者"},
    {"assignee", "assignedto agent 处理人 受理人"},
    {"team", "group 团队 小组"},
    {"gender", "sex 性别"},
    {"birth_date", "birthday dateofbirth 生日 出生日期"},
    {"customer", "account accountname company companyname customername client 客户 客户名称 公司"},
    {"contact", "contactperson contactname 联系人"},
    {"amount", "value dealvalue closevalue price total 金额"},
    {"probability", "chance winprobability 概率 成功率"},
    {"expected_close", "expectedclosedate closedate targetdate 预计成交日期 预计结束日期"},
    {"closed_at", "closed closingdate closeddate 成交日期 结束日期"},
    {"opened_at", "opened engagedate startdate 开始日期"},
    {"description", "notes note comment comments remark remarks 描述 备注 说明"},
    {"body", "text notes note content 内容 正文"},
    {"at", "date time when datetime 时间 日期"},
    {"parent", "parentcompany parentaccount subsidiaryof 上级公司 母公司"},
    {"revenue", "annualrevenue turnover 年收入 营业额"},
    {"employees", "employeecount numberofemployees headcount 员工数 员工人数"},
    {"founded", "yearestablished foundingyear 成立年份"},
    {"tags", "labels keywords 标签"},
    {"next_step", "nextaction 下一步"},
    {"title", "jobtitle position 职位 职务"},
    {"role", "决策角色"},
    {"severity", "priority urgency 优先级 严重程度"},
    {"channel", "渠道"},
    {"due_at", "due deadline duedate 截止时间 到期"},
};

bool isSynonym(const QString &field, const QString &folded)
{
    for (const Synonym &row : kSynonyms) {
        if (field == QLatin1String(row.field))
            return QString::fromUtf8(row.headings).split(QLatin1Char(' ')).contains(folded);
    }
    return false;
}

template <typename Match>
const model::Field *onlyField(const model::Entity &entity, Match match)
{
    const model::Field *found = nullptr;
    for (const model::Field &field : entity.fields()) {
        if (!isImportable(field) || !match(field))
            continue;
        if (found != nullptr)
            return nullptr;
        found = &field;
    }
    return found;
}

} // namespace

bool isImportable(const model::Field &field)
{
    if (field.has(model::Removed) || field.has(model::Hidden) || field.type == model::FieldType::Computed)
        return false;
    return !field.has(model::ReadOnly) || field.has(model::Number) || field.name == QLatin1String("key");
}

QString foldedHeading(const QString &heading)
{
    QString folded;
    for (const QChar c : heading.normalized(QString::NormalizationForm_KC).toCaseFolded()) {
        if (c.isLetterOrNumber() || c.isSurrogate())
            folded += c;
    }
    return folded;
}

const model::Field *fieldForHeading(const model::Entity &entity, const QString &heading)
{
    const QString folded = foldedHeading(heading);
    if (folded.isEmpty())
        return nullptr;
    const auto byName = [&](const model::Field &field) { return foldedHeading(field.name) == folded; };
    if (const model::Field *field = onlyField(entity, byName))
        return field;
    const auto byLabel = [&](const model::Field &field) {
        return foldedHeading(field.label()) == folded
            || (field.labelSource != nullptr && foldedHeading(QString::fromUtf8(field.labelSource)) == folded)
            || (!field.customLabelEnglish.isEmpty() && foldedHeading(field.customLabelEnglish) == folded)
            || (!field.customLabelChinese.isEmpty() && foldedHeading(field.customLabelChinese) == folded);
    };
    if (const model::Field *field = onlyField(entity, byLabel))
        return field;
    // "Account" is a customer's name, not its parent, and in a deal its customer.
    const auto bySynonym = [&](bool isReference) {
        return onlyField(entity, [&](const model::Field &field) { return field.isReference() == isReference && isSynonym(field.name, folded); });
    };
    const model::Field *reference = bySynonym(true);
    const model::Field *own = bySynonym(false);
    const bool pointsToItsLike = reference != nullptr && reference->targets.contains(entity.id());
    return reference != nullptr && (own == nullptr || !pointsToItsLike) ? reference : own;
}

} // namespace fieldfare::exchange
