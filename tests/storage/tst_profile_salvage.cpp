// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A profile of 2,000 customers is damaged at each class of page in turn; what is not on the damaged page comes over, nothing else
// does, and the damaged files stay as they are.
#include "core/model/entities/entities.h"
#include "core/storage/passphrase.h"
#include "core/store/check/profile_check.h"
#include "core/store/profile.h"
#include "core/store/salvage/profile_salvage.h"
#include "core/store/search/search_index.h"
#include "tests/storage/packed_profile.h"
#include "tests/storage/profile_pages.h"
#include "tests/storage/profile_rows.h"
#include "tests/storage/store_fixture.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace fieldfare;
using namespace fieldfare::store_test;

namespace {

constexpr int kCustomers = 2000;

} // namespace

class TestProfileSalvage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void aSoundProfileComesOverWhole();
    void rowsOnADamagedLeafAreLostAndNamed();
    void rowsBelowADamagedInnerPageComeOver();
    void aRowWhoseEndIsDamagedIsNamed();
    void indexesAndSearchAreMadeAnew_data();
    void indexesAndSearchAreMadeAnew();
    void theSchemaIsKnownWithoutPageOne();
    void theSaltIsFoundAgain();
    void otherEditsThatWaitAreKept();
    void whatTheCutOffFileStillHoldsComesOver();
    void anyPageMayBeDamaged();
    void rowsThatFitTwoTablesAreNobodys();
    void framesBehindADamagedOneCount();
    void thePreviousKeyFileOpens();
    void aProfileWithAServerAsksForANewName();
    void refusals();

private:
    QString freshFolder(const char *name) { return m_work->filePath(QString::fromLatin1(name)); }
    void damage(std::uint32_t page, int at = 1000) { ProfilePages::damage(m_folder, page, at); }
    base::Result<store::SalvageReport> salvage() { return store::salvageProfile(m_folder, m_to, m_passphrase, m_clock, m_random); }
    /// Salvages, and compares: only `lost` may be missing. The new profile passes a check and is found through.
    void salvageAndCompare(const QMap<QString, int> &lost, store::SalvageReport *report = nullptr);
    static void copyFolder(const QString &from, const QString &to);
    QByteArray allBytes() const;

    TestClock m_clock;
    TestRandom m_random{7};
    const base::Secret m_passphrase = storage::passphraseBytes(QStringLiteral("a damaged wing mends slowly"));
    QTemporaryDir m_made;  ///< the sound profile, as closed
    QString m_original;
    std::shared_ptr<const storage::DataKey> m_key;
    Rows m_rows;
    std::unique_ptr<ProfilePages> m_pages; ///< of the sound profile
    std::unique_ptr<QTemporaryDir> m_work;
    QString m_folder; ///< a copy to be damaged
    QString m_to;
};

