// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/store_fixture.h"

#include "core/storage/passphrase.h"
#include "core/storage/unfinished_mark.h"
#include "core/store/backup/backup_runner.h"

#include <QDateTime>
#include <QDir>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
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
    void anIncrementHoldsWhatChanged();
    void eachLinkOfAChainComesBack();
    void onlyItsPassphraseOpensIt();
    void aPassphraseThatChangedBetweenFullAndIncrement();
    void anotherKeyBeginsWithAFullBackup();
    void whenMostChangedItIsAFullBackup();
    void aChainDoesNotGrowForEver();
    void damageIsFound();
    void aMissingLinkIsNamed();
    void anOlderIncrementInThePlaceOfALaterOneIsFound();
    void itIsMadeWhileEditsGoOn();
    void aDamagedProfileGivesNoBackup();
    void aStoppedBackupLeavesNothing();
    void whatWasCutOffIsNoBackupAndGoesWithTheNext();
    void oldOnesGoButWhatIsStoodOn();
    void theNewestUntilATime();
    void aProfileIsNotRestoredOver();
    void aRestoreThatWasCutOffIsBegunAnew();
    void aRestoreKnowsNothingOfAFormerFile();
    void aStoppedRestoreIsNoProfile();
    void drillsAreWrittenDown();
    void aRunnerTellsHowFarItIsAndStops();

private:
    [[nodiscard]] store::Store &store() { return *m_store; }
    [[nodiscard]] QString place() const { return m_folder->filePath(QStringLiteral("backups")); }
    [[nodiscard]] store::BackupOrigin origin() const { return {m_profile->paths(), m_profile->key()}; }
    StoredBackup backUp(Wish wish = Wish::Full)
    {
        m_clock.advance(60'000);
        const auto backup = m_backups->write(origin(), wish, m_clock);
        if (!backup.ok())
            qFatal("%s", qPrintable(base::errorCodeName(backup.error().code) + backup.error().detail));
        return *backup;
    }
    void add(const char *name) { commit(store(), create(*store().catalog(), "customer", {{"name", text(name)}})); }
    /// How many customers a restored copy has; -1 and below: it cannot be restored, opened, read, or is not sound.
    qint64 customersIn(const StoredBackup &backup, const char *passphrase = "right")
    {
        const QTemporaryDir to;
        const QString folder = to.filePath(QStringLiteral("restored"));
        if (!ProfileBackups::restore(backup.folder, secret(passphrase), folder).ok())
            return -1;
        const auto profile = store::Profile::open(folder, secret(passphrase));
        if (!profile.ok())
            return -2;
        const auto restored = profile->openStore(m_clock, m_random);
        if (!restored.ok())
            return -3;
        const auto check = store::checkProfile(**restored);
        return check.ok() && check->isOk() ? (*restored)->connection().queryInt64(QLatin1StringView("SELECT count(*) FROM customer")).value() : -4;
    }
    base::Result<store::BackupDrill> drill(const StoredBackup &backup, const char *passphrase = "right")
    {
        return ProfileBackups::drill(backup.folder, secret(passphrase), m_clock, m_random);
    }
    [[nodiscard]] QStringList foldersThere() const { return QDir(place()).entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot); }

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
    m_backups = std::make_unique<ProfileBackups>(place());
}

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

void TestProfileBackups::eachLinkOfAChainComesBack()
{
    QList<StoredBackup> made{backUp()};
    for (int i = 0; i < 6; ++i) {
        add("One more");
        if (i == 2)
            QVERIFY(*store().connection().checkpoint(true));
        if (i == 4) // the file becomes shorter
            QVERIFY(store().connection().execute(QLatin1StringView("DELETE FROM history; VACUUM")).ok());
        made.append(backUp(Wish::Increment));
    }
    for (qsizetype i = 0; i < made.size(); ++i) {
        QCOMPARE(customersIn(made[i]), 20 + i);
        const auto tried = drill(made[i]);
        QVERIFY(tried.ok() && tried->isOk());
    }
    QCOMPARE(drill(made[4])->links, 5);
    // They can be moved to another place together.
    const QString elsewhere = m_folder->filePath(QStringLiteral("elsewhere"));
    QVERIFY(QDir().rename(place(), elsewhere));
    QCOMPARE(ProfileBackups(elsewhere).list().size(), 7);
    QCOMPARE(customersIn(ProfileBackups(elsewhere).list().first()), 26);
}

