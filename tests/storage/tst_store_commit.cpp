// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The write path: what a commit stores, refuses, derives, numbers and tells.
#include "tests/storage/store_fixture.h"

#include "core/model/choice_seeds.h"
#include "core/model/entities/entities.h"
#include "core/store/search/search.h"
#include "core/store/search/search_index.h"

#include <QTest>

#include <set>

using namespace fieldfare;
using namespace fieldfare::store_test;
using changes::OperationKind;
using model::Value;

namespace {

class Listener final : public store::StoreObserver {
public:
    void rowsChanged(model::EntityId entity, const std::vector<base::Id> &ids) override
    {
        for (const base::Id &id : ids)
            rows.insert({entity, id});
    }
    void stateChanged() override { ++states; }
    void catalogChanged() override { ++catalogs; }

    std::set<std::pair<model::EntityId, base::Id>> rows;
    int states = 0;
    int catalogs = 0;
};

constexpr model::EntityId kCustomer = 1;

} // namespace

class TestStoreCommit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRecordSurvivesClosing();
    void everyKindOfValueComesBack();
    void textIsCleaned();
    void aBadValueRefusesTheWholeSet();
    void anImportLeavesBadRowsOut();
    void aRequiredFieldCannotBeEmptied();
    void numbersCountAlone();
    void numbersComeFromLeasesThenFromTheDevice();
    void aNumberThatIsTakenIsSkipped();
    void gapsBetweenTakenNumbersAreUsed();
    void aLargeChunkIsOneTransaction();
    void historyTellsWhatWhoWhen();
    void tagsAreMemberships();
    void lookUpsAndRollUpsFollow();
    void trashingTakesAChildOutOfTheSum();
    void observersHearOfDerivedRowsToo();
    void anUnchangedValueLeavesNoTrace();
    void batchesAreBoundedByBytes();
    void guardedFieldsAreLoggedTogether();
    void resolveFindsByNumberAndName();
    void aFullDiskLeavesTheStoreUsable();
    void seedsGiveChoicesAndStages();
    void searchFollowsTheRows();
};

void TestStoreCommit::aRecordSurvivesClosing()
{
    TestProfile profile;
    profile.identify();
    const auto report = commit(profile.store(), create(*profile.store().catalog(), "customer", {{"name", text("ACME")}, {"phone", text("555 123")}}));
    const base::Id id = report.results.front().record;
    QCOMPARE(report.created, 1);
    QVERIFY(report.results.front().effect == store::Effect::Created);
    QVERIFY(profile.open());
    QCOMPARE(valueOf(profile.store(), "customer", id, "name"), text("ACME"));
    QCOMPARE(valueOf(profile.store(), "customer", id, "phone"), text("555 123"));
    const auto waiting = profile.store().connection().queryInt64(QLatin1StringView("SELECT count(*) FROM outbox"));
    QCOMPARE(*waiting, 1);
}

void TestStoreCommit::everyKindOfValueComesBack()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer held = store.catalog();
    const auto &catalog = *held;
    const base::Id customer = commit(store, create(catalog, "customer", {{"name", text("ACME")}})).results.front().record;
    const base::Id deal = commit(store, create(catalog, "deal",
                                              {{"name", text("D")}, {"customer", reference(catalog, "customer", customer)},
                                               {"amount", Value(model::Money::of(-105400, QStringLiteral("EUR")))},
                                               {"probability", number(40)}, {"expected_close", number(20000)}}))
                              .results.front().record;
    const base::Id call = commit(store, create(catalog, "interaction",
                                              {{"kind", text("call")}, {"about", reference(catalog, "deal", deal)},
                                               {"at", number(1'780'000'000'000)}, {"body", text("a\r\nb")}}))
                              .results.front().record;
    QCOMPARE(valueOf(store, "deal", deal, "amount"), Value(model::Money::of(-105400, QStringLiteral("EUR"))));
    QCOMPARE(valueOf(store, "deal", deal, "customer"), reference(catalog, "customer", customer));
    QCOMPARE(valueOf(store, "deal", deal, "expected_close"), number(20000));
    QCOMPARE(valueOf(store, "interaction", call, "about"), reference(catalog, "deal", deal));
    QCOMPARE(valueOf(store, "interaction", call, "body"), text("a\nb"));
    commit(store, set(catalog, "deal", deal, {{"amount", Value()}}));
    QVERIFY(valueOf(store, "deal", deal, "amount").isEmpty());
}

