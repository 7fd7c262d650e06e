// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who may do what, by role, reach and place; over tables in memory.
#include "core/model/entities/entities.h"
#include "core/rights/permission.h"

#include <QTest>

#include <map>

using namespace fieldfare;
using base::Id;
using model::Record;
using model::Reference;
using model::Value;
using rights::Action;
using rights::Reach;

namespace {

class Tables final : public rights::RightsSource {
public:
    base::Result<std::optional<Record>> find(model::EntityId entity, const Id &id) override
    {
        const auto found = m_rows.find({entity, id});
        return found != m_rows.end() ? std::optional(found->second) : std::nullopt;
    }
    base::Result<std::vector<Record>> all(model::EntityId entity) override
    {
        std::vector<Record> records;
        for (const auto &[key, record] : m_rows) {
            if (key.first == entity)
                records.push_back(record);
        }
        return records;
    }
    using Values = std::vector<std::pair<const char *, Value>>;
    Reference put(const char *entityName, const Values &values, const Id &id = {})
    {
        const model::Entity &entity = *m_catalog->entity(QLatin1StringView(entityName));
        Record record;
        record.entity = entity.id();
        record.id = id.isNull() ? Id::fromName(QStringLiteral("test"), QString::number(m_rows.size())) : id;
        for (const auto &[name, value] : values)
            record.setValue(*entity.field(QLatin1StringView(name)), value);
        m_rows.insert_or_assign({entity.id(), record.id}, record);
        return {entity.id(), record.id};
    }
    void say(const char *role, const char *entity, Reach edit, Reach remove, bool create = true, bool exports = true)
    {
        put("role_right", {{"role", text(role)}, {"entity", text(entity)}, {"edit_reach", Value(rights::reachKey(edit))}, {"remove_reach", Value(rights::reachKey(remove))},
                           {"may_create", Value(std::int64_t(create))}, {"may_export", Value(std::int64_t(exports))}});
    }
    static Value text(const char *utf8) { return Value(QString::fromUtf8(utf8)); }
    [[nodiscard]] const model::Catalog &catalog() const { return *m_catalog; }

private:
    model::CatalogPointer m_catalog = model::Catalog::standard();
    std::map<std::pair<model::EntityId, Id>, Record> m_rows;
};

} // namespace

class TestRights final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whatNothingIsSaidOfIsOpen();
    void theAdministratorIsNeverLockedOut();
    void reachGoesByOwnerAndTeam_data();
    void reachGoesByOwnerAndTeam();
    void whatHangsOnARecordHasItsPlace();
    void tagsNeedTheRightToEdit();
    void aRingOfTeamsEnds();
    void aReachThatCannotBeReadIsNone();

private:
    bool may(Action action, const Reference &record, std::optional<Reference> parent = {})
    {
        const auto rights = rights::readRights(m_tables->catalog(), *m_tables, m_user.id);
        const auto answer = rights.ok() ? rights::isPermitted(m_tables->catalog(), *m_tables, *rights, {action, record, parent}) : base::Result<bool>(rights.error());
        return answer.ok() && *answer;
    }
    Reference customer(const Value &owner, const Value &team) { return m_tables->put("customer", {{"owner", owner}, {"team", team}}); }

    std::unique_ptr<Tables> m_tables;
    Reference m_north;    ///< Of the user.
    Reference m_city;     ///< Below it.
    Reference m_district; ///< Below that.
    Reference m_south;
    Reference m_user;
    Reference m_other;
};

void TestRights::init()
{
    m_tables = std::make_unique<Tables>();
    m_north = m_tables->put("team", {});
    m_city = m_tables->put("team", {{"parent", Value(m_north)}});
    m_district = m_tables->put("team", {{"parent", Value(m_city)}});
    m_south = m_tables->put("team", {});
    m_user = m_tables->put("user", {{"role", Tables::text("sales_representative")}, {"team", Value(m_north)}});
    m_other = m_tables->put("user", {{"role", Tables::text("system_administrator")}});
}

void TestRights::whatNothingIsSaidOfIsOpen()
{
    m_tables->say("market_analyst", "customer", Reach::None, Reach::None, false, false); // another role
    m_tables->say("sales_representative", "deal", Reach::None, Reach::None, false, false); // another entity
    const Reference record = customer(Value(m_other), {});
    for (const Action action : {Action::Create, Action::Edit, Action::Remove, Action::Export})
        QVERIFY(may(action, record));
    // Nobody in the tables: a profile that stands alone.
    const auto alone = rights::readRights(m_tables->catalog(), *m_tables, Id::fromName(QStringLiteral("test"), QStringLiteral("nobody")));
    QVERIFY(alone.ok() && alone->isUnlimited());
}

