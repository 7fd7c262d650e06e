// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/sample_company.h"

#include "core/model/choice_seeds.h"
#include "core/model/value_text.h"
#include "core/store/profile.h"

#include <QHash>
#include <QTimeZone>

namespace fieldfare::testlib {

using base::Id;
using base::Result;
using changes::FieldValue;
using changes::LocalChange;
using changes::OperationKind;
using model::Entity;
using model::Value;

namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 1'440 * kMinuteMs;

struct Row {
    const char *number;
    const char *name;
    const char *stage;
    const char *owner;
    const char *step;
    const char *stepChinese;
    int due;    ///< days from today
    int amount; ///< of the open deal, in dollars; 0: none
    int last;   ///< days since the last talk
};

constexpr Row kRows[] = {
    {"C-20113", "Warephase", "customer", "Elease Gluck", "Decide on maintenance", "决定维保方案", -4, 26768, 12},
    {"C-20418", "Rundofase", "customer", "Markita Hansen", "Call back about delivery", "就交货期回电", -1, 31589, 3},
    {"C-20177", "Vehement Capital Partners", "prospect", "Markita Hansen", "Send references", "发送客户案例", -1, 26768, 5},
    {"C-20305", "Treequote", "customer", "Markita Hansen", "Send revised quote, GTK 500", "发送 GTK 500 修订报价", 0, 32250, 0},
    {"C-20290", "Zoomit", "lead", "Markita Hansen", "First visit, 200 Pine Street", "首次拜访，松树街 200 号", 0, 1096, 2},
    {"C-20222", "Golddex", "customer", "Vicki Laflamme", "Confirm contract date", "确认合同日期", 0, 5482, 8},
    {"C-20031", "Xx-zobam", "customer", "Elease Gluck", "Prepare renewal", "准备续约", 1, 27864, 4},
    {"C-20284", "Lexiqvolax", "prospect", "Elease Gluck", "Demo with purchasing", "向采购部演示", 1, 26768, 1},
    {"C-20377", "Betasoloin", "prospect", "Rosalina Dieter", "Ask for budget owner", "确认预算负责人", 1, 26768, 6},
    {"C-20061", "Iselectrics", "customer", "Rosalina Dieter", "Review price list 2027", "核对 2027 年价目表", 2, 55, 2},
    {"C-20362", "Opentech", "prospect", "Zane Levy", "Technical questions", "解答技术问题", 2, 10303, 9},
    {"C-20094", "Kan-code", "customer", "Kary Hendrixson", "Quarterly review", "季度回访", 2, 43870, 2},
    {"C-20147", "Dalttechnology", "lead", "Kary Hendrixson", "Qualify by phone", "电话筛选", 3, 5482, 14},
    {"C-20150", "Donquadtech", "customer", "Kary Hendrixson", "Send order form", "发送订购单", 3, 1096, 3},
    {"C-20119", "Bioholding", "prospect", "Kary Hendrixson", "Second visit", "第二次拜访", 3, 550, 7},
    {"C-20186", "Faxquote", "customer", "Kami Bicknell", "Answer complaint T-4471", "答复投诉 T-4471", 3, 8214, 1},
    {"C-20259", "Umbrella Corporation", "customer", "Cassey Cress", "Offer MG Advanced", "推荐 MG Advanced", 6, 4489, 5},
    {"C-20401", "Ida Mortensen", "lead", "Hayden Neloms", "Call after trade fair", "展会后回电", 6, 0, 21},
    {"C-20166", "Gekko & Co", "customer", "Hayden Neloms", "Ask for reference letter", "请对方出具推荐信", 6, 1096, 10},
    {"C-20075", "Goodsilron", "customer", "Carol Thompson", "Proposal due", "提交方案", 7, 4821, 4},
    {"C-20333", "Sonron", "customer", "Carol Thompson", "Group contract meeting", "集团合同会议", 7, 58357, 2},
    {"C-20012", "Acme Corporation", "customer", "James Ascencio", "Sign frame agreement", "签署框架协议", 7, 12060, 1},
    {"C-20015", "Bluth Company", "customer", "James Ascencio", "Deliver test unit", "交付试用设备", 8, 5482, 6},
    {"C-20240", "Plussunin", "prospect", "James Ascencio", "Find decision maker", "寻找决策人", 8, 2247, 11},
    {"C-20244", "Ron-tech", "customer", "Maureen Marcano", "Check stock of GTX Pro", "查询 GTX Pro 库存", 9, 4821, 3},
    {"C-20202", "Funholding", "prospect", "Maureen Marcano", "Compare with competitor offer", "与竞品对比", 9, 3393, 8},
    {"C-20318", "Statholdings", "lead", "Maureen Marcano", "Qualify by phone", "电话筛选", 9, 550, 17},
    {"C-20129", "Codehow", "customer", "Carl Lin", "Training date", "安排培训日期", 10, 55, 5},
    {"C-20140", "Dontechi", "customer", "Carl Lin", "Annual review", "年度回访", 10, 550, 2},
    {"C-20370", "Zotware", "customer", "Carl Lin", "Renew support", "续签服务", 13, 9642, 13},
    {"C-20311", "Sunnamplex", "prospect", "Zane Levy", "Send brochure", "寄送样本", 13, 1096, 9},
    {"C-20287", "Mathtouch", "customer", "Zane Levy", "Ask about second site", "询问第二厂区", 14, 3393, 4},
    {"C-20420", "Bubba Gump", "customer", "Elease Gluck", "Send brochure", "寄送样本", 14, 550, 3},
    {"C-20423", "Cancity", "prospect", "Vicki Laflamme", "Quarterly review", "季度回访", 14, 1096, 4},
    {"C-20426", "Cheers", "lead", "Rosalina Dieter", "Qualify by phone", "电话筛选", 15, 3393, 5},
    {"C-20429", "Conecom", "customer", "Zane Levy", "Prepare renewal", "准备续约", 15, 5482, 6},
    {"C-20432", "Condax", "churned", "Kary Hendrixson", "Second visit", "第二次拜访", 16, 0, 7},
    {"C-20435", "Domzoom", "customer", "Kami Bicknell", "Annual review", "年度回访", 16, 26768, 8},
    {"C-20438", "Doncon", "prospect", "Carol Thompson", "Send brochure", "寄送样本", 17, 550, 9},
    {"C-20441", "Dambase", "lead", "James Ascencio", "Quarterly review", "季度回访", 17, 1096, 10},
    {"C-20444", "Finhigh", "customer", "Elease Gluck", "Qualify by phone", "电话筛选", 18, 3393, 11},
    {"C-20447", "Finjob", "churned", "Vicki Laflamme", "Prepare renewal", "准备续约", 18, 5482, 12},
    {"C-20450", "Ganjaflex", "customer", "Rosalina Dieter", "Second visit", "第二次拜访", 19, 0, 13},
    {"C-20453", "Genco Pura Olive Oil", "prospect", "Zane Levy", "Annual review", "年度回访", 19, 26768, 14},
    {"C-20456", "Globex Corporation", "lead", "Kary Hendrixson", "Send brochure", "寄送样本", 20, 550, 15},
    {"C-20459", "Green-Plus", "customer", "Kami Bicknell", "Quarterly review", "季度回访", 20, 1096, 16},
    {"C-20462", "Groovestreet", "churned", "Carol Thompson", "Qualify by phone", "电话筛选", 21, 3393, 17},
    {"C-20465", "Hatfan", "customer", "James Ascencio", "Prepare renewal", "准备续约", 21, 5482, 18},
    {"C-20468", "Hottechi", "prospect", "Elease Gluck", "Second visit", "第二次拜访", 22, 0, 19},
    {"C-20471", "Initech", "lead", "Vicki Laflamme", "Annual review", "年度回访", 22, 26768, 20},
    {"C-20474", "Inity", "customer", "Rosalina Dieter", "Send brochure", "寄送样本", 23, 550, 21},
    {"C-20477", "Isdom", "churned", "Zane Levy", "Quarterly review", "季度回访", 23, 1096, 22},
    {"C-20480", "Konex", "customer", "Kary Hendrixson", "Qualify by phone", "电话筛选", 24, 3393, 23},
    {"C-20483", "Konmatfix", "prospect", "Kami Bicknell", "Prepare renewal", "准备续约", 24, 5482, 24},
    {"C-20486", "Labdrill", "lead", "Carol Thompson", "Second visit", "第二次拜访", 25, 0, 25},
    {"C-20489", "Massive Dynamic", "customer", "James Ascencio", "Annual review", "年度回访", 25, 26768, 26},
    {"C-20492", "Nam-zim", "churned", "Elease Gluck", "Send brochure", "寄送样本", 26, 550, 27},
    {"C-20495", "Newex", "customer", "Vicki Laflamme", "Quarterly review", "季度回访", 26, 1096, 28},
    {"C-20498", "Ontomedia", "prospect", "Rosalina Dieter", "Qualify by phone", "电话筛选", 27, 3393, 29},
    {"C-20501", "Rangreen", "lead", "Zane Levy", "Prepare renewal", "准备续约", 27, 5482, 3},
    {"C-20504", "Rantouch", "customer", "Kary Hendrixson", "Second visit", "第二次拜访", 28, 0, 4},
    {"C-20507", "Scotfind", "churned", "Kami Bicknell", "Annual review", "年度回访", 28, 26768, 5},
    {"C-20510", "Scottech", "customer", "Carol Thompson", "Send brochure", "寄送样本", 29, 550, 6},
    {"C-20513", "Silis", "prospect", "James Ascencio", "Quarterly review", "季度回访", 29, 1096, 7},
    {"C-20516", "Singletechno", "lead", "Elease Gluck", "Qualify by phone", "电话筛选", 30, 3393, 8},
    {"C-20519", "Sumace", "customer", "Vicki Laflamme", "Prepare renewal", "准备续约", 30, 5482, 9},
    {"C-20522", "Toughzap", "churned", "Rosalina Dieter", "Second visit", "第二次拜访", 31, 0, 10},
    {"C-20525", "Y-corporation", "customer", "Zane Levy", "Annual review", "年度回访", 31, 26768, 11},
    {"C-20528", "Yearin", "prospect", "Kary Hendrixson", "Send brochure", "寄送样本", 32, 550, 12},
    {"C-20531", "Zathunicon", "lead", "Kami Bicknell", "Quarterly review", "季度回访", 32, 1096, 13},
    {"C-20534", "Zencorporation", "customer", "Carol Thompson", "Qualify by phone", "电话筛选", 33, 3393, 14},
    {"C-20537", "Zoomlane", "churned", "James Ascencio", "Prepare renewal", "准备续约", 33, 5482, 15},
    {"C-20540", "Stanredtax", "customer", "Elease Gluck", "Second visit", "第二次拜访", 34, 0, 16},
    {"C-20543", "Streethex", "prospect", "Vicki Laflamme", "Annual review", "年度回访", 34, 26768, 17},
    {"C-20546", "Sunlake Foods", "lead", "Rosalina Dieter", "Send brochure", "寄送样本", 35, 550, 18},
    {"C-20549", "Bradenburg", "customer", "Zane Levy", "Quarterly review", "季度回访", 35, 1096, 19},
    {"C-20552", "Nordlicht Medien", "churned", "Kary Hendrixson", "Qualify by phone", "电话筛选", 36, 3393, 20},
    {"C-20555", "Aurelia Textil", "customer", "Kami Bicknell", "Prepare renewal", "准备续约", 36, 5482, 21},
    {"C-20558", "Havbris Marine", "prospect", "Carol Thompson", "Second visit", "第二次拜访", 37, 0, 22},
    {"C-20561", "Kestrel Works", "lead", "James Ascencio", "Annual review", "年度回访", 37, 26768, 23},
    {"C-20564", "Pinegate Supply", "customer", "Elease Gluck", "Send brochure", "寄送样本", 38, 550, 24},
    {"C-20567", "Rivermark", "churned", "Vicki Laflamme", "Quarterly review", "季度回访", 38, 1096, 25},
    {"C-20570", "Tallgrass Energy", "customer", "Rosalina Dieter", "Qualify by phone", "电话筛选", 39, 3393, 26},
    {"C-20573", "Vantorre", "prospect", "Zane Levy", "Prepare renewal", "准备续约", 39, 5482, 27},
    {"C-20576", "Westhaven Clinics", "lead", "Kary Hendrixson", "Second visit", "第二次拜访", 40, 0, 28},
    {"C-20579", "Blue Harbour", "customer", "Kami Bicknell", "Annual review", "年度回访", 40, 26768, 29},
    {"C-20582", "Cobalt Yards", "churned", "Carol Thompson", "Send brochure", "寄送样本", 41, 550, 3},
    {"C-20585", "Delmont Paper", "customer", "James Ascencio", "Quarterly review", "季度回访", 41, 1096, 4},
    {"C-20588", "Everline", "prospect", "Elease Gluck", "Qualify by phone", "电话筛选", 42, 3393, 5},
};

struct Person {
    const char *name;
    const char *chinese;
    const char *signIn;
};

constexpr Person kPeople[] = {
    {"Markita Hansen", "薛瑶华", "markita"},   {"Elease Gluck", "陈希微", "elease"},      {"Vicki Laflamme", "史文信", "vicki"},
    {"Rosalina Dieter", "王元参", "rosalina"}, {"Zane Levy", "杨允", "zane"},            {"Kary Hendrixson", "周少成", "kary"},
    {"Kami Bicknell", "温宪", "kami"},         {"Cassey Cress", "张梦岩", "cassey"},      {"Hayden Neloms", "高飞声", "hayden"},
    {"Carol Thompson", "田琳", "carol"},       {"James Ascencio", "方孝标", "james"},     {"Maureen Marcano", "曾世福", "maureen"},
    {"Carl Lin", "宋秀英", "carl"},
};

struct Ticket {
    const char *number;
    const char *subject;
    const char *customer;
    const char *kind;
    const char *channel;
    const char *severity;
    const char *status;
    const char *assignee;
    int dueMinutes; ///< from now
};

constexpr Ticket kTickets[] = {
    {"T-4471", "Wrong invoice address, third time", "Faxquote", "complaint", "email", "urgent", "open", "Kami Bicknell", -72},
    {"T-4466", "Screen stays dark after update", "Zotware", "repair", "phone", "high", "waiting", "Carl Lin", -25},
    {"T-4480", "Line stopped, GTK 500 shows E41", "Sonron", "repair", "phone", "urgent", "open", "Markita Hansen", 18},
    {"T-4478", "Delivery incomplete, 2 of 5 units", "Treequote", "complaint", "email", "high", "open", "Kami Bicknell", 41},
    {"T-4475", "Which cable for GTX Pro?", "Kan-code", "enquiry", "chat", "normal", "waiting", "Hayden Neloms", 55},
    {"T-4482", "Return of test unit", "Bluth Company", "return", "email", "high", "open", "James Ascencio", 130},
    {"T-4483", "Price for 20 licences", "Opentech", "enquiry", "web", "normal", "new", "", 154},
    {"T-4476", "Change of contact person", "Golddex", "enquiry", "email", "normal", "open", "Vicki Laflamme", 185},
    {"T-4469", "Exchange GTX Basic for Pro", "Umbrella Corporation", "exchange", "email", "high", "waiting", "Cassey Cress", 220},
    {"T-4484", "Manual in Spanish", "Plussunin", "enquiry", "web", "normal", "new", "", 252},
    {"T-4479", "Report shows wrong month", "Dontechi", "complaint", "email", "normal", "open", "Carl Lin", 290},
    {"T-4485", "Noise from fan", "Mathtouch", "repair", "phone", "high", "new", "", 348},
    {"T-4470", "Update of price list", "Goodsilron", "enquiry", "email", "normal", "open", "Carol Thompson", 1560},
    {"T-4462", "Training for new staff", "Acme Corporation", "enquiry", "email", "normal", "open", "James Ascencio", 1680},
    {"T-4464", "Colour of housing", "Sunnamplex", "suggestion", "web", "normal", "open", "Zane Levy", 1800},
    {"T-4458", "Replace damaged cover", "Konex", "exchange", "phone", "high", "open", "Zane Levy", 1860},
    {"T-4474", "Delivery to second address", "Scotfind", "enquiry", "email", "normal", "open", "Carl Lin", 1920},
    {"T-4448", "Serial number requested", "Rundofase", "enquiry", "email", "high", "solved", "Markita Hansen", 600},
};

constexpr const char *kTowns[][2] = {{"88 Howard Street", "San Francisco"}, {"200 Pine Street", "Portland"}, {"14 Harbour Road", "Seattle"},
                                     {"7 Mill Lane", "Austin"}, {"31 Station Square", "Boston"}};
constexpr const char *kTownsChinese[][2] = {{"浦东新区世纪大道 88 号", "上海市"}, {"松树街 200 号", "北京市"}, {"港口路 14 号", "广州市"},
                                            {"磨坊巷 7 号", "成都市"}, {"车站广场 31 号", "武汉市"}};
constexpr const char *kIndustries[] = {"telecommunications", "technology", "retail", "manufacturing", "finance"};
constexpr const char *kSources[] = {"trade_fair", "web_site", "referral", "cold_call", "advertising"};
constexpr const char *kRegions[] = {"west", "north", "east", "south"};
constexpr const char *kStages[] = {"prospecting", "engaging", "proposal", "negotiation"};

QString utf8(const char *text)
{
    return QString::fromUtf8(text);
}

/// Builds the company piece by piece; each piece is one commit.
class Builder {
public:
    Builder(store::Store &store, FixedClock &clock, const SampleOptions &options)
        : m_store(store), m_clock(clock), m_options(options), m_catalog(store.catalog()), m_now(clock.wallMs())
    {
    }

