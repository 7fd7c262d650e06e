// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The look through a profile lets others write in between, and still tells of one moment; what it finds is told by place, and
// what can be mended is, after a preview, by name.
#include "tests/storage/store_fixture.h"

#include "core/model/entities/entities.h"
#include "core/store/check/profile_check.h"
#include "core/store/check/profile_repair.h"
#include "core/store/search/search.h"
#include "core/store/search/search_index.h"

#include <QFile>

#include <QTest>

using namespace fieldfare;
using namespace fieldfare::store_test;

class TestProfileCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<TestProfile>();
        QVERIFY(m_profile->open());
        m_profile->identify(QStringLiteral("https://example.com"));
        m_catalog = m_profile->store().catalog();
        // A page of each entity: the check asks before each.
        for (const char *entity : {"customer", "team", "tag"})
            commit(store(), create(*m_catalog, entity, {{"name", text("A")}}));
    }

    void savesArriveMeanwhile()
    {
        int saved = 0;
        const auto report = store::checkProfile(store(), [this, &saved] {
            const auto done = store().commit(setOf({create(*m_catalog, "tag", {{"name", model::Value(QStringLiteral("Tag %1").arg(saved))}})}));
            if (done.ok())
                ++saved;
            else
                qWarning("%s", qPrintable(done.error().detail));
            return !done.ok();
        });
        QVERIFY2(report.ok(), report.ok() ? "" : qPrintable(report.error().detail));
        QVERIFY(report->isOk());
        QVERIFY(saved >= 3);
    }

    void changesFromTheServerBeginItAnew()
    {
        changes::Version cursor = 10;
        const auto report = store::checkProfile(store(), [this, &cursor] {
            moveCursor(++cursor);
            return false;
        });
        QVERIFY(report.ok());
        QVERIFY(cursor > 11);
        QCOMPARE(report->cursor, cursor); // of the last try, in which nothing else ran
        QCOMPARE(report->rows, store::checkProfile(store())->rows); // nothing counted twice
    }

    /// What a push is answered with stands in the row at once, the cursor moves with the next pull: no sums can be compared.
    void aVerdictAheadOfTheCursorIsTold()
    {
        const base::Id id = store().newId();
        const auto phone = m_catalog->entity(QStringLiteral("customer"))->field(QStringLiteral("phone"))->key;
        pull(id, {{phone, 5, text("1")}}, 5);
        moveCursor(5);
        const auto level = store::checkProfile(store());
        QVERIFY(level.ok());
        QCOMPARE(level->latest, changes::Version(5));
        QCOMPARE(level->cursor, changes::Version(5));
        pull(id, {{phone, 6, text("2")}}, 6);
        moveCursor(5);
        const auto ahead = store::checkProfile(store());
        QVERIFY(ahead.ok() && ahead->latest > ahead->cursor);
    }
    void isCancelled()
    {
        QCOMPARE(store::checkProfile(store(), [] { return true; }).error().code, base::ErrorCode::Cancelled);
    }

    void progressNeverFalls()
    {
        QList<int> told;
        QVERIFY(store::checkProfile(store(), {{}, [&told](int percent) { told.append(percent); }}).ok());
        QVERIFY(std::is_sorted(told.cbegin(), told.cend()));
        QCOMPARE(told.constLast(), 100);
    }

    void aWrongIndexIsBuiltAnew()
    {
        const QString index = QStringLiteral("ix_customer__name__sort");
        breakIndex(index, QStringLiteral("customer"), QStringLiteral("(trashed, name)"));
        const auto found = store::checkProfile(store());
        QVERIFY(found.ok());
        QVERIFY(!found->isOk());
        const store::RepairReport plan = store::planRepair(*found);
        QCOMPARE(plan.steps.size(), 1);
        QCOMPARE(plan.steps.first().mend, store::CheckFinding::Mend::Reindex);
        QCOMPARE(plan.steps.first().where, index);
        QCOMPARE(plan.steps.first().state, store::RepairStep::State::Planned);
        QVERIFY(!store::checkProfile(store())->isOk()); // a preview mends nothing
        repairAndCheck(*found);
    }

    void aWrongSearchTableIsFilledAnew()
    {
        fold();
        // An entry goes: nothing of customer 1 is found by name any more.
        QVERIFY(store().connection().execute(QStringLiteral("INSERT INTO customer_names(customer_names, rowid, words) "
                                                            "SELECT 'delete', rid, name FROM customer")).ok());
        const auto found = store::checkProfile(store());
        QVERIFY(found.ok());
        QVERIFY(!found->searchProblems.isEmpty());
        QCOMPARE(store::planRepair(*found).steps.size(), 1);
        repairAndCheck(*found);
        fold();
        QVERIFY(store::checkProfile(store())->isOk());
    }

    void referencesThatLeadNowhereAreEmptiedUndoably()
    {
        standAlone();
        const base::Id gone = store().newId();
        const base::Id deal = commit(store(), create(*m_catalog, "deal", {{"name", text("D")}, {"customer", reference(*m_catalog, "customer", gone)}})).results.front().record;
        const base::Id about = commit(store(), create(*m_catalog, "interaction", {{"kind", text("call")}, {"about", reference(*m_catalog, "deal", gone)}})).results.front().record;
        const auto found = store::checkProfile(store());
        QVERIFY(found.ok());
        QCOMPARE(found->danglingReferences, 2);
        QVERIFY(!found->isOk());
        const store::RepairReport done = repairAndCheck(*found);
        QCOMPARE(done.steps.size(), 2);
        QVERIFY(valueOf(store(), "deal", deal, "customer").isEmpty());
        QVERIFY(valueOf(store(), "interaction", about, "about").isEmpty());
        // In history, and back again.
        QVERIFY(!done.action.isNull());
        const auto lines = store().history(model::entities::kDeal.id, deal);
        QVERIFY(lines.ok());
        QCOMPARE(lines->front().field.number, m_catalog->entity(QStringLiteral("deal"))->field(QStringLiteral("customer"))->key.number);
        QVERIFY(store().undo(done.action).ok());
        QVERIFY(!valueOf(store(), "deal", deal, "customer").isEmpty());
        QCOMPARE(store::checkProfile(store())->danglingReferences, 2);
    }

    void moreThanAReportHoldsIsRepairedAtOnce()
    {
        standAlone();
        const base::Id gone = store().newId();
        constexpr int kDeals = int(store::kMostFindings) + 100;
        for (int done = 0; done < kDeals;) {
            std::vector<changes::LocalChange> deals;
            for (; done < kDeals && deals.size() < 250; ++done)
                deals.push_back(create(*m_catalog, "deal", {{"name", text("D")}, {"customer", reference(*m_catalog, "customer", gone)}}));
            QVERIFY(store().commit(setOf(std::move(deals))).ok());
        }
        const auto found = store::checkProfile(store());
        QVERIFY(found.ok());
        QCOMPARE(found->danglingReferences, kDeals);
        QCOMPARE(found->findings.size(), store::kMostFindings);
        const auto repaired = store::repairAll(store(), *found);
        QVERIFY(repaired.ok());
        QVERIFY(repaired->after.isOk());
        QCOMPARE(repaired->after.danglingReferences, 0);
        QCOMPARE(repaired->done.steps.size(), 1);
        QCOMPARE(repaired->done.steps.first().findings.size(), kDeals);
        QVERIFY(store().undo(repaired->done.action).ok());
        QCOMPARE(store::checkProfile(store())->danglingReferences, kDeals);
    }

    void whatIsNothingWithoutItsTargetGoesToTheTrash()
    {
        standAlone();
        const base::Id customer = commit(store(), create(*m_catalog, "customer", {{"name", text("B")}, {"tags", text("oak")}})).results.front().record;
        QVERIFY(store().connection().execute(QStringLiteral("DELETE FROM tag WHERE name = 'oak'")).ok());
        fold();
        const auto found = store::checkProfile(store());
        QVERIFY(found.ok());
        const store::RepairReport plan = store::planRepair(*found);
        QVERIFY(std::any_of(plan.steps.begin(), plan.steps.end(), [](const store::RepairStep &step) {
            return step.mend == store::CheckFinding::Mend::TrashRow && step.where == QStringLiteral("tagging.tag");
        }));
        static_cast<void>(store::repairProfile(store(), *found));
        QCOMPARE(*store().connection().queryInt64(QLatin1StringView("SELECT count(*) FROM tagging WHERE trashed = 1")), 1);
        QVERIFY(store().record(model::entities::kCustomer.id, customer).ok());
    }

    void referencesOutsideOnesRightsStay()
    {
        const base::Id deal = commit(store(), create(*m_catalog, "deal", {{"name", text("D")}, {"customer", reference(*m_catalog, "customer", store().newId())}})).results.front().record;
        const auto found = store::checkProfile(store());
        QVERIFY(found.ok());
        QCOMPARE(found->danglingReferences, 1);
        QVERIFY(found->isOk());
        QVERIFY(store::planRepair(*found).steps.isEmpty());
        QVERIFY(store::planRepair(*found).left.isEmpty());
        QVERIFY(!valueOf(store(), "deal", deal, "customer").isEmpty());
    }

    void versionsComeFromHistoryAndAreNeverAboveTheTruth()
    {
        const base::Id id = store().newId();
        const auto name = m_catalog->entity(QStringLiteral("customer"))->field(QStringLiteral("name"))->key;
        const auto phone = m_catalog->entity(QStringLiteral("customer"))->field(QStringLiteral("phone"))->key;
        pull(id, {{name, 5, text("A")}, {phone, 5, text("1")}}, 5);
        pull(id, {{phone, 9, text("2")}}, 9);
        const auto before = store().replicaRows().findRow(model::entities::kCustomer.id, id);
        QVERIFY(before.ok());
        QVERIFY(store().connection().execute(QStringLiteral("UPDATE customer SET vx = x'ff' WHERE vx IS NOT NULL")).ok());
        const auto found = store::checkProfile(store());
        QVERIFY(found.ok());
        QCOMPARE(found->versionProblems.size(), 1);
        QCOMPARE(found->findings.constLast().mend, store::CheckFinding::Mend::RecomputeVersions);
        QCOMPARE(found->findings.constLast().record, id);
        repairAndCheck(*found);
        const auto after = store().replicaRows().findRow(model::entities::kCustomer.id, id);
        QVERIFY(after.ok() && after->has_value());
        QCOMPARE((*after)->versions.of(name), (*before)->versions.of(name));
        QVERIFY((*after)->versions.of(phone) <= (*before)->versions.of(phone));
        QCOMPARE((*after)->value(phone), text("2"));
        // The server's next value is taken.
        pull(id, {{phone, 12, text("3")}}, 12);
        QCOMPARE(valueOf(store(), "customer", id, "phone"), text("3"));
    }

    /// Above all that a server says: the row would never take a value again.
    void aNegativeVersionIsFoundAndTheNextSyncDownloadsAgain()
    {
        const base::Id id = store().newId();
        const auto phone = m_catalog->entity(QStringLiteral("customer"))->field(QStringLiteral("phone"))->key;
        pull(id, {{phone, 5, text("1")}}, 5);
        moveCursor(9);
        QVERIFY(store().connection().execute(QStringLiteral("UPDATE customer SET v = -1 WHERE created_n IS NULL")).ok());
        const auto found = store::checkProfile(store());
        QVERIFY(found.ok());
        QCOMPARE(found->versionProblems.size(), 1);
        QCOMPARE(found->findings.constLast().mend, store::CheckFinding::Mend::RecomputeVersions);
        repairAndCheck(*found);
        QCOMPARE(store().replicaState()->cursor, changes::Version(0));
        pull(id, {{phone, 6, text("2")}}, 6);
        QCOMPARE(valueOf(store(), "customer", id, "phone"), text("2"));
    }

    /// What was mended until then is not found wrong again.
    void aRepairOfVersionsThatIsLeftIsDownloadedAllTheSame()
    {
        const auto phone = m_catalog->entity(QStringLiteral("customer"))->field(QStringLiteral("phone"))->key;
        constexpr int kRows = 250; // more than a piece
        for (int i = 0; i < kRows; ++i) {
            const base::Id id = store().newId();
            pull(id, {{phone, 5, text("1")}}, 5);
            pull(id, {{phone, 9, text("2")}}, 9);
        }
        moveCursor(9);
        QVERIFY(store().connection().execute(QStringLiteral("UPDATE customer SET vx = x'ff' WHERE vx IS NOT NULL")).ok());
        const auto found = store::checkProfile(store());
        QVERIFY(found.ok());
        int asked = 0;
        const auto left = store::repairProfile(store(), *found, {[&asked] { return ++asked > 1; }, {}});
        QVERIFY(!left.ok());
        QCOMPARE(left.error().code, base::ErrorCode::Cancelled);
        QCOMPARE(store().replicaState()->cursor, changes::Version(0));
        QVERIFY(store::checkProfile(store())->versionProblems.size() < found->versionProblems.size());
    }

    void rowsThatAreDistrustedTakeTheServersValues()
    {
        const base::Id id = store().newId();
        const auto phone = m_catalog->entity(QStringLiteral("customer"))->field(QStringLiteral("phone"))->key;
        pull(id, {{phone, 5, text("1")}}, 5);
        moveCursor(9);
        QVERIFY(store().connection().execute(QStringLiteral("UPDATE customer SET phone = '0' WHERE created_n IS NULL")).ok());
        QCOMPARE(*store::distrustRows(store()), 1); // those of which the creates wait are the device's own
        QCOMPARE(store().replicaState()->cursor, changes::Version(0));
        pull(id, {{phone, 5, text("1")}}, 5);
        QCOMPARE(valueOf(store(), "customer", id, "phone"), text("1"));
    }

    void aDamagedPageIsNamedAndNotMended()
    {
        QVERIFY(*store().connection().checkpoint(true));
        const auto pages = store().connection().queryInt64(QLatin1StringView("PRAGMA page_count"));
        const auto root = store().connection().queryInt64(QLatin1StringView("SELECT rootpage FROM sqlite_schema WHERE name = 'tombstone'"));
        QVERIFY(pages.ok() && root.ok());
        QFile file(m_profile->path());
        QVERIFY(file.open(QFile::ReadWrite));
        QVERIFY(file.seek((*root - 1) * 4096 + 100));
        QVERIFY(file.putChar('x') && file.putChar('y'));
        file.close();
        const auto found = store::checkProfile(store());
        QVERIFY2(found.ok(), found.ok() ? "" : qPrintable(found.error().detail));
        QCOMPARE(found->damagedPages, QList<quint32>{quint32(*root)});
        const store::RepairReport plan = store::planRepair(*found);
        QVERIFY(!plan.left.isEmpty());
        QCOMPARE(plan.left.first().page, quint32(*root));
    }

    /// The check goes on behind a damaged page, and says whether records stand on it.
    void damageOfAnIndexIsToldFromThatOfRows()
    {
        fillPages();
        damage(QStringLiteral("sqlite_autoindex_customer_1"));
        const auto found = store::checkProfile(store());
        QVERIFY2(found.ok(), found.ok() ? "" : qPrintable(found.error().detail));
        QCOMPARE(found->damagedPages.size(), 1);
        const auto isOfIndex = [](const store::CheckFinding &finding) { return finding.where == QLatin1StringView("sqlite_autoindex_customer_1"); };
        const auto index = std::find_if(found->findings.begin(), found->findings.end(), isOfIndex);
        QVERIFY(index != found->findings.end());
        QVERIFY2(index->detail.contains(QStringLiteral("no record of customer stands on it")), qPrintable(index->detail));
        QVERIFY(std::none_of(found->findings.begin(), found->findings.end(), [](const store::CheckFinding &finding) { return finding.kind == store::CheckFinding::Kind::Structure; }));
    }

    /// Filled anew it would stop at the first of them, and find nothing any more.
    void searchIsLeftAloneOverDamagedRows()
    {
        fillPages();
        damage(QStringLiteral("customer"));
        const auto found = store::checkProfile(store());
        QVERIFY2(found.ok(), found.ok() ? "" : qPrintable(found.error().detail));
        QVERIFY(std::any_of(found->findings.begin(), found->findings.end(), [](const store::CheckFinding &finding) { return finding.kind == store::CheckFinding::Kind::Structure && finding.where == QLatin1StringView("customer"); }));
        QVERIFY(!found->searchProblems.isEmpty());
        const auto repaired = store::repairAll(store(), *found, {});
        QVERIFY(repaired.ok());
        for (const store::RepairStep &step : repaired->done.steps)
            QVERIFY(step.mend != store::CheckFinding::Mend::RebuildSearch || step.where != QLatin1StringView("customer"));
        store::SearchRequest request;
        request.text = QStringLiteral("Customer 0001");
        request.entities = {model::entities::kCustomer.id};
        QVERIFY(store::Search(store().connection(), *m_catalog).find(request).ok());
        const auto folded = store().connection().queryInt64(QLatin1StringView("SELECT count(*) FROM customer_names_docsize"));
        QVERIFY(folded.ok() && *folded >= 400);
    }

