// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The pages before the window: welcome over a fake Joining, unlock, and the limit of its tries.
#include "tests/testlib/page_reader.h"
#include "tests/testlib/sample_company.h"
#include "ui/pages/welcome/unlock_page.h"
#include "ui/pages/welcome/welcome_page.h"
#include "ui/widgets/controls/password_edit.h"
#include "ui/widgets/theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace fieldfare;
using store::JoinRequest;

namespace {

constexpr const char *kCode = "Code of the authenticator app, or a recovery code";

constexpr std::int64_t kMinuteMs = 60'000;

class NotingJoining final : public store::Joining {
public:
    void probe(const QString &address) override { probedAddresses.append(address); }
    void begin(const JoinRequest &request) override { requests.push_back(request); }
    void cancel() override { ++cancels; }
    void setPaused(bool paused) override { pauses.append(paused); }

    QStringList probedAddresses;
    std::vector<JoinRequest> requests;
    int cancels = 0;
    QList<bool> pauses;
};

QString secretText(const std::shared_ptr<const base::Secret> &secret)
{
    return secret ? QString::fromUtf8(secret->view()) : QString();
}

} // namespace

class TestFirstStart final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init();
    void cleanup();
    void serverIsSeenBeforeAPasswordIsSent();
    void otherAuthorityIsSaidToBeOne();
    void wrongPasswordGoesBackToIt();
    void aCodeIsAskedForOnceTheServerHas();
    void aloneNeedsANameAndAPassphrase();
    void sampleBeginsAtOnce();
    void downloadIsShownAndPaused();
    void stepsAreCounted();
    void enterLeadsFromFieldToFieldAndOn();
    void theQuitKeyClosesThePage();
    void unlockSaysWhoseProfileItIs();
    void unlockSaysWhatToDoWithoutThePassphrase();
    void unlockWaitsAfterFiveTries();
    void unlockSaysWhatElseFailed();

private:
    [[nodiscard]] storage::TryLimit limit(const base::Clock &clock) const { return {m_tries.filePath(QString::fromLatin1(QTest::currentTestFunction())), clock}; }

    QTemporaryDir m_tries;
    [[nodiscard]] QLineEdit *edit(const char *name) const { return testlib::PageReader(*m_page).edit(name); }
    [[nodiscard]] QAbstractButton *button(const char *text) const { return testlib::PageReader(*m_page).button(text); }
    [[nodiscard]] bool says(const char *part) const { return testlib::PageReader(*m_page).says(part); }
    void choose(const char *text) const
    {
        for (QRadioButton *found : m_page->findChildren<QRadioButton *>()) {
            if (found->text() == QLatin1StringView(text))
                found->click();
        }
    }
    void typePassphrase(const QString &text) const
    {
        edit("Passphrase")->setText(text);
        edit("The same again")->setText(text);
    }

    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<NotingJoining> m_joining;
    std::unique_ptr<ui::WelcomePage> m_page;
};

void TestFirstStart::init()
{
    m_theme = std::make_unique<ui::Theme>(qApp);
    m_theme->setMode(ui::ThemeMode::Light);
    m_joining = std::make_unique<NotingJoining>();
    m_page = std::make_unique<ui::WelcomePage>(*m_joining);
    m_page->resize(860, 640);
    m_page->show();
}

void TestFirstStart::cleanup()
{
    m_page.reset();
    m_joining.reset();
    m_theme.reset();
}

