// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Profiles of former versions open, are brought up to date and keep every value, also when that is interrupted at any write.
#include "core/model/entities/entities.h"
#include "core/storage/encrypted_vfs.h"
#include "core/storage/key_file.h"
#include "core/storage/passphrase.h"
#include "core/store/check/profile_check.h"
#include "core/store/migrations.h"
#include "core/store/profile.h"
#include "core/store/schema.h"
#include "core/store/search/search.h"
#include "core/store/search/search_index.h"
#include "tests/storage/packed_profile.h"
#include "tests/storage/store_fixture.h"
#include "tests/testlib/fault_vfs.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace fieldfare;
using namespace fieldfare::store_test;
using testlib::FaultDisk;

namespace {

constexpr char kVfs[] = "fieldfare-old-profiles";
constexpr int kFaultsEach = 7; ///< of the faults, in a short run; the long one takes every one

QString profilesFolder()
{
    return qEnvironmentVariable("FIELDFARE_TEST_DATA") + QStringLiteral("/profiles");
}

QStringList oldProfiles()
{
    return QDir(profilesFolder()).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
}

QJsonObject goldenOf(const QString &name)
{
    const auto json = unpack(readFile(profilesFolder() + QLatin1Char('/') + name + QStringLiteral("/content.json.zst")));
    return json.ok() ? QJsonDocument::fromJson(*json).object() : QJsonObject();
}

bool isBookkeeping(const QJsonObject &meta)
{
    const QString name = meta.value(QStringLiteral("name")).toString();
    return name == QLatin1StringView("'store.schema_version'") || name == QLatin1StringView("'store.fingerprint'")
        || name == QLatin1StringView("'store.catalog'") || name == QLatin1StringView("'store.recompute'");
}

/// What a table and its columns of then are called now: by the numbers of entities and fields.
struct Names {
    explicit Names(const QJsonObject &golden, const model::Catalog &now)
    {
        const model::Entity *entity = nullptr;
        for (const QString &line : golden.value(QStringLiteral("catalog")).toString().split(QLatin1Char('\n'))) {
            const QStringList words = line.split(QLatin1Char(' '));
            if (words.size() == 3) {
                entity = now.entity(model::EntityId(words.at(1).toInt()));
                table = words.at(2);
                tables.insert(table, entity == nullptr ? QString() : entity->table());
            } else if (words.size() == 4 && entity != nullptr) {
                const model::Field *field = entity->field(model::FieldKey(std::uint16_t(words.at(2).toInt())));
                columns.insert({table, words.at(3)}, field == nullptr ? QString() : field->column);
                if (field != nullptr && field->valueType() == model::FieldType::Money)
                    columns.insert({table, words.at(3) + QStringLiteral("_currency")}, field->currencyColumn());
            }
        }
    }
    QString table;
    QHash<QString, QString> tables;
    QHash<std::pair<QString, QString>, QString> columns;
};

/// The first value that is not what it was; empty: all are.
QString lostValue(const QJsonObject &golden, const QJsonObject &now, const model::Catalog &catalog)
{
    const Names names(golden, catalog);
    const QJsonObject then = golden.value(QStringLiteral("tables")).toObject();
    const QJsonObject tables = now.value(QStringLiteral("tables")).toObject();
    for (auto table = then.begin(); table != then.end(); ++table) {
        const QString name = names.tables.value(table.key(), table.key());
        const QString key = name == QLatin1StringView("meta") ? QStringLiteral("name") : QString();
        QList<QJsonObject> rows;
        for (const QJsonValue &row : tables.value(name).toArray()) {
            if (key.isEmpty() || !isBookkeeping(row.toObject()))
                rows.append(row.toObject());
        }
        for (const QJsonValue &value : table->toArray()) {
            const QJsonObject row = value.toObject();
            if (!key.isEmpty() && isBookkeeping(row))
                continue;
            const auto isKept = [&](const QJsonObject &candidate) {
                for (auto cell = row.begin(); cell != row.end(); ++cell) {
                    if (candidate.value(names.columns.value({table.key(), cell.key()}, cell.key())) != cell.value())
                        return false;
                }
                return true;
            };
            const auto found = std::find_if(rows.begin(), rows.end(), isKept);
            if (found == rows.end())
                return QStringLiteral("%1: %2").arg(name, QString::fromUtf8(QJsonDocument(row).toJson(QJsonDocument::Compact)));
            rows.erase(found);
        }
        if (!rows.isEmpty())
            return QStringLiteral("%1: %2 rows more than then").arg(name).arg(rows.size());
    }
    return {};
}

base::Result<void> addNotes(storage::Connection &connection)
{
    return connection.execute(QStringLiteral("CREATE TABLE passing(n INTEGER PRIMARY KEY, what BLOB);"
                                             "INSERT INTO passing(what) SELECT randomblob(2000) FROM history"));
}

/// Not to be run twice.
base::Result<void> addToDates(storage::Connection &connection)
{
    return connection.execute(QStringLiteral("UPDATE history SET at = at + 1000; INSERT INTO meta VALUES ('test.runs', 'x') "
                                             "ON CONFLICT(name) DO UPDATE SET value = value || 'x'"));
}

base::Result<void> dropNotes(storage::Connection &connection)
{
    return connection.execute(QStringLiteral("DROP TABLE passing; UPDATE history SET at = at - 1000"));
}

base::Result<void> failing(storage::Connection &)
{
    return {base::ErrorCode::Io, QStringLiteral("this step fails")};
}

/// A later program: another name of a column, a plain, a sortable and a derived field more, an entity more, three numbered steps.
class LaterProgram {
public:
    LaterProgram()
    {
        m_tagFields.assign(model::entities::kTag.fields.begin(), model::entities::kTag.fields.end());
        m_tagFields[1].name = "paint";
        m_tag = model::entities::kTag;
        m_tag.fields = m_tagFields;
        std::vector<const model::EntitySpec *> specs;
        for (const model::EntitySpec *spec : model::entities::all())
            specs.push_back(spec == &model::entities::kTag ? &m_tag : spec);
        specs.push_back(&m_visit);
        catalog = std::make_shared<const model::Catalog>(specs)
                      ->withField(QStringLiteral("customer"), kBudget)->withField(QStringLiteral("deal"), kMotto)->withField(QStringLiteral("deal"), kCustomerPhone);
    }

