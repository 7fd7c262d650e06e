// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The review queue by keyboard: what is chosen is what the store resolves; one answer for a bulk edit; the tray.
#include "core/store/sync_status.h"
#include "tests/shots/shown_company.h"
#include "tests/testlib/open_profile.h"
#include "ui/pages/review/conflict_pane.h"
#include "ui/pages/review/review_page.h"
#include "ui/pages/review/tray_pane.h"

#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace fieldfare;
using model::Value;
using ui::ReviewChoice;

namespace {

class NotingSink final : public ui::ActionSink {
public:
    void openRecord(const model::Reference &record) override { opened = record; }
    void openList(model::EntityId, const store::Filter &, const QString &) override {}
    void openPage(const QString &) override {}
    void newRecord(model::EntityId, const std::vector<changes::FieldValue> &) override {}
    void announce(const QString &, const QString &text, const base::Id &) override { said.append(text); }
    void showError(const base::Error &error) override { errors.append(error.detail); }

    model::Reference opened;
    QStringList said;
    QStringList errors;
};

} // namespace

class TestReviewPage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void suggestsWhatIsShown();
    void aNarrowWindowShowsQueueOrRecord();
    void keysChooseAndTheStoreResolves();
    void writtenTextBecomesTheValue();
    void buttonsChooseAll();
    void saysWhatMergedByItself();
    void oneAnswerForABulkEdit();
    void lookAtEachGoesOn();
    void choicesOutliveWhatArrives();
    void nothingIsReadWhileNobodyLooks();
    void refusedChangesAreCorrectedOrGivenUp();
    void whatWasHandedInIsOnlyShown();

private:
    [[nodiscard]] const model::Entity &customer() const { return *m_profile->database().catalog()->entity(QStringLiteral("customer")); }
    [[nodiscard]] ui::ConflictModel &model() const { return *m_page->findChild<ui::ConflictPane *>()->model(); }
    [[nodiscard]] int rowOf(const char *field) const
    {
        for (int row = 0; row < model().rowCount(); ++row) {
            if (model().record().conflicts[size_t(row)].field == customer().field(QLatin1StringView(field))->key)
                return row;
        }
        return -1;
    }
    QPushButton *button(const QWidget &in, const QString &text) const
    {
        for (QPushButton *found : in.findChildren<QPushButton *>()) {
            if (found->text().startsWith(text) && found->isVisible())
                return found;
        }
        qWarning("no button %s", qUtf8Printable(text));
        return nullptr;
    }
    void showIselectrics()
    {
        m_page->showRecord({customer().id(), m_company.iselectrics});
        m_profile->settle();
    }
    std::vector<store::ConflictView> conflicts(bool openOnly)
    {
        return *m_profile->onStore<std::vector<store::ConflictView>>([openOnly](store::Store &store) { return store.conflicts(openOnly); });
    }
    QString resolutionOf(const base::Id &conflict)
    {
        for (const store::ConflictView &view : conflicts(false)) {
            if (view.id == conflict)
                return view.open ? QStringLiteral("open") : view.resolution;
        }
        return {};
    }
    Value stored(const char *field)
    {
        const auto record = m_profile->onStore<model::Record>(
            [entity = customer().id(), id = m_company.iselectrics](store::Store &store) { return store.record(entity, id); });
        return record->value(*customer().field(QLatin1StringView(field)));
    }

    testlib::SampleCompany m_company;
    std::unique_ptr<testlib::OpenProfile> m_profile;
    std::unique_ptr<ui::Theme> m_theme;
    store::StandAloneStatus m_sync;
    NotingSink m_sink;
    std::unique_ptr<ui::ReviewPage> m_page;
};

void TestReviewPage::init()
{
    m_theme = std::make_unique<ui::Theme>(qApp);
    m_theme->setMode(ui::ThemeMode::Light);
    m_profile = std::make_unique<testlib::OpenProfile>();
    QVERIFY(m_profile->open([this](store::Store &store, testlib::FixedClock &clock) -> base::Result<void> {
        FIELDFARE_ASSIGN(m_company, shots::fillShownCompany(store, clock, false));
        return {};
    }));
    m_sink = {};
    m_page = std::make_unique<ui::ReviewPage>(
        ui::PageContext{m_profile->database(), *m_theme, m_profile->names(), m_profile->texts(), m_profile->clock(), m_sync, m_sink});
    m_page->resize(1232, 872);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_page->activated();
    m_profile->settle();
}