void TestRights::theAdministratorIsNeverLockedOut()
{
    m_tables->say("system_administrator", "customer", Reach::None, Reach::None, false, false);
    const auto rights = rights::readRights(m_tables->catalog(), *m_tables, m_other.id);
    QVERIFY(rights.ok() && rights->isUnlimited());
}

void TestRights::reachGoesByOwnerAndTeam_data()
{
    QTest::addColumn<int>("reach");
    QTest::addColumn<QString>("allowed"); // of: own, team, city, district, south, pool
    QTest::newRow("none") << int(Reach::None) << QStringLiteral("......");
    QTest::newRow("own") << int(Reach::Own) << QStringLiteral("+.....");
    QTest::newRow("team") << int(Reach::Team) << QStringLiteral("++....");
    QTest::newRow("below") << int(Reach::Below) << QStringLiteral("++++..");
    QTest::newRow("all") << int(Reach::All) << QStringLiteral("++++++");
}

void TestRights::reachGoesByOwnerAndTeam()
{
    QFETCH(const int, reach);
    QFETCH(const QString, allowed);
    for (const bool edits : {true, false}) {
        init();
        m_tables->say("sales_representative", "customer", edits ? Reach(reach) : Reach::All, edits ? Reach::All : Reach(reach));
        const QList<Reference> records{customer(Value(m_user), Value(m_south)), customer(Value(m_other), Value(m_north)), customer(Value(m_other), Value(m_city)),
                                     customer(Value(m_other), Value(m_district)), customer(Value(m_other), Value(m_south)), customer({}, {})};
        for (qsizetype i = 0; i < records.size(); ++i) {
            QCOMPARE(may(edits ? Action::Edit : Action::Remove, records[i]), allowed[i] == QLatin1Char('+'));
            QVERIFY(may(edits ? Action::Remove : Action::Edit, records[i]));
        }
    }
}

void TestRights::whatHangsOnARecordHasItsPlace()
{
    m_tables->say("sales_representative", "contact", Reach::Own, Reach::None, false);
    const Reference mine = m_tables->put("contact", {{"customer", Value(customer(Value(m_user), {}))}});
    const Reference theirs = m_tables->put("contact", {{"customer", Value(customer(Value(m_other), {}))}});
    const Reference lost = m_tables->put("contact", {});
    QVERIFY(may(Action::Edit, mine));
    QVERIFY(!may(Action::Edit, theirs));
    QVERIFY(!may(Action::Edit, lost)); // nobody's
    QVERIFY(!may(Action::Remove, mine));
    QVERIFY(!may(Action::Create, mine));
}

void TestRights::tagsNeedTheRightToEdit()
{
    m_tables->say("sales_representative", "customer", Reach::Own, Reach::None);
    const Reference mine = customer(Value(m_user), {});
    const Reference theirs = customer(Value(m_other), {});
    const Reference fresh{model::entities::kTagging.id, Id::fromName(QStringLiteral("test"), QStringLiteral("tagging"))};
    QVERIFY(may(Action::Create, fresh, mine));
    QVERIFY(!may(Action::Create, fresh, theirs));
    const Reference tagging = m_tables->put("tagging", {{"record", Value(theirs)}});
    QVERIFY(!may(Action::Remove, tagging));
    QVERIFY(may(Action::Remove, m_tables->put("tagging", {{"record", Value(mine)}}))); // editing, not removing, a customer
}

void TestRights::aRingOfTeamsEnds()
{
    m_tables->say("sales_representative", "customer", Reach::Below, Reach::All);
    m_tables->put("team", {{"parent", Value(m_district)}}, m_north.id); // above itself
    QVERIFY(may(Action::Edit, customer({}, Value(m_district))));
    QVERIFY(!may(Action::Edit, customer({}, Value(m_south))));
}

void TestRights::aReachThatCannotBeReadIsNone()
{
    for (const Reach reach : {Reach::None, Reach::Own, Reach::Team, Reach::Below, Reach::All})
        QCOMPARE(rights::reachOf(rights::reachKey(reach)), reach);
    QCOMPARE(rights::reachOf(QStringLiteral("everything")), Reach::None);
    QCOMPARE(rights::reachOf({}), Reach::None);
}

QTEST_GUILESS_MAIN(TestRights)
#include "tst_rights.moc"
