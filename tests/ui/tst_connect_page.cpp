// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// From working alone to a server, over a fake Attaching: what is asked, what is shown before anything is done, and what a person
// is told when it fails.
#include "core/model/catalog.h"
#include "tests/testlib/attach_plan.h"
#include "tests/testlib/page_reader.h"
#include "ui/pages/welcome/connect_page.h"
#include "ui/pages/welcome/plan_view.h"
#include "ui/widgets/theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace fieldfare;
using domain::AttachProgress;
using domain::DuplicatePolicy;
using Step = ui::ConnectPage::Step;

namespace {

constexpr const char *kCode = "Code of the authenticator app, or a recovery code";

class NotingAttaching final : public domain::Attaching {
public:
    void open() override { ++opens; }
    void probe(const QString &address) override { probes.append(address); }
    void begin(const QString &userName, const std::shared_ptr<const base::Secret> &password, const QString &code) override
    {
        begins.append((userName + QLatin1Char(' ') + QString::fromUtf8(password->view()) + QLatin1Char(' ') + code).trimmed());
    }
    void resume() override { ++resumes; }
    void attach(DuplicatePolicy duplicates) override { attaches.append(duplicates); }
    void stop() override { ++stops; }

    int opens = 0;
    QStringList probes;
    QStringList begins;
    int resumes = 0;
    QList<DuplicatePolicy> attaches;
    int stops = 0;
};

} // namespace

class TestConnectPage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init();
    void cleanup();
    void nothingIsAskedBeforeTheProfileIsHere();
    void serverIsSeenBeforeAPasswordIsSent();
    void anEarlierDownloadNeedsNoPassword();
    void anEarlierDownloadCanBeForgotten();
    void aWrongPasswordIsPutRightWhereItWasTyped();
    void aCodeIsAskedForOnceTheServerHas();
    void whoMustWaitIsToldHowLong();
    void progressIsShownAndStopped();
    void thePlanIsShownAndAgreedTo();
    void duplicatesAreLeftOutWhenAskedTo();
    void aFailureOfTheLastStepIsToldBesideThePlan();
    void whoSaysNotNowIsBackAtWork();
    void enterAndEscapeLeadThrough();

private:
    [[nodiscard]] QLineEdit *edit(const char *name) const { return testlib::PageReader(*m_page).edit(name); }
    [[nodiscard]] QAbstractButton *button(const char *text) const { return testlib::PageReader(*m_page).button(text); }
    [[nodiscard]] bool says(const char *part) const { return testlib::PageReader(*m_page).says(part); }
    void typeServer()
    {
        Q_EMIT m_attaching->standingChanged({});
        edit("Server address")->setText(QStringLiteral("crm.sonron.example"));
        edit("Name")->setText(QStringLiteral("anna"));
        edit("Password")->setText(QStringLiteral("a password"));
    }
    void showPlan()
    {
        typeServer();
        Q_EMIT m_attaching->probed({QStringLiteral("crm.sonron.example"), {}, QStringLiteral("TLS 1.3"), QStringLiteral("5F3A 91C4"), false});
        button("Connect")->click();
        Q_EMIT m_attaching->prepared(testlib::attachPlan(*model::Catalog::standard()));
    }

    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<NotingAttaching> m_attaching;
    std::unique_ptr<ui::ConnectPage> m_page;
};

void TestConnectPage::init()
{
    m_theme = std::make_unique<ui::Theme>(qApp);
    m_theme->setMode(ui::ThemeMode::Light);
    m_attaching = std::make_unique<NotingAttaching>();
    m_page = std::make_unique<ui::ConnectPage>(*m_attaching, model::Catalog::standard());
    m_page->resize(860, 640);
    m_page->show();
    m_page->activateWindow();
}

void TestConnectPage::cleanup()
{
    m_page.reset();
    m_attaching.reset();
    m_theme.reset();
}

void TestConnectPage::nothingIsAskedBeforeTheProfileIsHere()
{
    edit("Server address")->setText(QStringLiteral("crm.sonron.example"));
    edit("Name")->setText(QStringLiteral("anna"));
    edit("Password")->setText(QStringLiteral("a password"));
    QVERIFY(!button("Connect")->isEnabled());
    Q_EMIT m_attaching->standingChanged({});
    QVERIFY(button("Connect")->isEnabled());
}

void TestConnectPage::serverIsSeenBeforeAPasswordIsSent()
{
    typeServer();
    button("Connect")->click();
    button("Connect")->click(); // impatience does not begin anew what is on its way
    QCOMPARE(m_attaching->probes.size(), 1);
    QVERIFY(m_attaching->begins.isEmpty());
    Q_EMIT m_attaching->probed({QStringLiteral("crm.sonron.example"), {}, QStringLiteral("TLS 1.3"), QStringLiteral("5F3A 91C4"), false});
    QVERIFY(says("5F3A 91C4"));
    QVERIFY(says("compare the fingerprint"));
    QVERIFY(m_attaching->begins.isEmpty());
    button("Connect")->click();
    QCOMPARE(m_attaching->begins, QStringList{QStringLiteral("anna a password")});
    QCOMPARE(m_page->step(), Step::Work);
}

