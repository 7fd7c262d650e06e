// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Chosen records come back from a backup as an action that can be undone.
#include "tests/storage/store_fixture.h"

#include "core/model/entities/entities.h"
#include "core/storage/passphrase.h"
#include "core/store/backup/bringing_back.h"
#include "tests/storage/storage_fixture.h"

#include <QDir>
#include <QTest>

using namespace fieldfare;
using namespace fieldfare::store_test;
using store::BringBackOrder;
using store::BringBackPlan;
using store::ProfileBackups;

class TestBringingBack : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void nothingChangedNothingToDo();
    void onlyWhatDiffersComesBack();
    void allOfAKind();
    void whatWasNotThereThenStays();
    void whatWasLostIsMadeAnew();
    void withAServerNothingIsMadeAnew();
    void theTrashOfThatTimeIsNotEmptiedTwice();
    void undoTakesItBack();
    void onlyOfTheProfilesOwnKey();
    void damageOfTodayIsNoDamageOfTheBackup();
    void wrongOrders_data();
    void wrongOrders();

private:
    [[nodiscard]] store::Store &store() { return *m_store; }
    [[nodiscard]] const model::Catalog &catalog() { return *store().catalog(); }
    [[nodiscard]] store::BackupOrigin origin() const { return {m_profile->paths(), m_profile->key()}; }
    base::Id make(const char *name, const char *phone)
    {
        const base::Id id = store().newId();
        commit(store(), create(catalog(), "customer", {{"name", text(name)}, {"phone", text(phone)}, {"tags", text("vip, north")}}, id));
        return id;
    }
    void lose(const base::Id &id);
    void change(const base::Id &id, const std::vector<NamedValue> &values) { commit(store(), set(catalog(), "customer", id, values)); }
    base::Result<BringBackPlan> plan(const QStringList &records = {}, const QString &entity = QStringLiteral("customer"))
    {
        return store::planBringingBack(origin(), store().catalog(), {m_backup, entity, records}, m_clock);
    }
    store::CommitReport bringBack(const QStringList &records = {})
    {
        const auto planned = plan(records);
        if (!planned.ok())
            qFatal("%s", qPrintable(planned.error().detail));
        const auto report = store().commit(planned->changes);
        if (!report.ok())
            qFatal("%s", qPrintable(report.error().detail));
        return *report;
    }
    QStringList tagsOf(const base::Id &id) { return store().record(model::entities::kCustomer.id, id)->tags; }

    TestClock m_clock;
    TestRandom m_random;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::Profile> m_profile;
    std::unique_ptr<store::Store> m_store;
    QString m_backup;
    base::Id m_acme;
    base::Id m_brown;
    base::Id m_cole;
};

void TestBringingBack::init()
{
    m_store.reset();
    m_profile.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    store::Profile::Options options;
    options.key.logN = 14;
    auto profile = store::Profile::create(m_folder->filePath(QStringLiteral("profile")), storage::passphraseBytes(QStringLiteral("right")), options);
    QVERIFY(profile.ok());
    m_profile = std::make_unique<store::Profile>(std::move(profile).value());
    m_store = m_profile->openStore(m_clock, m_random).value();
    QVERIFY(store::startStandAlone(store(), {}, QStringLiteral("Ann")).ok());
    m_acme = make("Acme", "5550001");
    m_brown = make("Brown", "5550002");
    m_cole = make("Cole", "5550003");
    commit(store(), mark(catalog(), "customer", m_cole, changes::OperationKind::Trash));
    const auto backup = ProfileBackups(m_folder->filePath(QStringLiteral("backups"))).write(origin(), ProfileBackups::Wish::Full, m_clock);
    QVERIFY(backup.ok());
    m_backup = backup->folder;
    m_clock.advance(3'600'000);
}

void TestBringingBack::nothingChangedNothingToDo()
{
    const auto planned = plan();
    QVERIFY(planned.ok());
    QCOMPARE(planned->looked, 3);
    QVERIFY(planned->changes.changes.empty());
    QCOMPARE(planned->fromTrash + planned->edited + planned->fields + planned->gone, 0);
    QVERIFY(QDir(m_profile->paths().folder).entryList({QStringLiteral("bring-back-*")}, QDir::Dirs).isEmpty());
}

