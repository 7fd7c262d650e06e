// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a file follows the catalog: one more row in a table of fields, custom fields at run time, later versions, query plans.
#include "tests/storage/store_fixture.h"

#include "core/model/entities/entities.h"
#include "core/store/schema.h"

#include <QFile>
#include <QTest>

using namespace fieldfare;
using namespace fieldfare::store_test;
using model::Value;

namespace {

constexpr model::EntityId kCustomer = 1;
constexpr model::FieldSpec kBudget = {.id = 200, .name = "budget", .type = model::FieldType::Money, .label = "Budget", .flags = model::Sortable};
constexpr model::ComputedSpec kPhoneOf = {.resultType = model::FieldType::Phone, .reference = "customer", .value = "phone"};
constexpr model::FieldSpec kCustomerPhone = {.id = 200, .name = "customer_phone", .type = model::FieldType::Computed, .label = "Phone", .computed = &kPhoneOf};

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

changes::RowChange pulled(model::EntityId entity, const base::Id &id, std::vector<changes::RowChange::Field> fields, changes::Version version)
{
    changes::RowChange change;
    change.entity = entity;
    change.id = id;
    change.seq = version;
    change.createVersion = version;
    change.fields = std::move(fields);
    change.stamp = {1, {}, 1, {}};
    return change;
}

bool pull(store::Store &store, const std::vector<changes::RowChange> &rows)
{
    return store.applyRemote([&](changes::Replica &replica) { return replica.takeChanges(rows); }).ok();
}

qint64 count(store::Store &store, const char *sql)
{
    return *store.connection().queryInt64(QLatin1StringView(sql));
}

bool commitCustomers(store::Store &store, int rows)
{
    std::vector<changes::LocalChange> changes;
    for (int i = 0; i < rows; ++i)
        changes.push_back(create(*store.catalog(), "customer", {{"name", text(qPrintable(QStringLiteral("Customer %1").arg(i)))}}));
    return store.commit(setOf(std::move(changes))).ok();
}

base::Id define(store::Store &store, const char *name, const char *type)
{
    return commit(store, create(*store.catalog(), "custom_field", {{"entity", text("customer")}, {"name", text(name)}, {"type", text(type)},
                                                                  {"label_en", text(name)}})).results.front().record;
}

} // namespace

class TestStoreSchema : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anOlderFileGetsTheNewField();
    void valuesThatCameBeforeTheFieldMoveIntoIt();
    void aNewDerivedFieldIsFilled();
    void rowsOfAnUnknownEntityAreKept();
    void aFileWithFieldsFromTheFutureStaysUntouched();
    void aLaterSchemaVersionStaysUntouched();
    void aFileThatIsNoProfileIsRefused();
    void customFieldsComeAtRunTime();
    void valuesWaitForTheirDefinition();
    void badDefinitionsDoNotCount();
    void illTypedValuesAreKeptAside();
    void noLookUpScansATable();
    void aFirstDownloadCanBeLeftBeforeItsIndexesAreBuilt();
    void aProfileWithRecordsKeepsItsIndexes();
    void rowsThatComeAgainAreDerived();
};

void TestStoreSchema::anOlderFileGetsTheNewField()
{
    TestProfile profile;
    profile.identify();
    const base::Id id = commit(profile.store(), create(*profile.store().catalog(), "customer", {{"name", text("A")}})).results.front().record;
    const auto grown = model::Catalog::standard()->withField(QStringLiteral("customer"), kBudget);
    QVERIFY(profile.openWith(grown));
    const Value amount(model::Money::of(500, QStringLiteral("USD")));
    commit(profile.store(), set(*grown, "customer", id, {{"budget", amount}}));
    QCOMPARE(valueOf(profile.store(), "customer", id, "budget"), amount);
    QCOMPARE(valueOf(profile.store(), "customer", id, "name"), text("A"));
    QCOMPARE(count(profile.store(), "SELECT count(*) FROM sqlite_schema WHERE name = 'ix_customer__budget__sort'"), 1);
    QVERIFY(profile.open()); // nothing left to do the second time
}

void TestStoreSchema::valuesThatCameBeforeTheFieldMoveIntoIt()
{
    TestProfile profile;
    profile.identify();
    const base::Id id = profile.store().newId();
    const auto name = profile.store().catalog()->entity(kCustomer)->field(QStringLiteral("name"))->key;
    const Value amount(model::Money::of(700, QStringLiteral("EUR")));
    QVERIFY(pull(profile.store(), {pulled(kCustomer, id, {{name, 5, text("A")}, {model::FieldKey(200), 5, amount}}, 5)}));
    QVERIFY(pull(profile.store(), {pulled(kCustomer, id, {{name, 6, text("B")}}, 6)})); // an edit of another field keeps it
    QCOMPARE(count(profile.store(), "SELECT count(*) FROM customer WHERE unknown IS NOT NULL"), 1);
    QVERIFY(profile.openWith(model::Catalog::standard()->withField(QStringLiteral("customer"), kBudget)));
    QCOMPARE(valueOf(profile.store(), "customer", id, "budget"), amount);
    QCOMPARE(valueOf(profile.store(), "customer", id, "name"), text("B"));
    QCOMPARE(count(profile.store(), "SELECT count(*) FROM customer WHERE unknown IS NOT NULL"), 0);
}

