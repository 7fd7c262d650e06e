// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The server's half of core/changes/docs/scopes.md, over the real tables: what leaves it, and for whom.
#include "core/changes/checksum.h"
#include "sync/server/accounts/role_rights.h"
#include "sync/server/merge/compactor.h"
#include "sync/server/merge/puller.h"
#include "sync/server/storage/store_check.h"
#include "sync/server/storage/store_version.h"
#include "tests/sync/scope_company.h"

#include <QTest>

using namespace fieldfare;
using namespace fieldfare::server;
using namespace fieldfare::tests;
using changes::Operation;
using changes::OperationKind;
using changes::Outcome;
using changes::Version;
using model::Value;
using protocol::PullStatus;
using rights::Reach;

using Company = ScopeCompany;

class TestScopes final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRecordThatChangesHandsGoesWithAllThatHangsOnIt()
    {
        Company company;
        const Version before = *company.tables->counter();
        company.give(company.south);
        const protocol::PullReply lost = company.pull(company.anna, before);
        const protocol::PullReply got = company.pull(company.bo, before);
        for (const base::Id &id : {company.acme, company.contact, company.tagging}) {
            const changes::RowChange *const gone = changeOf(lost, id);
            QVERIFY(gone != nullptr && gone->left && !gone->erased && gone->fields.empty());
            const changes::RowChange *const come = changeOf(got, id);
            QVERIFY(come != nullptr && !come->left && !come->fields.empty());
        }
        // All fields come, not what is above the cursor.
        const changes::RowChange &acme = *changeOf(got, company.acme);
        QVERIFY(std::any_of(acme.fields.begin(), acme.fields.end(), [&](const auto &field) { return field.field == company.key("customer", "name") && field.version < before; }));
        QCOMPARE(company.downloaded(company.anna, "contact"), std::set<base::Id>());
        QCOMPARE(company.downloaded(company.bo, "contact"), std::set<base::Id>{company.contact});
        QCOMPARE(company.problems(), QStringList());
    }

    void whatIsErasedIsSaidToThoseWhoSawIt()
    {
        Company company;
        const Version before = *company.tables->counter();
        Operation operation;
        operation.kind = OperationKind::Erase;
        operation.entity = company.entity("customer");
        operation.record = company.acme;
        Author chief = company.author("Chief");
        company.write("user", chief.user, {{"name", QStringLiteral("Chief")}, {"role", QStringLiteral("system_administrator")}});
        chief.add(operation);
        QCOMPARE(company.pushed(chief).at(0).outcome, Outcome::Applied);
        QVERIFY(changeOf(company.pull(company.anna, before), company.acme)->erased);
        QVERIFY(changeOf(company.pull(company.bo, before), company.acme) == nullptr);
        QCOMPARE(company.problems(), QStringList());
    }

    void aPageStopsNotBetweenTheTwoEntriesOfAMove()
    {
        Company company;
        const Version before = *company.tables->counter();
        company.give(company.south);
        protocol::PullRequest request{company.bo.device, company.tables->epoch(), before, {}, 1, company.number(company.bo)};
        std::set<base::Id> come;
        for (bool complete = false; !complete;) {
            const auto reply = Puller(*company.tables, company.catalog, company.clock).pull(request);
            FIELDFARE_VERIFY_OK(reply);
            for (const changes::RowChange &row : reply->rows)
                come.insert(row.id);
            complete = reply->complete;
            request.after = reply->position;
        }
        QVERIFY(come.contains(company.acme) && come.contains(company.contact) && come.contains(company.tagging));
    }

    void reachesAndThePool_data()
    {
        QTest::addColumn<int>("reach");
        QTest::addColumn<bool>("pool");
        QTest::addColumn<QString>("seen"); // of: own (Bo's), team (South), other (North), pool
        QTest::newRow("own") << int(Reach::Own) << false << "own";
        QTest::newRow("own and pool") << int(Reach::Own) << true << "own pool";
        QTest::newRow("team") << int(Reach::Team) << false << "own team";
        QTest::newRow("team and pool") << int(Reach::Team) << true << "own team pool";
        QTest::newRow("below") << int(Reach::Below) << false << "own team other";
        QTest::newRow("all") << int(Reach::All) << false << "own team other pool";
        QTest::newRow("none") << int(Reach::None) << true << "";
    }
    void reachesAndThePool()
    {
        QFETCH(int, reach);
        QFETCH(bool, pool);
        QFETCH(QString, seen);
        Company company(Reach(reach), pool);
        company.write("team", company.north, {{"parent", company.reference("team", company.south)}});
        const base::Id own = company.ids.next();
        const base::Id team = company.ids.next();
        const base::Id nobodys = company.ids.next();
        company.write("customer", own, {{"name", QStringLiteral("Own")}, {"owner", company.reference("user", company.bo.user)}});
        company.write("customer", team, {{"name", QStringLiteral("Team")}, {"team", company.reference("team", company.south)}});
        company.write("customer", nobodys, {{"name", QStringLiteral("Pool")}});
        std::set<base::Id> expected;
        for (const auto &[word, id] : {std::pair("own", own), std::pair("team", team), std::pair("other", company.acme), std::pair("pool", nobodys)}) {
            if (seen.split(QLatin1Char(' ')).contains(QLatin1StringView(word)))
                expected.insert(id);
        }
        QCOMPARE(company.downloaded(company.bo, "customer"), expected);
        std::set<base::Id> pulled;
        const Version cursor = reach == int(Reach::All) ? 0 : company.number(company.bo);
        company.write("customer", company.acme, {{"phone", QStringLiteral("1")}}); // made before the rights were said
        const protocol::PullReply reply = company.pull(company.bo, cursor);
        QCOMPARE(reply.status, PullStatus::Page);
        for (const changes::RowChange &row : reply.rows) {
            if (row.entity == company.entity("customer") && !row.left)
                pulled.insert(row.id);
        }
        QCOMPARE(pulled, expected);
        const auto start = company.written<protocol::DownloadStart>([&] { return Puller(*company.tables, company.catalog, company.clock).beginDownload(company.bo.device); });
        FIELDFARE_VERIFY_OK(start);
        for (const auto &[entity, count] : start->counts) {
            if (entity == company.entity("customer"))
                QCOMPARE(count, expected.size());
        }
        QCOMPARE(start->scope, company.number(company.bo));
    }

    void kindsThatAreNotSeenStayAway()
    {
        Company company(Reach::All);
        company.say("contact", Reach::None);
        QCOMPARE(company.downloaded(company.bo, "contact"), std::set<base::Id>());
        QCOMPARE(company.downloaded(company.bo, "customer"), std::set<base::Id>{company.acme});
        company.write("contact", company.contact, {{"phone", QStringLiteral("1")}});
        const protocol::PullReply reply = company.pull(company.bo, company.number(company.bo));
        QCOMPARE(reply.status, PullStatus::Page);
        QVERIFY(changeOf(reply, company.contact) == nullptr);
        // What hangs on a record is seen with it or not at all.
        RoleRights roleRights(*company.tables, *company.merger, company.catalog);
        RoleRightChange change{QStringLiteral("sales_representative"), QStringLiteral("contact"), {}, {}, {}, {}, Reach::Own, {}};
        const auto said = company.written<RoleRight>([&] { return roleRights.set(change); });
        QCOMPARE(said.error().code, base::ErrorCode::InvalidArgument);
    }

    void anotherScopeIsSaidAndNothingElse()
    {
        Company company;
        const Version number = company.number(company.bo);
        QVERIFY(number != 0);
        for (const auto known : {Version(0), number - 1, number + 1}) {
            const auto reply = company.pull(company.bo, 0, known);
            FIELDFARE_VERIFY_OK(reply);
            QCOMPARE(reply->status, PullStatus::ScopeChanged);
            QVERIFY(reply->rows.empty() && reply->counter == 0);
            protocol::DownloadRequest request{company.bo.device, company.tables->epoch(), company.entity("customer"), {}, 10, known};
            const auto page = Puller(*company.tables, company.catalog, company.clock).downloadPage(request);
            QVERIFY(page.ok() && page->status == PullStatus::ScopeChanged && page->rows.empty());
        }
        QCOMPARE(company.pull(company.bo, number, number)->status, PullStatus::Page);
        // What left before there was this scope is nobody's business in it: no device has such a cursor.
        QCOMPARE(company.pull(company.bo, number - 1, number)->status, PullStatus::ScopeChanged);
    }

    /// A program of before there were scopes takes a row that left for one that stays.
    void anOldProgramIsServedAsLongAsThereIsNothingToHide()
    {
        Company company(Reach::All);
        QCOMPARE(company.number(company.bo), Version(0));
        QCOMPARE(company.pull(company.bo, 0, {})->status, PullStatus::Page);
        company.say("customer", Reach::Own);
        QCOMPARE(company.pull(company.bo, 0, std::optional<Version>()).error().code, base::ErrorCode::ClientTooOld);
        protocol::DownloadRequest request{company.bo.device, company.tables->epoch(), company.entity("customer"), {}, 10, {}};
        QCOMPARE(Puller(*company.tables, company.catalog, company.clock).downloadPage(request).error().code, base::ErrorCode::ClientTooOld);
    }

    void theNumberOfAScopeGrows()
    {
        Company company;
        Version last = company.number(company.bo);
        const auto grows = [&] {
            const Version now = company.number(company.bo);
            const bool grew = now > last;
            last = now;
            return grew;
        };
        company.say("customer", Reach::Own);
        QVERIFY(grows());
        company.say("customer", Reach::Team); // as it was
        QVERIFY(grows());
        company.write("user", company.bo.user, {{"team", company.reference("team", company.north)}});
        QVERIFY(grows());
        company.write("team", company.ids.next(), {{"name", QStringLiteral("West")}});
        QVERIFY(!grows()); // nothing depends on how teams stand
        company.say("customer", Reach::Below);
        QVERIFY(grows());
        company.write("team", company.south, {{"parent", company.reference("team", company.north)}});
        QVERIFY(grows());
        company.say("deal", Reach::All); // another kind of which all is seen
        QVERIFY(!grows());
        const Version before = company.number(company.bo);
        company.write("customer", company.ids.next(), {{"name", QStringLiteral("X")}, {"owner", company.reference("user", company.anna.user)}});
        QCOMPARE(company.number(company.bo), before); // a new label is no other scope
    }

    void whoHandsARecordOnIsToldThatItIsOutOfSight()
    {
        Company company;
        const std::uint64_t n = company.anna.n;
        company.anna.add(company.handTo(company.south));
        Operation phone = company.set("phone", QStringLiteral("1")); // saved in the same go
        company.anna.add(phone);
        const auto verdicts = company.pushed(company.anna, n + 1);
        for (const changes::Verdict &verdict : verdicts) {
            QVERIFY(verdict.tookEffect() && verdict.outOfSight && verdict.version != 0);
            QVERIFY(verdict.value.isEmpty());
        }
        // The answer to a repeat says how things stand then.
        QVERIFY(company.pushed(company.anna, n + 1).at(0).outOfSight);
        company.give(company.north);
        QVERIFY(!company.pushed(company.anna, n + 1).at(0).outOfSight);
        // The next push is another one.
        company.give(company.south);
        company.anna.add(company.set("phone", QStringLiteral("2")));
        const changes::Verdict denied = company.pushed(company.anna, company.anna.n).at(0);
        QCOMPARE(denied.outcome, Outcome::Denied);
        QVERIFY(denied.outOfSight && denied.version == 0 && denied.value.isEmpty());
        QCOMPARE(company.valueOf(company.acme, "phone"), QStringLiteral("1"));
    }

    void aRecordForSomebodyElseIsMadeAndLeaves()
    {
        Company company;
        const std::uint64_t n = company.anna.n;
        Operation made = company.create(company.ids.next(), "For the South");
        made.values.push_back({company.key("customer", "team"), company.reference("team", company.south)});
        company.anna.add(made);
        const changes::Verdict verdict = company.pushed(company.anna, n + 1).at(0);
        QCOMPARE(verdict.outcome, Outcome::Applied);
        QVERIFY(verdict.outOfSight);
        QVERIFY(company.downloaded(company.bo, "customer").contains(made.record));
    }

    void aConflictIsSeenWithItsRecord()
    {
        Company company;
        company.give(company.south);
        const std::uint64_t n = company.bo.n;
        company.bo.add(company.set("name", QStringLiteral("Acme of the South")));
        QCOMPARE(company.pushed(company.bo, n + 1).at(0).outcome, Outcome::Applied);
        Operation stale = company.set("name", QStringLiteral("Acme of old"));
        company.bo.add(stale);
        const auto verdict = company.pushed(company.bo, company.bo.n).at(0);
        QVERIFY(verdict.outcome == Outcome::ConflictWon || verdict.outcome == Outcome::ConflictLost);
        QCOMPARE(company.downloaded(company.bo, "conflict").size(), 1U);
        QCOMPARE(company.downloaded(company.anna, "conflict").size(), 0U);
        const Version before = *company.tables->counter();
        company.give(company.north);
        QCOMPARE(company.downloaded(company.bo, "conflict").size(), 0U);
        QCOMPARE(company.downloaded(company.anna, "conflict").size(), 1U);
        QVERIFY(changeOf(company.pull(company.bo, before), *company.downloaded(company.anna, "conflict").begin())->left);
    }

    void theChecksumIsOfWhatIsSeen()
    {
        Company company;
        const Version counter = *company.tables->counter();
        const auto sumFor = [&](const Author &author, std::optional<Version> scope) {
            return *Puller(*company.tables, company.catalog, company.clock).checksum({author.device, company.tables->epoch(), counter, scope});
        };
        const auto annas = sumFor(company.anna, company.number(company.anna));
        const auto bos = sumFor(company.bo, company.number(company.bo));
        QCOMPARE(annas.counter, counter);
        QCOMPARE(annas.rows, bos.rows + 3); // the customer and what hangs on it
        QVERIFY(annas.sum != bos.sum);
        QCOMPARE(sumFor(company.bo, Version(0)).counter, Version(0)); // of another scope: no comparison
    }

    void leavesGoBelowTheFloor()
    {
        Company company;
        company.give(company.south);
        const auto left = [&] {
            const auto entries = company.tables->changesAfter({}, 10'000);
            return std::count_if(entries->begin(), entries->end(), [](const ChangeEntry &entry) { return entry.kind == ChangeEntry::Kind::Left; });
        };
        // From the pool to the North, when it was made; from there to the South, with what hangs on it.
        QCOMPARE(left(), 1 + 3);
        FIELDFARE_VERIFY_OK(company.written<bool>([&] { return Compactor(*company.tables, company.clock).step(*company.tables->counter()); }));
        QCOMPARE(left(), 0);
        QCOMPARE(company.problems(), QStringList());
    }

    /// Who may see the teams below could else put any team below his own.
    void whoIsLimitedDoesNotMoveTeams()
    {
        Company company(Reach::Below);
        Operation operation;
        operation.entity = company.entity("team");
        operation.record = company.north;
        operation.values = {{company.key("team", "parent"), company.reference("team", company.south)}};
        operation.base.version = *company.tables->counter();
        const std::uint64_t n = company.bo.n;
        company.bo.add(operation);
        QCOMPARE(company.pushed(company.bo, n + 1).at(0).outcome, Outcome::Denied);
    }

    void aStoreOfBeforeGetsLabels()
    {
        Company company;
        company.connection->clearStatements();
        company.tables.reset();
        for (const model::Entity &entity : company.catalog->entities()) {
            QVERIFY(company.connection->execute(QStringLiteral("UPDATE %1 SET label=1").arg(entity.table())).ok());
            QVERIFY(company.connection->execute(QStringLiteral("ALTER TABLE %1 DROP COLUMN label_since").arg(entity.table())).ok());
        }
        for (const char *const sql : {"DELETE FROM change_index WHERE kind=3", "UPDATE change_index SET label=1", "DROP TABLE labels"})
            QVERIFY2(company.connection->execute(QLatin1StringView(sql)).ok(), sql);
        FIELDFARE_VERIFY_OK(store_version::write(*company.connection, 1));
        company.connection->clearStatements();
        FIELDFARE_VERIFY_OK(ServerSchema::migrate(*company.connection, *company.catalog));
        QCOMPARE(*store_version::read(*company.connection), qint64(ServerSchema::kVersion));
        auto opened = SqlServerStorage::open(*company.connection, company.catalog);
        FIELDFARE_VERIFY_OK(opened);
        company.tables = std::move(opened).value();
        company.merger = std::make_unique<Merger>(*company.tables, company.catalog, company.clock);
        QCOMPARE(company.problems(), QStringList());
        QCOMPARE(company.downloaded(company.anna, "customer"), std::set<base::Id>{company.acme});
        QCOMPARE(company.downloaded(company.anna, "tagging"), std::set<base::Id>{company.tagging});
        QCOMPARE(company.downloaded(company.bo, "customer"), std::set<base::Id>());
        FIELDFARE_VERIFY_OK(ServerSchema::migrate(*company.connection, *company.catalog)); // once
        QCOMPARE(company.problems(), QStringList());
    }

    void aWrongLabelIsFound()
    {
        Company company;
        QVERIFY(company.connection->execute(QLatin1StringView("UPDATE contact SET label=1")).ok());
        const QStringList problems = company.problems();
        QCOMPARE(problems.size(), 2); // and its entry in the change index stands under another one
        QVERIFY2(problems.join(QLatin1Char(' ')).contains(QLatin1StringView("another label")), qPrintable(problems.join(QLatin1Char('\n'))));
    }
};

QTEST_GUILESS_MAIN(TestScopes)
#include "tst_scopes.moc"
