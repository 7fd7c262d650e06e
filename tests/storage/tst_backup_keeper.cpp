// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Backups by the schedule, and by hand, of a profile that is open on its threads.
#include "tests/storage/store_fixture.h"

#include "core/storage/passphrase.h"
#include "core/store/backup/backup_keeper.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>

using namespace fieldfare;
using namespace fieldfare::store_test;
using store::BackupKeeper;
using store::BackupSchedule;

class TestBackupKeeper : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void whatIsDueIsMadeAtOnce();
    void itIsRememberedInTheProfile();
    void byHandAndStopped();
    void aFailureIsToldAndNotTriedAtOnce();
    void theNewestOfAKey();

private:
    void open()
    {
        store::DatabaseThreadOptions options;
        options.store.path = m_profile->paths().database();
        options.store.key = m_profile->key();
        options.store.clock = &m_clock;
        options.store.random = &m_random;
        m_database = std::make_unique<store::DatabaseThread>(std::move(options));
        m_runner = std::make_unique<store::BackupRunner>(store::BackupOrigin{m_profile->paths(), m_profile->key()}, m_clock);
        m_keeper = std::make_unique<BackupKeeper>(*m_database, *m_runner, m_clock);
        QSignalSpy opened(m_database.get(), &store::DatabaseThread::opened);
        m_database->start();
        QVERIFY(opened.wait());
        QSignalSpy changed(m_keeper.get(), &BackupKeeper::changed);
        m_keeper->load();
        QVERIFY(changed.wait());
    }
    void close()
    {
        m_keeper.reset();
        m_runner.reset();
        m_database.reset();
    }
    [[nodiscard]] QString place() const { return m_folder->filePath(QStringLiteral("backups")); }
    [[nodiscard]] qsizetype made() const { return store::ProfileBackups(place()).list().size(); }

    TestClock m_clock;
    TestRandom m_random;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::Profile> m_profile;
    std::unique_ptr<store::DatabaseThread> m_database;
    std::unique_ptr<store::BackupRunner> m_runner;
    std::unique_ptr<BackupKeeper> m_keeper;
};

void TestBackupKeeper::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    store::Profile::Options options;
    options.key.logN = 14;
    auto profile = store::Profile::create(m_folder->filePath(QStringLiteral("profile")), storage::passphraseBytes(QStringLiteral("right")), options);
    QVERIFY(profile.ok());
    m_profile = std::make_unique<store::Profile>(std::move(profile).value());
    const auto opened = m_profile->openStore(m_clock, m_random);
    QVERIFY(opened.ok() && store::startStandAlone(**opened, {}, QStringLiteral("Ann")).ok());
}

void TestBackupKeeper::cleanup()
{
    close();
    m_profile.reset();
}

void TestBackupKeeper::whatIsDueIsMadeAtOnce()
{
    open();
    QCOMPARE(m_keeper->last().at, 0);
    QVERIFY(!m_keeper->isRunning()); // off
    m_keeper->setSchedule({BackupSchedule::Every::Day, place(), 720});
    // The schedule was changed by a person who may be about to change it again: it begins with the next look, or start.
    close(); // at once
    open();
    QTRY_VERIFY(m_keeper->last().at != 0);
    QCOMPARE(made(), 1);
    QVERIFY(m_keeper->last().isFull && m_keeper->last().bytes > 0);
    QVERIFY(!m_keeper->failure());
}

void TestBackupKeeper::itIsRememberedInTheProfile()
{
    open();
    m_keeper->setSchedule({BackupSchedule::Every::Week, place(), 60});
    m_keeper->backUpNow();
    QTRY_VERIFY(m_keeper->last().at != 0 && !m_keeper->isRunning());
    const qint64 at = m_keeper->last().at;
    close();
    open();
    QCOMPARE(m_keeper->schedule().every, BackupSchedule::Every::Week);
    QCOMPARE(m_keeper->schedule().minute, 60);
    QCOMPARE(m_keeper->last().at, at);
    QVERIFY(!m_keeper->isRunning()); // not due
    QCOMPARE(made(), 1);
    close();
    m_clock.advance(20 * 86'400'000LL); // the computer was off meanwhile
    open();
    QTRY_VERIFY(m_keeper->last().at > at);
    QCOMPARE(made(), 2);
    QVERIFY(!m_keeper->last().isFull);
}

void TestBackupKeeper::byHandAndStopped()
{
    open();
    m_keeper->backUpNow(); // no folder yet: nothing
    QVERIFY(!m_keeper->isRunning());
    m_keeper->setSchedule({BackupSchedule::Every::Off, place(), 720});
    m_keeper->backUpNow();
    QVERIFY(m_keeper->isRunning());
    m_keeper->cancel();
    QTRY_VERIFY(!m_keeper->isRunning() && m_keeper->failure());
    QCOMPARE(m_keeper->failure()->code, base::ErrorCode::Cancelled);
    QCOMPARE(made(), 0);
    m_keeper->backUpNow();
    QTRY_VERIFY(m_keeper->last().at != 0);
    QVERIFY(!m_keeper->failure());
}

void TestBackupKeeper::aFailureIsToldAndNotTriedAtOnce()
{
    QFile inTheWay(place());
    QVERIFY(inTheWay.open(QIODevice::WriteOnly)); // a file where the folder should be
    open();
    m_keeper->setSchedule({BackupSchedule::Every::Day, place(), 720});
    m_keeper->backUpNow();
    QTRY_VERIFY(m_keeper->failure());
    QCOMPARE(m_keeper->failure()->code, base::ErrorCode::PermissionDenied);
    QCOMPARE(m_keeper->last().at, 0);
}

/// A server's clock asks for it.
void TestBackupKeeper::theNewestOfAKey()
{
    constexpr qint64 kDayMs = 86'400'000;
    const storage::BackupFolder folder(place());
    const auto write = [this](const store::Profile &profile) {
        return store::ProfileBackups(place()).write({profile.paths(), profile.key()}, store::ProfileBackups::Wish::Full, m_clock).value().folder;
    };
    QVERIFY(!folder.newestOf(m_profile->key(), m_clock.wallMs()));
    const QString own = write(*m_profile);
    m_clock.advance(kDayMs);
    // Of another profile, later; and one that a clock which went wrong has dated.
    store::Profile::Options options;
    options.key.logN = 14;
    const auto other = store::Profile::create(m_folder->filePath(QStringLiteral("other")), storage::passphraseBytes(QStringLiteral("right")), options);
    QVERIFY(other.ok() && other->openStore(m_clock, m_random).ok());
    const QString foreign = write(*other);
    const qint64 now = m_clock.wallMs();
    m_clock.advance(400 * kDayMs);
    const QString future = write(*m_profile);
    QCOMPARE(folder.list().first().folder, future);
    QCOMPARE(folder.newestOf(m_profile->key(), now)->folder, own);
    QCOMPARE(folder.newestOf(other->key(), now)->folder, foreign);
    QCOMPARE(folder.newestOf(m_profile->key(), m_clock.wallMs())->folder, future);
}

QTEST_GUILESS_MAIN(TestBackupKeeper)
#include "tst_backup_keeper.moc"
