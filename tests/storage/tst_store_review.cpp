// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Conflicts, the tray of refused changes, re-keying, and the files of a profile.
#include "tests/storage/store_fixture.h"

#include "core/base/error_words.h"
#include "core/model/entities/entities.h"
#include "core/model/value_text.h"
#include "core/store/profile.h"
#include "core/store/query/open_conflicts.h"

#include <QFile>
#include <QTest>

#include <set>

using namespace fieldfare;
using namespace fieldfare::store_test;
using model::Value;

namespace {

constexpr model::EntityId kCustomer = 1;
const base::Id kBo = base::Id::fromName(QStringLiteral("test"), QStringLiteral("bo"));

/// The server's conflict record about customer.phone arrives.
base::Id pullConflict(store::Store &store, const base::Id &customer, const base::Id &pushedBy, const base::Id &standingBy, const char *kind = "field")
{
    const model::CatalogPointer catalog = store.catalog();
    const model::Entity *entity = catalog->entity(model::entities::kConflict.id);
    const auto user = [&](const base::Id &id) { return Value(model::Reference{model::entities::kUser.id, id}); };
    const std::vector<NamedValue> values{
        {"record", Value(model::Reference{kCustomer, customer})},
        {"field", Value(QString::number(catalog->entity(kCustomer)->field(QStringLiteral("phone"))->key.number))},
        {"kind", text(kind)}, {"status", text("open")}, {"base", Value(model::toPortableText(text("111")))},
        {"pushed", Value(model::toPortableText(text("222")))}, {"standing", Value(model::toPortableText(text("333")))},
        {"pushed_by", user(pushedBy)}, {"standing_by", user(standingBy)}, {"winner", text("pushed")},
    };
    changes::RowChange change;
    change.entity = entity->id();
    change.id = store.newId();
    change.seq = 50;
    change.createVersion = 50;
    change.stamp = {1, {}, 1, {}};
    for (const NamedValue &entry : values)
        change.fields.push_back({entity->field(QString::fromLatin1(entry.field))->key, 50, entry.value});
    const auto done = store.applyRemote([&](changes::Replica &replica) { return replica.takeChanges(std::span(&change, 1)); });
    return done.ok() ? change.id : base::Id();
}

bool answer(store::Store &store, std::vector<changes::Verdict> verdicts)
{
    return store.applyRemote([&](changes::Replica &replica) { return replica.takeVerdicts(verdicts); }).ok();
}

changes::Verdict verdictOf(std::uint64_t n, changes::Outcome outcome, changes::Version version = 0)
{
    changes::Verdict verdict;
    verdict.n = n;
    verdict.outcome = outcome;
    verdict.version = version;
    return verdict;
}

} // namespace

class TestStoreReview : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void mineIsWhatThisUserEntered();
    void aProposalIsTheirsWhoeverWroteWhatStands();
    void whatOthersDidIsNotTheirsWhoseEditsWait();
    void resolvingSetsTheFieldAndClosesAsOneGroup();
    void aRefusedEditGoesToTheTrayAndComesBack();
    void whatWaitedComesBackWithItsCreate();
    void discardingForgets();
    void rekeyingKeepsWhatWaits();
    void aProfileOpensWithItsPassphraseOnly();
    void aProfileWithoutItsDataIsNotOpened();

private:
    std::unique_ptr<TestProfile> m_profile;
    model::CatalogPointer m_catalog;
    base::Id m_customer;
};

void TestStoreReview::init()
{
    m_profile = std::make_unique<TestProfile>();
    m_profile->identify(QStringLiteral("https://server"));
    m_catalog = m_profile->store().catalog();
    m_customer = commit(m_profile->store(), create(*m_catalog, "customer", {{"name", text("A")}, {"phone", text("111")}})).results.front().record;
    QVERIFY(answer(m_profile->store(), {verdictOf(1, changes::Outcome::Applied, 10)}));
}