private:
    /// So many customers that their table and indexes have several pages, all of them in the search index.
    void fillPages()
    {
        std::vector<changes::LocalChange> changes;
        for (int i = 0; i < 400; ++i)
            changes.push_back(create(*m_catalog, "customer", {{"name", text(qPrintable(QStringLiteral("Customer %1").arg(i, 4, 10, QLatin1Char('0'))))}}));
        QVERIFY(store().commit(setOf(std::move(changes))).ok());
        fold();
        QVERIFY(*store().connection().checkpoint(true));
    }

    /// One leaf of that table or index, in the file; it is open again on return.
    void damage(const QString &name)
    {
        auto query = store().connection().prepare(QStringLiteral("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno LIMIT 1 OFFSET 1"));
        QVERIFY(query.ok());
        (*query)->bindText(1, name);
        QVERIFY(*(*query)->step());
        const qint64 page = (*query)->int64(0);
        query->reset();
        m_profile->close();
        QFile file(m_profile->path());
        QVERIFY(file.open(QFile::ReadWrite));
        QVERIFY(file.seek((page - 1) * 4096 + 100));
        QVERIFY(file.putChar('x') && file.putChar('y'));
        file.close();
        QVERIFY(m_profile->open());
    }

    store::Store &store() { return m_profile->store(); }

    void standAlone()
    {
        auto info = store().profileInfo();
        QVERIFY(info.ok());
        info->serverUrl.clear();
        QVERIFY(store().setProfileInfo(*info).ok());
    }

    void fold()
    {
        for (bool more = true; more;) {
            const auto folded = store::search::foldSome(store().connection(), *m_catalog);
            QVERIFY(folded.ok());
            more = *folded;
        }
    }

    void pull(const base::Id &id, std::vector<changes::RowChange::Field> fields, changes::Version version)
    {
        changes::RowChange change;
        change.entity = model::entities::kCustomer.id;
        change.id = id;
        change.seq = version;
        change.createVersion = 5;
        change.fields = std::move(fields);
        change.stamp = {1, {}, 1, {}};
        QVERIFY(store().applyRemote([&](changes::Replica &replica) { return replica.takeChanges(std::vector<changes::RowChange>{change}); }).ok());
    }

    /// Its entries are of fewer rows than the table has: as if it had been away while a row came.
    void breakIndex(const QString &index, const QString &table, const QString &columns)
    {
        storage::Connection &connection = store().connection();
        QVERIFY(connection.execute(QStringLiteral("PRAGMA writable_schema = ON")).ok());
        QVERIFY(connection.execute(QStringLiteral("DROP INDEX %1; CREATE INDEX %1 ON %2%3 WHERE name > 'M'").arg(index, table, columns)).ok());
        QVERIFY(connection.execute(QStringLiteral("UPDATE sqlite_schema SET sql = 'CREATE INDEX %1 ON %2%3' WHERE name = '%1'").arg(index, table, columns)).ok());
        QVERIFY(connection.execute(QStringLiteral("PRAGMA writable_schema = RESET")).ok());
    }

    store::RepairReport repairAndCheck(const store::ProfileCheckReport &found)
    {
        const auto done = store::repairProfile(store(), found);
        if (!done.ok())
            qFatal("%s", qPrintable(done.error().detail));
        for (const store::RepairStep &step : done->steps) {
            if (step.state != store::RepairStep::State::Done)
                qFatal("%s: %s", qPrintable(step.where), qPrintable(step.detail));
        }
        const auto again = store::checkProfile(store());
        if (!again.ok() || !again->isOk() || !store::planRepair(*again).steps.isEmpty())
            qFatal("the second check is not clean");
        return *done;
    }
    void moveCursor(changes::Version cursor)
    {
        const auto done = store().applyRemote([cursor](changes::Replica &, changes::ReplicaStorage &rows) -> base::Result<void> {
            FIELDFARE_ASSIGN(changes::ReplicaState state, rows.state());
            state.cursor = cursor;
            return rows.setState(state);
        });
        QVERIFY(done.ok());
    }

    std::unique_ptr<TestProfile> m_profile;
    model::CatalogPointer m_catalog;
};

QTEST_GUILESS_MAIN(TestProfileCheck)
#include "tst_profile_check.moc"