void TestProfileSalvage::initTestCase()
{
    m_original = m_made.filePath(QStringLiteral("sound"));
    store::Profile::Options options;
    options.key.logN = 14;
    auto profile = store::Profile::create(m_original, m_passphrase, options);
    QVERIFY(profile.ok());
    m_key = profile->key();
    auto opened = profile->openStore(m_clock, m_random);
    QVERIFY(opened.ok());
    store::Store &store = **opened;
    QVERIFY(store::startStandAlone(store, {}, QStringLiteral("Ann Able")).ok());
    const model::Catalog &catalog = *store.catalog();
    for (int done = 0; done < kCustomers;) {
        std::vector<changes::LocalChange> changes;
        for (int i = 0; i < 250; ++i, ++done) {
            const QString name = QStringLiteral("Customer %1").arg(done * 7919 % 100'003);
            changes.push_back(create(catalog, "customer", {{"name", model::Value(name)}, {"phone", model::Value(QStringLiteral("+49 30 %1").arg(done))},
                                                           {"needs", model::Value(QString(done % 50 == 7 ? 9000 : 40, QLatin1Char('n')))}}));
            if (done % 4 == 0)
                changes.push_back(create(catalog, "contact", {{"name", model::Value(QStringLiteral("Contact %1").arg(done))}}));
        }
        QVERIFY(store.commit(setOf(std::move(changes))).ok());
    }
    for (bool more = true; more;) {
        const auto folded = store::search::foldSome(store.connection(), catalog);
        QVERIFY(folded.ok());
        more = *folded;
    }
    opened->reset();
    const auto rows = rowsIn(store::ProfilePaths{m_original}.database(), m_key);
    QVERIFY(rows.ok());
    m_rows = *rows;
    QCOMPARE(int(m_rows[QStringLiteral("customer")].size()), kCustomers);
    m_pages = std::make_unique<ProfilePages>(m_original, m_key);
}

void TestProfileSalvage::init()
{
    m_work = std::make_unique<QTemporaryDir>();
    m_folder = freshFolder("damaged");
    m_to = freshFolder("salvaged");
    copyFolder(m_original, m_folder);
}

void TestProfileSalvage::copyFolder(const QString &from, const QString &to)
{
    QVERIFY(QDir().mkpath(to));
    for (const QString &name : QDir(from).entryList({QStringLiteral("fieldfare.*")}, QDir::Files)) // not the lock
        QVERIFY(QFile::copy(from + QLatin1Char('/') + name, to + QLatin1Char('/') + name));
}

QByteArray TestProfileSalvage::allBytes() const
{
    QByteArray all;
    for (const QString &name : QDir(m_folder).entryList({QStringLiteral("fieldfare.*")}, QDir::Files, QDir::Name))
        all += name.toUtf8() + readFile(m_folder + QLatin1Char('/') + name);
    return all;
}

void TestProfileSalvage::salvageAndCompare(const QMap<QString, int> &lost, store::SalvageReport *told)
{
    const QByteArray before = allBytes();
    const auto report = salvage();
    QVERIFY2(report.ok(), report.ok() ? "" : qPrintable(report.error().detail));
    QVERIFY(allBytes() == before);
    if (told != nullptr)
        *told = *report;
    const auto rows = rowsIn(store::ProfilePaths{m_to}.database(), m_key);
    QVERIFY(rows.ok());
    QCOMPARE(missing(m_rows, *rows), lost);
    const auto profile = store::Profile::open(m_to, m_passphrase);
    QVERIFY(profile.ok());
    const auto opened = profile->openStore(m_clock, m_random);
    QVERIFY(opened.ok());
    const auto check = store::checkProfile(**opened);
    QVERIFY(check.ok());
    QVERIFY2(check->isOk() || check->danglingReferences > 0, qPrintable((check->indexProblems + check->searchProblems + check->versionProblems).join(QLatin1Char('\n'))));
    for (bool more = true; more;)
        more = *store::search::foldSome((*opened)->connection(), *(*opened)->catalog());
    QVERIFY(store::search::check((*opened)->connection(), *(*opened)->catalog())->isEmpty());
}

void TestProfileSalvage::aSoundProfileComesOverWhole()
{
    store::SalvageReport report;
    salvageAndCompare({}, &report);
    QVERIFY(report.isWhole());
    QVERIFY(report.damagedPages.isEmpty());
}

void TestProfileSalvage::rowsOnADamagedLeafAreLostAndNamed()
{
    const std::vector<std::uint32_t> leaves = m_pages->childrenOf(m_pages->rootOf("customer"));
    QVERIFY(leaves.size() > 10);
    const std::uint32_t leaf = leaves[leaves.size() / 2];
    const std::vector<storage::SalvagedRow> rows = m_pages->rowsOn(leaf);
    QVERIFY(!rows.empty());
    damage(leaf);
    store::SalvageReport report;
    salvageAndCompare({{QStringLiteral("customer"), int(rows.size())}}, &report);
    QCOMPARE(report.damagedPages, QList<quint32>{leaf});
    const auto table = std::find_if(report.tables.begin(), report.tables.end(), [](const auto &entry) { return !entry.isWhole(); });
    QVERIFY(table != report.tables.end());
    QCOMPARE(table->name, QStringLiteral("customer"));
    QCOMPARE(table->ranges.size(), 1);
    QCOMPARE(table->ranges.first().page, leaf);
    QCOMPARE(table->ranges.first().above, rows.front().rowid - 1);
    QCOMPARE(table->ranges.first().upTo, rows.back().rowid);
    QCOMPARE(table->lostRows, qint64(rows.size()));
    QStringList ids;
    for (const storage::SalvagedRow &row : rows)
        ids.append(base::Id::fromBytes(row.values[1].bytes).toString());
    QStringList told = table->lostIds;
    std::sort(ids.begin(), ids.end());
    std::sort(told.begin(), told.end());
    QCOMPARE(told, ids);
}

void TestProfileSalvage::rowsBelowADamagedInnerPageComeOver()
{
    damage(m_pages->rootOf("customer"));
    store::SalvageReport report;
    salvageAndCompare({}, &report);
    QCOMPARE(report.strayRows, 0);
    QVERIFY(!report.damagedPages.isEmpty());
}

void TestProfileSalvage::aRowWhoseEndIsDamagedIsNamed()
{
    std::uint32_t overflow = 0;
    const QByteArray pattern(3000, 'n');
    for (std::uint32_t page = 2; page <= m_pages->pages().count() && overflow == 0; ++page) {
        if (m_pages->plain(page).mid(4, 3000) == pattern)
            overflow = page;
    }
    QVERIFY(overflow != 0);
    damage(overflow);
    const auto report = salvage();
    QVERIFY(report.ok());
    qint64 torn = 0;
    qint64 lost = 0;
    for (const auto &table : report->tables) {
        torn += table.tornRows;
        lost += std::max<qint64>(0, table.lostRows);
    }
    QCOMPARE(torn, 1); // the customer, or its line in history or in the outbox
    QVERIFY(lost <= 1);
}

void TestProfileSalvage::indexesAndSearchAreMadeAnew_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("isRoot");
    for (const char *name : {"ix_customer__name__sort", "sqlite_autoindex_customer_1", "customer_names_data"}) {
        QTest::addRow("root of %s", name) << QByteArray(name) << true;
        QTest::addRow("leaf of %s", name) << QByteArray(name) << false;
    }
}

