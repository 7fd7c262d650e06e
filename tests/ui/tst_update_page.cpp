// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A profile of an older version is brought up to this one while the desktop opens it: it tells how far it is, it can be stopped and
// goes on, and what is in the way is said.
#include "app/desktop/desktop_profile.h"
#include "core/storage/passphrase.h"
#include "tests/storage/packed_profile.h"
#include "ui/pages/welcome/update_page.h"

#include <QDir>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace fieldfare;

class TestUpdatePage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anOldProfileTellsHowFarItIs();
    void itIsStoppedAndGoesOn();
    void closingEndsIt();
    void thePageTellsAndStops();
    void thePageSaysWhatIsInTheWay();
    void thePageIsUsedByKeyboard();

private:
    static constexpr int kPatienceMs = 20'000;

    /// A profile of an older version, unlocked.
    static base::Result<store::Profile> oldProfile(const QString &folder)
    {
        const QString from = qEnvironmentVariable("FIELDFARE_TEST_DATA") + QStringLiteral("/profiles/version-1-first");
        const store::ProfilePaths paths{folder};
        if (!QDir().mkpath(folder) || !QFile::copy(from + QStringLiteral("/fieldfare.key"), paths.keyFile()))
            return base::Error{base::ErrorCode::Io, QStringLiteral("no key file"), {}};
        FIELDFARE_ASSIGN(store::Profile profile, store::Profile::open(folder, storage::passphraseBytes(QString::fromLatin1(store_test::kOldPassphrase))));
        storage::OpenOptions options;
        options.path = paths.database();
        options.key = profile.key();
        options.createIfMissing = true;
        FIELDFARE_ASSIGN(const auto connection, storage::Connection::open(options));
        FIELDFARE_TRY(store_test::unpackPages(store_test::readFile(from + QStringLiteral("/pages.zst")), *connection));
        // Fields as of another program, whatever has been added since: they are walked through.
        FIELDFARE_TRY(connection->execute(QLatin1StringView("UPDATE meta SET value = 'another' WHERE name = 'store.fingerprint'")));
        FIELDFARE_TRY(connection->execute(QLatin1StringView("DROP INDEX ix_customer__name__sort")));
        return profile;
    }
    static QPushButton *button(const QWidget &page, const char *text)
    {
        for (QPushButton *found : page.findChildren<QPushButton *>()) {
            if (found->text() == QLatin1StringView(text))
                return found;
        }
        qFatal("no button %s", text);
        return nullptr;
    }
    static bool says(const QWidget &page, const char *words)
    {
        const auto labels = page.findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(), [&](const QLabel *label) { return label->isVisible() && label->text().contains(QLatin1StringView(words)); });
    }

    base::SystemClock m_clock;
    base::SystemRandom m_random;
};

void TestUpdatePage::anOldProfileTellsHowFarItIs()
{
    const QTemporaryDir home;
    auto old = oldProfile(home.filePath(QStringLiteral("profile")));
    QVERIFY2(old.ok(), qPrintable(old.ok() ? QString() : old.error().detail));
    app::DesktopProfile profile(std::move(old).value(), m_clock, m_random);
    QSignalSpy updating(&profile, &app::DesktopProfile::updating);
    QSignalSpy opened(&profile, &app::DesktopProfile::opened);
    profile.open();
    QVERIFY(opened.wait(kPatienceMs));
    QVERIFY(updating.count() > 5);
    int last = 0;
    for (const QList<QVariant> &told : updating) {
        QVERIFY(told.first().toInt() > last || told.first().toInt() == 0);
        last = told.first().toInt();
    }
    QCOMPARE(last, 100);
}

