// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is chosen in the settings takes effect, is kept, and is found again by the next start.
#include "tests/testlib/fake_security.h"
#include "tests/testlib/open_profile.h"
#include "ui/pages/records/records_page.h"
#include "ui/pages/settings/security_section.h"
#include "ui/pages/settings/settings_page.h"
#include "ui/shell/command_table.h"
#include "ui/shell/standard_modules.h"
#include "ui/widgets/controls/password_edit.h"
#include "ui/widgets/list/entity_list.h"
#include "ui/widgets/list/record_table.h"
#include "ui/widgets/theme/metrics.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace fieldfare;

class TestSettings final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void everySectionIsACommand();
    void freshFileHasDefaults();
    void valuesAreFoundAgain();
    void nonsenseInTheFileIsNotTaken();
    void profileLabelsAreKeptByFolder();
    void cardsSwitchTheTheme();
    void commandsMoveTheCards();
    void rowHeightReachesEveryList();
    void textSizeAndLanguageAreTold();
    void steppedFontsKeepTheirUnit();
    void theTimeBeforeTheLockIsKept();
    void thePassphraseIsChangedBehindTheSection();
    void theKeychainIsOfferedWhereThereIsOne();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("fieldfare.ini")); }
    QAbstractButton *button(const char *text) const
    {
        for (QAbstractButton *found : m_window->currentPage()->findChildren<QAbstractButton *>()) {
            if (found->text().startsWith(QLatin1StringView(text)))
                return found;
        }
        qWarning("no button %s", text);
        return nullptr;
    }

    std::unique_ptr<testlib::OpenProfile> m_profile;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<ui::Preferences> m_preferences;
    store::StandAloneStatus m_sync;
    testlib::FakeSecurity m_security;
    std::unique_ptr<ui::MainWindow> m_window;
};

void TestSettings::initTestCase()
{
    m_profile = std::make_unique<testlib::OpenProfile>();
    QVERIFY(m_profile->openSample());
}

void TestSettings::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_theme = std::make_unique<ui::Theme>(qApp);
    m_theme->setMode(ui::ThemeMode::Light);
    m_preferences = std::make_unique<ui::Preferences>(path());
    m_preferences->setThemeMode(ui::ThemeMode::Light);
    const ui::MainWindow::Parts parts{m_profile->database(), *m_theme, m_profile->names(), m_profile->texts(), m_profile->clock(), m_sync};
    m_window = std::make_unique<ui::MainWindow>(parts, ui::standardModules(*m_profile->database().catalog(), *m_preferences, &m_security));
    m_window->show();
    m_profile->settle();
    m_window->openPage(QStringLiteral("settings"));
}

void TestSettings::cleanup()
{
    m_window.reset();
    m_preferences.reset();
    m_theme.reset();
    m_folder.reset();
}

void TestSettings::everySectionIsACommand()
{
    const auto *settings = qobject_cast<ui::SettingsPage *>(m_window->currentPage());
    m_window->commands().run(QStringLiteral("go.settings.quality"));
    QCOMPARE(settings->section(), QStringLiteral("quality"));
    m_window->openPage(QStringLiteral("customer"));
    m_window->showPalette();
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("settings secur"));
    m_profile->settle();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    m_profile->settle();
    QCOMPARE(m_window->currentPage(), settings);
    QCOMPARE(settings->section(), QStringLiteral("security"));
}

void TestSettings::freshFileHasDefaults()
{
    const ui::Preferences fresh(m_folder->filePath(QStringLiteral("other.ini")));
    QCOMPARE(fresh.themeMode(), ui::ThemeMode::System);
    QCOMPARE(fresh.accent(), ui::Accent::Slate);
    QCOMPARE(fresh.rowHeight(), 24);
    QCOMPARE(fresh.textStep(), 0);
    QCOMPARE(fresh.language(), QString());
    QCOMPARE(fresh.lockAfterMinutes(), 15);
    QCOMPARE(fresh.locale(), QLocale::system());
}

