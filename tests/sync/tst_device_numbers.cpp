// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The short numbers that stand in C-<device>-<n> and in the log.
#include "tests/sync/server_store_fixture.h"

using namespace fieldfare;
using namespace fieldfare::server;
using namespace fieldfare::tests;
using base::Result;

class TestDeviceNumbers : public QObject {
    Q_OBJECT

    static DeviceRecord named(const char *name)
    {
        DeviceRecord device;
        device.device = base::Id::fromName(QStringLiteral("d"), QString::fromLatin1(name));
        return device;
    }

private Q_SLOTS:
    void theyGoOnByOne()
    {
        ServerStore store;
        FIELDFARE_VERIFY_OK(store.tables->write([&]() -> Result<void> {
            for (const char *name : {"a", "a", "a", "b", "a", "c"}) // one that is there already takes none
                FIELDFARE_TRY(store.tables->putDevice(named(name)));
            return {};
        }));
        QCOMPARE(*store.tables->deviceNumber(named("a").device), 1);
        QCOMPARE(*store.tables->deviceNumber(named("b").device), 2);
        QCOMPARE(*store.tables->deviceNumber(named("c").device), 3);
    }

    void whatWasRolledBackHasNone_data()
    {
        QTest::addColumn<bool>("isPart");
        QTest::newRow("a part") << true;
        QTest::newRow("the transaction") << false;
    }
    void whatWasRolledBackHasNone()
    {
        QFETCH(const bool, isPart);
        ServerStore store;
        const auto cutOff = [&]() -> Result<void> {
            FIELDFARE_TRY(store.tables->putDevice(named("a")));
            FIELDFARE_TRY(store.tables->deviceNumber(named("a").device));
            return base::Error{base::ErrorCode::Cancelled, QStringLiteral("on purpose")};
        };
        Result<void> outcome;
        const auto written = store.tables->write([&]() -> Result<void> {
            outcome = isPart ? store.tables->part(cutOff) : cutOff();
            return isPart ? Result<void>() : outcome;
        });
        QCOMPARE(written.ok(), isPart);
        QCOMPARE(outcome.error().code, base::ErrorCode::Cancelled);
        FIELDFARE_VERIFY_OK(store.tables->write([&]() -> Result<void> {
            FIELDFARE_TRY(store.tables->putDevice(named("b"))); // takes its number
            return store.tables->putDevice(named("a"));
        }));
        QCOMPARE(*store.tables->deviceNumber(named("b").device), 1);
        QCOMPARE(*store.tables->deviceNumber(named("a").device), 2);
    }
};

QTEST_GUILESS_MAIN(TestDeviceNumbers)
#include "tst_device_numbers.moc"