void TestProfileSalvage::indexesAndSearchAreMadeAnew()
{
    QFETCH(QByteArray, name);
    QFETCH(bool, isRoot);
    const std::uint32_t root = m_pages->rootOf(name.constData());
    const std::vector<std::uint32_t> children = m_pages->childrenOf(root);
    damage(isRoot || children.empty() ? root : children[children.size() / 2]);
    store::SalvageReport report;
    salvageAndCompare({}, &report);
    QVERIFY(report.isWhole());
    QCOMPARE(report.damagedPages.size(), 1);
}

void TestProfileSalvage::theSchemaIsKnownWithoutPageOne()
{
    const std::vector<std::uint32_t> leaves = m_pages->childrenOf(1);
    QVERIFY(leaves.size() > 2); // so page 1 holds no rows itself
    damage(1);
    salvageAndCompare({});
    // And a page of the schema's own rows: the tables are known by how this program makes them.
    for (const std::uint32_t leaf : {leaves.front(), leaves[leaves.size() / 2], leaves.back()}) {
        init();
        damage(leaf);
        salvageAndCompare({});
        if (QTest::currentTestFailed())
            return;
    }
}

void TestProfileSalvage::theSaltIsFoundAgain()
{
    damage(1, 5);
    store::SalvageReport report;
    salvageAndCompare({}, &report);
    QVERIFY(report.wasSaltMended);
}

