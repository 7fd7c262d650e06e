// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The data key is replaced from the settings, while the window is used, and goes on by itself where it was left.
#include "app/desktop/key_replacing.h"
#include "core/storage/key_rotation.h"
#include "core/storage/passphrase.h"
#include "tests/ui/desktop_fixture.h"
#include "ui/pages/records/records_page.h"
#include "ui/pages/settings/data_key_section.h"
#include "ui/widgets/controls/password_edit.h"
#include "ui/widgets/record/record_panel.h"

#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QScopeGuard>
#include <QSemaphore>

using namespace fieldfare;

class TestDesktopDataKey final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_fixture.prepare()); }
    void init() { QVERIFY(m_fixture.freshProfile(QTest::currentTestFunction())); }
    void cleanup() { m_fixture.stop(); }
    void itIsReplacedWhileTheWindowIsUsed();
    void aWrongPassphraseReplacesNothing();
    void whatWasBegunGoesOnAtTheNextStart();
    void stoppedItLosesNothing();
    void aComparisonWithABackupIsLeftAlone();

private:
    using Fixture = testlib::DesktopFixture;

    static ui::DataKeySection *section()
    {
        Fixture::window()->openPage(QStringLiteral("settings"));
        return Fixture::window()->findChild<ui::DataKeySection *>();
    }
    static QPushButton *button(const char *text)
    {
        for (QPushButton *found : section()->findChildren<QPushButton *>()) {
            if (found->text() == QLatin1StringView(text))
                return found;
        }
        return nullptr;
    }
    static bool says(const char *words)
    {
        const QList<QLabel *> labels = section()->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [words](const QLabel *label) { return label->text().contains(QLatin1StringView(words)); });
    }
    static void replace(const char *passphrase)
    {
        section()->findChild<ui::PasswordEdit *>()->setText(QString::fromLatin1(passphrase));
        button("Replace the data key")->click();
    }
    /// Opens the closed profile.
    base::Result<store::Profile> open() const { return store::Profile::open(m_fixture.profile(), storage::passphraseBytes(QString::fromLatin1(Fixture::kPassphrase))); }
    QByteArray keyId() const
    {
        const auto profile = open();
        return profile.ok() ? profile->key()->id() : QByteArray();
    }

    Fixture m_fixture;
};

void TestDesktopDataKey::itIsReplacedWhileTheWindowIsUsed()
{
    const QByteArray former = keyId();
    QVERIFY(m_fixture.start());
    replace(Fixture::kPassphrase);
    Fixture::window()->openPage(QStringLiteral("customer"));
    auto *page = qobject_cast<ui::RecordsPage *>(Fixture::window()->currentPage());
    page->newRecord();
    ui::EditModel &model = page->record().model();
    model.edit(*model.entity()->field(QStringLiteral("name")), model::Value(QStringLiteral("Meanwhile")));
    page->saveRecord();
    QTRY_VERIFY_WITH_TIMEOUT(says("The data key is replaced."), Fixture::kPatienceMs);
    QCOMPARE(section()->findChild<ui::PasswordEdit *>()->text(), QString());
    QTRY_VERIFY(!page->hasDrafts());
    // What is opened from now on works under the new key, and once more is possible.
    replace(Fixture::kPassphrase);
    QTRY_VERIFY_WITH_TIMEOUT(section()->findChild<ui::PasswordEdit *>()->text().isEmpty() && says("The data key is replaced."), Fixture::kPatienceMs);
    m_fixture.stop();
    const auto profile = open();
    QVERIFY(profile.ok());
    QVERIFY(!profile->key()->hasFormer());
    QVERIFY(profile->key()->id() != former);
    base::SystemClock clock;
    base::SystemRandom random;
    const auto store = profile->openStore(clock, random);
    QVERIFY(store.ok());
    QVERIFY((*store)->resolve((*store)->catalog()->entity(QStringLiteral("customer"))->id(), QStringLiteral("Meanwhile")).ok());
}

void TestDesktopDataKey::aWrongPassphraseReplacesNothing()
{
    const QByteArray former = keyId();
    QVERIFY(m_fixture.start());
    QVERIFY(!button("Replace the data key")->isEnabled()); // nothing was typed
    for (int i = 0; i < 5; ++i) {
        replace("not this one");
        QTRY_VERIFY_WITH_TIMEOUT(says("The passphrase is wrong."), Fixture::kPatienceMs);
        QTRY_VERIFY(button("Replace the data key")->isVisibleTo(section()));
    }
    replace(Fixture::kPassphrase);
    QTRY_VERIFY_WITH_TIMEOUT(says("The next try is possible in"), Fixture::kPatienceMs);
    m_fixture.stop();
    QVERIFY(QFile::remove(store::ProfilePaths{m_fixture.profile()}.keyFile() + QStringLiteral(".tries")));
    QCOMPARE(keyId(), former);
}

