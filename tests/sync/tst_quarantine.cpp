// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// core/changes/docs/quarantine.md, rule by rule.
#include "sync/server/merge/compactor.h"
#include "tests/sync/quarantine_fixture.h"
#include "tests/testlib/simulation/ram_server_storage.h"

using namespace fieldfare;
using namespace fieldfare::server;
using namespace fieldfare::tests;
using base::ErrorCode;
using base::Id;
using base::Result;
using changes::Operation;
using changes::OperationKind;
using changes::Outcome;
using changes::Verdict;
using model::Value;
using protocol::HandInReply;
using protocol::HandInRequest;
using protocol::HandInStatus;
using protocol::PushReply;
using protocol::PushRequest;
using protocol::PushStatus;

namespace {

std::vector<Outcome> outcomes(const std::vector<Verdict> &verdicts)
{
    std::vector<Outcome> list;
    for (const Verdict &verdict : verdicts)
        list.push_back(verdict.outcome);
    return list;
}

} // namespace

class TestQuarantine final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPushOfADisabledAccountIsRefusedAsAWhole()
    {
        QuarantineFixture f;
        f.bo.add(f.set("phone", QStringLiteral("1")));
        QCOMPARE(f.push(f.bo.all()).error().code, ErrorCode::AccountDisabled);
        QCOMPARE((*f.tables->device(f.bo.device))->lastN, 0U); // nothing was denied
    }

    void whatIsHandedInChangesNothing()
    {
        QuarantineFixture f;
        f.bo.add(f.set("phone", QStringLiteral("1")));
        const changes::Version before = *f.tables->counter();
        QCOMPARE(*f.handIn(f.bo.whole()), (HandInReply{HandInStatus::Closed, 1}));
        QCOMPARE(*f.tables->counter(), before);
        QCOMPARE(f.valueOf(f.acme, "phone"), QString());
        QCOMPARE(f.waiting(), 1);
        QVERIFY(!*f.quarantine.mayHandIn(f.bo.device));
    }

    void acceptedEditsMergeAsPushedOnes()
    {
        QuarantineFixture f;
        f.bo.add(f.set("phone", QStringLiteral("1")));
        const Id made = f.ids.next();
        f.bo.add(f.create(made, "New"));
        f.bo.add(f.set("email", QStringLiteral("bo@example.org")));
        f.anna.add(f.set("email", QStringLiteral("anna@example.org")));
        FIELDFARE_VERIFY_OK(f.push(f.anna.request(2, 2)));
        FIELDFARE_VERIFY_OK(f.handIn(f.bo.whole()));
        const auto verdicts = f.decide();
        FIELDFARE_VERIFY_OK(verdicts);
        QCOMPARE(outcomes(*verdicts).at(0), Outcome::Applied);
        QCOMPARE(outcomes(*verdicts).at(1), Outcome::Applied);
        QVERIFY(outcomes(*verdicts).at(2) == Outcome::ConflictLost || outcomes(*verdicts).at(2) == Outcome::ConflictWon);
        QCOMPARE(f.valueOf(f.acme, "phone"), QStringLiteral("1"));
        QCOMPARE(f.valueOf(made, "name"), QStringLiteral("New"));
        QCOMPARE(f.conflicts(), 1U);
        QVERIFY(f.kept().empty());
        const auto writer = f.tables->writer(verdicts->at(0).version);
        QCOMPARE((*writer)->user, f.bo.user);
        QCOMPARE((*writer)->name, (changes::OperationName{f.bo.device, 1, 1}));
    }

    void whatWasAcceptedIsAnsweredFromItsVerdictWhenItIsPushed()
    {
        QuarantineFixture f;
        f.bo.add(f.set("phone", QStringLiteral("1")));
        f.bo.add(f.create(f.ids.next(), "New"));
        FIELDFARE_VERIFY_OK(f.handIn(f.bo.whole()));
        const auto verdicts = f.decide();
        const changes::Version before = *f.tables->counter();
        f.setDisabled(false);
        const auto reply = f.push(f.bo.all());
        FIELDFARE_VERIFY_OK(reply);
        QCOMPARE(reply->verdicts, *verdicts);
        QCOMPARE(*f.tables->counter(), before);
    }

    void partsThatComeTwiceAreKeptOnce()
    {
        QuarantineFixture f;
        for (int i = 0; i < 5; ++i)
            f.bo.add(f.set("phone", QString::number(i)));
        QCOMPARE(*f.handIn(f.bo.part(1, 2, false)), (HandInReply{HandInStatus::Taken, 2}));
        QCOMPARE(*f.handIn(f.bo.part(1, 2, false)), (HandInReply{HandInStatus::Taken, 2})); // the reply was lost
        QCOMPARE(*f.handIn(f.bo.part(1, 3, false)), (HandInReply{HandInStatus::Taken, 3})); // another cut after a restart
        QCOMPARE(*f.handIn(f.bo.part(4, 5, true)), (HandInReply{HandInStatus::Closed, 5}));
        QCOMPARE(*f.handIn(f.bo.part(4, 5, true)), (HandInReply{HandInStatus::Closed, 5}));
        QCOMPARE(f.waiting(), 5);
        QCOMPARE(f.decide()->size(), size_t(5));
    }

    void onceForEachDisabling()
    {
        QuarantineFixture f;
        f.bo.add(f.set("phone", QStringLiteral("1")));
        FIELDFARE_VERIFY_OK(f.handIn(f.bo.whole()));
        f.bo.add(f.set("email", QStringLiteral("2")));
        QCOMPARE(*f.handIn(f.bo.whole()), (HandInReply{HandInStatus::Closed, 1}));
        f.setDisabled(true); // it is already
        QCOMPARE(*f.handIn(f.bo.whole()), (HandInReply{HandInStatus::Closed, 1}));
        f.setDisabled(false);
        QCOMPARE(f.handIn(f.bo.whole())->status, HandInStatus::NotDisabled);
        f.setDisabled(true);
        QCOMPARE(*f.handIn(f.bo.whole()), (HandInReply{HandInStatus::Closed, 2}));
        QCOMPARE(f.waiting(), 2);
    }

    void decidedAndThenDisabledAgain()
    {
        QuarantineFixture f;
        f.bo.add(f.set("phone", QStringLiteral("1")));
        FIELDFARE_VERIFY_OK(f.handIn(f.bo.whole()));
        FIELDFARE_VERIFY_OK(f.decide());
        f.setDisabled(false);
        f.setDisabled(true);
        f.bo.add(f.set("email", QStringLiteral("2")));
        QCOMPARE(*f.handIn(f.bo.whole()), (HandInReply{HandInStatus::Closed, 2}));
        QCOMPARE(f.waiting(), 1);
        QCOMPARE(f.decide()->size(), size_t(1));
        QCOMPARE(f.valueOf(f.acme, "email"), QStringLiteral("2"));
    }

    void aRevokedDeviceGetsNothing()
    {
        QuarantineFixture f;
        f.bo.add(f.set("phone", QStringLiteral("1")));
        auto device = f.tables->device(f.bo.device);
        (*device)->revoked = true;
        FIELDFARE_VERIFY_OK(f.tables->write([&] { return f.tables->putDevice(**device); }));
        QCOMPARE(f.handIn(f.bo.whole()).error().code, ErrorCode::DeviceRevoked);
        QVERIFY(!*f.quarantine.mayHandIn(f.bo.device));
        QVERIFY(f.kept().empty());
    }

    void anotherHistoryIsNotTaken()
    {
        QuarantineFixture f;
        f.bo.add(f.set("phone", QStringLiteral("1")));
        Author clone = f.bo;
        f.bo.add(f.set("email", QStringLiteral("of the one")));
        clone.add(f.set("email", QStringLiteral("of the other")));
        QCOMPARE(f.handIn(f.bo.part(2, 2, true))->status, HandInStatus::OtherHistory); // a gap
        HandInRequest restored = f.bo.whole();
        restored.push.epoch = 2;
        QCOMPARE(f.handIn(restored)->status, HandInStatus::EpochChanged);
        HandInRequest old = f.bo.whole();
        old.push.incarnation = 2;
        QCOMPARE(f.handIn(old)->status, HandInStatus::OtherHistory);
        QVERIFY(f.kept().empty());
        FIELDFARE_VERIFY_OK(f.handIn(f.bo.whole()));
        QCOMPARE(f.handIn(clone.whole())->status, HandInStatus::OtherHistory); // the chain of what waits
        f.setDisabled(false);
        QCOMPARE(f.push(clone.all())->status, PushStatus::Cloned);
        QCOMPARE(f.waiting(), 2);
        QCOMPARE(f.push(f.bo.all())->status, PushStatus::Accepted);
        QCOMPARE(f.valueOf(f.acme, "email"), QStringLiteral("of the one"));
    }

    void aPushDecidesWhatWaits()
    {
        QuarantineFixture f;
        for (int i = 0; i < 3; ++i)
            f.bo.add(f.create(f.ids.next(), "New"));
        FIELDFARE_VERIFY_OK(f.handIn(f.bo.whole()));
        f.setDisabled(false);
        QCOMPARE(f.push(f.bo.request(1, 2))->lastN, 2U);
        QCOMPARE(f.waiting(), 1);
        const auto verdicts = f.decide();
        QCOMPARE(verdicts->size(), size_t(1));
        QCOMPARE(f.push(f.bo.all())->verdicts.at(2), verdicts->at(0));
        QCOMPARE(*f.tables->rowCount(f.entity("customer")), 4U);
    }

    /// The profile was copied, both copies hold the same edit, the other one was re-keyed and pushed first.
    void aRekeyedCopyIsDecidedOnce_data()
    {
        QTest::addColumn<bool>("isAccepted"); // or pushed
        QTest::newRow("accepted") << true;
        QTest::newRow("pushed") << false;
    }
    void aRekeyedCopyIsDecidedOnce()
    {
        QFETCH(const bool, isAccepted);
        QuarantineFixture f;
        const Id made = f.ids.next();
        f.bo.add(f.create(made, "New"));
        f.bo.add(f.set("phone", QStringLiteral("1")));
        FIELDFARE_VERIFY_OK(f.handIn(f.bo.whole()));
        Author clone = f.author("Bo's other");
        for (size_t i = 0; i < 2; ++i) {
            Operation copy = f.bo.outbox[i];
            copy.origin = changes::Origin{copy.name, f.bo.hashes[i]};
            clone.add(std::move(copy));
        }
        for (size_t i = 0; i < 2; ++i) // re-keying changes the name only
            clone.outbox[i].user = f.bo.user;
        const auto first = f.push(clone.all());
        FIELDFARE_VERIFY_OK(first);
        QCOMPARE(outcomes(first->verdicts), (std::vector{Outcome::Applied, Outcome::Applied}));
        const changes::Version before = *f.tables->counter();
        f.setDisabled(isAccepted);
        const auto second = isAccepted ? *f.decide() : f.push(f.bo.all())->verdicts;
        QCOMPARE(second, first->verdicts);
        QCOMPARE(*f.tables->counter(), before);
        QVERIFY(f.kept().empty());
    }

    void whatIsRejectedIsDeniedAndCanBeRead()
    {
        QuarantineFixture f;
        f.bo.add(f.set("phone", QStringLiteral("1")));
        const Id made = f.ids.next();
        f.bo.add(f.create(made, "New"));
        f.bo.add(f.set("email", QStringLiteral("2")));
        FIELDFARE_VERIFY_OK(f.handIn(f.bo.whole()));
        const auto verdicts = f.decide({2, 3});
        QCOMPARE(outcomes(*verdicts), (std::vector{Outcome::Applied, Outcome::Denied, Outcome::Denied}));
        QCOMPARE(verdicts->at(1).reason, QStringLiteral("rejected"));
        QCOMPARE(f.valueOf(made, "name"), QStringLiteral("(no row)"));
        QCOMPARE(f.valueOf(f.acme, "email"), QString());
        QCOMPARE(f.kept().size(), size_t(2));
        QCOMPARE(f.kept().front().refused, std::optional(Outcome::Denied));
        QCOMPARE(f.waiting(), 0);
        f.setDisabled(false);
        QCOMPARE(f.push(f.bo.all())->verdicts, *verdicts);
        QCOMPARE(f.kept().size(), size_t(2));
        f.clock.now += Compactor::kKeptMs + 1;
        FIELDFARE_VERIFY_OK(f.tables->write([&]() -> Result<void> {
            FIELDFARE_TRY(Compactor(*f.tables, f.clock).step(0));
            return {};
        }));
        QVERIFY(f.kept().empty());
    }

    /// Pushes do not wait behind it: so many a step, found by an index.
    void whatWasDecidedLongAgoGoesInSteps()
    {
        QuarantineFixture f;
        std::set<std::uint64_t> rejected;
        for (int i = 0; i <= Compactor::kDecidedAStep; ++i)
            rejected.insert(f.bo.add(f.set("phone", QString::number(i))).name.n);
        FIELDFARE_VERIFY_OK(f.handIn(f.bo.whole()));
        FIELDFARE_VERIFY_OK(f.decide(rejected));
        f.clock.now += Compactor::kKeptMs + 1;
        const auto step = [&] { return f.written<bool>([&] { return Compactor(*f.tables, f.clock).step(0); }); };
        QCOMPARE(*step(), true);
        QCOMPARE(f.kept().size(), size_t(1));
        QCOMPARE(*step(), false);
        QVERIFY(f.kept().empty());
        if (storesAreInPostgres())
            return; // plans are looked at in SQLite
        const auto plan = f.connection->prepare(QStringLiteral(
            "EXPLAIN QUERY PLAN SELECT device, n FROM quarantine WHERE refused IS NOT NULL AND decided_at<?1 LIMIT ?2"));
        FIELDFARE_VERIFY_OK(plan);
        QVERIFY(*(*plan)->step());
        QVERIFY2((*plan)->text(3).contains(QStringLiteral("quarantine_refused")), qPrintable((*plan)->text(3)));
    }

    void whatWaitsIsNotDroppedByTime()
    {
        QuarantineFixture f;
        f.bo.add(f.set("phone", QStringLiteral("1")));
        FIELDFARE_VERIFY_OK(f.handIn(f.bo.whole()));
        f.clock.now += 10 * Compactor::kKeptMs;
        FIELDFARE_VERIFY_OK(f.tables->write([&]() -> Result<void> {
            FIELDFARE_TRY(Compactor(*f.tables, f.clock).step(0));
            return {};
        }));
        QCOMPARE(f.waiting(), 1);
    }

    void aGroupIsRejectedWhole()
    {
        QuarantineFixture f;
        const Id group = f.ids.next();
        for (const char *field : {"phone", "email"}) {
            Operation operation = f.set(field, QStringLiteral("1"));
            operation.group = group;
            f.bo.add(std::move(operation));
        }
        FIELDFARE_VERIFY_OK(f.handIn(f.bo.whole()));
        const auto verdicts = f.decide({2});
        QCOMPARE(outcomes(*verdicts), (std::vector{Outcome::Denied, Outcome::Denied}));
        QCOMPARE(verdicts->at(0).reason, QStringLiteral("group"));
        QCOMPARE(f.valueOf(f.acme, "phone"), QString());
    }

    void anErasureTakesTheValues_data()
    {
        QTest::addColumn<bool>("isErasedBefore"); // it was handed in
        QTest::newRow("before") << true;
        QTest::newRow("after") << false;
    }
    void anErasureTakesTheValues()
    {
        QFETCH(const bool, isErasedBefore);
        QuarantineFixture f;
        const Id administrator = f.anna.user;
        FIELDFARE_VERIFY_OK(f.tables->write([&]() -> Result<void> {
            FIELDFARE_TRY(f.merger->writeAsServer(f.entity("user"), administrator, {{f.key("user", "role"), Value(QStringLiteral("system_administrator"))}}, {}));
            return {};
        }));
        f.bo.add(f.set("phone", QStringLiteral("a secret")));
        if (!isErasedBefore)
            FIELDFARE_VERIFY_OK(f.handIn(f.bo.whole()));
        Operation erase;
        erase.kind = OperationKind::Erase;
        erase.entity = f.entity("customer");
        erase.record = f.acme;
        f.anna.add(std::move(erase));
        QCOMPARE(f.push(f.anna.request(2, 2))->verdicts.at(0).outcome, Outcome::Applied);
        if (isErasedBefore)
            FIELDFARE_VERIFY_OK(f.handIn(f.bo.whole()));
        QCOMPARE(f.waiting(), 1);
        QVERIFY(!f.kept().front().content.contains("a secret"));
        QCOMPARE(outcomes(*f.decide({1})), (std::vector{Outcome::Denied})); // turned down: nothing of it is kept either
        QVERIFY(f.kept().empty());
        f.setDisabled(false);
        QCOMPARE(f.push(f.bo.all())->verdicts.at(0).outcome, Outcome::Gone); // the content with its values still has its hash
    }

    void whatDoesNotFitStaysOnTheDevice()
    {
        QuarantineFixture f;
        const QString page(1'000'000, QLatin1Char('x'));
        const int most = int(Quarantine::kMostBytes / 1'000'000);
        for (int i = 0; i <= most; ++i)
            f.bo.add(f.set("description", page));
        QCOMPARE(*f.handIn(f.bo.part(1, 6, false)), (HandInReply{HandInStatus::Taken, 6}));
        QCOMPARE(*f.handIn(f.bo.part(7, std::uint64_t(most) + 1, true)), (HandInReply{HandInStatus::Full, 6}));
        QCOMPARE(f.waiting(), 6);
        QCOMPARE(*f.handIn(f.bo.part(7, 8, true)), (HandInReply{HandInStatus::Closed, 6}));
    }

    /// What others filled is nobody else's fault: the one time is not used up.
    void aFullQuarantineIsNoAnswer()
    {
        QuarantineFixture f;
        Quarantine small(*f.tables, f.clock, {}, 100);
        f.bo.add(f.set("description", QString(200, QLatin1Char('x'))));
        const auto refused = f.written<HandInReply>([&] { return small.take(f.bo.whole()); });
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::ServerBusy);
        QCOMPARE(*f.handIn(f.bo.whole()), (HandInReply{HandInStatus::Closed, 1}));
    }

    /// What was turned down is kept for 90 days, but takes nobody's room.
    void aDecisionMakesRoom()
    {
        QuarantineFixture f;
        Quarantine small(*f.tables, f.clock, {}, 500);
        f.bo.add(f.set("description", QString(300, QLatin1Char('x'))));
        const auto take = [&](const HandInRequest &request) { return f.written<HandInReply>([&] { return small.take(request); }); };
        QCOMPARE(*take(f.bo.whole()), (HandInReply{HandInStatus::Closed, 1}));
        Author cy = f.author("Cy");
        cy.add(f.set("description", QString(300, QLatin1Char('y'))));
        auto device = f.tables->device(cy.device);
        (*device)->userDisabled = true;
        FIELDFARE_VERIFY_OK(f.tables->write([&] { return f.tables->putDevice(**device); }));
        QCOMPARE(take(cy.whole()).error().code, ErrorCode::ServerBusy);
        FIELDFARE_VERIFY_OK(f.decide({1}));
        QCOMPARE(f.kept().size(), size_t(1));
        QCOMPARE(*take(cy.whole()), (HandInReply{HandInStatus::Closed, 1}));
    }

    /// The pushes of somebody whose account works again are not slower for what was decided of him, up to 10,000 operations.
    void aPushReadsNothingOfWhatWasDecided()
    {
        QuarantineFixture f; // for its words; its store is another
        simulation::RamServerStorage storage;
        Merger merger(storage, f.catalog, f.clock);
        DeviceRecord device = **f.tables->device(f.bo.device);
        FIELDFARE_VERIFY_OK(storage.putDevice(device));
        for (int i = 0; i < 20; ++i)
            f.bo.add(f.create(f.ids.next(), "New"));
        QCOMPARE(*Quarantine(storage, f.clock).take(f.bo.part(1, 20, true)), (HandInReply{HandInStatus::Closed, 20}));
        FIELDFARE_VERIFY_OK(merger.decideHandedIn(f.bo.device, {1, 2, 3, 4, 5}));
        device = **storage.device(f.bo.device);
        device.userDisabled = false;
        FIELDFARE_VERIFY_OK(storage.putDevice(device));
        f.bo.add(f.create(f.ids.next(), "Later"));
        storage.quarantinedRead = 0;
        QCOMPARE(merger.push(f.bo.all())->lastN, 21U);
        QCOMPARE(storage.quarantinedRead, size_t(0));
        QCOMPARE(storage.disk.quarantine.size(), size_t(5));
    }

    /// A copy that a network held back must not close what was opened for new work, nor say what the device's clock reads.
    void aLateCopyChangesNothing()
    {
        QuarantineFixture f;
        f.bo.add(f.set("phone", QStringLiteral("1")));
        HandInRequest late = f.bo.whole();
        QCOMPARE(*f.handIn(late), (HandInReply{HandInStatus::Closed, 1}));
        f.setDisabled(false);
        f.setDisabled(true);
        late.push.clock.bootId = QByteArray(16, 'z');
        late.push.clock.bootMs = 5;
        QCOMPARE(*f.handIn(late), (HandInReply{HandInStatus::Taken, 1}));
        QVERIFY(!f.tables->bootOffset(f.bo.device, late.push.clock.bootId)->has_value());
        f.bo.add(f.set("email", QStringLiteral("new@example.org")));
        QCOMPARE(*f.handIn(f.bo.whole()), (HandInReply{HandInStatus::Closed, 2}));
        QCOMPARE(f.waiting(), 2);
    }

    /// "Once" ends with the decision, also when the device never said that it was done.
    void aDecisionClosesIt()
    {
        QuarantineFixture f;
        f.bo.add(f.set("phone", QStringLiteral("1")));
        QCOMPARE(*f.handIn(f.bo.part(1, 1, false)), (HandInReply{HandInStatus::Taken, 1}));
        QCOMPARE(f.decide()->size(), 1U);
        f.bo.add(f.set("email", QStringLiteral("new@example.org")));
        QCOMPARE(*f.handIn(f.bo.part(2, 2, true)), (HandInReply{HandInStatus::Closed, 1}));
        QCOMPARE(f.waiting(), 0);
    }

    /// A server of before there was a quarantine gets its tables when it is opened.
    void anOlderStoreGetsItsTables()
    {
        QuarantineFixture f;
        for (const char *table : {"hand_ins", "quarantine"})
            FIELDFARE_VERIFY_OK(f.connection->execute(QStringLiteral("DROP TABLE %1").arg(QString::fromLatin1(table))));
        FIELDFARE_VERIFY_OK(ServerSchema::migrate(*f.connection, *f.catalog));
        f.bo.add(f.set("phone", QStringLiteral("1")));
        QCOMPARE(*f.handIn(f.bo.whole()), (HandInReply{HandInStatus::Closed, 1}));
    }
};

QTEST_GUILESS_MAIN(TestQuarantine)
#include "tst_quarantine.moc"
