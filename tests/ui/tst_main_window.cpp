// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The window by keyboard: search, open, edit, save, remove, undo; and how it gives up room.
#include "tests/testlib/open_profile.h"
#include "ui/pages/records/records_page.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/command_table.h"
#include "ui/shell/main_window.h"
#include "ui/shell/stall_probe.h"
#include "ui/widgets/controls/side_bar.h"
#include "ui/widgets/controls/side_bar_row.h"
#include "ui/widgets/controls/toast.h"
#include "ui/widgets/form/entity_form.h"
#include "ui/widgets/form/form_row.h"
#include "ui/widgets/list/entity_list.h"
#include "ui/widgets/list/filter_bar.h"
#include "ui/widgets/list/record_table.h"
#include "ui/widgets/record/record_panel.h"
#include "ui/widgets/record/timeline_panel.h"

#include <QApplication>
#include <QImage>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTest>
#include <QTimer>

using namespace fieldfare;
using model::Value;

class TestMainWindow final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void opensOnCustomers();
    void arrowsWalkAndTheRecordFollows();
    void searchFindsAndEnterOpens();
    void commandsRunFromThePalette();
    void newRecordIsFilledAndSavedByKeyboard();
    void deleteMovesToTheTrashAndUndoBringsBack();
    void onlyTheOpenRecordIsTrashedWhenTheListLacksIt();
    void theRecordsMenuIsAboutTheRecord();
    void selectAllAndDeleteMeansAll();
    void aRecordThatLeavesTheListLeavesItsPlace();
    void filtersNarrowTheList();
    void theListKeepsItsRecordWhenRowsMove();
    void severalSelectedRowsStayTheSameRecords();
    void escGoesBackStepByStep();
    void escLeadsBackFromAnywhere();
    void altShowsTheMenuAndGivesTheFocusBack();
    void f2EditsAndUndoTakesTheChangeBack();
    void anUntouchedNewRecordIsNoDraft();
    void nothingWaitsWithoutAServer();
    void aRowIsHoveredAsAWhole();
    void roomIsGivenUpInOrder();
    void stateComesBack();
    void linksLeadToOtherPages();
    void theProbeSeesABlock();

private:
    void makeWindow();
    ui::RecordsPage &page() { return *qobject_cast<ui::RecordsPage *>(m_window->currentPage()); }
    const model::Entity &customer() { return *m_profile->database().catalog()->entity(QStringLiteral("customer")); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget *focus = QApplication::focusWidget();
        QTest::keyClick(focus != nullptr ? focus : m_window.get(), key, modifiers);
        m_profile->settle();
    }
    QString titleOf(const base::Id &id)
    {
        const auto title = m_profile->onStore<QString>([id, entity = customer().id()](store::Store &store) { return store.title({entity, id}); });
        return title.ok() ? *title : QString();
    }

    std::vector<base::Id> trashedIds()
    {
        const auto ids = m_profile->onStore<std::vector<base::Id>>([entity = customer().id()](store::Store &store) -> base::Result<std::vector<base::Id>> {
            store::ListQuery query;
            query.entity = entity;
            query.trashed = store::TrashedRows::Only;
            FIELDFARE_ASSIGN(const std::vector<store::RowView> rows, store::ListReader(store.connection(), store.catalog(), {}).firstRows(query));
            std::vector<base::Id> found;
            for (const store::RowView &row : rows)
                found.push_back(row.record.id);
            return found;
        });
        return ids.ok() ? *ids : std::vector<base::Id>();
    }

    std::unique_ptr<testlib::OpenProfile> m_profile;
    std::unique_ptr<ui::Theme> m_theme;
    store::StandAloneStatus m_sync;
    std::unique_ptr<ui::MainWindow> m_window;
};

