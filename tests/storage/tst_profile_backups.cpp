// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/backup_fixture.h"

#include "core/store/backup/backup_runner.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <thread>

using namespace fieldfare;
using namespace fieldfare::store_test;
using storage::StoredBackup;
using store::ProfileBackups;
using Wish = ProfileBackups::Wish;

namespace {

constexpr qint64 kDayMs = 86'400'000;

} // namespace

class TestProfileBackups : public QObject, BackupFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(renew()); }
    void aBackupIsTheProfileOfThatMoment();
    void anIncrementHoldsWhatChanged();
    void aPassphraseThatChangedBetweenFullAndIncrement();
    void anotherKeyBeginsWithAFullBackup();
    void whenMostChangedItIsAFullBackup();
    void aChainDoesNotGrowForEver();
    void itIsMadeWhileEditsGoOn();
    void aDamagedProfileGivesNoBackup();
    void aStoppedBackupLeavesNothing();
    void whatWasCutOffIsNoBackupAndGoesWithTheNext();
    void oldOnesGoButWhatIsStoodOn();
    void theNewestUntilATime();
    void aRunnerTellsHowFarItIsAndStops();
};

void TestProfileBackups::aBackupIsTheProfileOfThatMoment()
{
    const StoredBackup backup = backUp();
    QVERIFY(backup.isFull());
    QCOMPARE(backup.manifest.stored, backup.manifest.pages);
    add("Later");
    QCOMPARE(m_backups->list().size(), 1);
    QCOMPARE(m_backups->list().first().folder, backup.folder);
    QCOMPARE(m_backups->list().first().manifest.at, backup.manifest.at);
    QVERIFY(backup.bytes > 100'000);
    QCOMPARE(customersIn(backup), 20);
    const auto tried = drill(backup);
    QVERIFY(tried.ok());
    QVERIFY(tried->isOk());
    QVERIFY(tried->rowsWritten > 20); // stages, choices and the like too
    QCOMPARE(tried->manifest.facts.value(QStringLiteral("customer")).toInt(), 20);
    QCOMPARE(foldersThere().size(), 1); // no scratch stays
}

void TestProfileBackups::anIncrementHoldsWhatChanged()
{
    const StoredBackup full = backUp();
    add("Later");
    const StoredBackup increment = backUp(Wish::Increment);
    QVERIFY(!increment.isFull());
    QCOMPARE(increment.manifest.base, full.manifest.id);
    QVERIFY(increment.manifest.stored > 0 && increment.manifest.stored < full.manifest.stored / 4);
    QVERIFY(increment.bytes < full.bytes / 4);
    QCOMPARE(customersIn(increment), 21);
    QCOMPARE(customersIn(full), 20);
    const StoredBackup same = backUp(Wish::Increment);
    QCOMPARE(same.manifest.stored, 0u);
    QCOMPARE(same.manifest.base, increment.manifest.id);
    QCOMPARE(customersIn(same), 21);
    // A checkpoint moves ciphertext: nothing changed by it.
    QVERIFY(*store().connection().checkpoint(true));
    QCOMPARE(backUp(Wish::Increment).manifest.stored, 0u);
}

void TestProfileBackups::aPassphraseThatChangedBetweenFullAndIncrement()
{
    const StoredBackup full = backUp();
    storage::KeyFile file(m_profile->paths().keyFile());
    QVERIFY(file.changePassphrase(secret("right"), secret("another"), {.logN = 14}).ok());
    add("Later");
    const StoredBackup increment = backUp(Wish::Increment);
    QVERIFY(!increment.isFull());
    QCOMPARE(customersIn(increment, "another"), 21);
    QCOMPARE(customersIn(full, "right"), 20);
    QCOMPARE(drill(increment, "right").error().code, base::ErrorCode::WrongPassphrase);
}

void TestProfileBackups::anotherKeyBeginsWithAFullBackup()
{
    const StoredBackup full = backUp();
    // A manifest that the present key does not prove is one of the time before the data key was changed.
    QFile manifest(full.folder + QStringLiteral("/manifest"));
    QVERIFY(manifest.open(QIODevice::ReadOnly));
    const QByteArray bytes = manifest.readAll();
    const auto other = std::make_shared<const storage::DataKey>(storage::DataKey::generate(m_random));
    const auto read = storage::BackupManifest::read(bytes);
    QVERIFY(read.ok());
    manifest.close();
    QVERIFY(manifest.open(QIODevice::WriteOnly) && manifest.write(*read->sealed(other)) > 0);
    manifest.close();
    add("Later");
    const StoredBackup next = backUp(Wish::Increment);
    QVERIFY(next.isFull());
    QCOMPARE(customersIn(next), 21);
}

void TestProfileBackups::whenMostChangedItIsAFullBackup()
{
    for (int i = 0; i < 400; ++i)
        commit(store(), create(*store().catalog(), "customer", {{"name", model::Value(QString::number(i).repeated(60))}, {"description", model::Value(QString(3000, QLatin1Char('d')))}}));
    backUp();
    QVERIFY(store().connection().execute(QLatin1StringView("VACUUM")).ok());
    const StoredBackup next = backUp(Wish::Increment);
    QVERIFY(next.isFull());
    QVERIFY(!QFileInfo::exists(next.folder + QStringLiteral("/pages.changed")));
    QCOMPARE(customersIn(next), 420);
}

void TestProfileBackups::aChainDoesNotGrowForEver()
{
    storage::BackupSource source{QStringLiteral("fieldfare"), m_profile->paths().database(), m_profile->paths().keyFile(), m_profile->key()};
    storage::BackupWriter writer(source, place(), {.links = 3});
    QString kinds;
    for (int i = 0; i < 7; ++i) {
        m_clock.advance(60'000);
        const auto backup = writer.write(Wish::Increment, m_clock.wallMs(), m_random);
        QVERIFY(backup.ok());
        kinds += backup->isFull() ? QLatin1Char('F') : QLatin1Char('i');
    }
    QCOMPARE(kinds, QStringLiteral("FiiiFii"));
    m_clock.advance(31 * kDayMs);
    QVERIFY(writer.write(Wish::Increment, m_clock.wallMs(), m_random)->isFull());
}

void TestProfileBackups::itIsMadeWhileEditsGoOn()
{
    std::atomic<bool> isDone = false;
    QString wrong;
    QList<StoredBackup> made;
    // Each customer has one contact, of the same group: no backup has one without the other.
    std::thread backingUp([&] {
        TestClock ownClock;
        for (int i = 0; i < 12 && wrong.isEmpty(); ++i) {
            ownClock.advance(60'000);
            const auto backup = m_backups->write(origin(), i == 0 ? Wish::Full : Wish::Increment, ownClock);
            if (backup.ok())
                made.append(*backup);
            else
                wrong = base::errorCodeName(backup.error().code) + backup.error().detail;
        }
        isDone = true;
    });
    int pairs = 0;
    base::SystemRandom random;
    const base::SystemClock clock;
    base::IdGenerator ids(clock, random);
    for (; !isDone; ++pairs) {
        const base::Id id = ids.next();
        commit(store(), {create(*store().catalog(), "customer", {{"name", text("Pair")}, {"phone", text("5550000")}}, id),
                         create(*store().catalog(), "contact", {{"name", text("Half")}, {"customer", reference(*store().catalog(), "customer", id)}})});
        if (pairs % 50 == 49)
            static_cast<void>(store().connection().checkpoint(true));
    }
    backingUp.join();
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    QVERIFY(pairs > 5);
    for (const StoredBackup &backup : made) {
        const auto tried = drill(backup);
        QVERIFY(tried.ok());
        QVERIFY2(tried->isOk(), qPrintable(QStringLiteral("%1 rows of %2").arg(tried->found.rows).arg(tried->rowsWritten)));
        QCOMPARE(tried->manifest.facts.value(QStringLiteral("customer")).toInt() - 20, tried->manifest.facts.value(QStringLiteral("contact")).toInt());
    }
    QVERIFY(made.last().manifest.facts.isEmpty()); // without the key
    QVERIFY(drill(made.last())->rowsWritten > drill(made.first())->rowsWritten);
}

void TestProfileBackups::aDamagedProfileGivesNoBackup()
{
    backUp();
    QVERIFY(*store().connection().checkpoint(true));
    m_store.reset();
    QFile file(m_profile->paths().database());
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(9 * 4096 + 77));
    char byte = 0;
    QVERIFY(file.getChar(&byte) && file.seek(9 * 4096 + 77) && file.putChar(char(byte ^ 1)));
    file.close();
    for (const Wish wish : {Wish::Full, Wish::Increment}) {
        m_clock.advance(60'000);
        const auto backup = m_backups->write(origin(), wish, m_clock);
        QCOMPARE(backup.error().code, base::ErrorCode::FileDamaged);
        QCOMPARE(backup.error().arguments, QStringList{QStringLiteral("10")});
    }
    QCOMPARE(foldersThere().size(), 1);
}

void TestProfileBackups::aStoppedBackupLeavesNothing()
{
    for (int look = 0; look < 3; ++look) {
        int looks = 0;
        const auto stopped = m_backups->write(origin(), Wish::Full, m_clock, {.isCancelled = [&looks, look] { return ++looks > look; }});
        QCOMPARE(stopped.error().code, base::ErrorCode::Cancelled);
        QVERIFY(QDir(place()).isEmpty());
    }
    add("Later"); // the profile works on
    QCOMPARE(customersIn(backUp()), 21);
}

void TestProfileBackups::whatWasCutOffIsNoBackupAndGoesWithTheNext()
{
    const StoredBackup full = backUp();
    add("Later");
    const StoredBackup cut = backUp(Wish::Increment);
    QVERIFY(QDir().rename(cut.folder, cut.folder + QStringLiteral(".partial")));
    // Without its manifest it is none either, whatever it is called.
    QVERIFY(QDir(place()).mkpath(QStringLiteral("fieldfare-000000000000-20260101T000000Z")));
    QCOMPARE(m_backups->list().size(), 1);
    const StoredBackup next = backUp(Wish::Increment);
    QCOMPARE(next.manifest.base, full.manifest.id);
    QCOMPARE(m_backups->list().size(), 2);
    QCOMPARE(foldersThere().size(), 3);
    QCOMPARE(customersIn(next), 21);
}

void TestProfileBackups::oldOnesGoButWhatIsStoodOn()
{
    const StoredBackup first = backUp();
    const auto second = m_backups->write(origin(), Wish::Full, m_clock); // in the same second
    QVERIFY(second.ok() && second->manifest.at > first.manifest.at && second->folder != first.folder);
    const StoredBackup increment = backUp(Wish::Increment);
    const qint64 madeAt = increment.manifest.at;
    QCOMPARE(m_backups->prune(increment, madeAt + 100 * kDayMs), 1);
    QCOMPARE(m_backups->list().size(), 2);
    QVERIFY(drill(increment)->isOk());
    m_clock.advance(200 * kDayMs);
    const StoredBackup third = backUp(Wish::Increment);
    QVERIFY(third.isFull()); // the full one is too old to go on
    QCOMPARE(m_backups->prune(third, third.manifest.at), 2);
    QCOMPARE(m_backups->list().size(), 1);
    // Another database's are not ours to remove.
    storage::BackupManifest other = third.manifest;
    other.salt[0] ^= 1;
    QCOMPARE(storage::BackupFolder(place()).prune(other.salt, {}, third.manifest.at + 900 * kDayMs), 0);
    QCOMPARE(m_backups->prune(third, third.manifest.at + 900 * kDayMs), 0); // the last one stays
}

void TestProfileBackups::theNewestUntilATime()
{
    const StoredBackup full = backUp();
    const StoredBackup increment = backUp(Wish::Increment);
    QCOMPARE(m_backups->newestUntil(increment.manifest.at)->folder, increment.folder);
    QCOMPARE(m_backups->newestUntil(increment.manifest.at - 1)->folder, full.folder);
    QCOMPARE(m_backups->newestUntil(full.manifest.at - 1).error().code, base::ErrorCode::NotFound);
}

void TestProfileBackups::aRunnerTellsHowFarItIsAndStops()
{
    store::BackupRunner runner(origin(), m_clock);
    QSignalSpy told(&runner, &store::BackupRunner::progressed);
    std::optional<base::Result<store::BackupDone>> first;
    std::optional<base::Result<store::BackupDone>> second;
    runner.write({place(), Wish::Full}, this, [&](const auto &done) { first = done; });
    QVERIFY(runner.isRunning());
    runner.write({place(), Wish::Full}, this, [&](const auto &done) { second = done; }); // one at a time
    QTRY_VERIFY(first && second);
    QVERIFY(first->ok() && (*first)->backup.isFull());
    QCOMPARE(second->error().code, base::ErrorCode::ProfileInUse);
    QVERIFY(!runner.isRunning());
    QVERIFY(told.count() > 1 && told.last().first().toInt() == 100);
    first.reset();
    runner.write({place(), Wish::Full}, this, [&](const auto &done) { first = done; });
    runner.cancel();
    QTRY_VERIFY(first);
    QCOMPARE(first->error().code, base::ErrorCode::Cancelled);
    QCOMPARE(m_backups->list().size(), 1);
    std::optional<base::Result<store::BackupDrill>> tried;
    runner.drill(m_backups->list().first().folder, this, [&](const auto &done) { tried = done; });
    QTRY_VERIFY(tried);
    QVERIFY(tried->ok() && (*tried)->isOk());
    // One that runs when the program ends is stopped.
    auto ending = std::make_unique<store::BackupRunner>(origin(), m_clock);
    ending->write({place(), Wish::Full}, this, [](const auto &) { qFatal("told although it is gone"); });
    ending.reset();
    QCoreApplication::processEvents();
}

QTEST_GUILESS_MAIN(TestProfileBackups)
#include "tst_profile_backups.moc"