void TestStoreSchema::aNewDerivedFieldIsFilled()
{
    TestProfile profile;
    profile.identify();
    const model::CatalogPointer catalog = profile.store().catalog();
    const base::Id customer = commit(profile.store(), create(*catalog, "customer", {{"name", text("A")}, {"phone", text("555")}})).results.front().record;
    const base::Id deal = commit(profile.store(), create(*catalog, "deal", {{"name", text("D")}, {"customer", reference(*catalog, "customer", customer)}}))
                              .results.front().record;
    QVERIFY(profile.openWith(model::Catalog::standard()->withField(QStringLiteral("deal"), kCustomerPhone)));
    QCOMPARE(valueOf(profile.store(), "deal", deal, "customer_phone"), text("555"));
}

void TestStoreSchema::rowsOfAnUnknownEntityAreKept()
{
    // A program that does not know tickets gets one, and is then replaced by one that does.
    std::vector<const model::EntitySpec *> specs;
    for (const model::EntitySpec *spec : model::entities::all()) {
        if (spec != &model::entities::kTicket)
            specs.push_back(spec);
    }
    TestProfile profile(std::make_shared<const model::Catalog>(specs));
    profile.identify();
    const base::Id id = profile.store().newId();
    const auto subject = model::Catalog::standard()->entity(model::entities::kTicket.id)->field(QStringLiteral("subject"))->key;
    QVERIFY(pull(profile.store(), {pulled(model::entities::kTicket.id, id, {{subject, 5, text("Broken")}}, 5)}));
    QVERIFY(profile.openWith(model::Catalog::standard()));
    QCOMPARE(valueOf(profile.store(), "ticket", id, "subject"), text("Broken"));
}

void TestStoreSchema::aFileWithFieldsFromTheFutureStaysUntouched()
{
    TestProfile profile(model::Catalog::standard()->withField(QStringLiteral("customer"), kBudget));
    profile.identify();
    commit(profile.store(), create(*profile.store().catalog(), "customer", {{"name", text("A")}}));
    profile.close();
    const QByteArray before = bytesOf(profile.path());
    QVERIFY(!before.isEmpty());
    QVERIFY(!profile.openWith(model::Catalog::standard()));
    QVERIFY(profile.error().code == base::ErrorCode::SchemaTooNew);
    QVERIFY(bytesOf(profile.path()) == before);
}

void TestStoreSchema::aLaterSchemaVersionStaysUntouched()
{
    TestProfile profile;
    profile.identify();
    QVERIFY(profile.store().connection().execute(
        QStringLiteral("UPDATE meta SET value = CAST('%1' AS BLOB) WHERE name = 'store.schema_version'").arg(store::kSchemaVersion + 1)).ok());
    profile.close();
    const QByteArray before = bytesOf(profile.path());
    QVERIFY(!profile.open());
    QVERIFY(profile.error().code == base::ErrorCode::SchemaTooNew);
    QVERIFY(bytesOf(profile.path()) == before);
}

void TestStoreSchema::aFileThatIsNoProfileIsRefused()
{
    TestProfile profile;
    QVERIFY(profile.store().connection().execute(QStringLiteral("DROP TABLE meta")).ok());
    QVERIFY(!profile.open());
    QVERIFY(profile.error().code == base::ErrorCode::Unsupported);
}

void TestStoreSchema::customFieldsComeAtRunTime()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const model::CatalogPointer before = store.catalog();
    const base::Id definition = define(store, "shoe_size", "integer");
    QVERIFY(store.catalog() != before);
    const model::Field *field = store.catalog()->entity(kCustomer)->field(QStringLiteral("shoe_size"));
    QVERIFY(field != nullptr);
    QVERIFY(field->key == model::FieldKey(definition));
    QCOMPARE(field->column, QStringLiteral("x_1"));
    const base::Id id = commit(store, create(*store.catalog(), "customer", {{"name", text("A")}, {"shoe_size", number(44)}})).results.front().record;
    QVERIFY(profile.open());
    QCOMPARE(valueOf(profile.store(), "customer", id, "shoe_size"), number(44));
    // Retired: hidden, the values stay.
    commit(profile.store(), set(*profile.store().catalog(), "custom_field", definition, {{"retired", number(1)}}));
    QVERIFY(profile.store().catalog()->entity(kCustomer)->field(QStringLiteral("shoe_size"))->has(model::Hidden));
    QCOMPARE(valueOf(profile.store(), "customer", id, "shoe_size"), number(44));
    // A change that is rolled back changes no catalog.
    const model::CatalogPointer held = profile.store().catalog();
    QVERIFY(!profile.store().commit(setOf({create(*held, "custom_field", {{"entity", text("customer")}, {"name", text("lost")}, {"type", text("text")}}),
                                           create(*held, "customer", {})})).ok());
    QVERIFY(profile.store().catalog()->entity(kCustomer)->field(QStringLiteral("lost")) == nullptr);
}

