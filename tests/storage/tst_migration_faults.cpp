// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/encrypted_vfs.h"
#include "core/store/profile.h"
#include "tests/storage/storage_fixture.h"
#include "tests/storage/store_fixture.h"
#include "tests/testlib/fault_vfs.h"

#include <QTest>

#include <functional>

using namespace fieldfare;
using namespace fieldfare::store_test;
using base::ErrorCode;
using fieldfare::testlib::FaultDisk;

namespace {

constexpr int kCustomers = 40;
constexpr int kDeals = 30;
constexpr model::FieldSpec kBudget = {.id = 200, .name = "budget", .type = model::FieldType::Money, .label = "Budget", .flags = model::Sortable};
constexpr model::ComputedSpec kPhoneOf = {.resultType = model::FieldType::Phone, .reference = "customer", .value = "phone"};
constexpr model::FieldSpec kCustomerPhone = {.id = 200, .name = "customer_phone", .type = model::FieldType::Computed, .label = "Phone", .computed = &kPhoneOf};

model::CatalogPointer grownCatalog()
{
    return model::Catalog::standard()->withField(QStringLiteral("customer"), kBudget)->withField(QStringLiteral("deal"), kCustomerPhone);
}

} // namespace

/// A file of an older version is opened by a newer one while the disk fails or the power goes: it stays the older one or becomes the
/// newer one as a whole, and the next start completes it. FIELDFARE_EVERY_FAULT=1 leaves no operation out.
class TestMigrationFaults : public QObject {
    Q_OBJECT

    FaultDisk m_disk{"migration-fault-disk"};
    FaultDisk::Snapshot m_older;
    TestClock m_clock;
    int m_changes = 0; ///< that a whole migration makes on the disk
    int m_failed = 0;
    int m_cuts = 0;

    base::Result<std::unique_ptr<store::Store>> openAs(model::CatalogPointer catalog)
    {
        static TestRandom random(9);
        store::StoreOptions options;
        options.path = QStringLiteral("/fieldfare.db");
        options.key = storage_test::fixedKey(7);
        options.createIfMissing = true;
        options.catalog = std::move(catalog);
        options.clock = &m_clock;
        options.random = &random;
        options.vfsName = "fieldfare-migration-fault";
        return store::Store::open(std::move(options));
    }

    static qint64 count(store::Store &store, const char *sql)
    {
        const auto number = store.connection().queryInt64(QLatin1StringView(sql));
        return number.ok() ? *number : -1;
    }

    /// The next start of the newer program. Empty: everything is there and nothing is left to do.
    QString wrongAfter()
    {
        const auto opened = openAs(grownCatalog());
        if (!opened.ok())
            return base::errorCodeName(opened.error().code) + u' ' + opened.error().detail;
        store::Store &store = **opened;
        storage::Statement &check = store.connection().statement(QLatin1StringView("PRAGMA integrity_check"));
        if (const auto row = check.step(); !row.ok() || !*row || check.text(0) != QLatin1StringView("ok"))
            return QStringLiteral("the integrity check");
        check.reset();
        if (count(store, "SELECT count(*) FROM customer WHERE unknown IS NULL AND budget = 70000 + length(name)") != kCustomers)
            return QStringLiteral("%1 customers kept their values").arg(count(store, "SELECT count(*) FROM customer WHERE budget = 70000 + length(name)"));
        if (count(store, "SELECT count(*) FROM deal WHERE customer_phone LIKE '%555%'") != kDeals)
            return QStringLiteral("%1 deals have what was derived").arg(count(store, "SELECT count(*) FROM deal WHERE customer_phone IS NOT NULL"));
        if (count(store, "SELECT count(*) FROM sqlite_schema WHERE name = 'ix_customer__budget__sort'") != 1)
            return QStringLiteral("the new index");
        return {};
    }

private Q_SLOTS:
    void initTestCase();
    void everyFailedOperationIsSurvived_data();
    void everyFailedOperationIsSurvived();
    void itResumesWhereverThePowerWent();
    void cleanupTestCase() { qInfo("%d failed operations, %d power cuts over the %d changes of a migration", m_failed, m_cuts, m_changes); }
};