    model::CatalogPointer catalog;
    std::vector<store::NumberedMigration> steps{{addNotes}, {addToDates}, {dropNotes}};

private:
    static constexpr model::FieldSpec kBudget = {.id = 200, .name = "budget", .type = model::FieldType::Money, .label = "Budget", .flags = model::Sortable};
    static constexpr model::FieldSpec kMotto = {.id = 201, .name = "motto", .type = model::FieldType::Text, .label = "Motto"};
    static constexpr model::ComputedSpec kPhoneOf = {.resultType = model::FieldType::Phone, .reference = "customer", .value = "phone"};
    static constexpr model::FieldSpec kCustomerPhone = {.id = 200, .name = "customer_phone", .type = model::FieldType::Computed, .label = "Phone", .computed = &kPhoneOf};
    static constexpr model::FieldSpec kVisitFields[] = {{.id = 1, .name = "what", .type = model::FieldType::Text, .label = "What", .flags = model::Title | model::Sortable}};

    std::vector<model::FieldSpec> m_tagFields;
    model::EntitySpec m_tag;
    model::EntitySpec m_visit{.id = 900, .name = "visit", .label = "Visit", .pluralLabel = "Visits", .fields = kVisitFields};
};

} // namespace

class TestOldProfiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(storage::encrypted_vfs::registerOver(kVfs, m_disk.name()).ok()); }
    void everySchemaVersionHasAProfile();
    void opensAndKeepsEveryValue_data() { listProfiles(); }
    void opensAndKeepsEveryValue();
    void aLaterProgramKeepsEveryValue_data() { listProfiles(); }
    void aLaterProgramKeepsEveryValue();
    void goesOnAfterAPowerCutAtAnyWrite();
    void goesOnAfterAnyFailure_data();
    void goesOnAfterAnyFailure();
    void keepsTheStepsThatWereDone();
    void isStoppedAndGoesOn();
    void asksForRoomBeforeItBegins();
    void needsLittleRoomForAPlainField();

