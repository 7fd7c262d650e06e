// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/store_fixture.h"

#include "core/storage/passphrase.h"
#include "core/storage/unfinished_mark.h"
#include "core/store/backup/profile_backups.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace fieldfare;
using namespace fieldfare::store_test;
using store::Backup;
using store::ProfileBackups;

namespace {

constexpr qint64 kDayMs = 86'400'000;

base::Secret secret(const char *words)
{
    return storage::passphraseBytes(QString::fromLatin1(words));
}

} // namespace

class TestProfileBackups : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aBackupIsTheProfileOfThatMoment();
    void onlyItsPassphraseOpensIt();
    void damageIsFound_data();
    void damageIsFound();
    void aStoppedBackupLeavesNothing();
    void whatWasCutOffIsNoBackupAndGoesWithTheNext();
    void oldOnesGoButTheNewest();
    void aProfileIsNotRestoredOver();
    void aRestoreThatWasCutOffIsBegunAnew();

private:
    [[nodiscard]] store::Store &store() { return *m_store; }
    Backup backUp()
    {
        const auto backup = m_backups->write(*m_profile, store(), m_clock, m_random);
        if (!backup.ok())
            qFatal("%s", qPrintable(base::errorCodeName(backup.error().code) + backup.error().detail));
        return *backup;
    }
    /// How many customers a restored copy has.
    qint64 customersIn(const Backup &backup)
    {
        const QTemporaryDir place;
        const QString folder = place.filePath(QStringLiteral("restored"));
        if (!ProfileBackups::restore(backup.folder, folder).ok())
            return -1;
        const auto profile = store::Profile::open(folder, secret("right"));
        if (!profile.ok())
            return -2;
        const auto restored = profile->openStore(m_clock, m_random);
        return restored.ok() ? (*restored)->connection().queryInt64(QLatin1StringView("SELECT count(*) FROM customer")).value() : -3;
    }

    TestClock m_clock;
    TestRandom m_random;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::Profile> m_profile;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<ProfileBackups> m_backups;
};

void TestProfileBackups::init()
{
    m_store.reset();
    m_profile.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    store::Profile::Options options;
    options.key.logN = 14;
    auto profile = store::Profile::create(m_folder->filePath(QStringLiteral("profile")), secret("right"), options);
    QVERIFY(profile.ok());
    m_profile = std::make_unique<store::Profile>(std::move(profile).value());
    auto opened = m_profile->openStore(m_clock, m_random);
    QVERIFY(opened.ok());
    m_store = std::move(opened).value();
    QVERIFY(store::startStandAlone(store(), {}, QStringLiteral("Ann")).ok());
    for (int i = 0; i < 20; ++i)
        commit(store(), create(*store().catalog(), "customer", {{"name", model::Value(QStringLiteral("Customer %1").arg(i))}}));
    m_backups = std::make_unique<ProfileBackups>(m_folder->filePath(QStringLiteral("backups")));
}

void TestProfileBackups::aBackupIsTheProfileOfThatMoment()
{
    const Backup backup = backUp();
    commit(store(), create(*store().catalog(), "customer", {{"name", text("Later")}}));
    QCOMPARE(m_backups->list().size(), 1);
    QCOMPARE(m_backups->list().first().folder, backup.folder);
    QCOMPARE(m_backups->list().first().at, backup.at);
    QVERIFY(backup.bytes > 100'000);
    QCOMPARE(customersIn(backup), 20);
    const auto drill = ProfileBackups::drill(backup.folder, secret("right"), m_clock, m_random);
    QVERIFY(drill.ok());
    QVERIFY(drill->isOk());
    QCOMPARE(drill->at, backup.at);
    QVERIFY(drill->rowsWritten > 20); // stages, choices and the like too
    QCOMPARE(QDir(m_folder->filePath(QStringLiteral("backups"))).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size(), 1); // no scratch stays
}

void TestProfileBackups::onlyItsPassphraseOpensIt()
{
    const Backup backup = backUp();
    QCOMPARE(ProfileBackups::drill(backup.folder, secret("wrong"), m_clock, m_random).error().code, base::ErrorCode::WrongPassphrase);
    for (const QString &name : QDir(backup.folder).entryList(QDir::Files)) {
        QFile file(backup.folder + QLatin1Char('/') + name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("Customer"));
    }
}

void TestProfileBackups::damageIsFound_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<double>("place");
    for (const double place : {0.0, 0.3, 0.6, 0.99})
        QTest::addRow("database at %g", place) << QStringLiteral("fieldfare.db") << place;
    QTest::newRow("key") << QStringLiteral("fieldfare.key") << 0.5;
}
void TestProfileBackups::damageIsFound()
{
    QFETCH(const QString, file);
    QFETCH(const double, place);
    const Backup backup = backUp();
    QFile damaged(backup.folder + QLatin1Char('/') + file);
    QVERIFY(damaged.open(QIODevice::ReadWrite));
    const qint64 at = qint64(place * double(damaged.size() - 1));
    QVERIFY(damaged.seek(at));
    char byte = 0;
    QVERIFY(damaged.getChar(&byte) && damaged.seek(at));
    QVERIFY(damaged.putChar(char(byte ^ 0x40)));
    damaged.close();
    const auto drill = ProfileBackups::drill(backup.folder, secret("right"), m_clock, m_random);
    QVERIFY(!drill.ok() || !drill->isOk());
}