void TestFirstStart::serverIsSeenBeforeAPasswordIsSent()
{
    QVERIFY(!button("Connect")->isEnabled());
    edit("Server address")->setText(QStringLiteral("crm.sonron.example"));
    edit("Name")->setText(QStringLiteral("markita.hansen"));
    edit("Password")->setText(QStringLiteral("a password"));
    QVERIFY(button("Connect")->isEnabled());
    button("Connect")->click();
    QCOMPARE(m_joining->probedAddresses, QStringList{QStringLiteral("crm.sonron.example")});
    QCOMPARE(m_page->step(), ui::WelcomePage::Step::Where); // not before it was seen
    Q_EMIT m_joining->probed({QStringLiteral("crm.sonron.example"), QStringLiteral("Sonron"), QStringLiteral("TLS 1.3"), QStringLiteral("5F3A 91C4"), true});
    QVERIFY(says("TLS 1.3, certificate valid"));
    QVERIFY(says("5F3A 91C4"));
    QVERIFY(m_joining->requests.empty());
    button("Connect")->click();
    QCOMPARE(m_page->step(), ui::WelcomePage::Step::Passphrase);
    QVERIFY(!button("Encrypt and go on")->isEnabled());
    typePassphrase(QStringLiteral("12345678"));
    QVERIFY(!button("Encrypt and go on")->isEnabled()); // too easy
    typePassphrase(QStringLiteral("quartz-meadow-bicycle-77-thunder"));
    edit("The same again")->setText(QStringLiteral("quartz-meadow-bicycle-77-thunde"));
    QVERIFY(says("not the same"));
    QVERIFY(!button("Encrypt and go on")->isEnabled());
    typePassphrase(QStringLiteral("quartz-meadow-bicycle-77-thunder"));
    button("Encrypt and go on")->click();
    QCOMPARE(m_joining->requests.size(), size_t(1));
    const JoinRequest &request = m_joining->requests.front();
    QCOMPARE(request.kind, JoinRequest::Kind::Server);
    QCOMPARE(request.server.fingerprint, QStringLiteral("5F3A 91C4"));
    QCOMPARE(request.userName, QStringLiteral("markita.hansen"));
    QCOMPARE(secretText(request.password), QStringLiteral("a password"));
    QCOMPARE(secretText(request.passphrase), QStringLiteral("quartz-meadow-bicycle-77-thunder"));
    // Once is enough, however often somebody presses Enter.
    QTest::keyClick(edit("The same again"), Qt::Key_Return);
    QCOMPARE(m_joining->requests.size(), size_t(1));
}

void TestFirstStart::otherAuthorityIsSaidToBeOne()
{
    edit("Server address")->setText(QStringLiteral("Anna Example"));
    Q_EMIT m_joining->probeFailed({base::ErrorCode::InvalidArgument, {}, {}});
    QVERIFY(says("That is no address of a server."));
    edit("Server address")->setText(QStringLiteral("10.0.0.7:8443"));
    Q_EMIT m_joining->probed({QStringLiteral("10.0.0.7:8443"), {}, QStringLiteral("TLS 1.3"), QStringLiteral("0000 1111"), false});
    QVERIFY(says("compare the fingerprint"));
    // Another address has not been seen.
    QTest::keyClicks(edit("Server address"), QStringLiteral("0"));
    QVERIFY(!says("compare the fingerprint"));
}

void TestFirstStart::wrongPasswordGoesBackToIt()
{
    serverIsSeenBeforeAPasswordIsSent();
    Q_EMIT m_joining->failed({base::ErrorCode::SignInFailed, {}, {}});
    QCOMPARE(m_page->step(), ui::WelcomePage::Step::Where);
    QVERIFY(button("Connect")->isEnabled());
    QCOMPARE(edit("Name")->text(), QStringLiteral("markita.hansen"));
}

void TestFirstStart::aCodeIsAskedForOnceTheServerHas()
{
    serverIsSeenBeforeAPasswordIsSent();
    QVERIFY(m_joining->requests.back().code.isEmpty());
    const size_t before = m_joining->requests.size();
    Q_EMIT m_joining->failed({base::ErrorCode::SecondFactorNeeded, {}, {}});
    QCOMPARE(m_page->step(), ui::WelcomePage::Step::Where);
    QVERIFY(says("asks for a code besides the password"));
    QVERIFY(!button("Connect")->isEnabled());
    edit(kCode)->setText(QStringLiteral("ABCD-EFGH-IJKL-MNOP"));
    button("Connect")->click(); // the passphrase is there already
    QCOMPARE(m_joining->requests.size(), before + 1);
    QCOMPARE(m_joining->requests.back().code, QStringLiteral("ABCD-EFGH-IJKL-MNOP"));
    QCOMPARE(secretText(m_joining->requests.back().password), QStringLiteral("a password"));
    QVERIFY(!m_joining->requests.back().passphrase->view().isEmpty());
    QVERIFY(!button("Connect")->isEnabled()); // one at a time
    Q_EMIT m_joining->failed({base::ErrorCode::SecondFactorWrong, {}, {}});
    QVERIFY(says("is not right, or was used already"));
    QVERIFY(edit(kCode)->text().isEmpty());
}