void TestStoreSchema::valuesWaitForTheirDefinition()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const base::Id definition = store.newId();
    const base::Id id = store.newId();
    const model::CatalogPointer catalog = store.catalog();
    const model::Entity *definitions = catalog->entity(model::entities::kCustomField.id);
    const auto key = [&](const char *name) { return definitions->field(QString::fromLatin1(name))->key; };
    const auto name = catalog->entity(kCustomer)->field(QStringLiteral("name"))->key;
    QVERIFY(pull(store, {pulled(kCustomer, id, {{name, 5, text("A")}, {model::FieldKey(definition), 5, text("blue")}}, 5)}));
    QVERIFY(pull(store, {pulled(definitions->id(), definition, {{key("entity"), 6, text("customer")}, {key("name"), 6, text("colour")},
                                                                 {key("type"), 6, text("text")}}, 6)}));
    QCOMPARE(valueOf(store, "customer", id, "colour"), text("blue"));
    QCOMPARE(count(store, "SELECT count(*) FROM customer WHERE unknown IS NOT NULL"), 0);
}

void TestStoreSchema::badDefinitionsDoNotCount()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    define(store, "Name; DROP TABLE customer", "text");
    define(store, "name", "text");     // taken by a built-in field
    define(store, "fine", "no_type");
    define(store, "twice", "text");
    define(store, "twice", "integer"); // the older one holds the name
    const model::Entity *customer = store.catalog()->entity(kCustomer);
    int custom = 0;
    for (const model::Field &field : customer->fields())
        custom += field.key.isCustom() ? 1 : 0;
    QCOMPARE(custom, 1);
    QVERIFY(customer->field(QStringLiteral("twice"))->type == model::FieldType::Text);
}

void TestStoreSchema::illTypedValuesAreKeptAside()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const base::Id id = store.newId();
    const auto employees = store.catalog()->entity(kCustomer)->field(QStringLiteral("employees"))->key;
    QVERIFY(pull(store, {pulled(kCustomer, id, {{employees, 5, text("many")}}, 5)}));
    QVERIFY(valueOf(store, "customer", id, "employees").isEmpty());
    QCOMPARE(count(store, "SELECT count(*) FROM customer WHERE unknown IS NOT NULL"), 1);
    QVERIFY(pull(store, {pulled(kCustomer, id, {{employees, 6, number(12)}}, 6)}));
    QCOMPARE(valueOf(store, "customer", id, "employees"), number(12));
    QCOMPARE(count(store, "SELECT count(*) FROM customer WHERE unknown IS NOT NULL"), 0);
}

void TestStoreSchema::noLookUpScansATable()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const QStringList statements{
        QStringLiteral("SELECT * FROM customer WHERE id = ?"),
        QStringLiteral("SELECT * FROM history WHERE record = ? ORDER BY seq DESC LIMIT ?"),
        QStringLiteral("SELECT * FROM history WHERE history.aid = ? AND seq < ? ORDER BY seq DESC LIMIT ?"),
        QStringLiteral("SELECT id, trashed FROM customer WHERE trashed IN (0, 1) AND number = ? ORDER BY trashed LIMIT 2"),
        QStringLiteral("SELECT id, trashed FROM deal WHERE trashed IN (0, 1) AND name = ? ORDER BY trashed LIMIT 2"),
        QStringLiteral("SELECT max(at) FROM interaction WHERE customer = ? AND trashed = 0"),
        QStringLiteral("SELECT min(base_n) FROM outbox WHERE base_n IS NOT NULL"),
        QStringLiteral("UPDATE history SET version = ? WHERE n = ? AND version IS NULL AND n IS NOT NULL"),
        QStringLiteral("SELECT id FROM customer WHERE trashed = 0 ORDER BY name LIMIT 50"),
    };
    QStringList all = statements;
    for (const model::Entity &entity : store.catalog()->entities()) {
        for (const model::Field &field : entity.fields()) {
            if (field.isReference())
                all += QStringLiteral("SELECT id FROM \"%1\" WHERE \"%2\" = ? AND trashed = 0").arg(entity.table(), field.column);
        }
    }
    QVERIFY(all.size() > statements.size() + 15);
    for (const QString &sql : std::as_const(all)) {
        const auto statement = store.connection().prepare(sql);
        QVERIFY2(statement.ok(), qPrintable(sql));
        const QString plan = *(*statement)->explain();
        QVERIFY2(!plan.contains(QStringLiteral("SCAN")) || plan.contains(QStringLiteral("USING COVERING INDEX ix_outbox_base")),
                 qPrintable(sql + QStringLiteral(" -> ") + plan));
        QVERIFY2(!plan.contains(QStringLiteral("TEMP B-TREE")), qPrintable(sql + QStringLiteral(" -> ") + plan));
    }
}

