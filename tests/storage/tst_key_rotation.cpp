// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/backup/backup_assembly.h"
#include "core/storage/backup/backup_writer.h"
#include "core/storage/page_format.h"
#include "core/storage/salvage/salvaged_pages.h"
#include "tests/storage/key_rotation_fixture.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;
using base::ErrorCode;
using fieldfare::testlib::FaultDisk;

namespace {

/// As wrongWith(), of what salvage reads of a file, put together as a plain one.
QString wrongWithSalvaged(const QString &path, const std::shared_ptr<const DataKey> &key, qint64 acknowledged)
{
    const auto pages = SalvagedPages::open(path, key);
    if (!pages.ok())
        return pages.error().detail;
    QByteArray plain;
    for (std::uint32_t page = 1; page <= (*pages)->count(); ++page) {
        const std::uint8_t *bytes = (*pages)->read(page);
        plain += bytes != nullptr ? QByteArray(reinterpret_cast<const char *>(bytes), kPageSize) : QByteArray(kPageSize, '\0');
    }
    OpenOptions options;
    options.path = path + QStringLiteral("-plain");
    if (!writeFile(options.path, plain))
        return QStringLiteral("not written");
    const auto connection = Connection::open(options);
    return connection.ok() ? wrongWith(**connection, acknowledged) : connection.error().detail;
}

} // namespace

class TestKeyRotation : public QObject, protected RotationFixture {
    Q_OBJECT

    /// The power fails while pages stand in the journal and not yet in the file.
    void cutWithPagesInFlight()
    {
        restore(m_begun, m_keyBegun);
        m_disk.cutPowerAfter(60);
        {
            const auto rotation = KeyRotation::open(onDisk(m_both), m_keyFile);
            QVERIFY(rotation.ok());
            QVERIFY(!(*rotation)->run([this](const KeyRotation::Progress &) { return m_disk.isWithoutPower(); }).ok());
        }
        m_disk.crash(1);
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(prepare()); }

    void theWholeFileComesUnderTheNewKey()
    {
        restore(m_before, m_keyBefore);
        const auto connection = Connection::open(onDisk(m_first));
        QVERIFY(connection.ok());
        quint32 boundary = 0;
        {
            const auto rotation = KeyRotation::open(onDisk(m_first), m_keyFile);
            QVERIFY(rotation.ok());
            QCOMPARE((*rotation)->begin(passphrase("another")).error().code, ErrorCode::WrongPassphrase);
            QVERIFY(!(*rotation)->isUnderWay());
            QCOMPARE(readFile(m_keyFile.path()), m_keyBefore);
            QVERIFY((*rotation)->begin(orchardPassphrase()).ok());
            QCOMPARE((*rotation)->begin(orchardPassphrase()).error().code, ErrorCode::AlreadyExists);
            const auto both = m_keyFile.unlock(orchardPassphrase());
            QVERIFY(both.ok() && both->hasFormer());
            QCOMPARE(both->former().view(), m_first->secret().view());
            boundary = both->boundary();
            QVERIFY2(isRotating(m_keyFile.previousPath()), "a rescue would lead back to a file without the new key");
            std::uint32_t rewritten = 0;
            QCOMPARE(textOf((*rotation)->run([&](const KeyRotation::Progress &at) {
                         rewritten = at.rewritten;
                         return false;
                     })),
                     QStringLiteral("ok"));
            QVERIFY(rewritten > 300);
            QVERIFY(!(*rotation)->isUnderWay());
        }
        QVERIFY2(commitOne(**connection, 0).ok(), "a connection from before goes on");
        QCOMPARE(wrongWith(**connection, 1), QString());
        // The key that was: neither in the key file, nor in its copy, nor good for a page of the file.
        const auto now = m_keyFile.unlock(orchardPassphrase());
        QVERIFY(now.ok() && !now->hasFormer() && now->secret().view() != m_first->secret().view());
        QVERIFY(!isRotating(m_keyFile.previousPath()));
        QVERIFY(KeyFile(m_keyFile.previousPath()).unlock(orchardPassphrase()).ok());
        QVERIFY(boundary > 0);
        for (const quint32 epoch : epochsOf(m_disk.files().at(kBirds)))
            QVERIFY(epoch == 0 || epoch >= boundary);
    }