void TestFirstStart::aloneNeedsANameAndAPassphrase()
{
    choose("Work alone on this computer");
    QVERIFY(!button("Go on")->isEnabled());
    edit("Your name")->setText(QStringLiteral("Markita Hansen"));
    button("Go on")->click();
    typePassphrase(QStringLiteral("quartz-meadow-bicycle-77-thunder"));
    button("Encrypt and go on")->click();
    QCOMPARE(m_joining->requests.size(), size_t(1));
    QCOMPARE(m_joining->requests.front().kind, JoinRequest::Kind::Alone);
    QCOMPARE(m_joining->requests.front().userName, QStringLiteral("Markita Hansen"));
    QVERIFY(!m_joining->requests.front().password);
    QVERIFY(m_joining->probedAddresses.isEmpty());
}

void TestFirstStart::sampleBeginsAtOnce()
{
    choose("Look round with sample data");
    button("Look round")->click();
    QCOMPARE(m_joining->requests.size(), size_t(1));
    QCOMPARE(m_joining->requests.front().kind, JoinRequest::Kind::Sample);
    QVERIFY(!m_joining->requests.front().passphrase);
    QSignalSpy start(m_page.get(), &ui::WelcomePage::startRequested);
    Q_EMIT m_joining->ready();
    QCOMPARE(start.size(), 0);
    Q_EMIT m_joining->finished();
    QCOMPARE(start.size(), 1);
}

