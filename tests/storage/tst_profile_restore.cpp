// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a backup gives back: each link of a chain, or the word of what is wrong with it; never a profile in parts.
#include "tests/storage/backup_fixture.h"

#include "core/storage/unfinished_mark.h"

#include <QDir>
#include <QJsonDocument>
#include <QTest>

using namespace fieldfare;
using namespace fieldfare::store_test;
using storage::StoredBackup;
using store::ProfileBackups;
using Wish = ProfileBackups::Wish;

class TestProfileRestore : public QObject, BackupFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(renew()); }
    void eachLinkOfAChainComesBack();
    void onlyItsPassphraseOpensIt();
    void damageIsFound();
    void aMissingLinkIsNamed();
    void anOlderIncrementInThePlaceOfALaterOneIsFound();
    void aProfileIsNotRestoredOver();
    void aRestoreThatWasCutOffIsBegunAnew();
    void aRestoreKnowsNothingOfAFormerFile();
    void aStoppedRestoreIsNoProfile();
    void drillsAreWrittenDown();
};

void TestProfileRestore::eachLinkOfAChainComesBack()
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

void TestProfileRestore::onlyItsPassphraseOpensIt()
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

void TestProfileRestore::damageIsFound()
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

void TestProfileRestore::aMissingLinkIsNamed()
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

void TestProfileRestore::anOlderIncrementInThePlaceOfALaterOneIsFound()
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

void TestProfileRestore::aProfileIsNotRestoredOver()
{
    const StoredBackup backup = backUp();
    QCOMPARE(ProfileBackups::restore(backup.folder, secret("right"), m_profile->paths().folder).error().code, base::ErrorCode::AlreadyExists);
    QCOMPARE(ProfileBackups::restore(m_folder->filePath(QStringLiteral("nothing")), secret("right"), m_folder->filePath(QStringLiteral("new"))).error().code, base::ErrorCode::NotFound);
    QVERIFY(!store::ProfilePaths{m_folder->filePath(QStringLiteral("new"))}.exists());
}

void TestProfileRestore::aRestoreThatWasCutOffIsBegunAnew()
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
void TestProfileRestore::aRestoreKnowsNothingOfAFormerFile()
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

void TestProfileRestore::aStoppedRestoreIsNoProfile()
{
    const StoredBackup backup = backUp();
    const QString folder = m_folder->filePath(QStringLiteral("new"));
    int looks = 0;
    QCOMPARE(ProfileBackups::restore(backup.folder, secret("right"), folder, {.isCancelled = [&looks] { return ++looks > 1; }}).error().code, base::ErrorCode::Cancelled);
    QVERIFY(!store::ProfilePaths{folder}.exists());
    QVERIFY(ProfileBackups::restore(backup.folder, secret("right"), folder).ok());
}

void TestProfileRestore::drillsAreWrittenDown()
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

QTEST_GUILESS_MAIN(TestProfileRestore)
#include "tst_profile_restore.moc"
