// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// History of 90 days: what goes, and what stays however old it is.
#include "tests/storage/store_fixture.h"

#include "core/store/history_trimming.h"

#include <QTest>

using namespace fieldfare;
using namespace fieldfare::store_test;
using changes::OperationKind;
using model::Value;

namespace {

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
constexpr model::EntityId kCustomer = 1;

} // namespace

class TestHistoryTrimming : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<TestProfile>();
        m_profile->identify(QStringLiteral("https://server"));
        m_catalog = store().catalog();
        m_version = 100;
    }
    void cleanup() { m_profile.reset(); }

    void linesOfMoreThanNinetyDaysAgoGo()
    {
        const base::Id id = customer("A");
        const base::Id old = edit(id, "region", "1");
        acceptAll();
        days(1); // the notes of the days are made by those who trim, as the program does each day
        days(60);
        const base::Id recent = edit(id, "region", "2");
        acceptAll();
        QCOMPARE(lines(id), 3);
        days(29);
        QCOMPARE(lines(id), 3); // exactly 90 days
        days(2);
        QCOMPARE(lines(id), 1);
        QCOMPARE(store().history(kCustomer, id)->front().after, text("2"));
        // What is gone is not offered for undo; the newer edit still goes back to what the older one made.
        QCOMPARE(store().undo(old).error().code, base::ErrorCode::NotFound);
        QCOMPARE(store().undo(recent)->undone, 1);
        QCOMPARE(valueOf(store(), "customer", id, "region"), text("1"));
    }

    void theDayOfArrivalCountsNotTheClockOfOthers()
    {
        const base::Id id = customer("A");
        acceptAll();
        days(1);
        days(100);
        pullRegion(id, "from 1970"); // a device whose clock stands in 1970 wrote this just now
        days(1);
        QCOMPARE(lines(id), 1);
        QCOMPARE(store().history(kCustomer, id)->front().after, text("from 1970"));
        days(92);
        QCOMPARE(lines(id), 0);
    }

    void whatWaitsForTheServerStays()
    {
        const base::Id id = customer("A");
        const base::Id edited = edit(id, "region", "1");
        days(1);
        days(200);
        QCOMPARE(lines(id), 2);
        QCOMPARE(store().undo(edited)->undone, 1);
        acceptAll();
        days(1);
        days(91);
        QCOMPARE(lines(id), 0);
        QVERIFY(!store().undo(edited).ok());
    }

    void recordsInConflictKeepTheirHistory()
    {
        const base::Id id = customer("A");
        const base::Id other = customer("B");
        const base::Id conflict = pullConflict(id);
        acceptAll();
        days(1);
        days(91);
        QCOMPARE(lines(id), 1);
        QCOMPARE(lines(other), 0);
        commit(store(), set(*m_catalog, "conflict", conflict, {{"status", text("resolved")}}));
        acceptAll();
        days(1);
        QCOMPARE(lines(id), 0);
    }

    void whatARecentUndoTookBackCanBeDoneAgain()
    {
        const base::Id id = customer("A");
        const base::Id action = edit(id, "region", "1");
        acceptAll();
        days(1);
        days(80);
        const auto undone = store().undo(action);
        QVERIFY(undone.ok());
        acceptAll();
        days(11);
        QCOMPARE(lines(id), 2); // the create is gone, the edit and its undo are not
        QCOMPARE(store().undo(undone->action)->undone, 1);
        QCOMPARE(valueOf(store(), "customer", id, "region"), text("1"));
    }

    void anUnfinishedImportCanGoOn()
    {
        store::ChangeSet set = setOf({create(*m_catalog, "customer", {{"name", text("A")}})}, "Import");
        set.finished = false;
        set.resumeCursor = "row 1";
        QVERIFY(store().commit(set).ok());
        acceptAll();
        days(1);
        days(200);
        QCOMPARE(store().unfinishedActions()->size(), 1U);
        QCOMPARE(store().undo(store().unfinishedActions()->front().id)->undone, 1);
    }

    void manyLinesGoInSteps()
    {
        std::vector<changes::LocalChange> creates;
        for (int i = 0; i < 2 * int(store::HistoryTrimming::kLinesAStep) + 500; ++i)
            creates.push_back(create(*m_catalog, "tag", {{"name", Value(QStringLiteral("tag %1").arg(i))}}));
        commit(store(), creates);
        acceptAll();
        days(1);
        m_profile->clock.advance(91 * kDayMs);
        int steps = 1;
        while (*store().trimHistory())
            ++steps;
        QCOMPARE(steps, 3);
        QCOMPARE(*store().connection().queryInt64(QLatin1StringView("SELECT count(*) FROM history WHERE version IS NOT NULL")), 0);
        QVERIFY(!*store().trimHistory()); // nothing left to look at today
    }

    void whatWasDoneTodayIsNotDoneAgainAfterARestart()
    {
        acceptAll();
        days(1);
        const qint64 written = store().connection().totalChanges();
        QVERIFY(!*store().trimHistory());
        QCOMPARE(store().connection().totalChanges(), written);
        m_profile->close();
        QVERIFY(m_profile->open());
        const qint64 opened = store().connection().totalChanges();
        QVERIFY(!*store().trimHistory());
        QCOMPARE(store().connection().totalChanges(), opened);
    }