    void theFormerKeyOpensNothingAfterwards()
    {
        restore(m_begun, m_keyBegun);
        QCOMPARE(wrongAfterEnding(m_begunCommits), QString());
        const auto former = Connection::open(onDisk(m_first));
        QVERIFY(!former.ok());
        QCOMPARE(former.error().code, ErrorCode::FileDamaged);
    }

    /// With two keys the file opens only with both: each of them alone is damage, and named so.
    void halfWayBothKeysAreNeeded()
    {
        restore(m_begun, m_keyBegun);
        {
            const auto connection = Connection::open(onDisk(m_both));
            QVERIFY(connection.ok());
            QCOMPARE(wrongWith(**connection, m_begunCommits), QString());
            QVERIFY((*connection)->checkpoint(true).ok());
        }
        const auto epochs = epochsOf(m_disk.files().at(kBirds));
        QVERIFY(std::any_of(epochs.begin(), epochs.end(), [this](quint32 epoch) { return epoch >= m_both->boundary(); }));
        QVERIFY(std::any_of(epochs.begin(), epochs.end(), [this](quint32 epoch) { return epoch != 0 && epoch < m_both->boundary(); }));
        const FaultDisk::Snapshot mixed = m_disk.files();
        const auto wrongUnder = [&](std::shared_ptr<const DataKey> key) {
            m_disk.restore(mixed);
            const auto connection = Connection::open(onDisk(std::move(key)));
            return !connection.ok() || !wrongWith(**connection, m_begunCommits).isEmpty();
        };
        QVERIFY(wrongUnder(m_first));
        QVERIFY(wrongUnder(sharedKey(m_both->withoutFormer())));
        QVERIFY(!wrongUnder(m_both));
    }

    void itGoesOnWhereItWasStopped()
    {
        restore(m_begun, m_keyBegun);
        const auto connection = Connection::open(onDisk(m_both));
        QVERIFY(connection.ok());
        int stops = 0;
        for (bool isDone = false; !isDone; ++stops) {
            QVERIFY(stops < 100);
            const auto rotation = KeyRotation::open(onDisk(m_both), m_keyFile);
            QVERIFY(rotation.ok());
            const auto result = (*rotation)->run([](const KeyRotation::Progress &at) { return at.rewritten > 0; });
            isDone = result.ok();
            QVERIFY(isDone || result.error().code == ErrorCode::Cancelled);
            QCOMPARE(isRotating(m_keyFile.path()), !isDone);
            QVERIFY2(journal().isEmpty(), "nothing is in flight between two steps");
            QCOMPARE(wrongWith(**connection, m_begunCommits), QString());
        }
        QVERIFY(stops > 1);
    }

    void aDamagedPageStopsItAndIsNamed()
    {
        restore(m_begun, m_keyBegun);
        const int page = 200;
        FaultDisk::Snapshot damaged = m_begun;
        damaged.at(kBirds)[(page - 1) * kPageSize + 77] ^= 4;
        m_disk.restore(damaged);
        const auto rotation = KeyRotation::open(onDisk(m_both), m_keyFile);
        QVERIFY(rotation.ok());
        const auto result = (*rotation)->run();
        QCOMPARE(result.error().code, ErrorCode::FileDamaged);
        QCOMPARE(result.error().arguments.value(0), QString::number(page));
        QVERIFY2(isRotating(m_keyFile.path()), "both keys stay");
    }

