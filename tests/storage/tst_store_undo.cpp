// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Undo as DESIGN 3 asks: field by field where it still stands, the rest listed with who changed it.
#include "tests/storage/store_fixture.h"

#include <QTest>

using namespace fieldfare;
using namespace fieldfare::store_test;
using changes::OperationKind;
using model::Value;

namespace {

constexpr model::EntityId kCustomer = 1;
const base::Id kBo = base::Id::fromName(QStringLiteral("test"), QStringLiteral("bo"));

/// Lets another person's value for a field arrive by a pull.
base::Result<void> pullField(store::Store &store, const base::Id &id, const char *field, const Value &value, changes::Version version)
{
    const model::CatalogPointer catalog = store.catalog();
    changes::RowChange change;
    change.entity = kCustomer;
    change.id = id;
    change.seq = version;
    change.createVersion = 1;
    change.fields.push_back({catalog->entity(kCustomer)->field(QString::fromLatin1(field))->key, version, value});
    change.stamp = {1, kBo, 2, kBo};
    return store.applyRemote([&](changes::Replica &replica) { return replica.takeChanges(std::span(&change, 1)); });
}

/// The server takes everything that waits, in order, from version `next` on.
void acceptAll(store::Store &store, changes::Version &next)
{
    const auto done = store.applyRemote([&](changes::Replica &replica) -> base::Result<void> {
        FIELDFARE_ASSIGN(const auto batch, replica.nextBatch(500));
        std::vector<changes::Verdict> verdicts;
        for (const changes::StoredOperation &stored : batch.operations) {
            changes::Verdict verdict;
            verdict.n = stored.operation.name.n;
            verdict.version = next++;
            verdicts.push_back(verdict);
        }
        return replica.takeVerdicts(verdicts);
    });
    QVERIFY(done.ok());
}

} // namespace

class TestStoreUndo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void fieldsGoBack();
    void threeOfFour();
    void undoOfUndoIsRedo();
    void editsOfOneFieldAreTakenBackInTurn();
    void anActionThatLedBackIsInNobodysWay();
    void anEditBelowAnotherIsKept();
    void aCreateIsTrashedOnlyWhenUntouched();
    void aCreateThatIsReferencedStays();
    void trashComesBack();
    void whatWasMadeAndTrashedAtOnceStaysInTheTrash();
    void tagsComeOff();
    void worksAfterSyncAndRestart();
    void aFieldSetAwayAndBackByOthersIsKept();
    void anImportKilledHalfWayIsUndone();
    void whatIsUndoneCannotBeUndoneAgain();

private:
    store::Store &store() { return m_profile->store(); }
    base::Id customer(const char *name)
    {
        return commit(store(), create(*m_catalog, "customer", {{"name", text(name)}, {"phone", text("111")}})).results.front().record;
    }
    base::Id edit(const base::Id &id, const std::vector<NamedValue> &values)
    {
        m_profile->clock.advance(1000);
        return commit(store(), set(*m_catalog, "customer", id, values)).action;
    }
    Value shown(const base::Id &id, const char *field) { return valueOf(store(), "customer", id, field); }

    std::unique_ptr<TestProfile> m_profile;
    model::CatalogPointer m_catalog;
};

void TestStoreUndo::init()
{
    m_profile = std::make_unique<TestProfile>();
    m_profile->identify(QStringLiteral("https://server"));
    m_catalog = store().catalog();
}

void TestStoreUndo::cleanup()
{
    m_profile.reset();
}

void TestStoreUndo::fieldsGoBack()
{
    const base::Id id = customer("A");
    const base::Id action = edit(id, {{"phone", text("222")}, {"needs", text("much")}});
    QCOMPARE(*store().lastUndoable(), action);
    const auto report = store().undo(action);
    QVERIFY(report.ok());
    QCOMPARE(report->undone, 2);
    QCOMPARE(report->total, 2);
    QVERIFY(report->kept.empty());
    QCOMPARE(shown(id, "phone"), text("111"));
    QVERIFY(shown(id, "needs").isEmpty());
}

void TestStoreUndo::threeOfFour()
{
    const base::Id id = customer("A");
    changes::Version next = 10;
    acceptAll(store(), next);
    const base::Id action = edit(id, {{"phone", text("222")}, {"email", text("a@b.cd")}, {"needs", text("n")}, {"next_step", text("call")}});
    acceptAll(store(), next);
    QVERIFY(pullField(store(), id, "phone", text("333"), next++).ok());
    const auto report = store().undo(action);
    QCOMPARE(report->undone, 3);
    QCOMPARE(report->total, 4);
    QCOMPARE(report->kept.size(), size_t(1));
    QVERIFY(report->kept.front().reason == store::UndoKept::Reason::ChangedSince);
    QCOMPARE(report->kept.front().field, m_catalog->entity(kCustomer)->field(QStringLiteral("phone"))->key);
    QCOMPARE(report->kept.front().by, kBo);
    QCOMPARE(shown(id, "phone"), text("333"));
    QVERIFY(shown(id, "email").isEmpty());
}