void TestSettings::valuesAreFoundAgain()
{
    m_preferences->setThemeMode(ui::ThemeMode::Dark);
    m_preferences->setAccent(ui::Accent::Plum);
    m_preferences->setRowHeight(34);
    m_preferences->setTextStep(2);
    m_preferences->setLanguage(QStringLiteral("zh_CN"));
    const ui::Preferences again(path());
    QCOMPARE(again.themeMode(), ui::ThemeMode::Dark);
    QCOMPARE(again.accent(), ui::Accent::Plum);
    QCOMPARE(again.rowHeight(), 34);
    QCOMPARE(again.textStep(), 2);
    QCOMPARE(again.locale().language(), QLocale::Chinese);
}

void TestSettings::nonsenseInTheFileIsNotTaken()
{
    QSettings file(path(), QSettings::IniFormat);
    file.setValue(QStringLiteral("appearance/theme"), 77);
    file.setValue(QStringLiteral("appearance/row_height"), QStringLiteral("tall"));
    file.setValue(QStringLiteral("appearance/text_step"), -3);
    file.sync();
    const ui::Preferences read(path());
    QCOMPARE(read.themeMode(), ui::ThemeMode::System);
    QCOMPARE(read.rowHeight(), 24);
    QCOMPARE(read.textStep(), 0);
}

void TestSettings::profileLabelsAreKeptByFolder()
{
    QCOMPARE(m_preferences->profileLabel(QStringLiteral("/home/m/one")), ui::Preferences::ProfileLabel());
    m_preferences->setProfileLabel(QStringLiteral("/home/m/one"), {QStringLiteral("Markita Hansen"), QStringLiteral("crm.sonron.example")});
    m_preferences->setProfileLabel(QStringLiteral("/home/m/two"), {QStringLiteral("薛瑶华"), QString()});
    const ui::Preferences again(path());
    QCOMPARE(again.profileLabel(QStringLiteral("/home/m/one")).user, QStringLiteral("Markita Hansen"));
    QCOMPARE(again.profileLabel(QStringLiteral("/home/m/one")).place, QStringLiteral("crm.sonron.example"));
    QCOMPARE(again.profileLabel(QStringLiteral("/home/m/two")).user, QStringLiteral("薛瑶华"));
}

void TestSettings::cardsSwitchTheTheme()
{
    button("Dark")->click();
    QCOMPARE(m_theme->mode(), ui::ThemeMode::Dark);
    QTRY_COMPARE(m_window->palette().color(QPalette::Base), m_theme->tokens().base);
    QCOMPARE(ui::Preferences(path()).themeMode(), ui::ThemeMode::Dark);
    button("Pine")->click();
    QCOMPARE(m_theme->accent(), ui::Accent::Pine);
    QCOMPARE(ui::Preferences(path()).accent(), ui::Accent::Pine);
    button("High contrast")->click();
    QVERIFY(!button("Plum")->isEnabled()); // has one accent only
}

void TestSettings::commandsMoveTheCards()
{
    QVERIFY(button("Light")->isChecked());
    m_window->commands().run(QStringLiteral("theme.dark"));
    QVERIFY(button("Dark")->isChecked());
    QVERIFY(!button("Light")->isChecked());
}

void TestSettings::rowHeightReachesEveryList()
{
    connect(m_preferences.get(), &ui::Preferences::rowHeightChanged, m_window.get(), &ui::MainWindow::setRowHeight);
    button("Roomy")->click();
    QCOMPARE(ui::Preferences(path()).rowHeight(), 34);
    for (const char *key : {"customer", "deal"}) { // one made before, one after
        m_window->openPage(QString::fromLatin1(key));
        const auto *page = qobject_cast<ui::RecordsPage *>(m_window->currentPage());
        QCOMPARE(page->list().table().verticalHeader()->defaultSectionSize(), 34);
    }
}

void TestSettings::textSizeAndLanguageAreTold()
{
    QSignalSpy size(m_preferences.get(), &ui::Preferences::textStepChanged);
    QSignalSpy language(m_preferences.get(), &ui::Preferences::languageChanged);
    for (QComboBox *combo : m_window->currentPage()->findChildren<QComboBox *>()) {
        const int larger = combo->findData(2);
        const int chinese = combo->findData(QStringLiteral("zh_CN"));
        if (larger < 0 && chinese < 0)
            continue;
        combo->setCurrentIndex(std::max(larger, chinese));
        Q_EMIT combo->activated(combo->currentIndex());
    }
    QCOMPARE(size.size(), 1);
    QCOMPARE(language.size(), 1);
    m_preferences->setLanguage(QStringLiteral("zh_CN"));
    QCOMPARE(language.size(), 1); // nothing new
    QCOMPARE(ui::Preferences(path()).textStep(), 2);
}

