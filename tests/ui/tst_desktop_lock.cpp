// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop locks itself: the profile is closed, what was typed waits in it, and the passphrase leads back.
#include "app/composition/profile_session.h"
#include "app/desktop/desktop.h"
#include "core/base/platform.h"
#include "core/storage/passphrase.h"
#include "translations/translators.h"
#include "ui/pages/records/records_page.h"
#include "ui/pages/settings/settings_page.h"
#include "ui/pages/welcome/unlock_page.h"
#include "ui/shell/command_table.h"
#include "ui/widgets/controls/password_edit.h"
#include "ui/widgets/record/record_panel.h"

#include <QApplication>
#include <QDirIterator>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

using namespace fieldfare;

class TestDesktopLock final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void lockingClosesTheProfileAndKeepsWhatIsTyped();
    void lockingLeavesAnOpenDialog();
    void nobodyTouchingItLocks();
    void aFullDiskLosesNothing();

private:
    template <typename Widget>
    [[nodiscard]] static Widget *shown()
    {
        for (QWidget *window : QApplication::topLevelWidgets()) {
            if (auto *found = qobject_cast<Widget *>(window); found != nullptr && found->isVisible() && found->isEnabled())
                return found;
        }
        return nullptr;
    }
    [[nodiscard]] static ui::MainWindow *window() { return shown<ui::MainWindow>(); }
    void unlock();
    void lockNow();
    void type(const char *text);
    [[nodiscard]] QString typed() const;
    [[nodiscard]] bool isOnDisk(const QByteArray &text) const;

    static constexpr const char *kPassphrase = "quartz-meadow-bicycle-77-thunder";
    static constexpr int kPatienceMs = 20'000;
    QTemporaryDir m_folder;
    QString m_profile;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<ui::Preferences> m_preferences;
    Translators m_translators;
    std::unique_ptr<app::Desktop> m_desktop;
};

void TestDesktopLock::initTestCase()
{
    QApplication::setQuitOnLastWindowClosed(false);
    const QString folder = m_folder.filePath(QStringLiteral("begun"));
    store::Profile::Options cheap;
    cheap.key.logN = 14;
    const auto made = store::Profile::create(folder, storage::passphraseBytes(QString::fromLatin1(kPassphrase)), cheap);
    QVERIFY(made.ok());
    base::SystemClock clock;
    base::SystemRandom random;
    const auto opened = made->openStore(clock, random, app::commitRules());
    QVERIFY(opened.ok());
    store::ProfileInfo info;
    info.userName = QStringLiteral("anna");
    QVERIFY(store::startStandAlone(**opened, info, QStringLiteral("Anna Larsen")).ok());
}

void TestDesktopLock::init()
{
    // Each has a profile of its own, and no window before it.
    m_profile = m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction()));
    QVERIFY(QDir().mkpath(m_profile));
    const QDir begun(m_folder.filePath(QStringLiteral("begun")));
    for (const QString &file : begun.entryList({QStringLiteral("fieldfare.*")}, QDir::Files))
        QVERIFY(QFile::copy(begun.filePath(file), m_profile + QLatin1Char('/') + file));
    m_theme = std::make_unique<ui::Theme>(qApp);
    m_preferences = std::make_unique<ui::Preferences>(m_folder.filePath(QStringLiteral("fieldfare.ini")));
    m_preferences->setLanguage(QStringLiteral("en"));
    m_desktop = std::make_unique<app::Desktop>(m_profile, *m_theme, *m_preferences, m_translators);
    qputenv("FIELDFARE_PASSPHRASE", kPassphrase);
    QVERIFY(m_desktop->start());
    QVERIFY(!qEnvironmentVariableIsSet("FIELDFARE_PASSPHRASE")); // or the programs that it starts would have it
    QTRY_VERIFY_WITH_TIMEOUT(window() != nullptr, kPatienceMs);
}

void TestDesktopLock::cleanup()
{
    m_desktop.reset();
    m_preferences.reset();
    m_theme.reset();
}

void TestDesktopLock::lockNow()
{
    window()->commands().run(QStringLiteral("window.lock"));
    QTRY_VERIFY_WITH_TIMEOUT(shown<ui::UnlockPage>() != nullptr, kPatienceMs);
}

void TestDesktopLock::unlock()
{
    auto *page = shown<ui::UnlockPage>();
    auto *field = page->findChild<ui::PasswordEdit *>();
    field->setText(QString::fromLatin1(kPassphrase));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(window() != nullptr, kPatienceMs);
}

void TestDesktopLock::type(const char *text)
{
    window()->openPage(QStringLiteral("customer"));
    auto *page = qobject_cast<ui::RecordsPage *>(window()->currentPage());
    page->newRecord();
    ui::EditModel &model = page->record().model();
    model.edit(*model.entity()->field(QStringLiteral("name")), model::Value(QString::fromLatin1(text)));
}

QString TestDesktopLock::typed() const
{
    auto *page = qobject_cast<ui::RecordsPage *>(window()->currentPage());
    if (page == nullptr || page->record().model().entity() == nullptr)
        return {};
    return page->record().model().value(*page->record().model().entity()->field(QStringLiteral("name"))).textOrEmpty();
}