/// Somebody quits, or the computer locks: what was downloaded stays, and the indexes are built the next time.
void TestStoreSchema::aFirstDownloadCanBeLeftBeforeItsIndexesAreBuilt()
{
    TestProfile profile;
    profile.identify();
    const char *const indexes = "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'customer' AND sql IS NOT NULL";
    const qint64 all = count(profile.store(), indexes);
    QVERIFY(all > 3);
    QVERIFY(profile.store().beginBulkLoad().ok());
    QCOMPARE(count(profile.store(), indexes), 0);
    QVERIFY(commitCustomers(profile.store(), 3000));
    int asked = 0;
    const auto left = profile.store().finishDownload([&asked] { return ++asked == 5; });
    QVERIFY2(!left.ok(), "nobody asked whether to stop");
    QCOMPARE(left.error().code, base::ErrorCode::Cancelled);
    QCOMPARE(asked, 5);
    QVERIFY(*profile.store().isBulkLoading());
    QCOMPARE(count(profile.store(), indexes), 0);
    profile.close();
    QVERIFY(profile.open());
    QVERIFY(*profile.store().isBulkLoading());
    QVERIFY(profile.store().finishDownload([&asked] { ++asked; return false; }).ok());
    QVERIFY(asked > 5);
    QVERIFY(!*profile.store().isBulkLoading());
    QCOMPARE(count(profile.store(), indexes), all);
    QCOMPARE(count(profile.store(), "SELECT count(*) FROM customer"), 3000);
}

/// Repaired, or salvaged, and far from a network: its lists are wanted as they are.
void TestStoreSchema::aProfileWithRecordsKeepsItsIndexes()
{
    TestProfile profile;
    profile.identify();
    QVERIFY(commitCustomers(profile.store(), 1));
    const char *const indexes = "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'customer' AND sql IS NOT NULL";
    const qint64 all = count(profile.store(), indexes);
    QVERIFY(profile.store().applyRemote([](changes::Replica &replica) { return replica.downloadAnew(); }).ok());
    QVERIFY(profile.store().beginBulkLoad().ok());
    QVERIFY(!*profile.store().isBulkLoading());
    QCOMPARE(count(profile.store(), indexes), all);
}

/// They are no events one by one; their parents' sums are made when all of them are there.
void TestStoreSchema::rowsThatComeAgainAreDerived()
{
    TestProfile profile;
    profile.identify();
    store::Store &store = profile.store();
    const base::Id customer = store.newId();
    QVERIFY(pull(store, {pulled(kCustomer, customer, {{store.catalog()->entity(kCustomer)->field(QStringLiteral("name"))->key, 5, text("ACME")}}, 5)}));
    const model::Entity &talks = *store.catalog()->entity(QStringLiteral("interaction"));
    changes::ReplicatedRow talk;
    talk.entity = talks.id();
    talk.id = store.newId();
    talk.setValue(talks.field(QStringLiteral("customer"))->key, Value(model::Reference{kCustomer, customer}));
    talk.setValue(talks.field(QStringLiteral("at"))->key, number(1'700'000'000'000));
    talk.versions = changes::RowVersions(7);
    const auto page = [&](changes::Replica &replica) -> base::Result<void> {
        FIELDFARE_TRY(replica.beginDownload(9, 1));
        FIELDFARE_TRY(replica.takeDownloadPage(talks.id(), {}, base::Id::fromBytes(QByteArray(16, '\xff')), std::vector<changes::ReplicatedRow>{talk}));
        return replica.completeDownloadPages();
    };
    QVERIFY(store.applyRemote(page).ok());
    QVERIFY(!*store.isBulkLoading());
    QCOMPARE(count(store, "SELECT count(*) FROM interaction"), 1);
    QVERIFY(store.finishDownload().ok());
    QCOMPARE(count(store, "SELECT last_contact FROM customer"), 1'700'000'000'000);
    const std::uint64_t before = store.remoteWrites();
    QVERIFY(store.finishDownload([] { return true; }).ok()); // nothing is left to do
    QCOMPARE(store.remoteWrites(), before);
}

QTEST_GUILESS_MAIN(TestStoreSchema)
#include "tst_store_schema.moc"
