// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A device whose file is damaged while edits wait: salvage by the real program, and what becomes of it at a real server
// beside another device (core/store/docs/salvage.md). What was lost is counted from the pages before they are damaged.
#include "core/changes/operation.h"
#include "core/model/catalog.h"
#include "core/storage/passphrase.h"
#include "core/store/profile.h"
#include "tests/e2e/real_company.h"
#include "tests/e2e/shown_records.h"
#include "tests/storage/profile_pages.h"

#include <QDir>
#include <QJsonArray>
#include <QtTest>

#include <algorithm>
#include <iterator>
#include <set>

using namespace fieldfare;
using namespace fieldfare::testing;
using store_test::ProfilePages;

namespace {

constexpr int kBase = 150; ///< Customers that everybody has.
constexpr int kNew = 60;   ///< Customers, and a deal with each, that only the damaged device has.

QByteArray named(const char *kind, int i)
{
    return QByteArray(kind) + ' ' + QByteArray::number(1000 + i);
}

/// What a page of the outbox held.
struct Waiting {
    std::uint32_t page = 0;
    std::vector<changes::Operation> operations;

    [[nodiscard]] std::set<QString> records(changes::OperationKind kind) const
    {
        std::set<QString> ids;
        for (const changes::Operation &operation : operations) {
            if (operation.kind == kind)
                ids.insert(operation.record.toString());
        }
        return ids;
    }
};

Waiting waitingOn(ProfilePages &pages, std::uint32_t leaf)
{
    Waiting waiting{leaf, {}};
    for (const storage::SalvagedRow &row : pages.rowsOn(leaf)) {
        const auto operation = changes::decodeContent(row.values.at(1).bytes);
        if (!operation.ok())
            qFatal("an operation cannot be read");
        waiting.operations.push_back(*operation);
    }
    return waiting;
}

std::set<QString> idsOn(ProfilePages &pages, std::uint32_t leaf)
{
    std::set<QString> ids;
    for (const storage::SalvagedRow &row : pages.rowsOn(leaf))
        ids.insert(base::Id::fromBytes(row.values.at(1).bytes).toString());
    return ids;
}

/// The page of the outbox with the operation of this kind on the record; page 0: none.
Waiting waitingWith(ProfilePages &pages, changes::OperationKind kind, const QString &id)
{
    for (const std::uint32_t leaf : pages.leavesOf("outbox")) {
        Waiting waiting = waitingOn(pages, leaf);
        if (waiting.records(kind).count(id) > 0)
            return waiting;
    }
    return {};
}

/// The page of the customers that the record stands on; 0: none.
std::uint32_t leafWith(ProfilePages &pages, const QString &id)
{
    for (const std::uint32_t leaf : pages.leavesOf("customer")) {
        if (idsOn(pages, leaf).count(id) > 0)
            return leaf;
    }
    return 0;
}

QString idOf(const Records &records, const QByteArray &name)
{
    return recordNamed(records, name).value(QStringLiteral("id"));
}

/// Of a table in what the salvage said.
QJsonObject tableOf(const Said &said, const QString &name)
{
    for (const QJsonValue &table : said.json().value(QStringLiteral("tables")).toArray()) {
        if (table.toObject().value(QStringLiteral("table")).toString() == name)
            return table.toObject();
    }
    return {};
}

std::set<QString> textsOf(const QJsonValue &list)
{
    std::set<QString> texts;
    for (const QJsonValue &value : list.toArray())
        texts.insert(value.toString());
    return texts;
}

} // namespace

class TestCliSalvage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void editsThatCanBeReadReachEverybody();
    void whatTheServerHasAlreadyIsNotDoneTwice();

private:
    static void ok(const CliRunner &cli, const QStringList &line);
    static void ok(const CliRunner &cli, const char *line) { ok(cli, words(line)); }
    /// Imports rows; with `key` they update what is there.
    void import(const CliRunner &cli, const char *entity, const QByteArray &content, bool isUpdate = false);
    std::shared_ptr<const storage::DataKey> keyOf(const CliRunner &cli);
    /// Edits of the device that nobody else has: new customers with a deal each, new values in old customers, one of
    /// them trashed.
    void editWithoutSync(const CliRunner &cli);

    RealCompany m_company;
};

void TestCliSalvage::ok(const CliRunner &cli, const QStringList &line)
{
    const Said said = cli.run(line);
    QVERIFY2(said.exitCode == 0, (line.join(QLatin1Char(' ')).toUtf8() + ": " + said.err).constData());
}

