// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a person is told of the backups in a folder: which are of this profile, whole, and were tried out with what end.
#include "tests/storage/store_fixture.h"

#include "core/storage/passphrase.h"
#include "core/base/error_words.h"
#include "core/store/backup/backup_list.h"
#include "core/store/backup/bringing_back.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace fieldfare;
using namespace fieldfare::store_test;
using Standing = store::ListedBackup::Standing;
using Wish = store::ProfileBackups::Wish;

class TestBackupList : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aFolderThatIsNotThere();
    void whatWasTriedOutIsTold();
    void aDamagedOneIsToldAsNotSound();
    void oneWhoseBaseIsMissing();
    void thoseOfOthersAreCounted();
    void oneOfAFormerKeyIsNotCalledDamaged();
    void oneWhoseManifestWasChanged();
    void noneOpensByTheKeychain();

private:
    struct Owner {
        std::unique_ptr<store::Profile> profile;
        std::unique_ptr<store::Store> store;
        [[nodiscard]] store::BackupOrigin origin() const { return {profile->paths(), profile->key()}; }
    };
    Owner makeOwner(const char *name)
    {
        store::Profile::Options options;
        options.key.logN = 14;
        auto made = store::Profile::create(m_folder->filePath(QString::fromLatin1(name)), storage::passphraseBytes(QStringLiteral("right")), options);
        Owner owner;
        owner.profile = std::make_unique<store::Profile>(std::move(made).value());
        auto opened = owner.profile->openStore(m_clock, m_random);
        owner.store = std::move(opened).value();
        if (!store::startStandAlone(*owner.store, {}, QStringLiteral("Ann")).ok() || !owner.store->connection().checkpoint(true).ok())
            qFatal("cannot begin a profile");
        return owner;
    }
    storage::StoredBackup backUp(const Owner &owner, Wish wish)
    {
        m_clock.advance(3'600'000);
        const auto made = m_backups->write(owner.origin(), wish, m_clock);
        if (!made.ok())
            qFatal("no backup: %s", qPrintable(made.error().detail));
        return *made;
    }
    [[nodiscard]] QString place() const { return m_folder->filePath(QStringLiteral("backups")); }
    [[nodiscard]] store::BackupList list() const { return store::listBackups(place(), m_own.origin()); }
    base::Result<store::BackupDrill> drill(const storage::StoredBackup &backup) { return store::ProfileBackups::drill(backup.folder, m_own.profile->key(), m_clock, m_random); }
    /// Another bit in the middle of the file.
    static void spoil(const QString &path)
    {
        QFile file(path);
        char byte = 0;
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(file.size() / 2) && file.getChar(&byte));
        QVERIFY(file.seek(file.size() / 2) && file.putChar(char(byte ^ 1)));
    }

    TestClock m_clock;
    TestRandom m_random;
    std::unique_ptr<QTemporaryDir> m_folder;
    Owner m_own;
    std::unique_ptr<store::ProfileBackups> m_backups;
};

void TestBackupList::init()
{
    m_own = {};
    m_folder = std::make_unique<QTemporaryDir>();
    m_own = makeOwner("own");
    m_backups = std::make_unique<store::ProfileBackups>(place());
}

void TestBackupList::aFolderThatIsNotThere()
{
    QVERIFY(!list().isThere);
    QVERIFY(list().backups.isEmpty());
    QVERIFY(QDir().mkpath(place()));
    QVERIFY(list().isThere);
}

