// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/passphrase.h"
#include "core/storage/secret_file.h"
#include "core/store/backup/profile_backups.h"
#include "tests/storage/store_fixture.h"
#include "tests/testlib/failing_calls.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <functional>

using namespace fieldfare;
using namespace fieldfare::store_test;
using base::ErrorCode;
using store::ProfileBackups;
using testlib::FailingCalls;
using Call = FailingCalls::Call;

namespace {

constexpr int kCustomers = 30;

base::Secret secret(const char *words)
{
    return storage::passphraseBytes(QString::fromLatin1(words));
}

void copyFolder(const QString &from, const QString &to)
{
    QDir(to).removeRecursively();
    QDir().mkpath(to);
    for (const QString &name : QDir(from).entryList(QDir::Files))
        QVERIFY(QFile::copy(from + u'/' + name, to + u'/' + name));
}

} // namespace

/// Each call to the operating system fails once, in what is done with the files beside the database: a change of the passphrase,
/// backups, restoring, and opening a profile as a whole. It is done or it is not, the error says so and is no cry of damage, and the
/// next attempt succeeds.
class TestFailingCalls : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    TestClock m_clock;
    TestRandom m_random;
    int m_faults = 0;

    [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    /// What is wrong; empty: nothing. `act` does it once more and again from `prepare` on, until no call of the kind is left to fail; at least `fewest` have to.
    QString everyFailure(int fewest, const std::function<void()> &prepare, const std::function<base::Result<void>()> &act, const std::function<QString(bool wasDone)> &judge)
    {
        const QByteArray folder = m_folder.path().toUtf8();
        const int before = m_faults;
        for (const auto &[call, error, name] : {std::tuple(Call::Open, EMFILE, "open"), {Call::Read, EIO, "read"}, {Call::Write, ENOSPC, "write"}, {Call::Sync, EIO, "sync"},
                                                {Call::Truncate, EIO, "truncate"}, {Call::Rename, EIO, "rename"}, {Call::Remove, EIO, "remove"}}) {
            for (int n = 1, isHit = 1; isHit == 1 && n < 2000; n += 1 + n / 32) {
                prepare();
                FailingCalls::failNext(call, n, error, folder);
                const base::Result<void> done = act();
                FailingCalls::stop();
                isHit = FailingCalls::hasFailed() ? 1 : 0;
                m_faults += isHit;
                const QString where = QStringLiteral("%1 %2: ").arg(QLatin1StringView(name)).arg(n);
                if (!done.ok()) {
                    const ErrorCode code = done.error().code;
                    if (isHit == 0 || (code != ErrorCode::Io && code != ErrorCode::DiskFull && code != ErrorCode::PermissionDenied) || done.error().detail.isEmpty())
                        return where + base::errorCodeName(code) + u' ' + done.error().detail;
                }
                if (const QString wrong = judge(done.ok()); !wrong.isEmpty())
                    return where + wrong + (done.ok() ? QString() : QStringLiteral(" (%1)").arg(done.error().detail));
            }
        }
        return m_faults - before < fewest ? QStringLiteral("only %1 calls failed").arg(m_faults - before) : QString();
    }

    [[nodiscard]] static QString wrongIn(store::Store &store)
    {
        const auto found = store.connection().queryInt64(QLatin1StringView("SELECT count(*) FROM customer"));
        const auto check = store::checkProfile(store);
        return found.ok() && *found == kCustomers && check.ok() && check->isOk() ? QString() : QStringLiteral("the records");
    }

    /// What is wrong with the profile in `folder`, opened by `words`.
    QString wrongWith(const QString &folder, const char *words)
    {
        // A lock that could not be removed goes with the process that it names, and this one goes on.
        QFile::remove(store::ProfilePaths{folder}.lock());
        const auto profile = store::Profile::open(folder, secret(words));
        if (!profile.ok())
            return base::errorCodeName(profile.error().code) + u' ' + profile.error().detail;
        const auto opened = profile->openStore(m_clock, m_random);
        return opened.ok() ? wrongIn(**opened) : base::errorCodeName(opened.error().code) + u' ' + opened.error().detail;
    }

private Q_SLOTS:
    void initTestCase()
    {
        base::Secret::initializeHeap();
        store::Profile::Options options;
        options.key.logN = 14;
        const auto profile = store::Profile::create(path("profile"), secret("right"), options);
        QVERIFY(profile.ok());
        const auto store = profile->openStore(m_clock, m_random);
        QVERIFY(store.ok());
        QVERIFY(store::startStandAlone(**store, {}, QStringLiteral("Ann")).ok());
        for (int i = 0; i < kCustomers; ++i)
            commit(**store, create(*(*store)->catalog(), "customer", {{"name", text("Anybody")}}));
    }
    void cleanupTestCase() { qInfo("%d calls failed", m_faults); }

    void aChangeOfThePassphraseIsDoneOrNot()
    {
        const storage::KeyFile file(path("work/fieldfare.key"));
        const auto act = [&] { return storage::KeyFile(file).changePassphrase(secret("right"), secret("other"), {.logN = 14}); };
        const auto judge = [&](bool wasDone) {
            const auto opened = file.unlock(secret(wasDone ? "other" : "right"));
            if (!opened.ok())
                return QStringLiteral("does not open: ") + opened.error().detail;
            return file.unlock(secret(wasDone ? "right" : "other")).ok() ? QStringLiteral("both open") : QString();
        };
        QCOMPARE(everyFailure(20, [&] { copyFolder(path("profile"), path("work")); }, act, judge), QString());
    }

    void openingAProfileFailsOrNot()
    {
        const auto act = [&]() -> base::Result<void> {
            FIELDFARE_ASSIGN(const store::Profile profile, store::Profile::open(path("work"), secret("right")));
            FIELDFARE_ASSIGN(const auto opened, profile.openStore(m_clock, m_random));
            FIELDFARE_TRY(opened->connection().queryInt64(QLatin1StringView("SELECT count(*) FROM customer")));
            return {};
        };
        QCOMPARE(everyFailure(20, [&] { copyFolder(path("profile"), path("work")); }, act, [&](bool) { return wrongWith(path("work"), "right"); }), QString());
    }

    void aBackupIsWholeOrNone()
    {
        copyFolder(path("profile"), path("work"));
        const auto profile = store::Profile::open(path("work"), secret("right"));
        QVERIFY(profile.ok());
        const auto store = profile->openStore(m_clock, m_random);
        QVERIFY(store.ok());
        const ProfileBackups backups(path("backups"));
        const auto act = [&]() -> base::Result<void> {
            const auto made = backups.write({profile->paths(), profile->key()}, ProfileBackups::Wish::Full, m_clock);
            return made.ok() ? base::Result<void>() : made.error();
        };
        const auto judge = [&](bool wasDone) {
            const auto all = backups.list();
            if (wasDone && all.size() != 1)
                return QStringLiteral("%1 backups").arg(all.size());
            if (const QString wrong = wrongIn(**store); !wrong.isEmpty())
                return wrong;
            if (all.isEmpty())
                return QString(); // one may be there although the last sync of its folder failed
            const auto drill = ProfileBackups::drill(all.first().folder, profile->key(), m_clock, m_random);
            return drill.ok() && drill->isOk() ? QString() : QStringLiteral("it is listed, and is not whole");
        };
        QCOMPARE(everyFailure(20, [&] { QDir(path("backups")).removeRecursively(); }, act, judge), QString());
    }

    void aRestoreIsAProfileOrNone()
    {
        copyFolder(path("profile"), path("work"));
        QString backup;
        {
            const auto profile = store::Profile::open(path("work"), secret("right"));
            QVERIFY(profile.ok());
            const auto store = profile->openStore(m_clock, m_random);
            QVERIFY(store.ok());
            QDir(path("backups")).removeRecursively();
            const auto made = ProfileBackups(path("backups")).write({profile->paths(), profile->key()}, ProfileBackups::Wish::Full, m_clock);
            QVERIFY(made.ok());
            backup = made->folder;
        }
        const auto act = [&] { return ProfileBackups::restore(backup, secret("right"), path("restored")); };
        const auto judge = [&](bool wasDone) {
            const bool isThere = store::ProfilePaths{path("restored")}.exists();
            if (wasDone && !isThere)
                return QStringLiteral("there is none");
            QFile::remove(store::ProfilePaths{path("restored")}.lock()); // as in wrongWith()
            if (!isThere && !act().ok())
                return QStringLiteral("it cannot be begun anew");
            return wrongWith(path("restored"), "right");
        };
        QCOMPARE(everyFailure(20, [&] { QDir(path("restored")).removeRecursively(); }, act, judge), QString());
    }

    /// Pages under a key whose file a power cut may take back would be lost.
    void aNewKeyIsUsedOnlyOnceItsFileIsOnTheDisk()
    {
        copyFolder(path("profile"), path("keyed"));
        storage::KeyFile keyed(path("keyed/fieldfare.key"));
        const auto key = keyed.unlock(secret("right"));
        QVERIFY(key.ok());
        const auto record = storage::KeychainRecord::make(
            *key, QByteArray(storage::KeychainRecord::kItemSize, 'i'),
            base::Secret::fromBytes(QByteArray(storage::KeychainRecord::kSecretSize, 's')));
        QVERIFY(keyed.setKeychain(*key, *record).ok());
        const QByteArray before = storage::secret_file::read(keyed.path()).value();
        storage::KeyFileContent copy = storage::KeyFileContent::parse(before).value();
        copy.records.remove(storage::KeyFileContent::Keychain); // which no copy opens by
        storage::KeyFile file(path("work/fieldfare.key"));
        int failed = 0;
        for (bool isHit = true; isHit; failed += isHit ? 1 : 0) {
            copyFolder(path("keyed"), path("work"));
            FailingCalls::failNext(Call::Sync, failed + 1, EIO, m_folder.path().toUtf8());
            const auto begun = file.beginRotation(*key, secret("right"), 5);
            FailingCalls::stop();
            isHit = FailingCalls::hasFailed();
            QCOMPARE(begun.ok(), !isHit);
            if (begun.ok())
                break;
            QCOMPARE(begun.error().code, ErrorCode::Io);
            QCOMPARE(storage::secret_file::read(file.path()).value(), before);
            QCOMPARE(storage::secret_file::read(file.previousPath()).value(), copy.toBytes());
        }
        QCOMPARE(failed, 4); // each of the two files, and its name
    }

    void aBackupThatFailsLeavesNothing()
    {
        auto key = storage::KeyFile(path("profile/fieldfare.key")).unlock(secret("right"));
        QVERIFY(key.ok());
        const store::BackupOrigin origin{store::ProfilePaths{path("profile")}, std::make_shared<const storage::DataKey>(std::move(key).value())};
        const QString place = path("backups");
        for (const Call call : {Call::Rename, Call::Sync}) {
            int failed = 0;
            for (bool isHit = true; isHit; failed += isHit ? 1 : 0) {
                QDir(place).removeRecursively();
                FailingCalls::failNext(call, failed + 1, EIO, place.toUtf8());
                const auto made = store::ProfileBackups(place).write(origin, store::ProfileBackups::Wish::Full, m_clock);
                FailingCalls::stop();
                isHit = FailingCalls::hasFailed();
                QCOMPARE(made.ok(), !isHit);
                QCOMPARE(QDir(place).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size(), isHit ? 0 : 1);
            }
            QVERIFY(failed >= (call == Call::Rename ? 1 : 5));
        }
    }
};

QTEST_GUILESS_MAIN(TestFailingCalls)
#include "tst_failing_calls.moc"