void TestMainWindow::makeWindow()
{
    const ui::MainWindow::Parts parts{m_profile->database(), *m_theme, m_profile->names(), m_profile->texts(), m_profile->clock(), m_sync};
    m_window = std::make_unique<ui::MainWindow>(parts, ui::recordModules(*m_profile->database().catalog()));
    m_window->resize(1440, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_profile->settle();
}

void TestMainWindow::init()
{
    m_theme = std::make_unique<ui::Theme>(qApp);
    m_theme->setMode(ui::ThemeMode::Light);
    m_profile = std::make_unique<testlib::OpenProfile>();
    QVERIFY(m_profile->openSample());
    makeWindow();
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    m_profile.reset();
    m_theme.reset();
}

void TestMainWindow::opensOnCustomers()
{
    QCOMPARE(page().key(), QStringLiteral("customer"));
    QVERIFY(page().list().model().rowCount() > 80);
    QVERIFY(page().list().table().hasFocus());
    QCOMPARE(page().viewCount(QStringLiteral("all")), QString::number(page().list().model().rowCount()));
}

void TestMainWindow::arrowsWalkAndTheRecordFollows()
{
    page().list().focusTable();
    m_profile->settle();
    const base::Id first = page().list().currentId();
    key(Qt::Key_Down);
    QVERIFY(page().list().currentId() != first);
    QVERIFY(page().isRecordOpen());
    QCOMPARE(page().record().model().reference().id, page().list().currentId());
    QVERIFY(page().list().table().hasFocus()); // walking does not leave the list
    key(Qt::Key_Return);
    QVERIFY(page().record().isAncestorOf(QApplication::focusWidget()));
}

void TestMainWindow::searchFindsAndEnterOpens()
{
    m_window->commands().run(QStringLiteral("search"));
    QVERIFY(m_window->commandPalette().isVisible());
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("treequ"));
    m_profile->settle();
    QVERIFY(m_window->commandPalette().model().rowCount() > 1);
    key(Qt::Key_Return);
    QVERIFY(!m_window->commandPalette().isVisible());
    QCOMPARE(page().record().model().reference().id, m_profile->company().treequote);
    QCOMPARE(page().list().currentId(), m_profile->company().treequote);
    m_window->showPalette();
    key(Qt::Key_Escape);
    QVERIFY(!m_window->commandPalette().isVisible());
}

void TestMainWindow::commandsRunFromThePalette()
{
    m_window->showPalette();
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral(">go to tickets"));
    m_profile->settle();
    key(Qt::Key_Return);
    QCOMPARE(page().key(), QStringLiteral("ticket"));
    // Every command can be found, and every key is used once.
    QSet<QString> keys;
    for (const ui::Command &command : m_window->commands().commands()) {
        QVERIFY2(!command.text.isEmpty(), qUtf8Printable(command.id));
        if (!command.keys.isEmpty()) {
            QVERIFY2(!keys.contains(command.keys.toString()), qUtf8Printable(command.id));
            keys.insert(command.keys.toString());
        }
    }
}

void TestMainWindow::newRecordIsFilledAndSavedByKeyboard()
{
    const int before = page().list().model().rowCount();
    m_window->commands().run(QStringLiteral("record.new"));
    m_profile->settle();
    QVERIFY(page().record().model().isNew());
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("Keyboard Works"));
    m_window->commands().run(QStringLiteral("record.save"));
    m_profile->settle();
    QVERIFY(!page().record().model().isNew());
    QCOMPARE(page().list().model().rowCount(), before + 1);
    QCOMPARE(titleOf(page().record().model().reference().id), QStringLiteral("Keyboard Works"));
    // Whoever adds it has it.
    QCOMPARE(page().record().model().stored(*customer().field(QStringLiteral("owner"))).referenceId(), m_profile->company().me);
    QVERIFY(page().record().findChild<QTabBar *>()->isVisible());
    m_window->commands().run(QStringLiteral("record.note")); // a call can be logged at once
    QVERIFY(page().record().findChild<ui::TimelinePanel *>()->findChild<QPlainTextEdit *>()->isVisible());
}

void TestMainWindow::deleteMovesToTheTrashAndUndoBringsBack()
{
    page().openRecord(m_profile->company().treequote);
    m_profile->settle();
    const int before = page().list().model().rowCount();
    page().list().focusTable();
    key(Qt::Key_Delete);
    QCOMPARE(page().list().model().rowCount(), before - 1);
    // The record zone shows what stands there now, not what has gone.
    QVERIFY(page().isRecordOpen());
    QVERIFY(page().record().model().reference().id != m_profile->company().treequote);
    QCOMPARE(page().record().model().reference().id, page().list().currentId());
    m_window->undoLast();
    m_profile->settle();
    QCOMPARE(page().list().model().rowCount(), before);
    page().showView(QStringLiteral("trash"));
    m_profile->settle();
    QCOMPARE(page().list().model().rowCount(), 0);
}

