// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop locks itself: the profile is closed, what was typed waits in it, and the passphrase leads back.
#include "core/base/platform.h"
#include "core/storage/passphrase.h"
#include "tests/ui/desktop_fixture.h"
#include "ui/pages/records/records_page.h"
#include "ui/pages/welcome/connect_page.h"
#include "ui/pages/welcome/welcome_page.h"
#include "ui/shell/command_table.h"
#include "ui/widgets/controls/password_edit.h"
#include "ui/widgets/record/record_panel.h"

#include <QDirIterator>
#include <QInputDialog>
#include <QMenu>
#include <QSignalSpy>

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
    void theQuitKeyEndsALockedProgram();
    void lockingLeavesAnOpenDialog();
    void nobodyTouchingItLocks();
    void aFullDiskLosesNothing_data();
    void aFullDiskLosesNothing();
    void aLockWhileItOpensIsNotForgotten();
    void aLockWhileItConnectsIsNotForgotten();
    void aLockBeforeThereIsAProfileIsHarmless();
    void closingAtOnceLosesNoDraft();
    void anEndKeepsWhatIsTyped(); // the last: it leaves the event loop

private:
    using Fixture = testlib::DesktopFixture;

    [[nodiscard]] static ui::MainWindow *window() { return Fixture::window(); }
    static void unlock();
    static void lockNow();
    void type(const char *text);
    [[nodiscard]] static QString typed();
    [[nodiscard]] bool isOnDisk(const QByteArray &text) const;

    static constexpr int kPatienceMs = Fixture::kPatienceMs;
    Fixture m_fixture;
    int m_profiles = 0;
};

void TestDesktopLock::initTestCase()
{
    QVERIFY(m_fixture.prepare());
}

void TestDesktopLock::init()
{
    QVERIFY(m_fixture.freshProfile("profile-" + QByteArray::number(++m_profiles)));
    QVERIFY(m_fixture.start());
    QVERIFY(!qEnvironmentVariableIsSet("FIELDFARE_PASSPHRASE")); // or the programs that it starts would have it
}

void TestDesktopLock::cleanup()
{
    m_fixture.stop();
}

void TestDesktopLock::lockNow()
{
    window()->commands().run(QStringLiteral("window.lock"));
    QVERIFY(Fixture::waitForUnlockPage());
}

void TestDesktopLock::unlock()
{
    Fixture::answer();
    QVERIFY(Fixture::waitForWindow());
}

void TestDesktopLock::type(const char *text)
{
    window()->openPage(QStringLiteral("customer"));
    auto *page = qobject_cast<ui::RecordsPage *>(window()->currentPage());
    page->newRecord();
    ui::EditModel &model = page->record().model();
    model.edit(*model.entity()->field(QStringLiteral("name")), model::Value(QString::fromLatin1(text)));
}

QString TestDesktopLock::typed()
{
    auto *page = qobject_cast<ui::RecordsPage *>(window()->currentPage());
    if (page == nullptr || page->record().model().entity() == nullptr)
        return {};
    return page->record().model().value(*page->record().model().entity()->field(QStringLiteral("name"))).textOrEmpty();
}

bool TestDesktopLock::isOnDisk(const QByteArray &text) const
{
    const QByteArray encoded = text.toBase64().left(text.size() / 3 * 4);
    QDirIterator files(m_fixture.folder().path(), QDir::Files, QDirIterator::Subdirectories);
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
        QVERIFY(store::Profile::open(m_fixture.profile(), storage::passphraseBytes(QStringLiteral("another"))).error().code == base::ErrorCode::WrongPassphrase);
        QVERIFY(store::Profile::open(m_fixture.profile(), storage::passphraseBytes(QString::fromLatin1(Fixture::kPassphrase))).ok());
    }
    QVERIFY(!isOnDisk("Half-typed Works"));
    auto *page = Fixture::shown<ui::UnlockPage>();
    auto *field = page->findChild<ui::PasswordEdit *>();
    QCOMPARE(field->text(), QString()); // no passphrase was left over
    QVERIFY(Fixture::says("is kept in the encrypted file"));
    unlock();
    QTRY_COMPARE_WITH_TIMEOUT(typed(), QStringLiteral("Half-typed Works"), kPatienceMs);
    // Saved, and locked again: nothing is typed any more.
    qobject_cast<ui::RecordsPage *>(window()->currentPage())->saveRecord();
    QTRY_VERIFY_WITH_TIMEOUT(!qobject_cast<ui::RecordsPage *>(window()->currentPage())->hasDrafts(), kPatienceMs);
    lockNow();
    QVERIFY(!Fixture::says("is kept in the encrypted file"));
    unlock();
    QTRY_COMPARE_WITH_TIMEOUT(typed(), QStringLiteral("Half-typed Works"), kPatienceMs); // the saved record, open as it was
    QVERIFY(!qobject_cast<ui::RecordsPage *>(window()->currentPage())->hasDrafts());
    QVERIFY(window()->mayClose());
}

