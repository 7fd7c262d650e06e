// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/passphrase.h"
#include "core/store/profile.h"
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

/// Each call to the operating system fails once, while the passphrase is changed. It is done or it is not, and the error says so and is
/// no cry of damage.
class TestFailingCalls : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    TestClock m_clock;
    TestRandom m_random;
    int m_faults = 0;

    [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    /// What is wrong; empty: nothing. `act` does it once more and again from `prepare` on, until no call of the kind is left to fail.
    QString everyFailure(const std::function<void()> &prepare, const std::function<base::Result<void>()> &act, const std::function<QString(bool wasDone)> &judge)
    {
        const QByteArray folder = m_folder.path().toUtf8();
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
        return {};
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
        QCOMPARE(everyFailure([&] { copyFolder(path("profile"), path("work")); }, act, judge), QString());
    }
};

QTEST_GUILESS_MAIN(TestFailingCalls)
#include "tst_failing_calls.moc"
