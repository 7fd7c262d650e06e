// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A window closes while something is typed and not saved: it asks, and saves all of it, or none, or stays.
#include "core/store/query/list_reader.h"
#include "tests/testlib/open_profile.h"
#include "ui/pages/records/records_page.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/record/record_panel.h"
#include "ui/widgets/record/timeline_panel.h"

#include <QAbstractButton>
#include <QApplication>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QTest>
#include <QTimer>

using namespace fieldfare;
using model::Value;

class TestWindowClosing final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void nothingTypedIsNotAskedAbout();
    void theRecordIsSavedAndTheWindowCloses();
    void discardingAndStaying();
    void aLongTitleIsCutInTheMiddleAndToldWhole();
    void allThatIsTypedAnywhereIsSaved();
    void whatCannotBeSavedKeepsTheWindow();

private:
    ui::RecordsPage &page() { return *qobject_cast<ui::RecordsPage *>(m_window->currentPage()); }
    const model::Entity &customer() { return *m_profile->database().catalog()->entity(QStringLiteral("customer")); }
    void edit(const char *field, const QString &text)
    {
        ui::EditModel &model = page().record().model();
        model.edit(*model.entity()->field(QLatin1StringView(field)), Value(text));
    }
    void openCustomer(const base::Id &id)
    {
        m_window->openRecord({customer().id(), id});
        m_profile->settle();
    }
    [[nodiscard]] QString stored(const base::Id &id, const char *field)
    {
        const auto record = m_profile->onStore<model::Record>([&](store::Store &store) { return store.record(customer().id(), id); });
        return record.ok() ? record->value(*customer().field(QLatin1StringView(field))).textOrEmpty() : QStringLiteral("?");
    }
    /// How many of an entity are called or said so.
    [[nodiscard]] qint64 count(const char *entity, const QString &filter)
    {
        const auto found = m_profile->onStore<std::int64_t>([&](store::Store &store) -> base::Result<std::int64_t> {
            store::ListQuery query;
            query.entity = store.catalog()->entity(QLatin1StringView(entity))->id();
            FIELDFARE_ASSIGN(query.filter, store::Filter::parse(filter));
            return store::ListReader(store.connection(), store.catalog(), {}).count(query);
        });
        return found.ok() ? *found : -1;
    }
    /// Closes the window and answers what it asks. The box is gone afterwards.
    void closeWith(QMessageBox::StandardButton answer)
    {
        m_asked.clear();
        m_toolTip.clear();
        QTimer::singleShot(0, this, [this, answer] {
            auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
            QVERIFY(box != nullptr);
            m_asked = box->text();
            m_toolTip = box->toolTip();
            for (const auto each : {QMessageBox::Save, QMessageBox::Discard, QMessageBox::Cancel})
                QVERIFY(box->button(each) != nullptr);
            box->button(answer)->click();
        });
        m_window->close();
    }

    std::unique_ptr<testlib::OpenProfile> m_profile;
    std::unique_ptr<ui::Theme> m_theme;
    store::StandAloneStatus m_sync;
    std::unique_ptr<ui::MainWindow> m_window;
    QString m_asked;
    QString m_toolTip;
};

void TestWindowClosing::init()
{
    m_theme = std::make_unique<ui::Theme>(qApp);
    m_theme->setMode(ui::ThemeMode::Light);
    m_profile = std::make_unique<testlib::OpenProfile>();
    QVERIFY(m_profile->openSample());
    const ui::MainWindow::Parts parts{m_profile->database(), *m_theme, m_profile->names(), m_profile->texts(), m_profile->clock(), m_sync};
    m_window = std::make_unique<ui::MainWindow>(parts, ui::recordModules(*m_profile->database().catalog()));
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_profile->settle();
}

void TestWindowClosing::cleanup()
{
    m_window.reset();
    m_profile.reset();
    m_theme.reset();
}

void TestWindowClosing::nothingTypedIsNotAskedAbout()
{
    openCustomer(m_profile->company().treequote);
    QVERIFY(m_window->close());
}

void TestWindowClosing::theRecordIsSavedAndTheWindowCloses()
{
    openCustomer(m_profile->company().treequote);
    edit("website", QStringLiteral("https://saved.example"));
    closeWith(QMessageBox::Save);
    QVERIFY2(m_asked.contains(QStringLiteral("Treequote")), qUtf8Printable(m_asked));
    QCOMPARE(m_toolTip, QString()); // all of it can be read
    QTRY_VERIFY(!m_window->isVisible());
    QCOMPARE(stored(m_profile->company().treequote, "website"), QStringLiteral("https://saved.example"));
}