void TestSettings::steppedFontsKeepTheirUnit()
{
    QFont pixels;
    pixels.setPixelSize(13);
    QCOMPARE(ui::stepped(pixels, 4).pixelSize(), 17);
    QFont points;
    points.setPointSizeF(10);
    QCOMPARE(ui::stepped(points, 4).pointSizeF(), 13.0);
    QCOMPARE(ui::stepped(points, 0), points);
}

void TestSettings::theTimeBeforeTheLockIsKept()
{
    QSignalSpy told(m_preferences.get(), &ui::Preferences::lockAfterMinutesChanged);
    auto *section = m_window->findChild<ui::SecuritySection *>();
    auto *after = section->findChild<QComboBox *>();
    QCOMPARE(after->currentData().toInt(), 15);
    after->setCurrentIndex(after->findData(0));
    Q_EMIT after->activated(after->currentIndex());
    QCOMPARE(told, (QList<QVariantList>{{0}}));
    QCOMPARE(ui::Preferences(path()).lockAfterMinutes(), 0);
    // Only what the system can do is promised.
    m_security.shown.locksWithSession = true;
    const auto promises = [](const QWidget &page) {
        const QList<QLabel *> labels = page.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel *label) { return label->text().contains(QStringLiteral("goes to sleep")); });
    };
    QVERIFY(!promises(*section));
    const ui::SecuritySection other(m_security, *m_preferences);
    QVERIFY(promises(other));
    QCOMPARE(other.findChild<QComboBox *>()->currentData().toInt(), 0);
}

void TestSettings::thePassphraseIsChangedBehindTheSection()
{
    auto *section = m_window->findChild<ui::SecuritySection *>();
    const QList<ui::PasswordEdit *> fields = section->findChildren<ui::PasswordEdit *>(); // the last is for the data key
    QCOMPARE(fields.size(), 4);
    fields[0]->setText(QStringLiteral("old words"));
    fields[1]->setText(QStringLiteral("quartz-meadow-bicycle"));
    QVERIFY(!button("Change passphrase")->isEnabled());
    fields[2]->setText(QStringLiteral("quartz-meadow-bicycle"));
    button("Change passphrase")->click();
    QCOMPARE(m_security.asked, QByteArrayList{"old words -> quartz-meadow-bicycle"});
    QVERIFY(!button("Change passphrase")->isEnabled());
    m_security.answer(base::Error{base::ErrorCode::WrongPassphrase, {}, {}});
    QCOMPARE(fields[0]->text(), QStringLiteral("old words")); // to be mended
    QVERIFY(button("Change passphrase")->isEnabled());
    button("Change passphrase")->click();
    m_security.answer({});
    QCOMPARE(fields[0]->text(), QString());
    QCOMPARE(fields[1]->text(), QString());
}

void TestSettings::theKeychainIsOfferedWhereThereIsOne()
{
    auto *box = m_window->findChild<ui::SecuritySection *>()->findChild<QCheckBox *>();
    QVERIFY(!box->isEnabled() && !box->isChecked());
    m_security.shown.hasKeychain = true;
    Q_EMIT m_security.changed();
    QVERIFY(box->isEnabled());
    m_security.asked.clear();
    box->click();
    QCOMPARE(m_security.asked, QByteArrayList{"keychain on"});
    QVERIFY(!box->isEnabled()); // until it has answered
    m_security.answer(base::Error{base::ErrorCode::PermissionDenied, {}, {}});
    QVERIFY(box->isEnabled() && !box->isChecked());
    m_security.shown = {};
    m_security.shown.unlocksByKeychain = true;
    Q_EMIT m_security.changed();
    QVERIFY(box->isEnabled() && box->isChecked()); // what is on can be turned off, keychain or not
    m_security.shown = {};
}

QTEST_MAIN(TestSettings)
#include "tst_settings.moc"
