// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Wrong passphrases have to wait, over programs and starts, and nobody for good.
#include "core/base/random.h"
#include "core/storage/passphrase.h"
#include "core/storage/try_limit.h"
#include "core/store/profile.h"
#include "core/store/salvage/profile_salvage.h"

#include <QTemporaryDir>
#include <QTest>

using namespace fieldfare;
using base::ErrorCode;
using storage::TryLimit;

namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;

class MovedClock final : public base::Clock {
public:
    std::int64_t wallMs() const override { return wall; }
    std::int64_t bootMs() const override { return boot; }
    QByteArray bootId() const override { return QByteArray(16, id); }
    void advance(std::int64_t ms) { wall += ms, boot += ms; }
    void restart(std::int64_t off) { wall += off, boot = 0, ++id; }

    std::int64_t wall = 1'790'000'000'000;
    std::int64_t boot = kHourMs;
    char id = 'a';
};

} // namespace

class TestTryLimit : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_next = 0;
    MovedClock m_clock;

    /// As every program makes its own.
    [[nodiscard]] TryLimit limit() const { return {m_folder.filePath(QString::number(m_next)), m_clock}; }
    [[nodiscard]] QString file() const { return m_folder.filePath(QString::number(m_next)) + QStringLiteral(".tries"); }
    void fail(int times)
    {
        for (int i = 0; i < times; ++i)
            limit().noteFailure();
    }