void TestReviewPage::cleanup()
{
    m_page.reset();
    m_profile.reset();
    m_theme.reset();
}

void TestReviewPage::suggestsWhatIsShown()
{
    showIselectrics();
    QCOMPARE(model().rowCount(), 3);
    QCOMPARE(model().choice(rowOf("phone")), ReviewChoice::Mine);
    QCOMPARE(stored("phone").textOrEmpty(), QStringLiteral("+1 206 555 0190"));
    // Saving a suggestion changes nothing but settles the question.
    QCOMPARE(model().chosenCount(), 3);
}

void TestReviewPage::aNarrowWindowShowsQueueOrRecord()
{
    auto *queue = m_page->findChild<QListView *>();
    auto *pane = m_page->findChild<ui::ConflictPane *>();
    QVERIFY(queue->isVisible() && pane->isVisible());
    m_page->resize(700, 800);
    QVERIFY(queue->isVisible() && !pane->isVisible());
    queue->setFocus();
    QTest::keyClick(queue, Qt::Key_Return);
    QVERIFY(!queue->isVisible() && pane->isVisible());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(queue->isVisible() && !pane->isVisible());
    QVERIFY(queue->hasFocus());
    showIselectrics(); // asked for by name: the record at once
    QVERIFY(!queue->isVisible() && pane->isVisible());
    m_page->resize(1232, 872);
    QVERIFY(queue->isVisible() && pane->isVisible());
}

