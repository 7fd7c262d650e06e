// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The list of any entity: columns from the catalog, rows by page, following the store.
#include "core/model/unit_separator.h"
#include "core/store/query/list_reader.h"
#include "tests/testlib/open_profile.h"
#include "ui/model/record_list_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace fieldfare;

class TestRecordList final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_profile.openSample()); }
    void everyEntityHasColumns();
    void showsRowsInOrder();
    void marksAndTonesSpeak();
    void whatIsDoneIsLateNoMore();
    void namesWithBreaksAreOneLine();
    void addressesAndTimesReadAsTheyAreWritten();
    void followsAnEdit();
    void followsRowsThatComeAndGo();
    void findsARecordByItsId();
    void unknownColumnsAreLeftOut();
    void manyRowsComeInSteps();

private:
    model::EntityId entity(const char *name) { return m_profile.database().catalog()->entity(QLatin1StringView(name))->id(); }
    std::unique_ptr<ui::RecordListModel> list(const char *name, const QList<store::SortKey> &sorts, const store::Filter &filter = {})
    {
        auto model = std::make_unique<ui::RecordListModel>(m_profile.database(), m_profile.texts(), entity(name));
        new QAbstractItemModelTester(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest, model.get());
        store::ListQuery query;
        query.entity = entity(name);
        query.sorts = sorts;
        query.filter = filter;
        model->setQuery(query);
        m_profile.settle();
        return model;
    }
    QString text(const ui::RecordListModel &model, int row, const char *field)
    {
        return model.index(row, model.columnOf(QLatin1StringView(field))).data().toString();
    }

    testlib::OpenProfile m_profile;
};

void TestRecordList::everyEntityHasColumns()
{
    for (const model::Entity &each : m_profile.database().catalog()->entities()) {
        const auto model = list(qUtf8Printable(each.name()), {});
        QVERIFY2(model->columnCount() > 1, qUtf8Printable(each.name()));
        for (int column = 1; column < model->columnCount(); ++column)
            QVERIFY(model->fieldAt(column) != nullptr);
        QVERIFY(model->isComplete());
    }
}

void TestRecordList::showsRowsInOrder()
{
    const auto model = list("customer", {{QStringLiteral("name"), false}});
    QCOMPARE(model->rowCount(), int(model->total()));
    QVERIFY(model->rowCount() > 80);
    QCOMPARE(text(*model, 0, "name"), QStringLiteral("Acme Corporation"));
    model->sort(model->columnOf(QStringLiteral("name")), Qt::DescendingOrder);
    m_profile.settle();
    QCOMPARE(text(*model, 0, "name"), QStringLiteral("Zotware"));
    QCOMPARE(model->sortColumn(), model->columnOf(QStringLiteral("name")));
}

void TestRecordList::marksAndTonesSpeak()
{
    const auto model = list("customer", {{QStringLiteral("next_step_at"), false}});
    QCOMPARE(text(*model, 0, "name"), QStringLiteral("Warephase"));
    const QModelIndex due = model->index(0, model->columnOf(QStringLiteral("next_step_at")));
    QCOMPARE(due.data(ui::ToneRole).toInt(), int(ui::Tone::Late));
    QCOMPARE(due.data().toString(), QStringLiteral("Fri 20 Nov"));
    QCOMPARE(model->index(1, 0).data(ui::StateMarkRole).toInt(), int(ui::StateMark::Waiting));
    const QModelIndex amount = model->index(0, model->columnOf(QStringLiteral("open_amount")));
    QCOMPARE(amount.data().toString(), QStringLiteral("26,768"));
    QVERIFY((Qt::Alignment(amount.data(Qt::TextAlignmentRole).toInt()) & Qt::AlignRight) != 0);
    // Unknown stays empty.
    const auto leads = list("customer", {}, *store::Filter::parse(QStringLiteral("name = 'Ida Mortensen'")));
    QCOMPARE(leads->rowCount(), 1);
    QCOMPARE(text(*leads, 0, "open_amount"), QString());
}

