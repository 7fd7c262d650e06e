// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a window leaves to the next one when the program is locked.
#include "tests/testlib/open_profile.h"
#include "ui/pages/records/records_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/window_state.h"
#include "ui/widgets/record/record_panel.h"

#include <QApplication>
#include <QAbstractButton>
#include <QApplication>
#include <QTest>
#include <QTimer>

using namespace fieldfare;
using model::Value;

class TestWindowState final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void whatIsTypedOutlivesALock();
    void whatIsTypedIsKeptForLaterOrThrownAway();
    void theStateOfAWindowIsWhatItWas();

private:
    void makeWindow(const QByteArray &state = {});
    ui::RecordsPage &page() { return *qobject_cast<ui::RecordsPage *>(m_window->currentPage()); }
    const model::Entity &customer() { return *m_profile->database().catalog()->entity(QStringLiteral("customer")); }

    std::unique_ptr<testlib::OpenProfile> m_profile;
    std::unique_ptr<ui::Theme> m_theme;
    store::StandAloneStatus m_sync;
    std::unique_ptr<ui::MainWindow> m_window;
};

void TestWindowState::makeWindow(const QByteArray &state)
{
    const ui::MainWindow::Parts parts{m_profile->database(), *m_theme, m_profile->names(), m_profile->texts(), m_profile->clock(), m_sync, false, state};
    m_window = std::make_unique<ui::MainWindow>(parts, ui::recordModules(*m_profile->database().catalog()));
    m_window->show();
    m_profile->settle();
}

void TestWindowState::init()
{
    m_theme = std::make_unique<ui::Theme>(qApp);
    m_theme->setMode(ui::ThemeMode::Light);
    m_profile = std::make_unique<testlib::OpenProfile>();
    QVERIFY(m_profile->openSample());
    makeWindow();
}

void TestWindowState::cleanup()
{
    m_window.reset();
    m_profile.reset();
    m_theme.reset();
}

void TestWindowState::whatIsTypedOutlivesALock()
{
    const auto write = [this](const QByteArray &state) {
        return m_profile->onStore<bool>([state](store::Store &store) -> base::Result<bool> {
            FIELDFARE_TRY(store.setSetting(ui::WindowState::kSetting, state));
            return true;
        }).ok();
    };
    const auto drafts = [this] {
        const auto bytes = m_profile->onStore<QByteArray>([](store::Store &store) { return store.setting(ui::WindowState::kSetting); });
        return ui::WindowState::fromBytes(bytes.ok() ? *bytes : QByteArray()).drafts.keys();
    };
    const auto edit = [this](const char *name, const char *text) {
        ui::EditModel &model = page().record().model();
        model.edit(*model.entity()->field(QLatin1StringView(name)), Value(QString::fromUtf8(text)));
    };
    m_window->openPage(QStringLiteral("deal"));
    page().newRecord();
    m_profile->settle();
    edit("name", "Begun");
    m_window->openRecord({customer().id(), m_profile->company().treequote});
    m_profile->settle();
    edit("website", "https://half.example");
    const QByteArray state = m_window->stateForUnlock();
    QCOMPARE(drafts(), QStringList()); // asking for it writes nothing
    QVERIFY(write(state));
    m_window.reset(); // as the lock does it: nothing is asked
    makeWindow();
    QCOMPARE(page().key(), QStringLiteral("customer"));
    QCOMPARE(page().record().model().reference().id, m_profile->company().treequote);
    QCOMPARE(page().record().model().value(*customer().field(QStringLiteral("website"))), Value(QStringLiteral("https://half.example")));
    QTRY_COMPARE_WITH_TIMEOUT(drafts(), QStringList(), 10'000); // they are the window's now, and a later start finds none

    // Once more before the other page was made.
    const QByteArray again = m_window->stateForUnlock();
    QCOMPARE(ui::WindowState::fromBytes(again).drafts.keys(), (QStringList{QStringLiteral("customer"), QStringLiteral("deal")}));
    m_window.reset();
    makeWindow(again); // held in memory
    QVERIFY(page().record().model().isDirty());
    m_window->openPage(QStringLiteral("deal"));
    page().newRecord();
    m_profile->settle();
    ui::EditModel &deal = page().record().model();
    QCOMPARE(deal.value(*deal.entity()->field(QStringLiteral("name"))), Value(QStringLiteral("Begun")));
    // The new record itself comes back, too.
    const QByteArray onDeal = m_window->stateForUnlock();
    QVERIFY(write(onDeal));
    m_window.reset();
    makeWindow();
    QCOMPARE(page().key(), QStringLiteral("deal"));
    QVERIFY(page().record().model().isNew());
    QCOMPARE(page().record().model().draftCount(), 1);
    page().record().revert();
    m_window->openRecord({customer().id(), m_profile->company().treequote});
    m_profile->settle();
    page().record().revert();
    QVERIFY(m_window->close()); // nothing is left to be asked about
}

/// Closing asks once; each answer does what it says.
void TestWindowState::whatIsTypedIsKeptForLaterOrThrownAway()
{
    const auto type = [this] {
        m_window->openRecord({customer().id(), m_profile->company().treequote});
        m_profile->settle();
        page().record().model().edit(*customer().field(QStringLiteral("website")), Value(QStringLiteral("https://half.example")));
    };
    // A box blocks: the answer is given from its own event loop.
    const auto closeAnswering = [this](const QString &answer) {
        bool isAnswered = false;
        QTimer::singleShot(0, this, [&] {
            for (QAbstractButton *button : QApplication::activeModalWidget()->findChildren<QAbstractButton *>()) {
                if (button->text() == answer) {
                    isAnswered = true;
                    button->click();
                    return;
                }
            }
        });
        const bool isClosed = m_window->close();
        m_profile->settle();
        return isAnswered && isClosed;
    };
    type();
    QVERIFY(!closeAnswering(QStringLiteral("Cancel")));
    QVERIFY(page().record().model().isDirty());
    QVERIFY(closeAnswering(QStringLiteral("Keep for later")));
    m_window.reset();
    makeWindow();
    QCOMPARE(page().record().model().value(*customer().field(QStringLiteral("website"))), Value(QStringLiteral("https://half.example")));
    QVERIFY(page().record().model().isDirty());
    QVERIFY(closeAnswering(QStringLiteral("Discard")));
    m_window.reset();
    makeWindow();
    QVERIFY(!page().record().hasDrafts());
}

void TestWindowState::theStateOfAWindowIsWhatItWas()
{
    ui::WindowState state{QByteArray("\x01\x00\xff", 3), QStringLiteral("ticket"), base::Id().toString(), {}};
    state.drafts.insert(QStringLiteral("ticket"), QByteArray("\x00z", 2));
    QCOMPARE(ui::WindowState::fromBytes(state.toBytes()), state);
    QCOMPARE(ui::WindowState::fromBytes("{]"), ui::WindowState());
    QCOMPARE(ui::WindowState::fromBytes({}), ui::WindowState());
}

QTEST_MAIN(TestWindowState)
#include "tst_window_state.moc"
