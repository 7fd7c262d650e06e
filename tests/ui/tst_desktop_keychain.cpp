// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The computer's keychain opens the profile where somebody turned that on, and where it does not the passphrase is asked for.
#include "app/cli/wipe_command.h"
#include "app/composition/keychain_unlock.h"
#include "core/storage/passphrase.h"
#include "tests/ui/desktop_fixture.h"
#include "ui/pages/settings/security_section.h"
#include "ui/shell/command_table.h"

#include <QCheckBox>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPushButton>

using namespace fieldfare;
using base::ErrorCode;

namespace {

class Said final : public app::CommandOutput {
public:
    void out(const QByteArray &bytes) override { answer += bytes; }
    void err(const QByteArray &bytes) override { notes += bytes; }

    QByteArray answer;
    QByteArray notes;
};

} // namespace

class TestDesktopKeychain final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_fixture.prepare()); }
    void init();
    void cleanup() { m_fixture.stop(); }
    void itIsOffUntilSomebodyTurnsItOn();
    void aLockedProgramAsksForThePassphrase();
    void whatDoesNotOpenFallsBackToAsking_data();
    void whatDoesNotOpenFallsBackToAsking();
    void thePassphraseMayBeFaster();
    void nothingIsOpenedBehindALock();
    void aPassphraseThatCameTooLateIsForgotten();
    void aKeychainThatRefusesTurnsNothingOn();
    void aNewPassphraseTurnsItOff();
    void theEndWaitsForANewPassphrase();
    void wipingTakesTheKeychainsPart();
    void wipingGoesOnWithoutAKeychain();

private:
    using Fixture = testlib::DesktopFixture;

    [[nodiscard]] QString keyFile() const { return store::ProfilePaths{m_fixture.profile()}.keyFile(); }
    [[nodiscard]] bool isOn()
    {
        testlib::FakeKeychain keychain(m_fixture.keychain());
        return app::KeychainUnlock(keyFile(), keychain).isOn();
    }
    QCheckBox *box()
    {
        Fixture::window()->openPage(QStringLiteral("settings"));
        return Fixture::window()->findChild<ui::SecuritySection *>()->findChild<QCheckBox *>();
    }
    /// Starts, turns it on in the settings, and ends the program.
    void turnOn()
    {
        QVERIFY(m_fixture.start());
        box()->click();
        QTRY_VERIFY(box()->isEnabled() && isOn());
        m_fixture.stop();
    }
    /// In the settings, which are open.
    static void changePassphrase(const QString &after)
    {
        auto *section = Fixture::window()->findChild<ui::SecuritySection *>();
        const QList<QLineEdit *> fields = section->findChildren<QLineEdit *>();
        fields[0]->setText(QString::fromLatin1(Fixture::kPassphrase));
        fields[1]->setText(after);
        fields[2]->setText(after);
        for (QPushButton *button : section->findChildren<QPushButton *>()) {
            if (button->text() == QStringLiteral("Change passphrase"))
                button->click();
        }
    }
    int wipe(Said &said)
    {
        app::CommandLine line;
        line.profile = m_fixture.profile();
        line.json = true;
        line.arguments.options.insert(QStringLiteral("yes"), {});
        testlib::FakeKeychain keychain(m_fixture.keychain());
        return app::runWipe(line, said, keychain);
    }

    Fixture m_fixture;
};

void TestDesktopKeychain::init()
{
    const QByteArray name = QByteArray(QTest::currentTestFunction()) + QTest::currentDataTag();
    QVERIFY(m_fixture.freshProfile(name.constData()));
}

void TestDesktopKeychain::itIsOffUntilSomebodyTurnsItOn()
{
    QVERIFY(m_fixture.start(true));
    QVERIFY(Fixture::waitForUnlockPage());
    QVERIFY(!Fixture::says("computer's keychain"));
    Fixture::answer();
    QVERIFY(Fixture::waitForWindow());
    QVERIFY(!box()->isChecked());
    QVERIFY(m_fixture.keychain().kept.isEmpty());
    box()->click();
    QTRY_COMPARE(m_fixture.keychain().kept.size(), 1);
    QTRY_VERIFY(isOn());
    // What it keeps is random: neither the passphrase nor the data key, and it names nobody.
    const QByteArray kept = m_fixture.keychain().kept.first();
    QCOMPARE(kept.size(), qsizetype(storage::KeychainRecord::kSecretSize));
    QVERIFY(!kept.contains(Fixture::kPassphrase));
    QVERIFY(!m_fixture.keychain().kept.firstKey().contains(QStringLiteral("anna"), Qt::CaseInsensitive));
    m_fixture.stop();
    const auto profile = store::Profile::open(m_fixture.profile(), storage::passphraseBytes(QString::fromLatin1(Fixture::kPassphrase)));
    QVERIFY(profile.ok());
    QVERIFY(profile->key()->secret().view() != QByteArrayView(kept));
}

