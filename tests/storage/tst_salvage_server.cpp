// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a salvaged profile says to its server (core/store/docs/salvage.md, "The server afterwards"), operation by
// operation: rows of the outbox or of a table are taken away as if their page had been damaged.
#include "tests/storage/store_fixture.h"

#include "core/model/entities/entities.h"
#include "core/store/salvage/salvage_server.h"

#include <QTest>

#include <algorithm>
#include <limits>

using namespace fieldfare;
using namespace fieldfare::store_test;
using changes::OperationKind;

class TestSalvageServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<TestProfile>();
        QVERIFY(m_profile->open());
        m_profile->identify(QStringLiteral("https://example.com"));
        m_catalog = store().catalog();
        m_report = {};
    }

    /// What refers to it is decided behind it, and nothing is there twice.
    void aCreateTakesThePlaceOfTheLostOne()
    {
        const base::Id other = made("customer", {{"name", text("Other")}});
        const base::Id customer = made("customer", {{"name", text("C")}, {"phone", text("111")}});
        const base::Id deal =
            made("deal", {{"name", text("D")}, {"customer", reference(*m_catalog, "customer", customer)}});
        lose(2);
        settle();
        QCOMPARE(m_report.createsIssuedAnew, 1);
        QCOMPARE(m_report.lostOperations, 1);
        const auto sent = waiting();
        QCOMPARE(records(sent), (std::vector<base::Id>{other, customer, deal}));
        QVERIFY(std::all_of(sent.begin(), sent.end(),
                            [](const auto &operation) { return operation.kind == OperationKind::Create; }));
        QCOMPARE(sent[1].values,
                 (std::vector<changes::FieldValue>{
                     {key("customer", "number"), row("customer", customer)->value(key("customer", "number"))},
                     {key("customer", "name"), text("C")},
                     {key("customer", "phone"), text("111")}}));
        QCOMPARE(row("customer", customer)->createdByN, 2U);
        QCOMPARE(row("deal", deal)->createdByN, 3U);
    }

    /// The server decides side by side what is to be decided as one.
    void aCreateStaysInTheGroupOfTheLostOne()
    {
        const base::Id alone = made("customer", {{"name", text("Alone")}});
        const base::Id group = base::Id::fromBytes(QByteArray(16, 'g'));
        std::vector<changes::LocalChange> together;
        for (const char *name : {"A", "B", "C", "D"}) {
            together.push_back(create(*m_catalog, "customer", {{"name", text(name)}}));
            together.back().group = group;
        }
        commit(store(), together);
        made("customer", {{"name", text("Behind")}});
        const auto before = waiting();
        for (const int n : {1, 3, 4})
            lose(n);
        settle();
        const auto sent = waiting();
        QCOMPARE(records(sent), records(before));
        QCOMPARE(sent[0].record, alone);
        for (size_t i = 0; i < sent.size(); ++i)
            QCOMPARE(sent[i].group, before[i].group);
    }

    /// A reference that came later would be refused where the create stands.
    void whatCameLaterIsSetAtTheEnd()
    {
        const base::Id child = made("customer", {{"name", text("Child")}});
        const base::Id parent = made("customer", {{"name", text("Parent")}});
        commit(store(), set(*m_catalog, "customer", child, {{"parent", reference(*m_catalog, "customer", parent)}}));
        lose(1);
        settle();
        const auto sent = waiting();
        QCOMPARE(records(sent), (std::vector<base::Id>{child, parent, child}));
        QCOMPARE(sent[2].kind, OperationKind::Set);
        QCOMPARE(sent[2].field(), key("customer", "parent"));
        QVERIFY(sent[2].base.own.has_value());
        QCOMPARE(*sent[2].base.own, sent[0].originOrSelf());
        QVERIFY(std::none_of(sent[0].values.begin(), sent[0].values.end(),
                             [](const auto &value) { return value.value.reference() != nullptr; }));
        QVERIFY(!valueOf(store(), "customer", child, "parent").isEmpty());
    }

    /// An earlier value would meet the create's as if it were another's.
    void ofLaterEditsOnlyWhatShowsStays()
    {
        const base::Id id = made("customer", {{"name", text("C")}});
        for (const char *phone : {"111", "222", "333"})
            commit(store(), set(*m_catalog, "customer", id, {{"phone", text(phone)}}));
        commit(store(), set(*m_catalog, "customer", id, {{"email", text("c@example.com")}}));
        lose(1);
        settle();
        const auto sent = waiting();
        QCOMPARE(sent.size(), size_t(3));
        QCOMPARE(sent[1].values.front().value, text("333"));
        QCOMPARE(sent[2].values.front().value, text("c@example.com"));
        QVERIFY(sent[1].origin && sent[1].origin->name.n == 4);
        QCOMPARE(valueOf(store(), "customer", id, "phone"), text("333"));
        QVERIFY(m_report.lostEdits.isEmpty());
    }

    /// The create has no value for it; where the server took the lost one, the former value would come back.
    void anEmptiedFieldIsEmptied()
    {
        const base::Id id = made("customer", {{"name", text("C")}, {"phone", text("123")}, {"email", text("c@example.com")}});
        for (const char *field : {"phone", "email"})
            commit(store(), set(*m_catalog, "customer", id, {{field, model::Value()}}));
        commit(store(), set(*m_catalog, "customer", id, {{"email", text("d@example.com")}}));
        lose(1);
        settle();
        const auto sent = waiting();
        QCOMPARE(sent.size(), size_t(3)); // not the email that was empty for a time
        QCOMPARE(sent[1].field(), key("customer", "phone"));
        QVERIFY(sent[1].values.front().value.isEmpty());
        QCOMPARE(sent[2].field(), key("customer", "email"));
        QVERIFY(valueOf(store(), "customer", id, "phone").isEmpty());
    }

    /// The last edit is lost, but the record shows it: the create takes it along, and nothing is told as lost.
    void whatShowsInARecordMadeAnewIsNotLost()
    {
        const base::Id id = made("customer", {{"name", text("C")}});
        for (const char *phone : {"111", "222"})
            commit(store(), set(*m_catalog, "customer", id, {{"phone", text(phone)}}));
        lose(1);
        lose(3);
        settle();
        const auto sent = waiting();
        QCOMPARE(sent.size(), size_t(1));
        QCOMPARE(*std::find(sent[0].values.begin(), sent[0].values.end(),
                            changes::FieldValue{key("customer", "phone"), text("222")}),
                 (changes::FieldValue{key("customer", "phone"), text("222")}));
        QVERIFY(m_report.lostEdits.isEmpty());
    }

    /// With the create as what it had seen, or the server would ask.
    void aTrashedRecordStaysTrashed()
    {
        const base::Id id = made("customer", {{"name", text("C")}});
        commit(store(), mark(*m_catalog, "customer", id, OperationKind::Trash));
        lose(1);
        settle();
        const auto sent = waiting();
        QCOMPARE(sent.size(), size_t(2));
        QCOMPARE(sent[1].kind, OperationKind::Trash);
        QCOMPARE(sent[1].seenOwn, std::vector<changes::Origin>{sent[0].originOrSelf()});
        QVERIFY(row("customer", id)->isTrashed());
    }

    void anErasedRecordIsNotMadeAnew()
    {
        const base::Id id = made("customer", {{"name", text("C")}});
        const base::Id other = made("customer", {{"name", text("Other")}});
        commit(store(), mark(*m_catalog, "customer", id, OperationKind::Erase));
        lose(1);
        settle();
        QCOMPARE(m_report.createsIssuedAnew, 0);
        const auto sent = waiting();
        QCOMPARE(records(sent), (std::vector<base::Id>{other, id}));
        QCOMPARE(sent[1].kind, OperationKind::Erase);
        QVERIFY(!row("customer", id));
    }

    /// Its edits are sent; and when it comes again nothing says that they still wait.
    void aRowThatIsLostKeepsItsEdits()
    {
        const base::Id id = made("customer", {{"name", text("C")}});
        commit(store(), set(*m_catalog, "customer", id, {{"phone", text("111")}}));
        QVERIFY(store().connection().execute(QStringLiteral("DELETE FROM customer")).ok());
        settle();
        const auto sent = waiting();
        QCOMPARE(sent.size(), size_t(2));
        QCOMPARE(m_report.lostOperations, 0);
        const auto dirty = store().replicaRows().dirtyFields(model::entities::kCustomer.id, id);
        QVERIFY(dirty.ok() && dirty->empty());
        // The server takes both, and the row comes with a pull.
        changes::RowChange change;
        change.entity = model::entities::kCustomer.id;
        change.id = id;
        change.seq = 6;
        change.createVersion = 5;
        change.fields = {{key("customer", "name"), 5, text("C")}, {key("customer", "phone"), 6, text("111")}};
        change.stamp = {1, {}, 1, {}};
        const std::vector<changes::Verdict> verdicts{{1, changes::Outcome::Applied, 5, {}, {}},
                                                     {2, changes::Outcome::Applied, 6, {}, {}}};
        QVERIFY(store()
                    .applyRemote([&](changes::Replica &replica) -> base::Result<void> {
                        FIELDFARE_TRY(replica.takeVerdicts(verdicts));
                        return replica.takeChanges(std::vector<changes::RowChange>{change});
                    })
                    .ok());
        commit(store(), set(*m_catalog, "customer", id, {{"phone", text("222")}}));
        QCOMPARE(waiting().back().base.version, changes::Version(6));
    }