void TestDesktopLock::theQuitKeyEndsALockedProgram()
{
    type("Half-typed and left");
    lockNow();
    auto *page = Fixture::shown<ui::UnlockPage>();
    QVERIFY(QTest::qWaitForWindowActive(page));
    QSignalSpy ended(qApp, &QGuiApplication::lastWindowClosed);
    QTest::keyClick(page->findChild<ui::PasswordEdit *>(), Qt::Key_Q, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, kPatienceMs);
    QVERIFY(!page->isVisible());
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
    QTRY_VERIFY_WITH_TIMEOUT(Fixture::shown<ui::UnlockPage>() != nullptr, kPatienceMs);
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
    QTRY_VERIFY_WITH_TIMEOUT(Fixture::shown<ui::UnlockPage>() != nullptr, kPatienceMs);
    unlock();
}

void TestDesktopLock::nobodyTouchingItLocks()
{
    auto *idle = m_fixture.desktop().findChild<app::IdleWatch *>();
    QVERIFY(idle != nullptr);
    Q_EMIT idle->idled();
    QTRY_VERIFY_WITH_TIMEOUT(Fixture::shown<ui::UnlockPage>() != nullptr, kPatienceMs);
    Q_EMIT idle->idled(); // as after more time: it stays as it is
    QCoreApplication::processEvents();
    QVERIFY(Fixture::shown<ui::UnlockPage>() != nullptr);
    unlock();
    auto *session = m_fixture.desktop().findChild<app::SessionWatch *>();
    session->noteLock();
    session->noteLock();
    QTRY_VERIFY_WITH_TIMEOUT(Fixture::shown<ui::UnlockPage>() != nullptr, kPatienceMs);
    unlock();
}

void TestDesktopLock::aFullDiskLosesNothing_data()
{
    QTest::addColumn<bool>("isSaved");
    QTest::newRow("typed") << false;
    QTest::newRow("saved a moment ago, and refused") << true;
}

void TestDesktopLock::aFullDiskLosesNothing()
{
#ifdef Q_OS_UNIX
    QFETCH(const bool, isSaved);
    type("On a full disk");
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit none = before;
    none.rlim_cur = 1;
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &none), 0);
    if (isSaved)
        qobject_cast<ui::RecordsPage *>(window()->currentPage())->saveRecord();
    window()->commands().run(QStringLiteral("window.lock"));
    const bool isLocked = QTest::qWaitFor([] { return Fixture::shown<ui::UnlockPage>() != nullptr; }, kPatienceMs);
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
    QVERIFY(isLocked);
    QVERIFY(!isOnDisk("On a full disk"));
    unlock();
    QTRY_COMPARE_WITH_TIMEOUT(typed(), QStringLiteral("On a full disk"), kPatienceMs);
#endif
}

void TestDesktopLock::aLockWhileItOpensIsNotForgotten()
{
    lockNow();
    auto *session = m_fixture.desktop().findChild<app::SessionWatch *>();
    Fixture::answer();
    session->noteLock(); // the key is being derived
    QTRY_VERIFY_WITH_TIMEOUT(Fixture::shown<ui::UnlockPage>() != nullptr && Fixture::shown<ui::UnlockPage>()->findChild<ui::PasswordEdit *>()->text().isEmpty(), kPatienceMs);
    QVERIFY(window() == nullptr);
    QVERIFY(store::Profile::open(m_fixture.profile(), storage::passphraseBytes(QString::fromLatin1(Fixture::kPassphrase))).ok()); // closed
    unlock();
}

void TestDesktopLock::aLockWhileItConnectsIsNotForgotten()
{
    auto *session = m_fixture.desktop().findChild<app::SessionWatch *>();
    Q_EMIT window()->outsidePageRequested(QStringLiteral("connect"));
    QTRY_VERIFY_WITH_TIMEOUT(Fixture::shown<ui::ConnectPage>() != nullptr, kPatienceMs);
    session->noteLock();
    const auto isAsked = [] {
        if (auto *page = Fixture::shown<ui::ConnectPage>())
            Q_EMIT page->leaveRequested(); // nothing happens before the profile is there
        return Fixture::shown<ui::UnlockPage>() != nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isAsked(), kPatienceMs);
    QVERIFY(window() == nullptr);
    unlock();
}

