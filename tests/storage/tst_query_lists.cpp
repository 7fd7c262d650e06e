// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/query_profile.h"

#include "core/model/choice_seeds.h"
#include "core/store/query/target_order.h"

#include <QDateTime>
#include <QRandomGenerator>

using namespace fieldfare;
using namespace fieldfare::store;
using test::number;
using test::QueryProfile;
using test::text;
using test::usd;

namespace {

QString words(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

model::Value reference(const QueryProfile &profile, const char *entity, const base::Id &id)
{
    return model::Value(model::Reference{profile.entity(entity).id(), id});
}

/// Three users, four customers (one in the trash), two tags, and deals.
struct Company {
    QueryProfile profile;
    base::Id ann, bo, acme, borg, cedar, gone;

    Company()
    {
        // Ids against the order of names, so that sorting by id would show.
        bo = profile.add("user", {{"name", text("bo")}, {"full_name", text("Bo Zimmer")}});
        ann = profile.add("user", {{"name", text("ann")}, {"full_name", text("Ann Abel")}});
        acme = profile.add("customer", {{"number", text("C-000001")}, {"name", text("Acme")}, {"region", text("north")},
                                        {"owner", reference(profile, "user", bo)}, {"revenue", usd(500000)},
                                        {"next_step_at", number(20000)}, {"stage", text("lead")}, {"phone", text("+86 138 0013 8000")}});
        borg = profile.add("customer", {{"number", text("C-000002")}, {"name", text("borg GmbH")}, {"region", text("south")},
                                        {"owner", reference(profile, "user", ann)}, {"employees", number(12)}, {"stage", text("prospect")},
                                        {"revenue", model::Value(model::Money::of(700000, words("EUR")))}});
        cedar = profile.add("customer", {{"number", text("C-000003")}, {"name", text("Cedar 50%_\\")}, {"stage", text("lead")}});
        gone = profile.add("customer", {{"number", text("C-000004")}, {"name", text("Gone")}, {"trashed", number(1)}});
        tag(acme, "VIP");
        tag(borg, "vip");
        tag(borg, "late payer");
    }

    void tag(const base::Id &customer, const char *name)
    {
        const base::Id tagId = model::tagId(words(name));
        if (profile.rid(profile.entity("tag").id(), tagId) == 0)
            profile.insert(profile.row("tag", tagId, {{"name", text(name)}}));
        profile.add("tagging", {{"record", reference(profile, "customer", customer)}, {"tag", reference(profile, "tag", tagId)}});
    }

    QStringList where(const char *expression) { return profile.titles(profile.query("customer", words(expression), words("number"))); }
};

} // namespace

/// What SQLite sorts row by row is the reference for the shorter ways; and a first page is the beginning of the order.
void sortsAsSqlite(QueryProfile &profile, const ListQuery &query, const char *what)
{
    const auto order = profile.lists().order(query);
    QVERIFY(order.ok());
    const auto plain = list_sql::rids(*profile.catalog, query, profile.context, 0);
    const auto statement = std::move(profile.connection->prepare(plain->sql)).value();
    bindValues(*statement, plain->values);
    std::vector<std::int64_t> expected;
    while (statement->step().value())
        expected.push_back(statement->int64(0));
    QVERIFY2(**order == expected, what);
    for (const int limit : {1, 37, 200, 1000}) {
        const auto first = profile.lists().firstRids(query, limit);
        const std::vector<std::int64_t> head(expected.begin(), expected.begin() + std::min<qint64>(limit, qint64(expected.size())));
        QVERIFY2(*first == head, what);
    }
}

class TestQueryLists : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void filtersFindTheirRows_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QStringList>("names");
        const QString acme = words("Acme");
        const QString borg = words("borg GmbH");
        const QString cedar = words("Cedar 50%_\\");
        const auto row = [](const char *expression, const QStringList &names) { QTest::newRow(expression) << words(expression) << names; };
        row("", {acme, borg, cedar});
        row("name = acme", {acme});
        row("name = 'ACME'", {acme});
        row("name != acme", {borg, cedar});
        row("name startswith b", {borg});
        row("name contains MBH", {borg});
        row("name contains '%_\\'", {cedar});
        row("name contains '_'", {cedar});
        row("name > b and name < c", {borg});
        row("number = c-000002", {borg});
        row("region is-empty", {cedar});
        row("not region is-empty", {acme, borg});
        row("region = ''", {cedar});
        row("region = north or region = South", {acme, borg});
        row("not (region = north)", {borg, cedar});
        row("region in (north, south)", {acme, borg});
        row("stage != lead", {borg});
        row("employees >= 12", {borg});
        row("not employees < 20", {acme, cedar});
        row("revenue > 4000", {acme, borg});
        row("revenue > 4000 USD", {acme});
        row("revenue >= 7000.00 EUR", {borg});
        row("owner = ann", {borg});
        row("owner = 'Bo Zimmer'", {acme});
        row("owner = bo and not owner = ann", {acme});
        row("owner startswith 'ann'", {borg});
        row("owner is-empty", {cedar});
        row("owner != ann", {acme, cedar});
        row("tags = vip", {acme, borg});
        row("tags = 'Late Payer'", {borg});
        row("tags contains pay", {borg});
        row("tags is-empty", {cedar});
        row("not tags = vip", {cedar});
        row("next_step_at < today", {acme});
        row("created_at = today", {acme, borg, cedar});
        row("created_at < today", {});
        row("created_at >= now-1h and created_at <= now", {acme, borg, cedar});
        row("id = C-000003", {cedar});
        row("phone contains '138 0013'", {acme});
        row("name = acme and (region = south or stage = lead)", {acme});
    }

    void filtersFindTheirRows()
    {
        QFETCH(QString, expression);
        QFETCH(QStringList, names);
        Company company;
        QCOMPARE(company.profile.titles(company.profile.query("customer", expression, words("number"))), names);
        QCOMPARE(company.profile.lists().count(company.profile.query("customer", expression)).value(), names.size());
    }

    void meIsTheUser()
    {
        Company company;
        company.profile.context.user = company.ann;
        QCOMPARE(company.where("owner = me"), QStringList{words("borg GmbH")});
    }

    void trashIsHiddenOrShownAlone()
    {
        Company company;
        ListQuery query = company.profile.query("customer", {}, words("name"));
        query.trashed = TrashedRows::Only;
        QCOMPARE(company.profile.titles(query), QStringList{words("Gone")});
        query.trashed = TrashedRows::All;
        QCOMPARE(company.profile.titles(query).size(), 4);
    }

    void childrenGoWithTheirParent()
    {
        QueryProfile profile;
        const base::Id kept = profile.add("pipeline", {{"name", text("Kept")}});
        const base::Id dropped = profile.add("pipeline", {{"name", text("Dropped")}, {"trashed", number(1)}});
        profile.add("stage", {{"name", text("one")}, {"pipeline", reference(profile, "pipeline", kept)}});
        profile.add("stage", {{"name", text("two")}, {"pipeline", reference(profile, "pipeline", dropped)}});
        QCOMPARE(profile.titles(profile.query("stage")), QStringList{words("one")});
    }

    /// Contacts and interactions hide with their customer and come back with it; nothing of theirs is written.
    void workHidesWithItsCustomer()
    {
        Company company;
        QueryProfile &profile = company.profile;
        profile.add("contact", {{"name", text("Ann")}, {"customer", reference(profile, "customer", company.acme)}});
        profile.add("contact", {{"name", text("Bob")}, {"customer", reference(profile, "customer", company.gone)}});
        profile.add("contact", {{"name", text("Cy")}});
        profile.add("interaction", {{"subject", text("Call")}, {"customer", reference(profile, "customer", company.gone)}});
        const auto shown = [&](const char *sorts) { return profile.titles(profile.query("contact", {}, words(sorts))); };
        const auto ordered = [&](const char *sorts) { return (*profile.lists().order(profile.query("contact", {}, words(sorts))))->size(); };
        const auto counted = [&](const char *entity) {
            return profile.lists().aggregate({.entity = profile.entity(entity).id()})->front().count;
        };
        QCOMPARE(shown("name"), (QStringList{words("Ann"), words("Cy")}));
        QCOMPARE(shown("customer"), (QStringList{words("Ann"), words("Cy")}));
        QCOMPARE(shown(""), (QStringList{words("Cy"), words("Ann")}));
        for (const char *sorts : {"name", "customer", "", "title"})
            QCOMPARE(ordered(sorts), 2u);
        QCOMPARE(*profile.lists().count(profile.query("contact")), 2);
        QCOMPARE(counted("contact"), 2);
        QCOMPARE(profile.titles(profile.query("interaction")), QStringList());
        QCOMPARE(profile.titles(profile.query("contact", words("customer = C-000004"))), QStringList()); // the timeline's question
        ListQuery trash = profile.query("contact");
        trash.trashed = TrashedRows::Only;
        QCOMPARE(profile.titles(trash), QStringList()); // not in the trash themselves

        profile.change("customer", company.gone, {{"trashed", number(0)}});
        QCOMPARE(shown("name"), (QStringList{words("Ann"), words("Bob"), words("Cy")}));
        QCOMPARE(ordered("name"), 3u);
        QCOMPARE(*profile.lists().count(profile.query("contact")), 3);
        QCOMPARE(counted("interaction"), 1);
    }

    void sortsPutEmptyValuesLast()
    {
        Company company;
        const auto sorted = [&](const char *sorts) { return company.profile.titles(company.profile.query("customer", {}, words(sorts))); };
        const QString acme = words("Acme");
        const QString borg = words("borg GmbH");
        const QString cedar = words("Cedar 50%_\\");
        QCOMPARE(sorted("name"), (QStringList{acme, borg, cedar}));
        QCOMPARE(sorted("name:desc"), (QStringList{cedar, borg, acme}));
        QCOMPARE(sorted("region"), (QStringList{acme, borg, cedar}));
        QCOMPARE(sorted("region:desc"), (QStringList{borg, acme, cedar}));
        QCOMPARE(sorted("owner"), (QStringList{borg, acme, cedar}));
        QCOMPARE(sorted("owner:desc"), (QStringList{acme, borg, cedar}));
        QCOMPARE(sorted("stage,name:desc"), (QStringList{cedar, acme, borg}));
        QCOMPARE(sorted(""), (QStringList{cedar, borg, acme}));
        QVERIFY(!company.profile.lists().firstRids(company.profile.query("customer", {}, words("tags"))).ok());
        QVERIFY(!company.profile.lists().firstRids(company.profile.query("customer", {}, words("nothing"))).ok());
    }

    void theFirstPageIsTheBeginningOfTheOrder()
    {
        QueryProfile profile;
        QRandomGenerator random(7);
        std::vector<base::Id> users;
        for (int i = 0; i < 8; ++i) // two share a name, one has none
            users.push_back(i == 7 ? profile.add("user", {{"name", text("x")}})
                                   : profile.add("user", {{"full_name", model::Value(QString(QChar(char16_t('h' - i / 2))))}}));
        users.push_back(profile.nextId()); // not here
        profile.run(words("BEGIN"));
        for (int i = 0; i < 600; ++i) {
            QueryProfile::Values values{{"name", model::Value(QString::number(random.bounded(50)))}};
            if (random.bounded(4) != 0)
                values.push_back({"owner", reference(profile, "user", users[size_t(random.bounded(int(users.size())))])});
            if (random.bounded(3) != 0)
                values.push_back({"next_step_at", number(random.bounded(40))});
            profile.add("customer", values);
        }
        profile.run(words("COMMIT"));
        for (const char *sorts : {"name", "name:desc", "owner", "owner:desc", "owner,name:desc", "next_step_at", "next_step_at:desc", "", "owner:desc,name"}) {
            const ListQuery query = profile.query("customer", words("name != 7"), words(sorts));
            sortsAsSqlite(profile, query, sorts);
            if (QTest::currentTestFailed())
                return;
        }
    }

    void manyTargetsSortAsFew()
    {
        QueryProfile profile;
        QRandomGenerator random(11);
        std::vector<base::Id> customers;
        profile.run(words("BEGIN"));
        for (int i = 0; i < 2600; ++i) { // some share a name but for its case, some have none
            const QString name = (random.bounded(2) == 0 ? QStringLiteral("N%1") : QStringLiteral("n%1")).arg(random.bounded(900));
            customers.push_back(profile.add("customer", random.bounded(50) == 0 ? QueryProfile::Values{{"needs", text("x")}} : QueryProfile::Values{{"name", model::Value(name)}}));
        }
        customers.push_back(profile.nextId()); // not here
        for (int i = 0; i < 3000; ++i) {
            QueryProfile::Values values{{"name", model::Value(QString::number(random.bounded(1000)))}};
            if (random.bounded(5) != 0)
                values.push_back({"customer", reference(profile, "customer", customers[size_t(random.bounded(int(customers.size())))])});
            profile.add("contact", values);
        }
        profile.run(words("UPDATE customer SET trashed = 1 WHERE rid % 7 = 0"));
        profile.run(words("COMMIT"));
        for (const char *where : {"", "name = 17", "name != 3"}) {
            for (const char *sorts : {"customer", "customer:desc", "customer,name:desc"}) {
                ListQuery query = profile.query("contact", words(where), words(sorts));
                for (const TrashedRows trashed : {TrashedRows::Hide, TrashedRows::All}) {
                    query.trashed = trashed;
                    sortsAsSqlite(profile, query, sorts);
                    if (QTest::currentTestFailed())
                        return;
                }
            }
        }
        // All targets were looked through, and fewer rows found than are wanted: those are all, whatever sorts them next.
        const auto few = TargetOrder(*profile.connection, *profile.catalog, profile.context).rids(profile.query("contact", words("name = 17"), words("customer,name:desc")), 1000);
        QVERIFY(few.ok() && few->has_value());
    }

    /// The plan of the first page: from an index, without sorting.
    void firstPagesSortByIndex_data()
    {
        QTest::addColumn<QString>("entity");
        QTest::addColumn<QString>("sorts");
        for (const model::Entity &entity : model::Catalog::standard()->entities()) {
            for (const model::Field *field : entity.fieldsWith(model::Sortable)) {
                if (field->isReference())
                    continue; // sorted target by target, see above
                for (const char *direction : {"", ":desc"})
                    QTest::newRow(qPrintable(entity.name() + u'.' + field->name + QLatin1StringView(direction)))
                        << entity.name() << field->name + QLatin1StringView(direction);
            }
        }
    }

    void firstPagesSortByIndex()
    {
        QFETCH(QString, entity);
        QFETCH(QString, sorts);
        QueryProfile profile;
        const ListQuery query = profile.query(qPrintable(entity), {}, sorts);
        const auto sql = list_sql::rids(*profile.catalog, query, profile.context, 200);
        QVERIFY(sql.ok());
        const QString plan = profile.connection->statement(sql->sql).explain().value();
        QVERIFY2(plan.contains(words("SEARCH t USING")) && plan.contains(words("INDEX")), qPrintable(plan));
        QVERIFY2(!plan.contains(words("TEMP B-TREE")), qPrintable(plan));
        QVERIFY2(!plan.contains(words("SCAN")), qPrintable(plan));
    }

    void newestFirstIsTheOrderOfTheTable()
    {
        QueryProfile profile;
        for (const char *where : {"", "name contains a"}) {
            const auto sql = list_sql::rids(*profile.catalog, profile.query("customer", words(where)), profile.context, 200);
            const QString plan = profile.connection->statement(sql->sql).explain().value();
            QCOMPARE(plan, words("SCAN t")); // backwards, until the page is full
        }
        const auto sql = list_sql::rids(*profile.catalog, profile.query("customer", words("stage = lead")), profile.context, 200);
        const QString plan = profile.connection->statement(sql->sql).explain().value();
        QVERIFY2(plan.contains(words("ix_customer__stage__sort (trashed=? AND stage=?)")) && !plan.contains(words("TEMP")), qPrintable(plan));
    }

    /// Not one row is read for its customer's sake.
    void wholeOrdersAreReadOfTheIndexAlone()
    {
        QueryProfile profile;
        const auto planOf = [&](const char *sorts) {
            const auto sql = list_sql::rids(*profile.catalog, profile.query("interaction", {}, words(sorts)), profile.context, 0);
            return profile.connection->statement(sql->sql).explain().value();
        };
        for (const char *sorts : {"at", "at:desc"}) {
            const QString plan = planOf(sorts);
            QVERIFY2(plan.contains(words("SEARCH t USING COVERING INDEX ix_interaction__at__sort")), qPrintable(plan));
            QVERIFY2(!plan.contains(words("TEMP B-TREE")) && !plan.contains(words("CORRELATED")), qPrintable(plan));
            QVERIFY2(plan.contains(words("SEARCH c USING COVERING INDEX ix_interaction__customer__ref")), qPrintable(plan));
        }
    }

    void lookUpsByReferenceUseTheIndex()
    {
        QueryProfile profile;
        for (const char *sorts : {"", "name"}) {
            for (const char *where : {"customer = C-000001", "customer = 0190f3a4-0000-7000-8000-000000000001 and name contains a"}) {
                const auto sql = list_sql::rids(*profile.catalog, profile.query("contact", words(where), words(sorts)), profile.context, 200);
                const QString plan = profile.connection->statement(sql->sql).explain().value();
                QVERIFY2(!plan.contains(words("SCAN")), qPrintable(plan));
                QVERIFY2(plan.contains(words("ix_contact__customer__ref")), qPrintable(plan));
            }
        }
    }

    void rowsComeWithTitlesTagsAndMarks()
    {
        Company company;
        QueryProfile &profile = company.profile;
        profile.add("conflict", {{"record", reference(profile, "customer", company.acme)}, {"status", text("open")}});
        profile.add("conflict", {{"record", reference(profile, "customer", company.borg)}, {"status", text("resolved")}});
        QVERIFY(profile.rows->putDirtyField(profile.entity("customer").id(), company.borg, {model::FieldKey(2), text("x"), 5}).ok());
        const auto rows = profile.lists().firstRows(profile.query("customer", {}, words("name")));
        QVERIFY(rows.ok());
        QCOMPARE(rows->size(), size_t(3));
        const model::Field &owner = *profile.entity("customer").field(words("owner"));
        QCOMPARE(rows->at(0).referenceTitle(owner), words("Bo Zimmer"));
        QCOMPARE(rows->at(1).record.tags, (QStringList{words("late payer"), words("VIP")}));
        QVERIFY(rows->at(0).has(InConflict) && !rows->at(0).has(Waiting));
        QVERIFY(!rows->at(1).has(InConflict) && rows->at(1).has(Waiting));
        QCOMPARE(int(rows->at(2).marks), 0);
    }

    void positionsAndPrefixes()
    {
        Company company;
        ListReader lists = company.profile.lists();
        const ListQuery query = company.profile.query("customer", {}, words("name"));
        const RowOrder order = lists.order(query).value();
        QCOMPARE(lists.positionOf(order, query.entity, company.borg).value(), 1);
        QCOMPARE(lists.positionOf(order, query.entity, company.gone).value(), -1);
        QCOMPARE(lists.positionOfPrefix(order, query, words("B")).value(), 1);
        QCOMPARE(lists.positionOfPrefix(order, query, words("bz")).value(), 2);
        QCOMPARE(lists.positionOfPrefix(order, query, words("z")).value(), 3);
        const ListQuery down = company.profile.query("customer", {}, words("name:desc"));
        QCOMPARE(lists.positionOfPrefix(lists.order(down).value(), down, words("bo")).value(), 1);
    }

    void aggregatesCountAndSum()
    {
        QueryProfile profile;
        const base::Id open = profile.add("stage", {{"name", text("Offer")}});
        const auto deal = [&](std::int64_t cents, const char *currency, QDate closed) {
            profile.add("deal", {{"name", text("d")}, {"stage", reference(profile, "stage", open)},
                                 {"amount", model::Value(model::Money::of(cents, words(currency)))},
                                 {"closed_at", number(QDate(1970, 1, 1).daysTo(closed))}});
        };
        deal(100, "USD", QDate(2026, 1, 31));
        deal(200, "USD", QDate(2026, 2, 1));
        deal(50, "EUR", QDate(2026, 2, 28));
        profile.add("deal", {{"name", text("none")}});
        const model::EntityId entity = profile.entity("deal").id();
        const auto byMonth = profile.lists().aggregate({entity, {}, {{words("closed_at"), DateBucket::Month}}, words("amount")});
        QVERIFY(byMonth.ok());
        QCOMPARE(byMonth->size(), size_t(3));
        QVERIFY(byMonth->at(0).keys.at(0).isEmpty());
        QCOMPARE(byMonth->at(1).keys.at(0).integerOr(0), QDate(1970, 1, 1).daysTo(QDate(2026, 1, 1)));
        QCOMPARE(byMonth->at(2).count, 2);
        QCOMPARE(byMonth->at(2).money, (std::vector<model::Money>{model::Money::of(50, words("EUR")), model::Money::of(200, words("USD"))}));

        const auto funnel = profile.lists().aggregate({entity, Filter::parse(words("not stage is-empty")).value(), {{words("stage")}}, {}});
        QCOMPARE(funnel->size(), size_t(1));
        QCOMPARE(funnel->at(0).titles, QStringList{words("Offer")});
        QCOMPARE(funnel->at(0).count, 3);

        const auto all = profile.lists().aggregate({entity, {}, {}, words("amount")});
        QCOMPARE(all->at(0).count, 4);
        QVERIFY(!profile.lists().aggregate({entity, {}, {{words("name"), DateBucket::Day}}, {}}).ok());
        QVERIFY(!profile.lists().aggregate({entity, {}, {}, words("name")}).ok());
    }

    void bucketsOfInstantsFollowTheZone()
    {
        QueryProfile profile;
        profile.context.zone = QTimeZone("Asia/Shanghai");
        const auto at = [](int day, int hour) { return QDateTime(QDate(2026, 11, day), QTime(hour, 0), Qt::UTC).toMSecsSinceEpoch(); };
        for (const qint64 time : {at(21, 15), at(21, 17), at(22, 15)}) // 21st 23:00, 22nd 01:00, 22nd 23:00 in Shanghai
            profile.add("interaction", {{"subject", text("s")}, {"kind", text("call")}, {"at", number(time)}});
        const auto days = profile.lists().aggregate({profile.entity("interaction").id(), {}, {{words("at"), DateBucket::Day}, {words("kind")}}, {}});
        QCOMPARE(days->size(), size_t(2));
        QCOMPARE(days->at(0).count, 1);
        QCOMPARE(days->at(1).count, 2);
        QCOMPARE(days->at(1).keys.at(1).textOrEmpty(), words("call"));
        const auto weeks = profile.lists().aggregate({profile.entity("interaction").id(), {}, {{words("at"), DateBucket::Week}}, {}});
        QCOMPARE(weeks->at(0).keys.at(0).integerOr(0), QDate(1970, 1, 1).daysTo(QDate(2026, 11, 16)));
    }

    void longExpressionsDoNotExceedSqlite()
    {
        Company company;
        QString expression = words("name = x");
        while (expression.size() < 8000)
            expression += words(" or name = x");
        QCOMPARE(company.where(qPrintable(expression)), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestQueryLists)
#include "tst_query_lists.moc"