void TestDesktopKeychain::aLockedProgramAsksForThePassphrase()
{
    turnOn();
    QVERIFY(m_fixture.start(true));
    QVERIFY(Fixture::waitForWindow()); // nobody typed anything
    Fixture::window()->commands().run(QStringLiteral("window.lock"));
    QVERIFY(Fixture::waitForUnlockPage());
    QCOMPARE(m_fixture.keychain().reads, 1); // at the start
    Fixture::answer();
    QVERIFY(Fixture::waitForWindow());
    box()->click();
    QTRY_VERIFY(m_fixture.keychain().kept.isEmpty());
    QVERIFY(!isOn());
    m_fixture.stop();
    QVERIFY(m_fixture.start(true));
    QVERIFY(Fixture::waitForUnlockPage());
}

void TestDesktopKeychain::whatDoesNotOpenFallsBackToAsking_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("not running") << QStringLiteral("away") << QByteArray("is not running");
    QTest::newRow("denied") << QStringLiteral("denied") << QByteArray("stays closed");
    QTest::newRow("broken") << QStringLiteral("broken") << QByteArray("does not open the profile");
    QTest::newRow("emptied") << QStringLiteral("emptied") << QByteArray("does not open the profile");
    QTest::newRow("another secret") << QStringLiteral("another") << QByteArray("does not open the profile");
    QTest::newRow("nonsense") << QStringLiteral("nonsense") << QByteArray("does not open the profile");
}

void TestDesktopKeychain::whatDoesNotOpenFallsBackToAsking()
{
    QFETCH(const QString, what);
    QFETCH(const QByteArray, words);
    turnOn();
    testlib::FakeKeychain::State &keychain = m_fixture.keychain();
    keychain.isAvailable = what != QLatin1String("away");
    if (what == QLatin1String("denied"))
        keychain.fails = ErrorCode::PermissionDenied;
    else if (what == QLatin1String("broken"))
        keychain.fails = ErrorCode::Io;
    else if (what == QLatin1String("emptied"))
        keychain.kept.clear();
    else if (what == QLatin1String("another"))
        keychain.kept.first() = QByteArray(storage::KeychainRecord::kSecretSize, 'x');
    else if (what == QLatin1String("nonsense"))
        keychain.kept.first() = "?";
    QVERIFY(m_fixture.start(true));
    QTRY_VERIFY_WITH_TIMEOUT(Fixture::says(words.constData()), Fixture::kPatienceMs);
    QVERIFY(Fixture::window() == nullptr);
    Fixture::answer();
    QVERIFY(Fixture::waitForWindow());
}

void TestDesktopKeychain::thePassphraseMayBeFaster()
{
    turnOn();
    m_fixture.keychain().isSilent = true; // it asks the person for its own passphrase
    QVERIFY(m_fixture.start(true));
    QVERIFY(Fixture::waitForUnlockPage());
    QVERIFY(Fixture::says("Asking this computer's keychain"));
    Fixture::answer("not this one");
    QTRY_VERIFY_WITH_TIMEOUT(Fixture::says("not the passphrase"), Fixture::kPatienceMs);
    Fixture::answer();
    QVERIFY(Fixture::waitForWindow());
}

void TestDesktopKeychain::nothingIsOpenedBehindALock()
{
    turnOn();
    m_fixture.keychain().isSilent = true;
    QVERIFY(m_fixture.start(true));
    QVERIFY(Fixture::says("Asking this computer's keychain"));
    m_fixture.desktop().findChild<app::SessionWatch *>()->noteLock();
    QTRY_VERIFY(!Fixture::says("Asking this computer's keychain"));
    QVERIFY(m_fixture.keychain().held);
    m_fixture.keychain().held(); // somebody comes back and gives the keychain its own passphrase
    QVERIFY(!QTest::qWaitFor([] { return Fixture::window() != nullptr; }, 1000));
    Fixture::answer();
    QVERIFY(Fixture::waitForWindow());
}