/// Of any entity: late is what a person could still do something about.
void TestRecordList::whatIsDoneIsLateNoMore()
{
    const auto late = [this](const ui::RecordListModel &model, const char *field) {
        const int column = model.columnOf(QLatin1StringView(field));
        int count = 0;
        for (int row = 0; row < model.rowCount(); ++row) {
            (void)model.index(row, column).data(); // fetches the page
            m_profile.settle();
            count += model.index(row, column).data(ui::ToneRole).toInt() == int(ui::Tone::Late) ? 1 : 0;
        }
        return count;
    };
    const model::Entity *deal = m_profile.database().catalog()->entity(QStringLiteral("deal"));
    const auto changed = m_profile.onStore<int>([deal](store::Store &store) -> base::Result<int> {
        // Every deal was to be closed long ago, and every other one was.
        store::ListReader reader(store.connection(), store.catalog(), {});
        store::ListQuery won;
        won.entity = store.catalog()->entity(QStringLiteral("stage"))->id();
        won.filter = *store::Filter::parse(QStringLiteral("kind = won"));
        FIELDFARE_ASSIGN(const std::vector<store::RowView> stages, reader.firstRows(won));
        store::ListQuery all;
        all.entity = deal->id();
        FIELDFARE_ASSIGN(const std::vector<store::RowView> rows, reader.firstRows(all));
        store::ChangeSet set;
        for (const store::RowView &row : rows) {
            changes::LocalChange change;
            change.entity = deal->id();
            change.record = row.record.id;
            change.values = {{deal->field(QStringLiteral("expected_close"))->key, model::Value(qint64(10'000))}};
            if (set.changes.size() % 2 == 1)
                change.values.push_back({deal->field(QStringLiteral("stage"))->key, model::Value(model::Reference{won.entity, stages.front().record.id})});
            set.changes.push_back(change);
        }
        FIELDFARE_TRY(store.commit(set));
        return int(rows.size());
    });
    QVERIFY(changed.ok());
    const auto open = list("deal", {}, *store::Filter::parse(QStringLiteral("state = open")));
    const auto done = list("deal", {}, *store::Filter::parse(QStringLiteral("state = won")));
    QVERIFY(open->rowCount() > 0 && done->rowCount() > 0);
    QCOMPARE(late(*open, "expected_close"), open->rowCount());
    QCOMPARE(late(*done, "expected_close"), 0);
}

void TestRecordList::namesWithBreaksAreOneLine()
{
    const QString name = QStringLiteral("Broken\r\nup\u2028name");
    const model::Entity *customer = m_profile.database().catalog()->entity(QStringLiteral("customer"));
    const auto made = m_profile.onStore<store::CommitReport>([customer, name](store::Store &store) {
        store::ChangeSet set;
        changes::LocalChange change;
        change.kind = changes::OperationKind::Create;
        change.entity = customer->id();
        change.values = {{customer->field(QStringLiteral("name"))->key, model::Value(name)}};
        set.changes = {change};
        set.isTaken = true; // as somebody else's program wrote it
        return store.commit(set);
    });
    QVERIFY(made.ok());
    const auto model = list("customer", {}, *store::Filter::parse(QStringLiteral("name startswith Broken")));
    QCOMPARE(model->rowCount(), 1);
    QCOMPARE(text(*model, 0, "name"), QStringLiteral("Broken  up name"));
    QCOMPARE(ui::oneLine(QStringLiteral("a b")), QStringLiteral("a b"));
}

void TestRecordList::addressesAndTimesReadAsTheyAreWritten()
{
    const model::Field &address = *m_profile.database().catalog()->entity(QStringLiteral("customer"))->field(QStringLiteral("address"));
    const auto shown = [&](const QStringList &parts) { return m_profile.texts().value(address, model::Value(parts.join(model::kUnitSeparator))); };
    QCOMPARE(shown({QStringLiteral("7 Mill Lane"), QStringLiteral("Austin"), QString(), QStringLiteral("78701"), QString()}), QStringLiteral("7 Mill Lane, Austin, 78701"));
    QCOMPARE(shown({QStringLiteral("磨坊巷 7 号"), QStringLiteral("成都市"), QStringLiteral("四川省"), QStringLiteral("610000"), QStringLiteral("中国")}),
             QStringLiteral("中国四川省成都市磨坊巷 7 号 610000"));
    QCOMPARE(shown({QStringLiteral("磨坊巷 7 号"), QStringLiteral("北京市"), QStringLiteral("北京市"), QString(), QString()}), QStringLiteral("北京市磨坊巷 7 号"));
    const qint64 now = m_profile.texts().nowMs();
    const auto left = [&](qint64 minutes) { return m_profile.texts().timeLeft(now + minutes * 60'000); };
    QCOMPARE(left(41), QStringLiteral("41 min"));
    QCOMPARE(left(65), QStringLiteral("1 h 05"));
    QCOMPARE(left(-72), QStringLiteral("−1 h 12"));
    QCOMPARE(left(26 * 60), QStringLiteral("1 d 2 h"));
    QCOMPARE(m_profile.texts().synced(now - 59'000), QStringLiteral("Synced just now"));
    QCOMPARE(m_profile.texts().synced(now - 61'000), QStringLiteral("Synced 1 min ago"));
}

void TestRecordList::followsAnEdit()
{
    const auto model = list("customer", {{QStringLiteral("number"), false}});
    const base::Id id = model->idAt(3);
    const model::Field *step = model->entity().field(QStringLiteral("next_step"));
    QSignalSpy changed(model.get(), &QAbstractItemModel::dataChanged);
    QVERIFY(m_profile.onStore<store::CommitReport>([id, step, entity = model->entity().id()](store::Store &store) {
        store::ChangeSet set;
        changes::LocalChange change;
        change.entity = entity;
        change.record = id;
        change.values = {{step->key, model::Value(QStringLiteral("Something else"))}};
        set.changes = {change};
        return store.commit(set);
    }).ok());
    m_profile.settle();
    QVERIFY(!changed.isEmpty());
    QCOMPARE(text(*model, 3, "next_step"), QStringLiteral("Something else"));
}

void TestRecordList::followsRowsThatComeAndGo()
{
    const auto model = list("customer", {{QStringLiteral("name"), false}});
    const int before = model->rowCount();
    const model::Entity &customer = model->entity();
    const auto created = m_profile.onStore<store::CommitReport>([&customer](store::Store &store) {
        store::ChangeSet set;
        changes::LocalChange change;
        change.kind = changes::OperationKind::Create;
        change.entity = customer.id();
        change.values = {{customer.field(QStringLiteral("name"))->key, model::Value(QStringLiteral("Aaa First"))}};
        set.changes = {change};
        return store.commit(set);
    });
    QVERIFY(created.ok());
    m_profile.settle();
    QCOMPARE(model->rowCount(), before + 1);
    QCOMPARE(text(*model, 0, "name"), QStringLiteral("Aaa First"));
    QVERIFY(m_profile.onStore<store::UndoReport>([action = created->action](store::Store &store) { return store.undo(action); }).ok());
    m_profile.settle();
    QCOMPARE(model->rowCount(), before);
}

void TestRecordList::findsARecordByItsId()
{
    const auto model = list("customer", {{QStringLiteral("name"), false}});
    QSignalSpy found(model.get(), &ui::RecordListModel::found);
    model->find(m_profile.company().treequote);
    m_profile.settle();
    QCOMPARE(found.size(), 1);
    QCOMPARE(text(*model, found.first().first().toInt(), "name"), QStringLiteral("Treequote"));
    model->find(m_profile.company().me); // a user, not a customer
    m_profile.settle();
    QCOMPARE(found.last().first().toInt(), -1);
}

void TestRecordList::unknownColumnsAreLeftOut()
{
    const auto model = list("customer", {});
    model->setFields({QStringLiteral("name"), QStringLiteral("no_such"), QStringLiteral("email"), QStringLiteral("name")});
    QCOMPARE(model->fieldNames(), (QStringList{QStringLiteral("name"), QStringLiteral("email")}));
    QCOMPARE(model->columnCount(), 3);
}

/// A view makes something for each row that is inserted: never for more than some at a time, but at once for what is looked for.
void TestRecordList::manyRowsComeInSteps()
{
    constexpr int kMany = 250'000;
    const auto inserted = m_profile.onStore<int>([](store::Store &store) -> base::Result<int> {
        FIELDFARE_TRY(store.connection().execute(QLatin1StringView(
            "INSERT INTO tag(id, trashed, name) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250000) "
            "SELECT CAST(printf('%016d', i) AS BLOB), 0, printf('Trade %06d', i) FROM n")));
        return 1;
    });
    QVERIFY2(inserted.ok(), qPrintable(inserted.ok() ? QString() : inserted.error().detail));
    ui::RecordListModel model(m_profile.database(), m_profile.texts(), entity("tag"));
    int steps = 0;
    int largest = 0;
    int found = -1;
    connect(&model, &QAbstractItemModel::rowsInserted, this, [&](const QModelIndex &, int first, int last) {
        ++steps;
        largest = std::max(largest, last - first + 1);
    });
    connect(&model, &ui::RecordListModel::found, this, [&](int row) {
        found = row;
        QVERIFY(row < model.rowCount());
    });
    store::ListQuery query;
    query.entity = entity("tag");
    query.sorts = {{QStringLiteral("name"), false}};
    model.setQuery(query);
    QTRY_VERIFY(model.isComplete());
    QVERIFY(model.rowCount() >= kMany);
    QVERIFY(steps >= 3);
    QVERIFY2(largest <= 100'000, qPrintable(QString::number(largest)));
    // Again, and asked for the last one while the rows are still coming.
    model.setQuery(query);
    model.findPrefix(QStringLiteral("Trade 249999"));
    QTRY_VERIFY(found >= 0);
    QVERIFY(found >= kMany - 2);
    QTRY_COMPARE(text(model, found, "name"), QStringLiteral("Trade 249999"));
    QTRY_VERIFY(model.isComplete());
}

QTEST_MAIN(TestRecordList)
#include "tst_record_list.moc"
