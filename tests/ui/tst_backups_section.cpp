// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A person says where backups go and when, makes one, has it verified, and gets records back from it; an encrypted profile
// and real backups on a disk.
#include "core/storage/passphrase.h"
#include "core/store/backup/backup_keeper.h"
#include "core/store/profile.h"
#include "tests/testlib/sample_company.h"
#include "tests/ui/shown_words.h"
#include "ui/pages/settings/backup_table.h"
#include "ui/pages/settings/backups_section.h"
#include "ui/pages/settings/bring_back_panel.h"
#include "ui/pages/settings/settings_page.h"
#include "ui/shell/standard_modules.h"
#include "ui/widgets/controls/toast.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace fieldfare;
using store::BackupSchedule;

constexpr int kTries = 20; ///< To stop what is quick.

class TestBackupsSection final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void withoutAFolderNothingCanBeDone();
    void theScheduleIsChosenAndKept();
    void oneIsMadeListedAndVerified();
    void aDamagedOneIsNotSound();
    void itCanBeStopped();
    void whatFailsIsSaid();
    void aDiskThatIsGoneIsSaid();
    void recordsComeBackAndUndoTakesThemBack();
    void whatIsNotInTheBackupIsSaid();
    void howToRestoreIsSaid();
    void everythingIsReachedByKeyboard();
    void theWindowMayGoWhileItRuns();