void TestProfileBackups::onlyItsPassphraseOpensIt()
{
    backUp();
    add("Customer after");
    backUp(Wish::Increment);
    for (const StoredBackup &backup : m_backups->list()) {
        QCOMPARE(drill(backup, "wrong").error().code, base::ErrorCode::WrongPassphrase);
        const QString folder = m_folder->filePath(QStringLiteral("new"));
        QCOMPARE(ProfileBackups::restore(backup.folder, secret("wrong"), folder).error().code, base::ErrorCode::WrongPassphrase);
        QVERIFY(!QFileInfo::exists(folder));
        for (const QString &name : QDir(backup.folder).entryList(QDir::Files)) {
            QFile file(backup.folder + QLatin1Char('/') + name);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            QVERIFY(!bytes.contains("Customer") && !bytes.contains("customer")); // nor what was counted
        }
    }
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

void TestProfileBackups::damageIsFound()
{
    struct Damage {
        bool isIncrement;
        const char *file;
        std::vector<double> places; // of the file
    };
    const std::vector<double> all{0.0, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0};
    const Damage damages[] = {
        {false, "fieldfare.db", {0.0, 0.3, 0.6, 1.0}}, {false, "pages.index", {0.0, 0.5, 1.0}},  {false, "manifest", all}, {false, "fieldfare.key", {0.5}},
        {true, "pages.changed", {0.0, 0.3, 0.7, 1.0}}, {true, "pages.index", {0.0, 0.5, 1.0}}, {true, "manifest", all},  {true, "fieldfare.key", {0.5}},
    };
    const StoredBackup full = backUp();
    add("Later");
    const StoredBackup increment = backUp(Wish::Increment);
    QCOMPARE(customersIn(increment), 21);
    const QString folder = m_folder->filePath(QStringLiteral("new"));
    for (const Damage &damage : damages) {
        const StoredBackup &backup = damage.isIncrement ? increment : full;
        QFile file(backup.folder + QLatin1Char('/') + QString::fromLatin1(damage.file));
        QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Unbuffered));
        for (const double place : damage.places) {
            const qint64 at = qint64(place * double(file.size() - 1));
            char byte = 0;
            QVERIFY(file.seek(at) && file.getChar(&byte) && file.seek(at) && file.putChar(char(byte ^ 0x40)));
            QVERIFY2(!ProfileBackups::restore(backup.folder, secret("right"), folder).ok(), qPrintable(file.fileName() + QString::number(at)));
            QVERIFY(!store::ProfilePaths{folder}.exists());
            const auto tried = drill(backup);
            QVERIFY(!tried.ok() || !tried->isOk());
            QVERIFY(file.seek(at) && file.putChar(byte));
        }
        QVERIFY(file.seek(0));
        const QByteArray whole = file.readAll();
        QVERIFY(file.resize(whole.size() - 1));
        QVERIFY2(!ProfileBackups::restore(backup.folder, secret("right"), folder).ok(), qPrintable(file.fileName() + QStringLiteral(" cut off")));
        QVERIFY(file.seek(0) && file.write(whole) == whole.size());
    }
    QCOMPARE(customersIn(full), 20); // each was mended again
    QCOMPARE(customersIn(increment), 21);
}

void TestProfileBackups::aMissingLinkIsNamed()
{
    backUp();
    add("One");
    const StoredBackup middle = backUp(Wish::Increment);
    add("Two");
    const StoredBackup last = backUp(Wish::Increment);
    QVERIFY(QDir(middle.folder).removeRecursively());
    const auto restored = ProfileBackups::restore(last.folder, secret("right"), m_folder->filePath(QStringLiteral("new")));
    QCOMPARE(restored.error().code, base::ErrorCode::NotFound);
    QCOMPARE(restored.error().arguments, QStringList{QString::fromLatin1(middle.manifest.id.toHex())});
    const StoredBackup next = backUp(Wish::Increment); // on the full one, which is whole
    QVERIFY(!next.isFull());
    QCOMPARE(customersIn(next), 22);
}