/// Two tables alike, and a third that the rows would fit less well.
void TestProfileSalvage::rowsThatFitTwoTablesAreNobodys()
{
    storage::OpenOptions options;
    options.path = store::ProfilePaths{m_folder}.database();
    options.key = m_key;
    QList<quint32> roots;
    {
        const auto connection = storage::Connection::open(options);
        QVERIFY(connection.ok());
        for (const QString &name : {QStringLiteral("one"), QStringLiteral("other"), QStringLiteral("longer")}) {
            const bool isLonger = name == QLatin1StringView("longer");
            QVERIFY((*connection)->execute(QStringLiteral("CREATE TABLE %1(n INTEGER PRIMARY KEY, words TEXT%2)").arg(name, isLonger ? QStringLiteral(", more TEXT") : QString())).ok());
            QVERIFY((*connection)->execute(QStringLiteral("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 300) "
                                                          "INSERT INTO %1 SELECT n, hex(zeroblob(50)) || n%2 FROM c")
                                               .arg(name, isLonger ? QStringLiteral(", 'more'") : QString()))
                        .ok());
            const auto root = (*connection)->prepare(QStringLiteral("SELECT rootpage FROM sqlite_schema WHERE name = '%1'").arg(name));
            QVERIFY(root.ok() && *(*root)->step());
            roots.append(quint32((*root)->int64(0)));
        }
        QVERIFY((*connection)->checkpoint(true).ok());
    }
    for (const quint32 root : roots)
        damage(root);
    const auto report = salvage();
    QVERIFY2(report.ok(), report.ok() ? "" : qPrintable(report.error().detail));
    QCOMPARE(report->strayRows, 600);
    for (const store::SalvageReport::Table &table : report->tables) {
        if (table.name == QLatin1StringView("one") || table.name == QLatin1StringView("other"))
            QCOMPARE(table.rows, 0);
        else if (table.name == QLatin1StringView("longer"))
            QCOMPARE(table.rows, 300);
    }
}

void TestProfileSalvage::otherEditsThatWaitAreKept()
{
    const std::vector<std::uint32_t> leaves = m_pages->childrenOf(m_pages->rootOf("outbox"));
    QVERIFY(leaves.size() > 3);
    const std::vector<storage::SalvagedRow> rows = m_pages->rowsOn(leaves[1]);
    damage(leaves[1]);
    store::SalvageReport report;
    salvageAndCompare({{QStringLiteral("outbox"), int(rows.size())}}, &report);
    QCOMPARE(report.operations, qint64(m_rows[QStringLiteral("outbox")].size() - rows.size()));
    QCOMPARE(report.lostOperations, qint64(rows.size()));
}

void TestProfileSalvage::whatTheCutOffFileStillHoldsComesOver()
{
    const QString path = store::ProfilePaths{m_folder}.database();
    const auto kept = std::uint32_t(QFileInfo(path).size() / ProfilePages::kPageSize * 2 / 3);
    QVERIFY(QFile::resize(path, qint64(kept) * ProfilePages::kPageSize + 100));
    const auto report = salvage();
    QVERIFY2(report.ok(), report.ok() ? "" : qPrintable(report.error().detail));
    // Customers on pages that are there, found without the salvage's own way down the tree.
    int expected = 0;
    for (const std::uint32_t leaf : m_pages->childrenOf(m_pages->rootOf("customer")))
        expected += leaf <= kept ? int(m_pages->rowsOn(leaf).size()) : 0;
    const auto rows = rowsIn(store::ProfilePaths{m_to}.database(), m_key);
    QVERIFY(rows.ok());
    QVERIFY(expected > 100);
    // Long texts go on behind the cut.
    QVERIFY(int(rows->at(QStringLiteral("customer")).size()) <= expected);
    QVERIFY(int(rows->at(QStringLiteral("customer")).size()) >= expected - kCustomers / 50);
    QVERIFY(missing(m_rows, *rows).value(QStringLiteral("customer")) > 0);
    QVERIFY(report->damagedPages.size() > 10);
}

