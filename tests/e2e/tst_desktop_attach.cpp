// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop's way from working alone to a real server: its page and what stands behind it, without the window.
#include "app/desktop/desktop_profile.h"
#include "app/desktop/profile_attaching.h"
#include "core/storage/passphrase.h"
#include "tests/e2e/real_company.h"
#include "tests/testlib/page_reader.h"
#include "ui/pages/welcome/connect_page.h"
#include "ui/widgets/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QtTest>

using namespace fieldfare;
using namespace fieldfare::testing;
using Step = ui::ConnectPage::Step;

namespace {

constexpr int kPatienceMs = 60'000;

} // namespace

class TestDesktopAttach : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        QCOMPARE(m_company.begin(), QString());
        QCOMPARE(m_company.enrol(QStringLiteral("b"), QStringLiteral("bo")), QString());
        const CliRunner b = m_company.device(QStringLiteral("b"));
        ok(b.run({QStringLiteral("create"), QStringLiteral("customer"), QStringLiteral("name=Acme Ltd"), QStringLiteral("email=info@acme.example")}));
        ok(b.run(words("sync")));
    }

    void cleanup()
    {
        m_page.reset();
        m_attaching.reset();
        m_profile.reset();
    }

    void cleanupTestCase() { QCOMPARE(m_company.stop(), QString()); }

    void everythingComesAlong()
    {
        const CliRunner a = alone(QStringLiteral("a"));
        const QByteArray before = contentOf(a.profile() + QStringLiteral("/fieldfare.db"));
        showPage(a);
        signIn(QString::fromLatin1(RealCompany::kUserPassword));
        QTRY_COMPARE_WITH_TIMEOUT(m_page->step(), Step::Check, kPatienceMs);
        QVERIFY(says("Look the same"));
        // Nothing is done before it is agreed to.
        QVERIFY(contentOf(a.profile() + QStringLiteral("/fieldfare.db")) == before);
        QCOMPARE(customersAtB(), 1);
        button("Connect this profile")->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_page->step(), Step::Done, kPatienceMs);
        QVERIFY(says("before-attach.db"));
        QVERIFY(contentOf(a.profile() + QStringLiteral("/before-attach.db")) == before);
        // The program goes on with the profile as it now is, without its passphrase being asked again, and sends what waits.
        reopen();
        QVERIFY(!m_profile->database().profileInfo().isStandAlone());
        QCOMPARE(m_profile->database().profileInfo().userName, QStringLiteral("anna"));
        QSignalSpy synced(&m_profile->sync(), &store::SyncStatus::finished);
        m_profile->startSync();
        QVERIFY(synced.wait(kPatienceMs));
        m_profile.reset();
        QCOMPARE(customersAtB(), 4);
        QCOMPARE(m_company.agree({QStringLiteral("a"), QStringLiteral("b")}), QString());
    }

    void duplicatesAreLeftOut()
    {
        const CliRunner a = alone(QStringLiteral("skipping"));
        const int there = customersAtB();
        showPage(a);
        signIn(QString::fromLatin1(RealCompany::kUserPassword));
        QTRY_COMPARE_WITH_TIMEOUT(m_page->step(), Step::Check, kPatienceMs);
        button("Leave mine out; what refers to it refers to the server's")->click();
        button("Connect this profile")->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_page->step(), Step::Done, kPatienceMs);
        m_page.reset();
        m_attaching.reset(); // as when the program ends here: what waits goes with the next sync
        ok(a.run(words("sync")));
        QVERIFY2(customersAtB() < there + 3, qPrintable(QString::number(customersAtB())));
    }

    void aWrongPasswordLeavesTheProfileAsItWas()
    {
        const CliRunner a = alone(QStringLiteral("refused"));
        const QByteArray before = contentOf(a.profile() + QStringLiteral("/fieldfare.db"));
        showPage(a);
        signIn(QStringLiteral("not the password"));
        QTRY_VERIFY_WITH_TIMEOUT(says("does not accept name and password"), kPatienceMs);
        QVERIFY(says("This profile is as it was."));
        QVERIFY(!before.isEmpty() && contentOf(a.profile() + QStringLiteral("/fieldfare.db")) == before);
        reopen();
        QVERIFY(m_profile->database().profileInfo().isStandAlone());
        m_profile.reset();
        QCOMPARE(files(a).join(QLatin1Char(' ')), QStringLiteral("fieldfare.db fieldfare.key"));
        QCOMPARE(a.run(words("count customer")).number("count"), 3);
    }

    void nobodyAtTheAddressIsSaid()
    {
        const CliRunner a = alone(QStringLiteral("nobody"));
        showPage(a);
        edit("Server address")->setText(QStringLiteral("127.0.0.1:1"));
        edit("Name")->setText(QStringLiteral("anna"));
        edit("Password")->setText(QStringLiteral("x"));
        QTRY_VERIFY(button("Connect")->isEnabled());
        button("Connect")->click();
        QTRY_VERIFY_WITH_TIMEOUT(says("cannot be reached"), kPatienceMs);
        QCOMPARE(m_page->step(), Step::Server);
    }

    void whatWasDownloadedIsGoneOnFrom()
    {
        const CliRunner a = alone(QStringLiteral("later"));
        showPage(a);
        signIn(QString::fromLatin1(RealCompany::kUserPassword));
        QTRY_COMPARE_WITH_TIMEOUT(m_page->step(), Step::Check, kPatienceMs);
        // "Not now": the profile works alone, the next attempt needs no password.
        reopen();
        QVERIFY(m_profile->database().profileInfo().isStandAlone());
        QVERIFY(!QFile::exists(a.profile() + QStringLiteral("/joined.db")));
        m_profile.reset();
        ok(a.run(words("create customer name=Meanwhile")));
        showPage(a);
        QTRY_VERIFY_WITH_TIMEOUT(button("Go on") != nullptr && button("Go on")->isEnabled(), kPatienceMs);
        QVERIFY(edit("Password") == nullptr);
        // Without the server it stays as it is, and says so.
        QCOMPARE(m_company.stop(), QString());
        button("Go on")->click();
        QTRY_VERIFY_WITH_TIMEOUT(says("cannot be reached"), kPatienceMs);
        QVERIFY(says("what was downloaded is kept"));
        QCOMPARE(m_company.start(), QString());
        button("Go on")->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_page->step(), Step::Check, kPatienceMs);
        button("Connect this profile")->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_page->step(), Step::Done, kPatienceMs);
        m_page.reset();
        m_attaching.reset();
        ok(a.run(words("sync")));
        ok(m_company.device(QStringLiteral("b")).run(words("sync")));
        QCOMPARE(m_company.device(QStringLiteral("b")).run(words("count customer --where name=Meanwhile")).number("count"), 1);
    }

    void stoppedWhileComparingItIsAsItWas()
    {
        const CliRunner a = alone(QStringLiteral("stopped"));
        QByteArray rows("name,phone\n");
        for (int i = 0; i < 5000; ++i)
            rows += "Many " + QByteArray::number(i) + ",+49301" + QByteArray::number(100'000 + i) + '\n';
        ok(a.run({QStringLiteral("import"), QStringLiteral("customer"), a.file(QStringLiteral("many.csv"), rows)}));
        showPage(a);
        connect(m_attaching.get(), &domain::Attaching::progressed, this, [this](const domain::AttachProgress &progress) {
            if (progress.step == domain::AttachProgress::Step::Comparing && button("Stop") != nullptr)
                button("Stop")->click();
        });
        signIn(QString::fromLatin1(RealCompany::kUserPassword));
        QTRY_VERIFY_WITH_TIMEOUT(says("Stopped."), kPatienceMs);
        QVERIFY(button("Go on") != nullptr);
        reopen();
        QVERIFY(m_profile->database().profileInfo().isStandAlone());
        m_profile.reset();
        QCOMPARE(a.run(words("count customer")).number("count"), 5003);
    }

private:
    static void ok(const Said &said) { QVERIFY2(said.exitCode == 0, said.err.constData()); }

    [[nodiscard]] CliRunner alone(const QString &name) const
    {
        CliRunner runner = m_company.device(name);
        QDir(runner.profile()).removeRecursively();
        ok(runner.run(words("init --user me --currency CHF")));
        ok(runner.run(words("create customer name=ACME email=info@acme.example")));
        ok(runner.run(words("create customer name=Own")));
        ok(runner.run(words("create customer name=Child parent=Own")));
        return runner;
    }

    /// As the desktop does it: the profile is unlocked once, and handed over.
    void showPage(const CliRunner &device)
    {
        auto profile = store::Profile::open(device.profile(), storage::passphraseBytes(QString::fromLatin1(CliRunner::kPassphrase)));
        QVERIFY2(profile.ok(), profile.ok() ? "" : qPrintable(profile.error().detail));
        m_attaching = std::make_unique<app::ProfileAttaching>(m_clock, m_random);
        m_page = std::make_unique<ui::ConnectPage>(*m_attaching, model::Catalog::standard());
        m_page->show();
        m_attaching->setProfile(std::move(profile).value());
        m_attaching->open();
    }

    void signIn(const QString &password)
    {
        edit("Server address")->setText(QStringLiteral("127.0.0.1:%1").arg(m_company.port()));
        Q_EMIT edit("Server address")->editingFinished();
        QTRY_VERIFY_WITH_TIMEOUT(says("compare the fingerprint"), kPatienceMs);
        edit("Name")->setText(QStringLiteral("anna"));
        edit("Password")->setText(password);
        QTRY_VERIFY_WITH_TIMEOUT(button("Connect")->isEnabled(), kPatienceMs);
        button("Connect")->click();
    }

    void reopen()
    {
        std::optional<store::Profile> taken;
        m_attaching->takeProfile([&taken](store::Profile profile) { taken.emplace(std::move(profile)); });
        QTRY_VERIFY_WITH_TIMEOUT(taken.has_value(), kPatienceMs);
        m_page.reset();
        m_attaching.reset();
        m_profile = std::make_unique<app::DesktopProfile>(std::move(*taken), m_clock, m_random);
        QSignalSpy opened(m_profile.get(), &app::DesktopProfile::opened);
        m_profile->open();
        QVERIFY(opened.wait(kPatienceMs));
    }

    [[nodiscard]] int customersAtB() const
    {
        const CliRunner b = m_company.device(QStringLiteral("b"));
        static_cast<void>(b.run(words("sync")));
        return int(b.run(words("count customer")).number("count"));
    }

    [[nodiscard]] static QStringList files(const CliRunner &a)
    {
        QStringList names = QDir(a.profile()).entryList(QDir::Files, QDir::Name);
        names.removeAll(QStringLiteral("lock"));
        return names;
    }

    [[nodiscard]] QLineEdit *edit(const char *name) const { return testlib::PageReader(*m_page).edit(name); }
    [[nodiscard]] QAbstractButton *button(const char *text) const { return testlib::PageReader(*m_page).button(text); }
    [[nodiscard]] bool says(const char *part) const { return testlib::PageReader(*m_page).says(part); }

    RealCompany m_company;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    std::unique_ptr<app::ProfileAttaching> m_attaching;
    std::unique_ptr<ui::ConnectPage> m_page;
    std::unique_ptr<app::DesktopProfile> m_profile;
};

QTEST_MAIN(TestDesktopAttach)
#include "tst_desktop_attach.moc"