void TestProfileBackups::aStoppedBackupLeavesNothing()
{
    for (int look = 0; look < 3; ++look) {
        int looks = 0;
        const auto stopped = m_backups->write(*m_profile, store(), m_clock, m_random, [&looks, look] { return ++looks > look; });
        QCOMPARE(stopped.error().code, base::ErrorCode::Cancelled);
        QVERIFY(QDir(m_folder->filePath(QStringLiteral("backups"))).isEmpty());
    }
    commit(store(), create(*store().catalog(), "customer", {{"name", text("Later")}})); // the profile works on
    QCOMPARE(customersIn(backUp()), 21);
}

void TestProfileBackups::whatWasCutOffIsNoBackupAndGoesWithTheNext()
{
    const Backup backup = backUp();
    QVERIFY(QDir().rename(backup.folder, backup.folder + QStringLiteral(".partial")));
    QVERIFY(m_backups->list().isEmpty());
    m_clock.advance(5000);
    const Backup next = backUp();
    QCOMPARE(m_backups->list().size(), 1);
    QCOMPARE(m_backups->list().first().folder, next.folder);
    QCOMPARE(QDir(m_folder->filePath(QStringLiteral("backups"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
}

void TestProfileBackups::oldOnesGoButTheNewest()
{
    const Backup first = backUp();
    const Backup second = backUp(); // in the same second
    QVERIFY(second.at > first.at && second.folder != first.folder);
    const qint64 later = second.at + 100 * kDayMs;
    QCOMPARE(*m_backups->prune(store(), later - 92 * kDayMs), 1);
    QCOMPARE(m_backups->list().size(), 1);
    QCOMPARE(m_backups->list().first().folder, second.folder); // although it is as old
    // Another profile's are not ours to remove.
    QVERIFY(QDir().rename(second.folder, m_folder->filePath(QStringLiteral("backups/fieldfare-0123456789ab-20200101T000000Z"))));
    const Backup third = backUp();
    QCOMPARE(*m_backups->prune(store(), third.at - 1), 0);
    QCOMPARE(m_backups->list().size(), 2);
}

void TestProfileBackups::aProfileIsNotRestoredOver()
{
    const Backup backup = backUp();
    QCOMPARE(ProfileBackups::restore(backup.folder, m_profile->paths().folder).error().code, base::ErrorCode::AlreadyExists);
    QCOMPARE(ProfileBackups::restore(m_folder->filePath(QStringLiteral("nothing")), m_folder->filePath(QStringLiteral("new"))).error().code, base::ErrorCode::NotFound);
    QVERIFY(!store::ProfilePaths{m_folder->filePath(QStringLiteral("new"))}.exists());
}

void TestProfileBackups::aRestoreThatWasCutOffIsBegunAnew()
{
    const Backup backup = backUp();
    const QString folder = m_folder->filePath(QStringLiteral("new"));
    QVERIFY(ProfileBackups::restore(backup.folder, folder).ok());
    // As a kill leaves it: a part of the database, and the mark.
    QVERIFY(storage::unfinished_mark::set(folder).ok());
    QVERIFY(QFile::resize(folder + QStringLiteral("/fieldfare.db"), 40'000));
    QVERIFY(!store::ProfilePaths{folder}.exists());
    QVERIFY(ProfileBackups::restore(backup.folder, folder).ok());
    const auto profile = store::Profile::open(folder, secret("right"));
    QVERIFY(profile.ok());
    const auto restored = profile->openStore(m_clock, m_random);
    QVERIFY(restored.ok());
    QVERIFY(store::checkProfile(**restored)->isOk());
}

QTEST_GUILESS_MAIN(TestProfileBackups)
#include "tst_profile_backups.moc"
