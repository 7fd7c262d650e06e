// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What happened around a record: days, talks, changes of fields, the ones of 15 minutes as one.
#include "tests/testlib/open_profile.h"
#include "ui/model/timeline_model.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace fieldfare;
using model::Value;

class TestTimeline final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_profile.openSample()); }
    void init();
    void newestFirstUnderDays();
    void changesOfFifteenMinutesAreOne();
    void showsWhatIsAskedFor();
    void everyRecordBeganSomewhere();
    void entriesLeadToTheirRecord();

private:
    QStringList titles() const
    {
        QStringList all;
        for (int row = 0; row < m_model->rowCount(); ++row)
            all.append(m_model->index(row).data(ui::TimelineTitleRole).toString());
        return all;
    }
    model::Reference treequote() { return {m_profile.database().catalog()->entity(QStringLiteral("customer"))->id(), m_profile.company().treequote}; }

    testlib::OpenProfile m_profile;
    std::unique_ptr<ui::TimelineModel> m_model;
};

void TestTimeline::init()
{
    m_model = std::make_unique<ui::TimelineModel>(m_profile.database(), m_profile.texts());
    new QAbstractItemModelTester(m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_model.get());
    m_model->open(treequote());
    m_profile.settle();
}

void TestTimeline::newestFirstUnderDays()
{
    QCOMPARE(titles().value(0), QStringLiteral("Today"));
    QCOMPARE(m_model->index(0).data(ui::TimelineKindRole).toInt(), int(ui::TimelineKind::DayHeading));
    QCOMPARE(titles().value(1), QStringLiteral("Call with Ida Mortensen"));
    QCOMPARE(m_model->index(1).data(ui::TimelineTimeRole).toString(), QStringLiteral("14:20"));
    QCOMPARE(m_model->index(1).data(ui::StateMarkRole).toInt(), int(ui::StateMark::Waiting));
    QVERIFY(titles().contains(QStringLiteral("Friday 20 November")));
    QVERIFY(titles().contains(QStringLiteral("Quote Q-1188 sent")));
}

void TestTimeline::changesOfFifteenMinutesAreOne()
{
    const model::Reference record = treequote();
    const auto set = [this, record](const char *field, const QString &value) {
        const model::FieldKey key = m_profile.database().catalog()->entity(record.entity)->field(QLatin1StringView(field))->key;
        return m_profile.onStore<store::CommitReport>([record, key, value](store::Store &store) {
            store::ChangeSet edits;
            changes::LocalChange change;
            change.entity = record.entity;
            change.record = record.id;
            change.values = {{key, Value(value)}};
            edits.changes = {change};
            return store.commit(edits);
        }).ok();
    };
    m_model->setShow(ui::TimelineModel::Show::Changes);
    const int before = m_model->rowCount();
    m_profile.clock().advance(3'600'000);
    QVERIFY(set("department", QStringLiteral("technical")));
    m_profile.clock().advance(10 * 60'000);
    QVERIFY(set("department", QStringLiteral("management")));
    QVERIFY(set("gender", QStringLiteral("other")));
    m_profile.settle();
    QCOMPARE(m_model->rowCount(), before + 1);
    const QString body = m_model->index(1).data(ui::TimelineBodyRole).toString();
    QVERIFY2(body.contains(QStringLiteral("Department: Management")), qUtf8Printable(body)); // from nothing, the step between left out
    m_profile.clock().advance(20 * 60'000);
    QVERIFY(set("gender", QStringLiteral("female")));
    m_profile.settle();
    QCOMPARE(m_model->rowCount(), before + 2);
}

void TestTimeline::showsWhatIsAskedFor()
{
    m_model->setShow(ui::TimelineModel::Show::Interactions);
    QVERIFY(titles().contains(QStringLiteral("Quote Q-1188 sent")));
    QVERIFY(!titles().join(QLatin1Char('|')).contains(QStringLiteral("Created by")));
    m_model->setShow(ui::TimelineModel::Show::Changes);
    QVERIFY(!titles().contains(QStringLiteral("Quote Q-1188 sent")));
    QVERIFY(titles().contains(QStringLiteral("Created by you")));
}

void TestTimeline::everyRecordBeganSomewhere()
{
    const model::Entity *ticket = m_profile.database().catalog()->entity(QStringLiteral("ticket"));
    const auto id = m_profile.onStore<base::Id>([ticket](store::Store &store) { return store.resolve(ticket->id(), QStringLiteral("T-4480")); });
    QVERIFY(id.ok());
    m_model->open({ticket->id(), *id});
    m_profile.settle();
    QCOMPARE(titles().value(1), QStringLiteral("Created by you"));
}

void TestTimeline::entriesLeadToTheirRecord()
{
    const QVariant record = m_model->index(int(titles().indexOf(QStringLiteral("Quote Q-1188 sent")))).data(ui::TimelineModel::ReferenceRole);
    QVERIFY(record.isValid());
    QCOMPARE(m_profile.database().catalog()->entity(record.value<model::Reference>().entity)->name(), QStringLiteral("interaction"));
    QVERIFY(!m_model->index(int(titles().indexOf(QStringLiteral("Created by you")))).data(ui::TimelineModel::ReferenceRole).isValid());
}

QTEST_MAIN(TestTimeline)
#include "tst_timeline.moc"