void TestBackupList::whatWasTriedOutIsTold()
{
    const storage::StoredBackup full = backUp(m_own, Wish::Full);
    const storage::StoredBackup next = backUp(m_own, Wish::Increment);
    QCOMPARE(list().backups.size(), 2);
    QCOMPARE(list().backups.first().backup.folder, next.folder);
    QVERIFY(!list().backups.first().tried && !list().backups.last().tried);
    QVERIFY(drill(full)->isOk());
    m_clock.advance(60'000);
    const qint64 second = m_clock.wallMs() / 1000;
    QVERIFY(drill(full)->isOk());
    const store::BackupList told = list();
    QVERIFY(!told.backups.first().tried);
    QVERIFY(told.backups.last().tried && told.backups.last().tried->isOk);
    QCOMPARE(told.backups.last().tried->at / 1000, second); // the newest try
    QCOMPARE(told.backups.last().standing, Standing::Whole);
    // A line that was cut off, and a folder of the same name with another content, say nothing.
    QFile log(place() + QStringLiteral("/drills.log"));
    QVERIFY(log.open(QIODevice::ReadOnly));
    QByteArray lines = log.readAll();
    log.close();
    QVERIFY(log.open(QIODevice::WriteOnly));
    log.write(lines.replace(full.manifest.pagesHash.toHex(), QByteArray(64, 'a')) + "{\"time\":\"2026");
    log.close();
    QVERIFY(!list().backups.last().tried);
}

void TestBackupList::aDamagedOneIsToldAsNotSound()
{
    const storage::StoredBackup full = backUp(m_own, Wish::Full);
    QVERIFY(drill(full)->isOk());
    spoil(full.folder + QStringLiteral("/fieldfare.db"));
    m_clock.advance(60'000);
    QCOMPARE(drill(full).error().code, base::ErrorCode::FileDamaged);
    QVERIFY(list().backups.first().tried && !list().backups.first().tried->isOk);
    QCOMPARE(list().backups.first().standing, Standing::Whole); // as far as one sees without reading it
}

void TestBackupList::oneWhoseBaseIsMissing()
{
    const storage::StoredBackup full = backUp(m_own, Wish::Full);
    backUp(m_own, Wish::Increment);
    const storage::StoredBackup last = backUp(m_own, Wish::Increment);
    QVERIFY(QDir(full.folder).removeRecursively());
    for (const store::ListedBackup &listed : list().backups) {
        QCOMPARE(listed.standing, Standing::BaseMissing);
        QVERIFY(!storage::BackupFolder::chainOf(listed.backup.folder).ok()); // says the same
    }
    QCOMPARE(list().backups.first().backup.folder, last.folder);
}

void TestBackupList::thoseOfOthersAreCounted()
{
    const Owner other = makeOwner("other");
    backUp(other, Wish::Full);
    const storage::StoredBackup own = backUp(m_own, Wish::Full);
    backUp(other, Wish::Full);
    QCOMPARE(list().ofOthers, 2);
    QCOMPARE(list().backups.size(), 1);
    QCOMPARE(list().backups.first().backup.folder, own.folder);
}

void TestBackupList::oneOfAFormerKeyIsNotCalledDamaged()
{
    const storage::StoredBackup before = backUp(m_own, Wish::Full);
    store::BackupOrigin since = m_own.origin();
    since.key = std::make_shared<const storage::DataKey>(storage::DataKey::generate(m_random));
    // As a replacement leaves them: a key file that is another one.
    QFile keyFile(since.paths.keyFile());
    QVERIFY(keyFile.open(QIODevice::Append) && keyFile.putChar('\0'));
    keyFile.close();
    const store::BackupList told = store::listBackups(place(), since);
    QCOMPARE(told.backups.size(), 1);
    QCOMPARE(told.backups.first().standing, Standing::FormerKey);
    // Trying it with the key of today writes nothing down: it may well be sound.
    QVERIFY(!store::ProfileBackups::drill(before.folder, since.key, m_clock, m_random).ok());
    QVERIFY(!QFile::exists(place() + QStringLiteral("/drills.log")));
    // Records of it are no business of damage either.
    const auto plan = store::planBringingBack(since, model::Catalog::standard(), {before.folder, QStringLiteral("customer"), {}}, m_clock);
    QVERIFY(!plan.ok());
    QCOMPARE(plan.error().code, base::ErrorCode::Unsupported);
    QVERIFY(base::errorText(plan.error(), base::Occasion::UsingBackup).contains(QStringLiteral("former data key")));
}

void TestBackupList::oneWhoseManifestWasChanged()
{
    const storage::StoredBackup full = backUp(m_own, Wish::Full);
    QFile manifest(full.folder + QStringLiteral("/manifest"));
    QVERIFY(manifest.open(QIODevice::ReadWrite) && manifest.seek(48) && manifest.putChar('\x01')); // when it was made
    manifest.close();
    QCOMPARE(list().backups.size(), 1);
    QCOMPARE(list().backups.first().standing, Standing::Damaged);
}

/// What the profile forgets, a copy of its key file must not remember: the keychain may not have been there to ask.
void TestBackupList::noneOpensByTheKeychain()
{
    storage::KeyFile own(m_own.profile->paths().keyFile());
    const auto record =
        storage::KeychainRecord::make(*m_own.profile->key(), QByteArray(storage::KeychainRecord::kItemSize, 'i'),
                                      base::Secret::fromBytes(QByteArray(storage::KeychainRecord::kSecretSize, 's')));
    QVERIFY(own.setKeychain(*m_own.profile->key(), *record).ok());
    const storage::StoredBackup backup = backUp(m_own, Wish::Full);
    const storage::KeyFile copied(backup.folder + QStringLiteral("/fieldfare.key"));
    const auto kept = copied.keychain();
    QVERIFY(!kept.ok());
    QCOMPARE(kept.error().code, base::ErrorCode::NotFound);
    QVERIFY(own.keychain().ok());
    QVERIFY(copied.unlock(storage::passphraseBytes(QStringLiteral("right"))).ok());
    QVERIFY(store::ProfileBackups::drill(backup.folder, storage::passphraseBytes(QStringLiteral("right")), m_clock,
                                         m_random)
                ->isOk());
    // It is still told from one of a former key.
    QFile manifest(backup.folder + QStringLiteral("/manifest"));
    QVERIFY(manifest.open(QIODevice::ReadWrite) && manifest.seek(48) && manifest.putChar('\x01'));
    manifest.close();
    QCOMPARE(list().backups.first().standing, Standing::Damaged);
}

QTEST_GUILESS_MAIN(TestBackupList)
#include "tst_backup_list.moc"
