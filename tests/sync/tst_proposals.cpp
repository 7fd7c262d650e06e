// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Edits that are denied because a right was taken after their base are kept for who may decide now.
#include "tests/sync/scope_company.h"

using namespace fieldfare;
using namespace fieldfare::server;
using namespace fieldfare::tests;
using changes::Operation;
using changes::OperationKind;
using changes::Outcome;
using changes::Verdict;
using changes::Version;
using model::Value;

namespace {

/// Acme is the South's, and Bo has pulled it. Then it is given to the North.
struct Company : ScopeCompany {
    Version seen = 0; ///< Bo's cursor.

    Company()
    {
        write("customer", acme, {{"phone", QStringLiteral("5550001")}});
        seen = give(south);
    }
    Operation edit(const QString &phone) const
    {
        Operation operation = set("phone", phone);
        operation.base.version = seen;
        return operation;
    }
    std::vector<Verdict> outcomes(const std::vector<Operation> &operations)
    {
        const std::uint64_t from = bo.n + 1;
        for (const Operation &operation : operations)
            bo.add(operation);
        return pushed(bo, from);
    }
    [[nodiscard]] std::vector<base::Id> conflicts() const { return *tables->conflictsAbout({entity("customer"), acme}); }
    [[nodiscard]] QString of(const base::Id &conflict, const char *field) const
    {
        return (*tables->row(entity("conflict"), conflict))->value(key("conflict", field)).textOrEmpty();
    }
};

} // namespace

