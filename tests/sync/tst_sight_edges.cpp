// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a hand-made device may try: to change, take over or learn of records that its user does not see.
#include "tests/sync/scope_company.h"

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

namespace {

/// Acme is Anna's, and Bo, who has his own customers, knows its id.
struct Company : ScopeCompany {
    Company() { write("customer", acme, {{"owner", reference("user", anna.user)}, {"phone", QStringLiteral("5550001")}}); }

    Operation make(const char *name, const base::Id &id, const std::vector<std::pair<const char *, Value>> &values) const
    {
        Operation operation;
        operation.kind = OperationKind::Create;
        operation.entity = entity(name);
        operation.record = id;
        for (const auto &[field, value] : values)
            operation.values.push_back({key(name, field), value});
        return operation;
    }
    /// That claims to know everything.
    Operation change(const char *name, const base::Id &id, const char *field, const Value &value) const
    {
        Operation operation;
        operation.entity = entity(name);
        operation.record = id;
        operation.values = {{key(name, field), value}};
        operation.base.version = *tables->counter() + 1'000;
        return operation;
    }
    Operation takeOver() const { return change("customer", acme, "owner", reference("user", bo.user)); }
    [[nodiscard]] base::Id ownerOfAcme() const { return (*tables->row(entity("customer"), acme))->value(key("customer", "owner")).referenceId(); }
    QList<Outcome> outcomes(const std::vector<Operation> &operations)
    {
        const std::uint64_t from = bo.n + 1;
        for (const Operation &operation : operations)
            bo.add(operation);
        QList<Outcome> found;
        for (const changes::Verdict &verdict : pushed(bo, from))
            found.append(verdict.outcome);
        return found;
    }
    void limit(const char *about, std::optional<Reach> edit, std::optional<bool> create, std::optional<Reach> see = {})
    {
        RoleRights roleRights(*tables, *merger, catalog);
        RoleRightChange asked{QStringLiteral("sales_representative"), QString::fromLatin1(about), edit, {}, create, {}, see, {}};
        const auto said = written<RoleRight>([&] { return roleRights.set(asked); });
        if (!said.ok())
            qFatal("%s", qPrintable(said.error().detail));
    }
    protocol::PullReply page(Version cursor, std::optional<protocol::PullPosition> after = {}, int most = protocol::kMaxPullRows)
    {
        return *Puller(*tables, catalog, clock).pull({bo.device, tables->epoch(), cursor, after, most, number(bo)});
    }
};

} // namespace