private:
    ui::BackupsSection *section() const { return m_window->currentPage()->findChild<ui::BackupsSection *>(); }
    ui::BackupTable *table() const { return section()->findChild<ui::BackupTable *>(); }
    ui::BringBackPanel *panel() const { return section()->findChild<ui::BringBackPanel *>(); }
    QAbstractButton *button(const char *text) const { return ui_test::buttonNamed(section(), text); }
    bool says(const char *words) const { return ui_test::showsWords(section(), words); }
    /// What stands in a cell: columns as in the table.
    [[nodiscard]] QString cell(int row, int column) const { return table()->model()->index(row, column).data().toString(); }
    [[nodiscard]] QString place() const { return m_folder->filePath(QStringLiteral("backups")); }
    void openWindow()
    {
        const ui::MainWindow::Parts parts{*m_database, *m_theme, *m_names, *m_texts, m_clock, m_sync};
        m_window = std::make_unique<ui::MainWindow>(parts, ui::standardModules(*m_database->catalog(), *m_preferences, nullptr, m_backups.get()));
        m_window->resize(1440, 900);
        m_window->show();
        m_window->openPage(QStringLiteral("settings"));
        QSignalSpy listed(section(), &ui::BackupsSection::listed);
        qobject_cast<ui::SettingsPage *>(m_window->currentPage())->showSection(QStringLiteral("backups"));
        QVERIFY(!listed.isEmpty() || listed.wait());
    }
    void backUp()
    {
        m_clock.advance(60'000);
        const qint64 before = m_backups->last().at;
        QSignalSpy listed(section(), &ui::BackupsSection::listed);
        button("Back up now")->click();
        QTRY_VERIFY2(!m_backups->isBackingUp(), "still backing up");
        QVERIFY(m_backups->last().at != before);
        QTRY_VERIFY(!listed.isEmpty());
    }
    void chooseFolder()
    {
        QSignalSpy listed(section(), &ui::BackupsSection::listed);
        section()->setFolder(place());
        QVERIFY(!listed.isEmpty() || listed.wait());
    }
    void verify()
    {
        QSignalSpy verified(section(), &ui::BackupsSection::verified);
        QSignalSpy listed(section(), &ui::BackupsSection::listed);
        button("Verify")->click();
        QVERIFY(button("Stop")->isVisible());
        QVERIFY(verified.wait(20'000));
        QTRY_VERIFY(!listed.isEmpty());
    }
    template <typename T>
    base::Result<T> onStore(std::function<base::Result<T>(store::Store &)> work)
    {
        std::optional<base::Result<T>> answer;
        m_database->write<T>(std::move(work), this, [&answer](base::Result<T> result) { answer = std::move(result); }, store::Priority::Background);
        if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 20'000))
            return base::Error{base::ErrorCode::TimedOut, QString(), {}};
        return *answer;
    }
    base::Result<QString> nameOf(const base::Id &customer)
    {
        return onStore<QString>([customer](store::Store &store) -> base::Result<QString> {
            const model::Entity &entity = *store.catalog()->entity(QStringLiteral("customer"));
            FIELDFARE_ASSIGN(const model::Record record, store.record(entity.id(), customer));
            const model::Value &name = record.value(*entity.field(QStringLiteral("name")));
            return (name.text() != nullptr ? *name.text() : QString()) + (record.trashed ? QStringLiteral(" in the trash") : QString());
        });
    }
    /// Gives the customer another name, and moves it to the trash.
    void spoilCustomer(const base::Id &customer)
    {
        const auto done = onStore<store::CommitReport>([customer](store::Store &store) -> base::Result<store::CommitReport> {
            const model::Entity &entity = *store.catalog()->entity(QStringLiteral("customer"));
            changes::LocalChange rename;
            rename.kind = changes::OperationKind::Set;
            rename.entity = entity.id();
            rename.record = customer;
            rename.values.push_back({entity.field(QStringLiteral("name"))->key, model::Value(QStringLiteral("Spoilt"))});
            changes::LocalChange trash;
            trash.kind = changes::OperationKind::Trash;
            trash.entity = entity.id();
            trash.record = customer;
            store::ChangeSet renaming;
            renaming.changes.push_back(rename);
            store::ChangeSet trashing;
            trashing.changes.push_back(trash);
            FIELDFARE_TRY(store.commit(std::move(renaming)));
            return store.commit(std::move(trashing));
        });
        QVERIFY(done.ok());
    }

    testlib::FixedClock m_clock;
    testlib::SeededRandom m_random;
    testlib::SampleCompany m_company;
    QTemporaryDir m_made; ///< The profile that each test has a copy of.
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::Profile> m_profile;
    std::unique_ptr<store::DatabaseThread> m_database;
    std::unique_ptr<ui::NameBook> m_names;
    std::unique_ptr<ui::DisplayText> m_texts;
    std::unique_ptr<store::BackupRunner> m_runner;
    std::unique_ptr<store::BackupKeeper> m_backups;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<ui::Preferences> m_preferences;
    store::StandAloneStatus m_sync;
    std::unique_ptr<ui::MainWindow> m_window;
};

void TestBackupsSection::initTestCase()
{
    store::Profile::Options quick;
    quick.key.logN = 14;
    auto profile = store::Profile::create(m_made.filePath(QStringLiteral("profile")), storage::passphraseBytes(QStringLiteral("right")), quick);
    QVERIFY(profile.ok());
    const auto store = profile->openStore(m_clock, m_random);
    QVERIFY(store.ok());
    const auto filled = testlib::fillSampleCompany(**store, m_clock, {false, false});
    QVERIFY(filled.ok());
    m_company = *filled;
}

void TestBackupsSection::init()
{
    const QLocale english(QLocale::English, QLocale::UnitedStates);
    m_clock = testlib::FixedClock();
    m_folder = std::make_unique<QTemporaryDir>();
    const QString folder = m_folder->filePath(QStringLiteral("profile"));
    QVERIFY(QDir().mkpath(folder));
    for (const QString &name : QDir(m_made.filePath(QStringLiteral("profile"))).entryList(QDir::Files))
        QVERIFY(QFile::copy(m_made.filePath(QStringLiteral("profile/")) + name, folder + QLatin1Char('/') + name));
    auto profile = store::Profile::open(folder, storage::passphraseBytes(QStringLiteral("right")));
    QVERIFY(profile.ok());
    m_profile = std::make_unique<store::Profile>(std::move(profile).value());
    store::DatabaseThreadOptions options;
    options.store.path = m_profile->paths().database();
    options.store.key = m_profile->key();
    options.store.clock = &m_clock;
    options.store.random = &m_random;
    m_database = std::make_unique<store::DatabaseThread>(std::move(options));
    QSignalSpy opened(m_database.get(), &store::DatabaseThread::opened);
    m_database->start();
    QVERIFY(opened.wait(20'000));
    m_names = std::make_unique<ui::NameBook>(*m_database, english);
    m_texts = std::make_unique<ui::DisplayText>(*m_names, m_clock, english, QTimeZone::utc());
    m_runner = std::make_unique<store::BackupRunner>(store::BackupOrigin{m_profile->paths(), m_profile->key()}, m_clock);
    m_backups = std::make_unique<store::BackupKeeper>(*m_database, *m_runner, m_clock);
    m_theme = std::make_unique<ui::Theme>(qApp);
    m_preferences = std::make_unique<ui::Preferences>(m_folder->filePath(QStringLiteral("fieldfare.ini")));
    openWindow();
}

void TestBackupsSection::cleanup()
{
    m_window.reset();
    m_preferences.reset();
    m_theme.reset();
    m_backups.reset();
    m_runner.reset();
    m_texts.reset();
    m_names.reset();
    m_database.reset();
    m_profile.reset();
}

void TestBackupsSection::withoutAFolderNothingCanBeDone()
{
    QVERIFY(!button("Back up now")->isEnabled());
    QVERIFY(!button("Every day")->isEnabled());
    QVERIFY(says("None yet."));
    QVERIFY(says("Choose a folder first."));
    QVERIFY(!button("Verify")->isVisible()); // nothing to choose from
    chooseFolder();
    QVERIFY(button("Back up now")->isEnabled() && button("Every day")->isEnabled());
    QVERIFY(!says("Choose a folder first."));
    QVERIFY(says("None of this profile."));
}

void TestBackupsSection::theScheduleIsChosenAndKept()
{
    chooseFolder();
    QVERIFY(says("Only when you ask for it."));
    QComboBox *time = nullptr;
    for (QComboBox *combo : section()->findChildren<QComboBox *>())
        time = combo->accessibleName() == QLatin1StringView("Time of day") ? combo : time;
    QVERIFY(time && !time->isEnabled());
    button("Every week")->click();
    QVERIFY(time->isEnabled());
    QVERIFY(says("The next one is due"));
    time->setCurrentIndex(18);
    Q_EMIT time->activated(18);
    const BackupSchedule chosen{BackupSchedule::Every::Week, place(), 18 * 60};
    QCOMPARE(m_backups->schedule(), chosen);
    const auto kept = onStore<QByteArray>([](store::Store &store) { return store.setting(QStringLiteral("backup.schedule")); });
    QCOMPARE(BackupSchedule::fromJson(*kept), chosen);
    backUp();
    const QDateTime weekOn(QDate(2026, 12, 1), QTime(18, 0), Qt::UTC);
    QVERIFY(says(qPrintable(QStringLiteral("Next: ") + m_texts->shortInstant(weekOn.toMSecsSinceEpoch()))));
    button("Off")->click();
    QVERIFY(!m_backups->schedule().isOn() && !time->isEnabled());
    QVERIFY(says("Only when you ask for it."));
}

void TestBackupsSection::oneIsMadeListedAndVerified()
{
    chooseFolder();
    QSignalSpy told(m_runner.get(), &store::BackupRunner::progressed);
    backUp();
    QVERIFY(told.count() > 1);
    QCOMPARE(table()->model()->rowCount(), 1);
    QCOMPARE(cell(0, 2), QStringLiteral("Full"));
    QCOMPARE(cell(0, 4), QStringLiteral("Not yet"));
    QVERIFY(cell(0, 3).endsWith(QLatin1String("B")));
    QVERIFY(says("Full"));
    backUp();
    QCOMPARE(table()->model()->rowCount(), 2);
    QCOMPARE(cell(0, 2), QStringLiteral("Changes"));
    QCOMPARE(table()->currentIndex().row(), 0); // the newest stays the chosen one
    verify();
    QVERIFY(says("Sound: all"));
    QVERIFY(cell(0, 4).contains(QLatin1String("sound")) && !cell(0, 4).contains(QLatin1String("not")));
    QCOMPARE(cell(1, 4), QStringLiteral("Not yet"));
    // What was said is about that one.
    table()->setCurrentIndex(table()->model()->index(1, 1));
    QVERIFY(!says("Sound: all"));
}

void TestBackupsSection::aDamagedOneIsNotSound()
{
    chooseFolder();
    backUp();
    QFile pages(m_backups->last().folder + QStringLiteral("/fieldfare.db"));
    char byte = 0;
    QVERIFY(pages.open(QIODevice::ReadWrite) && pages.seek(9 * 4096 + 77) && pages.getChar(&byte));
    QVERIFY(pages.seek(9 * 4096 + 77) && pages.putChar(char(byte ^ 1)));
    pages.close();
    verify();
    QVERIFY(says("The backup is damaged at page 10."));
    QVERIFY(says("make a new one"));
    QVERIFY(cell(0, 4).contains(QLatin1String("not sound")));
    // It is still so when a person comes back.
    m_window.reset();
    openWindow();
    QVERIFY(cell(0, 4).contains(QLatin1String("not sound")));
}

void TestBackupsSection::itCanBeStopped()
{
    chooseFolder();
    button("Back up now")->setFocus();
    button("Back up now")->click();
    QVERIFY(!button("Back up now")->isVisible());
    QAbstractButton *stop = button("Stop");
    QVERIFY(stop->hasFocus());
    QVERIFY(says("You can go on working."));
    stop->click();
    QTRY_VERIFY(!m_backups->isRunning());
    // On a busy machine a backup this small may be done before the click arrives: once more then.
    for (int tries = 0; tries < kTries && !says("The backup was stopped."); ++tries) {
        for (const storage::StoredBackup &done : store::ProfileBackups(place()).list())
            QVERIFY(QDir(done.folder).removeRecursively());
        button("Back up now")->click();
        button("Stop")->click();
        QTRY_VERIFY(!m_backups->isRunning());
    }
    QVERIFY(button("Back up now")->isVisible());
    QVERIFY(button("Back up now")->hasFocus());
    QVERIFY(says("The backup was stopped."));
    QVERIFY(store::ProfileBackups(place()).list().isEmpty());
    backUp();
    QVERIFY(!says("The backup was stopped."));
}

void TestBackupsSection::whatFailsIsSaid()
{
    QFile inTheWay(place());
    QVERIFY(inTheWay.open(QIODevice::WriteOnly)); // a file where the folder should be
    chooseFolder();
    button("Back up now")->click();
    QTRY_VERIFY(m_backups->failure());
    QVERIFY(says("The system does not allow access"));
    QVERIFY(says("Your records and the backups made before are safe."));
    QVERIFY(says("choose a folder that you may write to"));
    QVERIFY(button("Back up now")->isEnabled());
}

void TestBackupsSection::aDiskThatIsGoneIsSaid()
{
    chooseFolder();
    backUp();
    QVERIFY(QDir().rename(place(), place() + QStringLiteral("-away")));
    QSignalSpy listed(section(), &ui::BackupsSection::listed);
    section()->readList();
    QVERIFY(listed.wait());
    QVERIFY(says("The folder cannot be reached."));
    QVERIFY(!button("Verify")->isVisible());
    QVERIFY(QDir().rename(place() + QStringLiteral("-away"), place()));
    section()->readList();
    QVERIFY(listed.wait());
    QVERIFY(!says("The folder cannot be reached.") && button("Verify")->isEnabled());
}

void TestBackupsSection::recordsComeBackAndUndoTakesThemBack()
{
    chooseFolder();
    backUp();
    const QString before = *nameOf(m_company.treequote);
    spoilCustomer(m_company.treequote);
    spoilCustomer(m_company.iselectrics);
    QCOMPARE(*nameOf(m_company.treequote), QStringLiteral("Spoilt in the trash"));
    auto *kind = panel()->findChild<QComboBox *>();
    kind->setCurrentIndex(kind->findData(QStringLiteral("customer")));
    auto *which = panel()->findChild<QLineEdit *>();
    QVERIFY(!button("Bring back")->isEnabled()); // nobody has seen yet what it would do
    QSignalSpy told(panel(), &ui::BringBackPanel::told);
    which->setText(before);
    button("See what would change")->click();
    QVERIFY(told.wait(20'000));
    QVERIFY(says("comes back from the trash") || says("come(s) back from the trash"));
    QVERIFY(says("former values"));
    QCOMPARE(*nameOf(m_company.treequote), QStringLiteral("Spoilt in the trash")); // telling is not doing
    QTest::keyClicks(which, QStringLiteral("x"));
    QVERIFY(!button("Bring back")->isEnabled()); // another question
    which->setText(before);
    button("See what would change")->click();
    QVERIFY(told.wait(20'000));
    button("Bring back")->click();
    QVERIFY(told.wait(20'000));
    QVERIFY(says("as they were"));
    QCOMPARE(*nameOf(m_company.treequote), before);
    QCOMPARE(*nameOf(m_company.iselectrics), QStringLiteral("Spoilt in the trash")); // nobody asked for it
    QVERIFY(!button("Bring back")->isEnabled()); // once
    QVERIFY(m_window->findChild<ui::Toast *>()->isVisible());
    m_window->undoLast();
    QTRY_COMPARE(*nameOf(m_company.treequote), QStringLiteral("Spoilt in the trash"));
    // All of a kind: both of them, with the one that was trashed.
    which->clear();
    Q_EMIT which->textEdited(QString());
    button("See what would change")->click();
    QVERIFY(told.wait(20'000));
    button("Bring back")->click();
    QVERIFY(told.wait(20'000));
    QCOMPARE(*nameOf(m_company.treequote), before);
    QVERIFY(!nameOf(m_company.iselectrics)->contains(QLatin1String("Spoilt")));
    button("See what would change")->click();
    QVERIFY(told.wait(20'000));
    QVERIFY(says("nothing differs."));
    QVERIFY(!button("Bring back")->isEnabled());
}

void TestBackupsSection::whatIsNotInTheBackupIsSaid()
{
    chooseFolder();
    backUp();
    auto *which = panel()->findChild<QLineEdit *>();
    QSignalSpy told(panel(), &ui::BringBackPanel::told);
    which->setText(QStringLiteral("Nobody at all"));
    QTest::keyClick(which, Qt::Key_Return);
    QVERIFY(told.wait(20'000));
    QVERIFY(says("\"Nobody at all\" was not found. Nothing was changed."));
    QVERIFY(!button("Bring back")->isEnabled());
}

void TestBackupsSection::howToRestoreIsSaid()
{
    chooseFolder();
    backUp();
    bool isThere = false;
    for (const QPlainTextEdit *line : section()->findChildren<QPlainTextEdit *>())
        isThere = isThere || (line->isVisible() && line->isReadOnly() && line->toPlainText().endsWith(QStringLiteral("backup restore ") + m_backups->last().folder));
    QVERIFY(isThere);
}

void TestBackupsSection::everythingIsReachedByKeyboard()
{
    chooseFolder();
    backUp();
    for (const QWidget *widget : section()->findChildren<QWidget *>()) {
        const bool isControl = qobject_cast<const QComboBox *>(widget) != nullptr || qobject_cast<const QLineEdit *>(widget) != nullptr || qobject_cast<const ui::BackupTable *>(widget) != nullptr
            || qobject_cast<const QProgressBar *>(widget) != nullptr;
        const auto *push = qobject_cast<const QAbstractButton *>(widget);
        if (isControl)
            QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
        if (push != nullptr && !push->text().isEmpty() && push->isVisible())
            QVERIFY2(push->focusPolicy() != Qt::NoFocus, qPrintable(push->text()));
    }
    // Tab walks from the first control to the last.
    QSet<const QWidget *> reached;
    button("Choose a folder…")->setFocus();
    for (int i = 0; i < 40; ++i) {
        reached.insert(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    for (const char *text : {"Choose a folder…", "Back up now", "Verify", "See what would change", "Copy"})
        QVERIFY2(reached.contains(button(text)), text);
    QVERIFY(reached.contains(table()));
    QSignalSpy verified(section(), &ui::BackupsSection::verified);
    button("Verify")->setFocus();
    QTest::keyClick(button("Verify"), Qt::Key_Space);
    QVERIFY(verified.wait(20'000));
    QVERIFY(says("Sound: all"));
    QVERIFY(button("Verify")->hasFocus());
}

void TestBackupsSection::theWindowMayGoWhileItRuns()
{
    chooseFolder();
    button("Back up now")->click();
    m_window.reset();
    QTRY_VERIFY(!m_backups->isRunning());
    QVERIFY(!m_backups->failure());
    QVERIFY(m_backups->last().at != 0); // it goes on without the window
    openWindow();
    QCOMPARE(table()->model()->rowCount(), 1);
    button("Verify")->click();
    m_window.reset();
    QTRY_VERIFY(!m_backups->isRunning());
}

QTEST_MAIN(TestBackupsSection)
#include "tst_backups_section.moc"
