// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every page in both themes and languages, rendered over a real encrypted profile with a fixed font, clock and locale, into
// FIELDFARE_SHOTS (or beside the build). Fails when two runs differ, when a word is cut, or when a Chinese page shows
// English words of the program.
#include "tests/shots/sample_profile.h"
#include "translations/translators.h"
#include "ui/pages/dashboard/dashboard_page.h"
#include "ui/pages/review/review_page.h"
#include "ui/pages/settings/settings_page.h"
#include "ui/pages/sync/sync_page.h"
#include "ui/pages/welcome/unlock_page.h"
#include "ui/pages/welcome/welcome_page.h"

#include <QAbstractButton>
#include <QApplication>
#include <QBuffer>
#include <QDir>
#include <QFontDatabase>
#include <QLabel>
#include <QRadioButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace fieldfare;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

class SilentSink final : public ui::ActionSink {
public:
    void openRecord(const model::Reference &) override {}
    void openList(model::EntityId, const store::Filter &, const QString &) override {}
    void openPage(const QString &) override {}
    void newRecord(model::EntityId, const std::vector<changes::FieldValue> &) override {}
    void announce(const QString &, const QString &, const base::Id &) override {}
    void showError(const base::Error &error) override { qWarning("%s", qUtf8Printable(error.detail)); }
};

class OfflineStatus final : public store::SyncStatus {
public:
    store::LinkState state() const override
    {
        store::LinkState state;
        state.link = store::LinkState::Link::Offline;
        state.server = s("crm.sonron.example");
        state.lastSyncedAt = shots::kNow - 3 * 86'400'000LL;
        state.offlineSince = state.lastSyncedAt;
        return state;
    }
    void syncNow() override {}
    void setPaused(bool) override {}
};

class FakeJoining final : public store::Joining {
public:
    void probe(const QString &address) override { Q_EMIT probed({address, s("Sonron"), s("TLS 1.3"), s("5F3A 91C4 07BE 22D8"), true}); }
    void begin(const store::JoinRequest &) override {}
    void cancel() override {}
    void setPaused(bool) override {}
};

/// The text of a label or button needs more room than it has.
QStringList cutTexts(const QWidget &page)
{
    QStringList cut;
    for (const QLabel *label : page.findChildren<QLabel *>()) {
        const bool elided = label->minimumSizeHint().width() < label->sizeHint().width();
        if (label->isVisible() && !label->text().isEmpty() && !label->wordWrap() && !elided && label->width() < label->sizeHint().width())
            cut.append(label->text());
    }
    for (const QAbstractButton *button : page.findChildren<QAbstractButton *>()) {
        if (button->isVisible() && !button->text().isEmpty() && button->width() < button->minimumSizeHint().width())
            cut.append(button->text());
    }
    return cut;
}

/// Words of the program that a Chinese page must not show.
QStringList englishTexts(const QWidget &page)
{
    static const QStringList kAllowed{s("Fieldfare"), s("English"), s("Treequote"), s("Iselectrics"), s("TLS"), s("AES"), s("Celia Rouche"), s("Markita Hansen")};
    QStringList found;
    const auto check = [&](QString text) {
        for (const QString &allowed : kAllowed)
            text.remove(allowed);
        static const QRegularExpression word(s("[A-Za-z]{4,}"));
        if (word.match(text).hasMatch() && !text.contains(QLatin1Char('.')))
            found.append(text);
    };
    for (const QLabel *label : page.findChildren<QLabel *>()) {
        if (label->isVisible())
            check(label->text());
    }
    for (const QAbstractButton *button : page.findChildren<QAbstractButton *>()) {
        if (button->isVisible())
            check(button->text());
    }
    return found;
}

} // namespace