void TestStoreUndo::undoOfUndoIsRedo()
{
    const base::Id id = customer("A");
    const base::Id action = edit(id, {{"phone", text("222")}});
    const base::Id undo = store().undo(action)->action;
    QCOMPARE(shown(id, "phone"), text("111"));
    const auto redo = store().undo(undo);
    QCOMPARE(redo->undone, 1);
    QCOMPARE(shown(id, "phone"), text("222"));
    QCOMPARE(*store().lastUndoable(), redo->action);
    QVERIFY(store().undo(redo->action).ok());
    QCOMPARE(shown(id, "phone"), text("111"));
}

void TestStoreUndo::editsOfOneFieldAreTakenBackInTurn()
{
    const base::Id id = customer("A");
    edit(id, {{"phone", text("222")}});
    edit(id, {{"phone", text("333")}});
    QCOMPARE(store().undo(*store().lastUndoable())->undone, 1);
    QCOMPARE(shown(id, "phone"), text("222"));
    QCOMPARE(store().undo(*store().lastUndoable())->undone, 1);
    QCOMPARE(shown(id, "phone"), text("111"));
    QCOMPARE(store().undo(*store().lastUndoable())->undone, 1); // the create
    QVERIFY(store().record(kCustomer, id)->trashed);
    QVERIFY(!store().lastUndoable().ok());
}

/// An import with two rows of one record, run twice.
void TestStoreUndo::anActionThatLedBackIsInNobodysWay()
{
    const base::Id id = customer("A");
    edit(id, {{"phone", text("222")}});
    store::ChangeSet set;
    set.changes = {store_test::set(*m_catalog, "customer", id, {{"phone", text("333")}}), store_test::set(*m_catalog, "customer", id, {{"phone", text("222")}})};
    const auto back = store().commit(set);
    QVERIFY(back.ok());
    QCOMPARE(*store().lastUndoable(), back->action);
    QVERIFY(store().undo(back->action)->kept.empty());
    QCOMPARE(shown(id, "phone"), text("222"));
    const auto report = store().undo(*store().lastUndoable());
    QCOMPARE(report->undone, 1);
    QVERIFY(report->kept.empty());
    QCOMPARE(shown(id, "phone"), text("111"));
}

void TestStoreUndo::anEditBelowAnotherIsKept()
{
    const base::Id id = customer("A");
    const base::Id first = edit(id, {{"phone", text("222")}});
    edit(id, {{"phone", text("333")}});
    const auto report = store().undo(first);
    QCOMPARE(report->undone, 0);
    QCOMPARE(report->kept.size(), size_t(1));
    QVERIFY(report->action.isNull());
    QCOMPARE(shown(id, "phone"), text("333"));
}

void TestStoreUndo::aCreateIsTrashedOnlyWhenUntouched()
{
    const auto made = commit(store(), {create(*m_catalog, "customer", {{"name", text("A")}}), create(*m_catalog, "customer", {{"name", text("B")}})});
    changes::Version next = 10;
    acceptAll(store(), next);
    QVERIFY(pullField(store(), made.results[0].record, "phone", text("5551"), next++).ok());
    const auto report = store().undo(made.action);
    QCOMPARE(report->undone, 1);
    QCOMPARE(report->total, 2);
    QVERIFY(report->kept.front().reason == store::UndoKept::Reason::Touched);
    QCOMPARE(report->kept.front().by, kBo);
    QVERIFY(!store().record(kCustomer, made.results[0].record)->trashed);
    QVERIFY(store().record(kCustomer, made.results[1].record)->trashed);
}

void TestStoreUndo::aCreateThatIsReferencedStays()
{
    const auto made = commit(store(), create(*m_catalog, "customer", {{"name", text("A")}}));
    const base::Id id = made.results.front().record;
    const auto deal = commit(store(), create(*m_catalog, "deal", {{"name", text("D")}, {"customer", reference(*m_catalog, "customer", id)}}));
    auto report = store().undo(made.action);
    QCOMPARE(report->undone, 0);
    QVERIFY(report->kept.front().reason == store::UndoKept::Reason::Referenced);
    QVERIFY(!store().record(kCustomer, id)->trashed);
    commit(store(), mark(*m_catalog, "deal", deal.results.front().record, OperationKind::Trash));
    report = store().undo(made.action);
    QCOMPARE(report->undone, 1);
    QVERIFY(store().record(kCustomer, id)->trashed);
    // Made together, they go together.
    const base::Id own = store().newId();
    const auto both = commit(store(), {create(*m_catalog, "customer", {{"name", text("B")}}, own),
                                       create(*m_catalog, "deal", {{"name", text("E")}, {"customer", reference(*m_catalog, "customer", own)}})});
    QCOMPARE(store().undo(both.action)->undone, 2);
}