    /// A journal that was altered or cut is as good as none; it can never bring in a page of somebody else's.
    void anAlteredJournalIsIgnored()
    {
        cutWithPagesInFlight();
        QVERIFY(!QTest::currentTestFailed());
        const FaultDisk::Snapshot sound = m_disk.files();
        const QByteArray bytes = journal();
        QVERIFY(bytes.size() > 100 * kPageSize);
        // Page 1 is among them: with its journal the file is as it was, whatever stands in the file.
        FaultDisk::Snapshot torn = sound;
        std::fill_n(torn.at(kBirds).begin() + 2048, 1024, std::uint8_t(0));
        const auto opensWith = [&](const QByteArray &altered) {
            torn[kBirdsJournal].assign(altered.begin(), altered.end());
            m_disk.restore(torn);
            const auto connection = Connection::open(onDisk(m_both));
            return connection.ok() && wrongWith(**connection, m_begunCommits).isEmpty();
        };
        QVERIFY(opensWith(bytes));
        for (const qsizetype offset : {0, 9, 14, 20, 40, 63, 64, 67, 68, 3000, 4164, 4170, 50'000}) {
            QByteArray altered = bytes;
            altered[offset] = char(altered[offset] ^ 1);
            QVERIFY2(!opensWith(altered), qPrintable(QString::number(offset)));
        }
        for (const qsizetype size : {qsizetype(0), qsizetype(1), qsizetype(63), qsizetype(64), qsizetype(5000), bytes.size() - 1})
            QVERIFY(!opensWith(bytes.first(size)));
        QByteArray longer = bytes + QByteArray(512, 'x');
        QVERIFY2(opensWith(longer), "what is left of a longer journal behind it does not count");
        // The journal of another file, with another salt.
        FaultDisk::Snapshot other = sound;
        other.at(kBirds)[3] ^= 1;
        m_disk.restore(other);
        QVERIFY(!Connection::open(onDisk(m_both)).ok());
        QCOMPARE(m_disk.files().at(kBirds), other.at(kBirds));
    }

    /// Who ends the replacement removes it, and an open file cannot be removed everywhere.
    void aJournalIsNotKeptOpen()
    {
        const QTemporaryDir folder;
        const OpenOptions options = inFolder(folder);
        QVERIFY(makeBirds(**Connection::open(options)));
        QVERIFY(writeFile(options.path + QStringLiteral("-rotation"), QByteArray(200, 'x')));
        const auto connection = Connection::open(options);
        QVERIFY(connection.ok());
        QCOMPARE(wrongWith(**connection, 0), QString());
        const QStringList open = openFilesUnder({folder.path()}).paths;
        QVERIFY(!open.isEmpty());
        QVERIFY(open.filter(QStringLiteral("-rotation")).isEmpty());
    }

    /// A log that was begun while the key was being made goes on under the former one.
    void salvageReadsALogOfTheFormerKey()
    {
        const QTemporaryDir folder;
        const OpenOptions options = inFolder(folder);
        const auto connection = Connection::open(options);
        QVERIFY(connection.ok() && makeBirds(**connection));
        const auto rotation = KeyRotation::open(options, m_keyFile);
        QVERIFY(rotation.ok());
        qint64 commits = 0;
        QVERIFY((*rotation)->begin(orchardPassphrase(), [&](const KeyRotation::Progress &) { return !commitOne(**connection, commits++).ok(); }).ok());
        QVERIFY(commits > 0);
        QVERIFY(commitOne(**connection, commits++).ok());
        const QString copy = folder.filePath(QStringLiteral("copy.db"));
        QVERIFY(copyDatabase(options.path, copy));
        QCOMPARE(wrongWithSalvaged(copy, (*rotation)->key(), commits), QString());
        const auto sound = SalvagedPages::open(copy, (*rotation)->key());
        QVERIFY(!(*sound)->isLogHeaderDamaged() && (*sound)->damagedFrames().isEmpty());
        QVERIFY(flipBit(copy + QStringLiteral("-wal"), 5)); // of its header, which tells the key
        QCOMPARE(wrongWithSalvaged(copy, (*rotation)->key(), commits), QString());
    }

    void salvageReadsThePagesInFlight()
    {
        cutWithPagesInFlight();
        QVERIFY(!QTest::currentTestFailed());
        FaultDisk::Snapshot files = m_disk.files();
        const QByteArray inFlight = journal();
        const auto *bytes = reinterpret_cast<const std::uint8_t *>(inFlight.constData());
        const std::uint32_t count = readBigEndian(bytes + 12);
        QVERIFY(count > 100);
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t page = readBigEndian(bytes + 64 + i * (4 + kPageSize));
            std::fill_n(files.at(kBirds).begin() + std::ptrdiff_t(page - 1) * kPageSize + 2048, 1024, std::uint8_t(0));
        }
        const QTemporaryDir folder;
        for (const auto &[name, content] : files)
            QVERIFY(writeFile(folder.path() + QString::fromStdString(name), QByteArray(reinterpret_cast<const char *>(content.data()), qsizetype(content.size()))));
        const QString path = folder.path() + QLatin1StringView(kBirds);
        QCOMPARE(wrongWithSalvaged(path, m_both, m_begunCommits), QString());
        QVERIFY(flipBit(path, 9)); // of the salt
        QCOMPARE(wrongWithSalvaged(path, m_both, m_begunCommits), QString());
        QVERIFY(QFile::remove(folder.path() + QLatin1StringView(kBirdsJournal)));
        QVERIFY(!wrongWithSalvaged(path, m_both, m_begunCommits).isEmpty());
    }