void TestFirstStart::downloadIsShownAndPaused()
{
    QSignalSpy start(m_page.get(), &ui::WelcomePage::startRequested);
    Q_EMIT m_joining->ready();
    store::DownloadProgress progress;
    progress.parts = {{QStringLiteral("Customers"), 612'480, 1'000'000, store::DownloadPart::Standing::Running}};
    progress.percent = 61;
    progress.perSecond = 31'200;
    progress.secondsLeft = 20;
    Q_EMIT m_joining->downloadChanged(progress);
    QCOMPARE(m_page->step(), ui::WelcomePage::Step::Download);
    QCOMPARE(m_page->findChild<QProgressBar *>()->value(), 61);
    QTRY_VERIFY(says("612,480 of 1,000,000"));
    QVERIFY(says("31,200 a second"));
    button("Pause")->click();
    button("Go on")->click();
    QCOMPARE(m_joining->pauses, (QList<bool>{true, false}));
    // A lost network is said; what is here can be used.
    Q_EMIT m_joining->failed({base::ErrorCode::NetworkUnreachable, {}, {}});
    QCOMPARE(m_page->step(), ui::WelcomePage::Step::Download);
    button("Start working")->click();
    QCOMPARE(start.size(), 1);
}

void TestFirstStart::stepsAreCounted()
{
    QVERIFY(says("Step 1 of 3"));
    choose("Work alone on this computer");
    QVERIFY(says("Step 1 of 2"));
    m_page->chooseAlone(QStringLiteral("Markita Hansen"));
    m_page->goOn();
    QVERIFY(says("Step 2 of 2"));
    button("Back")->click();
    choose("Look round with sample data");
    QVERIFY(!says("Step 1"));
}

void TestFirstStart::enterLeadsFromFieldToFieldAndOn()
{
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    const auto type = [](const char *text) {
        QTest::keyClicks(QApplication::focusWidget(), QString::fromLatin1(text));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    };
    QTRY_VERIFY(edit("Server address")->hasFocus());
    type("crm.sonron.example");
    Q_EMIT m_joining->probed({QStringLiteral("crm.sonron.example"), {}, QStringLiteral("TLS 1.3"), QStringLiteral("5F3A 91C4"), true});
    type("markita.hansen");
    type("a password");
    QCOMPARE(m_page->step(), ui::WelcomePage::Step::Passphrase);
    QVERIFY(edit("Passphrase")->hasFocus());
    type("quartz-meadow-bicycle-77-thunder");
    QVERIFY(edit("The same again")->hasFocus());
    type("quartz-meadow-bicycle-77-thunder");
    QCOMPARE(m_joining->requests.size(), size_t(1));
    // Enter on a card that asks nothing goes on as well.
    m_page.reset();
    init();
    choose("Look round with sample data");
    for (QRadioButton *found : m_page->findChildren<QRadioButton *>()) {
        if (found->isChecked() && found->isVisible())
            QTest::keyClick(found, Qt::Key_Return);
    }
    QCOMPARE(m_joining->requests.size(), size_t(1));
}

void TestFirstStart::theQuitKeyClosesThePage()
{
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Q, Qt::ControlModifier);
    QVERIFY(!m_page->isVisible());
}

void TestFirstStart::unlockSaysWhoseProfileItIs()
{
    testlib::FixedClock clock;
    ui::UnlockPage page(QStringLiteral("Markita Hansen"), QStringLiteral("crm.sonron.example"), limit(clock));
    page.show();
    QStringList words;
    for (const QLabel *label : page.findChildren<QLabel *>())
        words.append(label->text());
    QVERIFY(words.contains(QStringLiteral("Markita Hansen")));
    QVERIFY(words.contains(QStringLiteral("crm.sonron.example")));
}

void TestFirstStart::unlockSaysWhatToDoWithoutThePassphrase()
{
    testlib::FixedClock clock;
    for (const QString &command : {QString(), QStringLiteral("fieldfare-cli recover request FILE")}) {
        ui::UnlockPage page(QStringLiteral("Markita Hansen"), QStringLiteral("crm.sonron.example"), limit(clock));
        page.setRecovery(command);
        page.show();
        const auto words = [&page] {
            QStringList all;
            for (const QLabel *label : page.findChildren<QLabel *>())
                all.append(label->isVisible() ? label->text() : QString());
            return all.join(QLatin1Char('\n'));
        };
        QVERIFY(words().contains(QStringLiteral("AES-256")));
        page.findChild<QPushButton *>(QStringLiteral("forgot"))->click();
        QCOMPARE(words().contains(QStringLiteral("Two administrators")), !command.isEmpty());
        QCOMPARE(words().contains(QStringLiteral("nobody can open it")), command.isEmpty());
        QVERIFY(words().contains(command));
    }
}

void TestFirstStart::unlockWaitsAfterFiveTries()
{
    testlib::FixedClock clock;
    ui::UnlockPage page(QStringLiteral("Markita Hansen"), QStringLiteral("crm.sonron.example"), limit(clock));
    page.show();
    QSignalSpy asked(&page, &ui::UnlockPage::unlockRequested);
    auto *field = page.findChild<ui::PasswordEdit *>();
    const auto shown = [&page] {
        QStringList words;
        for (const QLabel *label : page.findChildren<QLabel *>())
            words.append(label->text());
        return words.join(QLatin1Char('\n'));
    };
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(asked.size(), 0); // nothing was typed
    for (int i = 1; i <= storage::TryLimit::kFreeTries; ++i) {
        field->setText(QStringLiteral("guess %1").arg(i));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(asked.size(), i);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(asked.size(), i); // one at a time
        limit(clock).noteFailure(); // as who opens the profile does
        page.setFailed({base::ErrorCode::WrongPassphrase, {}, {}});
        if (i == 1)
            QVERIFY2(shown().contains(QStringLiteral("4 tries left")), qUtf8Printable(shown()));
    }
    QVERIFY2(shown().contains(QStringLiteral("60 s")), qUtf8Printable(shown()));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(asked.size(), storage::TryLimit::kFreeTries);
    // Another start of the program knows of it, and so does one that was told by who opens the profile.
    const ui::UnlockPage again({}, QStringLiteral("crm.sonron.example"), limit(clock));
    const QList<QLabel *> labels = again.findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) { return label->text().contains(QStringLiteral("60 s")); }));
    page.setFailed({base::ErrorCode::TooManyAttempts, {}, {}});
    QVERIFY2(shown().contains(QStringLiteral("60 s")), qUtf8Printable(shown()));
    clock.advance(kMinuteMs);
    QTRY_VERIFY(shown().contains(QStringLiteral("You can try again now"))); // within a second: the page counts down
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(asked.size(), storage::TryLimit::kFreeTries + 1);
}

void TestFirstStart::unlockSaysWhatElseFailed()
{
    testlib::FixedClock clock;
    ui::UnlockPage page({}, QStringLiteral("/home/m/profile"), limit(clock));
    page.show();
    page.setFailed({base::ErrorCode::FileDamaged, {}, {}});
    const QList<QLabel *> labels = page.findChildren<QLabel *>();
    QVERIFY(std::none_of(labels.begin(), labels.end(), [](const QLabel *label) { return label->text().contains(QStringLiteral("tries left")); }));
}

QTEST_MAIN(TestFirstStart)
#include "tst_first_start.moc"