/// Typed while the keychain's secret was being tried, which opened the profile.
void TestDesktopKeychain::aPassphraseThatCameTooLateIsForgotten()
{
    turnOn();
    QVERIFY(m_fixture.start(true));
    auto *page = Fixture::shown<ui::UnlockPage>();
    QVERIFY(page != nullptr);
    std::weak_ptr<const base::Secret> typed;
    bool isTyped = false;
    connect(page, &ui::UnlockPage::unlockRequested, this, [&](const std::shared_ptr<const base::Secret> &passphrase) {
        typed = passphrase;
        isTyped = true;
    });
    // Behind the keychain's answer, and before that of the thread which tries it.
    QMetaObject::invokeMethod(this, [] { Fixture::answer("not this one"); }, Qt::QueuedConnection);
    QVERIFY(Fixture::waitForWindow());
    QVERIFY(isTyped);
    QVERIFY(typed.expired());
}

void TestDesktopKeychain::aKeychainThatRefusesTurnsNothingOn()
{
    QVERIFY(m_fixture.start());
    m_fixture.keychain().fails = ErrorCode::PermissionDenied;
    box()->click();
    QTRY_VERIFY(box()->isEnabled());
    QVERIFY(!box()->isChecked());
    QVERIFY(!isOn());
    // A keychain that is gone can still be turned off.
    m_fixture.keychain().fails.reset();
    box()->click();
    QTRY_VERIFY(box()->isEnabled() && isOn());
    m_fixture.keychain().fails = ErrorCode::Io;
    box()->click();
    QTRY_VERIFY(box()->isEnabled() && !isOn());
    QVERIFY(!box()->isChecked());
}

void TestDesktopKeychain::aNewPassphraseTurnsItOff()
{
    turnOn();
    QVERIFY(m_fixture.start());
    QVERIFY(box()->isChecked());
    const QString other = QStringLiteral("lantern-41-velvet-harbour");
    changePassphrase(other);
    QTRY_VERIFY_WITH_TIMEOUT(!isOn(), Fixture::kPatienceMs);
    QTRY_VERIFY(!box()->isChecked());
    QTRY_VERIFY(m_fixture.keychain().kept.isEmpty());
    m_fixture.stop();
    QVERIFY(store::Profile::open(m_fixture.profile(), storage::passphraseBytes(other)).ok());
}

/// The key file is written under the profile's lock, or not at all.
void TestDesktopKeychain::theEndWaitsForANewPassphrase()
{
    QVERIFY(m_fixture.start());
    QVERIFY(box() != nullptr);
    const QString other = QStringLiteral("lantern-41-velvet-harbour");
    changePassphrase(other);
    m_fixture.stop(); // two keys are being derived
    const auto opened = store::Profile::open(m_fixture.profile(), storage::passphraseBytes(other));
    QVERIFY2(opened.ok(), opened.ok() ? "" : qPrintable(base::errorCodeName(opened.error().code)));
}

void TestDesktopKeychain::wipingTakesTheKeychainsPart()
{
    turnOn();
    Said said;
    // Killed in between, nobody would know its name any more.
    bool isNameKnown = false;
    m_fixture.keychain().removing = [&] { isNameKnown = isOn(); };
    QCOMPARE(wipe(said), 0);
    QVERIFY(isNameKnown);
    QVERIFY(m_fixture.keychain().kept.isEmpty());
    QCOMPARE(QJsonDocument::fromJson(said.answer).object().value(QStringLiteral("keychain")).toString(), QStringLiteral("removed"));
    QCOMPARE(QDir(m_fixture.profile()).entryList({QStringLiteral("fieldfare.*")}, QDir::Files), QStringList());
}

void TestDesktopKeychain::wipingGoesOnWithoutAKeychain()
{
    turnOn();
    m_fixture.keychain().fails = ErrorCode::Io;
    Said said;
    QCOMPARE(wipe(said), 0);
    QCOMPARE(QJsonDocument::fromJson(said.answer).object().value(QStringLiteral("keychain")).toString(), QStringLiteral("left"));
    QVERIFY(said.notes.contains("opens nothing any more"));
    QVERIFY(!QFile::exists(keyFile()));
}

int main(int argc, char **argv)
{
    return testlib::runInEventLoop<TestDesktopKeychain>(argc, argv);
}

#include "tst_desktop_keychain.moc"