void TestStoreCommit::textIsCleaned()
{
    TestProfile profile;
    profile.identify();
    const model::CatalogPointer held = profile.store().catalog();
    const auto &catalog = *held;
    const base::Id id = commit(profile.store(), create(catalog, "customer", {{"name", Value(QStringLiteral("  AC\0ME ") + QChar(0))}}))
                            .results.front().record;
    QCOMPARE(valueOf(profile.store(), "customer", id, "name"), text("ACME"));
    const base::Id other = commit(profile.store(), create(catalog, "customer", {{"name", text(" e\xCC\x81 ")}, {"needs", text("")}}))
                               .results.front().record;
    QCOMPARE(valueOf(profile.store(), "customer", other, "name"), text("\xC3\xA9"));
}

void TestStoreCommit::aBadValueRefusesTheWholeSet()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer held = store.catalog();
    const auto &catalog = *held;
    const auto refused = store.commit(setOf({create(catalog, "customer", {{"name", text("Good")}}),
                                             create(catalog, "customer", {{"name", text("Bad")}, {"email", text("nobody")}})}));
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().code == base::ErrorCode::ValidationFailed);
    QVERIFY(refused.error().arguments.first().contains(QStringLiteral("email")));
    QCOMPARE(*store.connection().queryInt64(QLatin1StringView("SELECT count(*) FROM customer")), 0);
    QCOMPARE(*store.connection().queryInt64(QLatin1StringView("SELECT count(*) FROM outbox")), 0);
    QCOMPARE(*store.connection().queryInt64(QLatin1StringView("SELECT count(*) FROM history")), 0);
    const auto problems = store.check(setOf({create(catalog, "customer", {{"email", text("nobody")}})}));
    QCOMPARE(problems->size(), size_t(2)); // e-mail, and the name that is missing
}

void TestStoreCommit::anImportLeavesBadRowsOut()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer held = store.catalog();
    const auto &catalog = *held;
    store::ChangeSet set = setOf({});
    set.skipRefused = true;
    set.cause = store::Cause::Import;
    const base::Id group = store.newId();
    set.changes = {create(catalog, "customer", {{"name", text("A")}}), create(catalog, "customer", {{"phone", text("1")}}),
                   create(catalog, "contact", {{"name", text("Of a refused group")}}), create(catalog, "customer", {{"name", text("B")}})};
    set.changes[1].group = group;
    set.changes[2].group = group;
    const auto report = store.commit(set);
    QVERIFY(report.ok());
    QCOMPARE(report->created, 2);
    QVERIFY(report->results[1].effect == store::Effect::Refused);
    QVERIFY(report->results[2].effect == store::Effect::Refused);
    QVERIFY(!report->problems.empty());
    QCOMPARE(*store.connection().queryInt64(QLatin1StringView("SELECT count(*) FROM contact")), 0);
}

void TestStoreCommit::aRequiredFieldCannotBeEmptied()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer held = store.catalog();
    const auto &catalog = *held;
    const base::Id id = commit(store, create(catalog, "customer", {{"name", text("A")}})).results.front().record;
    const auto refused = store.commit(setOf({set(catalog, "customer", id, {{"name", text("   ")}})}));
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().code == base::ErrorCode::ValidationFailed);
    QCOMPARE(valueOf(store, "customer", id, "name"), text("A"));
}

void TestStoreCommit::numbersCountAlone()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer held = store.catalog();
    const auto &catalog = *held;
    QCOMPARE(commit(store, create(catalog, "customer", {{"name", text("A")}})).results.front().number, QStringLiteral("C-000001"));
    QCOMPARE(commit(store, create(catalog, "deal", {{"name", text("A")}})).results.front().number, QStringLiteral("D-000001"));
    QVERIFY(profile.open());
    QCOMPARE(commit(profile.store(), create(catalog, "customer", {{"name", text("B")}})).results.front().number, QStringLiteral("C-000002"));
}