    /// Somebody who can write to the disk gives a page an epoch from the far future.
    void aMadeUpEpochIsFoundBeforeTheKeyIsMade()
    {
        restore(m_before, m_keyBefore);
        FaultDisk::Snapshot files = m_before;
        for (int i = 0; i < 4; ++i)
            files.at(kBirds)[size_t(150) * kPageSize + kUsableSize + size_t(i)] = 0xff;
        m_disk.restore(files);
        const auto rotation = KeyRotation::open(onDisk(m_first), m_keyFile);
        QVERIFY(rotation.ok());
        const auto result = (*rotation)->begin(orchardPassphrase());
        QCOMPARE(result.error().code, ErrorCode::FileDamaged);
        QCOMPARE(result.error().arguments.value(0), QStringLiteral("151"));
        QCOMPARE(readFile(m_keyFile.path()), m_keyBefore);
    }

    void aFileInRollbackModeIsRefused()
    {
        const QTemporaryDir folder;
        OpenOptions options;
        options.path = folder.filePath(QStringLiteral("birds.db"));
        options.createIfMissing = true;
        options.key = m_first;
        options.journal = OpenOptions::Journal::Rollback;
        const auto connection = Connection::open(options);
        QVERIFY(connection.ok() && (*connection)->execute("CREATE TABLE bird(number INTEGER)"_sql).ok());
        QCOMPARE(KeyRotation::open(options, m_keyFile).error().code, ErrorCode::InvalidArgument);
        options.key = nullptr;
        QCOMPARE(KeyRotation::open(options, m_keyFile).error().code, ErrorCode::InvalidArgument);
    }

    /// A power cut between the two copies of the key file, at the begin and at the end.
    void copiesOfTheKeyFileComeTogetherAgain()
    {
        QVERIFY(writeFile(m_keyFile.path(), m_keyBefore) && writeFile(m_keyFile.previousPath(), m_keyBegun));
        QVERIFY(!m_keyFile.unlock(orchardPassphrase())->hasFormer());
        QCOMPARE(readFile(m_keyFile.previousPath()), m_keyBefore);
        KeyFileContent ended = KeyFileContent::parse(m_keyBegun).value();
        ended.records.clear();
        QVERIFY(writeFile(m_keyFile.path(), ended.toBytes()) && writeFile(m_keyFile.previousPath(), m_keyBegun));
        QVERIFY(!m_keyFile.unlock(orchardPassphrase())->hasFormer());
        QVERIFY(!isRotating(m_keyFile.previousPath()));
        QVERIFY(writeFile(m_keyFile.path(), m_keyBegun) && writeFile(m_keyFile.previousPath(), m_keyBefore));
        QVERIFY(m_keyFile.unlock(orchardPassphrase())->hasFormer());
        QVERIFY(isRotating(m_keyFile.previousPath()));
    }

    void aPassphraseChangesHalfWay()
    {
        restore(m_begun, m_keyBegun);
        QVERIFY(m_keyFile.changePassphrase(orchardPassphrase(), passphrase("another one"), kQuick).ok());
        QVERIFY(m_keyFile.isFor(*m_both).value());
        const auto both = m_keyFile.unlock(passphrase("another one"));
        QVERIFY(both.ok());
        QCOMPARE(both->former().view(), m_first->secret().view());
        QCOMPARE(both->boundary(), m_both->boundary());
        QCOMPARE(wrongAfterEnding(m_begunCommits), QString());
        QVERIFY(m_keyFile.unlock(passphrase("another one")).ok());
    }

    void anAlteredFormerKeyIsDamage()
    {
        for (const qsizetype offset : {0, 3, 4, 20, 40, 63}) {
            KeyFileContent content = KeyFileContent::parse(m_keyBegun).value();
            QByteArray &record = content.records[KeyFileContent::FormerKey];
            QCOMPARE(record.size(), 64);
            record[offset] = char(record[offset] ^ 1);
            QVERIFY(writeFile(m_keyFile.path(), content.toBytes()));
            QCOMPARE(m_keyFile.unlock(orchardPassphrase()).error().code, ErrorCode::KeyFileDamaged);
        }
    }

