// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The server's half of core/rights/docs/rights.md: what a push may bring, whatever its device believed.
#include "sync/server/accounts/role_rights.h"
#include "tests/sync/quarantine_fixture.h"

#include <QTest>

using namespace fieldfare;
using namespace fieldfare::server;
using namespace fieldfare::tests;
using changes::Operation;
using changes::OperationKind;
using changes::Outcome;
using model::Value;
using rights::Reach;

namespace {

/// Anna and Bo are sales representatives; Acme is Anna's.
struct Company : QuarantineFixture {
    Company()
    {
        setDisabled(false);
        for (const Author &author : {anna, bo})
            write("user", author.user, {{"name", author.device.toString()}, {"role", QStringLiteral("sales_representative")}});
        write("customer", acme, {{"owner", Value(model::Reference{entity("user"), anna.user})}});
        known = *tables->counter();
    }
    void write(const char *name, const base::Id &id, const std::vector<std::pair<const char *, Value>> &values)
    {
        std::vector<changes::FieldValue> fields;
        for (const auto &[field, value] : values)
            fields.push_back({key(name, field), value});
        if (!tables->write([&]() -> base::Result<void> {
                FIELDFARE_TRY(merger->writeAsServer(entity(name), id, fields, {}));
                return {};
            }).ok())
            qFatal("write");
    }
    void say(const char *about, Reach edit, Reach remove, bool create = true)
    {
        RoleRights roleRights(*tables, *merger, catalog);
        const auto said = written<RoleRight>([&] { return roleRights.set({QStringLiteral("sales_representative"), QString::fromLatin1(about), edit, remove, create, {}}); });
        if (!said.ok())
            qFatal("%s", qPrintable(said.error().detail));
    }
    std::vector<changes::Verdict> pushed(const Author &author, std::uint64_t from = 1) { return push(author.request(from, author.n))->verdicts; }
};

} // namespace

class TestRoleRights final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEditThatItsAuthorMayNotMakeIsDenied()
    {
        Company company;
        company.say("customer", Reach::Own, Reach::None);
        company.bo.add(company.set("phone", QStringLiteral("2")));
        const auto verdicts = company.pushed(company.bo);
        QCOMPARE(verdicts.at(0).outcome, Outcome::Denied);
        QCOMPARE(verdicts.at(0).reason, QStringLiteral("proposed")); // he had the right when he wrote it
        QCOMPARE(company.valueOf(company.acme, "phone"), QString());
        const std::uint64_t before = company.anna.n;
        company.anna.add(company.set("phone", QStringLiteral("1")));
        QCOMPARE(company.pushed(company.anna, before + 1).at(0).outcome, Outcome::Applied);
        // The answer to a repeat is the same, also once the right is there.
        company.say("customer", Reach::All, Reach::All);
        QCOMPARE(company.pushed(company.bo).at(0).outcome, Outcome::Denied);
    }

    void withoutTheCheckItIsTaken()
    {
        Company company;
        company.say("customer", Reach::Own, Reach::None);
        MergerMutants mutants;
        mutants.rightsNotAsked = true;
        company.merger = std::make_unique<Merger>(*company.tables, company.catalog, company.clock, mutants);
        company.bo.add(company.set("phone", QStringLiteral("2")));
        QCOMPARE(company.pushed(company.bo).at(0).outcome, Outcome::Applied);
    }

    void trashRestoreAndEraseAreRemoving()
    {
        Company company;
        company.say("customer", Reach::All, Reach::None);
        for (const OperationKind kind : {OperationKind::Trash, OperationKind::Restore, OperationKind::Erase}) {
            Operation operation;
            operation.kind = kind;
            operation.entity = company.entity("customer");
            operation.record = company.acme;
            company.bo.add(operation);
        }
        for (const changes::Verdict &verdict : company.pushed(company.bo))
            QCOMPARE(verdict.outcome, Outcome::Denied);
        QVERIFY((*company.tables->row(company.entity("customer"), company.acme)).has_value());
    }

    void aGroupIsDeniedAsAWhole()
    {
        Company company;
        company.say("customer", Reach::Own, Reach::All);
        const base::Id group = company.ids.next();
        Operation mine = company.create(company.ids.next(), "Bravo");
        Operation theirs = company.set("phone", QStringLiteral("2"));
        mine.group = theirs.group = group;
        company.bo.add(mine);
        company.bo.add(theirs);
        for (const changes::Verdict &verdict : company.pushed(company.bo))
            QCOMPARE(verdict.outcome, Outcome::Denied);
        QVERIFY(!(*company.tables->row(company.entity("customer"), mine.record)).has_value());
    }

    /// Who may create and not change can still give the new record its tags, and no other one.
    void aNewRecordIsItsMakersBusiness()
    {
        Company company;
        company.say("customer", Reach::None, Reach::None);
        const auto tagging = [&company](const base::Id &record) {
            Operation operation;
            operation.kind = OperationKind::Create;
            operation.entity = company.entity("tagging");
            operation.record = company.ids.next();
            operation.values = {{company.key("tagging", "record"), Value(model::Reference{company.entity("customer"), record})}};
            return operation;
        };
        const Operation made = company.bo.add(company.create(company.ids.next(), "Bravo"));
        company.bo.add(tagging(made.record));
        company.bo.add(tagging(company.acme));
        const auto verdicts = company.pushed(company.bo);
        QCOMPARE(verdicts.at(0).outcome, Outcome::Applied);
        QCOMPARE(verdicts.at(1).outcome, Outcome::Applied);
        QCOMPARE(verdicts.at(2).outcome, Outcome::Denied);
    }

    void creatingIsARightOfItsOwn()
    {
        Company company;
        company.say("customer", Reach::All, Reach::All, false);
        company.bo.add(company.create(company.ids.next(), "Bravo"));
        QCOMPARE(company.pushed(company.bo).at(0).outcome, Outcome::Denied);
    }

    /// The administrator who accepts what was handed in has the right.
    void whatWasReviewedIsTaken()
    {
        Company company;
        company.say("customer", Reach::None, Reach::None);
        company.setDisabled(true);
        company.bo.add(company.set("phone", QStringLiteral("2")));
        QVERIFY(company.handIn(company.bo.whole()).ok());
        const auto decided = company.decide();
        QVERIFY(decided.ok());
        QCOMPARE(decided->at(0).outcome, Outcome::Applied);
        QCOMPARE(company.valueOf(company.acme, "phone"), QStringLiteral("2"));
    }

    void rightsAreAnsweredInFull()
    {
        Company company;
        company.say("customer", Reach::Team, Reach::Own);
        company.say("customer", Reach::Below, Reach::None, false);
        company.say("deal", Reach::None, Reach::None);
        RoleRights roleRights(*company.tables, *company.merger, company.catalog);
        const auto all = roleRights.list();
        QVERIFY(all.ok());
        QCOMPARE(all->size(), size_t(2));
        QCOMPARE(all->at(0).entity, QStringLiteral("customer"));
        QCOMPARE(all->at(0).rights, (rights::EntityRights{Reach::Below, Reach::None, false, true}));
    }
};

QTEST_GUILESS_MAIN(TestRoleRights)
#include "tst_role_rights.moc"