void TestProfileSalvage::anyPageMayBeDamaged()
{
    const auto pages = std::uint32_t(QFileInfo(store::ProfilePaths{m_original}.database()).size() / ProfilePages::kPageSize);
    const std::uint32_t step = qEnvironmentVariableIntValue("FIELDFARE_CRASH_ROUNDS") > 0 ? 1 : pages / 5;
    storage::TreeReader reader(m_pages->pages());
    for (std::uint32_t page = 2; page <= pages; page += step) {
        init();
        damage(page);
        const auto report = salvage();
        QVERIFY2(report.ok(), qPrintable(QStringLiteral("page %1").arg(page)));
        const auto rows = rowsIn(store::ProfilePaths{m_to}.database(), m_key);
        QVERIFY(rows.ok());
        // At most what stood on the page: its rows, or one row that went on there.
        const auto leaf = reader.leaf(page, false);
        const auto entries = reader.leaf(page, true);
        const int most = std::max({1, leaf ? int(leaf->size()) : 0, entries ? int(entries->size()) : 0});
        int lost = 0;
        for (const int count : missing(m_rows, *rows)) {
            QVERIFY2(count > 0, qPrintable(QStringLiteral("page %1 brings what was not there").arg(page)));
            lost += count;
        }
        QVERIFY2(lost <= most, qPrintable(QStringLiteral("page %1: %2 rows are missing, %3 were on it").arg(page).arg(lost).arg(most)));
        QVERIFY(store::Profile::open(m_to, m_passphrase)->openStore(m_clock, m_random).ok());
    }
}

void TestProfileSalvage::framesBehindADamagedOneCount()
{
    // Ten transactions that are in the log alone.
    const QString live = freshFolder("live");
    copyFolder(m_original, live);
    QStringList names;
    QString left = freshFolder("left");
    {
        const auto profile = store::Profile::open(live, m_passphrase);
        QVERIFY(profile.ok());
        auto opened = profile->openStore(m_clock, m_random);
        QVERIFY(opened.ok());
        QVERIFY((*opened)->connection().execute(QStringLiteral("PRAGMA wal_autocheckpoint = 0")).ok());
        QVERIFY(*(*opened)->connection().checkpoint(true));
        for (int i = 0; i < 10; ++i) {
            names.append(QStringLiteral("In the log %1").arg(i));
            commit(**opened, create(*(*opened)->catalog(), "team", {{"name", model::Value(names.last())}}));
        }
        copyFolder(live, left);
    }
    const QString log = store::ProfilePaths{left}.database() + QStringLiteral("-wal");
    const int frames = int((QFileInfo(log).size() - 32) / 4120);
    QVERIFY(frames > 20);
    for (int frame = 0; frame < frames; frame += 11) {
        m_folder = freshFolder("frame") + QString::number(frame);
        m_to = m_folder + QStringLiteral("-salvaged");
        copyFolder(left, m_folder);
        QFile file(store::ProfilePaths{m_folder}.database() + QStringLiteral("-wal"));
        QVERIFY(file.open(QFile::ReadWrite));
        QVERIFY(file.seek(32 + qint64(frame) * 4120 + 24 + 500));
        QVERIFY(file.write("damage") == 6);
        file.close();
        const auto report = salvage();
        QVERIFY2(report.ok(), report.ok() ? "" : qPrintable(report.error().detail));
        QVERIFY(report->damagedFrames == QList<quint32>{quint32(frame + 1)} || frame >= frames - 11);
        const auto rows = rowsIn(store::ProfilePaths{m_to}.database(), m_key);
        QVERIFY(rows.ok());
        // Later frames hold the page of the table again, with the rows before them: only the last ones can be lost.
        const auto lost = missing(m_rows, *rows);
        for (auto table = lost.begin(); table != lost.end(); ++table)
            QVERIFY2(table.value() == -1 || table.key() == QLatin1StringView("replica_state") || table.value() <= 60,
                     qPrintable(QStringLiteral("frame %1: %2 %3").arg(frame).arg(table.key()).arg(table.value())));
        if (frame < frames / 2)
            QCOMPARE(int(rows->at(QStringLiteral("team")).size()), int(m_rows[QStringLiteral("team")].size() + 10));
    }
}