private Q_SLOTS:
    void init()
    {
        ++m_next;
        m_clock = {};
    }

    void triesRunOutAndWaitsDouble()
    {
        QCOMPARE(limit().triesLeft(), TryLimit::kFreeTries);
        for (int left = TryLimit::kFreeTries - 1; left > 0; --left) {
            fail(1);
            QCOMPARE(limit().triesLeft(), left);
            QCOMPARE(limit().secondsToWait(), 0);
        }
        fail(1);
        QCOMPARE(limit().triesLeft(), 0);
        QCOMPARE(limit().secondsToWait(), 60);
        QCOMPARE(limit().requireAllowed().error().code, ErrorCode::TooManyAttempts);
        QCOMPARE(limit().requireAllowed().error().arguments, QStringList{QStringLiteral("60")});
        m_clock.advance(kMinuteMs - 1);
        QCOMPARE(limit().secondsToWait(), 1); // rounded up
        m_clock.advance(1);
        QCOMPARE(limit().triesLeft(), 1);
        for (const int minutes : {2, 4, 8, 16, 32, 60, 60, 60}) {
            QCOMPARE(limit().nextWaitMinutes(), minutes);
            fail(1);
            QCOMPARE(limit().secondsToWait(), minutes * 60);
            m_clock.advance(minutes * kMinuteMs);
            QVERIFY(limit().requireAllowed().ok());
        }
        limit().noteSuccess();
        QVERIFY(!QFile::exists(file()));
        QCOMPARE(limit().triesLeft(), TryLimit::kFreeTries);
    }

    void aChangedWallClockShortensNothing()
    {
        fail(6);
        m_clock.wall += 1000 * kHourMs;
        QCOMPARE(limit().secondsToWait(), 120);
        m_clock.wall -= 5000 * kHourMs;
        QCOMPARE(limit().secondsToWait(), 120);
    }

    void aRestartNeitherForgetsNorLocksOut()
    {
        fail(8); // 8 minutes
        m_clock.restart(kMinuteMs);
        QCOMPARE(limit().secondsToWait(), 7 * 60);
        m_clock.advance(2 * kMinuteMs);
        QCOMPARE(limit().secondsToWait(), 5 * 60);
        m_clock.wall -= 9000 * kHourMs; // set back: what the machine has run counts
        QCOMPARE(limit().secondsToWait(), 6 * 60);
        m_clock.advance(6 * kMinuteMs);
        QCOMPARE(limit().secondsToWait(), 0);
        fail(1);
        m_clock.restart(-9000 * kHourMs);
        QVERIFY(limit().secondsToWait() <= 16 * 60);
    }

    void nonsenseInTheFileLocksNobodyOut_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("words") << QByteArray("no file of ours");
        QTest::newRow("later version") << QByteArray("2 9 1 1 61\n");
        QTest::newRow("negative") << QByteArray("1 9 -5 1 61\n");
        QTest::newRow("too many") << QByteArray("1 99999999999 1 1 61\n");
        QTest::newRow("large") << QByteArray(1 << 20, '1');
    }

    void nonsenseInTheFileLocksNobodyOut()
    {
        QFETCH(const QByteArray, content);
        QFile damaged(file());
        QVERIFY(damaged.open(QIODevice::WriteOnly));
        damaged.write(content);
        damaged.close();
        QCOMPARE(limit().secondsToWait(), 0);
        fail(1);
        QCOMPARE(limit().triesLeft(), TryLimit::kFreeTries - 1);
        // A time that has not come yet on this start: never longer than the longest wait.
        QVERIFY(damaged.open(QIODevice::WriteOnly | QIODevice::Truncate));
        damaged.write("1 1000000 9000000000000000 9000000000000000 " + m_clock.bootId().toHex() + '\n');
        damaged.close();
        QCOMPARE(limit().secondsToWait(), 3600);
    }

    void aProfileIsOpenedBehindIt()
    {
        const QString folder = m_folder.filePath(QStringLiteral("profile%1").arg(m_next));
        const base::Secret right = storage::passphraseBytes(QStringLiteral("right"));
        const base::Secret wrong = storage::passphraseBytes(QStringLiteral("wrong"));
        store::Profile::Options options;
        options.key.logN = 14;
        options.clock = &m_clock;
        QVERIFY(store::Profile::create(folder, right, options).ok());
        for (int i = 0; i < TryLimit::kFreeTries; ++i)
            QCOMPARE(store::Profile::open(folder, wrong, options).error().code, ErrorCode::WrongPassphrase);
        QCOMPARE(store::Profile::open(folder, wrong, options).error().code, ErrorCode::TooManyAttempts);
        QCOMPARE(store::Profile::open(folder, right, options).error().code, ErrorCode::TooManyAttempts);
        m_clock.advance(kMinuteMs);
        QVERIFY(store::Profile::open(folder, right, options).ok());
        QCOMPARE(store::Profile::open(folder, wrong, options).error().code, ErrorCode::WrongPassphrase); // from the beginning
        QVERIFY(store::Profile::open(folder, right, options).ok());
    }

    void aSalvageIsBehindIt()
    {
        const QString folder = m_folder.filePath(QStringLiteral("profile%1").arg(m_next));
        const base::Secret right = storage::passphraseBytes(QStringLiteral("right"));
        {
            store::Profile::Options options;
            options.key.logN = 14;
            base::SystemRandom random;
            const auto profile = store::Profile::create(folder, right, options);
            QVERIFY(profile.ok() && profile->openStore(m_clock, random).ok());
        }
        const auto salvage = [&](const base::Secret &passphrase) {
            base::SystemRandom random;
            return store::salvageProfile(folder, folder + QStringLiteral(".salvaged"), passphrase, m_clock, random);
        };
        for (int i = 0; i < TryLimit::kFreeTries; ++i)
            QCOMPARE(salvage(storage::passphraseBytes(QStringLiteral("wrong"))).error().code,
                     ErrorCode::WrongPassphrase);
        const auto waiting = salvage(right);
        QVERIFY(!waiting.ok());
        QCOMPARE(waiting.error().code, ErrorCode::TooManyAttempts);
        m_clock.advance(kMinuteMs);
        QVERIFY(salvage(right).ok());
        QCOMPARE(TryLimit(store::ProfilePaths{folder}.keyFile(), m_clock).triesLeft(), TryLimit::kFreeTries);
    }

    /// The file itself tells of damage, and its copy is guessed at all the same.
    void guessesAtThePreviousCopyCount()
    {
        const QString path = m_folder.filePath(QString::number(m_next));
        storage::KeyFile key(path);
        QVERIFY(key.create(storage::passphraseBytes(QStringLiteral("right")), {.logN = 14}).ok());
        QVERIFY(QFile::rename(path, key.previousPath()));
        const auto attempt = [&](const char *words) {
            return limit().attempt([&] { return key.unlock(storage::passphraseBytes(QString::fromLatin1(words))); });
        };
        for (int i = 0; i < TryLimit::kFreeTries; ++i)
            QCOMPARE(attempt("wrong").error().code, ErrorCode::KeyFileMissing);
        const auto waiting = attempt("right");
        QVERIFY(!waiting.ok());
        QCOMPARE(waiting.error().code, ErrorCode::TooManyAttempts);
        m_clock.advance(kMinuteMs);
        QVERIFY(attempt("right").ok());
        // Nothing was there to guess at.
        QVERIFY(QFile::remove(path) && QFile::remove(key.previousPath()));
        for (int i = 0; i <= TryLimit::kFreeTries; ++i)
            QCOMPARE(attempt("right").error().code, ErrorCode::KeyFileMissing);
        QVERIFY(!QFile::exists(file()));
    }

    /// Who has forgotten the passphrase has tried often, and is not to wait when the company has helped.
    void aRecoveredProfileDoesNotWait()
    {
        storage::KeyFile key(m_folder.filePath(QString::number(m_next)));
        const auto made = key.create(storage::passphraseBytes(QStringLiteral("forgotten")), {.logN = 14});
        const base::Secret secret = base::Secret::fromBytes(QByteArray(storage::KeychainRecord::kSecretSize, 's'));
        const auto record = storage::KeychainRecord::make(*made, QByteArray(storage::KeychainRecord::kItemSize, 'i'), secret);
        QVERIFY(key.setKeychain(*made, *record).ok()); // with the id of its key
        fail(9);
        QVERIFY(limit().secondsToWait() > 0);
        QVERIFY(key.recover(made->secret().clone(), storage::passphraseBytes(QStringLiteral("new")), {.logN = 14}).ok());
        QCOMPARE(limit().secondsToWait(), 0);
        QCOMPARE(key.unlockByKeychain(secret).error().code, ErrorCode::NotFound);
    }

    void otherFailuresAreNoTries()
    {
        for (int i = 0; i < 9; ++i)
            QCOMPARE(limit().attempt([] { return base::Result<int>(ErrorCode::KeyFileDamaged, QString()); }).error().code, ErrorCode::KeyFileDamaged);
        QCOMPARE(limit().triesLeft(), TryLimit::kFreeTries);
    }
};

QTEST_GUILESS_MAIN(TestTryLimit)
#include "tst_try_limit.moc"
