// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The data key is replaced from the settings, while the window is used, and goes on by itself where it was left.
#include "core/storage/key_rotation.h"
#include "core/storage/passphrase.h"
#include "tests/ui/desktop_fixture.h"
#include "ui/pages/records/records_page.h"
#include "ui/pages/settings/data_key_section.h"
#include "ui/widgets/controls/password_edit.h"
#include "ui/widgets/record/record_panel.h"

#include <QLabel>
#include <QPushButton>

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
    m_fixture.stop();
    QVERIFY(m_fixture.start());
    QTRY_VERIFY_WITH_TIMEOUT(button("Replace the data key") != nullptr && button("Replace the data key")->isVisibleTo(section()), Fixture::kPatienceMs);
    m_fixture.stop();
    const auto profile = open();
    QVERIFY(profile.ok() && !profile->key()->hasFormer());
    QCOMPARE(profile->key()->id().size(), before.size());
}

int main(int argc, char **argv)
{
    return testlib::runInEventLoop<TestDesktopDataKey>(argc, argv);
}

#include "tst_desktop_data_key.moc"
