// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What stands round the pages: the toast, the sheet of keys, the sample's banner, and the ways out of the window.
#include "core/model/choice_seeds.h"
#include "core/model/entities/entities.h"
#include "core/store/query/list_reader.h"
#include "tests/testlib/open_profile.h"
#include "tests/testlib/page_reader.h"
#include "ui/pages/records/records_page.h"
#include "ui/pages/settings/preferences.h"
#include "ui/pages/settings/settings_page.h"
#include "ui/shell/command_table.h"
#include "ui/shell/key_sheet.h"
#include "ui/shell/standard_modules.h"
#include "ui/widgets/controls/banner.h"
#include "ui/widgets/controls/side_bar.h"
#include "ui/widgets/controls/side_bar_row.h"
#include "ui/widgets/controls/toast.h"
#include "ui/widgets/form/entity_form.h"
#include "ui/widgets/form/form_row.h"
#include "ui/widgets/record/record_panel.h"
#include "ui/widgets/theme/tokens.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace fieldfare;

class TestWindowFrame final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void theToastLeavesTheSideBarFree();
    void keySheetShowsMenusWithoutTheirLetters();
    void theSideBarCountsPagesThatNobodyHasOpened();
    void f1ShowsEveryKey();
    void aSampleSaysThatItIsOne();
    void aRealProfileSaysNothingOfSamples();
    void anAddressIsReadableInEveryTheme();
    void aloneOneCanConnect();
    void withAServerOneNeedNot();

private:
    void makeWindow(bool isSample = false);
    void showSettings();

    std::unique_ptr<testlib::OpenProfile> m_profile;
    QTemporaryDir m_folder;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<ui::Preferences> m_preferences;
    store::StandAloneStatus m_alone;
    std::unique_ptr<ui::MainWindow> m_window;
};

namespace {

class SyncedStatus final : public store::SyncStatus {
public:
    [[nodiscard]] store::LinkState state() const override
    {
        store::LinkState state;
        state.link = store::LinkState::Link::Synced;
        state.server = QStringLiteral("crm.sonron.example");
        return state;
    }
    void syncNow() override {}
    void setPaused(bool) override {}
};

} // namespace

void TestWindowFrame::initTestCase()
{
    m_profile = std::make_unique<testlib::OpenProfile>();
    QVERIFY(m_profile->openSample());
}

void TestWindowFrame::makeWindow(bool isSample)
{
    const ui::MainWindow::Parts parts{m_profile->database(), *m_theme, m_profile->names(), m_profile->texts(), m_profile->clock(), m_alone, isSample};
    m_window = std::make_unique<ui::MainWindow>(parts, ui::standardModules(*m_profile->database().catalog(), *m_preferences, nullptr));
    m_window->resize(1440, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_profile->settle();
}

void TestWindowFrame::init()
{
    m_theme = std::make_unique<ui::Theme>(qApp);
    m_theme->setMode(ui::ThemeMode::Light);
    m_preferences = std::make_unique<ui::Preferences>(m_folder.filePath(QStringLiteral("fieldfare.ini")));
    makeWindow();
}

void TestWindowFrame::cleanup()
{
    m_window.reset();
    m_preferences.reset();
    m_theme.reset();
}

void TestWindowFrame::theToastLeavesTheSideBarFree()
{
    m_window->announce(QStringLiteral("check"), QStringLiteral("Done"), {});
    const auto *toast = m_window->findChild<ui::Toast *>();
    const auto *sideBar = m_window->findChild<ui::SideBar *>();
    QVERIFY(toast->isVisible());
    QVERIFY(!toast->geometry().intersects(sideBar->geometry()));
    const int wide = toast->x();
    m_window->resize(1000, 700); // the side bar is narrow now
    QTRY_VERIFY(toast->x() < wide);
    QVERIFY(!toast->geometry().intersects(sideBar->geometry()));
}

/// Languages without the letter append it in brackets.
void TestWindowFrame::keySheetShowsMenusWithoutTheirLetters()
{
    QWidget window;
    ui::CommandTable commands(&window);
    commands.add({QStringLiteral("quit"), QStringLiteral("退出"), QString(), QKeySequence(Qt::CTRL | Qt::Key_Q), QStringLiteral("文件(&F)")}, [] {});
    commands.add({QStringLiteral("undo"), QStringLiteral("Undo"), QString(), QKeySequence(Qt::CTRL | Qt::Key_Z), QStringLiteral("&Edit")}, [] {});
    const ui::KeySheet sheet(commands, nullptr);
    const QAbstractItemModel *rows = sheet.findChild<QTableView *>()->model();
    QCOMPARE(rows->index(0, 0).data().toString(), QStringLiteral("文件"));
    QCOMPARE(rows->index(2, 0).data().toString(), QStringLiteral("Edit"));
}

void TestWindowFrame::theSideBarCountsPagesThatNobodyHasOpened()
{
    const auto rowOf = [this](const char *title) -> ui::SideBarRow * {
        for (ui::SideBarRow *row : m_window->findChildren<ui::SideBarRow *>()) {
            if (row->text() == QString::fromLatin1(title))
                return row;
        }
        return nullptr;
    };
    const model::Entity &deal = *m_profile->database().catalog()->entity(QStringLiteral("deal"));
    const auto mine = [&]() -> QString {
        const auto count = m_profile->onStore<std::int64_t>([&](store::Store &store) -> base::Result<std::int64_t> {
            FIELDFARE_ASSIGN(const changes::ReplicaState state, store.replicaState());
            store::FilterContext context;
            context.user = state.user;
            store::ListQuery query;
            query.entity = deal.id();
            FIELDFARE_ASSIGN(query.filter, store::Filter::parse(QStringLiteral("owner = me and state = open")));
            return store::ListReader(store.connection(), store.catalog(), context).count(query);
        });
        return QString::number(qint64(*count));
    };
    QVERIFY(rowOf("Deals") != nullptr);
    const QString before = mine();
    QVERIFY(before != QStringLiteral("0"));
    QCOMPARE(rowOf("Deals")->count(), before);
    QVERIFY(m_profile->onStore<store::CommitReport>([&](store::Store &store) -> base::Result<store::CommitReport> {
        FIELDFARE_ASSIGN(const changes::ReplicaState state, store.replicaState());
        changes::LocalChange change;
        change.kind = changes::OperationKind::Create;
        change.entity = deal.id();
        change.values = {{deal.field(QStringLiteral("name"))->key, model::Value(QStringLiteral("One more"))},
                         {deal.field(QStringLiteral("owner"))->key, model::Value(model::Reference{model::entities::kUser.id, state.user})},
                         {deal.field(QStringLiteral("stage"))->key, model::Value(model::Reference{model::entities::kStage.id, model::stageSeedId("prospecting")})}};
        store::ChangeSet set;
        set.changes = {change};
        return store.commit(set);
    }).ok());
    m_profile->settle();
    QCOMPARE(rowOf("Deals")->count(), QString::number(before.toInt() + 1));
    QCOMPARE(mine(), QString::number(before.toInt() + 1));
}

void TestWindowFrame::f1ShowsEveryKey()
{
    QTest::keyClick(m_window.get(), Qt::Key_F1);
    auto *sheet = m_window->findChild<ui::KeySheet *>();
    QVERIFY(sheet != nullptr && sheet->isVisible());
    const QAbstractItemModel *rows = sheet->findChild<QTableView *>()->model();
    QHash<QString, QString> keys;
    for (int row = 0; row < rows->rowCount(); ++row)
        keys.insert(rows->index(row, 1).data().toString(), rows->index(row, 0).data().toString());
    for (const ui::Command &command : m_window->commands().commands()) {
        if (!command.keys.isEmpty())
            QVERIFY2(!keys.value(command.text).isEmpty(), qUtf8Printable(command.id));
    }
    QCOMPARE(keys.value(QStringLiteral("Save the record")), QStringLiteral("Ctrl+S"));
    QCOMPARE(keys.value(QStringLiteral("Quit")), QStringLiteral("Ctrl+Q")); // on any desktop
    QTest::keyClick(m_window.get(), Qt::Key_F1); // one is enough
    QCOMPARE(m_window->findChildren<ui::KeySheet *>().size(), 1);
    QTest::keyClick(sheet, Qt::Key_Escape);
    QTRY_VERIFY(m_window->findChild<ui::KeySheet *>() == nullptr);
}

void TestWindowFrame::aSampleSaysThatItIsOne()
{
    makeWindow(true);
    const testlib::PageReader reader(*m_window);
    QVERIFY(reader.says("Sample company"));
    QVERIFY(m_window->windowTitle().contains(QStringLiteral("sample")));
    QSignalSpy asked(m_window.get(), &ui::MainWindow::outsidePageRequested);
    reader.button("Start with your own records")->click();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.front().front().toString(), QStringLiteral("welcome"));
}