void TestStoreReview::aProposalIsTheirsWhoeverWroteWhatStands()
{
    store::Store &store = m_profile->store();
    const base::Id carla = base::Id::fromName(QStringLiteral("test"), QStringLiteral("carla"));
    const auto view = store.conflict(pullConflict(store, m_customer, kBo, carla, "proposal"));
    QVERIFY(view->isProposal());
    QCOMPARE(view->theirs, text("222"));
    QCOMPARE(view->theirsBy, kBo);
    QCOMPARE(view->mine, text("333"));
    const auto clash = store.conflict(pullConflict(store, m_customer, kBo, carla));
    QVERIFY(!clash->isProposal());
    QCOMPARE(clash->mine, text("222"));
}

void TestStoreReview::mineIsWhatThisUserEntered()
{
    store::Store &store = m_profile->store();
    const base::Id me = store.replicaState()->user;
    const base::Id pushed = pullConflict(store, m_customer, me, kBo);
    const base::Id standing = pullConflict(store, m_customer, kBo, me);
    QCOMPARE(store.counts()->toReview, 2);
    const auto first = store.conflict(pushed);
    QCOMPARE(first->mine, text("222"));
    QCOMPARE(first->theirs, text("333"));
    QCOMPARE(first->theirsBy, kBo);
    QVERIFY(first->mineIsShown);
    const auto second = store.conflict(standing);
    QCOMPARE(second->mine, text("333"));
    QCOMPARE(second->theirs, text("222"));
    QVERIFY(!second->mineIsShown);
    QCOMPARE(second->shown, text("111"));
    QCOMPARE(store.conflicts()->size(), size_t(2));
    // What a form marks, without reading the whole log.
    const auto marked = store::openConflicts(store.connection(), first->record);
    QVERIFY(marked.ok());
    QCOMPARE(marked->size(), 1);
    QVERIFY(marked->value(first->field) == pushed || marked->value(first->field) == standing);
    QVERIFY(store::openConflicts(store.connection(), {first->record.entity, pushed})->isEmpty());
}

void TestStoreReview::whatOthersDidIsNotTheirsWhoseEditsWait()
{
    store::Store &store = m_profile->store();
    const model::Entity *entity = m_catalog->entity(kCustomer);
    commit(store, set(*m_catalog, "customer", m_customer, {{"phone", text("222")}}));
    changes::RowChange change;
    change.entity = kCustomer;
    change.id = m_customer;
    change.seq = 60;
    change.createVersion = 10;
    change.stamp = {1, {}, 777, kBo};
    change.fields.push_back({entity->field(QStringLiteral("region"))->key, 60, text("north")});
    QVERIFY(store.applyRemote([&](changes::Replica &replica) { return replica.takeChanges(std::span(&change, 1)); }).ok());
    const auto pulled = store.history(kCustomer, m_customer);
    QCOMPARE(pulled->front().after, text("north"));
    QCOMPARE(pulled->front().user, kBo);
    QCOMPARE(pulled->front().at, 777);
    // A verdict tells what stands, not whose it is.
    changes::Verdict lost = verdictOf(store.replicaState()->lastN, changes::Outcome::ConflictLost, 61);
    lost.value = text("333");
    QVERIFY(answer(store, {lost}));
    const auto decided = store.history(kCustomer, m_customer);
    QCOMPARE(decided->front().after, text("333"));
    QVERIFY(decided->front().user.isNull());
}