void TestUpdatePage::itIsStoppedAndGoesOn()
{
    const QTemporaryDir home;
    auto old = oldProfile(home.filePath(QStringLiteral("profile")));
    QVERIFY(old.ok());
    app::DesktopProfile stopped(std::move(old).value(), m_clock, m_random);
    QSignalSpy failed(&stopped, &app::DesktopProfile::failed);
    stopped.stopUpdating();
    stopped.open();
    QVERIFY(failed.wait(kPatienceMs));
    QCOMPARE(failed.first().first().value<base::Error>().code, base::ErrorCode::Cancelled);
    app::DesktopProfile again(stopped.takeProfile(), m_clock, m_random); // without the passphrase
    QSignalSpy opened(&again, &app::DesktopProfile::opened);
    QSignalSpy updating(&again, &app::DesktopProfile::updating);
    again.open();
    QVERIFY(opened.wait(kPatienceMs));
    QVERIFY(!updating.isEmpty());
}

void TestUpdatePage::closingEndsIt()
{
    const QTemporaryDir home;
    const QString folder = home.filePath(QStringLiteral("profile"));
    auto old = oldProfile(folder);
    QVERIFY(old.ok());
    auto closed = std::make_unique<app::DesktopProfile>(std::move(old).value(), m_clock, m_random);
    QSignalSpy opened(closed.get(), &app::DesktopProfile::opened);
    closed->open();
    store::Profile profile = closed->takeProfile();
    closed.reset();
    QVERIFY(opened.isEmpty());
    app::DesktopProfile again(std::move(profile), m_clock, m_random);
    QSignalSpy openedAgain(&again, &app::DesktopProfile::opened);
    again.open();
    QVERIFY(openedAgain.wait(kPatienceMs));
}

void TestUpdatePage::thePageTellsAndStops()
{
    ui::UpdatePage page;
    page.show();
    page.setPercent(42);
    QCOMPARE(page.findChild<QProgressBar *>()->value(), 42);
    QVERIFY(says(page, "42"));
    QVERIFY(says(page, "Nothing is lost"));
    QVERIFY(!button(page, "Quit")->isVisible());
    QSignalSpy stop(&page, &ui::UpdatePage::stopRequested);
    button(page, "Stop")->click();
    button(page, "Stop")->click();
    QCOMPARE(stop.count(), 1);
    page.setFailed({base::ErrorCode::Cancelled, {}, {}});
    QVERIFY(!page.isRunning());
    QVERIFY(says(page, "what was finished stays"));
    QVERIFY(!button(page, "Stop")->isVisible() && !page.findChild<QProgressBar *>()->isVisible());
    QSignalSpy goOn(&page, &ui::UpdatePage::goOnRequested);
    button(page, "Go on")->click();
    QCOMPARE(goOn.count(), 1);
    QVERIFY(page.isRunning() && button(page, "Stop")->isEnabled() && !says(page, "what was finished stays"));
}

void TestUpdatePage::thePageSaysWhatIsInTheWay()
{
    ui::UpdatePage page;
    page.show();
    page.setFailed({base::ErrorCode::DiskFull, QStringLiteral("nothing was changed"), {QStringLiteral("/home/ann"), QStringLiteral("512")}});
    QVERIFY(says(page, "512 MB have to be free on the disk of /home/ann."));
    QVERIFY(says(page, "Nothing was changed."));
    QVERIFY(says(page, "Free some space and try again."));
    QVERIFY(button(page, "Try again")->isVisible() && button(page, "Quit")->isVisible());
}

void TestUpdatePage::thePageIsUsedByKeyboard()
{
    ui::UpdatePage page;
    page.show();
    page.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    QSignalSpy stop(&page, &ui::UpdatePage::stopRequested);
    QVERIFY(button(page, "Stop")->hasFocus());
    QTest::keyClick(button(page, "Stop"), Qt::Key_Return);
    QCOMPARE(stop.count(), 1);
    page.setFailed({base::ErrorCode::Cancelled, {}, {}});
    QVERIFY(button(page, "Go on")->hasFocus());
    QVERIFY(!page.findChild<QProgressBar *>()->accessibleName().isEmpty());
}

QTEST_MAIN(TestUpdatePage)
#include "tst_update_page.moc"