void TestWindowFrame::aRealProfileSaysNothingOfSamples()
{
    QVERIFY(!testlib::PageReader(*m_window).says("Sample company"));
    QVERIFY(!m_window->windowTitle().contains(QStringLiteral("sample")));
}

void TestWindowFrame::anAddressIsReadableInEveryTheme()
{
    auto *records = qobject_cast<ui::RecordsPage *>(m_window->currentPage());
    m_window->openRecord({records->entity(), m_profile->company().treequote});
    m_profile->settle();
    const auto *line = qobject_cast<QLineEdit *>(records->record().form().row(QStringLiteral("email"))->editor().input());
    for (const ui::ThemeMode mode : {ui::ThemeMode::Dark, ui::ThemeMode::Light}) {
        m_theme->setMode(mode);
        QTRY_COMPARE(line->palette().color(QPalette::Text), ui::Tokens::of(line).link);
    }
}

void TestWindowFrame::showSettings()
{
    m_window->openPage(QStringLiteral("settings"));
    qobject_cast<ui::SettingsPage *>(m_window->currentPage())->showSection(QStringLiteral("sync"));
}

void TestWindowFrame::aloneOneCanConnect()
{
    QSignalSpy asked(m_window.get(), &ui::MainWindow::outsidePageRequested);
    showSettings();
    testlib::PageReader(*m_window).button("Connect to a server…")->click();
    m_window->openPage(QStringLiteral("sync"));
    testlib::PageReader(*m_window).button("Connect to a server…")->click();
    QCOMPARE(asked.size(), 2);
    QCOMPARE(asked.front().front().toString(), QStringLiteral("connect"));
    QCOMPARE(m_window->currentPage()->key(), QStringLiteral("sync")); // the program shows the page, or not
}

void TestWindowFrame::withAServerOneNeedNot()
{
    SyncedStatus synced;
    m_window.reset();
    const ui::MainWindow::Parts parts{m_profile->database(), *m_theme, m_profile->names(), m_profile->texts(), m_profile->clock(), synced};
    m_window = std::make_unique<ui::MainWindow>(parts, ui::standardModules(*m_profile->database().catalog(), *m_preferences, nullptr));
    m_window->show();
    m_profile->settle();
    showSettings();
    QVERIFY(testlib::PageReader(*m_window).button("Connect to a server…") == nullptr);
    m_window.reset();
}

QTEST_MAIN(TestWindowFrame)
#include "tst_window_frame.moc"