class TestSightEdges final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRefusedCreateGivesNoRight()
    {
        Company company;
        const auto outcomes = company.outcomes({company.make("customer", company.acme, {{"name", QStringLiteral("Mine")}}), company.takeOver()});
        QCOMPARE(outcomes, (QList<Outcome>{Outcome::Collision, Outcome::Denied}));
        QCOMPARE(company.ownerOfAcme(), company.anna.user);
    }

    void aCreateOfAnotherKindGivesNoRight()
    {
        Company company;
        const auto outcomes = company.outcomes({company.make("tag", company.acme, {{"name", QStringLiteral("vip")}}), company.takeOver()});
        QCOMPARE(outcomes, (QList<Outcome>{Outcome::Applied, Outcome::Denied}));
    }

    void aCreateThatItsGroupUndoesGivesNoRight()
    {
        Company company;
        const base::Id made = company.ids.next();
        std::vector<Operation> group{company.make("customer", made, {{"name", QStringLiteral("Mine")}}), company.change("customer", made, "name", Value(std::int64_t(7)))};
        for (Operation &operation : group)
            operation.group = base::Id::fromName(QStringLiteral("test"), QStringLiteral("group"));
        group.push_back(company.change("customer", made, "name", QStringLiteral("Other")));
        const auto outcomes = company.outcomes(group);
        QVERIFY(!outcomes.contains(Outcome::Applied));
    }

    void aRecordOfAnotherKindIsNotSeenInItsPlace()
    {
        Company company;
        const auto outcomes = company.outcomes({company.change("deal", company.acme, "name", QStringLiteral("x")), company.takeOver()});
        QCOMPARE(outcomes.last(), Outcome::Denied);
        Operation create = company.make("customer", company.ids.next(), {{"name", QStringLiteral("Mine")}});
        create.values.push_back({company.key("customer", "team"), company.reference("team", company.acme)});
        QCOMPARE(company.outcomes({create, company.takeOver()}).last(), Outcome::Denied);
    }

    void aNewStageIsNoRightToItsPipeline()
    {
        Company company;
        const base::Id pipeline = company.ids.next();
        company.write("pipeline", pipeline, {{"name", QStringLiteral("Sales")}});
        company.limit("pipeline", Reach::None, {});
        const Operation rename = company.change("pipeline", pipeline, "name", QStringLiteral("Mine"));
        const Operation stage = company.make("stage", company.ids.next(), {{"name", QStringLiteral("New")}, {"pipeline", company.reference("pipeline", pipeline)}});
        QCOMPARE(company.outcomes({stage, rename}), (QList<Outcome>{Outcome::Applied, Outcome::Denied}));
        company.limit("pipeline", Reach::All, {});
        company.limit("stage", {}, false);
        const Operation another = company.make("stage", company.ids.next(), {{"name", QStringLiteral("Newer")}, {"pipeline", company.reference("pipeline", pipeline)}});
        QCOMPARE(company.outcomes({rename, another}), (QList<Outcome>{Outcome::Applied, Outcome::Denied}));
    }

    void aCreateOfANamedRecordThatIsThereIsAnEdit()
    {
        Company company;
        const base::Id vip = base::Id::fromName(QStringLiteral("tag"), QStringLiteral("vip"));
        company.write("tag", vip, {{"name", QStringLiteral("vip")}});
        company.limit("tag", Reach::None, true);
        const Operation same = company.make("tag", vip, {{"name", QStringLiteral("vip")}});
        const Operation other = company.make("tag", vip, {{"name", QStringLiteral("VIP")}});
        QCOMPARE(company.outcomes({same, other}), (QList<Outcome>{Outcome::Equal, Outcome::Denied}));
        company.limit("tag", Reach::All, true);
        QCOMPARE(company.outcomes({other}).size(), 1);
    }

    void aTeamIsNotPulledBelowOnesOwn()
    {
        Company company;
        company.limit("team", Reach::None, true);
        const Operation create = company.make("team", company.north, {{"name", QStringLiteral("North")}, {"parent", company.reference("team", company.south)}});
        QCOMPARE(company.outcomes({create}), QList<Outcome>{Outcome::Denied});
        QVERIFY((*company.tables->row(company.entity("team"), company.north))->value(company.key("team", "parent")).isEmpty());
    }

    void aTaggingIsNotMovedToAHiddenRecord()
    {
        Company company;
        const base::Id own = company.ids.next();
        const base::Id tagging = company.ids.next();
        company.write("customer", own, {{"name", QStringLiteral("Own")}, {"team", company.reference("team", company.south)}});
        company.write("tagging", tagging, {{"record", company.reference("customer", own)}, {"tag", company.reference("tag", company.ids.next())}});
        QCOMPARE(company.outcomes({company.change("tagging", tagging, "record", company.reference("customer", company.acme))}), QList<Outcome>{Outcome::Denied});
    }

    /// The answer is kept, and may be asked for when the record has come into sight.
    void aDeniedEditKeepsNoValue()
    {
        Company company;
        const Operation edit = company.change("customer", company.acme, "phone", QStringLiteral("1"));
        QCOMPARE(company.outcomes({edit}), QList<Outcome>{Outcome::Denied});
        company.write("customer", company.acme, {{"phone", QStringLiteral("5550002")}});
        company.give(company.south);
        const auto repeated = company.pushed(company.bo);
        QVERIFY(!repeated.at(0).outOfSight);
        QVERIFY(repeated.at(0).value.isEmpty());
        QCOMPARE(repeated.at(0).version, 0U);
    }

    void aSettledAnswerTellsNoVersionOfWhatWasHidden()
    {
        Company company;
        QCOMPARE(company.outcomes({company.change("customer", company.acme, "phone", QStringLiteral("1"))}), QList<Outcome>{Outcome::Denied});
        company.bo.add(company.make("tag", company.ids.next(), {{"name", QStringLiteral("x")}}));
        protocol::PushRequest request = company.bo.request(2, 2);
        request.acknowledgedN = 1;
        FIELDFARE_VERIFY_OK(company.push(request));
        const auto settled = company.push(company.bo.request(1, 1))->verdicts;
        QCOMPARE(settled.at(0).outcome, Outcome::Settled);
        QVERIFY(settled.at(0).outOfSight);
        QCOMPARE(settled.at(0).version, 0U);
    }

    void aPositionNamesNoHiddenRow()
    {
        Company company;
        const Version before = *company.tables->counter();
        for (int i = 0; i < 5; ++i)
            company.write("customer", company.acme, {{"phone", QString::number(i)}});
        const base::Id own = company.ids.next();
        company.write("customer", own, {{"name", QStringLiteral("Own")}, {"team", company.reference("team", company.south)}});
        for (int i = 0; i < 3; ++i)
            company.write("customer", company.ids.next(), {{"name", QStringLiteral("Hidden")}, {"team", company.reference("team", company.north)}});
        QSet<base::Id> rows;
        std::optional<protocol::PullPosition> after;
        for (bool complete = false; !complete;) {
            const protocol::PullReply reply = company.page(before, after, 1);
            QVERIFY(reply.position.row == largestId() || reply.position.row == own);
            for (const changes::RowChange &row : reply.rows)
                rows.insert(row.id);
            QVERIFY(reply.complete || !after || *after < reply.position);
            complete = reply.complete;
            after = reply.position;
        }
        QCOMPARE(rows, QSet<base::Id>{own});
    }

    void aConflictAboutAHiddenKindIsNotSeen()
    {
        Company company;
        company.give(company.south);
        const base::Id call = company.ids.next();
        company.write("interaction", call, {{"subject", QStringLiteral("Call")}, {"customer", company.reference("customer", company.acme)}});
        const Version known = *company.tables->counter();
        company.write("interaction", call, {{"subject", QStringLiteral("Theirs")}});
        company.anna.add(company.change("interaction", call, "subject", QStringLiteral("Secret words")));
        company.anna.outbox.back().base.version = known;
        company.write("user", company.anna.user, {{"role", QStringLiteral("system_administrator")}});
        Author chief = company.author("Chief");
        company.write("user", chief.user, {{"name", QStringLiteral("Chief")}, {"role", QStringLiteral("system_administrator")}});
        Operation edit = company.change("interaction", call, "subject", QStringLiteral("Secret words"));
        edit.base.version = known;
        chief.add(edit);
        const auto verdicts = company.pushed(chief);
        QVERIFY(verdicts.at(0).outcome == Outcome::ConflictLost || verdicts.at(0).outcome == Outcome::ConflictWon);
        const auto conflicts = [&] { return company.downloaded(company.bo, "conflict"); };
        QCOMPARE(conflicts().size(), 1U);
        company.limit("interaction", {}, {}, Reach::None);
        QCOMPARE(conflicts().size(), 0U);
        const Version number = company.number(company.bo);
        company.write("conflict", company.tables->rowsAfter(company.entity("conflict"), {}, 10)->front().id, {{"status", QStringLiteral("resolved")}});
        for (const changes::RowChange &row : company.page(number).rows)
            QVERIFY(row.entity != company.entity("conflict"));
        company.bo.add(company.change("conflict", company.tables->rowsAfter(company.entity("conflict"), {}, 10)->front().id, "status", QStringLiteral("open")));
        QVERIFY(company.pushed(company.bo).back().outOfSight);
    }

    void teamsGoToTheTrashAndAreNotErased()
    {
        Company company;
        Author chief = company.author("Chief");
        company.write("user", chief.user, {{"name", QStringLiteral("Chief")}, {"role", QStringLiteral("system_administrator")}});
        Operation erase;
        erase.kind = OperationKind::Erase;
        erase.entity = company.entity("team");
        erase.record = company.north;
        chief.add(erase);
        QCOMPARE(company.pushed(chief).at(0).outcome, Outcome::Denied);
        QVERIFY(company.tables->row(company.entity("team"), company.north)->has_value());
    }

    void whatIsNobodysHasNoReach()
    {
        Company company;
        RoleRights roleRights(*company.tables, *company.merger, company.catalog);
        for (const char *kind : {"tag", "team", "pipeline", "choice_value"}) {
            RoleRightChange change{QStringLiteral("sales_representative"), QString::fromLatin1(kind), {}, {}, {}, {}, Reach::Own, {}};
            QVERIFY2(company.written<RoleRight>([&] { return roleRights.set(change); }).error().code == base::ErrorCode::InvalidArgument, kind);
            change = {QStringLiteral("sales_representative"), QString::fromLatin1(kind), {}, {}, {}, {}, {}, true};
            QVERIFY2(company.written<RoleRight>([&] { return roleRights.set(change); }).error().code == base::ErrorCode::InvalidArgument, kind);
        }
    }

    void whatHungOnAnErasedRecordStaysOutOfSight()
    {
        Company company;
        const base::Id call = company.ids.next();
        company.write("interaction", call, {{"subject", QStringLiteral("Call")}, {"customer", company.reference("customer", company.acme)}});
        Author chief = company.author("Chief");
        company.write("user", chief.user, {{"name", QStringLiteral("Chief")}, {"role", QStringLiteral("system_administrator")}});
        Operation erase;
        erase.kind = OperationKind::Erase;
        erase.entity = company.entity("customer");
        erase.record = company.acme;
        chief.add(erase);
        QCOMPARE(company.pushed(chief).at(0).outcome, Outcome::Applied);
        QVERIFY(!company.downloaded(company.bo, "interaction").contains(call));
        company.write("interaction", call, {{"owner", company.reference("user", chief.user)}});
        QVERIFY(!company.downloaded(company.bo, "interaction").contains(call));
        QCOMPARE(company.problems(), QStringList());
    }

    /// Nor is one that comes when the record is gone.
    void whatIsHungOnAnErasedRecordIsItsAuthors()
    {
        Company company;
        const base::Id call = company.ids.next();
        const base::Id stray = company.ids.next();
        company.write("interaction", call, {{"subject", QStringLiteral("Call")}, {"owner", company.reference("user", company.anna.user)}});
        company.write("contact", stray, {{"name", QStringLiteral("Stray")}});
        QVERIFY(!company.downloaded(company.bo, "interaction").contains(call));
        QVERIFY(!company.downloaded(company.bo, "contact").contains(stray)); // in the pool of customers, which Bo does not see
        company.say("customer", Reach::Team, true);
        QVERIFY(company.downloaded(company.bo, "contact").contains(stray));
        QCOMPARE(company.problems(), QStringList());
    }

    /// What was permitted as if a group had been taken is not, when it was not.
    void aGroupThatIsRefusedGivesNoRight()
    {
        Company company;
        company.give(company.south);
        company.limit("contact", Reach::Own, {});
        std::vector<Operation> group{company.takeOver(), company.change("contact", company.contact, "name", QStringLiteral("Mine")),
                                     company.change("customer", company.acme, "name", Value(std::int64_t(7)))};
        for (Operation &operation : group)
            operation.group = base::Id::fromName(QStringLiteral("test"), QStringLiteral("group"));
        group.push_back(company.change("contact", company.contact, "name", QStringLiteral("Mine")));
        QCOMPARE(company.outcomes(group).last(), Outcome::Denied);
    }

    void aConflictIsDecidedByWhoMayEditItsRecord()
    {
        Company company;
        company.give(company.south);
        const Version known = *company.tables->counter();
        company.write("customer", company.acme, {{"phone", QStringLiteral("1")}});
        Operation edit = company.change("customer", company.acme, "phone", QStringLiteral("2"));
        edit.base.version = known;
        (void)company.outcomes({edit});
        const auto conflicts = *company.tables->conflictsAbout({company.entity("customer"), company.acme});
        QCOMPARE(conflicts.size(), 1U);
        const Operation decide = company.change("conflict", conflicts.front(), "status", QStringLiteral("resolved"));
        company.limit("customer", Reach::None, {});
        QCOMPARE(company.outcomes({decide}), QList<Outcome>{Outcome::Denied});
        company.limit("customer", Reach::All, {});
        QCOMPARE(company.outcomes({decide}), QList<Outcome>{Outcome::Applied});
    }

    void anErasedRecordLeavesNoConflict()
    {
        Company company;
        Author chief = company.author("Chief");
        company.write("user", chief.user, {{"name", QStringLiteral("Chief")}, {"role", QStringLiteral("system_administrator")}});
        const Version known = *company.tables->counter();
        company.write("customer", company.acme, {{"phone", QStringLiteral("1")}});
        Operation edit = company.change("customer", company.acme, "phone", QStringLiteral("2"));
        edit.base.version = known;
        Operation erase;
        erase.kind = OperationKind::Erase;
        erase.entity = company.entity("customer");
        erase.record = company.acme;
        for (Operation *operation : {&edit, &erase}) {
            operation->group = base::Id::fromName(QStringLiteral("test"), QStringLiteral("group"));
            chief.add(*operation);
        }
        (void)company.pushed(chief);
        QVERIFY(!company.tables->row(company.entity("customer"), company.acme)->has_value());
        QCOMPARE(*company.tables->rowCount(company.entity("conflict")), 0U);
    }

    void theTrashOfAHiddenRecordIsNotTold()
    {
        Company company;
        company.write("customer", company.acme, {{"name", QStringLiteral("Acme")}});
        company.anna.add(company.set("phone", QStringLiteral("9")));
        Operation trash;
        trash.kind = OperationKind::Trash;
        trash.entity = company.entity("customer");
        trash.record = company.acme;
        trash.seenCursor = *company.tables->counter() + 100;
        Author chief = company.author("Chief");
        company.write("user", chief.user, {{"name", QStringLiteral("Chief")}, {"role", QStringLiteral("system_administrator")}});
        chief.add(trash);
        QCOMPARE(company.pushed(chief).at(0).outcome, Outcome::Applied);
        QCOMPARE(company.outcomes({company.make("deal", company.ids.next(), {{"name", QStringLiteral("Mine")}, {"customer", company.reference("customer", company.acme)}, {"owner", company.reference("user", company.bo.user)}})}),
                 QList<Outcome>{Outcome::Applied});
        QCOMPARE(*company.tables->rowCount(company.entity("conflict")), 0U);
    }

    /// His cursor says nothing of a contact that came into his sight after it.
    void aTrashAsksAboutWhatCameIntoSight()
    {
        Company company;
        const Version cursor = *company.tables->counter();
        company.give(company.south); // and the network goes between the customer and its contact
        Operation trash;
        trash.kind = OperationKind::Trash;
        trash.entity = company.entity("customer");
        trash.record = company.acme;
        trash.seenCursor = cursor;
        trash.seenExceptions = {{company.key("customer", "team"), *company.tables->counter()}};
        company.bo.add(trash);
        QCOMPARE(company.pushed(company.bo).at(0).outcome, Outcome::Applied);
        QCOMPARE(company.tables->conflictsAbout({company.entity("customer"), company.acme})->size(), 1U);
    }

    void aTrashAsksAboutWhatWasHungThereMeanwhile()
    {
        Company company;
        const base::Id other = company.ids.next();
        company.write("customer", other, {{"name", QStringLiteral("Other")}, {"team", company.reference("team", company.south)}});
        company.give(company.south);
        const Version cursor = *company.tables->counter();
        company.write("contact", company.contact, {{"customer", company.reference("customer", other)}});
        Operation trash;
        trash.kind = OperationKind::Trash;
        trash.entity = company.entity("customer");
        trash.record = other;
        trash.seenCursor = cursor;
        company.bo.add(trash);
        QCOMPARE(company.pushed(company.bo).at(0).outcome, Outcome::Applied);
        QCOMPARE(company.tables->conflictsAbout({company.entity("customer"), other})->size(), 1U);
    }
};

QTEST_GUILESS_MAIN(TestSightEdges)
#include "tst_sight_edges.moc"
