// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The proof of DESIGN 2: one row more in the table of fields, nothing else. The field is checked, stored, searched, listed,
// imported, exported and carried by a server and a device that do not know it. Forms and lists of the window show it in
// tst_entity_form; an older file gets its column in tst_store_schema, an older server's in tst_server_storage.
#include "core/exchange/exporter.h"
#include "core/exchange/importer.h"
#include "core/store/query/list_reader.h"
#include "core/store/search/search.h"
#include "sync/protocol/codec.h"
#include "sync/server/merge/puller.h"
#include "tests/storage/store_fixture.h"
#include "tests/sync/server_store_fixture.h"

#include <QFile>

using namespace fieldfare;
using namespace fieldfare::store_test;
using model::Value;
using tests::ServerStore;

namespace {

constexpr model::FieldSpec kNickname = {.id = 200, .name = "nickname", .type = model::FieldType::Text, .label = "Nickname",
                                        .flags = model::InList | model::Searchable | model::Sortable, .maxLength = 20};
constexpr model::EntityId kCustomer = 1;

model::CatalogPointer grownCatalog()
{
    static const model::CatalogPointer catalog = model::Catalog::standard()->withField(QStringLiteral("customer"), kNickname);
    return catalog;
}

/// Over the wire and back.
template <typename T>
T carried(const T &message)
{
    const auto decoded = protocol::decode<T>(protocol::encode(message));
    if (!decoded.ok())
        qFatal("%s", qPrintable(decoded.error().detail));
    return decoded.value();
}

} // namespace

class TestAddedField : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<ServerStore>(); // of the version before
        m_ann = join(grownCatalog());
        m_bo = join(grownCatalog());
        m_old = join(model::Catalog::standard());
    }

    void boundsAreChecked()
    {
        const auto tooLong = m_ann->store().commit(setOf({create(*grownCatalog(), "customer", {{"name", text("A")}, {"nickname", Value(QString(21, QLatin1Char('x')))}})}));
        QCOMPARE(tooLong.error().code, base::ErrorCode::ValidationFailed);
    }

    void listsAndSearchKnowIt()
    {
        const base::Id id = named("Acme", "Roadrunner");
        named("Borg", "Cube");
        store::FilterContext context;
        store::ListReader lists(m_ann->store().connection(), grownCatalog(), context);
        store::ListQuery query{kCustomer, store::Filter::parse(QStringLiteral("nickname contains road")).value(), {{QStringLiteral("nickname"), true}}};
        const auto rows = lists.firstRows(query, 10);
        QVERIFY(rows.ok());
        QCOMPARE(rows->size(), size_t(1));
        QCOMPARE(rows->front().record.id, id);
        const auto hits = store::Search(m_ann->store().connection(), *grownCatalog()).find({QStringLiteral("roadr")});
        QCOMPARE(hits->entities.front().hits.front().record.id, id);
    }

    void filesCarryIt()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("in.csv"));
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly));
        file.write("name,Nickname\nAcme,Roadrunner\n");
        file.close();
        exchange::ImportOptions options;
        options.file = path;
        options.entity = QStringLiteral("customer");
        auto plan = exchange::planImport(options, grownCatalog(), QStringLiteral("USD"));
        QVERIFY2(plan.ok(), plan.ok() ? "" : qPrintable(plan.error().detail));
        auto importer = exchange::Importer::begin(m_ann->store(), std::move(plan).value(), exchange::Importer::Pace::Bulk);
        QVERIFY2(importer.ok(), importer.ok() ? "" : qPrintable(importer.error().detail));
        while (*(*importer)->step()) { }
        QCOMPARE((*importer)->report().created, 1);

        exchange::ExportOptions out;
        out.file = folder.filePath(QStringLiteral("out.csv"));
        out.entity = QStringLiteral("customer");
        out.fields = {QStringLiteral("name"), QStringLiteral("nickname")};
        QVERIFY(exchange::exportRecords(m_ann->store(), out, {}).ok());
        QFile written(out.file);
        QVERIFY(written.open(QFile::ReadOnly));
        const QByteArray bytes = written.readAll();
        QVERIFY2(bytes.contains("nickname") && bytes.contains("Roadrunner"), bytes.constData());
    }

    void anOlderServerAndAnOlderPeerCarryIt()
    {
        const base::Id id = named("Acme", "Roadrunner");
        sync(*m_ann);
        sync(*m_old);
        sync(*m_bo);
        QCOMPARE(valueOf(m_bo->store(), "customer", id, "nickname"), text("Roadrunner"));
        // The older device edits what it knows; what it does not know stays.
        commit(m_old->store(), set(*model::Catalog::standard(), "customer", id, {{"region", text("north")}}));
        sync(*m_old);
        sync(*m_bo);
        QCOMPARE(valueOf(m_bo->store(), "customer", id, "region"), text("north"));
        QCOMPARE(valueOf(m_bo->store(), "customer", id, "nickname"), text("Roadrunner"));
        // After its upgrade it shows the value that it had kept, without syncing.
        QVERIFY(m_old->openWith(grownCatalog()));
        QCOMPARE(valueOf(m_old->store(), "customer", id, "nickname"), text("Roadrunner"));
    }

    void aMeetingInItIsDecidedAndLogged()
    {
        const base::Id id = named("Acme", "Roadrunner");
        sync(*m_ann);
        sync(*m_bo);
        commit(m_ann->store(), set(*grownCatalog(), "customer", id, {{"nickname", text("from Ann")}}));
        commit(m_bo->store(), set(*grownCatalog(), "customer", id, {{"nickname", text("from Bo")}}));
        sync(*m_ann);
        sync(*m_bo);
        sync(*m_ann);
        QCOMPARE(valueOf(m_ann->store(), "customer", id, "nickname"), valueOf(m_bo->store(), "customer", id, "nickname"));
        const auto conflicts = m_ann->store().conflicts();
        QCOMPARE(conflicts->size(), size_t(1));
        QCOMPARE(conflicts->front().field, model::FieldKey(kNickname.id));
        QVERIFY((conflicts->front().mine == text("from Ann")) != (conflicts->front().theirs == text("from Ann")));
    }

