// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/choice_seeds.h"

namespace fieldfare::model {

namespace {

constexpr ChoiceSeed kChoices[] = {
    {"customer_kind", "company", "Company", "公司"},
    {"customer_kind", "person", "Person", "个人"},
    {"gender", "female", "Female", "女"},
    {"gender", "male", "Male", "男"},
    {"gender", "other", "Other", "其他"},
    {"region", "north", "North", "北区"},
    {"region", "south", "South", "南区"},
    {"region", "east", "East", "东区"},
    {"region", "west", "West", "西区"},
    {"industry", "finance", "Finance", "金融"},
    {"industry", "technology", "Technology", "科技"},
    {"industry", "retail", "Retail", "零售"},
    {"industry", "manufacturing", "Manufacturing", "制造"},
    {"industry", "telecommunications", "Telecommunications", "电信"},
    {"department", "purchasing", "Purchasing", "采购部"},
    {"department", "technical", "Technical", "技术部"},
    {"department", "management", "Management", "管理层"},
    {"customer_type", "direct", "Direct", "直接客户"},
    {"customer_type", "partner", "Partner", "合作伙伴"},
    {"customer_type", "reseller", "Reseller", "经销商"},
    {"customer_level", "a", "A", "A"},
    {"customer_level", "b", "B", "B"},
    {"customer_level", "c", "C", "C"},
    {"customer_status", "active", "Active", "正常"},
    {"customer_status", "disabled", "Disabled", "停用"},
    {"customer_status", "lost", "Lost", "流失"},
    {"customer_stage", "lead", "Lead", "线索"},
    {"customer_stage", "prospect", "Prospect", "潜在客户"},
    {"customer_stage", "customer", "Customer", "客户"},
    {"customer_stage", "churned", "Churned", "已流失"},
    {"source", "trade_fair", "Trade fair", "展会"},
    {"source", "web_site", "Web site", "网站"},
    {"source", "referral", "Referral", "推荐"},
    {"source", "cold_call", "Cold call", "电话开发"},
    {"source", "advertising", "Advertising", "广告"},
    {"contact_role", "decision_maker", "Decision maker", "决策者"},
    {"contact_role", "influencer", "Influencer", "影响者"},
    {"contact_role", "user", "User", "使用者"},
    {"contact_role", "buyer", "Buyer", "采购"},
    {"interaction_kind", "call", "Call", "电话"},
    {"interaction_kind", "email", "E-mail", "邮件"},
    {"interaction_kind", "visit", "Visit", "拜访"},
    {"interaction_kind", "meeting", "Meeting", "会议"},
    {"interaction_kind", "chat", "Chat", "聊天"},
    {"interaction_kind", "note", "Note", "备注"},
    {"direction", "in", "Incoming", "呼入"},
    {"direction", "out", "Outgoing", "呼出"},
    {"outcome", "positive", "Positive", "积极"},
    {"outcome", "neutral", "Neutral", "一般"},
    {"outcome", "negative", "Negative", "消极"},
    {"outcome", "no_answer", "No answer", "未接通"},
    {"deal_kind", "new_business", "New business", "新业务"},
    {"deal_kind", "renewal", "Renewal", "续约"},
    {"deal_kind", "extension", "Extension", "增购"},
    {"lost_reason", "price", "Price", "价格"},
    {"lost_reason", "competitor", "Competitor", "竞争对手"},
    {"lost_reason", "no_budget", "No budget", "无预算"},
    {"lost_reason", "no_decision", "No decision", "未决策"},
    {"stage_kind", "open", "Open", "进行中"},
    {"stage_kind", "won", "Won", "赢单"},
    {"stage_kind", "lost", "Lost", "输单"},
    {"ticket_kind", "enquiry", "Enquiry", "咨询"},
    {"ticket_kind", "complaint", "Complaint", "投诉"},
    {"ticket_kind", "suggestion", "Suggestion", "建议"},
    {"ticket_kind", "repair", "Repair", "维修"},
    {"ticket_kind", "return", "Return", "退货"},
    {"ticket_kind", "exchange", "Exchange", "换货"},
    {"channel", "phone", "Phone", "电话"},
    {"channel", "email", "E-mail", "邮件"},
    {"channel", "chat", "Chat", "聊天"},
    {"channel", "web", "Web", "网页"},
    {"channel", "visit", "Visit", "上门"},
    {"severity", "low", "Low", "低"},
    {"severity", "normal", "Normal", "一般"},
    {"severity", "high", "High", "高"},
    {"severity", "urgent", "Urgent", "紧急"},
    {"ticket_status", "new", "New", "新建"},
    {"ticket_status", "open", "Open", "处理中"},
    {"ticket_status", "waiting", "Waiting", "等待中"},
    {"ticket_status", "solved", "Solved", "已解决"},
    {"ticket_status", "closed", "Closed", "已关闭"},
    {"user_role", "system_administrator", "System Administrator", "系统管理员"},
    {"user_role", "sales_manager", "Sales Manager", "销售经理"},
    {"user_role", "sales_representative", "Sales Representative", "销售代表"},
    {"user_role", "customer_service_representative", "Customer Service Representative", "客服代表"},
    {"user_role", "market_analyst", "Market Analyst", "市场分析师"},
    {"user_role", "data_administrator", "Data Administrator", "数据管理员"},
    {"right_reach", "none", "None", "无"},
    {"right_reach", "own", "Own ones", "自己的"},
    {"right_reach", "team", "Those of the team", "本团队的"},
    {"right_reach", "below", "Those of the team and teams below", "本团队及下级团队的"},
    {"right_reach", "all", "All", "全部"},
    {"conflict_status", "open", "To review", "待处理"},
    {"conflict_status", "resolved", "Resolved", "已处理"},
    {"conflict_kind", "field", "Field", "字段"},
    {"conflict_kind", "trash", "Trash", "回收站"},
    {"conflict_kind", "group", "Group", "组"},
    {"conflict_kind", "proposal", "Proposal", "提议"},
};

constexpr StageSeed kStages[] = {
    {"prospecting", "Prospecting", "寻找客户", "open", 10}, {"engaging", "Engaging", "接洽", "open", 30},
    {"proposal", "Proposal", "方案", "open", 60},           {"negotiation", "Negotiation", "谈判", "open", 80},
    {"won", "Won", "赢单", "won", 100},                     {"lost", "Lost", "输单", "lost", 0},
};

} // namespace

std::span<const ChoiceSeed> choiceSeeds()
{
    return kChoices;
}

base::Id choiceValueId(const QString &list, const QString &key)
{
    return base::Id::fromName(QStringLiteral("choice/") + list, key);
}

QString choiceKeyFor(const QString &label)
{
    QString key;
    for (const QChar c : label.normalized(QString::NormalizationForm_KC).toCaseFolded().simplified()) {
        if (c.isLetterOrNumber() || c.isSurrogate())
            key += c;
        else if (!key.isEmpty() && !key.endsWith(QLatin1Char('_')))
            key += QLatin1Char('_');
    }
    while (key.endsWith(QLatin1Char('_')))
        key.chop(1);
    return key.left(64);
}

base::Id tagId(const QString &name)
{
    return base::Id::fromName(QStringLiteral("tag"), name.normalized(QString::NormalizationForm_C).simplified().toCaseFolded());
}

std::span<const StageSeed> stageSeeds()
{
    return kStages;
}

base::Id defaultPipelineId()
{
    return base::Id::fromName(QStringLiteral("pipeline"), QStringLiteral("default"));
}

base::Id stageSeedId(const char *key)
{
    return base::Id::fromName(QStringLiteral("stage"), QStringLiteral("default/") + QString::fromLatin1(key));
}

} // namespace fieldfare::model
