// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a device remembers of the server's audit log, and when it says that the log is another one.
#include "core/changes/replica.h"
#include "tests/testlib/simulation/ram_replica_storage.h"

#include <QTest>

using namespace fieldfare;
using namespace fieldfare::changes;
using base::Result;
using simulation::RamReplicaStorage;

namespace {

class Listener final : public ReplicaListener {
public:
    Result<void> rowInserted(ReplicaRow &&, Cause) override { return {}; }
    Result<void> rowChanged(const ReplicaRow &, const std::vector<FieldValue> &, const RowStamp &, Cause) override { return {}; }
    Result<void> rowRemoved(const ReplicaRow &, Cause) override { return {}; }
};

const QByteArray kFirst(32, 'a');
const QByteArray kSecond(32, 'b');
const QByteArray kOther(32, 'x');

struct Device {
    RamReplicaStorage storage;
    Listener listener;
    base::SystemClock clock;
    Replica replica{storage, listener, clock};

    /// What is remembered after the server has said so.
    AuditMark told(std::uint64_t number, const QByteArray &chain, const QByteArray &chainThen)
    {
        if (!replica.takeAuditHead(number, chain, chainThen).ok())
            qFatal("mark");
        return storage.disk.auditMark;
    }
};

} // namespace

class TestAuditMark : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theHeadIsRemembered()
    {
        Device device;
        QCOMPARE(device.told(5, kFirst, {}), (AuditMark{5, kFirst, 0}));
        QCOMPARE(device.told(5, kFirst, kFirst), (AuditMark{5, kFirst, 0}));
        QCOMPARE(device.told(9, kSecond, kFirst), (AuditMark{9, kSecond, 0}));
    }

    void anEmptyLogIsNoHead()
    {
        Device device;
        QCOMPARE(device.told(0, {}, {}), AuditMark());
        QCOMPARE(device.told(1, kFirst, {}), (AuditMark{1, kFirst, 0}));
    }

    void anotherEntryIsFoundOut_data()
    {
        QTest::addColumn<quint64>("number");
        QTest::addColumn<QByteArray>("chainThen");
        QTest::newRow("written anew") << quint64(9) << kOther;
        QTest::newRow("no such entry") << quint64(9) << QByteArray();
        QTest::newRow("as long, another") << quint64(5) << kOther;
        QTest::newRow("cut off") << quint64(3) << QByteArray();
        QTest::newRow("cut off, but says otherwise") << quint64(3) << kFirst;
        QTest::newRow("gone") << quint64(0) << QByteArray();
    }

    /// What was remembered stays: it is the proof.
    void anotherEntryIsFoundOut()
    {
        QFETCH(const quint64, number);
        QFETCH(const QByteArray, chainThen);
        Device device;
        device.told(5, kFirst, {});
        QCOMPARE(device.told(number, kSecond, chainThen), (AuditMark{5, kFirst, 5}));
        QCOMPARE(device.told(20, kSecond, kFirst), (AuditMark{5, kFirst, 5}));
    }

    void aDownloadLeavesItAndARestoredServerBeginsAnew()
    {
        Device device;
        device.storage.disk.state.epoch = 1;
        device.told(5, kFirst, {});
        QVERIFY(device.replica.beginDownload(1, 1).ok());
        QCOMPARE(device.storage.disk.auditMark.number, 5U);
        QVERIFY(device.replica.beginDownload(1, 2).ok());
        QCOMPARE(device.storage.disk.auditMark, AuditMark());
    }
};

QTEST_GUILESS_MAIN(TestAuditMark)
#include "tst_audit_mark.moc"