void TestStoreReview::resolvingSetsTheFieldAndClosesAsOneGroup()
{
    store::Store &store = m_profile->store();
    const base::Id conflict = pullConflict(store, m_customer, store.replicaState()->user, kBo);
    QVERIFY(store.resolveConflict(conflict, store::Resolution::KeepTheirs).ok());
    QCOMPARE(valueOf(store, "customer", m_customer, "phone"), text("333"));
    QVERIFY(store.conflicts()->empty());
    QCOMPARE(store.conflict(conflict)->resolution, QStringLiteral("theirs"));
    QCOMPARE(store.conflict(conflict)->resolvedBy, store.replicaState()->user);
    QVERIFY(store.conflict(conflict)->resolvedAt > 0);
    const base::Error again = store.resolveConflict(conflict, store::Resolution::KeepMine).error();
    QVERIFY(again.code == base::ErrorCode::AlreadyResolved);
    QCOMPARE(again.arguments.size(), 2);
    QVERIFY(again.arguments.at(1).endsWith(u'Z'));
    std::set<base::Id> groups;
    QVERIFY(store.applyRemote([&](changes::Replica &replica) -> base::Result<void> {
        FIELDFARE_ASSIGN(const auto batch, replica.nextBatch(100));
        for (const auto &stored : batch.operations)
            groups.insert(stored.operation.group);
        return {};
    }).ok());
    QCOMPARE(groups.size(), size_t(1));
    QVERIFY(!groups.begin()->isNull());
}

void TestStoreReview::aRefusedEditGoesToTheTrayAndComesBack()
{
    store::Store &store = m_profile->store();
    commit(store, set(*m_catalog, "customer", m_customer, {{"phone", text("222")}}));
    changes::Verdict denied = verdictOf(2, changes::Outcome::Denied, 10);
    denied.value = text("111");
    denied.reason = QStringLiteral("not-owner");
    QVERIFY(answer(store, {denied}));
    QCOMPARE(valueOf(store, "customer", m_customer, "phone"), text("111"));
    QCOMPARE(store.counts()->notAccepted, 1);
    const auto tray = store.tray();
    QCOMPARE(tray->front().reason, QStringLiteral("not-owner"));
    QCOMPARE(tray->front().operation.values.front().value, text("222"));
    const auto phone = m_catalog->entity(kCustomer)->field(QStringLiteral("phone"))->key;
    QVERIFY(store.retryTrayEntry(tray->front().id, {{phone, text("444")}}).ok());
    QCOMPARE(valueOf(store, "customer", m_customer, "phone"), text("444"));
    QCOMPARE(store.counts()->notAccepted, 0);
    QCOMPARE(store.counts()->waiting, 1);
}

void TestStoreReview::whatWaitedComesBackWithItsCreate()
{
    store::Store &store = m_profile->store();
    const base::Id made = commit(store, create(*m_catalog, "customer", {{"name", text("B")}})).results.front().record;
    const base::Id deal = commit(store, create(*m_catalog, "deal", {{"name", text("D")}, {"customer", reference(*m_catalog, "customer", made)}}))
                              .results.front().record;
    QVERIFY(answer(store, {verdictOf(2, changes::Outcome::Denied), verdictOf(3, changes::Outcome::Waiting)}));
    QVERIFY(store.record(kCustomer, made).error().code == base::ErrorCode::NotFound);
    QCOMPARE(store.counts()->notAccepted, 2);
    const auto report = store.retryTrayEntry(store.tray()->front().id);
    QVERIFY(report.ok());
    QCOMPARE(report->created, 2);
    QCOMPARE(valueOf(store, "deal", deal, "customer"), reference(*m_catalog, "customer", made));
    QCOMPARE(store.counts()->notAccepted, 0);
}

void TestStoreReview::discardingForgets()
{
    store::Store &store = m_profile->store();
    commit(store, set(*m_catalog, "customer", m_customer, {{"phone", text("222")}}));
    QVERIFY(answer(store, {verdictOf(2, changes::Outcome::Denied, 10)}));
    QVERIFY(store.discardTrayEntry(store.tray()->front().id).ok());
    QVERIFY(store.tray()->empty());
    QVERIFY(store.retryTrayEntry(99).error().code == base::ErrorCode::NotFound);
}