    /// Copies that are made while the key is replaced open with the key file of that time, and go on to the end by themselves.
    void copiesMadeHalfWayOpen()
    {
        const QTemporaryDir folder;
        const OpenOptions options = inFolder(folder);
        const auto connection = Connection::open(options);
        QVERIFY(connection.ok() && makeBirds(**connection));
        const auto rotation = KeyRotation::open(options, m_keyFile);
        QVERIFY(rotation.ok() && (*rotation)->begin(orchardPassphrase()).ok());
        QVERIFY(!m_keyFile.isFor(*m_first).value());
        QVERIFY(m_keyFile.isFor(*(*rotation)->key()).value());
        KeyFile copyKey(folder.filePath(QStringLiteral("copy.key")));
        const BackupSource source{QStringLiteral("birds"), options.path, m_keyFile.path(), m_first};
        BackupWriter writer(source, folder.filePath(QStringLiteral("backups")));
        base::SystemRandom random;
        QString backup;
        QString wrong;
        const auto result = (*rotation)->run([&](const KeyRotation::Progress &at) {
            if (at.rewritten == 0 || !backup.isEmpty())
                return false;
            if (!writeFile(copyKey.path(), readFile(m_keyFile.path())) || !(*connection)->copyTo(folder.filePath(QStringLiteral("copy.db")), (*rotation)->key()).ok())
                wrong = QStringLiteral("no copy");
            const auto written = writer.write(BackupWriter::Wish::Full, 1'000'000, random);
            backup = written.ok() ? written->folder : QStringLiteral("none");
            if (!written.ok())
                wrong = written.error().detail;
            return false;
        });
        QVERIFY(result.ok());
        QCOMPARE(wrong, QString());
        QVERIFY(m_keyFile.isFor(*(*rotation)->key()).value());
        const auto assembly = BackupAssembly::open(backup, {QStringLiteral("birds.db"), QStringLiteral("birds.key")}, orchardPassphrase());
        QVERIFY(assembly.ok() && QDir().mkpath(folder.filePath(QStringLiteral("again"))));
        QVERIFY(assembly->writeTo(folder.filePath(QStringLiteral("again"))).ok());
        for (const auto &[path, keyPath] : {std::pair(QStringLiteral("copy.db"), QStringLiteral("copy.key")), std::pair(QStringLiteral("again/birds.db"), QStringLiteral("again/birds.key"))}) {
            OpenOptions copy = options;
            copy.path = folder.filePath(path);
            const KeyFile keyFile(folder.filePath(keyPath));
            copy.key = sharedKey(keyFile.unlock(orchardPassphrase()).value());
            QVERIFY(copy.key->hasFormer());
            const auto opened = Connection::open(copy);
            QVERIFY(opened.ok());
            QCOMPARE(wrongWith(**opened, 0), QString());
            const auto ended = KeyRotation::open(copy, keyFile);
            QVERIFY(ended.ok() && (*ended)->run().ok());
            QCOMPARE(wrongWith(**opened, 0), QString());
        }
    }

    /// Its key file would lack the new key.
    void aBackupDuringWhichItBeginsIsNone()
    {
        const QTemporaryDir folder;
        const OpenOptions options = inFolder(folder);
        const auto connection = Connection::open(options);
        QVERIFY(connection.ok() && makeBirds(**connection));
        const auto rotation = KeyRotation::open(options, m_keyFile);
        QVERIFY(rotation.ok());
        BackupWriter writer({QStringLiteral("birds"), options.path, m_keyFile.path(), m_first}, folder.filePath(QStringLiteral("backups")));
        base::SystemRandom random;
        BackupWatch watch;
        watch.isCancelled = [&] { return !(*rotation)->isUnderWay() && !(*rotation)->begin(orchardPassphrase()).ok(); };
        QCOMPARE(writer.write(BackupWriter::Wish::Full, 1'000'000, random, watch).error().code, ErrorCode::ProfileInUse);
        QVERIFY((*rotation)->isUnderWay());
        QVERIFY(writer.write(BackupWriter::Wish::Full, 1'000'000, random).ok());
        QVERIFY((*rotation)->run().ok());
    }
};

QTEST_GUILESS_MAIN(TestKeyRotation)
#include "tst_key_rotation.moc"