void TestCliSalvage::import(const CliRunner &cli, const char *entity, const QByteArray &content, bool isUpdate)
{
    QStringList line{QStringLiteral("import"), QString::fromLatin1(entity),
                     m_company.device(QStringLiteral("any")).file(QStringLiteral("rows.csv"), content)};
    if (isUpdate)
        line += words("--key name");
    const Said said = cli.run(line);
    QVERIFY2(said.exitCode == 0, said.err.constData());
    QCOMPARE(said.number("rejected"), 0);
    QCOMPARE(said.number(isUpdate ? "updated" : "created"), qint64(content.count('\n') - 1));
}

std::shared_ptr<const storage::DataKey> TestCliSalvage::keyOf(const CliRunner &cli)
{
    const auto profile =
        store::Profile::open(cli.profile(), storage::passphraseBytes(QString::fromLatin1(CliRunner::kPassphrase)));
    if (!profile.ok())
        qFatal("%s", qPrintable(profile.error().detail));
    return profile->key();
}

void TestCliSalvage::initTestCase()
{
    VERIFY_EMPTY(m_company.begin());
    VERIFY_EMPTY(m_company.enrol(QStringLiteral("b"), QStringLiteral("bo")));
    QByteArray rows = "name,phone,description\n";
    for (int i = 0; i < kBase; ++i)
        rows += named("Base", i) + ",555" + QByteArray::number(10'000 + i) + ',' + QByteArray(200, 'd') + '\n';
    const CliRunner b = m_company.device(QStringLiteral("b"));
    import(b, "customer", rows);
    ok(b, "sync");
}

void TestCliSalvage::editWithoutSync(const CliRunner &cli)
{
    QByteArray customers = "name,phone,description\n";
    QByteArray deals = "name,customer,amount\n";
    for (int i = 0; i < kNew; ++i) {
        customers += named("New", i) + ",777" + QByteArray::number(10'000 + i) + ',' + QByteArray(200, 'n') + '\n';
        deals += named("Deal", i) + ',' + named("New", i) + ",12." + QByteArray::number(10 + i) + '\n';
    }
    import(cli, "customer", customers);
    import(cli, "deal", deals);
    QByteArray steps = "name,next_step\n";
    for (int i = 10; i < 70; ++i)
        steps += named("Base", i) + ",Step " + QByteArray::number(i) + '\n';
    for (int i = 0; i < kNew; ++i)
        steps += named("New", i) + ",Begin " + QByteArray::number(i) + '\n';
    import(cli, "customer", steps, true);
    ok(cli, QStringList{QStringLiteral("trash"), QStringLiteral("customer"), QString::fromUtf8(named("Base", 149))});
}

void TestCliSalvage::editsThatCanBeReadReachEverybody()
{
    const CliRunner a = m_company.device(QStringLiteral("a"));
    const CliRunner b = m_company.device(QStringLiteral("b"));
    VERIFY_EMPTY(m_company.enrol(QStringLiteral("a"), QStringLiteral("anna")));
    editWithoutSync(a);
    // Others go on meanwhile: also with a field that the damaged device holds an older value of.
    QByteArray phones = "name,phone\n";
    for (int i = 0; i < 30; ++i)
        phones += named("Base", i) + ",999" + QByteArray::number(10'000 + i) + '\n';
    import(b, "customer", phones, true);
    ok(b, "sync");
    const Records before = shownRecords(b, "customer");
    const Records whole = shownRecords(a, "customer");
    const Records deals = shownRecords(a, "deal");
    QCOMPARE(int(whole.size()), kBase + kNew - 1);

    // Which pages go: one with creates, one with later values, one with old customers, one with new ones.
    ProfilePages pages(a.profile(), keyOf(a));
    const Waiting creates = waitingWith(pages, changes::OperationKind::Create, idOf(whole, named("New", 20)));
    const Waiting sets = waitingWith(pages, changes::OperationKind::Set, idOf(whole, named("Base", 40)));
    QVERIFY(creates.page != 0 && sets.page != 0 && creates.page != sets.page);
    const std::set<QString> lostCreates = creates.records(changes::OperationKind::Create);
    const std::set<QString> lostSets = sets.records(changes::OperationKind::Set);
    QCOMPARE(lostCreates.size(), creates.operations.size());
    QCOMPARE(lostSets.size(), sets.operations.size());
    const std::uint32_t oldRows = leafWith(pages, idOf(whole, named("Base", 60)));
    const std::uint32_t newRows =
        leafWith(pages, *lostCreates.rbegin()); // with the last of them, and such as come behind
    QVERIFY(oldRows != 0 && newRows != 0 && oldRows != newRows);
    const std::set<QString> lostNewRows = idsOn(pages, newRows);
    std::set<QString> lostRows = idsOn(pages, oldRows);
    lostRows.insert(lostNewRows.begin(), lostNewRows.end());
    std::set<QString> gone; // neither row nor create is left
    std::set<QString> anew;
    for (const QString &id : lostCreates)
        (lostRows.contains(id) ? gone : anew).insert(id);
    QVERIFY(!gone.empty() && !anew.empty() && gone.size() < lostNewRows.size());
    for (const std::uint32_t page :
         {creates.page, sets.page, oldRows, newRows, pages.leavesOf("ix_customer__name__sort").front()})
        ProfilePages::damage(a.profile(), page);

    const Said damaged = a.run(words("check"));
    QCOMPARE(damaged.exitCode, 1);
    QCOMPARE(damaged.error().value(QStringLiteral("code")).toString(), QStringLiteral("FileDamaged"));
    const CliRunner a2 = m_company.device(QStringLiteral("a2"));
    const Said salvaged = a.run({QStringLiteral("salvage"), QStringLiteral("--to"), a2.profile()});
    QVERIFY2(salvaged.exitCode == 0, salvaged.err.constData());
    QCOMPARE(salvaged.json().value(QStringLiteral("whole")).toBool(true), false);
    QCOMPARE(salvaged.json().value(QStringLiteral("damaged_pages")).toArray().size(), 5);
    QCOMPARE(salvaged.number("lost_operations"), qint64(lostCreates.size() + lostSets.size()));
    QCOMPARE(salvaged.number("creates_issued_anew"), qint64(anew.size()));
    QCOMPARE(textsOf(tableOf(salvaged, QStringLiteral("customer")).value(QStringLiteral("lost_ids"))), lostRows);
    std::set<QString> lostEdits;
    for (const QString &id : lostSets)
        lostEdits.insert(QStringLiteral("customer %1 next_step").arg(id));
    QCOMPARE(textsOf(salvaged.json().value(QStringLiteral("lost_edits"))), lostEdits);

    ok(a2, "sync");
    ok(b, "sync");
    ok(a2, "sync");
    VERIFY_EMPTY(m_company.agree({QStringLiteral("a2"), QStringLiteral("b")}));

    // Everything that could be read is everybody's, nothing else changed.
    Records expected = before;
    for (const auto &[id, record] : whole) {
        if (before.contains(id)) {
            if (!lostSets.contains(id))
                expected[id].insert(QStringLiteral("next_step"), record.value(QStringLiteral("next_step")));
        } else if (!gone.contains(id)) {
            expected[id] = record;
        }
    }
    expected.erase(idOf(before, named("Base", 149)));
    const Records after = shownRecords(b, "customer");
    QCOMPARE(after.size(), expected.size());
    for (const auto &[id, record] : expected) {
        QVERIFY2(after.contains(id), qPrintable(record.value(QStringLiteral("name"))));
        QCOMPARE(after.at(id), record);
    }
    // A deal without its customer waits in its author's tray; the others are there with theirs.
    Records expectedDeals = deals;
    std::set<QString> tray;
    for (const auto &[id, deal] : deals) {
        if (gone.contains(idOf(whole, deal.value(QStringLiteral("customer")).toUtf8()))) {
            tray.insert(id);
            expectedDeals.erase(id);
        }
    }
    QCOMPARE(tray.size(), gone.size());
    QCOMPARE(shownRecords(b, "deal"), expectedDeals);
    std::set<QString> told;
    for (const QJsonObject &entry : a2.run(words("tray")).lines)
        told.insert(entry.value(QStringLiteral("record")).toString());
    tray.insert(gone.begin(), gone.end()); // and so does what was entered about a customer whose create is lost
    QCOMPARE(told, tray);
    QVERIFY(b.run(words("conflicts list --all")).lines.isEmpty());
}

/// The server took everything and its answers were lost with the disk; others went on with what it took.
void TestCliSalvage::whatTheServerHasAlreadyIsNotDoneTwice()
{
    const CliRunner c = m_company.device(QStringLiteral("c"));
    const CliRunner b = m_company.device(QStringLiteral("b"));
    VERIFY_EMPTY(m_company.enrol(QStringLiteral("c"), QStringLiteral("anna")));
    QByteArray customers = "name,phone,description\n";
    QByteArray steps = "name,next_step\n";
    for (int i = 0; i < 40; ++i) {
        customers += named("Twice", i) + ",333" + QByteArray::number(10'000 + i) + ',' + QByteArray(200, 't') + '\n';
        steps += named("Base", 80 + i) + ",Twice\n" + named("Twice", i) + ",Twice\n";
    }
    import(c, "customer", customers);
    import(c, "customer", steps, true);
    const auto copy = [](const QString &from, const QString &to) {
        QVERIFY(QDir().mkpath(to));
        for (const QString &name : QDir(from).entryList({QStringLiteral("fieldfare.*")}, QDir::Files))
            QVERIFY(QFile::copy(from + QLatin1Char('/') + name, to + QLatin1Char('/') + name));
    };
    const CliRunner then = m_company.device(QStringLiteral("c-then"));
    copy(c.profile(), then.profile());
    ok(c, "sync");
    const Records whole = shownRecords(c, "customer");
    ok(b, "sync");
    QByteArray others = "name,next_step\n";
    for (int i = 0; i < 40; i += 2)
        others += named("Base", 80 + i) + ",Bo\n" + named("Twice", i) + ",Bo\n";
    import(b, "customer", others, true);
    ok(b, QStringList{QStringLiteral("trash"), QStringLiteral("customer"), QString::fromUtf8(named("Twice", 9))});
    ok(b, "sync");
    Records expected = shownRecords(b, "customer");
    const Records deals = shownRecords(b, "deal");
    QVERIFY(QDir(c.profile()).removeRecursively());
    // Work goes on with the old disk: edits of records that the server has and this copy thinks it has not.
    QByteArray emails = "name,email\n";
    for (int i = 0; i < 40; ++i)
        emails += named("Twice", i) + ",twice@example.com\n";
    import(then, "customer", emails, true);
    for (auto &[id, record] : expected) {
        if (record.value(QStringLiteral("name")).startsWith(QLatin1String("Twice")))
            record.insert(QStringLiteral("email"), QStringLiteral("twice@example.com"));
    }

    ProfilePages pages(then.profile(), keyOf(then));
    const Waiting creates = waitingWith(pages, changes::OperationKind::Create, idOf(whole, named("Twice", 9)));
    const Waiting sets = waitingWith(pages, changes::OperationKind::Set, idOf(whole, named("Base", 100)));
    const std::set<QString> lostCreates = creates.records(changes::OperationKind::Create);
    const std::uint32_t rows = leafWith(pages, *lostCreates.begin());
    const std::set<QString> lostRows = idsOn(pages, rows);
    std::set<QString> refused; // the server has each of these already
    std::set_difference(lostCreates.begin(), lostCreates.end(), lostRows.begin(), lostRows.end(),
                        std::inserter(refused, refused.end()));
    QVERIFY(!refused.empty() && refused.size() < lostCreates.size());
    QVERIFY(creates.page != 0 && sets.page != 0 && creates.page != sets.page);
    for (const std::uint32_t page : {creates.page, sets.page, rows})
        ProfilePages::damage(then.profile(), page);
    const CliRunner c2 = m_company.device(QStringLiteral("c2"));
    const Said salvaged = then.run({QStringLiteral("salvage"), QStringLiteral("--to"), c2.profile()});
    QVERIFY2(salvaged.exitCode == 0, salvaged.err.constData());
    QCOMPARE(salvaged.number("creates_issued_anew"), qint64(refused.size()));

    const Said synced = c2.run(words("sync"));
    QVERIFY2(synced.exitCode == 0, synced.err.constData());
    QCOMPARE(synced.number("refused"), qint64(refused.size()));
    QCOMPARE(synced.number("conflicts"), 0);
    ok(b, "sync");
    VERIFY_EMPTY(m_company.agree({QStringLiteral("c2"), QStringLiteral("b")}));
    QCOMPARE(shownRecords(b, "customer"), expected);
    QCOMPARE(shownRecords(b, "deal"), deals);
    QVERIFY(b.run(words("conflicts list --all")).lines.isEmpty());
    std::set<QString> told;
    for (const QJsonObject &entry : c2.run(words("tray")).lines) {
        QCOMPARE(entry.value(QStringLiteral("outcome")).toString(), QStringLiteral("collision"));
        told.insert(entry.value(QStringLiteral("record")).toString());
    }
    QCOMPARE(told, refused);
}

QTEST_GUILESS_MAIN(TestCliSalvage)
#include "tst_cli_salvage.moc"
