// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/shots/shown_company.h"

#include "core/model/choice_seeds.h"
#include "core/model/value_text.h"

namespace fieldfare::shots {

using base::Id;
using base::Result;
using model::Entity;
using model::Value;

namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 1'440 * kMinuteMs;
constexpr changes::Version kFirstVersion = 1'000'000; ///< Above all that the sample company used.
constexpr int kClosedDeals = 210;

/// Two edits of one field. Owners are named; other values are texts. `mine` is the value that the record shows if `mineShown`.
struct Clash {
    const char *customer;
    const char *field;
    const char *base;
    const char *mine;
    const char *theirs;
    const char *theirsBy;
    int mineAgo;   ///< minutes
    int theirsAgo; ///< minutes
    bool mineShown;
};

constexpr Clash kClashes[] = {
    {"Iselectrics", "phone", "+1 206 555 0118", "+1 206 555 0190", "+1 206 555 0109", "Hayden Neloms", 320, 1254, true},
    {"Iselectrics", "needs", "Screens for two halls. Budget in spring.", "Screens for three halls. Budget in spring.",
     "Screens for four halls. Budget in spring, 40,000.", "Rosalina Dieter", 321, 1352, true},
    {"Kan-code", "owner", "Kary Hendrixson", "Markita Hansen", "Elease Gluck", "Carol Thompson", 131, 344, false},
    {"Opentech", "owner", "Zane Levy", "Markita Hansen", "Elease Gluck", "Carol Thompson", 133, 344, false},
    {"Zotware", "owner", "Carl Lin", "Markita Hansen", "Elease Gluck", "Carol Thompson", 134, 344, false},
    {"Konex", "owner", "Kary Hendrixson", "Markita Hansen", "Elease Gluck", "Carol Thompson", 136, 344, false},
    {"Hatfan", "owner", "James Ascencio", "Markita Hansen", "Elease Gluck", "Carol Thompson", 138, 344, false},
};

struct ChineseText {
    const char *english;
    const char *chinese;
};

constexpr ChineseText kChinese[] = {
    {"Screens for two halls. Budget in spring.", "两个大厅的显示屏。预算在春季。"},
    {"Screens for three halls. Budget in spring.", "三个大厅的显示屏。预算在春季。"},
    {"Screens for four halls. Budget in spring, 40,000.", "四个大厅的显示屏。预算在春季，40,000。"},
    {"+1 206 555 0118", "+86 21 5555 0118"},
    {"+1 206 555 0190", "+86 21 5555 0190"},
    {"+1 206 555 0109", "+86 21 5555 0109"},
};

class Company {
public:
    Company(store::Store &store, testlib::FixedClock &clock, bool chinese, const testlib::SampleCompany &sample)
        : m_store(store), m_clock(clock), m_chinese(chinese), m_sample(sample), m_catalog(store.catalog()), m_now(clock.wallMs())
    {
    }

    Result<void> complete()
    {
        FIELDFARE_TRY(addClosedDeals());
        for (const Clash &clash : kClashes)
            FIELDFARE_TRY(addClash(clash));
        addMergedEdit();
        FIELDFARE_TRY(receive());
        return refuseAnEdit();
    }

private:
    [[nodiscard]] const Entity &entity(const char *name) const { return *m_catalog->entity(QLatin1StringView(name)); }

    [[nodiscard]] QString words(const char *text) const
    {
        for (const ChineseText &row : kChinese) {
            if (m_chinese && QLatin1StringView(row.english) == QLatin1StringView(text))
                return QString::fromUtf8(row.chinese);
        }
        return QString::fromUtf8(text);
    }

    Result<Id> user(const char *name)
    {
        return m_store.resolve(entity("user").id(), testlib::shownName(QString::fromLatin1(name), m_chinese));
    }

    changes::RowChange row(const Entity &of, const Id &id, std::int64_t at)
    {
        changes::RowChange change;
        change.entity = of.id();
        change.id = id;
        change.seq = ++m_version;
        change.createVersion = 1;
        change.stamp = {at, {}, at, {}};
        return change;
    }