bool TestDesktopLock::isOnDisk(const QByteArray &text) const
{
    const QByteArray encoded = text.toBase64().left(text.size() / 3 * 4);
    QDirIterator files(m_folder.path(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray bytes = file.readAll();
        if (bytes.contains(text) || bytes.contains(encoded))
            return true;
    }
    return false;
}

void TestDesktopLock::lockingClosesTheProfileAndKeepsWhatIsTyped()
{
    type("Half-typed Works");
    lockNow();
    QVERIFY(window() == nullptr);
    // Nobody holds the profile: another program opens it, and needs the passphrase for that.
    {
        QVERIFY(store::Profile::open(m_profile, storage::passphraseBytes(QStringLiteral("another"))).error().code == base::ErrorCode::WrongPassphrase);
        QVERIFY(store::Profile::open(m_profile, storage::passphraseBytes(QString::fromLatin1(kPassphrase))).ok());
    }
    QVERIFY(!isOnDisk("Half-typed Works"));
    auto *page = shown<ui::UnlockPage>();
    auto *field = page->findChild<ui::PasswordEdit *>();
    QCOMPARE(field->text(), QString()); // no passphrase was left over
    const auto says = [](const char *words) {
        const QList<QLabel *> labels = shown<ui::UnlockPage>()->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [words](const QLabel *label) { return label->isVisible() && label->text().contains(QLatin1StringView(words)); });
    };
    QVERIFY(says("is kept in the encrypted file"));
    unlock();
    QTRY_COMPARE_WITH_TIMEOUT(typed(), QStringLiteral("Half-typed Works"), kPatienceMs);
    // Saved, and locked again: nothing is typed any more.
    qobject_cast<ui::RecordsPage *>(window()->currentPage())->saveRecord();
    QTRY_VERIFY_WITH_TIMEOUT(!qobject_cast<ui::RecordsPage *>(window()->currentPage())->hasDrafts(), kPatienceMs);
    lockNow();
    QVERIFY(!says("is kept in the encrypted file"));
    unlock();
    QTRY_COMPARE_WITH_TIMEOUT(typed(), QStringLiteral("Half-typed Works"), kPatienceMs); // the saved record, open as it was
    QVERIFY(!qobject_cast<ui::RecordsPage *>(window()->currentPage())->hasDrafts());
    QVERIFY(window()->mayClose());
}

void TestDesktopLock::lockingLeavesAnOpenDialog()
{
    bool isLeft = false;
    int answer = QDialog::Accepted;
    QTimer::singleShot(0, this, [&] {
        QInputDialog dialog(window());
        QTimer::singleShot(0, this, [] { window()->commands().run(QStringLiteral("window.lock")); });
        answer = dialog.exec();
        isLeft = true;
    });
    QTRY_VERIFY_WITH_TIMEOUT(isLeft, kPatienceMs);
    QCOMPARE(answer, int(QDialog::Rejected));
    QTRY_VERIFY_WITH_TIMEOUT(shown<ui::UnlockPage>() != nullptr, kPatienceMs);
    unlock();
    bool isMenuLeft = false;
    QTimer::singleShot(0, this, [&] {
        QMenu menu(window());
        menu.addAction(QStringLiteral("An entry"));
        QTimer::singleShot(0, this, [] { window()->commands().run(QStringLiteral("window.lock")); });
        menu.exec(QPoint(5, 5));
        isMenuLeft = true;
    });
    QTRY_VERIFY_WITH_TIMEOUT(isMenuLeft, kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(shown<ui::UnlockPage>() != nullptr, kPatienceMs);
    unlock();
}

void TestDesktopLock::nobodyTouchingItLocks()
{
    auto *idle = m_desktop->findChild<app::IdleWatch *>();
    QVERIFY(idle != nullptr);
    Q_EMIT idle->idled();
    QTRY_VERIFY_WITH_TIMEOUT(shown<ui::UnlockPage>() != nullptr, kPatienceMs);
    Q_EMIT idle->idled(); // as after more time: it stays as it is
    QCoreApplication::processEvents();
    QVERIFY(shown<ui::UnlockPage>() != nullptr);
    unlock();
    auto *session = m_desktop->findChild<app::SessionWatch *>();
    session->noteLock();
    session->noteLock();
    QTRY_VERIFY_WITH_TIMEOUT(shown<ui::UnlockPage>() != nullptr, kPatienceMs);
    unlock();
}

void TestDesktopLock::aFullDiskLosesNothing()
{
#ifdef Q_OS_UNIX
    type("On a full disk");
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit none = before;
    none.rlim_cur = 1;
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &none), 0);
    window()->commands().run(QStringLiteral("window.lock"));
    const bool isLocked = QTest::qWaitFor([] { return shown<ui::UnlockPage>() != nullptr; }, kPatienceMs);
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
    QVERIFY(isLocked);
    QVERIFY(!isOnDisk("On a full disk"));
    unlock();
    QTRY_COMPARE_WITH_TIMEOUT(typed(), QStringLiteral("On a full disk"), kPatienceMs);
#endif
}

/// The desktop as the program has it, inside an event loop: dialogs and menus have theirs in that one.
int main(int argc, char **argv)
{
    base::platform::surviveFileSizeLimits();
    QApplication application(argc, argv);
    int result = 1;
    QTimer::singleShot(0, &application, [&] {
        TestDesktopLock test;
        result = QTest::qExec(&test, argc, argv);
        QCoreApplication::exit(result);
    });
    return QApplication::exec();
}

#include "tst_desktop_lock.moc"