void TestBringingBack::onlyWhatDiffersComesBack()
{
    change(m_acme, {{"phone", text("5559999")}, {"email", text("new@example.org")}});
    change(m_brown, {{"phone", text("5558888")}});
    const auto planned = plan({m_acme.toString()});
    QVERIFY(planned.ok());
    QCOMPARE(planned->looked, 1);
    QCOMPARE(planned->edited, 1);
    QCOMPARE(planned->fields, 2);
    QCOMPARE(planned->changes.changes.size(), size_t(1));
    QVERIFY(store().commit(planned->changes).ok());
    QCOMPARE(valueOf(store(), "customer", m_acme, "phone"), text("5550001"));
    QVERIFY(valueOf(store(), "customer", m_acme, "email").isEmpty()); // empty as it was
    QCOMPARE(valueOf(store(), "customer", m_acme, "name"), text("Acme"));
    QCOMPARE(valueOf(store(), "customer", m_brown, "phone"), text("5558888")); // not asked for
    QVERIFY(plan({m_acme.toString()})->changes.changes.empty());
}

void TestBringingBack::allOfAKind()
{
    change(m_acme, {{"phone", text("5559999")}, {"tags", text("")}});
    change(m_brown, {{"name", text("Braun")}, {"tags", text("vip, south")}});
    commit(store(), mark(catalog(), "customer", m_brown, changes::OperationKind::Trash));
    const auto planned = plan();
    QVERIFY(planned.ok());
    QCOMPARE(planned->fromTrash, 1);
    QCOMPARE(planned->edited, 2);
    const store::CommitReport report = bringBack();
    QCOMPARE(report.restored, 1);
    QCOMPARE(valueOf(store(), "customer", m_acme, "phone"), text("5550001"));
    QCOMPARE(valueOf(store(), "customer", m_brown, "name"), text("Brown"));
    QCOMPARE(tagsOf(m_acme), (QStringList{QStringLiteral("north"), QStringLiteral("vip")}));
    QCOMPARE(tagsOf(m_brown), (QStringList{QStringLiteral("north"), QStringLiteral("vip")}));
    QVERIFY(!store().record(model::entities::kCustomer.id, m_brown)->trashed);
    QVERIFY(plan()->changes.changes.empty());
}

void TestBringingBack::whatWasNotThereThenStays()
{
    const base::Id later = make("Later", "5550004");
    bringBack();
    QVERIFY(!store().record(model::entities::kCustomer.id, later)->trashed);
    QCOMPARE(plan({later.toString()}).error().code, base::ErrorCode::NotFound);
}

/// As a salvage leaves it: the row is gone, what stood on other pages is not.
void TestBringingBack::lose(const base::Id &id)
{
    const auto row = store().connection().prepare(QLatin1StringView("DELETE FROM customer WHERE id = ?"));
    QVERIFY(row.ok());
    (*row)->bindBlob(1, id.toBytes());
    QVERIFY((*row)->step().ok());
}

void TestBringingBack::whatWasLostIsMadeAnew()
{
    const model::Value number = valueOf(store(), "customer", m_acme, "number");
    QVERIFY(!number.isEmpty());
    lose(m_acme);
    lose(m_cole); // was in the trash
    const auto planned = plan();
    QVERIFY(planned.ok());
    QCOMPARE(planned->lost, 1);
    QCOMPARE(planned->gone, 1);
    bringBack();
    QCOMPARE(valueOf(store(), "customer", m_acme, "name"), text("Acme"));
    QCOMPARE(valueOf(store(), "customer", m_acme, "number"), number);
    QCOMPARE(tagsOf(m_acme), (QStringList{QStringLiteral("north"), QStringLiteral("vip")}));
    const auto taggings = store().connection().queryInt64(QLatin1StringView("SELECT count(*) FROM tagging WHERE trashed = 0"));
    QCOMPARE(*taggings, 6); // two of each of three customers
    QVERIFY(plan()->changes.changes.empty());
}