void TestMigrationFaults::initTestCase()
{
    base::Secret::initializeHeap();
    QVERIFY(storage::encrypted_vfs::registerOver("fieldfare-migration-fault", m_disk.name()).ok());
    {
        auto opened = openAs(model::Catalog::standard());
        QVERIFY2(opened.ok(), opened.ok() ? "" : qPrintable(opened.error().detail));
        store::Store &store = **opened;
        QVERIFY(store::startStandAlone(store, {}, QStringLiteral("Ann")).ok());
        const model::Catalog &catalog = *store.catalog();
        const model::Entity &entity = *catalog.entity(QStringLiteral("customer"));
        base::Id customer;
        for (int i = 0; i < kCustomers; ++i) {
            customer = commit(store, create(catalog, "customer", {{"name", model::Value(QString(i % 9 + 1, u'n'))}, {"phone", text("+49 30 5550")}})).results.front().record;
            // As a newer device sent it: this version keeps it aside.
            changes::RowChange change;
            change.entity = entity.id();
            change.id = customer;
            const auto version = changes::Version(i + 5);
            change.seq = change.createVersion = version;
            change.fields = {{model::FieldKey(200), version, model::Value(model::Money::of(70'000 + i % 9 + 1, QStringLiteral("EUR")))}};
            change.stamp = {1, {}, 1, {}};
            QVERIFY(store.applyRemote([&](changes::Replica &replica) { return replica.takeChanges({&change, 1}); }).ok());
        }
        for (int i = 0; i < kDeals; ++i)
            commit(store, create(catalog, "deal", {{"name", text("D")}, {"customer", reference(catalog, "customer", customer)}}));
        QCOMPARE(count(store, "SELECT count(*) FROM customer WHERE unknown IS NOT NULL"), kCustomers);
    }
    m_older = m_disk.files();
    m_disk.restore(m_older);
    QCOMPARE(wrongAfter(), QString());
    m_changes = m_disk.changes();
    QVERIFY(m_changes > 20);
}

void TestMigrationFaults::everyFailedOperationIsSurvived_data()
{
    QTest::addColumn<int>("operation");
    for (const auto &[operation, name] : {std::pair(FaultDisk::Operation::Read, "read"), std::pair(FaultDisk::Operation::Write, "write"),
                                          std::pair(FaultDisk::Operation::Sync, "sync"), std::pair(FaultDisk::Operation::Truncate, "truncate"),
                                          std::pair(FaultDisk::Operation::Delete, "delete"), std::pair(FaultDisk::Operation::Open, "open")})
        QTest::newRow(name) << int(operation);
}

void TestMigrationFaults::everyFailedOperationIsSurvived()
{
    QFETCH(const int, operation);
    const bool isEvery = qEnvironmentVariableIntValue("FIELDFARE_EVERY_FAULT") != 0;
    for (int n = 1, isHit = true; isHit && n < 5000; n += isEvery ? 1 : 1 + n / 32) {
        m_disk.restore(m_older);
        m_disk.failNext(FaultDisk::Operation(operation), n, n % 9);
        {
            const auto opened = openAs(grownCatalog());
            isHit = m_disk.hasFailed() ? 1 : 0;
            m_disk.failNext(FaultDisk::Operation(operation), 0);
            const ErrorCode code = opened.ok() ? ErrorCode::Io : opened.error().code;
            const bool isHonest = code == ErrorCode::Io || code == ErrorCode::DiskFull || code == ErrorCode::PermissionDenied;
            QVERIFY2(isHonest && (opened.ok() || isHit), opened.ok() ? "" : qPrintable(QString::number(n) + u' ' + base::errorCodeName(code) + u' ' + opened.error().detail));
        }
        m_failed += isHit;
        const QString wrong = wrongAfter();
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("%1: %2").arg(n).arg(wrong)));
    }
}

void TestMigrationFaults::itResumesWhereverThePowerWent()
{
    const bool isEvery = qEnvironmentVariableIntValue("FIELDFARE_EVERY_FAULT") != 0;
    for (int change = 1; change <= m_changes; ++change) {
        for (std::uint64_t seed = 0; seed < (isEvery ? 8u : 2u); ++seed) {
            m_disk.restore(m_older);
            m_disk.cutPowerAfter(change);
            static_cast<void>(openAs(grownCatalog()));
            m_cuts += m_disk.isWithoutPower() ? 1 : 0;
            m_disk.crash(seed * 10'007 + std::uint64_t(change));
            const QString wrong = wrongAfter();
            QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("change %1, seed %2: %3").arg(change).arg(seed).arg(wrong)));
        }
    }
}

QTEST_GUILESS_MAIN(TestMigrationFaults)
#include "tst_migration_faults.moc"
