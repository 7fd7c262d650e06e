// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Making a profile, and thinking better of it: nothing is left, and the next attempt is free to begin.
#include "app/desktop/profile_joining.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace fieldfare;

class TestProfileJoining final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void makesAProfile();
    void cancelledAtOnceLeavesNothing();
    void cancelledWhileOpeningLeavesNothing();
    void aNewRequestReplacesTheOneBefore();

private:
    static constexpr int kPatienceMs = 20'000;
    store::JoinRequest alone(const char *name = "Ann Ashby") const
    {
        store::JoinRequest request;
        request.kind = store::JoinRequest::Kind::Alone;
        request.userName = QString::fromLatin1(name);
        request.passphrase = std::make_shared<const base::Secret>(base::Secret::fromBytes("correct horse battery staple"));
        return request;
    }
    QString folder() const { return m_home->filePath(QStringLiteral("profile")); }
    bool isTaken() const { return QFile::exists(folder() + QStringLiteral("/fieldfare.db")); }
    /// Whoever begins anew after a cancel gets a profile, and only what that attempt asked for.
    void beginsAnew()
    {
        QSignalSpy ready(m_joining.get(), &store::Joining::ready);
        QSignalSpy failed(m_joining.get(), &store::Joining::failed);
        m_joining->begin(alone("Bo Berg"));
        QTRY_COMPARE_WITH_TIMEOUT(ready.size() + failed.size(), 1, kPatienceMs);
        QCOMPARE(failed.size(), 0);
        const std::unique_ptr<app::DesktopProfile> profile = m_joining->takeProfile();
        QVERIFY(profile != nullptr);
        QCoreApplication::processEvents();
        QCOMPARE(profile->database().profileInfo().userName, QStringLiteral("Bo Berg"));
        QCOMPARE(ready.size(), 1);
    }

    base::SystemClock m_clock;
    base::SystemRandom m_random;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<app::ProfileJoining> m_joining;
};

void TestProfileJoining::init()
{
    m_joining.reset();
    m_home = std::make_unique<QTemporaryDir>();
    m_joining = std::make_unique<app::ProfileJoining>(folder(), m_clock, m_random);
}

void TestProfileJoining::makesAProfile()
{
    beginsAnew();
}

void TestProfileJoining::cancelledAtOnceLeavesNothing()
{
    QSignalSpy ready(m_joining.get(), &store::Joining::ready);
    m_joining->begin(alone());
    m_joining->cancel();
    // The key is still being derived on its thread: the next attempt waits for the lock of the folder.
    beginsAnew();
    QCOMPARE(ready.size(), 1);
}

void TestProfileJoining::cancelledWhileOpeningLeavesNothing()
{
    QSignalSpy ready(m_joining.get(), &store::Joining::ready);
    m_joining->begin(alone());
    QDeadlineTimer patience(kPatienceMs);
    while (!isTaken() && !patience.hasExpired())
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
    QVERIFY(isTaken()); // the database is being made; nobody has heard that it is open
    QCOMPARE(ready.size(), 0);
    m_joining->cancel();
    QVERIFY(!QFile::exists(folder()));
    QCoreApplication::processEvents();
    QCOMPARE(ready.size(), 0);
    beginsAnew();
}

void TestProfileJoining::aNewRequestReplacesTheOneBefore()
{
    m_joining->begin(alone());
    QDeadlineTimer patience(kPatienceMs);
    while (!isTaken() && !patience.hasExpired())
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
    beginsAnew();
}

QTEST_GUILESS_MAIN(TestProfileJoining)
#include "tst_profile_joining.moc"