void TestProfileBackups::anOlderIncrementInThePlaceOfALaterOneIsFound()
{
    backUp();
    add("One");
    const StoredBackup one = backUp(Wish::Increment);
    add("Two");
    const StoredBackup two = backUp(Wish::Increment);
    // Pages, and their list, that are authentic each, but of another time.
    for (const QString &name : {QStringLiteral("/pages.changed"), QStringLiteral("/pages.index")}) {
        QVERIFY(QFile::remove(two.folder + name));
        QVERIFY(QFile::copy(one.folder + name, two.folder + name));
    }
    QCOMPARE(drill(two).error().code, base::ErrorCode::FileDamaged);
    QVERIFY(drill(one)->isOk());
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

void TestProfileBackups::aProfileIsNotRestoredOver()
{
    const StoredBackup backup = backUp();
    QCOMPARE(ProfileBackups::restore(backup.folder, secret("right"), m_profile->paths().folder).error().code, base::ErrorCode::AlreadyExists);
    QCOMPARE(ProfileBackups::restore(m_folder->filePath(QStringLiteral("nothing")), secret("right"), m_folder->filePath(QStringLiteral("new"))).error().code, base::ErrorCode::NotFound);
    QVERIFY(!store::ProfilePaths{m_folder->filePath(QStringLiteral("new"))}.exists());
}

void TestProfileBackups::aRestoreThatWasCutOffIsBegunAnew()
{
    const StoredBackup backup = backUp();
    const QString folder = m_folder->filePath(QStringLiteral("new"));
    QVERIFY(ProfileBackups::restore(backup.folder, secret("right"), folder).ok());
    // As a kill leaves it: a part of the database, and the mark.
    QVERIFY(storage::unfinished_mark::set(folder).ok());
    QVERIFY(QFile::resize(folder + QStringLiteral("/fieldfare.db"), 40'000));
    QVERIFY(!store::ProfilePaths{folder}.exists());
    QVERIFY(ProfileBackups::restore(backup.folder, secret("right"), folder).ok());
    const auto profile = store::Profile::open(folder, secret("right"));
    QVERIFY(profile.ok());
    const auto restored = profile->openStore(m_clock, m_random);
    QVERIFY(restored.ok());
    QVERIFY(store::checkProfile(**restored)->isOk());
}

/// The log of a former restore of the same backup is of the same key and salt.
void TestProfileBackups::aRestoreKnowsNothingOfAFormerFile()
{
    const StoredBackup backup = backUp();
    const store::ProfilePaths paths{m_folder->filePath(QStringLiteral("restored"))};
    QVERIFY(ProfileBackups::restore(backup.folder, secret("right"), paths.folder).ok());
    QByteArray log;
    {
        const auto profile = store::Profile::open(paths.folder, secret("right"));
        QVERIFY(profile.ok());
        const auto restored = profile->openStore(m_clock, m_random);
        QVERIFY(restored.ok());
        commit(**restored, create(*(*restored)->catalog(), "customer", {{"name", text("Of the former file")}}));
        QFile file(paths.database() + QStringLiteral("-wal"));
        QVERIFY(file.open(QFile::ReadOnly));
        log = file.readAll();
    }
    QVERIFY(log.size() > 4096);
    QVERIFY(QFile::remove(paths.database()) && QFile::remove(paths.keyFile()));
    QFile::remove(paths.keyFile() + QStringLiteral(".previous"));
    const QStringList left{
        paths.database() + QStringLiteral("-wal"),          paths.database() + QStringLiteral("-journal"),
        paths.database() + QStringLiteral("-rotation"),     paths.keyFile() + QStringLiteral(".previous"),
        paths.keyFile() + QStringLiteral(".tries"),         paths.folder + QStringLiteral("/recovery.pending"),
        paths.folder + QStringLiteral("/recovery.finished")};
    for (const QString &path : left) {
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly) &&
                file.write(path.endsWith(QStringLiteral(".tries")) ? QByteArray("1 10 1 1 61\n") : log) > 0);
    }
    QVERIFY(ProfileBackups::restore(backup.folder, secret("right"), paths.folder).ok());
    for (const QString &path : left)
        QVERIFY2(!QFile::exists(path), qPrintable(path));
    const auto profile = store::Profile::open(paths.folder, secret("right"));
    QVERIFY(profile.ok());
    const auto restored = profile->openStore(m_clock, m_random);
    QVERIFY(restored.ok());
    QCOMPARE((*restored)->connection().queryInt64(QLatin1StringView("SELECT count(*) FROM customer")).value(), 20);
}

void TestProfileBackups::aStoppedRestoreIsNoProfile()
{
    const StoredBackup backup = backUp();
    const QString folder = m_folder->filePath(QStringLiteral("new"));
    int looks = 0;
    QCOMPARE(ProfileBackups::restore(backup.folder, secret("right"), folder, {.isCancelled = [&looks] { return ++looks > 1; }}).error().code, base::ErrorCode::Cancelled);
    QVERIFY(!store::ProfilePaths{folder}.exists());
    QVERIFY(ProfileBackups::restore(backup.folder, secret("right"), folder).ok());
}

void TestProfileBackups::drillsAreWrittenDown()
{
    const StoredBackup backup = backUp();
    QVERIFY(drill(backup)->isOk());
    QVERIFY(ProfileBackups::drill(backup.folder, m_profile->key(), m_clock, m_random)->isOk());
    QFile log(place() + QStringLiteral("/drills.log"));
    QVERIFY(log.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = log.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    const QJsonObject line = QJsonDocument::fromJson(lines.first()).object();
    QVERIFY(line.value(QStringLiteral("ok")).toBool());
    QCOMPARE(line.value(QStringLiteral("customer")).toInt(), 20);
    QCOMPARE(line.value(QStringLiteral("rows")).toInt(), line.value(QStringLiteral("rows_found")).toInt());
    QCOMPARE(line.value(QStringLiteral("pages_hash")).toString().size(), 64);
    QVERIFY(line.value(QStringLiteral("restore_ms")).isDouble() && line.value(QStringLiteral("check_ms")).isDouble());
    QCOMPARE(m_backups->list().size(), 1);
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