void TestMainWindow::onlyTheOpenRecordIsTrashedWhenTheListLacksIt()
{
    page().showFilter(*store::Filter::parse(QStringLiteral("stage = lead")), QStringLiteral("Leads"));
    m_profile->settle();
    page().list().moveCurrent(1);
    m_profile->settle();
    const int leads = page().list().model().rowCount();
    QVERIFY(leads > 1);
    QCOMPARE(page().list().selectedCount(), 1);
    // As from the palette, the timeline or a link.
    m_window->openRecord({customer().id(), m_profile->company().treequote});
    m_profile->settle();
    QCOMPARE(page().record().model().reference().id, m_profile->company().treequote);
    QCOMPARE(page().list().selectedCount(), 0);
    m_window->commands().run(QStringLiteral("record.trash"));
    m_profile->settle();
    QCOMPARE(page().list().model().rowCount(), leads);
    QVERIFY(!page().isRecordOpen()); // it stood nowhere: nothing stands in its place
    QCOMPARE(trashedIds(), (std::vector<base::Id>{m_profile->company().treequote}));
    // And back, from where it is open.
    m_window->openRecord({customer().id(), m_profile->company().treequote});
    m_profile->settle();
    m_window->commands().run(QStringLiteral("record.trash"));
    m_profile->settle();
    QCOMPARE(trashedIds(), std::vector<base::Id>());
}

void TestMainWindow::theRecordsMenuIsAboutTheRecord()
{
    page().openRecord(m_profile->company().treequote);
    m_profile->settle();
    // Other rows are selected, the current one not among them.
    QItemSelectionModel &selection = *page().list().table().selectionModel();
    const int other = page().list().currentRow() == 0 ? 1 : 0;
    selection.select(page().list().model().index(other, 1), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    QTimer::singleShot(0, this, [] {
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu != nullptr);
        for (QAction *action : menu->actions()) {
            if (action->text() == QStringLiteral("Move to trash"))
                action->trigger();
        }
        menu->close();
    });
    Q_EMIT page().record().menuRequested(QPoint(100, 100));
    m_profile->settle();
    QCOMPARE(trashedIds(), (std::vector<base::Id>{m_profile->company().treequote}));
}