void TestReviewPage::keysChooseAndTheStoreResolves()
{
    showIselectrics();
    auto &pane = *m_page->findChild<ui::ConflictPane *>();
    auto *table = pane.findChild<QTableView *>();
    const std::vector<store::ConflictView> asked = model().record().conflicts;
    pane.focusTable();
    const struct {
        const char *field;
        Qt::Key key;
        const char *resolution;
    } answers[] = {{"phone", Qt::Key_T, "theirs"}, {"needs", Qt::Key_M, "mine"}, {"owner", Qt::Key_B, "value"}};
    for (const auto &answer : answers) {
        table->setCurrentIndex(model().index(rowOf(answer.field), 1));
        QTest::keyClick(table, answer.key);
    }
    QCOMPARE(model().choice(rowOf("phone")), ReviewChoice::Theirs);
    QCOMPARE(model().choice(rowOf("needs")), ReviewChoice::Mine);
    QCOMPARE(model().choice(rowOf("owner")), ReviewChoice::Before);
    const Value before = asked[size_t(rowOf("owner"))].base;
    const auto open = conflicts(true).size();
    QTest::keyClick(table, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(conflicts(true).size(), open - 3); // a key presses the button for a moment first
    m_profile->settle();
    QCOMPARE(m_sink.errors, QStringList());
    for (const store::ConflictView &conflict : asked) {
        for (const auto &answer : answers) {
            if (conflict.field == customer().field(QLatin1StringView(answer.field))->key)
                QCOMPARE(resolutionOf(conflict.id), QString::fromLatin1(answer.resolution));
        }
    }
    QCOMPARE(stored("phone").textOrEmpty(), QStringLiteral("+1 206 555 0109"));
    QCOMPARE(stored("needs").textOrEmpty(), QStringLiteral("Screens for three halls. Budget in spring."));
    QCOMPARE(stored("owner"), before);
    // The next one of the queue is in front.
    QVERIFY(!(model().record().record == model::Reference{customer().id(), m_company.iselectrics}));
}

void TestReviewPage::writtenTextBecomesTheValue()
{
    showIselectrics();
    auto &pane = *m_page->findChild<ui::ConflictPane *>();
    auto *editor = pane.findChild<QPlainTextEdit *>();
    QVERIFY(editor->isVisible());
    editor->setFocus();
    editor->selectAll();
    QTest::keyClicks(editor, QStringLiteral("Screens for four halls, 40,000."));
    QCOMPARE(model().choice(rowOf("needs")), ReviewChoice::Edited);
    QTest::mouseClick(button(pane, QStringLiteral("Save")), Qt::LeftButton);
    m_profile->settle();
    QCOMPARE(m_sink.errors, QStringList());
    QCOMPARE(stored("needs").textOrEmpty(), QStringLiteral("Screens for four halls, 40,000."));
}

void TestReviewPage::buttonsChooseAll()
{
    showIselectrics();
    auto &pane = *m_page->findChild<ui::ConflictPane *>();
    QTest::mouseClick(button(pane, QStringLiteral("All theirs")), Qt::LeftButton);
    for (int row = 0; row < model().rowCount(); ++row)
        QCOMPARE(model().choice(row), ReviewChoice::Theirs);
    QTest::mouseClick(button(pane, QStringLiteral("All yours")), Qt::LeftButton);
    for (int row = 0; row < model().rowCount(); ++row)
        QCOMPARE(model().choice(row), ReviewChoice::Mine);
}

void TestReviewPage::saysWhatMergedByItself()
{
    auto &pane = *m_page->findChild<ui::ConflictPane *>();
    showIselectrics();
    const QString before = pane.mergedText();
    QVERIFY2(before.contains(QStringLiteral("Level")) && before.contains(QStringLiteral("Source")), qUtf8Printable(before));
    QVERIFY(!before.contains(QStringLiteral("Phone"))); // that is what clashes
    changes::LocalChange change;
    change.entity = customer().id();
    change.record = m_company.iselectrics;
    change.values = {{customer().field(QStringLiteral("next_step"))->key, Value(QStringLiteral("Call on Friday"))}};
    store::ChangeSet set;
    set.label = QStringLiteral("Edit");
    set.changes = {change};
    QVERIFY(m_profile->onStore<store::CommitReport>([&set](store::Store &store) { return store.commit(set); }).ok());
    m_profile->settle();
    QVERIFY(pane.mergedText().contains(QStringLiteral("Next step")));
}

void TestReviewPage::oneAnswerForABulkEdit()
{
    auto &pane = *m_page->findChild<ui::ConflictPane *>();
    const base::Id konex = *m_profile->onStore<base::Id>([entity = customer().id()](store::Store &store) { return store.resolve(entity, QStringLiteral("Konex")); });
    m_page->showRecord({customer().id(), konex});
    m_profile->settle();
    const auto open = conflicts(true).size();
    QTest::mouseClick(button(pane, QStringLiteral("Take theirs for all 4")), Qt::LeftButton);
    m_profile->settle();
    QCOMPARE(m_sink.errors, QStringList());
    QCOMPARE(conflicts(true).size(), open - 4);
    QCOMPARE(model().record().record.id, konex); // the one in front is still to be answered
}

void TestReviewPage::lookAtEachGoesOn()
{
    auto &pane = *m_page->findChild<ui::ConflictPane *>();
    auto *queue = m_page->findChild<QListView *>();
    m_page->showRecord(model().record().record);
    const model::FieldKey field = customer().field(QStringLiteral("owner"))->key;
    QSet<base::Id> seen;
    for (int i = 0; i < 5; ++i) {
        seen.insert(model().record().record.id);
        QCOMPARE(model().record().conflicts.front().field, field);
        QTest::mouseClick(button(pane, QStringLiteral("Look at each")), Qt::LeftButton);
    }
    QCOMPARE(seen.size(), 5);
    QCOMPARE(queue->currentIndex().row(), 0); // round the queue and back
}

void TestReviewPage::choicesOutliveWhatArrives()
{
    showIselectrics();
    model().choose(rowOf("phone"), ReviewChoice::Theirs);
    model().setEdited(rowOf("needs"), QStringLiteral("Half written"));
    // Somebody else's change arrives: the queue is read again.
    changes::LocalChange change;
    change.entity = customer().id();
    change.record = m_company.treequote;
    change.values = {{customer().field(QStringLiteral("description"))->key, Value(QStringLiteral("Prefers mornings"))}};
    store::ChangeSet set;
    set.changes = {change};
    QVERIFY(m_profile->onStore<store::CommitReport>([&set](store::Store &store) { return store.commit(set); }).ok());
    m_profile->settle();
    QCOMPARE(model().record().record.id, m_company.iselectrics);
    QCOMPARE(model().choice(rowOf("phone")), ReviewChoice::Theirs);
    QCOMPARE(model().choice(rowOf("needs")), ReviewChoice::Edited);
    QCOMPARE(model().edited(rowOf("needs")).textOrEmpty(), QStringLiteral("Half written"));
}

void TestReviewPage::nothingIsReadWhileNobodyLooks()
{
    QSignalSpy told(m_page.get(), &ui::Page::countChanged); // at each reading
    Q_EMIT m_profile->database().stateChanged();
    m_profile->settle();
    QCOMPARE(told.size(), 1);
    m_page->hide();
    Q_EMIT m_profile->database().stateChanged();
    m_profile->settle();
    QCOMPARE(told.size(), 1);
    m_page->show();
    m_page->activated();
    m_profile->settle();
    QCOMPARE(told.size(), 2);
}

void TestReviewPage::refusedChangesAreCorrectedOrGivenUp()
{
    const auto trayOf = [this] { return m_profile->onStore<std::vector<store::TrayView>>([](store::Store &store) { return store.tray(); })->size(); };
    QCOMPARE(trayOf(), size_t(1));
    m_page->showTab(ui::ReviewPage::Tab::NotAccepted);
    m_profile->settle();
    auto &pane = *m_page->findChild<ui::TrayPane *>();
    QVERIFY(pane.isVisible());
    auto *edit = pane.findChild<QLineEdit *>();
    QCOMPARE(edit->text(), QStringLiteral("+1 415 555 0177"));
    edit->setText(QStringLiteral("+1 415 555 0178"));
    QTest::mouseClick(button(pane, QStringLiteral("Send again")), Qt::LeftButton);
    m_profile->settle();
    QCOMPARE(m_sink.errors, QStringList());
    QCOMPARE(trayOf(), size_t(0));
    const auto sent = m_profile->onStore<QString>([entity = &customer()](store::Store &store) -> base::Result<QString> {
        FIELDFARE_ASSIGN(const base::Id id, store.resolve(entity->id(), QStringLiteral("Faxquote")));
        FIELDFARE_ASSIGN(const model::Record record, store.record(entity->id(), id));
        return record.value(*entity->field(QStringLiteral("phone"))).textOrEmpty();
    });
    QCOMPARE(*sent, QStringLiteral("+1 415 555 0178"));
    QVERIFY(!pane.isVisible()); // "Everything was accepted"
}

void TestReviewPage::whatWasHandedInIsOnlyShown()
{
    changes::LocalChange change;
    change.entity = customer().id();
    change.record = m_company.treequote;
    change.values = {{customer().field(QStringLiteral("phone"))->key, Value(QStringLiteral("+1 415 555 0199"))}};
    store::ChangeSet set;
    set.changes = {change};
    QVERIFY(m_profile->onStore<store::CommitReport>([&set](store::Store &store) { return store.commit(set); }).ok());
    const auto counts = m_profile->onStore<store::StateCounts>([](store::Store &store) -> base::Result<store::StateCounts> {
        FIELDFARE_TRY(store.applyRemote([](changes::Replica &replica, changes::ReplicaStorage &storage) -> base::Result<void> {
            FIELDFARE_ASSIGN(const changes::ReplicaState state, storage.state());
            return replica.noteHandedIn(state.lastN, changes::HandedIn::Status::Closed);
        }));
        return store.counts();
    });
    QVERIFY(counts.ok() && counts->handedIn > 0);
    QCOMPARE(counts->handedIn, counts->waiting);
    m_page->showTab(ui::ReviewPage::Tab::NotAccepted);
    m_profile->settle();
    auto &queue = *m_page->findChild<QListView *>();
    QCOMPARE(queue.model()->rowCount(), int(1 + counts->handedIn));
    queue.setCurrentIndex(queue.model()->index(queue.model()->rowCount() - 1, 0));
    m_profile->settle();
    auto &pane = *m_page->findChild<ui::TrayPane *>();
    QVERIFY(pane.isVisible());
    QVERIFY(pane.findChildren<QLineEdit *>().isEmpty()); // read, not typed
    for (const QPushButton *one : pane.findChildren<QPushButton *>())
        QVERIFY2(!one->isVisible() || one->text() == QLatin1String("Open record"), qPrintable(one->text()));
    queue.setCurrentIndex(queue.model()->index(0, 0)); // the refused one can be sent again
    m_profile->settle();
    QVERIFY(button(pane, QStringLiteral("Send again")) != nullptr);
}

QTEST_MAIN(TestReviewPage)
#include "tst_review_page.moc"