class TestShots final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        m_target = qEnvironmentVariable("FIELDFARE_SHOTS", QCoreApplication::applicationDirPath() + s("/../shots"));
        QVERIFY(QDir().mkpath(m_target));
        m_database = shots::openSampleProfile(m_folder.path(), m_clock, m_random);
        QSignalSpy opened(m_database.get(), &store::DatabaseThread::opened);
        m_database->start();
        QTRY_VERIFY(m_database->isOpen());
        bool filled = false;
        m_database->write<bool>([](store::Store &store) { return shots::fillSampleProfile(store); }, this, [&](base::Result<bool> result) {
            QVERIFY2(result.ok(), qUtf8Printable(result.ok() ? QString() : result.error().detail));
            filled = true;
        });
        QTRY_VERIFY_WITH_TIMEOUT(filled, 20'000);
    }

    void pages_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<bool>("chinese");
        QTest::newRow("light-en") << false << false;
        QTest::newRow("dark-en") << true << false;
        QTest::newRow("light-zh") << false << true;
        QTest::newRow("dark-zh") << true << true;
    }

    void pages()
    {
        QFETCH(bool, dark);
        QFETCH(bool, chinese);
        const QLocale locale = chinese ? QLocale(QLocale::Chinese, QLocale::China) : QLocale(QLocale::English, QLocale::UnitedStates);
        QLocale::setDefault(locale);
        Translators translators;
        translators.install(locale);
        ui::Theme theme(qApp);
        theme.setMode(dark ? ui::ThemeMode::Dark : ui::ThemeMode::Light);
        ui::NameBook names(*m_database, locale);
        const ui::DisplayText texts(names, m_clock, locale, QTimeZone::utc());
        OfflineStatus sync;
        SilentSink sink;
        const ui::PageContext context{*m_database, theme, names, texts, m_clock, sync, sink};
        ui::Preferences preferences(m_folder.filePath(s("preferences.ini")));

        ui::DashboardPage dashboard(context);
        std::optional<ui::DashboardData> figures;
        m_database->read<ui::DashboardData>([](store::ReadContext &reading) { return ui::readDashboard(reading); }, this,
                                            [&](base::Result<ui::DashboardData> result) {
                                                QVERIFY2(result.ok(), qUtf8Printable(result.ok() ? QString() : result.error().detail));
                                                figures = *result;
                                            });
        QTRY_VERIFY_WITH_TIMEOUT(figures.has_value(), 20'000);
        figures->asOf = shots::kNow;
        dashboard.setData(*figures);
        shoot(dashboard, "dashboard");

        ui::ReviewPage review(context);
        review.setData(shots::sampleReview(*m_database->catalog()));
        shoot(review, "review");
        review.showTab(ui::ReviewPage::Tab::NotAccepted);
        shoot(review, "review-not-accepted");
        ui::ReviewPage nothing(context);
        nothing.setData({});
        shoot(nothing, "review-empty");

        ui::SettingsPage settings(context, preferences, m_folder.filePath(s("key")));
        shoot(settings, "settings");
        settings.showSection(s("security"));
        shoot(settings, "settings-security");
        ui::SyncPage syncPage(context);
        shoot(syncPage, "sync");

        FakeJoining joining;
        ui::WelcomePage welcome(joining);
        joining.probe(s("crm.sonron.example"));
        shoot(welcome, "welcome");
        Q_EMIT joining.downloadChanged({{{chinese ? s("客户") : s("Customers"), 612'480, 1'000'000, store::DownloadPart::Standing::Running}}, 61, 31'200, 20, false});
        shoot(welcome, "welcome-download");
        ui::UnlockPage unlock(s("Markita Hansen"), s("crm.sonron.example"), m_clock);
        unlock.setFailed({base::ErrorCode::WrongPassphrase, {}, {}});
        shoot(unlock, "unlock");
    }

private:
    void shoot(QWidget &page, const char *name)
    {
        page.resize(qobject_cast<ui::Page *>(&page) != nullptr ? QSize(1232, 872) : QSize(760, 640));
        page.show();
        QCoreApplication::processEvents();
        const QString file = QStringLiteral("%1-%2.png").arg(QString::fromLatin1(name), QString::fromLatin1(QTest::currentDataTag()));
        const auto render = [&] {
            QByteArray bytes;
            QBuffer buffer(&bytes);
            page.grab().save(&buffer, "PNG");
            return bytes;
        };
        const QByteArray first = render();
        QVERIFY2(first == render(), qUtf8Printable(file + s(": two runs differ")));
        QFile out(m_target + QLatin1Char('/') + file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        QCOMPARE(out.write(first), first.size());
        const QStringList cut = cutTexts(page);
        QVERIFY2(cut.isEmpty(), qUtf8Printable(file + s(": cut: ") + cut.join(s(" | "))));
        if (QByteArrayView(QTest::currentDataTag()).endsWith("zh")) {
            const QStringList english = englishTexts(page);
            QVERIFY2(english.isEmpty(), qUtf8Printable(file + s(": English: ") + english.join(s(" | "))));
        }
        page.hide();
    }

    QTemporaryDir m_folder;
    QString m_target;
    shots::FixedClock m_clock;
    base::SystemRandom m_random;
    std::unique_ptr<store::DatabaseThread> m_database;
};

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QFont font = app.font();
    font.setFamilies({s("Noto Sans"), s("Noto Sans CJK SC")});
    font.setPixelSize(13);
    QApplication::setFont(font);
    TestShots test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_shots.moc"