private:
    store::Store &store() { return m_profile->store(); }
    /// So many days later the program looks at its history.
    void days(int count)
    {
        // The newest line of all stays, whatever it is: one that the tests do not look at.
        commit(store(), create(*m_catalog, "team", {{"name", Value(QStringLiteral("Team %1").arg(m_version++))}}));
        m_profile->clock.advance(count * kDayMs);
        for (;;) {
            const auto more = store().trimHistory();
            QVERIFY2(more.ok(), more.ok() ? "" : qPrintable(more.error().detail));
            if (!*more)
                return;
        }
    }
    base::Id customer(const char *name) { return commit(store(), create(*m_catalog, "customer", {{"name", text(name)}})).results.front().record; }
    base::Id edit(const base::Id &id, const char *field, const char *value)
    {
        return commit(store(), set(*m_catalog, "customer", id, {{field, text(value)}})).action;
    }
    int lines(const base::Id &id) { return int(store().history(kCustomer, id)->size()); }
    void pullRegion(const base::Id &id, const char *value)
    {
        changes::RowChange change;
        change.entity = kCustomer;
        change.id = id;
        change.seq = m_version;
        change.createVersion = 1;
        change.fields.push_back({m_catalog->entity(kCustomer)->field(QStringLiteral("region"))->key, m_version++, text(value)});
        change.stamp = {1, {}, 2, {}};
        QVERIFY(store().applyRemote([&](changes::Replica &replica) { return replica.takeChanges(std::span(&change, 1)); }).ok());
    }
    /// The server's conflict record about a customer arrives.
    base::Id pullConflict(const base::Id &about)
    {
        const model::Entity &entity = *m_catalog->entity(QStringLiteral("conflict"));
        changes::RowChange change;
        change.entity = entity.id();
        change.id = store().newId();
        change.seq = m_version;
        change.createVersion = m_version++;
        for (const auto &[name, value] : {std::pair("record", reference(*m_catalog, "customer", about)), std::pair("kind", text("field")), std::pair("status", text("open"))})
            change.fields.push_back({entity.field(QLatin1StringView(name))->key, change.seq, value});
        change.stamp = {1, {}, 1, {}};
        const bool isTaken = store().applyRemote([&](changes::Replica &replica) { return replica.takeChanges(std::span(&change, 1)); }).ok();
        return isTaken ? change.id : base::Id();
    }
    /// The server takes everything that waits.
    void acceptAll()
    {
        bool more = true;
        while (more) {
            const auto done = store().applyRemote([&](changes::Replica &replica) -> base::Result<void> {
                FIELDFARE_ASSIGN(const auto batch, replica.nextBatch(500));
                std::vector<changes::Verdict> verdicts;
                for (const changes::StoredOperation &stored : batch.operations) {
                    changes::Verdict verdict;
                    verdict.n = stored.operation.name.n;
                    verdict.version = m_version++;
                    verdicts.push_back(verdict);
                }
                more = !verdicts.empty();
                return replica.takeVerdicts(verdicts);
            });
            QVERIFY(done.ok());
        }
    }

    std::unique_ptr<TestProfile> m_profile;
    model::CatalogPointer m_catalog;
    changes::Version m_version = 100;
};

QTEST_GUILESS_MAIN(TestHistoryTrimming)
#include "tst_history_trimming.moc"