void TestStoreCommit::numbersComeFromLeasesThenFromTheDevice()
{
    TestProfile profile;
    profile.identify(QStringLiteral("https://server"));
    store::Store &store = profile.store();
    const model::CatalogPointer held = store.catalog();
    const auto &catalog = *held;
    QVERIFY(store.addNumberLease(kCustomer, 500, 501).ok());
    const auto next = [&] { return commit(store, create(catalog, "customer", {{"name", text("A")}})).results.front().number; };
    QCOMPARE(next(), QStringLiteral("C-000500"));
    QCOMPARE(*store.leasedNumbersLeft(kCustomer), 1);
    QCOMPARE(next(), QStringLiteral("C-000501"));
    QCOMPARE(next(), QStringLiteral("C-7-1"));
    QCOMPARE(next(), QStringLiteral("C-7-2"));
    QVERIFY(store.addNumberLease(kCustomer, 900, 999).ok());
    QCOMPARE(next(), QStringLiteral("C-000900"));
    QVERIFY(store.dropNumberLeases().ok());
    QCOMPARE(next(), QStringLiteral("C-7-3"));
    QVERIFY(!store.addNumberLease(kCustomer, 5, 4).ok());
}

void TestStoreCommit::aNumberThatIsTakenIsSkipped()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer held = store.catalog();
    const auto &catalog = *held;
    commit(store, create(catalog, "customer", {{"name", text("Old")}, {"number", text("C-000001")}}));
    QCOMPARE(commit(store, create(catalog, "customer", {{"name", text("A")}})).results.front().number, QStringLiteral("C-000002"));
}

void TestStoreCommit::gapsBetweenTakenNumbersAreUsed()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer held = store.catalog();
    const auto &catalog = *held;
    // Taken: by a living row in other case, by one in the trash, and by a row of the same set.
    commit(store, create(catalog, "customer", {{"name", text("Old")}, {"number", text("c-000002")}}));
    const base::Id trashed = commit(store, create(catalog, "customer", {{"name", text("Gone")}, {"number", text("C-000004")}})).results.front().record;
    commit(store, mark(catalog, "customer", trashed, OperationKind::Trash));
    std::vector<changes::LocalChange> asked{create(catalog, "customer", {{"name", text("Own number")}, {"number", text("c-000005")}})};
    for (int i = 0; i < 4; ++i)
        asked.push_back(create(catalog, "customer", {{"name", text("A")}}));
    const auto report = commit(store, asked);
    QStringList numbers;
    for (const store::ChangeResult &result : report.results)
        numbers.append(result.number);
    QCOMPARE(numbers, QStringList({QStringLiteral("c-000005"), QStringLiteral("C-000001"), QStringLiteral("C-000003"),
                                   QStringLiteral("C-000006"), QStringLiteral("C-000007")}));

    // The device's own numbers are not in the order of text: 9, 10.
    TestProfile device;
    device.identify(QStringLiteral("https://server"));
    commit(device.store(), create(catalog, "customer", {{"name", text("Old")}, {"number", text("C-7-10")}}));
    std::vector<changes::LocalChange> many;
    for (int i = 0; i < 11; ++i)
        many.push_back(create(catalog, "customer", {{"name", text("A")}}));
    QSet<QString> given;
    for (const store::ChangeResult &result : commit(device.store(), many).results)
        given.insert(result.number);
    QCOMPARE(given.size(), 11);
    QVERIFY(given.contains(QStringLiteral("C-7-9")) && !given.contains(QStringLiteral("C-7-10")) && given.contains(QStringLiteral("C-7-12")));
}