private:
    static void listProfiles()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : oldProfiles())
            QTest::newRow(qPrintable(name)) << name;
    }

    storage::OpenOptions fileOptions() const
    {
        storage::OpenOptions options;
        options.path = QStringLiteral("/old.db");
        options.key = m_key;
        options.createIfMissing = true;
        options.vfsName = kVfs;
        return options;
    }

    void layOnDisk(const QString &name)
    {
        m_disk.restore({});
        auto connection = storage::Connection::open(fileOptions());
        QVERIFY(connection.ok());
        QVERIFY(unpackPages(readFile(profilesFolder() + QLatin1Char('/') + name + QStringLiteral("/pages.zst")), **connection).ok());
    }

    base::Result<std::unique_ptr<store::Store>> open(const model::CatalogPointer &catalog, const std::vector<store::NumberedMigration> &steps,
                                                     store::MigrationOptions migration = {})
    {
        migration.numbered = &steps;
        store::StoreOptions options;
        options.path = QStringLiteral("/old.db");
        options.key = m_key;
        options.createIfMissing = true;
        options.vfsName = kVfs;
        options.catalog = catalog;
        options.clock = &m_clock;
        options.random = &m_random;
        options.migration = std::make_shared<const store::MigrationOptions>(std::move(migration));
        return store::Store::open(std::move(options));
    }

    /// What of the profile's values the file on the disk has lost, by the steps and catalog of the later program.
    QString judge(const QJsonObject &golden)
    {
        const auto opened = open(m_later.catalog, m_later.steps);
        if (!opened.ok())
            return opened.error().detail;
        const auto content = contentOf((*opened)->connection());
        if (!content.ok())
            return content.error().detail;
        QJsonObject now = *content;
        QJsonObject tables = now.value(QStringLiteral("tables")).toObject();
        QJsonArray meta = tables.value(QStringLiteral("meta")).toArray();
        int runs = 0;
        for (qsizetype i = meta.size() - 1; i >= 0; --i) {
            if (meta.at(i).toObject().value(QStringLiteral("name")).toString() == QLatin1StringView("'test.runs'")) {
                runs = meta.at(i).toObject().value(QStringLiteral("value")).toString() == QLatin1StringView("'x'") ? 1 : 2;
                meta.removeAt(i);
            }
        }
        tables.insert(QStringLiteral("meta"), meta);
        now.insert(QStringLiteral("tables"), tables);
        if (runs != 1)
            return QStringLiteral("a numbered step ran %1 times").arg(runs);
        if (tables.contains(QStringLiteral("passing")) || now.value(QStringLiteral("schema_version")).toInt() != 4)
            return QStringLiteral("a numbered step is missing");
        const auto phones = (*opened)->connection().queryInt64(QLatin1StringView("SELECT count(*) FROM deal WHERE customer_phone IS NOT NULL"));
        if (!phones.ok() || *phones == 0)
            return QStringLiteral("the derived field is empty");
        return lostValue(golden, now, *m_later.catalog);
    }

    static int step() { return qEnvironmentVariableIntValue("FIELDFARE_CRASH_ROUNDS") > 0 ? 1 : kFaultsEach; }

    FaultDisk m_disk{"old-profiles-disk"};
    TestClock m_clock;
    TestRandom m_random;
    std::shared_ptr<const storage::DataKey> m_key = std::make_shared<const storage::DataKey>(storage::DataKey::generate(m_random));
    LaterProgram m_later;
};