/// Missing there is also what was erased, or moved out of one's rights.
void TestBringingBack::withAServerNothingIsMadeAnew()
{
    store::ProfileInfo info = store().profileInfo().value();
    info.serverUrl = QStringLiteral("https://fieldfare.example");
    QVERIFY(store().setProfileInfo(info).ok());
    lose(m_acme);
    const auto planned = plan();
    QVERIFY(planned.ok());
    QCOMPARE(planned->lost, 0);
    QCOMPARE(planned->gone, 1);
    QVERIFY(planned->changes.changes.empty());
}

void TestBringingBack::theTrashOfThatTimeIsNotEmptiedTwice()
{
    // In the trash then and now; then in the trash, now not: neither is touched.
    QVERIFY(plan({m_cole.toString()})->changes.changes.empty());
    commit(store(), mark(catalog(), "customer", m_cole, changes::OperationKind::Restore));
    QVERIFY(plan({m_cole.toString()})->changes.changes.empty());
}

void TestBringingBack::undoTakesItBack()
{
    change(m_acme, {{"phone", text("5559999")}, {"tags", text("vip")}});
    commit(store(), mark(catalog(), "customer", m_brown, changes::OperationKind::Trash));
    const store::CommitReport report = bringBack();
    QCOMPARE(valueOf(store(), "customer", m_acme, "phone"), text("5550001"));
    QCOMPARE(*store().lastUndoable(), report.action);
    QVERIFY(store().undo(report.action).ok());
    QCOMPARE(valueOf(store(), "customer", m_acme, "phone"), text("5559999"));
    QCOMPARE(tagsOf(m_acme), QStringList{QStringLiteral("vip")});
    QVERIFY(store().record(model::entities::kCustomer.id, m_brown)->trashed);
}

void TestBringingBack::onlyOfTheProfilesOwnKey()
{
    store::BackupOrigin other = origin();
    other.key = std::make_shared<const storage::DataKey>(storage::DataKey::generate(m_random));
    const auto planned = store::planBringingBack(other, store().catalog(), {m_backup, QStringLiteral("customer"), {}}, m_clock);
    QCOMPARE(planned.error().code, base::ErrorCode::FileDamaged);
}

/// Who is told that the backup is damaged throws away what is needed now.
void TestBringingBack::damageOfTodayIsNoDamageOfTheBackup()
{
    const auto root = store().connection().queryInt64(QLatin1StringView("SELECT rootpage FROM sqlite_master WHERE name = 'customer'"));
    QVERIFY(root.ok());
    QVERIFY(store().connection().execute(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")).ok());
    QVERIFY(storage_test::flipBit(m_profile->paths().database(), (*root - 1) * 4096 + 100));
    const auto planned = plan();
    QVERIFY2(planned.ok(), qPrintable(planned.ok() ? QString() : planned.error().detail));
    QVERIFY(planned->unread.has_value());
    QCOMPARE(planned->unread->code, base::ErrorCode::FileDamaged);
    QCOMPARE(planned->unread->arguments, QStringList{QString::number(*root)});
    QVERIFY(planned->changes.changes.empty() && planned->looked == 0);
}

void TestBringingBack::wrongOrders_data()
{
    QTest::addColumn<QString>("backup");
    QTest::addColumn<QString>("entity");
    QTest::addColumn<QString>("record");
    QTest::addColumn<base::ErrorCode>("code");
    QTest::newRow("no backup") << QStringLiteral("/nowhere") << QStringLiteral("customer") << QString() << base::ErrorCode::NotFound;
    QTest::newRow("no such kind") << QString() << QStringLiteral("unicorn") << QString() << base::ErrorCode::UnknownEntity;
    QTest::newRow("no such record") << QString() << QStringLiteral("customer") << QStringLiteral("Nobody") << base::ErrorCode::NotFound;
}

void TestBringingBack::wrongOrders()
{
    QFETCH(const QString, backup);
    QFETCH(const QString, entity);
    QFETCH(const QString, record);
    QFETCH(const base::ErrorCode, code);
    const BringBackOrder order{backup.isEmpty() ? m_backup : backup, entity, record.isEmpty() ? QStringList() : QStringList{record}};
    QCOMPARE(store::planBringingBack(origin(), store().catalog(), order, m_clock).error().code, code);
}

QTEST_GUILESS_MAIN(TestBringingBack)
#include "tst_bringing_back.moc"