void TestStoreCommit::aLargeChunkIsOneTransaction()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer held = store.catalog();
    const auto &catalog = *held;
    const auto rows = [&] { return *store.connection().queryInt64(QLatin1StringView("SELECT count(*) FROM customer")); };
    store::ChangeSet set = setOf({});
    for (size_t i = 0; i < store::Store::kChunkChanges + 100; ++i)
        set.changes.push_back(create(catalog, "customer", {{"name", text("A")}}));
    set.changes.push_back(create(catalog, "customer", {{"name", text("Bad")}, {"email", text("nobody")}}));
    set.chunkChanges = set.changes.size();
    QVERIFY(!store.commit(set).ok());
    QCOMPARE(rows(), 0); // with chunks of the usual size the first would have stayed
    set.chunkChanges = 0;
    QVERIFY(!store.commit(set).ok());
    QCOMPARE(rows(), qint64(store::Store::kChunkChanges));
}

void TestStoreCommit::historyTellsWhatWhoWhen()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer held = store.catalog();
    const auto &catalog = *held;
    const base::Id id = commit(store, create(catalog, "customer", {{"name", text("A")}, {"phone", text("111")}})).results.front().record;
    profile.clock.advance(60'000);
    const auto edit = store.commit(setOf({set(catalog, "customer", id, {{"phone", text("222")}})}, "Edit phone"));
    commit(store, mark(catalog, "customer", id, OperationKind::Trash));
    const auto history = store.history(kCustomer, id);
    QVERIFY(history.ok());
    QCOMPARE(history->size(), size_t(3));
    QVERIFY(history->at(0).kind == store::HistoryKind::Trash);
    const store::HistoryEntry &phone = history->at(1);
    QVERIFY(phone.kind == store::HistoryKind::Set);
    QCOMPARE(phone.before, text("111"));
    QCOMPARE(phone.after, text("222"));
    QCOMPARE(phone.at, profile.clock.wallMs());
    QCOMPARE(phone.user, store.replicaState()->user);
    QCOMPARE(phone.device, store.replicaState()->device);
    QCOMPARE(phone.n, quint64(2));
    QCOMPARE(phone.action, edit->action);
    QCOMPARE(phone.label, QStringLiteral("Edit phone"));
    QVERIFY(history->at(2).kind == store::HistoryKind::Create); // one line, not one a field
}

void TestStoreCommit::tagsAreMemberships()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer held = store.catalog();
    const auto &catalog = *held;
    const base::Id id = commit(store, create(catalog, "customer", {{"name", text("A")}, {"tags", text("VIP, fair 2026")}})).results.front().record;
    QCOMPARE(store.record(kCustomer, id)->tags, (QStringList{QStringLiteral("fair 2026"), QStringLiteral("VIP")}));
    const auto report = commit(store, set(catalog, "customer", id, {{"tags", text("vip; 重要")}}));
    QVERIFY(report.results.front().effect == store::Effect::Updated);
    QCOMPARE(store.record(kCustomer, id)->tags, (QStringList{QStringLiteral("VIP"), QString::fromUtf8("重要")}));
    const auto same = commit(store, set(catalog, "customer", id, {{"tags", text("重要, VIP")}}));
    QCOMPARE(same.unchanged, 1);
    commit(store, set(catalog, "customer", id, {{"tags", Value()}}));
    QVERIFY(store.record(kCustomer, id)->tags.isEmpty());
    QCOMPARE(*store.connection().queryInt64(QLatin1StringView("SELECT count(*) FROM tag")), 3);
}