private:
    base::Id named(const char *name, const char *nickname)
    {
        return commit(m_ann->store(), create(*grownCatalog(), "customer", {{"name", text(name)}, {"nickname", text(nickname)}})).results.front().record;
    }

    std::unique_ptr<TestProfile> join(const model::CatalogPointer &catalog)
    {
        auto profile = std::make_unique<TestProfile>(catalog);
        profile->random = TestRandom(++m_devices); // ids of its own
        profile->identify(QStringLiteral("https://server"));
        auto state = profile->store().replicaState();
        server::DeviceRecord device;
        device.device = state->device;
        device.incarnation = state->incarnation;
        device.user = state->user;
        device.name = QStringLiteral("device %1").arg(m_devices);
        device.rolling = changes::firstRollingHash();
        if (!m_server->tables->write([&] { return m_server->tables->putDevice(device); }).ok())
            qFatal("no device");
        state->epoch = m_server->tables->epoch();
        if (!profile->store().setReplicaState(*state).ok())
            qFatal("no state");
        return profile;
    }

    /// One push and one whole pull, over the wire's bytes.
    void sync(TestProfile &profile)
    {
        store::Store &store = profile.store();
        const auto state = store.replicaState();
        protocol::PushRequest push;
        push.device = state->device;
        push.incarnation = state->incarnation;
        push.epoch = state->epoch;
        push.clock = {1, 1, QByteArray(16, char(7))};
        const auto batched = store.applyRemote([&](changes::Replica &replica) -> base::Result<void> {
            FIELDFARE_ASSIGN(const auto batch, replica.nextBatch(500));
            push.rolling = batch.rolling;
            push.acknowledgedN = batch.acknowledgedN;
            for (const changes::StoredOperation &stored : batch.operations)
                push.operations.push_back(stored.operation);
            return {};
        });
        QVERIFY(batched.ok());
        if (!push.operations.empty()) {
            protocol::PushReply reply;
            const auto pushed = m_server->tables->write([&]() -> base::Result<void> {
                FIELDFARE_ASSIGN(reply, m_server->merger->push(carried(push)));
                return {};
            });
            QVERIFY2(pushed.ok(), pushed.ok() ? "" : qPrintable(pushed.error().detail));
            QCOMPARE(reply.status, protocol::PushStatus::Accepted);
            const auto verdicts = carried(reply).verdicts;
            QVERIFY(store.applyRemote([&](changes::Replica &replica) { return replica.takeVerdicts(verdicts); }).ok());
        }
        protocol::PullRequest pull;
        pull.device = state->device;
        pull.epoch = state->epoch;
        pull.cursor = state->cursor;
        pull.limit = 500;
        const auto page = server::Puller(*m_server->tables, m_server->catalog, m_server->clock).pull(carried(pull));
        QVERIFY(page.ok() && page->complete);
        const auto taken = store.applyRemote([&](changes::Replica &replica) -> base::Result<void> {
            FIELDFARE_TRY(replica.takeChanges(carried(*page).rows));
            return replica.completePull(page->counter);
        });
        QVERIFY2(taken.ok(), taken.ok() ? "" : qPrintable(taken.error().detail));
    }

    std::unique_ptr<ServerStore> m_server;
    std::unique_ptr<TestProfile> m_ann;
    std::unique_ptr<TestProfile> m_bo;
    std::unique_ptr<TestProfile> m_old;
    std::uint64_t m_devices = 0;
};

QTEST_GUILESS_MAIN(TestAddedField)
#include "tst_added_field.moc"