private:
    store::Store &store() { return m_profile->store(); }
    base::Id made(const char *entity, const std::vector<NamedValue> &values)
    {
        return commit(store(), create(*m_catalog, entity, values)).results.front().record;
    }
    model::FieldKey key(const char *entity, const char *field)
    {
        return m_catalog->entity(QString::fromLatin1(entity))->field(QString::fromLatin1(field))->key;
    }

    std::optional<changes::ReplicaRow> row(const char *entity, const base::Id &id)
    {
        auto found = store().replicaRows().findRow(m_catalog->entity(QString::fromLatin1(entity))->id(), id);
        if (!found.ok())
            qFatal("%s", qPrintable(found.error().detail));
        return *found;
    }

    void lose(int n)
    {
        QVERIFY(store().connection().execute(QStringLiteral("DELETE FROM outbox WHERE n = %1").arg(n)).ok());
    }

    void settle()
    {
        m_profile->close(); // as nothing is remembered of a file that was just made
        QVERIFY(m_profile->open());
        const auto settled = store::settleWithServer(store(), m_report);
        QVERIFY2(settled.ok(), settled.ok() ? "" : qPrintable(settled.error().detail));
        // From 1 without a gap, and each record names the operation that makes it.
        const auto sent = waiting();
        for (size_t i = 0; i < sent.size(); ++i)
            QCOMPARE(sent[i].name.n, std::uint64_t(i + 1));
        QCOMPARE(store().replicaState()->lastN, std::uint64_t(sent.size()));
        QCOMPARE(*store().connection().queryInt64(
                     QLatin1StringView("SELECT count(*) FROM customer WHERE created_n NOT IN (SELECT n FROM outbox)")),
                 0);
    }

    std::vector<changes::Operation> waiting()
    {
        std::vector<changes::Operation> operations;
        const auto stored = store().replicaRows().operationsAfter(0, std::numeric_limits<int>::max());
        for (const changes::StoredOperation &one : *stored)
            operations.push_back(one.operation);
        return operations;
    }

    static std::vector<base::Id> records(const std::vector<changes::Operation> &operations)
    {
        std::vector<base::Id> ids;
        for (const changes::Operation &operation : operations)
            ids.push_back(operation.record);
        return ids;
    }

    std::unique_ptr<TestProfile> m_profile;
    model::CatalogPointer m_catalog;
    store::SalvageReport m_report;
};

QTEST_GUILESS_MAIN(TestSalvageServer)
#include "tst_salvage_server.moc"