void TestStoreCommit::lookUpsAndRollUpsFollow()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    QVERIFY(store.seed(QStringLiteral("Ann")).ok());
    const model::CatalogPointer held = store.catalog();
    const auto &catalog = *held;
    const auto stage = [&](const char *key) { return reference(catalog, "stage", model::stageSeedId(key)); };
    const auto usd = [](std::int64_t minor) { return Value(model::Money::of(minor, QStringLiteral("USD"))); };
    const base::Id a = commit(store, create(catalog, "customer", {{"name", text("A")}})).results.front().record;
    const base::Id b = commit(store, create(catalog, "customer", {{"name", text("B")}})).results.front().record;
    const base::Id first = commit(store, create(catalog, "deal", {{"name", text("1")}, {"customer", reference(catalog, "customer", a)},
                                                                 {"stage", stage("proposal")}, {"amount", usd(1000)}})).results.front().record;
    commit(store, create(catalog, "deal", {{"name", text("2")}, {"customer", reference(catalog, "customer", a)},
                                          {"stage", stage("engaging")}, {"amount", usd(500)}}));
    QCOMPARE(valueOf(store, "deal", first, "state"), text("open"));
    QCOMPARE(valueOf(store, "customer", a, "open_amount"), usd(1500));
    // to another customer, then won
    commit(store, set(catalog, "deal", first, {{"customer", reference(catalog, "customer", b)}}));
    QCOMPARE(valueOf(store, "customer", a, "open_amount"), usd(500));
    QCOMPARE(valueOf(store, "customer", b, "open_amount"), usd(1000));
    commit(store, set(catalog, "deal", first, {{"stage", stage("won")}}));
    QCOMPARE(valueOf(store, "deal", first, "state"), text("won"));
    QVERIFY(valueOf(store, "customer", b, "open_amount").isEmpty());
    // the stage itself becomes another kind: every deal in it follows
    commit(store, set(catalog, "stage", model::stageSeedId("won"), {{"kind", text("open")}}));
    QCOMPARE(valueOf(store, "deal", first, "state"), text("open"));
    QCOMPARE(valueOf(store, "customer", b, "open_amount"), usd(1000));
    // and the last contact
    commit(store, create(catalog, "interaction", {{"kind", text("call")}, {"customer", reference(catalog, "customer", a)}, {"at", number(2000)}}));
    commit(store, create(catalog, "interaction", {{"kind", text("call")}, {"customer", reference(catalog, "customer", a)}, {"at", number(1000)}}));
    QCOMPARE(valueOf(store, "customer", a, "last_contact"), number(2000));
}

void TestStoreCommit::trashingTakesAChildOutOfTheSum()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer held = store.catalog();
    const auto &catalog = *held;
    const base::Id a = commit(store, create(catalog, "customer", {{"name", text("A")}})).results.front().record;
    const base::Id call = commit(store, create(catalog, "interaction", {{"kind", text("call")}, {"customer", reference(catalog, "customer", a)}, {"at", number(5)}}))
                              .results.front().record;
    QCOMPARE(valueOf(store, "customer", a, "last_contact"), number(5));
    commit(store, mark(catalog, "interaction", call, OperationKind::Trash));
    QVERIFY(valueOf(store, "customer", a, "last_contact").isEmpty());
    commit(store, mark(catalog, "interaction", call, OperationKind::Restore));
    QCOMPARE(valueOf(store, "customer", a, "last_contact"), number(5));
}

void TestStoreCommit::observersHearOfDerivedRowsToo()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer held = store.catalog();
    const auto &catalog = *held;
    const base::Id a = commit(store, create(catalog, "customer", {{"name", text("A")}})).results.front().record;
    Listener listener;
    store.addObserver(&listener);
    const base::Id call = commit(store, create(catalog, "interaction", {{"kind", text("call")}, {"customer", reference(catalog, "customer", a)}, {"at", number(5)}}))
                              .results.front().record;
    QVERIFY(listener.rows.contains({catalog.entity(QStringLiteral("interaction"))->id(), call}));
    QVERIFY(listener.rows.contains({kCustomer, a}));
    QCOMPARE(listener.states, 1);
    // Nothing is told of what was rolled back.
    listener.rows.clear();
    QVERIFY(!store.commit(setOf({create(catalog, "customer", {{"name", text("B")}}), create(catalog, "customer", {})})).ok());
    QVERIFY(listener.rows.empty());
    store.removeObserver(&listener);
}

void TestStoreCommit::anUnchangedValueLeavesNoTrace()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer held = store.catalog();
    const auto &catalog = *held;
    const base::Id a = commit(store, create(catalog, "customer", {{"name", text("A")}})).results.front().record;
    const auto report = commit(store, set(catalog, "customer", a, {{"name", text(" A ")}}));
    QCOMPARE(report.unchanged, 1);
    QCOMPARE(report.updated, 0);
    QCOMPARE(store.history(kCustomer, a)->size(), size_t(1));
    QCOMPARE(*store.connection().queryInt64(QLatin1StringView("SELECT count(*) FROM outbox")), 1);
}

