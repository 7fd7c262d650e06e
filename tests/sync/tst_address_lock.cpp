// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/accounts/address_lock.h"
#include "sync/server/accounts/growing_delay.h"
#include "tests/sync/server_store_fixture.h"

using namespace fieldfare::server;
using namespace fieldfare::tests;

class TestAddressLock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void guessingFromOneAddressWaitsLongerAndLonger();
    void manyAddressesAreForgottenInGoodOrder();
};

void TestAddressLock::guessingFromOneAddressWaitsLongerAndLonger()
{
    StillClock clock;
    AddressLock lock(clock);
    for (int i = 1; i < AddressLock::kFreeFailures; ++i)
        lock.noteFailure("a");
    QCOMPARE(lock.waitMs("a"), 0);
    lock.noteFailure("a");
    QCOMPARE(lock.waitMs("a"), kFirstDelayMs);
    QCOMPARE(lock.waitMs("b"), 0); // only from there
    clock.now += kFirstDelayMs - 1;
    QCOMPARE(lock.waitMs("a"), 1);
    clock.now += 1;
    QCOMPARE(lock.waitMs("a"), 0);
    lock.noteFailure("a");
    QCOMPARE(lock.waitMs("a"), 2 * kFirstDelayMs);
    for (int i = 0; i < 30; ++i)
        lock.noteFailure("a");
    QCOMPARE(lock.waitMs("a"), kLongestDelayMs);
    // One is forgotten every ten minutes: of 51 there are 19 left, and the next is the first to wait again.
    clock.now += 32 * AddressLock::kForgetOneMs;
    QCOMPARE(lock.waitMs("a"), 0);
    lock.noteFailure("a");
    QCOMPARE(lock.waitMs("a"), kFirstDelayMs);
    clock.now += 2 * AddressLock::kForgetOneMs;
    lock.noteFailure("a");
    QCOMPARE(lock.waitMs("a"), 0);
}

void TestAddressLock::manyAddressesAreForgottenInGoodOrder()
{
    StillClock clock;
    AddressLock lock(clock);
    for (int i = 0; i < AddressLock::kFreeFailures; ++i)
        lock.noteFailure("guesses");
    for (qsizetype i = 0; i < AddressLock::kMostAddresses; ++i)
        lock.noteFailure(QByteArray::number(qint64(i)));
    QCOMPARE(lock.waitMs("guesses"), kFirstDelayMs); // a flood of addresses frees nobody
}

QTEST_GUILESS_MAIN(TestAddressLock)
#include "tst_address_lock.moc"