void TestConnectPage::anEarlierDownloadNeedsNoPassword()
{
    Q_EMIT m_attaching->standingChanged({true, QStringLiteral("crm.sonron.example"), QStringLiteral("anna")});
    QVERIFY(says("What was downloaded from crm.sonron.example as anna"));
    QVERIFY(edit("Password") == nullptr);
    button("Go on")->click();
    QCOMPARE(m_attaching->resumes, 1);
    QCOMPARE(m_page->step(), Step::Work);
}

void TestConnectPage::anEarlierDownloadCanBeForgotten()
{
    Q_EMIT m_attaching->standingChanged({true, QStringLiteral("crm.sonron.example"), QStringLiteral("anna")});
    button("Forget it and sign in anew")->click();
    QVERIFY(edit("Password") != nullptr);
    QVERIFY(!button("Connect")->isEnabled());
    typeServer(); // which tells of the same standing, as after a failure
    QVERIFY(button("Connect")->isEnabled());
    QCOMPARE(m_attaching->resumes, 0);
}

void TestConnectPage::aWrongPasswordIsPutRightWhereItWasTyped()
{
    serverIsSeenBeforeAPasswordIsSent();
    Q_EMIT m_attaching->standingChanged({});
    Q_EMIT m_attaching->failed({base::ErrorCode::SignInFailed, {}, {}});
    QCOMPARE(m_page->step(), Step::Server);
    QVERIFY(says("does not accept name and password"));
    QVERIFY(says("This profile is as it was."));
    QVERIFY(!says("next sync")); // there is none
    QCOMPARE(edit("Name")->text(), QStringLiteral("anna"));
    QTRY_VERIFY(edit("Password")->hasFocus());
}

