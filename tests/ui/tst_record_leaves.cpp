// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A record goes out of its reader's sight while it is open: the page says so, and what was typed is there again with it.
#include "tests/testlib/open_profile.h"
#include "ui/pages/records/records_page.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/controls/toast.h"
#include "ui/widgets/record/record_panel.h"

#include <QApplication>
#include <QLabel>
#include <QTest>

using namespace fieldfare;
using model::Value;

class TestRecordLeaves final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aRecordThatIsReadGoesWithAWord();
    void whatWasTypedComesBackWithIt();

private:
    ui::RecordsPage &page() { return *qobject_cast<ui::RecordsPage *>(m_window->currentPage()); }
    const model::Entity &customer() { return *m_profile->database().catalog()->entity(QStringLiteral("customer")); }
    void open()
    {
        m_window->openRecord({customer().id(), m_id});
        m_profile->settle();
    }
    void take(bool leaves)
    {
        const auto taken = m_profile->onStore<int>([this, leaves](store::Store &store) -> base::Result<int> {
            changes::RowChange change;
            change.entity = customer().id();
            change.id = m_id;
            change.seq = ++m_version;
            change.left = leaves;
            if (!leaves) {
                change.createVersion = 1;
                change.stamp = {1, {}, 1, {}};
                change.fields = {{customer().field(QStringLiteral("name"))->key, m_version, Value(QStringLiteral("Treequote"))}};
            }
            FIELDFARE_TRY(store.applyRemote([&](changes::Replica &replica) { return replica.takeChanges(std::span(&change, 1)); }));
            return 0;
        });
        QVERIFY(taken.ok());
        m_profile->settle();
    }
    [[nodiscard]] QString said()
    {
        QStringList texts;
        for (const QLabel *const label : m_window->findChild<ui::Toast *>()->findChildren<QLabel *>())
            texts.append(label->text());
        return texts.join(QLatin1Char(' '));
    }

    std::unique_ptr<testlib::OpenProfile> m_profile;
    std::unique_ptr<ui::Theme> m_theme;
    store::StandAloneStatus m_sync;
    std::unique_ptr<ui::MainWindow> m_window;
    base::Id m_id;
    changes::Version m_version = changes::Version(1) << 50;
};

void TestRecordLeaves::init()
{
    m_theme = std::make_unique<ui::Theme>(qApp);
    m_theme->setMode(ui::ThemeMode::Light);
    m_profile = std::make_unique<testlib::OpenProfile>();
    QVERIFY(m_profile->openSample());
    m_id = m_profile->company().treequote;
    const ui::MainWindow::Parts parts{m_profile->database(), *m_theme, m_profile->names(), m_profile->texts(), m_profile->clock(), m_sync};
    m_window = std::make_unique<ui::MainWindow>(parts, ui::recordModules(*m_profile->database().catalog()));
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_profile->settle();
    open();
    QVERIFY(page().isRecordOpen());
}

void TestRecordLeaves::cleanup()
{
    m_window.reset();
    m_profile.reset();
    m_theme.reset();
}

void TestRecordLeaves::aRecordThatIsReadGoesWithAWord()
{
    take(true);
    QVERIFY(!page().isRecordOpen());
    QVERIFY2(said().contains(QLatin1StringView("no longer on this computer: it was erased, or you may not see it now")), qPrintable(said()));
}

void TestRecordLeaves::whatWasTypedComesBackWithIt()
{
    const model::Field &phone = *customer().field(QStringLiteral("phone"));
    page().record().model().edit(phone, Value(QStringLiteral("555 0199")));
    take(true);
    QVERIFY(!page().isRecordOpen());
    QVERIFY2(said().contains(QLatin1StringView("What you typed is there again if it comes back")), qPrintable(said()));
    take(false);
    open();
    QVERIFY(page().isRecordOpen());
    QCOMPARE(page().record().model().value(phone).textOrEmpty(), QStringLiteral("555 0199"));
    QVERIFY(page().record().model().isDirty(phone));
}

QTEST_MAIN(TestRecordLeaves)
#include "tst_record_leaves.moc"
