// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What one's role may not do is grey, with the reason, and open again as soon as the right is there.
#include "tests/testlib/limited_role.h"
#include "ui/model/own_rights.h"
#include "ui/pages/records/records_page.h"
#include "ui/shell/command_table.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/record/record_panel.h"

#include <QAction>
#include <QPushButton>
#include <QTest>

using namespace fieldfare;
using model::Value;

class TestOwnRights final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_theme = std::make_unique<ui::Theme>(qApp);
        m_theme->setMode(ui::ThemeMode::Light);
        m_profile = std::make_unique<testlib::OpenProfile>();
        QVERIFY(m_profile->openSample({.withServer = false}));
        const ui::MainWindow::Parts parts{m_profile->database(), *m_theme, m_profile->names(), m_profile->texts(), m_profile->clock(), m_sync};
        m_window = std::make_unique<ui::MainWindow>(parts, ui::recordModules(*m_profile->database().catalog()));
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->openPage(QStringLiteral("customer"));
        m_profile->settle();
    }
    void cleanup()
    {
        m_window.reset();
        m_profile.reset();
        m_theme.reset();
    }

    void newRecordsAreOfferedToWhoMayCreate()
    {
        QVERIFY(button()->isEnabled());
        QVERIFY(command("new.customer")->isEnabled());
        QVERIFY(testlib::limitRole(*m_profile, {{"edit_reach", Value(QStringLiteral("all"))}}).ok());
        m_profile->settle();
        QVERIFY(!button()->isEnabled());
        QVERIFY2(button()->toolTip().startsWith(QLatin1StringView("Your role may not create customers")), qPrintable(button()->toolTip()));
        QVERIFY(!command("new.customer")->isEnabled());
        QVERIFY(command("new.deal")->isEnabled());
        command("record.new")->trigger(); // by key
        QVERIFY(!page().isRecordOpen());
    }

    void aRightThatIsThereAgainOpensIt()
    {
        QVERIFY(testlib::limitRole(*m_profile, {}).ok());
        m_profile->settle();
        QVERIFY(!button()->isEnabled());
        const auto undone = m_profile->onStore<int>([](store::Store &store) -> base::Result<int> {
            FIELDFARE_ASSIGN(const base::Id last, store.lastUndoable());
            FIELDFARE_TRY(store.undo(last));
            return 1;
        });
        QVERIFY(undone.ok());
        m_profile->settle();
        QVERIFY(button()->isEnabled());
        QVERIFY(command("new.customer")->isEnabled());
    }

private:
    ui::RecordsPage &page() { return *qobject_cast<ui::RecordsPage *>(m_window->currentPage()); }
    QAction *command(const char *id) { return m_window->commands().action(QLatin1StringView(id)); }
    QPushButton *button()
    {
        for (QPushButton *const each : page().findChildren<QPushButton *>()) {
            if (each->text() == QLatin1StringView("New customer") && each->isVisible())
                return each;
        }
        return nullptr;
    }

    std::unique_ptr<testlib::OpenProfile> m_profile;
    std::unique_ptr<ui::Theme> m_theme;
    store::StandAloneStatus m_sync;
    std::unique_ptr<ui::MainWindow> m_window;
};

QTEST_MAIN(TestOwnRights)
#include "tst_own_rights.moc"
