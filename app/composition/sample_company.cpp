// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/composition/sample_company.h"

#include "core/model/choice_seeds.h"
#include "core/model/entities/entities.h"

#include <QDateTime>

#include <array>
#include <random>

namespace fieldfare::app {

using base::ErrorCode;
using base::Id;
using base::Result;
using changes::LocalChange;
using model::Value;

namespace {

constexpr std::array kSurnames{"王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "高", "罗"};
constexpr std::array kGivenNames{"伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "霞", "平", "刚", "晓明", "建国", "思远", "雨桐", "子涵", "文博"};
constexpr std::array kChinesePlaces{"北京", "上海", "广州", "深圳", "杭州", "成都", "武汉", "南京", "苏州", "西安"};
constexpr std::array kChineseTrades{"科技", "贸易", "机械", "电子", "食品", "医药", "物流", "纺织", "软件", "能源"};
constexpr std::array kFirstNames{"Anna", "Bo", "Clara", "David", "Elena", "Frank", "Greta", "Henry", "Ines", "Jonas", "Karen", "Liam", "Maria", "Nils", "Olga", "Peter", "Rosa", "Simon", "Tessa", "Victor"};
constexpr std::array kLastNames{"Adams", "Becker", "Carter", "Dubois", "Eriksen", "Fischer", "Garcia", "Hansen", "Ivanova", "Jensen", "Keller", "Larsen", "Moreau", "Novak", "Olsen", "Peters", "Rossi", "Schmidt", "Taylor", "Weber"};
constexpr std::array kSyllables{"al", "bar", "cor", "den", "el", "far", "gan", "hel", "in", "jor", "kal", "lor", "mar", "nor", "ol", "per", "quin", "ral", "sol", "tor", "ul", "ven", "wil", "xan", "zet"};
constexpr std::array kForms{"Ltd", "GmbH", "Inc", "AG", "Group", "Partners", "Systems", "Foods", "Logistics", "Energy"};
constexpr std::array kRegions{"north", "south", "east", "west"};
constexpr std::array kIndustries{"finance", "technology", "retail", "manufacturing", "telecommunications"};
constexpr std::array kLevels{"a", "b", "c"};
constexpr std::array kCustomerStages{"lead", "prospect", "customer", "customer", "churned"};
constexpr std::array kSources{"trade_fair", "web_site", "referral", "cold_call", "advertising"};
constexpr std::array kRoles{"decision_maker", "influencer", "user", "buyer"};
constexpr std::array kInteractionKinds{"call", "email", "visit", "meeting", "chat"};
constexpr std::array kOutcomes{"positive", "neutral", "negative", "no_answer"};
constexpr std::array kDealStages{"prospecting", "engaging", "engaging", "proposal", "negotiation", "won", "won", "lost"};
constexpr std::array kProducts{"Basic plan", "Standard plan", "Premium plan", "Support contract", "Training", "Spare parts"};
constexpr std::array kTicketKinds{"enquiry", "complaint", "suggestion", "repair", "return", "exchange"};
constexpr std::array kChannels{"phone", "email", "chat", "web"};
constexpr std::array kSeverities{"low", "normal", "normal", "high", "urgent"};
constexpr std::array kTicketStatuses{"new", "open", "waiting", "solved", "closed"};
constexpr std::array kProblems{"Invoice shows the wrong amount", "Delivery has not arrived", "Screen stays dark", "How do I add a user?", "Please send a new quote", "Password link does not work", "Part is broken", "Wrong colour delivered"};

constexpr size_t kSetChanges = 450;

QString utf8(const char *text)
{
    return QString::fromUtf8(text);
}

/// All that depends on the seed. std::mt19937_64 is the same everywhere; the standard's distributions are not, so none is used.
class Dice {
public:
    explicit Dice(quint64 seed) : m_engine(seed) {}
    int below(int bound) { return int(m_engine() % quint64(bound)); }
    bool chance(int percent) { return below(100) < percent; }
    template <size_t N>
    QString one(const std::array<const char *, N> &from) { return utf8(from[size_t(below(int(N)))]); }

private:
    std::mt19937_64 m_engine;
};

class Builder {
public:
    Builder(store::Store &store, const SampleSize &size, std::function<bool()> cancelled)
        : m_store(store), m_catalog(store.catalog()), m_size(size), m_cancelled(std::move(cancelled)), m_dice(size.seed)
    {
        m_today = QDateTime::fromMSecsSinceEpoch(store.clock().wallMs(), Qt::UTC).date().toJulianDay() - QDate(1970, 1, 1).toJulianDay();
    }

    Result<SampleReport> build()
    {
        FIELDFARE_ASSIGN(const changes::ReplicaState state, m_store.replicaState());
        m_user = state.user;
        FIELDFARE_ASSIGN(const store::ProfileInfo info, m_store.profileInfo());
        m_currency = info.currency;
        for (int i = 0; i < m_size.customers; ++i)
            FIELDFARE_TRY(addCustomer());
        for (int i = 0; i < m_size.interactions && !m_customers.empty(); ++i)
            FIELDFARE_TRY(addInteraction(anyCustomer()));
        for (int i = 0; i < m_size.deals; ++i)
            FIELDFARE_TRY(addDeal(i));
        for (int i = 0; i < m_size.tickets; ++i)
            FIELDFARE_TRY(addTicket());
        FIELDFARE_TRY(commit());
        return m_report;
    }

private:
    class Row {
    public:
        Row(const model::Entity &entity, const Id &id) : m_entity(entity)
        {
            m_change.kind = changes::OperationKind::Create;
            m_change.entity = entity.id();
            m_change.record = id;
        }
        Row &set(const char *field, const Value &value)
        {
            if (!value.isEmpty())
                m_change.values.push_back({m_entity.field(QString::fromLatin1(field))->key, value});
            return *this;
        }
        LocalChange take() { return std::move(m_change); }

    private:
        const model::Entity &m_entity;
        LocalChange m_change;
    };

    Row row(const model::EntitySpec &spec) { return {*m_catalog->entity(spec.id), m_store.newId()}; }

    Result<void> add(Row &row)
    {
        m_changes.push_back(row.take());
        return m_changes.size() < kSetChanges ? Result<void>() : commit();
    }

    Result<void> commit()
    {
        if (m_changes.empty())
            return {};
        if (m_cancelled && m_cancelled())
            return {ErrorCode::Cancelled, QStringLiteral("what was generated so far stays")};
        store::ChangeSet set;
        set.label = QStringLiteral("Sample company");
        set.cause = store::Cause::Import;
        set.changes = std::exchange(m_changes, {});
        FIELDFARE_TRY(m_store.commit(std::move(set)));
        return {};
    }

    QString person(bool isChinese)
    {
        if (isChinese && !m_size.names.isEmpty())
            return m_size.names.at(m_dice.below(int(m_size.names.size())));
        return isChinese ? m_dice.one(kSurnames) + m_dice.one(kGivenNames) : m_dice.one(kFirstNames) + QLatin1Char(' ') + m_dice.one(kLastNames);
    }

    QString company(bool isChinese)
    {
        if (isChinese)
            return m_dice.one(kChinesePlaces) + m_dice.one(kGivenNames) + m_dice.one(kChineseTrades) + utf8("有限公司");
        QString name = m_dice.one(kSyllables) + m_dice.one(kSyllables);
        if (m_dice.chance(50))
            name += m_dice.one(kSyllables);
        name[0] = name.at(0).toUpper();
        return name + QLatin1Char(' ') + m_dice.one(kForms);
    }

    QString phone(bool isChinese)
    {
        if (isChinese)
            return QStringLiteral("+86 1%1 %2 %3").arg(30 + m_dice.below(60)).arg(m_dice.below(10000), 4, 10, QLatin1Char('0')).arg(m_dice.below(10000), 4, 10, QLatin1Char('0'));
        return QStringLiteral("+49 %1 %2").arg(30 + m_dice.below(800)).arg(1000000 + m_dice.below(8999999));
    }

    QString email(const QString &name)
    {
        QString folded;
        for (const QChar c : name.toLower()) {
            if (c.unicode() < 128 && c.isLetter())
                folded += c;
        }
        if (folded.isEmpty())
            folded = QStringLiteral("info");
        return folded + QString::number(m_dice.below(100000)) + QStringLiteral("@example.com");
    }

    Value day(int from, int to) { return Value(std::int64_t(m_today + from + m_dice.below(to - from + 1))); }
    Value moment(int from, int to) { return Value((m_today + from + m_dice.below(to - from + 1)) * 86'400'000 + std::int64_t(8 * 60 + m_dice.below(600)) * 60'000); }
    Value user() const { return m_user.isNull() ? Value() : Value(model::Reference{model::entities::kUser.id, m_user}); }
    Value customerReference(const Id &id) const { return Value(model::Reference{model::entities::kCustomer.id, id}); }
    const Id &anyCustomer() { return m_customers[size_t(m_dice.below(int(m_customers.size())))]; }

    Result<void> addCustomer()
    {
        const bool isChinese = m_dice.chance(40);
        const bool isPerson = m_dice.chance(15);
        const QString name = isPerson ? person(isChinese) : company(isChinese);
        const Id id = m_store.newId();
        Row customer(*m_catalog->entity(model::entities::kCustomer.id), id);
        customer.set("name", name)
            .set("kind", QString::fromLatin1(isPerson ? "person" : "company"))
            .set("phone", phone(isChinese))
            .set("email", m_dice.chance(70) ? Value(email(name)) : Value())
            .set("region", m_dice.one(kRegions))
            .set("industry", m_dice.one(kIndustries))
            .set("level", m_dice.one(kLevels))
            .set("status", QStringLiteral("active"))
            .set("stage", m_dice.one(kCustomerStages))
            .set("source", m_dice.one(kSources))
            .set("employees", isPerson ? Value() : Value(std::int64_t(5 + m_dice.below(3000))))
            .set("owner", user())
            .set("next_step", m_dice.chance(30) ? Value(QStringLiteral("Call back")) : Value())
            .set("next_step_at", m_dice.chance(30) ? day(-5, 30) : Value());
        m_customers.push_back(id);
        ++m_report.customers;
        FIELDFARE_TRY(add(customer));
        if (!isPerson && m_dice.chance(60)) {
            const QString contactName = person(isChinese);
            Row contact = row(model::entities::kContact);
            contact.set("name", contactName).set("customer", customerReference(id)).set("role", m_dice.one(kRoles)).set("phone", phone(isChinese)).set("email", email(contactName));
            ++m_report.contacts;
            FIELDFARE_TRY(add(contact));
        }
        return m_size.interactions < 0 && m_dice.chance(50) ? addInteraction(id) : Result<void>();
    }

    Result<void> addInteraction(const Id &customer)
    {
        Row interaction = row(model::entities::kInteraction);
        interaction.set("customer", customerReference(customer)).set("kind", m_dice.one(kInteractionKinds)).set("at", moment(-200, 0))
            .set("direction", QString::fromLatin1(m_dice.chance(50) ? "in" : "out")).set("subject", QStringLiteral("About the ") + m_dice.one(kProducts))
            .set("outcome", m_dice.one(kOutcomes)).set("owner", user());
        ++m_report.interactions;
        return add(interaction);
    }

    Result<void> addDeal(int number)
    {
        const QString stage = m_dice.one(kDealStages);
        const bool isClosed = stage == QLatin1String("won") || stage == QLatin1String("lost");
        int probability = 0;
        for (const model::StageSeed &seed : model::stageSeeds())
            probability = stage == QLatin1String(seed.key) ? seed.probability : probability;
        const QString product = m_dice.one(kProducts);
        Row deal = row(model::entities::kDeal);
        deal.set("name", QStringLiteral("%1 %2").arg(product).arg(number + 1))
            .set("customer", m_customers.empty() ? Value() : customerReference(anyCustomer()))
            .set("pipeline", Value(model::Reference{model::entities::kPipeline.id, model::defaultPipelineId()}))
            .set("stage", Value(model::Reference{model::entities::kStage.id, model::stageSeedId(stage.toLatin1().constData())}))
            .set("amount", Value(model::Money::of((100 + m_dice.below(40'000)) * 100, m_currency)))
            .set("probability", std::int64_t(probability))
            .set("expected_close", day(isClosed ? -200 : -10, isClosed ? -1 : 120))
            .set("closed_at", isClosed ? day(-200, -1) : Value())
            .set("opened_at", day(-400, -201))
            .set("product", product)
            .set("source", m_dice.one(kSources))
            .set("lost_reason", stage == QLatin1String("lost") ? Value(QString::fromLatin1(m_dice.chance(50) ? "price" : "competitor")) : Value())
            .set("owner", user());
        ++m_report.deals;
        return add(deal);
    }

    Result<void> addTicket()
    {
        const QString status = m_dice.one(kTicketStatuses);
        const QString subject = m_dice.one(kProblems);
        Row ticket = row(model::entities::kTicket);
        ticket.set("subject", subject)
            .set("description", subject + QStringLiteral(". Please help soon."))
            .set("customer", m_customers.empty() ? Value() : customerReference(anyCustomer()))
            .set("kind", m_dice.one(kTicketKinds))
            .set("channel", m_dice.one(kChannels))
            .set("severity", m_dice.one(kSeverities))
            .set("status", status)
            .set("due_at", moment(-3, 10))
            .set("assignee", m_dice.chance(70) ? user() : Value())
            .set("resolution", status == QLatin1String("solved") || status == QLatin1String("closed") ? Value(QStringLiteral("Explained and closed.")) : Value());
        ++m_report.tickets;
        return add(ticket);
    }

    store::Store &m_store;
    model::CatalogPointer m_catalog;
    SampleSize m_size;
    std::function<bool()> m_cancelled;
    Dice m_dice;
    SampleReport m_report;
    std::vector<Id> m_customers;
    std::vector<LocalChange> m_changes;
    std::int64_t m_today = 0;
    Id m_user;
    QString m_currency;
};

} // namespace

Result<SampleReport> makeSampleCompany(store::Store &store, const SampleSize &size, const std::function<bool()> &cancelled)
{
    return Builder(store, size, cancelled).build();
}

} // namespace fieldfare::app