void TestConnectPage::aCodeIsAskedForOnceTheServerHas()
{
    serverIsSeenBeforeAPasswordIsSent();
    QVERIFY(edit(kCode) == nullptr);
    Q_EMIT m_attaching->failed({base::ErrorCode::SecondFactorNeeded, {}, {}});
    QCOMPARE(m_page->step(), Step::Server);
    QVERIFY(says("asks for a code besides the password"));
    QVERIFY(says("This profile is as it was."));
    QTRY_VERIFY(edit(kCode)->hasFocus());
    QVERIFY(!button("Connect")->isEnabled());
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("287 082"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(m_attaching->begins.last(), QStringLiteral("anna a password 287 082"));
    Q_EMIT m_attaching->failed({base::ErrorCode::SecondFactorWrong, {}, {}});
    QVERIFY(says("is not right, or was used already"));
    QVERIFY(edit(kCode)->text().isEmpty()); // no code works twice
    QTRY_VERIFY(edit(kCode)->hasFocus());
    edit("Name")->clear();
    QTest::keyClicks(edit("Name"), QStringLiteral("bo")); // who may have no second factor
    QVERIFY(edit(kCode) == nullptr);
    button("Connect")->click();
    QCOMPARE(m_attaching->begins.last(), QStringLiteral("bo a password"));
}

void TestConnectPage::whoMustWaitIsToldHowLong()
{
    serverIsSeenBeforeAPasswordIsSent();
    Q_EMIT m_attaching->failed({base::ErrorCode::TooManyAttempts, QStringLiteral("the account is locked"), {QStringLiteral("30")}});
    QVERIFY(says("possible in 30 seconds"));
    QVERIFY(button("Connect")->isEnabled()); // the server decides, not this page
}

void TestConnectPage::progressIsShownAndStopped()
{
    serverIsSeenBeforeAPasswordIsSent();
    Q_EMIT m_attaching->progressed({AttachProgress::Step::Downloading, 61'248, 100'000});
    QCOMPARE(m_page->findChild<QProgressBar *>()->value(), 61);
    QVERIFY(says("61,248 of 100,000 records"));
    Q_EMIT m_attaching->progressed({AttachProgress::Step::Comparing, 1, 4});
    QVERIFY(says("25 %"));
    QAbstractButton *stop = button("Stop");
    stop->click();
    stop->click();
    QCOMPARE(m_attaching->stops, 1);
    Q_EMIT m_attaching->standingChanged({true, QStringLiteral("crm.sonron.example"), QStringLiteral("anna")});
    Q_EMIT m_attaching->failed({base::ErrorCode::Cancelled, {}, {}});
    QCOMPARE(m_page->step(), Step::Server);
    QVERIFY(says("Stopped. This profile is as it was, and what was downloaded is kept."));
    button("Go on")->click();
    QVERIFY(button("Stop")->isEnabled());
}

void TestConnectPage::thePlanIsShownAndAgreedTo()
{
    showPlan();
    QCOMPARE(m_page->step(), Step::Check);
    QVERIFY(says("Sonron (crm.sonron.example)"));
    QVERIFY(says("1,204"));
    QVERIFY(says("stay behind"));
    auto *view = m_page->findChild<ui::PlanView *>();
    const auto *table = m_page->findChild<QTableView *>();
    const auto cell = [table](int row, int column) { return table->model()->index(row, column).data().toString(); };
    QCOMPARE(cell(0, 0), QStringLiteral("Customers"));
    view->showList(ui::PlanView::List::Duplicates);
    QCOMPARE(cell(0, 0), QStringLiteral("C-000003 ACME"));
    QCOMPARE(cell(0, 1), QStringLiteral("C-000871 Acme Ltd"));
    QCOMPARE(cell(0, 2), QStringLiteral("E-mail"));
    view->showList(ui::PlanView::List::Numbers);
    QCOMPARE(cell(0, 0), QStringLiteral("C-000003"));
    QCOMPARE(cell(0, 1), QStringLiteral("C-001291"));
    QVERIFY(m_attaching->attaches.isEmpty());
    button("Connect this profile")->click();
    QCOMPARE(m_attaching->attaches, QList{DuplicatePolicy::Keep});
    Q_EMIT m_attaching->progressed({AttachProgress::Step::Replacing, 0, 0});
    QVERIFY(button("Stop") == nullptr); // too late, and only a moment
    QSignalSpy start(m_page.get(), &ui::ConnectPage::startRequested);
    Q_EMIT m_attaching->attached(QStringLiteral("/home/anna/profile/before-attach.db"));
    QCOMPARE(m_page->step(), Step::Done);
    QVERIFY(says("belongs to Sonron now, and you are anna there"));
    QVERIFY(says("before-attach.db"));
    button("Start working")->click();
    QCOMPARE(start.size(), 1);
}

void TestConnectPage::duplicatesAreLeftOutWhenAskedTo()
{
    showPlan();
    button("Leave mine out; what refers to it refers to the server's")->click();
    button("Connect this profile")->click();
    QCOMPARE(m_attaching->attaches, QList{DuplicatePolicy::Skip});
}

void TestConnectPage::aFailureOfTheLastStepIsToldBesideThePlan()
{
    showPlan();
    button("Connect this profile")->click();
    Q_EMIT m_attaching->failed({base::ErrorCode::DiskFull, {}, {}});
    QCOMPARE(m_page->step(), Step::Check);
    QVERIFY(says("The disk is full. This profile is as it was."));
    button("Connect this profile")->click();
    QCOMPARE(m_attaching->attaches.size(), 2);
}

void TestConnectPage::whoSaysNotNowIsBackAtWork()
{
    QSignalSpy leave(m_page.get(), &ui::ConnectPage::leaveRequested);
    showPlan();
    button("Not now")->click();
    QCOMPARE(leave.size(), 1);
    QVERIFY(m_attaching->attaches.isEmpty());
}

void TestConnectPage::enterAndEscapeLeadThrough()
{
    QSignalSpy leave(m_page.get(), &ui::ConnectPage::leaveRequested);
    Q_EMIT m_attaching->standingChanged({});
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    QTRY_VERIFY(edit("Server address")->hasFocus());
    const auto type = [](const char *text) {
        QTest::keyClicks(QApplication::focusWidget(), QString::fromLatin1(text));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    };
    type("crm.sonron.example"); // on to the name, while it is looked who answers
    QCOMPARE(m_attaching->probes, QStringList{QStringLiteral("crm.sonron.example")});
    Q_EMIT m_attaching->probed({QStringLiteral("crm.sonron.example"), {}, QStringLiteral("TLS 1.3"), QStringLiteral("5F3A 91C4"), false});
    type("anna");
    type("a password");
    QCOMPARE(m_attaching->begins.size(), 1);
    QCOMPARE(m_attaching->stops, 0); // the same Enter must not press what comes into focus next
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QCOMPARE(m_attaching->stops, 1);
    Q_EMIT m_attaching->prepared(testlib::attachPlan(*model::Catalog::standard()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(m_attaching->attaches.size(), 1);
    Q_EMIT m_attaching->failed({base::ErrorCode::Cancelled, {}, {}});
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QCOMPARE(leave.size(), 1);
    button("Not now")->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return); // the button that has the focus, not the page's own
    QCOMPARE(leave.size(), 2);
    QCOMPARE(m_attaching->attaches.size(), 1);
}

QTEST_MAIN(TestConnectPage)
#include "tst_connect_page.moc"