class TestProposals final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whoeverHasTheRecordNowIsTold()
    {
        Company company;
        company.give(company.north);
        const auto verdicts = company.outcomes({company.edit(QStringLiteral("5550002"))});
        QCOMPARE(verdicts.front().outcome, Outcome::Denied);
        QCOMPARE(verdicts.front().reason, QStringLiteral("proposed"));
        QVERIFY(verdicts.front().outOfSight);
        const auto conflicts = company.conflicts();
        QCOMPARE(conflicts.size(), 1U);
        QCOMPARE(company.of(conflicts.front(), "kind"), QStringLiteral("proposal"));
        QCOMPARE(company.of(conflicts.front(), "status"), QStringLiteral("open"));
        QVERIFY(company.of(conflicts.front(), "pushed").contains(QStringLiteral("5550002")));
        QVERIFY(company.of(conflicts.front(), "standing").contains(QStringLiteral("5550001")));
        QVERIFY(changeOf(company.pull(company.anna, company.seen), conflicts.front()) != nullptr);
        QVERIFY(changeOf(company.pull(company.bo, company.seen), conflicts.front()) == nullptr);
        QCOMPARE(company.valueOf(company.acme, "phone"), QStringLiteral("5550001"));
        QVERIFY(company.problems().isEmpty());
    }

    void aRepeatProposesOnce()
    {
        Company company;
        company.give(company.north);
        (void)company.outcomes({company.edit(QStringLiteral("5550002"))});
        QCOMPARE(company.pushed(company.bo).front().reason, QStringLiteral("proposed"));
        Operation copy = company.edit(QStringLiteral("5550002"));
        copy.origin = changes::Origin{company.bo.outbox.front().name, company.bo.hashes.front()}; // of a device that took a new name
        QCOMPARE(company.outcomes({copy}).front().outcome, Outcome::Denied);
        QCOMPARE(company.conflicts().size(), 1U);
    }

    void aRightOfTheRoleThatWasTakenCounts()
    {
        Company company;
        rights::Reach none = rights::Reach::None;
        RoleRights roleRights(*company.tables, *company.merger, company.catalog);
        RoleRightChange change{QStringLiteral("sales_representative"), QStringLiteral("customer"), none, {}, {}, {}, {}, {}};
        QVERIFY(company.written<RoleRight>([&] { return roleRights.set(change); }).ok());
        const auto verdicts = company.outcomes({company.edit(QStringLiteral("5550002"))});
        QCOMPARE(verdicts.front().reason, QStringLiteral("proposed"));
        QVERIFY(!verdicts.front().outOfSight);
        QCOMPARE(company.conflicts().size(), 1U);
    }

    /// Hand-made devices alone send this: theirs would have refused the edit.
    void whoNeverHadTheRightProposesNothing()
    {
        Company company;
        const Version given = company.give(company.north);
        Operation later = company.edit(QStringLiteral("5550002"));
        later.base.version = given + 1'000;
        Operation older = company.edit(QStringLiteral("5550003"));
        older.base.version = 1; // from before the record
        const auto verdicts = company.outcomes({later, older});
        QCOMPARE(verdicts.at(0).reason, QStringLiteral("right"));
        QCOMPARE(verdicts.at(1).reason, QStringLiteral("right"));
        QVERIFY(company.conflicts().empty());
    }

    void whatStandsAlreadyIsNotProposed()
    {
        Company company;
        company.give(company.north);
        (void)company.outcomes({company.edit(QStringLiteral("5550001"))});
        QVERIFY(company.conflicts().empty());
    }

    void aTrashIsProposedToo()
    {
        Company company;
        company.give(company.north);
        Operation trash = company.edit({});
        trash.kind = OperationKind::Trash;
        trash.values.clear();
        QCOMPARE(company.outcomes({trash}).front().reason, QStringLiteral("proposed"));
        QCOMPARE(company.conflicts().size(), 1U);
        QCOMPARE(company.of(company.conflicts().front(), "field"), QString::number(model::kTrashedNumber));
    }

    void aGroupProposesWhatWasDeniedInIt()
    {
        Company company;
        const base::Id own = company.ids.next();
        (void)company.outcomes({company.create(own, "Bravo")});
        company.give(company.north);
        Operation denied = company.edit(QStringLiteral("5550002"));
        Operation mate = company.edit(QStringLiteral("5550009"));
        mate.record = own;
        mate.base.version = *company.tables->counter();
        denied.group = mate.group = company.ids.next();
        company.write("customer", own, {{"owner", company.reference("user", company.bo.user)}});
        const auto verdicts = company.outcomes({mate, denied});
        QCOMPARE(verdicts.at(0).reason, QStringLiteral("group"));
        QCOMPARE(verdicts.at(1).outcome, Outcome::Denied);
        QCOMPARE(company.conflicts().size(), 1U);
        QVERIFY(company.tables->conflictsAbout({company.entity("customer"), own})->empty());
    }

    void whoHandsARecordOnAndGoesOnIsHeard()
    {
        Company company;
        const auto first = company.outcomes({company.handTo(company.north), company.edit(QStringLiteral("5550002"))});
        QCOMPARE(first.back().outcome, Outcome::Applied);
        Operation after = company.edit(QStringLiteral("5550003"));
        after.base = {};
        after.base.own = changes::Origin{company.bo.outbox.back().name, company.bo.hashes.back()};
        QCOMPARE(company.outcomes({after}).front().reason, QStringLiteral("proposed"));
        QCOMPARE(company.conflicts().size(), 1U);
    }

    void aLogThatIsFullTakesNoMore()
    {
        Company company;
        company.give(company.north);
        std::vector<Operation> edits;
        for (int i = 0; i < 250; ++i)
            edits.push_back(company.edit(QStringLiteral("6%1").arg(i)));
        const auto verdicts = company.outcomes(edits);
        QCOMPARE(verdicts.size(), 250U);
        QCOMPARE(company.conflicts().size(), 200U);
        QCOMPARE(verdicts.back().reason, QStringLiteral("right"));
    }

    void anErasedRecordKeepsNoProposal()
    {
        Company company;
        company.give(company.north);
        (void)company.outcomes({company.edit(QStringLiteral("5550002"))});
        company.write("user", company.anna.user, {{"role", QStringLiteral("system_administrator")}});
        Operation erase = company.set("phone", {});
        erase.kind = OperationKind::Erase;
        erase.values.clear();
        const std::uint64_t from = company.anna.n + 1;
        company.anna.add(erase);
        QCOMPARE(company.pushed(company.anna, from).front().outcome, Outcome::Applied);
        QVERIFY(company.conflicts().empty());
    }

    void withoutTheRuleItIsDropped()
    {
        Company company;
        company.give(company.north);
        MergerMutants mutants;
        mutants.deniedIsDropped = true;
        company.merger = std::make_unique<Merger>(*company.tables, company.catalog, company.clock, mutants);
        QCOMPARE(company.outcomes({company.edit(QStringLiteral("5550002"))}).front().reason, QStringLiteral("right"));
        QVERIFY(company.conflicts().empty());
    }
};

QTEST_GUILESS_MAIN(TestProposals)
#include "tst_proposals.moc"
