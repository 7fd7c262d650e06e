// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The device's half of core/changes/docs/scopes.md, in a whole profile: what leaves one's sight goes without a trace, and what waits
// about it is kept.
#include "tests/storage/store_fixture.h"

#include "core/model/entities/entities.h"
#include "core/store/search/search_index.h"

#include <QTest>

using namespace fieldfare;
using namespace fieldfare::store_test;
using model::Value;

namespace {

constexpr model::EntityId kCustomer = 1;

} // namespace

class TestScopeChanges : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<TestProfile>();
        QVERIFY(m_profile->open());
        m_profile->identify(QStringLiteral("https://crm.example"));
        m_id = store().newId();
        m_version = 100;
        arrive(text("Acme"), text("111"));
    }

    void whatLeavesIsForgottenNotDeleted()
    {
        QVERIFY(isHere());
        leave();
        QVERIFY(!isHere());
        QVERIFY(store().history(kCustomer, m_id)->empty());
        QCOMPARE(count("SELECT count(*) FROM tombstone"), 0);
        arrive(text("Acme"), text("222")); // with an older version than that of a tombstone it would stay away
        QCOMPARE(valueOf(store(), "customer", m_id, "phone"), text("222"));
    }

    void whatWaitsIsKeptAndShownWhenTheRecordComesAgain()
    {
        commit(store(), set(*store().catalog(), "customer", m_id, {{"phone", text("333")}}));
        const std::uint64_t n = store().replicaState()->lastN;
        leave();
        QVERIFY(!isHere());
        QCOMPARE(waiting(), 1);
        m_profile->close();
        QVERIFY(m_profile->open());
        arrive(text("Acme Ltd"), text("222"));
        QCOMPARE(valueOf(store(), "customer", m_id, "phone"), text("333"));
        QCOMPARE(valueOf(store(), "customer", m_id, "name"), text("Acme Ltd"));
        // The next edit stands on the one that waits; refused, the server's value shows.
        answer(n, changes::Outcome::Denied);
        QCOMPARE(valueOf(store(), "customer", m_id, "phone"), text("222"));
        QCOMPARE(count("SELECT count(*) FROM dirty_field"), 0);
        QCOMPARE(count("SELECT count(*) FROM tray"), 1);
    }

    void anAnswerToWhatIsNotHereLeavesNothingBehind()
    {
        commit(store(), set(*store().catalog(), "customer", m_id, {{"phone", text("333")}}));
        const std::uint64_t n = store().replicaState()->lastN;
        leave();
        answer(n, changes::Outcome::Applied, 150);
        QCOMPARE(count("SELECT count(*) FROM dirty_field"), 0);
        arrive(text("Acme"), text("444"));
        QCOMPARE(valueOf(store(), "customer", m_id, "phone"), text("444"));
    }

    void anAnswerSaysThatTheRecordIsOutOfSight()
    {
        setScope(7);
        commit(store(), set(*store().catalog(), "customer", m_id, {{"phone", text("333")}, {"region", text("South")}}));
        const std::uint64_t last = store().replicaState()->lastN;
        answer(last - 1, changes::Outcome::Applied, 150, true);
        QVERIFY(!isHere());
        QCOMPARE(waiting(), 1); // the second edit has its own answer
        QCOMPARE(store().replicaState()->cursor, changes::Version(90));
        answer(last, changes::Outcome::Denied, 0, true);
        QCOMPARE(waiting(), 0);
        QCOMPARE(count("SELECT count(*) FROM dirty_field"), 0);
        QCOMPARE(count("SELECT count(*) FROM tray"), 1);
    }

    /// It worked with everything, and is told otherwise: by the time it asks everything may be in sight again.
    void whoSawEverythingDownloadsAgain()
    {
        setScope(0);
        commit(store(), set(*store().catalog(), "customer", m_id, {{"phone", text("333")}}));
        answer(store().replicaState()->lastN, changes::Outcome::Applied, 150, true);
        QCOMPARE(store().replicaState()->cursor, changes::Version(0));
    }

    void aDownloadOfAnotherScopeTakesAwayWhatIsNotOnItsPages()
    {
        commit(store(), set(*store().catalog(), "customer", m_id, {{"phone", text("333")}}));
        const auto done = store().applyRemote([&](changes::Replica &replica) -> base::Result<void> {
            FIELDFARE_TRY(replica.beginDownload(200, 1, 42));
            FIELDFARE_TRY(replica.takeDownloadPage(kCustomer, {}, base::Id::fromBytes(QByteArray(base::Id::kSize, '\xFF')), {}));
            return replica.completeDownloadPages();
        });
        QVERIFY(done.ok());
        QVERIFY(!isHere());
        QCOMPARE(waiting(), 1);
        m_profile->close();
        QVERIFY(m_profile->open());
        QCOMPARE(store().replicaState()->scope, changes::Version(42));
        QCOMPARE(store().replicaState()->cursor, changes::Version(200));
    }

private:
    store::Store &store() { return m_profile->store(); }
    bool isHere()
    {
        if (!store::search::check(store().connection(), *store().catalog())->isEmpty())
            qFatal("the search and the table disagree");
        return count("SELECT count(*) FROM customer") == 1;
    }
    int count(const char *sql) { return int(*store().connection().queryInt64(QLatin1StringView(sql))); }
    int waiting() { return count("SELECT count(*) FROM outbox"); }
    void take(const changes::RowChange &change)
    {
        QVERIFY(store().applyRemote([&](changes::Replica &replica) { return replica.takeChanges(std::span(&change, 1)); }).ok());
    }
    /// The whole record, as of now.
    void arrive(const Value &name, const Value &phone)
    {
        const model::Entity &customer = *store().catalog()->entity(kCustomer);
        changes::RowChange change;
        change.entity = kCustomer;
        change.id = m_id;
        change.createVersion = 50;
        change.seq = m_version++;
        change.stamp = {1, {}, 1, {}};
        change.fields = {{customer.field(QStringLiteral("name"))->key, change.seq, name}, {customer.field(QStringLiteral("phone"))->key, change.seq, phone}};
        take(change);
    }
    void leave()
    {
        changes::RowChange change;
        change.entity = kCustomer;
        change.id = m_id;
        change.seq = m_version++;
        change.left = true;
        take(change);
    }
    void setScope(changes::Version scope)
    {
        auto state = *store().replicaState();
        state.cursor = 90;
        state.scope = scope;
        QVERIFY(store().setReplicaState(state).ok());
    }
    void answer(std::uint64_t n, changes::Outcome outcome, changes::Version version = 0, bool outOfSight = false)
    {
        changes::Verdict verdict;
        verdict.n = n;
        verdict.outcome = outcome;
        verdict.version = version;
        verdict.outOfSight = outOfSight;
        QVERIFY(store().applyRemote([&](changes::Replica &replica) { return replica.takeVerdicts(std::span(&verdict, 1)); }).ok());
    }

    std::unique_ptr<TestProfile> m_profile;
    base::Id m_id;
    changes::Version m_version = 100;
};

QTEST_GUILESS_MAIN(TestScopeChanges)
#include "tst_scope_changes.moc"