void TestMainWindow::selectAllAndDeleteMeansAll()
{
    // More rows than the pages that a view has read.
    constexpr int kMany = 600;
    QVERIFY(m_profile->onStore<store::CommitReport>([this](store::Store &store) {
        store::ChangeSet set;
        for (int i = 0; i < kMany; ++i) {
            changes::LocalChange change;
            change.kind = changes::OperationKind::Create;
            change.entity = customer().id();
            change.values = {{customer().titleField()->key, Value(QStringLiteral("Customer %1").arg(i, 4))}};
            set.changes.push_back(std::move(change));
        }
        return store.commit(set);
    }).ok());
    m_profile->settle();
    const int all = page().list().model().rowCount();
    QVERIFY(all > kMany);
    QString asked;
    const auto answer = [&asked](const QString &button) {
        QTimer::singleShot(0, qApp, [&asked, button] {
            auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
            QVERIFY(box != nullptr);
            asked = box->text();
            for (QAbstractButton *each : box->buttons()) {
                if (each->text().remove(QLatin1Char('&')) == button)
                    each->click();
            }
        });
    };
    page().list().table().selectAll();
    QCOMPARE(page().list().selectedCount(), all);
    answer(QStringLiteral("Cancel"));
    page().removeSelected();
    QCOMPARE(asked, QStringLiteral("Move %1 customers to the trash?").arg(all));
    m_profile->settle();
    QCOMPARE(page().list().model().rowCount(), all);
    answer(QStringLiteral("Move to trash"));
    page().removeSelected();
    QTRY_COMPARE_WITH_TIMEOUT(page().list().model().rowCount(), 0, 30'000);
    m_profile->settle();
    // One action: one undo.
    QVERIFY(m_window->findChild<ui::Toast *>()->isVisible());
    m_window->undoLast();
    QTRY_COMPARE_WITH_TIMEOUT(page().list().model().rowCount(), all, 30'000);
}

void TestMainWindow::aRecordThatLeavesTheListLeavesItsPlace()
{
    page().showFilter(*store::Filter::parse(QStringLiteral("stage = lead")), QStringLiteral("Leads"));
    m_profile->settle();
    page().list().moveCurrent(1);
    page().list().moveCurrent(1);
    m_profile->settle();
    const int row = page().list().currentRow();
    const base::Id edited = page().list().currentId();
    const base::Id next = page().list().model().idAt(row + 1);
    QVERIFY(!next.isNull());
    page().record().model().edit(*customer().field(QStringLiteral("stage")), Value(QStringLiteral("customer")));
    page().saveRecord();
    m_profile->settle();
    // It stays open; no other row looks as if it were this one.
    QCOMPARE(page().record().model().reference().id, edited);
    QCOMPARE(page().list().selectedCount(), 0);
    page().stepRecord(1);
    m_profile->settle();
    QCOMPARE(page().record().model().reference().id, next);
    QCOMPARE(page().list().currentRow(), row);
}

void TestMainWindow::filtersNarrowTheList()
{
    const int all = page().list().model().rowCount();
    page().showFilter(*store::Filter::parse(QStringLiteral("stage = lead and owner = me")), QStringLiteral("My leads"));
    m_profile->settle();
    QCOMPARE(page().list().filterBar().conditionCount(), 2);
    QCOMPARE(page().list().filterBar().words(0), QStringLiteral("Stage is Lead"));
    QCOMPARE(page().list().filterBar().words(1), QStringLiteral("Owner is me"));
    QCOMPARE(page().list().model().rowCount(), 1);
    page().list().filterBar().removeCondition(1);
    m_profile->settle();
    QVERIFY(page().list().model().rowCount() > 1);
    page().list().filterBar().removeCondition(0);
    m_profile->settle();
    QCOMPARE(page().list().model().rowCount(), all);
}

void TestMainWindow::theListKeepsItsRecordWhenRowsMove()
{
    page().openRecord(m_profile->company().treequote);
    m_profile->settle();
    const int row = page().list().currentRow();
    // The date by which the list is sorted: the record goes to the end.
    ui::EditModel &model = page().record().model();
    model.edit(*customer().field(QStringLiteral("next_step_at")), Value(std::int64_t(QDate(1970, 1, 1).daysTo(QDate(2029, 1, 1)))));
    page().saveRecord();
    m_profile->settle();
    QVERIFY(page().list().currentRow() > row);
    QCOMPARE(page().list().currentId(), m_profile->company().treequote);
    QCOMPARE(model.reference().id, m_profile->company().treequote);
}

void TestMainWindow::severalSelectedRowsStayTheSameRecords()
{
    ui::RecordTable &table = page().list().table();
    table.setCurrentIndex(page().list().model().index(2, 1));
    m_profile->settle();
    table.selectionModel()->select(page().list().model().index(4, 1), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    const auto selected = [this] {
        std::vector<base::Id> ids = page().list().selectedIds();
        std::sort(ids.begin(), ids.end());
        return ids;
    };
    const std::vector<base::Id> before = selected();
    QCOMPARE(before.size(), size_t(2));
    // A colleague moves the first row to the end: all others go up by one.
    changes::LocalChange change;
    change.kind = changes::OperationKind::Set;
    change.entity = customer().id();
    change.record = page().list().model().idAt(0);
    change.values = {{customer().field(QStringLiteral("next_step_at"))->key, Value(std::int64_t(QDate(1970, 1, 1).daysTo(QDate(2029, 1, 1))))}};
    QVERIFY(m_profile->onStore<store::CommitReport>([change](store::Store &store) {
        store::ChangeSet set;
        set.changes.push_back(change);
        return store.commit(set);
    }).ok());
    m_profile->settle();
    QVERIFY(page().list().model().idAt(0) != change.record);
    QVERIFY(selected() == before);
}

void TestMainWindow::escGoesBackStepByStep()
{
    page().openRecord(m_profile->company().treequote);
    page().record().focusForm();
    m_profile->settle();
    key(Qt::Key_Escape);
    QVERIFY(page().list().table().hasFocus());
    QVERIFY(page().isRecordOpen());
    key(Qt::Key_Escape);
    QVERIFY(!page().isRecordOpen());
}

void TestMainWindow::escLeadsBackFromAnywhere()
{
    page().openRecord(m_profile->company().treequote);
    m_profile->settle();
    m_window->resize(760, 520);
    m_profile->settle();
    m_window->findChild<ui::SideBar *>()->findChild<ui::SideBarRow *>()->setFocus();
    key(Qt::Key_Escape);
    QVERIFY(!page().isRecordOpen());
    QVERIFY(page().list().isVisible());
}

void TestMainWindow::altShowsTheMenuAndGivesTheFocusBack()
{
    page().list().focusTable();
    QTest::keyClick(m_window.get(), Qt::Key_Alt);
    QVERIFY(m_window->menuBar()->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_Alt);
    QVERIFY(!m_window->menuBar()->isVisible());
    QVERIFY(page().list().table().hasFocus());
}

void TestMainWindow::f2EditsAndUndoTakesTheChangeBack()
{
    page().list().setCurrent(m_profile->company().treequote);
    m_profile->settle();
    page().list().focusTable();
    key(Qt::Key_F2);
    QVERIFY(page().record().isAncestorOf(QApplication::focusWidget()));
    auto *phone = qobject_cast<QLineEdit *>(page().record().form().row(QStringLiteral("phone"))->editor().input());
    const QString before = phone->text();
    phone->setFocus();
    phone->selectAll();
    QTest::keyClicks(phone, QStringLiteral("+1 415 555 0000"));
    m_window->commands().run(QStringLiteral("record.save"));
    m_profile->settle();
    QVERIFY(m_window->findChild<ui::Toast *>()->isVisible());
    // The field has the focus still, and nothing of its own to take back: the key is the window's.
    QVERIFY(!phone->isUndoAvailable());
    QTest::keyClick(phone, Qt::Key_Z, Qt::ControlModifier);
    m_profile->settle();
    QCOMPARE(phone->text(), before);
    QVERIFY(!page().record().model().isDirty());
}

void TestMainWindow::anUntouchedNewRecordIsNoDraft()
{
    m_window->commands().run(QStringLiteral("record.new"));
    m_profile->settle();
    QVERIFY(!page().hasDrafts()); // the owner was filled in, not typed
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("Half"));
    QVERIFY(page().hasDrafts());
    page().closeRecord();
    QVERIFY(page().hasDrafts());
    m_window->commands().run(QStringLiteral("record.new"));
    m_profile->settle();
    QCOMPARE(page().record().model().value(*customer().titleField()).textOrEmpty(), QStringLiteral("Half")); // what was begun and left
    QVERIFY(page().hasDrafts());
}

void TestMainWindow::nothingWaitsWithoutAServer()
{
    const auto marks = [this] {
        int waiting = 0;
        const ui::RecordListModel &rows = page().list().model();
        for (int row = 0; row < rows.rowCount(); ++row)
            waiting += rows.index(row, 0).data(ui::StateMarkRole).toInt() == int(ui::StateMark::Waiting) ? 1 : 0;
        return waiting;
    };
    QVERIFY(marks() > 0);
    cleanup();
    m_theme = std::make_unique<ui::Theme>(qApp);
    m_profile = std::make_unique<testlib::OpenProfile>();
    testlib::SampleOptions alone;
    alone.withServer = false;
    QVERIFY(m_profile->openSample(alone));
    makeWindow();
    QCOMPARE(marks(), 0);
    page().openRecord(m_profile->company().treequote);
    m_profile->settle();
    for (const model::Field &field : customer().fields())
        QVERIFY(!page().record().model().isWaiting(field));
}

void TestMainWindow::aRowIsHoveredAsAWhole()
{
    page().list().focusTable();
    m_profile->settle();
    QTableView &table = page().list().table();
    constexpr int kRow = 5;
    const QRect cell = table.visualRect(page().list().model().index(kRow, 2));
    QTest::mouseMove(table.viewport(), cell.center());
    m_profile->settle();
    const QImage shown = table.viewport()->grab().toImage();
    const QColor hover = m_theme->tokens().hover;
    for (const int column : {1, 2, 4}) {
        const QRect other = table.visualRect(page().list().model().index(kRow, column));
        QCOMPARE(shown.pixelColor(other.right() - 2, other.top() + 2), hover);
    }
}

void TestMainWindow::roomIsGivenUpInOrder()
{
    page().openRecord(m_profile->company().treequote);
    m_profile->settle();
    QVERIFY(!m_window->findChild<ui::SideBar *>()->isNarrow());
    m_window->resize(1000, 700);
    m_profile->settle();
    QVERIFY(m_window->findChild<ui::SideBar *>()->isNarrow());
    QVERIFY(page().list().isVisible());
    QVERIFY(page().list().table().columnWidth(page().list().model().columnOf(QStringLiteral("name"))) >= 120);
    m_window->resize(760, 520);
    m_profile->settle();
    QVERIFY(!page().list().isVisible()); // the record is a page now
    QVERIFY(page().record().isVisible());
    QCOMPARE(m_window->size(), QSize(760, 520));
    page().closeRecord();
    QVERIFY(page().list().isVisible());
}

void TestMainWindow::stateComesBack()
{
    page().showView(QStringLiteral("mine"));
    page().list().model().setFields({QStringLiteral("name"), QStringLiteral("email")});
    Q_EMIT page().list().stateChanged();
    m_window->openPage(QStringLiteral("deal"));
    QTRY_VERIFY_WITH_TIMEOUT([this] {
        const auto kept = m_profile->onStore<QByteArray>([](store::Store &store) { return store.setting(QStringLiteral("page.customer")); });
        return kept.ok() && kept->contains("email");
    }(), 10'000);
    QVERIFY(m_window->close());
    m_profile->settle();
    makeWindow();
    QCOMPARE(page().key(), QStringLiteral("deal"));
    m_window->openPage(QStringLiteral("customer"));
    m_profile->settle();
    QCOMPARE(page().currentView(), QStringLiteral("mine"));
    QCOMPARE(page().list().model().fieldNames(), (QStringList{QStringLiteral("name"), QStringLiteral("email")}));
}

void TestMainWindow::linksLeadToOtherPages()
{
    const model::Entity *ticket = m_profile->database().catalog()->entity(QStringLiteral("ticket"));
    const auto id = m_profile->onStore<base::Id>([ticket](store::Store &store) { return store.resolve(ticket->id(), QStringLiteral("T-4478")); });
    QVERIFY(id.ok());
    m_window->openRecord({ticket->id(), *id});
    m_profile->settle();
    QCOMPARE(page().key(), QStringLiteral("ticket"));
    QCOMPARE(page().record().model().reference().id, *id);
    // A call has no page: it leads to its customer.
    const model::Entity *talk = m_profile->database().catalog()->entity(QStringLiteral("interaction"));
    const auto call = m_profile->onStore<base::Id>([talk](store::Store &store) { return store.resolve(talk->id(), QStringLiteral("Call with Ida Mortensen")); });
    QVERIFY(call.ok());
    m_window->openRecord({talk->id(), *call});
    m_profile->settle();
    QCOMPARE(page().key(), QStringLiteral("customer"));
    QCOMPARE(page().record().model().reference().id, m_profile->company().treequote);
    m_window->newRecord(ticket->id(), {{ticket->field(QStringLiteral("customer"))->key, Value(model::Reference{customer().id(), m_profile->company().treequote})}});
    m_profile->settle();
    QCOMPARE(page().key(), QStringLiteral("ticket"));
    QVERIFY(page().record().model().isNew());
    QCOMPARE(page().record().model().value(*ticket->field(QStringLiteral("customer"))).referenceId(), m_profile->company().treequote);
}

void TestMainWindow::theProbeSeesABlock()
{
    ui::StallProbe probe;
    probe.start();
    QCoreApplication::processEvents();
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 60) { // the UI thread is held on purpose
    }
    QTRY_VERIFY(probe.longestMs() >= 50);
    QVERIFY(probe.stalls() >= 1);
    probe.stop();
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