void TestStoreReview::rekeyingKeepsWhatWaits()
{
    store::Store &store = m_profile->store();
    const base::Id action = commit(store, set(*m_catalog, "customer", m_customer, {{"phone", text("222")}})).action;
    const base::Id made = commit(store, create(*m_catalog, "customer", {{"name", text("B")}})).results.front().record;
    const base::Id device = store.newId();
    QVERIFY(store.applyRemote([&](changes::Replica &replica) { return replica.rekey(device, 2); }).ok());
    QCOMPARE(store.replicaState()->lastN, std::uint64_t(2));
    QVERIFY(m_profile->open());
    store::Store &again = m_profile->store();
    QCOMPARE(again.replicaState()->device, device);
    // Verdicts under the new numbers find their rows and their history.
    QVERIFY(answer(again, {verdictOf(1, changes::Outcome::Applied, 20), verdictOf(2, changes::Outcome::Applied, 21)}));
    QVERIFY(again.waitingFields(kCustomer, m_customer)->empty());
    QVERIFY(again.waitingFields(kCustomer, made)->empty());
    QCOMPARE(*again.connection().queryInt64(QLatin1StringView("SELECT count(*) FROM history WHERE n IS NOT NULL AND version IS NULL")), 0);
    QCOMPARE(again.undo(action)->undone, 1);
}

void TestStoreReview::aProfileOpensWithItsPassphraseOnly()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("profile"));
    store::Profile::Options options;
    options.key.logN = 14;
    const base::Secret right = base::Secret::fromBytes("correct horse");
    TestClock clock;
    base::SystemRandom random;
    {
        const auto profile = store::Profile::create(path, right, options);
        QVERIFY(profile.ok());
        const auto store = profile->openStore(clock, random);
        QVERIFY(store.ok());
        store::ProfileInfo info;
        info.company = QStringLiteral("ACME");
        QVERIFY(store::startStandAlone(**store, info, QStringLiteral("Ann")).ok());
        QVERIFY(store::Profile::open(path, right, options).error().code == base::ErrorCode::ProfileInUse);
        QVERIFY(store::Profile::create(path, right, options).error().code == base::ErrorCode::AlreadyExists);
    }
    QVERIFY(store::Profile::open(path, base::Secret::fromBytes("wrong horse"), options).error().code == base::ErrorCode::WrongPassphrase);
    const auto profile = store::Profile::open(path, right, options);
    QVERIFY(profile.ok());
    const auto store = profile->openStore(clock, random);
    QVERIFY(store.ok());
    QCOMPARE((*store)->profileInfo()->company, QStringLiteral("ACME"));
    QCOMPARE((*store)->counts()->waiting, 0); // alone: nothing waits for anybody
    QVERIFY(store::Profile::open(folder.filePath(QStringLiteral("nowhere")), right, options).error().code == base::ErrorCode::NotFound);
}

/// A disk that lost it, a copy that left it out: it is not opened as an empty one.
void TestStoreReview::aProfileWithoutItsDataIsNotOpened()
{
    QTemporaryDir folder;
    const store::ProfilePaths paths{folder.filePath(QStringLiteral("profile"))};
    store::Profile::Options options;
    options.key.logN = 14;
    const base::Secret right = base::Secret::fromBytes("correct horse");
    TestClock clock;
    base::SystemRandom random;
    {
        const auto profile = store::Profile::create(paths.folder, right, options);
        QVERIFY(profile.ok() && profile->isNew() && profile->openStore(clock, random).ok());
    }
    QVERIFY(QFile::remove(paths.database()));
    const auto profile = store::Profile::open(paths.folder, right, options);
    QVERIFY(profile.ok() && !profile->isNew());
    const auto store = profile->openStore(clock, random);
    QVERIFY(!store.ok());
    QCOMPARE(store.error().code, base::ErrorCode::NotFound);
    QVERIFY(base::errorWords(store.error()).happened.contains(QStringLiteral("fieldfare.db is missing")));
    QVERIFY(!QFile::exists(paths.database()));
}

QTEST_GUILESS_MAIN(TestStoreReview)
#include "tst_store_review.moc"
