// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/changes/checksum.h"
#include "sync/server/merge/compactor.h"
#include "sync/server/merge/puller.h"
#include "sync/server/storage/store_version.h"
#include "tests/sync/server_store_fixture.h"

using namespace fieldfare;
using namespace fieldfare::server;
using namespace fieldfare::tests;
using changes::ReplicatedRow;
using server::LabelledRow;
using model::FieldKey;
using model::Value;

namespace {

/// A value that fits the field, different for each seed.
Value sampleValue(const model::Field &field, const model::Catalog &catalog, int seed)
{
    switch (field.type) {
    case model::FieldType::Integer:
    case model::FieldType::Decimal:
    case model::FieldType::Date:
    case model::FieldType::Instant:
    case model::FieldType::Duration:
        return Value(std::int64_t(-70'000'000'000LL + seed));
    case model::FieldType::YesNo:
        return Value(std::int64_t(seed % 2));
    case model::FieldType::Money:
        return Value(model::Money::of(105'400 + seed, QStringLiteral("EUR")));
    case model::FieldType::Reference:
    case model::FieldType::User:
        return Value(model::Reference{field.targets.value(seed % field.targets.size(), catalog.entities().first().id()),
                                      base::Id::fromName(field.name, QString::number(seed))});
    default:
        return Value(QStringLiteral("%1 名 %2").arg(field.name).arg(seed));
    }
}

LabelledRow sampleRow(const model::Entity &entity, const model::Catalog &catalog, const base::Id &id, int seed)
{
    LabelledRow row;
    row.entity = entity.id();
    row.id = id;
    row.versions = changes::RowVersions((1ULL << changes::kCounterBits) + std::uint64_t(seed));
    row.stamp = {1000 + seed, base::Id::fromName(QStringLiteral("u"), QString::number(seed)), 2000 + seed, base::Id()};
    for (const model::Field &field : entity.fields()) {
        if (field.isReplicated())
            row.setValue(field.key, sampleValue(field, catalog, seed));
    }
    return row;
}

LoggedOperation sampleOperation(const base::Id &device, std::uint64_t n)
{
    LoggedOperation operation;
    operation.name = {device, 1, n};
    operation.origin = {operation.name, QByteArray(16, char('a' + int(n)))};
    operation.rolling = QByteArray(16, char('A' + int(n)));
    operation.version = n;
    operation.standingVersion = n;
    operation.standsFor = n + 1;
    operation.entity = 1;
    operation.record = base::Id::fromName(QStringLiteral("r"), QString::number(n));
    operation.field = FieldKey(7);
    operation.time = {12345, true};
    operation.user = base::Id::fromName(QStringLiteral("u"), QString());
    operation.wallMs = 777;
    changes::Verdict verdict;
    verdict.n = n;
    verdict.outcome = changes::Outcome::Merged;
    verdict.version = n;
    verdict.value = Value(QStringLiteral("merged text"));
    verdict.reason = QStringLiteral("why");
    operation.verdict = verdict;
    operation.pushedValue = Value(QStringLiteral("own text"));
    return operation;
}

} // namespace

/// What the merge relies on, method by method, over SQLite.
class TestServerStorage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsOfEveryEntityComeBackAsTheyWere();
    void anUpdateWritesOnlyWhatIsNamed();
    void fieldsWithoutAColumnAreKept();
    void aValueOfAnotherTypeIsRefused();
    void pagesFollowTheIds();
    void theChangeIndexKeepsTheLatestEntry();
    void tombstonesGoBelowTheFloor();
    void daysSayWhatIsOldEnough();
    void childrenOfARowAreFound();
    void versionsOnlyGrow();
    void operationsAreFoundByNameAndOrigin();
    void verdictsAreLetGoWithoutTheLog();
    void erasureClearsValuesOfVerdicts();
    void devicesAndBootSessionsComeBack();
    void erasedAndRefusedAreRemembered();
    void conflictsAreFoundByTheirRow();
    void numbersAreLeasedOnce();
    void aFailedPartLeavesTheRest();
    void anOlderFileGetsNewFieldsAndTheirValues();
    void aNewerFileIsRefused();
};

void TestServerStorage::rowsOfEveryEntityComeBackAsTheyWere()
{
    ServerStore store;
    int seed = 0;
    for (const model::Entity &entity : store.catalog->entities()) {
        LabelledRow row = sampleRow(entity, *store.catalog, store.ids.next(), ++seed);
        row.versions.set(row.values.front().field, row.versions.base() + 5);
        row.setValue(FieldKey(model::kTrashedNumber), Value(std::int64_t(1)));
        FIELDFARE_VERIFY_OK(store.tables->insertRow(row));
        const auto found = store.tables->row(entity.id(), row.id);
        FIELDFARE_VERIFY_OK(found);
        QVERIFY2((*found).has_value(), qPrintable(entity.name()));
        QVERIFY2(**found == row, qPrintable(entity.name()));
        QCOMPARE(*store.tables->rowCount(entity.id()), 1U);
        FIELDFARE_VERIFY_OK(store.tables->removeRow(entity.id(), row.id));
        QVERIFY(!(*store.tables->row(entity.id(), row.id)).has_value());
    }
}

void TestServerStorage::anUpdateWritesOnlyWhatIsNamed()
{
    ServerStore store;
    const model::Entity &customer = *store.catalog->entity(QStringLiteral("customer"));
    const LabelledRow before = sampleRow(customer, *store.catalog, store.ids.next(), 1);
    FIELDFARE_VERIFY_OK(store.tables->insertRow(before));
    LabelledRow after = sampleRow(customer, *store.catalog, before.id, 2);
    const FieldKey name = store.key("customer", "name");
    const FieldKey phone = store.key("customer", "phone");
    after.setValue(phone, {});
    after.versions.set(name, after.versions.base() + 9);
    FIELDFARE_VERIFY_OK(store.tables->updateRow(after, {name, phone}));
    LabelledRow expected = before;
    expected.setValue(name, after.value(name));
    expected.setValue(phone, {});
    expected.versions = after.versions;
    expected.stamp = after.stamp;
    QVERIFY(**store.tables->row(customer.id(), before.id) == expected);

    after.id = store.ids.next();
    QCOMPARE(store.tables->updateRow(after, {name}).error().code, base::ErrorCode::NotFound);
}

void TestServerStorage::fieldsWithoutAColumnAreKept()
{
    ServerStore store;
    const model::Entity &tag = *store.catalog->entity(QStringLiteral("tag"));
    LabelledRow row = sampleRow(tag, *store.catalog, store.ids.next(), 1);
    const FieldKey custom(store.ids.next());
    const FieldKey later(60'000);
    row.setValue(custom, Value(QStringLiteral("custom")));
    row.setValue(later, Value(model::RawValue{QByteArray::fromHex("a10102")}));
    FIELDFARE_VERIFY_OK(store.tables->insertRow(row));
    QVERIFY(**store.tables->row(tag.id(), row.id) == row);
    row.setValue(custom, {});
    row.setValue(FieldKey(60'001), Value(std::int64_t(5)));
    FIELDFARE_VERIFY_OK(store.tables->updateRow(row, {custom, FieldKey(60'001)}));
    QVERIFY(**store.tables->row(tag.id(), row.id) == row);
    row.setValue(later, {});
    row.setValue(FieldKey(60'001), {});
    FIELDFARE_VERIFY_OK(store.tables->updateRow(row, {later, FieldKey(60'001)}));
    QVERIFY(**store.tables->row(tag.id(), row.id) == row);
}

void TestServerStorage::aValueOfAnotherTypeIsRefused()
{
    ServerStore store;
    const model::Entity &deal = *store.catalog->entity(QStringLiteral("deal"));
    LabelledRow row = sampleRow(deal, *store.catalog, store.ids.next(), 1);
    row.setValue(store.key("deal", "amount"), Value(QStringLiteral("much")));
    QCOMPARE(store.tables->insertRow(row).error().code, base::ErrorCode::BadValue);
    row.entity = 999;
    QCOMPARE(store.tables->insertRow(row).error().code, base::ErrorCode::UnknownEntity);
    QVERIFY(!(*store.tables->row(999, row.id)).has_value());
}

void TestServerStorage::pagesFollowTheIds()
{
    ServerStore store;
    const model::Entity &tag = *store.catalog->entity(QStringLiteral("tag"));
    std::vector<base::Id> ids;
    for (int i = 0; i < 25; ++i) {
        ids.push_back(base::Id::fromName(QStringLiteral("page"), QString::number(i))); // in no order
        FIELDFARE_VERIFY_OK(store.tables->insertRow(sampleRow(tag, *store.catalog, ids.back(), i)));
    }
    std::sort(ids.begin(), ids.end());
    std::vector<base::Id> read;
    base::Id after;
    for (;;) {
        const auto page = store.tables->rowsAfter(tag.id(), after, 10);
        FIELDFARE_VERIFY_OK(page);
        for (const ReplicatedRow &row : *page)
            read.push_back(row.id);
        if (page->size() < 10)
            break;
        after = page->back().id;
    }
    QVERIFY(read == ids);
}

void TestServerStorage::theChangeIndexKeepsTheLatestEntry()
{
    ServerStore store;
    const base::Id a = store.ids.next();
    const base::Id b = store.ids.next();
    FIELDFARE_VERIFY_OK(store.tables->putChange({10, 1, a}));
    FIELDFARE_VERIFY_OK(store.tables->putChange({11, 1, b}));
    FIELDFARE_VERIFY_OK(store.tables->putChange({11, 2, a})); // another entity's row of the same seq
    FIELDFARE_VERIFY_OK(store.tables->putChange({12, 1, a, kEverybody, ChangeEntry::Kind::Erased}));
    const auto all = store.tables->changesAfter({0, base::Id()}, 10);
    FIELDFARE_VERIFY_OK(all);
    QCOMPARE(all->size(), 3U);
    QCOMPARE(all->at(0).seq, 11U);
    QVERIFY(all->at(0).row == a && all->at(1).row == b);
    QCOMPARE(all->at(2).seq, 12U);
    QVERIFY(all->at(2).kind == ChangeEntry::Kind::Erased && all->at(2).row == a);
    QCOMPARE(store.tables->changesAfter({11, a}, 10)->size(), 2U);
    QCOMPARE(store.tables->changesAfter({11, b}, 10)->size(), 1U);
    QCOMPARE(store.tables->changesAfter({0, base::Id()}, 2)->size(), 2U);
    if (storesAreInPostgres())
        return; // it reads a table of three rows whole
    const QString plan = *store.connection
                              ->statement(QLatin1StringView("SELECT seq, row, entity, label, kind FROM change_index WHERE (seq, row) > "
                                                            "(?1, ?2) ORDER BY seq, row LIMIT ?3"))
                              .explain();
    QVERIFY2(plan.contains(QLatin1StringView("change_index_seq")) && !plan.contains(QLatin1StringView("SCAN")), qPrintable(plan));
}

void TestServerStorage::tombstonesGoBelowTheFloor()
{
    ServerStore store;
    const model::Entity &tag = *store.catalog->entity(QStringLiteral("tag"));
    for (changes::Version version = 1; version <= 6; ++version) {
        const base::Id id = store.ids.next();
        FIELDFARE_VERIFY_OK(store.tables->putChange({version, tag.id(), id, kEverybody, version != 2 ? ChangeEntry::Kind::Erased : ChangeEntry::Kind::Written}));
        if (version == 2)
            FIELDFARE_VERIFY_OK(store.tables->insertRow(sampleRow(tag, *store.catalog, id, 2)));
    }
    DeviceRecord device;
    device.device = store.ids.next();
    device.incarnation = 1;
    device.rolling = changes::firstRollingHash();
    device.downloadCursor = 3;
    device.downloadLeaseUntil = store.clock.now + 1000;
    FIELDFARE_VERIFY_OK(store.tables->putDevice(device));
    const auto left = [&] { return int(store.tables->changesAfter({0, base::Id()}, 100)->size()); };
    const auto pull = [&](changes::Version cursor) {
        protocol::PullRequest request;
        request.device = device.device;
        request.epoch = store.tables->epoch();
        request.cursor = cursor;
        request.limit = 100;
        const auto reply = Puller(*store.tables, store.catalog, store.clock).pull(request);
        return reply.ok() ? reply->status : protocol::PullStatus::Revoked;
    };
    QCOMPARE(pull(1), protocol::PullStatus::Page);
    Compactor compactor(*store.tables, store.clock);
    QCOMPARE(*compactor.step(5), false);
    QCOMPARE(*store.tables->floor(), 3U); // a download is on its way, which pulls from 3 on
    QCOMPARE(left(), 4);                  // 2 is no tombstone
    QCOMPARE(pull(2), protocol::PullStatus::BelowFloor);
    QCOMPARE(pull(3), protocol::PullStatus::Page);
    store.clock.now += 2000;
    QCOMPARE(*compactor.step(5), false);
    QCOMPARE(*store.tables->floor(), 5U);
    QCOMPARE(left(), 2);
    QCOMPARE(*compactor.step(4), false); // never goes back
    QCOMPARE(*store.tables->floor(), 5U);
    QCOMPARE(*store.tables->dropTombstones(6, 1), 1);
}

void TestServerStorage::daysSayWhatIsOldEnough()
{
    ServerStore store;
    constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
    const std::int64_t first = store.clock.now / kDayMs * kDayMs + 3600 * 1000;
    const auto use = [&](int count) {
        return store.tables->write([&]() -> base::Result<void> {
            for (int i = 0; i < count; ++i)
                FIELDFARE_TRY(store.tables->nextVersion());
            return {};
        });
    };
    QCOMPARE(*store.tables->newestVersionBefore(first), 0U);
    for (int day = 0; day < 5; ++day) {
        FIELDFARE_VERIFY_OK(use(10));
        FIELDFARE_VERIFY_OK(store.tables->noteDay(first + day * kDayMs));
        FIELDFARE_VERIFY_OK(use(1));
        FIELDFARE_VERIFY_OK(store.tables->noteDay(first + day * kDayMs + 1000)); // the first note of a day counts
    }
    const auto counterAt = [&](int day) { return *store.tables->newestVersionBefore(first + day * kDayMs) & 0xFFFFFFFF; };
    QCOMPARE(counterAt(2), 21U); // noted on day 1
    QCOMPARE(counterAt(4), 43U);
    QCOMPARE(counterAt(100), 54U);
    QCOMPARE(counterAt(2), 0U); // forgotten: nobody asks about days before those that were asked about
}

void TestServerStorage::childrenOfARowAreFound()
{
    ServerStore store;
    const model::Reference acme{store.entity("customer"), store.ids.next()};
    const model::Reference other{store.entity("customer"), store.ids.next()};
    const auto add = [&](const char *entity, const model::Reference &parent, changes::Version version, bool trashed = false) {
        LabelledRow row;
        row.entity = store.entity(entity);
        row.id = store.ids.next();
        row.versions = changes::RowVersions(version);
        row.setValue(store.key(entity, "customer"), Value(parent));
        if (trashed)
            row.setValue(FieldKey(model::kTrashedNumber), Value(std::int64_t(1)));
        const auto inserted = store.tables->insertRow(row);
        return inserted.ok() ? row.id : base::Id();
    };
    const base::Id ann = add("contact", acme, 5);
    const base::Id call = add("interaction", acme, 9);
    add("contact", acme, 2);
    add("contact", other, 7);
    add("contact", acme, 8, true);
    add("deal", acme, 8); // a deal stands for itself
    const auto found = store.tables->childrenComeAfter(acme, 4, 10);
    FIELDFARE_VERIFY_OK(found);
    QCOMPARE(found->size(), 2U);
    QCOMPARE(found->at(0).record.id, call);
    QCOMPARE(found->at(1).record.id, ann);
    if (storesAreInPostgres())
        return; // it reads a small table whole
    const auto plan = store.connection->statement(QStringLiteral("SELECT v, id FROM contact WHERE customer=?1 AND v>?2 AND coalesce(trashed, 0)<>1")).explain();
    QVERIFY2(plan->contains(QStringLiteral("contact_parent")), qPrintable(*plan));
}

void TestServerStorage::versionsOnlyGrow()
{
    ServerStore store;
    QVERIFY(!store.tables->nextVersion().ok()); // outside of write()
    changes::Version first = 0;
    FIELDFARE_VERIFY_OK(store.tables->write([&]() -> base::Result<void> {
        FIELDFARE_ASSIGN(first, store.tables->nextVersion());
        return {};
    }));
    QCOMPARE(first, (1ULL << 40) | 1ULL);
    QVERIFY(!store.tables->write([&]() -> base::Result<void> {
        FIELDFARE_TRY(store.tables->nextVersion());
        return {base::ErrorCode::Internal, QStringLiteral("on purpose")};
    }).ok());
    QCOMPARE(*store.tables->counter(), first); // what readers see
    changes::Version next = 0;
    FIELDFARE_VERIFY_OK(store.tables->write([&]() -> base::Result<void> {
        FIELDFARE_ASSIGN(next, store.tables->nextVersion());
        return {};
    }));
    QVERIFY(next > first + 1);
    const auto reopened = SqlServerStorage::open(*store.connection, store.catalog);
    FIELDFARE_VERIFY_OK(reopened);
    QCOMPARE(*(*reopened)->counter(), next);
}

void TestServerStorage::operationsAreFoundByNameAndOrigin()
{
    ServerStore store;
    DeviceRecord device;
    device.device = store.ids.next();
    device.name = QStringLiteral("Laptop");
    FIELDFARE_VERIFY_OK(store.tables->putDevice(device));
    LoggedOperation plain = sampleOperation(device.device, 1);
    LoggedOperation rekeyed = sampleOperation(device.device, 2);
    rekeyed.origin.name = {store.ids.next(), 3, 9};
    rekeyed.field = FieldKey(store.ids.next());
    LoggedOperation own = sampleOperation(base::Id(), 3); // the server itself
    own.field = FieldKey();
    for (const LoggedOperation &operation : {plain, rekeyed, own}) {
        FIELDFARE_VERIFY_OK(store.tables->putOperation(operation));
        const auto found = store.tables->operation(operation.name);
        FIELDFARE_VERIFY_OK(found);
        QVERIFY((*found).has_value());
        const LoggedOperation &read = **found;
        QVERIFY(read.name == operation.name && read.origin == operation.origin && read.field == operation.field);
        QVERIFY(read.record == operation.record && read.user == operation.user && read.verdict == operation.verdict);
        QVERIFY(read.pushedValue == operation.pushedValue && read.rolling == operation.rolling);
        QCOMPARE(read.version, operation.version);
        QCOMPARE(read.standsFor, operation.standsFor);
        QCOMPARE(read.standingVersion, operation.standingVersion);
        QCOMPARE(read.time.ms, operation.time.ms);
        QCOMPARE(read.time.uncertain, operation.time.uncertain);
        QCOMPARE(read.wallMs, operation.wallMs);
        QVERIFY((*store.tables->operationByOrigin(operation.origin))->name == operation.name);
        changes::Origin otherHash = operation.origin;
        otherHash.hash = QByteArray(16, '!');
        QVERIFY(!(*store.tables->operationByOrigin(otherHash)).has_value());
    }
    QVERIFY(!(*store.tables->operation({device.device, 2, 1})).has_value());
    QVERIFY(!(*store.tables->operation({store.ids.next(), 1, 1})).has_value());
    const auto writer = store.tables->writer(1);
    QVERIFY((*writer).has_value());
    QCOMPARE((*writer)->deviceName, QStringLiteral("Laptop"));
    QVERIFY((*writer)->origin == plain.origin);
    QVERIFY(!(*store.tables->writer(0)).has_value());
    QVERIFY(!(*store.tables->writer(99)).has_value());
}

void TestServerStorage::verdictsAreLetGoWithoutTheLog()
{
    ServerStore store;
    DeviceRecord device;
    device.device = store.ids.next();
    FIELDFARE_VERIFY_OK(store.tables->putDevice(device));
    for (std::uint64_t n = 1; n <= 3; ++n)
        FIELDFARE_VERIFY_OK(store.tables->putOperation(sampleOperation(device.device, n)));
    FIELDFARE_VERIFY_OK(store.tables->letVerdictsGo(device.device, 1, 2));
    for (std::uint64_t n = 1; n <= 3; ++n) {
        const auto read = store.tables->operation({device.device, 1, n});
        QCOMPARE((*read)->verdict.has_value(), n == 3);
        QCOMPARE((*read)->pushedValue.has_value(), n == 3);
        QVERIFY((*read)->rolling == sampleOperation(device.device, n).rolling);
    }
}

void TestServerStorage::erasureClearsValuesOfVerdicts()
{
    ServerStore store;
    DeviceRecord device;
    device.device = store.ids.next();
    FIELDFARE_VERIFY_OK(store.tables->putDevice(device));
    const LoggedOperation erased = sampleOperation(device.device, 1);
    const LoggedOperation other = sampleOperation(device.device, 2);
    FIELDFARE_VERIFY_OK(store.tables->putOperation(erased));
    FIELDFARE_VERIFY_OK(store.tables->putOperation(other));
    FIELDFARE_VERIFY_OK(store.tables->clearVerdictValues(erased.entity, erased.record));
    const auto read = store.tables->operation(erased.name);
    QVERIFY((*read)->verdict.has_value());
    QVERIFY((*read)->verdict->value.isEmpty());
    QVERIFY((*read)->verdict->outcome == changes::Outcome::Merged);
    QVERIFY(!(*read)->pushedValue.has_value());
    QVERIFY((*store.tables->operation(other.name))->verdict == other.verdict);
}

void TestServerStorage::devicesAndBootSessionsComeBack()
{
    ServerStore store;
    DeviceRecord device;
    device.device = store.ids.next();
    QVERIFY(!(*store.tables->device(device.device)).has_value());
    for (int round = 1; round <= 2; ++round) {
        device.incarnation = std::uint32_t(round);
        device.user = store.ids.next();
        device.name = QStringLiteral("Büro %1").arg(round);
        device.lastN = std::uint64_t(10 * round);
        device.rolling = QByteArray(16, char('0' + round));
        device.letGoN = std::uint64_t(9 * round);
        device.lastCorrectedMs = 1'795'000'000'000 + round;
        device.downloadCursor = (3ULL << 40) + std::uint64_t(round);
        device.downloadLeaseUntil = 5 * round;
        device.cursor = (2ULL << 40) + std::uint64_t(round);
        device.userDisabled = round == 2;
        device.revoked = round == 1;
        FIELDFARE_VERIFY_OK(store.tables->putDevice(device));
        const auto read = store.tables->device(device.device);
        QVERIFY((*read).has_value());
        const DeviceRecord &r = **read;
        QVERIFY(r.device == device.device && r.user == device.user && r.rolling == device.rolling && r.name == device.name);
        QCOMPARE(std::tuple(r.incarnation, r.lastN, r.letGoN, r.lastCorrectedMs),
                 std::tuple(device.incarnation, device.lastN, device.letGoN, device.lastCorrectedMs));
        QCOMPARE(std::tuple(r.downloadCursor, r.downloadLeaseUntil, r.cursor, r.userDisabled, r.revoked),
                 std::tuple(device.downloadCursor, device.downloadLeaseUntil, device.cursor, device.userDisabled, device.revoked));
        QCOMPARE(*store.tables->deviceNumber(device.device), 1);
    }
    QVERIFY(!(*store.tables->bootOffset(device.device, QByteArray(16, 'x'))).has_value());
    FIELDFARE_VERIFY_OK(store.tables->putBootOffset(device.device, QByteArray(16, 'x'), -5));
    FIELDFARE_VERIFY_OK(store.tables->putBootOffset(device.device, QByteArray(16, 'x'), -6));
    QCOMPARE((*store.tables->bootOffset(device.device, QByteArray(16, 'x'))).value(), -6);
}

void TestServerStorage::erasedAndRefusedAreRemembered()
{
    ServerStore store;
    const base::Id id = store.ids.next();
    QVERIFY(!*store.tables->isErased(1, id));
    QVERIFY(!*store.tables->isRefusedCreate(1, id));
    FIELDFARE_VERIFY_OK(store.tables->putErased(1, id));
    FIELDFARE_VERIFY_OK(store.tables->putErased(1, id));
    FIELDFARE_VERIFY_OK(store.tables->putRefusedCreate(2, id));
    FIELDFARE_VERIFY_OK(store.tables->putRefusedCreate(2, id));
    QVERIFY(*store.tables->isErased(1, id) && !*store.tables->isErased(2, id));
    QVERIFY(*store.tables->isRefusedCreate(2, id) && !*store.tables->isRefusedCreate(1, id));
    // Who reads the file learns no id from the list of the erased.
    QCOMPARE(*store.connection->queryInt64(QLatin1StringView("SELECT length(hash) FROM erased")), 16);
    storage::Statement &plain = store.connection->statement(QLatin1StringView("SELECT count(*) FROM erased WHERE hash=?1"));
    plain.bindBlob(1, id.toBytes());
    QVERIFY(*plain.step());
    QCOMPARE(plain.int64(0), 0);
    plain.reset();
}

void TestServerStorage::conflictsAreFoundByTheirRow()
{
    ServerStore store;
    const model::Entity &conflict = *store.catalog->entity(QStringLiteral("conflict"));
    const model::Reference about{store.entity("customer"), store.ids.next()};
    std::vector<base::Id> expected;
    for (int i = 0; i < 4; ++i) {
        LabelledRow row = sampleRow(conflict, *store.catalog, store.ids.next(), i);
        if (i % 2 == 0) {
            row.setValue(store.key("conflict", "record"), Value(about));
            expected.push_back(row.id);
        }
        FIELDFARE_VERIFY_OK(store.tables->insertRow(row));
    }
    auto found = *store.tables->conflictsAbout(about);
    std::sort(found.begin(), found.end());
    QVERIFY(found == expected);
}

void TestServerStorage::numbersAreLeasedOnce()
{
    ServerStore store;
    QCOMPARE(*store.tables->leaseNumbers(1, 100), 1U);
    QCOMPARE(*store.tables->leaseNumbers(1, 1), 101U);
    QCOMPARE(*store.tables->leaseNumbers(2, 5), 1U);
    QCOMPARE(*store.tables->leaseNumbers(1, 2), 102U);
}

void TestServerStorage::aFailedPartLeavesTheRest()
{
    ServerStore store;
    const base::Id kept = store.ids.next();
    const base::Id undone = store.ids.next();
    FIELDFARE_VERIFY_OK(store.tables->write([&]() -> base::Result<void> {
        FIELDFARE_TRY(store.tables->part([&] { return store.tables->putRefusedCreate(1, kept); }));
        const auto failed = store.tables->part([&]() -> base::Result<void> {
            FIELDFARE_TRY(store.tables->putRefusedCreate(1, undone));
            return {base::ErrorCode::Internal, QStringLiteral("on purpose")};
        });
        return failed.ok() ? base::Result<void>(base::ErrorCode::Internal, QStringLiteral("did not fail")) : base::Result<void>();
    }));
    QVERIFY(*store.tables->isRefusedCreate(1, kept));
    QVERIFY(!*store.tables->isRefusedCreate(1, undone));
}

void TestServerStorage::anOlderFileGetsNewFieldsAndTheirValues()
{
    ServerStore store;
    const model::Entity &tag = *store.catalog->entity(QStringLiteral("tag"));
    LabelledRow row = sampleRow(tag, *store.catalog, store.ids.next(), 1);
    row.setValue(FieldKey(900), Value(QStringLiteral("from a newer device")));
    row.setValue(FieldKey(901), Value(QStringLiteral("stays unknown")));
    FIELDFARE_VERIFY_OK(store.tables->insertRow(row));

    model::FieldSpec added;
    added.id = 900;
    added.name = "nickname";
    added.type = model::FieldType::Text;
    const auto newer = store.catalog->withField(QStringLiteral("tag"), added);
    store.tables.reset();
    FIELDFARE_VERIFY_OK(ServerSchema::migrate(*store.connection, *newer));
    const auto tables = SqlServerStorage::open(*store.connection, newer);
    FIELDFARE_VERIFY_OK(tables);
    QVERIFY(**(*tables)->row(tag.id(), row.id) == row);
    QCOMPARE(*store.connection->queryInt64(
                 QLatin1StringView("SELECT count(*) FROM tag WHERE nickname='from a newer device' AND unknown IS NOT NULL")),
             1);
    FIELDFARE_VERIFY_OK(ServerSchema::migrate(*store.connection, *newer)); // nothing left to do
}

void TestServerStorage::aNewerFileIsRefused()
{
    ServerStore store;
    FIELDFARE_VERIFY_OK(store_version::write(*store.connection, ServerSchema::kVersion + 1));
    QCOMPARE(ServerSchema::migrate(*store.connection, *store.catalog).error().code, base::ErrorCode::SchemaTooNew);
}

QTEST_GUILESS_MAIN(TestServerStorage)
#include "tst_server_storage.moc"