void TestStoreUndo::trashComesBack()
{
    const base::Id id = customer("A");
    const base::Id action = commit(store(), mark(*m_catalog, "customer", id, OperationKind::Trash)).action;
    QVERIFY(store().record(kCustomer, id)->trashed);
    QCOMPARE(store().undo(action)->undone, 1);
    QVERIFY(!store().record(kCustomer, id)->trashed);
}

void TestStoreUndo::whatWasMadeAndTrashedAtOnceStaysInTheTrash()
{
    const base::Id id = store().newId();
    const auto report = commit(store(), {create(*m_catalog, "customer", {{"name", text("A")}}, id), mark(*m_catalog, "customer", id, OperationKind::Trash)});
    QVERIFY(store().record(kCustomer, id)->trashed);
    const base::Id other = store().newId();
    store::ChangeSet more = setOf({create(*m_catalog, "customer", {{"name", text("B")}}, other)});
    more.action = report.action;
    QVERIFY(store().commit(more).ok());
    const auto undone = store().undo(report.action);
    QVERIFY(undone.ok());
    QCOMPARE(undone->undone, 1); // B; of A nothing is left to take back, and nothing comes to life
    QCOMPARE(undone->total, 1);
    QVERIFY(store().record(kCustomer, id)->trashed);
    QVERIFY(store().record(kCustomer, other)->trashed);
}

void TestStoreUndo::tagsComeOff()
{
    const base::Id id = customer("A");
    edit(id, {{"tags", text("old")}});
    const base::Id action = edit(id, {{"tags", text("old, new")}});
    QVERIFY(store().undo(action).ok());
    QCOMPARE(store().record(kCustomer, id)->tags, QStringList{QStringLiteral("old")});
}

void TestStoreUndo::worksAfterSyncAndRestart()
{
    const base::Id id = customer("A");
    changes::Version next = 10;
    acceptAll(store(), next);
    const base::Id action = edit(id, {{"phone", text("222")}});
    acceptAll(store(), next);
    QCOMPARE(store().counts()->waiting, 0);
    QVERIFY(m_profile->open());
    const auto report = store().undo(action);
    QCOMPARE(report->undone, 1);
    QCOMPARE(shown(id, "phone"), text("111"));
    QCOMPARE(store().counts()->waiting, 1);
}

void TestStoreUndo::aFieldSetAwayAndBackByOthersIsKept()
{
    const base::Id id = customer("A");
    changes::Version next = 10;
    acceptAll(store(), next);
    const base::Id action = edit(id, {{"phone", text("222")}});
    acceptAll(store(), next);
    // The same value under a later version: somebody wanted it so meanwhile.
    QVERIFY(pullField(store(), id, "phone", text("222"), next + 5).ok());
    const auto report = store().undo(action);
    QCOMPARE(report->undone, 0);
    QCOMPARE(shown(id, "phone"), text("222"));
}

void TestStoreUndo::anImportKilledHalfWayIsUndone()
{
    store::ChangeSet part = setOf({}, "Import");
    part.cause = store::Cause::Import;
    part.action = store().newId();
    part.finished = false;
    part.resumeCursor = "row 700";
    for (int i = 0; i < 700; ++i)
        part.changes.push_back(create(*m_catalog, "customer", {{"name", Value(QStringLiteral("N%1").arg(i))}}));
    QVERIFY(store().commit(part).ok());
    QVERIFY(m_profile->open()); // killed: the rest never comes
    const auto open = store().unfinishedActions();
    QCOMPARE(open->size(), size_t(1));
    QCOMPARE(open->front().id, part.action);
    QCOMPARE(open->front().resumeCursor, QByteArray("row 700"));
    QCOMPARE(open->front().created, 700);
    // It can go on ...
    store::ChangeSet rest = part;
    rest.changes = {create(*m_catalog, "customer", {{"name", text("last")}})};
    rest.finished = true;
    QVERIFY(store().commit(rest).ok());
    QVERIFY(store().unfinishedActions()->empty());
    // ... and be taken back as one.
    const auto report = store().undo(part.action);
    QVERIFY(report.ok());
    QCOMPARE(report->undone, 701);
    QCOMPARE(*store().connection().queryInt64(QLatin1StringView("SELECT count(*) FROM customer WHERE trashed = 0")), 0);
    QVERIFY(store().unfinishedActions()->empty());
    QCOMPARE(store().undo(report->action)->undone, 701);
    QCOMPARE(*store().connection().queryInt64(QLatin1StringView("SELECT count(*) FROM customer WHERE trashed = 0")), 701);
}

void TestStoreUndo::whatIsUndoneCannotBeUndoneAgain()
{
    const base::Id id = customer("A");
    const base::Id action = edit(id, {{"phone", text("222")}});
    QVERIFY(store().undo(action).ok());
    QVERIFY(store().undo(action).error().code == base::ErrorCode::NothingToUndo);
    QVERIFY(store().undo(store().newId()).error().code == base::ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestStoreUndo)
#include "tst_store_undo.moc"
