// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The record zone: a record is whole once it is created; notes that were begun stay with their record.
#include "core/store/query/list_reader.h"
#include "tests/testlib/open_profile.h"
#include "ui/model/timeline_model.h"
#include "ui/widgets/record/record_panel.h"
#include "ui/widgets/record/timeline_panel.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTest>

using namespace fieldfare;
using model::Value;

class TestRecordPanel final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_profile.openSample()); }
    void init();
    void cleanup() { m_panel.reset(); }
    void aCreatedRecordIsWhole();
    void aNoteStaysWithItsRecord();
    void aNoteOutlivesClosing();
    void savingANoteLeavesAnotherAlone();
    void aNoteIsSavedOnce();
    void draftsGoToAnotherPanel();

private:
    model::EntityId entity(const char *name) { return m_profile.database().catalog()->entity(QLatin1StringView(name))->id(); }
    void open(const base::Id &customer)
    {
        m_panel->open({entity("customer"), customer});
        m_profile.settle();
    }
    ui::TimelinePanel &timeline() { return *m_panel->findChild<ui::TimelinePanel *>(); }
    QPlainTextEdit &note() { return *timeline().findChild<QPlainTextEdit *>(); }
    qint64 interactions()
    {
        const auto count = m_profile.onStore<std::int64_t>([talk = entity("interaction")](store::Store &store) {
            store::ListQuery query;
            query.entity = talk;
            return store::ListReader(store.connection(), store.catalog(), {}).count(query);
        });
        return count.ok() ? *count : -1;
    }

    testlib::OpenProfile m_profile;
    std::unique_ptr<ui::RecordPanel> m_panel;
};

void TestRecordPanel::init()
{
    m_panel = std::make_unique<ui::RecordPanel>(ui::EditorContext{m_profile.database(), m_profile.texts()});
    m_panel->show();
    open(m_profile.company().treequote);
}

void TestRecordPanel::aCreatedRecordIsWhole()
{
    m_panel->openNew(entity("customer"), {});
    QVERIFY(!m_panel->findChild<QTabBar *>()->isVisible());
    m_panel->model().edit(*m_panel->model().entity()->titleField(), Value(QStringLiteral("Whole Works")));
    m_panel->save();
    m_profile.settle();
    QVERIFY(m_panel->findChild<QTabBar *>()->isVisible());
    QVERIFY(timeline().isVisible());
    QVERIFY(!timeline().model().isEmpty()); // when it was created
    m_panel->startNote(QStringLiteral("call"));
    QVERIFY(note().isVisible());
}

void TestRecordPanel::aNoteStaysWithItsRecord()
{
    m_panel->startNote(QStringLiteral("visit"));
    QTest::keyClicks(&note(), QStringLiteral("Half a thought"));
    open(m_profile.company().iselectrics);
    QVERIFY(!note().isVisible());
    m_panel->startNote(QStringLiteral("call"));
    QCOMPARE(note().toPlainText(), QString());
    QVERIFY(m_panel->hasDrafts()); // the window asks before it closes
    open(m_profile.company().treequote);
    QVERIFY(note().isVisible());
    QCOMPARE(note().toPlainText(), QStringLiteral("Half a thought"));
    QCOMPARE(timeline().findChildren<QComboBox *>().first()->currentData().toString(), QStringLiteral("visit"));
}

void TestRecordPanel::aNoteOutlivesClosing()
{
    m_panel->startNote(QStringLiteral("note"));
    QTest::keyClicks(&note(), QStringLiteral("Not done"));
    m_panel->close();
    QVERIFY(m_panel->hasDrafts());
    open(m_profile.company().treequote);
    QCOMPARE(note().toPlainText(), QStringLiteral("Not done"));
    QTest::keyClick(&note(), Qt::Key_Return, Qt::ControlModifier);
    m_profile.settle();
    QVERIFY(!m_panel->hasDrafts());
}

void TestRecordPanel::savingANoteLeavesAnotherAlone()
{
    m_panel->startNote(QStringLiteral("call"));
    QTest::keyClicks(&note(), QStringLiteral("No answer"));
    const qint64 before = interactions();
    QTest::keyClick(&note(), Qt::Key_Return, Qt::ControlModifier);
    // Before the store has answered, the same words on the next record.
    m_panel->open({entity("customer"), m_profile.company().iselectrics});
    timeline().open({entity("customer"), m_profile.company().iselectrics}, {});
    timeline().startNote(QStringLiteral("call"));
    QTest::keyClicks(&note(), QStringLiteral("No answer"));
    m_profile.settle();
    QCOMPARE(interactions(), before + 1);
    QCOMPARE(note().toPlainText(), QStringLiteral("No answer"));
    open(m_profile.company().treequote);
    QCOMPARE(note().toPlainText(), QString()); // that one is saved
}

void TestRecordPanel::aNoteIsSavedOnce()
{
    m_panel->startNote(QStringLiteral("call"));
    QTest::keyClicks(&note(), QStringLiteral("Twice"));
    const qint64 before = interactions();
    QTest::keyClick(&note(), Qt::Key_Return, Qt::ControlModifier);
    QTest::keyClick(&note(), Qt::Key_Return, Qt::ControlModifier);
    m_profile.settle();
    QCOMPARE(interactions(), before + 1);
}

void TestRecordPanel::draftsGoToAnotherPanel()
{
    QCOMPARE(m_panel->drafts(), QByteArray());
    m_panel->startNote(QStringLiteral("visit"));
    QTest::keyClicks(&note(), QStringLiteral("Half a thought"));
    open(m_profile.company().iselectrics);
    m_panel->startNote(QStringLiteral("call"));
    QTest::keyClicks(&note(), QStringLiteral("They said"));
    m_panel->model().edit(*m_panel->model().entity()->field(QStringLiteral("website")), Value(QStringLiteral("https://next.example")));
    const QByteArray kept = m_panel->drafts();

    m_panel = std::make_unique<ui::RecordPanel>(ui::EditorContext{m_profile.database(), m_profile.texts()});
    m_panel->show();
    m_panel->restoreDrafts(kept);
    QVERIFY(m_panel->hasDrafts());
    open(m_profile.company().treequote);
    QCOMPARE(note().toPlainText(), QStringLiteral("Half a thought"));
    QCOMPARE(timeline().findChildren<QComboBox *>().first()->currentData().toString(), QStringLiteral("visit"));
    open(m_profile.company().iselectrics);
    QCOMPARE(note().toPlainText(), QStringLiteral("They said"));
    QVERIFY(m_panel->model().isDirty());
    // A note that is on its way into the store is no draft: it would be written twice.
    const qint64 before = interactions();
    QTest::keyClick(&note(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(!m_panel->drafts().contains("They said"));
    QVERIFY(m_panel->drafts().contains("Half a thought"));
    m_profile.settle();
    QCOMPARE(interactions(), before + 1);
}

QTEST_MAIN(TestRecordPanel)
#include "tst_record_panel.moc"