void TestWindowClosing::discardingAndStaying()
{
    openCustomer(m_profile->company().treequote);
    const QString before = stored(m_profile->company().treequote, "website");
    edit("website", QStringLiteral("https://typed.example"));
    closeWith(QMessageBox::Cancel);
    m_profile->settle();
    QVERIFY(m_window->isVisible());
    QVERIFY(page().hasDrafts());
    closeWith(QMessageBox::Discard);
    QVERIFY(!m_window->isVisible());
    m_profile->settle();
    QCOMPARE(stored(m_profile->company().treequote, "website"), before);
}

void TestWindowClosing::aLongTitleIsCutInTheMiddleAndToldWhole()
{
    const QString title = QStringLiteral("The <b>Worshipful</b> Company of ") + QStringLiteral("very ").repeated(20) + QStringLiteral("patient Bellfounders");
    openCustomer(m_profile->company().treequote);
    edit("name", title);
    closeWith(QMessageBox::Cancel);
    QVERIFY(!m_asked.contains(title));
    QVERIFY2(m_asked.contains(QStringLiteral("The <b>Wor")) && m_asked.contains(QStringLiteral("founders”")) && m_asked.contains(QChar(0x2026)), qUtf8Printable(m_asked));
    QCOMPARE(m_toolTip, title);
    // One that has no name yet says what it is.
    page().record().revert();
    page().newRecord();
    m_profile->settle();
    edit("website", QStringLiteral("https://new.example"));
    closeWith(QMessageBox::Cancel);
    QVERIFY2(m_asked.contains(QStringLiteral("New customer")), qUtf8Printable(m_asked));
}

void TestWindowClosing::allThatIsTypedAnywhereIsSaved()
{
    openCustomer(m_profile->company().treequote);
    edit("website", QStringLiteral("https://left.example"));
    page().startNote();
    page().record().timeline().findChild<QPlainTextEdit *>()->setPlainText(QStringLiteral("Left in the editor"));
    openCustomer(m_profile->company().iselectrics);
    edit("website", QStringLiteral("https://open.example"));
    page().newRecord(); // of three, this one is open
    m_profile->settle();
    edit("name", QStringLiteral("Begun Works"));
    m_window->openPage(QStringLiteral("contact"));
    page().newRecord();
    m_profile->settle();
    edit("name", QStringLiteral("Wilhelmina Begun"));
    closeWith(QMessageBox::Save);
    QCOMPARE(m_asked, QStringLiteral("Some records have changes that are not saved."));
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible(), 20'000);
    QCOMPARE(stored(m_profile->company().treequote, "website"), QStringLiteral("https://left.example"));
    QCOMPARE(stored(m_profile->company().iselectrics, "website"), QStringLiteral("https://open.example"));
    QCOMPARE(count("customer", QStringLiteral("name = \"Begun Works\"")), 1);
    QCOMPARE(count("contact", QStringLiteral("name = \"Wilhelmina Begun\"")), 1);
    QCOMPARE(count("interaction", QStringLiteral("subject = \"Left in the editor\"")), 1);
}

void TestWindowClosing::whatCannotBeSavedKeepsTheWindow()
{
    openCustomer(m_profile->company().treequote);
    edit("email", QStringLiteral("purchasing@treequote"));
    openCustomer(m_profile->company().iselectrics);
    edit("website", QStringLiteral("https://good.example"));
    closeWith(QMessageBox::Save);
    m_profile->settle();
    QTRY_COMPARE(page().record().model().reference().id, m_profile->company().treequote); // it is shown
    m_profile->settle();
    QVERIFY(m_window->isVisible());
    QCOMPARE(stored(m_profile->company().iselectrics, "website"), QStringLiteral("https://good.example"));
    QVERIFY(page().record().model().problem(*customer().field(QStringLiteral("email"))));
    // Mended, and closed again.
    edit("email", QStringLiteral("purchasing@treequote.example"));
    closeWith(QMessageBox::Save);
    QTRY_VERIFY(!m_window->isVisible());
}

QTEST_MAIN(TestWindowClosing)
#include "tst_window_closing.moc"