void TestDesktopDataKey::whatWasBegunGoesOnAtTheNextStart()
{
    QByteArray next;
    {
        auto profile = open();
        QVERIFY(profile.ok());
        storage::OpenOptions file;
        file.path = profile->paths().database();
        file.key = profile->key();
        const auto rotation = storage::KeyRotation::open(file, storage::KeyFile(profile->paths().keyFile()));
        QVERIFY(rotation.ok());
        QVERIFY((*rotation)->begin(storage::passphraseBytes(QString::fromLatin1(Fixture::kPassphrase))).ok());
        next = (*rotation)->key()->id();
    }
    QVERIFY(open()->key()->hasFormer());
    QVERIFY(m_fixture.start());
    QTRY_VERIFY_WITH_TIMEOUT(button("Replace the data key") != nullptr && button("Replace the data key")->isVisibleTo(section()), Fixture::kPatienceMs);
    m_fixture.stop();
    QVERIFY(!open()->key()->hasFormer());
    QCOMPARE(keyId(), next);
}

void TestDesktopDataKey::stoppedItLosesNothing()
{
    QVERIFY(m_fixture.start());
    replace(Fixture::kPassphrase);
    QVERIFY(button("Stop")->isVisibleTo(section()));
    QVERIFY(!button("Replace the data key")->isVisibleTo(section()));
    button("Stop")->click();
    QTRY_VERIFY_WITH_TIMEOUT(!button("Stop")->isVisibleTo(section()), Fixture::kPatienceMs);
    // Wherever it stopped: on it goes, by hand or by the next start.
    if (QPushButton *goOn = button("Go on"))
        goOn->click();
    else
        replace(Fixture::kPassphrase);
    QTRY_VERIFY_WITH_TIMEOUT(says("The data key is replaced."), Fixture::kPatienceMs);
    // The end of the program stops it as well.
    const QByteArray before = [this] {
        m_fixture.stop();
        return keyId();
    }();
    QVERIFY(m_fixture.start());
    replace(Fixture::kPassphrase);
    QTRY_VERIFY_WITH_TIMEOUT(button("Go on") != nullptr || says("The data key is replaced."), Fixture::kPatienceMs); // it has begun
    m_fixture.stop();
    QVERIFY(m_fixture.start());
    QTRY_VERIFY_WITH_TIMEOUT(button("Replace the data key") != nullptr && button("Replace the data key")->isVisibleTo(section()), Fixture::kPatienceMs);
    m_fixture.stop();
    const auto profile = open();
    QVERIFY(profile.ok() && !profile->key()->hasFormer());
    QCOMPARE(profile->key()->id().size(), before.size());
    QVERIFY(profile->key()->id() != before);
}

/// A comparison has a copy of its own beside the database, under the key that there is then.
void TestDesktopDataKey::aComparisonWithABackupIsLeftAlone()
{
    auto opened = open();
    QVERIFY(opened.ok());
    base::SystemClock clock;
    base::SystemRandom random;
    QSemaphore mayEnd;
    app::DesktopProfile profile(std::move(opened).value(), clock, random);
    const auto end = qScopeGuard([&mayEnd] { mayEnd.release(); });
    profile.open();
    QTRY_VERIFY(profile.database().isOpen());
    store::BackupRunner &runner = profile.backups().runner();
    const QString copy = m_fixture.profile() + QStringLiteral("/bring-back-a1B2c3");
    QVERIFY(QDir().mkpath(copy));
    bool isCompared = false;
    runner.run<int>(
        [&mayEnd](const storage::BackupWatch &) {
            mayEnd.acquire();
            return base::Result<int>(1);
        },
        this, [&isCompared](const base::Result<int> &) { isCompared = true; });
    app::KeyReplacing replacing(profile);
    std::optional<base::Result<void>> replaced;
    const auto begin = [&] {
        replacing.begin(std::make_shared<const base::Secret>(storage::passphraseBytes(QString::fromLatin1(Fixture::kPassphrase))),
                        [&replaced](const base::Result<void> &done) { replaced = done; });
    };
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(replaced.has_value(), Fixture::kPatienceMs);
    QCOMPARE(replaced->ok() ? base::ErrorCode::Cancelled : replaced->error().code, base::ErrorCode::ProfileInUse);
    QVERIFY(QFileInfo::exists(copy));
    mayEnd.release();
    QTRY_VERIFY_WITH_TIMEOUT(isCompared, Fixture::kPatienceMs);
    replaced.reset();
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(replaced.has_value(), Fixture::kPatienceMs);
    QVERIFY2(replaced->ok(), replaced->ok() ? "" : qPrintable(replaced->error().detail));
    QVERIFY(!QFileInfo::exists(copy));
}

int main(int argc, char **argv)
{
    return testlib::runInEventLoop<TestDesktopDataKey>(argc, argv);
}

#include "tst_desktop_data_key.moc"