/// The computer locks, or nobody touches it, on the first page of all; and again on the page that asks for the passphrase.
void TestDesktopLock::aLockBeforeThereIsAProfileIsHarmless()
{
    m_fixture.stop();
    m_fixture.noProfile("not-yet");
    QVERIFY(m_fixture.start(true));
    const auto lockTwice = [this] {
        m_fixture.desktop().findChild<app::SessionWatch *>()->noteLock();
        Q_EMIT m_fixture.desktop().findChild<app::IdleWatch *>()->idled();
        QCoreApplication::processEvents();
    };
    lockTwice();
    auto *page = Fixture::shown<ui::WelcomePage>();
    QVERIFY(page != nullptr);
    page->chooseAlone(QStringLiteral("Anna Larsen"));
    page->goOn();
    for (ui::PasswordEdit *field : page->findChildren<ui::PasswordEdit *>())
        field->setText(QString::fromLatin1(Fixture::kPassphrase));
    QTest::keyClick(page, Qt::Key_Return);
    QVERIFY(Fixture::waitForWindow());
    lockNow();
    lockTwice();
    QVERIFY(Fixture::shown<ui::UnlockPage>() != nullptr);
    unlock();
}

/// What was typed before the lock is read by the next window a moment after it is shown.
void TestDesktopLock::closingAtOnceLosesNoDraft()
{
    type("Half-typed and closed");
    lockNow();
    class CloseAtOnce final : public QObject {
    public:
        bool isClosed = false;
        bool eventFilter(QObject *watched, QEvent *event) override
        {
            auto *window = qobject_cast<ui::MainWindow *>(watched);
            if (window != nullptr && event->type() == QEvent::Show && !isClosed)
                isClosed = window->close();
            return false;
        }
    } closing;
    qApp->installEventFilter(&closing);
    Fixture::answer();
    QTRY_VERIFY_WITH_TIMEOUT(closing.isClosed, kPatienceMs);
    m_fixture.stop();
    QVERIFY(m_fixture.start());
    QTRY_COMPARE_WITH_TIMEOUT(typed(), QStringLiteral("Half-typed and closed"), kPatienceMs);
}

/// The system ends the session, and asks nobody.
void TestDesktopLock::anEndKeepsWhatIsTyped()
{
    type("Half-typed at the end");
    QEventLoop loop;
    QTimer::singleShot(0, this, [this] { m_fixture.desktop().end(); });
    QTimer::singleShot(kPatienceMs, &loop, [&loop] { loop.exit(1); });
    QCOMPARE(loop.exec(), 0);
    m_fixture.stop();
    QVERIFY(!isOnDisk("Half-typed at the end"));
    QVERIFY(m_fixture.start());
    QTRY_COMPARE_WITH_TIMEOUT(window() != nullptr ? typed() : QString(), QStringLiteral("Half-typed at the end"), kPatienceMs);
    // The page is closed while what was typed is being kept: it stays until that is done, and then the program ends.
    type("Half-typed while it locks");
    class CloseWhileItLocks final : public QObject {
    public:
        std::optional<bool> isClosed;
        bool eventFilter(QObject *watched, QEvent *event) override
        {
            auto *page = qobject_cast<ui::UnlockPage *>(watched);
            if (page != nullptr && event->type() == QEvent::EnabledChange && !page->isEnabled() && !isClosed)
                QMetaObject::invokeMethod(page, [this, page] { isClosed = page->close(); }, Qt::QueuedConnection);
            return false;
        }
    } closing;
    qApp->installEventFilter(&closing);
    window()->commands().run(QStringLiteral("window.lock"));
    QTRY_VERIFY_WITH_TIMEOUT(closing.isClosed.has_value(), kPatienceMs);
    QVERIFY(!*closing.isClosed);
    QVERIFY(QTest::qWaitFor([this] { return store::Profile::open(m_fixture.profile(), storage::passphraseBytes(QStringLiteral("another"))).error().code == base::ErrorCode::WrongPassphrase; }, kPatienceMs));
    m_fixture.stop();
    QVERIFY(m_fixture.start());
    QTRY_COMPARE_WITH_TIMEOUT(window() != nullptr ? typed() : QString(), QStringLiteral("Half-typed while it locks"), kPatienceMs);
}

int main(int argc, char **argv)
{
    base::platform::surviveFileSizeLimits();
    return testlib::runInEventLoop<TestDesktopLock>(argc, argv);
}

#include "tst_desktop_lock.moc"