void TestProfileSalvage::thePreviousKeyFileOpens()
{
    const store::ProfilePaths paths{m_folder};
    QVERIFY(QFile::copy(paths.keyFile(), paths.keyFile() + QStringLiteral(".previous")));
    QVERIFY(QFile::resize(paths.keyFile(), 60));
    store::SalvageReport report;
    salvageAndCompare({}, &report);
    QVERIFY(report.usedPreviousKey);
}

void TestProfileSalvage::aProfileWithAServerAsksForANewName()
{
    {
        const auto profile = store::Profile::open(m_folder, m_passphrase);
        const auto opened = profile->openStore(m_clock, m_random);
        auto info = (*opened)->profileInfo();
        info->serverUrl = QStringLiteral("https://example.com");
        QVERIFY((*opened)->setProfileInfo(*info).ok());
        auto state = (*opened)->replicaState();
        state->cursor = 77;
        QVERIFY((*opened)->setReplicaState(*state).ok());
    }
    const std::vector<std::uint32_t> leaves = m_pages->childrenOf(m_pages->rootOf("outbox"));
    damage(leaves[1]);
    const auto report = salvage();
    QVERIFY2(report.ok(), report.ok() ? "" : qPrintable(report.error().detail));
    QVERIFY(!report->isStandAlone);
    QVERIFY(report->operations > 0);
    QVERIFY(report->lostOperations > 0);
    QVERIFY(report->createsIssuedAnew > 0);
    const auto profile = store::Profile::open(m_to, m_passphrase);
    const auto opened = profile->openStore(m_clock, m_random);
    QVERIFY(opened.ok());
    storage::Connection &connection = (*opened)->connection();
    const auto state = (*opened)->replicaState();
    QCOMPARE(state->cursor, changes::Version(0)); // everything is downloaded again
    QVERIFY(!state->device.isNull());
    // Numbered from 1 without a gap, and no record is left that no operation makes.
    const qint64 waiting = *connection.queryInt64(QLatin1StringView("SELECT count(*) FROM outbox"));
    QCOMPARE(qint64(state->lastN), waiting);
    QCOMPARE(*connection.queryInt64(QLatin1StringView("SELECT max(n) FROM outbox")), waiting);
    QCOMPARE(*connection.queryInt64(QLatin1StringView("SELECT count(*) FROM customer WHERE created_n IS NOT NULL AND created_n NOT IN (SELECT n FROM outbox)")), 0);
    QCOMPARE(*connection.queryInt64(QLatin1StringView("SELECT count(*) FROM customer")), kCustomers);
    QCOMPARE(*connection.queryInt64(QLatin1StringView("SELECT count(*) FROM dirty_field WHERE last_n NOT IN (SELECT n FROM outbox)")), 0);
}

void TestProfileSalvage::refusals()
{
    QCOMPARE(store::salvageProfile(m_folder, m_original, m_passphrase, m_clock, m_random).error().code, base::ErrorCode::AlreadyExists);
    QCOMPARE(store::salvageProfile(freshFolder("none"), m_to, m_passphrase, m_clock, m_random).error().code, base::ErrorCode::NotFound);
    const base::Secret wrong = storage::passphraseBytes(QStringLiteral("another song"));
    QCOMPARE(store::salvageProfile(m_folder, m_to, wrong, m_clock, m_random).error().code, base::ErrorCode::WrongPassphrase);
    QCOMPARE(store::salvageProfile(m_folder, m_to, m_passphrase, m_clock, m_random, {[] { return true; }, {}}).error().code, base::ErrorCode::Cancelled);
    QVERIFY(salvage().ok()); // what was begun there is begun anew
    const auto held = store::Profile::open(m_folder, m_passphrase);
    m_to += QStringLiteral("-2");
    QCOMPARE(salvage().error().code, base::ErrorCode::ProfileInUse);
}

QTEST_GUILESS_MAIN(TestProfileSalvage)
#include "tst_profile_salvage.moc"