void TestOldProfiles::everySchemaVersionHasAProfile()
{
    QSet<int> versions;
    for (const QString &name : oldProfiles())
        versions.insert(goldenOf(name).value(QStringLiteral("schema_version")).toInt());
    for (int version = 1; version <= store::kSchemaVersion; ++version)
        QVERIFY2(versions.contains(version), qPrintable(QStringLiteral("tests/data/profiles has none of version %1; see its README.md").arg(version)));
    for (const QString &name : oldProfiles()) {
        const QString folder = profilesFolder() + QLatin1Char('/') + name;
        for (const char *file : {"/pages.zst", "/content.json.zst"}) {
            const qint64 size = QFile(folder + QLatin1StringView(file)).size();
            QVERIFY(size > 0 && size < 100'000);
        }
    }
}

void TestOldProfiles::opensAndKeepsEveryValue()
{
    QFETCH(QString, name);
    QTemporaryDir temporary;
    const store::ProfilePaths paths{temporary.filePath(QStringLiteral("profile"))};
    QVERIFY(QDir().mkpath(paths.folder));
    const QString from = profilesFolder() + QLatin1Char('/') + name;
    QVERIFY(QFile::copy(from + QStringLiteral("/fieldfare.key"), paths.keyFile()));
    const base::Secret passphrase = storage::passphraseBytes(QString::fromLatin1(kOldPassphrase));
    const auto profile = store::Profile::open(paths.folder, passphrase);
    QVERIFY(profile.ok());
    const QJsonObject golden = goldenOf(name);
    {
        storage::OpenOptions options;
        options.path = paths.database();
        options.key = profile->key();
        options.createIfMissing = true;
        auto connection = storage::Connection::open(options);
        QVERIFY(connection.ok());
        QVERIFY(unpackPages(readFile(from + QStringLiteral("/pages.zst")), **connection).ok());
    }
    auto opened = profile->openStore(m_clock, m_random);
    QVERIFY2(opened.ok(), opened.ok() ? "" : qPrintable(opened.error().detail));
    store::Store &store = **opened;
    const auto content = contentOf(store.connection());
    QVERIFY(content.ok());
    const QString lost = lostValue(golden, *content, *store.catalog());
    QVERIFY2(lost.isEmpty(), qPrintable(lost));
    QCOMPARE(content->value(QStringLiteral("schema_version")).toInt(), store::kSchemaVersion);
    // As a person sees it.
    const model::Entity &customer = *store.catalog()->entity(model::entities::kCustomer.id);
    const auto zhang = store.resolve(customer.id(), QStringLiteral("张伟"));
    QVERIFY(zhang.ok());
    QCOMPARE(valueOf(store, "customer", *zhang, "birth_date"), model::Value(std::int64_t(QDate(1970, 1, 1).daysTo(QDate(1980, 2, 29)))));
    const auto oak = store.resolve(customer.id(), QStringLiteral("Acorn & Söhne"));
    QVERIFY(oak.ok());
    QCOMPARE(valueOf(store, "customer", *oak, "revenue"), model::Value(model::Money::of(123456789, QStringLiteral("EUR"))));
    QVERIFY(store.history(customer.id(), *oak)->size() > 3);
    QVERIFY(store.lastUndoable().ok());
    for (bool more = true; more;) {
        const auto folded = store::search::foldSome(store.connection(), *store.catalog());
        QVERIFY(folded.ok());
        more = *folded;
    }
    const auto report = store::checkProfile(store);
    QVERIFY(report.ok());
    QVERIFY2(report->isOk(), qPrintable((report->indexProblems + report->searchProblems + report->versionProblems).join(QLatin1Char('\n'))));
}

void TestOldProfiles::aLaterProgramKeepsEveryValue()
{
    QFETCH(QString, name);
    layOnDisk(name);
    QCOMPARE(judge(goldenOf(name)), QString());
    // And for the second time there is nothing to do: nothing is written.
    const int before = m_disk.changes();
    store::MigrationOptions watched;
    watched.progress = [](int) { qFatal("there is nothing to bring up to date"); return false; };
    QVERIFY(open(m_later.catalog, m_later.steps, watched).ok());
    QVERIFY(m_disk.changes() - before < 10); // the log's end
}

void TestOldProfiles::goesOnAfterAPowerCutAtAnyWrite()
{
    const QString name = oldProfiles().first();
    const QJsonObject golden = goldenOf(name);
    layOnDisk(name);
    const FaultDisk::Snapshot before = m_disk.files();
    int cuts = 0;
    for (int n = 1;; n += step()) {
        m_disk.restore(before);
        m_disk.cutPowerAfter(n);
        {
            const auto opened = open(m_later.catalog, m_later.steps);
            if (!m_disk.isWithoutPower()) {
                QVERIFY(opened.ok());
                break;
            }
        }
        m_disk.crash(std::uint64_t(n));
        const QString lost = judge(golden);
        QVERIFY2(lost.isEmpty(), qPrintable(QStringLiteral("power cut at write %1: %2").arg(n).arg(lost)));
        ++cuts;
    }
    m_disk.cutPowerAfter(0);
    QVERIFY(cuts > 20);
    qInfo("%d power cuts", cuts);
}

void TestOldProfiles::goesOnAfterAnyFailure_data()
{
    QTest::addColumn<FaultDisk::Operation>("operation");
    QTest::newRow("read") << FaultDisk::Operation::Read;
    QTest::newRow("write") << FaultDisk::Operation::Write;
    QTest::newRow("sync") << FaultDisk::Operation::Sync;
}

void TestOldProfiles::goesOnAfterAnyFailure()
{
    QFETCH(FaultDisk::Operation, operation);
    const QString name = oldProfiles().first();
    const QJsonObject golden = goldenOf(name);
    layOnDisk(name);
    const FaultDisk::Snapshot before = m_disk.files();
    int failures = 0;
    const int stride = operation == FaultDisk::Operation::Sync ? 1 : step();
    for (int n = 1;; n += stride) {
        m_disk.restore(before);
        m_disk.failNext(operation, n);
        {
            const auto opened = open(m_later.catalog, m_later.steps);
            if (!m_disk.hasFailed()) {
                QVERIFY(opened.ok());
                break;
            }
        }
        const QString lost = judge(golden);
        QVERIFY2(lost.isEmpty(), qPrintable(QStringLiteral("failure %1: %2").arg(n).arg(lost)));
        ++failures;
    }
    m_disk.failNext(operation, 0);
    QVERIFY(failures > 2);
    qInfo("%d failures", failures);
}

void TestOldProfiles::keepsTheStepsThatWereDone()
{
    const QString name = oldProfiles().first();
    layOnDisk(name);
    const std::vector<store::NumberedMigration> broken{{addNotes}, {addToDates}, {failing}};
    const auto opened = open(m_later.catalog, broken);
    QVERIFY(!opened.ok());
    QVERIFY(opened.error().code == base::ErrorCode::Io);
    {
        const auto connection = storage::Connection::open(fileOptions());
        QVERIFY(connection.ok());
        QCOMPARE(*store::schemaVersionOf(**connection), 3);
    }
    // The program before it does not touch it; the one that is repaired goes on with the third step.
    QVERIFY(open(model::Catalog::standard(), {}).error().code == base::ErrorCode::SchemaTooNew);
    QCOMPARE(judge(goldenOf(name)), QString());
}

void TestOldProfiles::isStoppedAndGoesOn()
{
    const QString name = oldProfiles().first();
    layOnDisk(name);
    QList<int> told;
    for (int round = 0; round < 100; ++round) {
        store::MigrationOptions watched;
        int left = 2 + round;
        watched.progress = [&](int percent) {
            told.append(percent);
            return --left == 0;
        };
        const auto opened = open(m_later.catalog, m_later.steps, watched);
        if (opened.ok())
            break;
        QVERIFY(opened.error().code == base::ErrorCode::Cancelled);
    }
    QVERIFY(told.contains(100));
    QCOMPARE(judge(goldenOf(name)), QString());
}

void TestOldProfiles::asksForRoomBeforeItBegins()
{
    layOnDisk(oldProfiles().first());
    const FaultDisk::Snapshot before = m_disk.files();
    std::int64_t asked = 0;
    store::MigrationOptions full;
    full.hasRoom = [&](const QString &folder, std::int64_t bytes) {
        asked = bytes;
        return folder.isEmpty();
    };
    const auto opened = open(m_later.catalog, m_later.steps, full);
    QVERIFY(!opened.ok());
    QVERIFY(opened.error().code == base::ErrorCode::DiskFull);
    QVERIFY(opened.error().detail.contains(QStringLiteral("nothing was changed")));
    QVERIFY(asked > std::int64_t(before.at("/old.db").size())); // all of it may be written anew
    QVERIFY(m_disk.files().at("/old.db") == before.at("/old.db"));
    QCOMPARE(judge(goldenOf(oldProfiles().first())), QString()); // once there is room
}

void TestOldProfiles::needsLittleRoomForAPlainField()
{
    layOnDisk(oldProfiles().first());
    const std::vector<store::NumberedMigration> none;
    static constexpr model::FieldSpec kMotto = {.id = 201, .name = "motto", .type = model::FieldType::Text, .label = "Motto"};
    std::int64_t asked = 0;
    store::MigrationOptions watched;
    watched.hasRoom = [&](const QString &, std::int64_t bytes) { return (asked = bytes) > 0; };
    QVERIFY(open(model::Catalog::standard()->withField(QStringLiteral("deal"), kMotto), none, watched).ok());
    QVERIFY(asked > 0);
    QVERIFY(asked < 10'000'000);
}

QTEST_GUILESS_MAIN(TestOldProfiles)
#include "tst_old_profiles.moc"