    Result<SampleCompany> build();

private:
    const Entity &entity(const char *name) const { return *m_catalog->entity(QLatin1StringView(name)); }
    Id add(const Entity &of, const QList<std::pair<const char *, Value>> &values, const Id &id = {});
    Result<void> commit(const QString &label);
    Result<void> acknowledge();
    Result<void> addPeople();
    Result<void> addCustomers();
    Result<void> addDeals();
    Result<void> addTickets();
    Result<void> addTalks();
    Result<void> addLastEdits();
    Result<void> addConflict();

    Value ref(const char *target, const Id &id) const { return id.isNull() ? Value() : Value(model::Reference{entity(target).id(), id}); }
    Value user(const char *name) const { return ref("user", m_users.value(utf8(name))); }
    Value day(int fromToday) const { return Value(std::int64_t(m_now / kDayMs + fromToday)); }
    Value dollars(int units) const { return units == 0 ? Value() : Value(model::Money::of(std::int64_t(units) * 100, QStringLiteral("USD"))); }
    Value choice(const char *key) const { return Value(QString::fromLatin1(key)); }

    store::Store &m_store;
    FixedClock &m_clock;
    SampleOptions m_options;
    model::CatalogPointer m_catalog;
    std::int64_t m_now;
    std::vector<LocalChange> m_changes;
    QHash<QString, Id> m_users;
    QHash<QString, Id> m_customers;
    Id m_contact;
    changes::Version m_version = 0;
};

Id Builder::add(const Entity &of, const QList<std::pair<const char *, Value>> &values, const Id &id)
{
    LocalChange change;
    change.kind = OperationKind::Create;
    change.entity = of.id();
    change.record = id.isNull() ? m_store.newId() : id;
    for (const auto &[name, value] : values) {
        const model::Field *field = of.field(QLatin1StringView(name));
        Q_ASSERT(field != nullptr);
        if (!value.isEmpty())
            change.values.push_back({field->key, value});
    }
    m_changes.push_back(change);
    return change.record;
}

Result<void> Builder::commit(const QString &label)
{
    constexpr size_t kAtOnce = 200;
    for (size_t at = 0; at < m_changes.size(); at += kAtOnce) {
        store::ChangeSet set;
        set.label = label;
        const auto begin = m_changes.begin() + std::ptrdiff_t(at);
        set.changes.assign(begin, begin + std::ptrdiff_t(std::min(kAtOnce, m_changes.size() - at)));
        FIELDFARE_ASSIGN(const store::CommitReport report, m_store.commit(set));
        Q_UNUSED(report)
    }
    m_changes.clear();
    return {};
}

/// The server took everything that waits.
Result<void> Builder::acknowledge()
{
    if (!m_options.withServer)
        return {};
    for (;;) {
        bool any = false;
        FIELDFARE_TRY(m_store.applyRemote([this, &any](changes::Replica &replica) -> Result<void> {
            FIELDFARE_ASSIGN(const changes::OutboxBatch batch, replica.nextBatch(500));
            std::vector<changes::Verdict> verdicts;
            for (const changes::StoredOperation &stored : batch.operations)
                verdicts.push_back({stored.operation.name.n, changes::Outcome::Applied, ++m_version, {}, {}});
            any = !verdicts.empty();
            return replica.takeVerdicts(verdicts);
        }));
        if (!any)
            return {};
    }
}

Result<void> Builder::addPeople()
{
    FIELDFARE_ASSIGN(const store::ProfileInfo info, m_store.profileInfo());
    for (const Person &person : kPeople) {
        const QString name = utf8(m_options.chinese ? person.chinese : person.name);
        if (QLatin1StringView(person.signIn) == QLatin1StringView("markita")) {
            m_users.insert(utf8(person.name), info.user);
            continue;
        }
        m_users.insert(utf8(person.name), add(entity("user"), {{"name", Value(utf8(person.signIn))}, {"full_name", Value(name)}, {"active", Value(std::int64_t(1))}}));
    }
    return commit(QStringLiteral("People"));
}

Result<void> Builder::addCustomers()
{
    int n = 0;
    for (const Row &row : kRows) {
        const auto &town = m_options.chinese ? kTownsChinese[n % 5] : kTowns[n % 5];
        const QString name = utf8(row.name);
        const QString host = name.toLower().remove(QLatin1Char(' ')).remove(QLatin1Char('&')).remove(QLatin1Char('-'));
        const bool person = name == QStringLiteral("Ida Mortensen");
        const QString tags = n == 3 ? (m_options.chinese ? utf8("电信\x1f多地点\x1f高价值") : utf8("telecom\x1fmulti-site\x1fhigh value")) : QString();
        m_clock.advance(kMinuteMs);
        const Id id = add(entity("customer"),
                          {{"number", Value(utf8(row.number))},
                           {"name", Value(person && m_options.chinese ? utf8("陶师文") : name)},
                           {"kind", choice(person ? "person" : "company")},
                           {"status", choice("active")},
                           {"stage", choice(row.stage)},
                           {"level", choice(n == 3 ? "b" : n % 3 == 0 ? "a" : n % 3 == 1 ? "b" : "c")},
                           {"industry", choice(kIndustries[n == 3 ? 0 : n % 5])},
                           {"region", choice(kRegions[n % 4])},
                           {"source", choice(kSources[n % 5])},
                           {"owner", user(row.owner)},
                           {"next_step", Value(utf8(m_options.chinese ? row.stepChinese : row.step))},
                           {"next_step_at", day(row.due)},
                           {"phone", Value(m_options.chinese ? QStringLiteral("+86 21 5555 %1").arg(142 + n, 4, 10, QLatin1Char('0'))
                                                             : QStringLiteral("+1 415 555 %1").arg(142 + n, 4, 10, QLatin1Char('0')))},
                           {"email", Value(QStringLiteral("purchasing@%1.example").arg(host))},
                           {"address", Value(utf8(town[0]) + QChar(0x1f) + utf8(town[1]))},
                           {"tags", Value(tags)}});
        m_customers.insert(name, id);
        ++n;
    }
    FIELDFARE_TRY(commit(QStringLiteral("Customers")));
    LocalChange part;
    part.entity = entity("customer").id();
    part.record = m_customers.value(QStringLiteral("Treequote"));
    part.values = {{entity("customer").field(QStringLiteral("parent"))->key, ref("customer", m_customers.value(QStringLiteral("Sonron")))}};
    m_changes = {part};
    FIELDFARE_TRY(commit(QStringLiteral("Groups")));
    m_contact = add(entity("contact"), {{"name", Value(utf8(m_options.chinese ? "陶师文" : "Ida Mortensen"))},
                                        {"customer", ref("customer", m_customers.value(QStringLiteral("Treequote")))},
                                        {"title", Value(QStringLiteral("Head of purchasing"))},
                                        {"role", choice("decision_maker")},
                                        {"phone", Value(QStringLiteral("+1 415 555 0190"))},
                                        {"email", Value(QStringLiteral("ida@treequote.example"))}});
    add(entity("contact"), {{"name", Value(QStringLiteral("Connie Falk"))}, {"title", Value(QStringLiteral("Purchasing"))},
                            {"customer", ref("customer", m_customers.value(QStringLiteral("Kan-code")))}, {"phone", Value(QStringLiteral("+1 206 555 0133"))}});
    add(entity("contact"), {{"name", Value(utf8("陈从道"))}, {"title", Value(QStringLiteral("Technology lead"))},
                            {"customer", ref("customer", m_customers.value(QStringLiteral("Zencorporation")))}});
    return commit(QStringLiteral("Contacts"));
}

Result<void> Builder::addDeals()
{
    int n = 0;
    for (const Row &row : kRows) {
        if (row.amount == 0)
            continue;
        m_clock.advance(kMinuteMs);
        const bool split = QLatin1StringView(row.name) == QLatin1StringView("Treequote");
        add(entity("deal"), {{"number", Value(QStringLiteral("D-%1").arg(8200 + n))},
                             {"name", Value(split ? QStringLiteral("GTK 500") : QStringLiteral("MG Advanced, %1").arg(utf8(row.name)))},
                             {"customer", ref("customer", m_customers.value(utf8(row.name)))},
                             {"pipeline", ref("pipeline", model::defaultPipelineId())},
                             {"stage", ref("stage", model::stageSeedId(split ? "proposal" : kStages[n % 4]))},
                             {"amount", dollars(split ? 26768 : row.amount)},
                             {"probability", Value(std::int64_t(split ? 60 : 10 + n % 4 * 20))},
                             {"expected_close", day(row.due + 20)},
                             {"owner", user(row.owner)}});
        if (split)
            add(entity("deal"), {{"number", Value(QStringLiteral("D-8199"))}, {"name", Value(QStringLiteral("Service contract"))},
                                 {"customer", ref("customer", m_customers.value(utf8(row.name)))},
                                 {"pipeline", ref("pipeline", model::defaultPipelineId())}, {"stage", ref("stage", model::stageSeedId("engaging"))},
                                 {"amount", dollars(row.amount - 26768)}, {"expected_close", day(40)}, {"owner", user(row.owner)}});
        ++n;
    }
    add(entity("deal"), {{"number", Value(QStringLiteral("D-8288"))}, {"name", Value(QStringLiteral("Group contract, Sonron"))},
                         {"pipeline", ref("pipeline", model::defaultPipelineId())}, {"stage", ref("stage", model::stageSeedId("negotiation"))},
                         {"amount", dollars(53536)}, {"expected_close", day(31)}, {"owner", user("Carol Thompson")}});
    return commit(QStringLiteral("Deals"));
}

Result<void> Builder::addTickets()
{
    for (const Ticket &ticket : kTickets) {
        m_clock.advance(kMinuteMs);
        add(entity("ticket"), {{"number", Value(utf8(ticket.number))}, {"subject", Value(utf8(ticket.subject))},
                               {"customer", ref("customer", m_customers.value(utf8(ticket.customer)))},
                               {"kind", choice(ticket.kind)}, {"channel", choice(ticket.channel)}, {"severity", choice(ticket.severity)},
                               {"status", choice(ticket.status)}, {"assignee", *ticket.assignee == '\0' ? Value() : user(ticket.assignee)},
                               {"due_at", Value(m_now + ticket.dueMinutes * kMinuteMs)}});
    }
    return commit(QStringLiteral("Tickets"));
}

Result<void> Builder::addTalks()
{
    int n = 0;
    for (const Row &row : kRows) {
        if (row.last == 0 || n % 50 == 49) {
            ++n;
            continue;
        }
        add(entity("interaction"), {{"customer", ref("customer", m_customers.value(utf8(row.name)))}, {"kind", choice(n % 3 == 0 ? "visit" : n % 3 == 1 ? "call" : "email")},
                                    {"at", Value(m_now - row.last * kDayMs)}, {"subject", Value(QStringLiteral("Talk about %1").arg(utf8(row.step)))},
                                    {"owner", user(row.owner)}});
        ++n;
    }
    add(entity("interaction"), {{"customer", ref("customer", m_customers.value(QStringLiteral("Treequote")))}, {"kind", choice("email")},
                                {"at", Value(m_now - 4 * kDayMs - 212 * kMinuteMs)},
                                {"subject", Value(utf8(m_options.chinese ? "已发送报价单 Q-1188" : "Quote Q-1188 sent"))},
                                {"body", Value(utf8(m_options.chinese ? "致陶师文：“附上 GTK 500 的报价……”" : "To Ida Mortensen. “Here is the quote for…”"))},
                                {"owner", user("Markita Hansen")}});
    return commit(QStringLiteral("Talks"));
}

/// Edits of this device that the server has not seen yet.
Result<void> Builder::addLastEdits()
{
    const Entity &customer = entity("customer");
    const auto set = [this, &customer](const char *name, const char *field, const Value &value) {
        LocalChange change;
        change.entity = customer.id();
        change.record = m_customers.value(utf8(name));
        change.values = {{customer.field(QLatin1StringView(field))->key, value}};
        m_changes.push_back(change);
    };
    m_clock.set(QDateTime::fromMSecsSinceEpoch(m_now - 29 * kMinuteMs, Qt::UTC));
    set("Treequote", "level", choice("a"));
    set("Treequote", "needs", Value(utf8(m_options.chinese ? "分两地交货" : "Delivery to two sites")));
    set("Rundofase", "description", Value(QStringLiteral("Prefers mornings")));
    set("Xx-zobam", "next_step", Value(utf8(m_options.chinese ? "准备续约" : "Prepare the renewal")));
    set("Ron-tech", "preferences", Value(QStringLiteral("E-mail, not phone")));
    FIELDFARE_TRY(commit(QStringLiteral("Edit customer")));
    m_clock.set(QDateTime::fromMSecsSinceEpoch(m_now - 14 * kMinuteMs, Qt::UTC));
    add(entity("interaction"), {{"customer", ref("customer", m_customers.value(QStringLiteral("Treequote")))}, {"contact", ref("contact", m_contact)},
                                {"kind", choice("call")}, {"at", Value(m_now - 14 * kMinuteMs)},
                                {"subject", Value(utf8(m_options.chinese ? "与陶师文通话" : "Call with Ida Mortensen"))},
                                {"body", Value(utf8(m_options.chinese ? "希望分两地交货；如含安装即可接受报价。"
                                                                      : "Wants delivery split over two sites. Price agreed if installation is included."))},
                                {"outcome", choice("positive")}, {"owner", user("Markita Hansen")}});
    FIELDFARE_TRY(commit(QStringLiteral("Log call")));
    m_clock.set(QDateTime::fromMSecsSinceEpoch(m_now, Qt::UTC));
    return {};
}

Result<void> Builder::addConflict()
{
    const Entity &conflict = entity("conflict");
    const Value record = ref("customer", m_customers.value(QStringLiteral("Iselectrics")));
    const QString field = QString::number(entity("customer").field(QStringLiteral("owner"))->key.number);
    const QList<std::pair<const char *, Value>> values{
        {"record", record},
        {"field", Value(field)},
        {"kind", choice("field")},
        {"status", choice("open")},
        {"base", Value(model::toPortableText(user("Zane Levy")))},
        {"pushed", Value(model::toPortableText(user("Rosalina Dieter")))},
        {"standing", Value(model::toPortableText(user("Elease Gluck")))},
        {"pushed_by", user("Markita Hansen")},
        {"standing_by", user("Elease Gluck")},
        {"pushed_at", Value(m_now - 2 * kDayMs)},
        {"standing_at", Value(m_now - 3 * kDayMs)},
        {"winner", choice("pushed")},
    };
    changes::RowChange change;
    change.entity = conflict.id();
    change.id = m_store.newId();
    change.seq = ++m_version;
    change.createVersion = m_version;
    change.stamp = {m_now - 2 * kDayMs, {}, m_now - 2 * kDayMs, {}};
    for (const auto &[name, value] : values)
        change.fields.push_back({conflict.field(QLatin1StringView(name))->key, m_version, value});
    return m_store.applyRemote([&change](changes::Replica &replica) { return replica.takeChanges(std::span(&change, 1)); });
}

Result<SampleCompany> Builder::build()
{
    m_clock.set(QDateTime::fromMSecsSinceEpoch(m_now - 40 * kDayMs, Qt::UTC));
    store::ProfileInfo info;
    info.company = m_options.chinese ? utf8("销售部 · 西区") : QStringLiteral("Sales, West");
    info.userName = QStringLiteral("markita");
    info.currency = QStringLiteral("USD");
    info.deviceName = QStringLiteral("Laptop West-07");
    info.deviceNumber = 7;
    FIELDFARE_TRY(store::startStandAlone(m_store, info, utf8(m_options.chinese ? kPeople[0].chinese : kPeople[0].name)));
    FIELDFARE_TRY(addPeople()); // with a server it alone writes them
    if (m_options.withServer) {
        FIELDFARE_ASSIGN(info, m_store.profileInfo());
        info.serverUrl = QStringLiteral("https://crm.sonron.example");
        FIELDFARE_TRY(m_store.setProfileInfo(info));
    }
    FIELDFARE_TRY(addCustomers());
    FIELDFARE_TRY(addTalks());
    m_clock.set(QDateTime::fromMSecsSinceEpoch(m_now - 4 * kDayMs + 2 * 60 * kMinuteMs, Qt::UTC));
    FIELDFARE_TRY(addDeals());
    m_clock.set(QDateTime::fromMSecsSinceEpoch(m_now - kDayMs, Qt::UTC));
    FIELDFARE_TRY(addTickets());
    FIELDFARE_TRY(acknowledge());
    FIELDFARE_TRY(addLastEdits());
    if (m_options.withServer)
        FIELDFARE_TRY(addConflict());
    FIELDFARE_ASSIGN(const store::ProfileInfo now, m_store.profileInfo());
    return SampleCompany{now.user, m_customers.value(QStringLiteral("Treequote")), m_customers.value(QStringLiteral("Iselectrics"))};
}

} // namespace

void SeededRandom::fill(std::span<std::uint8_t> bytes)
{
    // SplitMix64 (Steele, Lea, Flood 2014): enough for ids that only must differ.
    for (std::uint8_t &byte : bytes) {
        m_state += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        byte = static_cast<std::uint8_t>(z ^ (z >> 31));
    }
}

QString shownName(const QString &english, bool chinese)
{
    for (const Person &person : kPeople) {
        if (chinese && english == QLatin1StringView(person.name))
            return utf8(person.chinese);
    }
    return english;
}

Result<SampleCompany> fillSampleCompany(store::Store &store, FixedClock &clock, const SampleOptions &options)
{
    return Builder(store, clock, options).build();
}

} // namespace fieldfare::testlib