/// A server reads 8 MB at once (protocol::kMaxPushBytes): long texts travel in more batches, whole groups each.
void TestStoreCommit::batchesAreBoundedByBytes()
{
    TestProfile profile;
    QVERIFY(profile.open());
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer held = store.catalog();
    constexpr int kRecords = 150;
    for (int i = 0; i < kRecords; ++i)
        commit(store, create(*held, "customer", {{"name", text("N")}, {"description", model::Value(QString(60'000, QLatin1Char('x')))}}));
    QVERIFY(store.applyRemote([&](changes::Replica &replica) -> base::Result<void> {
        std::uint64_t after = 0;
        int batches = 0;
        size_t seen = 0;
        for (bool hasMore = true; hasMore; ++batches) {
            FIELDFARE_ASSIGN(const auto batch, replica.nextBatch(500, after));
            qsizetype bytes = 0;
            for (const changes::StoredOperation &stored : batch.operations)
                bytes += stored.content.size();
            if (batch.operations.empty() || bytes > changes::OutboxBatch::kMostBytes)
                return base::Error{base::ErrorCode::TooLarge, QString::number(bytes)};
            after = batch.operations.back().operation.name.n;
            seen += batch.operations.size();
            hasMore = batch.hasMore;
        }
        return batches == 2 && seen >= kRecords ? base::Result<void>() : base::Error{base::ErrorCode::Internal, QString::number(batches)};
    }).ok());
}

void TestStoreCommit::guardedFieldsAreLoggedTogether()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    QVERIFY(store.seed({}).ok());
    const model::CatalogPointer held = store.catalog();
    const auto &catalog = *held;
    const base::Id deal = commit(store, create(catalog, "deal", {{"name", text("D")}})).results.front().record;
    const qint64 before = *store.connection().queryInt64(QLatin1StringView("SELECT max(n) FROM outbox"));
    commit(store, set(catalog, "deal", deal, {{"name", text("E")}, {"stage", reference(catalog, "stage", model::stageSeedId("won"))},
                                              {"probability", number(100)}}));
    std::vector<changes::Operation> logged;
    QVERIFY(store.applyRemote([&](changes::Replica &replica) -> base::Result<void> {
        const auto batch = replica.nextBatch(500);
        for (const changes::StoredOperation &stored : batch->operations) {
            if (qint64(stored.operation.name.n) > before)
                logged.push_back(stored.operation);
        }
        return {};
    }).ok());
    // name, stage, probability, and the two of the group that stay: closed_at and lost_reason
    QCOMPARE(logged.size(), size_t(5));
    for (const changes::Operation &operation : logged) {
        QVERIFY(!operation.group.isNull());
        QCOMPARE(operation.group, logged.front().group);
    }
    QCOMPARE(store.history(catalog.entity(QStringLiteral("deal"))->id(), deal)->size(), size_t(4));
    // The same again: nothing of the group changes, so nothing is guarded.
    commit(store, set(catalog, "deal", deal, {{"name", text("F")}, {"probability", number(100)}}));
    QCOMPARE(*store.connection().queryInt64(QLatin1StringView("SELECT max(n) FROM outbox")), before + 6);
}

void TestStoreCommit::resolveFindsByNumberAndName()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer held = store.catalog();
    const auto &catalog = *held;
    const base::Id a = commit(store, create(catalog, "customer", {{"name", text("Alpha")}})).results.front().record;
    const base::Id b = commit(store, create(catalog, "customer", {{"name", text("Beta")}})).results.front().record;
    commit(store, create(catalog, "customer", {{"name", text("Beta")}}));
    QCOMPARE(*store.resolve(kCustomer, QStringLiteral("C-000001")), a);
    QCOMPARE(*store.resolve(kCustomer, QStringLiteral("alpha")), a);
    QCOMPARE(*store.resolve(kCustomer, b.toString()), b);
    QVERIFY(store.resolve(kCustomer, QStringLiteral("Beta")).error().code == base::ErrorCode::InvalidArgument);
    QVERIFY(store.resolve(kCustomer, QStringLiteral("Gamma")).error().code == base::ErrorCode::NotFound);
    commit(store, mark(catalog, "customer", *store.resolve(kCustomer, QStringLiteral("C-000003")), OperationKind::Trash));
    QCOMPARE(*store.resolve(kCustomer, QStringLiteral("Beta")), b);
    QCOMPARE(*store.title({kCustomer, a}), QStringLiteral("Alpha"));
}

void TestStoreCommit::aFullDiskLeavesTheStoreUsable()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer held = store.catalog();
    const auto &catalog = *held;
    commit(store, create(catalog, "customer", {{"name", text("A")}}));
    // SQLite refuses to grow the file: the same error as a full disk.
    QVERIFY(store.connection().execute(QStringLiteral("PRAGMA max_page_count = 1")).ok());
    const QString large(60'000, u'x');
    std::vector<changes::LocalChange> many;
    for (int i = 0; i < 50; ++i)
        many.push_back(create(catalog, "customer", {{"name", text("B")}, {"needs", Value(large)}}));
    const auto full = store.commit(setOf(many));
    QVERIFY(!full.ok());
    QVERIFY(full.error().code == base::ErrorCode::DiskFull);
    QVERIFY(!store.connection().isInTransaction());
    QCOMPARE(*store.connection().queryInt64(QLatin1StringView("SELECT count(*) FROM customer")), 1);
    QVERIFY(store.connection().execute(QStringLiteral("PRAGMA max_page_count = 1000000")).ok());
    const auto report = commit(store, create(catalog, "customer", {{"name", text("C")}}));
    QCOMPARE(report.results.front().number, QStringLiteral("C-000002"));
    QCOMPARE(store.replicaState()->lastN, std::uint64_t(2));
}

void TestStoreCommit::seedsGiveChoicesAndStages()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    QVERIFY(store.seed(QStringLiteral("Ann")).ok());
    QCOMPARE(*store.connection().queryInt64(QLatin1StringView("SELECT count(*) FROM choice_value")), qint64(model::choiceSeeds().size()));
    QCOMPARE(*store.connection().queryInt64(QLatin1StringView("SELECT count(*) FROM stage")), qint64(model::stageSeeds().size()));
    QCOMPARE(valueOf(store, "user", store.replicaState()->user, "full_name"), text("Ann"));
    QCOMPARE(valueOf(store, "stage", model::stageSeedId("won"), "name_zh"), text("赢单"));
    QVERIFY(store.lastUndoable().error().code == base::ErrorCode::NothingToUndo);
}

void TestStoreCommit::searchFollowsTheRows()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer catalog = store.catalog();
    const auto hits = [&](const char *words) {
        const auto result = store::Search(store.connection(), *catalog).find({.text = QString::fromUtf8(words)});
        return result->entities.empty() ? size_t(0) : result->entities.front().hits.size();
    };
    const auto fold = [&] { return store::search::foldSome(store.connection(), *catalog, std::chrono::milliseconds(5000)).ok(); };
    const base::Id id = commit(store, create(*catalog, "customer", {{"name", text("Fieldfare Optics")}})).results.front().record;
    QCOMPARE(hits("fieldf"), size_t(1)); // before it is indexed, and
    QVERIFY(fold());
    QCOMPARE(hits("fieldf"), size_t(1)); // after
    commit(store, set(*catalog, "customer", id, {{"name", text("Redwing Optics")}}));
    QCOMPARE(hits("fieldf"), size_t(0));
    QCOMPARE(hits("redw"), size_t(1));
    QVERIFY(fold());
    QCOMPARE(hits("fieldf"), size_t(0));
    QCOMPARE(hits("redw"), size_t(1));
    QVERIFY(store::search::check(store.connection(), *catalog)->isEmpty());
}

QTEST_GUILESS_MAIN(TestStoreCommit)
#include "tst_store_commit.moc"
