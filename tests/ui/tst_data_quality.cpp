// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A person looks through the profile, reads what is wrong and what would be done, has it done, and goes on working meanwhile.
#include "tests/testlib/open_profile.h"
#include "tests/ui/shown_words.h"
#include "ui/pages/settings/data_quality_section.h"
#include "ui/pages/settings/settings_page.h"
#include "ui/shell/standard_modules.h"

#include <QAbstractButton>
#include <QLabel>
#include <QProgressBar>
#include <QSignalSpy>
#include <QTest>

using namespace fieldfare;

class TestDataQuality final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aSoundProfileIsSaidToBeSound();
    void whatIsWrongIsToldAndRepairedAfterAPreview();
    void whatNoRepairMendsSaysWhatToDo();
    void itCanBeStoppedAndLeft();
    void everythingIsReachedByKeyboard();

private:
    ui::DataQualitySection *section() const { return m_window->currentPage()->findChild<ui::DataQualitySection *>(); }
    QAbstractButton *button(const char *text) const { return ui_test::buttonNamed(section(), text); }
    bool says(const char *words) const { return ui_test::showsWords(section(), words); }
    void click(const char *text)
    {
        QSignalSpy reported(section(), &ui::DataQualitySection::reported);
        button(text)->click();
        QVERIFY(reported.wait(20'000));
    }
    void makeReferencesThatLeadNowhere()
    {
        const auto done = m_profile->onStore<int>([](store::Store &store) -> base::Result<int> {
            FIELDFARE_ASSIGN(store::ProfileInfo info, store.profileInfo());
            info.serverUrl.clear(); // with a server they might be outside one's rights
            FIELDFARE_TRY(store.setProfileInfo(info));
            FIELDFARE_TRY(store.connection().execute(QLatin1StringView("DELETE FROM customer WHERE rid = (SELECT c.rid FROM customer c JOIN deal d ON d.customer = c.id LIMIT 1)")));
            return 1;
        });
        QVERIFY(done.ok());
    }

    std::unique_ptr<testlib::OpenProfile> m_profile;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<ui::Preferences> m_preferences;
    store::StandAloneStatus m_sync;
    std::unique_ptr<ui::MainWindow> m_window;
};

void TestDataQuality::init()
{
    m_profile = std::make_unique<testlib::OpenProfile>();
    QVERIFY(m_profile->openSample());
    m_folder = std::make_unique<QTemporaryDir>();
    m_theme = std::make_unique<ui::Theme>(qApp);
    m_preferences = std::make_unique<ui::Preferences>(m_folder->filePath(QStringLiteral("fieldfare.ini")));
    const ui::MainWindow::Parts parts{m_profile->database(), *m_theme, m_profile->names(), m_profile->texts(), m_profile->clock(), m_sync};
    m_window = std::make_unique<ui::MainWindow>(parts, ui::standardModules(*m_profile->database().catalog(), *m_preferences, nullptr));
    m_window->show();
    m_profile->settle();
    m_window->openPage(QStringLiteral("settings"));
    qobject_cast<ui::SettingsPage *>(m_window->currentPage())->showSection(QStringLiteral("quality"));
}

void TestDataQuality::cleanup()
{
    m_window.reset();
    m_preferences.reset();
    m_theme.reset();
    m_profile.reset();
}

void TestDataQuality::aSoundProfileIsSaidToBeSound()
{
    QVERIFY(!says("What was found"));
    click("Check now");
    QVERIFY(says("Nothing is wrong."));
    QVERIFY(!says("What a repair would do"));
    QVERIFY(button("Check now")->isVisible());
    QVERIFY(!button("Stop")->isVisible());
}

void TestDataQuality::whatIsWrongIsToldAndRepairedAfterAPreview()
{
    makeReferencesThatLeadNowhere();
    click("Check now");
    QVERIFY(says("Something is wrong."));
    QVERIFY(says("one that is not here"));
    QVERIFY(says("What a repair would do"));
    QVERIFY(says("Undo takes it back."));
    // Telling is not doing.
    const auto before = m_profile->onStore<qint64>([](store::Store &store) { return store.connection().queryInt64(QLatin1StringView(
        "SELECT count(*) FROM deal WHERE customer IS NOT NULL AND customer NOT IN (SELECT id FROM customer)")); });
    QVERIFY(before.ok() && *before > 0);
    click("Repair");
    QVERIFY(says("Repaired."));
    QVERIFY(says("Nothing is wrong."));
    QVERIFY(!says("What a repair would do"));
}

void TestDataQuality::whatNoRepairMendsSaysWhatToDo()
{
    store::ProfileCheckReport report;
    report.rows = 12'345;
    report.damagedPages = {17, 18};
    for (const quint32 page : report.damagedPages)
        report.findings.append({store::CheckFinding::Kind::Page, store::CheckFinding::Mend::NotHere, QStringLiteral("page"), {}, page, 0, {}, {}});
    section()->showReport(report);
    QVERIFY(says("17, 18"));
    QVERIFY(says("salvage"));
    QVERIFY(says("backup"));
    QVERIFY(!button("Repair")->isVisible());
}

void TestDataQuality::itCanBeStoppedAndLeft()
{
    QSignalSpy reported(section(), &ui::DataQualitySection::reported);
    button("Check now")->click();
    QVERIFY(section()->isRunning());
    QVERIFY(button("Stop")->isVisible());
    QVERIFY(section()->findChild<QProgressBar *>()->isVisible());
    button("Stop")->click();
    QVERIFY(reported.wait(20'000));
    QVERIFY(!section()->isRunning());
    button("Check now")->click();
    m_window.reset(); // while it runs
    m_profile->settle();
}

void TestDataQuality::everythingIsReachedByKeyboard()
{
    makeReferencesThatLeadNowhere();
    QSignalSpy reported(section(), &ui::DataQualitySection::reported);
    button("Check now")->setFocus();
    QTest::keyClick(button("Check now"), Qt::Key_Space);
    QVERIFY(reported.wait(20'000));
    for (QAbstractButton *each : section()->findChildren<QAbstractButton *>())
        QVERIFY(each->focusPolicy() & Qt::TabFocus);
    QVERIFY(!section()->findChild<QProgressBar *>()->accessibleName().isEmpty());
    QTest::keyClick(button("Repair"), Qt::Key_Space);
    QVERIFY(reported.wait(20'000));
    QVERIFY(says("Repaired."));
}

QTEST_MAIN(TestDataQuality)
#include "tst_data_quality.moc"