    void put(changes::RowChange &change, const Entity &of, const char *field, const Value &value)
    {
        if (!value.isEmpty())
            change.fields.push_back({of.field(QLatin1StringView(field))->key, m_version, value});
    }

    Result<void> addClosedDeals()
    {
        const Entity &deal = entity("deal");
        std::vector<Id> owners;
        for (const char *name : {"Markita Hansen", "Elease Gluck", "Vicki Laflamme", "Kary Hendrixson", "James Ascencio"}) {
            FIELDFARE_ASSIGN(const Id id, user(name));
            owners.push_back(id);
        }
        const std::int64_t today = m_now / kDayMs;
        for (int i = 0; i < kClosedDeals; ++i) {
            const bool won = i % 8 != 3 && i % 8 != 6;
            const std::int64_t closed = today - 1 - (std::int64_t(i) * 67) % 690;
            changes::RowChange change = row(deal, m_store.newId(), closed * kDayMs);
            change.createVersion = m_version;
            put(change, deal, "number", Value(QStringLiteral("D-%1").arg(7000 + i)));
            put(change, deal, "name", Value(QStringLiteral("GTX Plus %1").arg(i + 1)));
            put(change, deal, "pipeline", Value(model::Reference{entity("pipeline").id(), model::defaultPipelineId()}));
            put(change, deal, "stage", Value(model::Reference{entity("stage").id(), model::stageSeedId(won ? "won" : "lost")}));
            put(change, deal, "amount", Value(model::Money::of((4'000 + (std::int64_t(i) * 7'331) % 52'000) * 100, QStringLiteral("USD"))));
            put(change, deal, "closed_at", Value(closed));
            put(change, deal, "owner", Value(model::Reference{entity("user").id(), owners.at(size_t(i) % owners.size())}));
            m_arrived.push_back(std::move(change));
        }
        return {};
    }

    Result<Value> valueOf(const Clash &clash, const char *text)
    {
        if (QLatin1StringView(clash.field) != QLatin1StringView("owner"))
            return Value(words(text));
        FIELDFARE_ASSIGN(const Id id, user(text));
        return Value(model::Reference{entity("user").id(), id});
    }

    /// The row of the conflict log, and the field as the server has it.
    Result<void> addClash(const Clash &clash)
    {
        const Entity &customer = entity("customer");
        const Entity &conflict = entity("conflict");
        FIELDFARE_ASSIGN(const Id record, m_store.resolve(customer.id(), QString::fromLatin1(clash.customer)));
        FIELDFARE_ASSIGN(const Id theirs, user(clash.theirsBy));
        FIELDFARE_ASSIGN(const Value base, valueOf(clash, clash.base));
        FIELDFARE_ASSIGN(const Value mine, valueOf(clash, clash.mine));
        FIELDFARE_ASSIGN(const Value standing, valueOf(clash, clash.theirs));
        const model::EntityId users = entity("user").id();
        changes::RowChange shown = row(customer, record, m_now - clash.mineAgo * kMinuteMs);
        shown.stamp.modifiedBy = clash.mineShown ? m_sample.me : theirs;
        put(shown, customer, clash.field, clash.mineShown ? mine : standing);
        m_arrived.push_back(std::move(shown));
        changes::RowChange log = row(conflict, m_store.newId(), m_now - clash.mineAgo * kMinuteMs);
        log.createVersion = m_version;
        put(log, conflict, "record", Value(model::Reference{customer.id(), record}));
        put(log, conflict, "field", Value(QString::number(customer.field(QLatin1StringView(clash.field))->key.number)));
        put(log, conflict, "kind", Value(QStringLiteral("field")));
        put(log, conflict, "status", Value(QStringLiteral("open")));
        put(log, conflict, "base", Value(model::toPortableText(base)));
        put(log, conflict, "pushed", Value(model::toPortableText(mine)));
        put(log, conflict, "standing", Value(model::toPortableText(standing)));
        put(log, conflict, "pushed_by", Value(model::Reference{users, m_sample.me}));
        put(log, conflict, "standing_by", Value(model::Reference{users, theirs}));
        put(log, conflict, "pushed_at", Value(m_now - clash.mineAgo * kMinuteMs));
        put(log, conflict, "standing_at", Value(m_now - clash.theirsAgo * kMinuteMs));
        put(log, conflict, "pushed_device", Value(QStringLiteral("West-07")));
        put(log, conflict, "standing_device", Value(QStringLiteral("Office-3")));
        put(log, conflict, "winner", Value(clash.mineShown ? QStringLiteral("pushed") : QStringLiteral("standing")));
        m_arrived.push_back(std::move(log));
        return {};
    }

    /// What somebody else changed in the same record meanwhile, and nobody disagreed about.
    void addMergedEdit()
    {
        const Entity &customer = entity("customer");
        changes::RowChange change = row(customer, m_sample.iselectrics, m_now - 290 * kMinuteMs);
        put(change, customer, "level", Value(QStringLiteral("b")));
        put(change, customer, "source", Value(QStringLiteral("referral")));
        m_arrived.push_back(std::move(change));
    }

    Result<void> receive()
    {
        FIELDFARE_TRY(m_store.applyRemote([this](changes::Replica &replica) { return replica.takeChanges(m_arrived); }));
        m_arrived.clear();
        return {};
    }

    Result<void> refuseAnEdit()
    {
        const Entity &customer = entity("customer");
        const model::FieldKey phone = customer.field(QStringLiteral("phone"))->key;
        FIELDFARE_ASSIGN(const Id record, m_store.resolve(customer.id(), QStringLiteral("Faxquote")));
        FIELDFARE_ASSIGN(const model::Record before, m_store.record(customer.id(), record));
        m_clock.advance(-kDayMs);
        changes::LocalChange change;
        change.entity = customer.id();
        change.record = record;
        change.values = {{phone, Value(QStringLiteral("+1 415 555 0177"))}};
        store::ChangeSet set;
        set.label = QStringLiteral("Edit customer");
        set.changes = {change};
        FIELDFARE_ASSIGN(const store::CommitReport committed, m_store.commit(set));
        Q_UNUSED(committed)
        m_clock.advance(kDayMs - 40 * kMinuteMs);
        FIELDFARE_TRY(m_store.applyRemote([&](changes::Replica &replica) -> Result<void> {
            FIELDFARE_ASSIGN(const changes::OutboxBatch batch, replica.nextBatch(500));
            for (const changes::StoredOperation &stored : batch.operations) {
                if (stored.operation.record != record)
                    continue;
                const changes::Verdict refused{stored.operation.name.n, changes::Outcome::Denied, ++m_version,
                                               before.value(*customer.field(QStringLiteral("phone"))), QStringLiteral("not-owner")};
                return replica.takeVerdicts(std::span(&refused, 1));
            }
            return base::Error{base::ErrorCode::NotFound, QStringLiteral("the edit does not wait"), {}};
        }));
        m_clock.advance(40 * kMinuteMs);
        return {};
    }

    store::Store &m_store;
    testlib::FixedClock &m_clock;
    bool m_chinese;
    testlib::SampleCompany m_sample;
    model::CatalogPointer m_catalog;
    std::int64_t m_now;
    changes::Version m_version = kFirstVersion;
    std::vector<changes::RowChange> m_arrived;
};

} // namespace

Result<testlib::SampleCompany> fillShownCompany(store::Store &store, testlib::FixedClock &clock, bool chinese)
{
    testlib::SampleOptions options;
    options.chinese = chinese;
    FIELDFARE_ASSIGN(const testlib::SampleCompany sample, testlib::fillSampleCompany(store, clock, options));
    FIELDFARE_TRY(Company(store, clock, chinese, sample).complete());
    return sample;
}

} // namespace fieldfare::shots
