// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A device whose tables were broken by hand: check, its preview and its repair by the real program, and what becomes of
// it at a real server beside another device (core/store/docs/check-and-repair.md).
#include "core/storage/passphrase.h"
#include "core/store/profile.h"
#include "core/store/search/search_index.h"
#include "tests/e2e/real_company.h"
#include "tests/e2e/shown_records.h"

#include <QJsonArray>
#include <QtTest>

using namespace fieldfare;
using namespace fieldfare::testing;

namespace {

constexpr int kCustomers = 40;

QByteArray named(const char *kind, int i)
{
    return QByteArray(kind) + ' ' + QByteArray::number(100 + i);
}

/// By kind of step, or of finding: how many records or places it is about.
QMap<QString, int> counted(const Said &said, const char *list, const char *name)
{
    QMap<QString, int> counts;
    for (const QJsonValue &entry : said.json().value(QString::fromLatin1(list)).toArray())
        counts[entry.toObject().value(QString::fromLatin1(name)).toString()] +=
            entry.toObject().value(QStringLiteral("count")).toInt(1);
    return counts;
}

} // namespace

class TestCliRepair : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whatIsRepairedUndoesNobodysEdit();
    void whatOnlyTheServerCanTellIsDownloadedAgain();

private:
    static void ok(const CliRunner &cli, const QStringList &line)
    {
        const Said said = cli.run(line);
        QVERIFY2(said.exitCode == 0, (line.join(QLatin1Char(' ')).toUtf8() + ": " + said.err).constData());
    }
    static void ok(const CliRunner &cli, const char *line) { ok(cli, words(line)); }
    CliRunner device(const char *name) const { return m_company.device(QString::fromLatin1(name)); }
    static QStringList setWords(const QByteArray &customer, const char *assignment)
    {
        return {QStringLiteral("set"), QStringLiteral("customer"), QString::fromUtf8(customer),
                QString::fromUtf8(assignment)};
    }
    void import(const CliRunner &cli, const char *entity, const QByteArray &content, bool isUpdate = false);
    /// Sets one field of the customers from `first` to before `end`.
    void importField(const CliRunner &cli, const char *field, const QByteArray &value, int first, int end);
    /// Statements by the test's own link to the profile, which no program has open.
    static void breakProfile(const CliRunner &cli, const QStringList &statements);
    /// Both devices sync until each has the other's.
    void syncAll();

    RealCompany m_company;
};

void TestCliRepair::import(const CliRunner &cli, const char *entity, const QByteArray &content, bool isUpdate)
{
    QStringList line{QStringLiteral("import"), QString::fromLatin1(entity),
                     cli.file(QStringLiteral("rows.csv"), content)};
    if (isUpdate)
        line += words("--key name");
    const Said said = cli.run(line);
    QVERIFY2(said.exitCode == 0, said.err.constData());
    QCOMPARE(said.number(isUpdate ? "updated" : "created"), qint64(content.count('\n') - 1));
}

void TestCliRepair::importField(const CliRunner &cli, const char *field, const QByteArray &value, int first, int end)
{
    QByteArray rows = "name," + QByteArray(field) + '\n';
    for (int i = first; i < end; ++i)
        rows += named("Base", i) + ',' + value + QByteArray::number(i) + '\n';
    import(cli, "customer", rows, true);
}

void TestCliRepair::breakProfile(const CliRunner &cli, const QStringList &statements)
{
    const auto profile =
        store::Profile::open(cli.profile(), storage::passphraseBytes(QString::fromLatin1(CliRunner::kPassphrase)));
    QVERIFY2(profile.ok(), profile.ok() ? "" : qPrintable(profile.error().detail));
    const base::SystemClock clock;
    base::SystemRandom random;
    const auto store = profile->openStore(clock, random);
    QVERIFY2(store.ok(), store.ok() ? "" : qPrintable(store.error().detail));
    for (bool more = true; more;) { // so that the search tables are complete before they are broken
        const auto folded = store::search::foldSome((*store)->connection(), *(*store)->catalog());
        QVERIFY(folded.ok());
        more = *folded;
    }
    for (const QString &statement : statements) {
        const auto done = (*store)->connection().execute(statement);
        QVERIFY2(done.ok(), done.ok() ? "" : qPrintable(statement + QStringLiteral(": ") + done.error().detail));
        QVERIFY2(statement.startsWith(QLatin1String("PRAGMA")) || statement.startsWith(QLatin1String("DROP")) ||
                     (*store)->connection().changes() > 0,
                 qPrintable(statement));
    }
}

void TestCliRepair::syncAll()
{
    for (const char *name : {"a", "b", "a"})
        ok(device(name), "sync");
    VERIFY_EMPTY(m_company.agree({QStringLiteral("a"), QStringLiteral("b")}));
}

void TestCliRepair::initTestCase()
{
    VERIFY_EMPTY(m_company.begin());
    VERIFY_EMPTY(m_company.enrol(QStringLiteral("b"), QStringLiteral("bo")));
    QByteArray customers = "name,phone,email\n";
    QByteArray deals = "name,customer,amount\n";
    for (int i = 0; i < kCustomers; ++i) {
        customers += named("Base", i) + ",5550" + QByteArray::number(100 + i) + ",base@example.com\n";
        deals += named("Deal", i) + ',' + named("Base", i) + ",10\n";
    }
    import(device("b"), "customer", customers);
    import(device("b"), "deal", deals);
    ok(device("b"), "sync");
    VERIFY_EMPTY(m_company.enrol(QStringLiteral("a"), QStringLiteral("anna")));
}

void TestCliRepair::whatIsRepairedUndoesNobodysEdit()
{
    const CliRunner a = device("a");
    const CliRunner b = device("b");
    importField(b, "phone", "111000", 0, 20); // which the device learns
    ok(b, "sync");
    importField(a, "description", "Anna ", 0, 21); // whose versions it has in its history
    ok(a, "sync");
    importField(a, "next_step", "Anna ", 5, 15); // which waits
    importField(b, "phone", "222000", 0, 10);    // which the device has not heard of
    ok(b, QStringList{QStringLiteral("trash"), QStringLiteral("customer"), QString::fromUtf8(named("Base", 39))});
    ok(b, "sync");
    breakProfile(
        a, {QStringLiteral("PRAGMA writable_schema = ON"), QStringLiteral("DROP INDEX ix_customer__name__sort"),
            QStringLiteral("CREATE INDEX ix_customer__name__sort ON customer(trashed, name) WHERE name > 'Base 120'"),
            QStringLiteral("UPDATE sqlite_schema SET sql = 'CREATE INDEX ix_customer__name__sort ON customer(trashed, "
                           "name)' WHERE name = 'ix_customer__name__sort'"),
            QStringLiteral("PRAGMA writable_schema = RESET"),
            QStringLiteral("DELETE FROM customer WHERE name = 'Base 130'"), // which a deal is about
            QStringLiteral("INSERT INTO deal_names(deal_names, rowid, words) SELECT 'delete', rid, name FROM deal "
                           "WHERE name < 'Deal 110'"),
            QStringLiteral("UPDATE customer SET vx = x'ff' WHERE name < 'Base 115'"),
            QStringLiteral("UPDATE customer SET v = -1 WHERE name BETWEEN 'Base 115' AND 'Base 120'")});

    const Said found = a.run(words("check"));
    QCOMPARE(found.exitCode, 1);
    const QMap<QString, int> findings = counted(found, "findings", "kind");
    QCOMPARE(findings.value(QStringLiteral("versions")), 21);
    QCOMPARE(findings.value(QStringLiteral("reference")), 1);
    QVERIFY(findings.contains(QStringLiteral("index")) && findings.contains(QStringLiteral("search")));
    const Said preview = a.run(words("check --repair --dry-run"));
    const QMap<QString, int> planned = counted(preview, "repairs", "repair");
    QVERIFY(planned.contains(QStringLiteral("reindex")) && planned.contains(QStringLiteral("rebuild_search")));
    QCOMPARE(planned.value(QStringLiteral("recompute_versions")), 21);
    QCOMPARE(counted(preview, "repairs", "state").keys(), QStringList{QStringLiteral("planned")});
    const Said repaired = a.run(words("check --repair"));
    QVERIFY2(repaired.exitCode == 0, repaired.out + repaired.err);
    QCOMPARE(counted(repaired, "repairs", "repair"), planned); // so the preview changed nothing
    QCOMPARE(counted(repaired, "repairs", "state").keys(), QStringList{QStringLiteral("done")});
    const Said second = a.run(words("check"));
    QVERIFY2(second.exitCode == 0, second.out + second.err);
    QCOMPARE(counted(second, "findings", "repair").keys(),
             QStringList{QStringLiteral("nothing")}); // the record that is not here

    // The first edit of a field whose version was found in history is no conflict.
    ok(a, setWords(named("Base", 12), "description=Again"));
    ok(a, "sync");
    syncAll();
    const Records customers = shownRecords(a, "customer"); // and the other device shows the same
    QCOMPARE(int(customers.size()), kCustomers - 1);
    for (int i = 0; i < kCustomers - 1; ++i) {
        const QMap<QString, QString> customer = recordNamed(customers, named("Base", i));
        const QByteArray number = QByteArray::number(i);
        QCOMPARE(customer.value(QStringLiteral("phone")).toUtf8(), i < 10   ? "222000" + number
                                                                   : i < 20 ? "111000" + number
                                                                            : "5550" + QByteArray::number(100 + i));
        QCOMPARE(customer.value(QStringLiteral("next_step")).toUtf8(),
                 i >= 5 && i < 15 ? "Anna " + number : QByteArray());
        QCOMPARE(customer.value(QStringLiteral("description")).toUtf8(), i == 12  ? QByteArray("Again")
                                                                         : i < 21 ? "Anna " + number
                                                                                  : QByteArray());
    }
    QVERIFY(a.run(words("conflicts list --all")).lines.isEmpty());
    QVERIFY(a.run(words("tray")).lines.isEmpty());
    const Said last = a.run(words("check"));
    QCOMPARE(last.text("server"), QStringLiteral("equal"));
    QVERIFY2(last.json().value(QStringLiteral("findings")).toArray().isEmpty(), last.out.constData());
    QCOMPARE(a.run({QStringLiteral("search"), QStringLiteral("Deal 105")}).lines.size(), 1);
}

void TestCliRepair::whatOnlyTheServerCanTellIsDownloadedAgain()
{
    const CliRunner a = device("a");
    const CliRunner b = device("b");
    ok(a, setWords(named("Base", 20), "next_step=Waits"));
    breakProfile(a, {QStringLiteral("UPDATE deal SET customer = randomblob(16) WHERE name = 'Deal 103'"),
                     QStringLiteral("UPDATE customer SET phone = '000000' WHERE name IN ('Base 133', 'Base 120')"),
                     QStringLiteral("DELETE FROM customer WHERE name = 'Base 134'")});
    const Said found = a.run(words("check"));
    QCOMPARE(found.exitCode, 1);
    QCOMPARE(found.text("server"), QStringLiteral("different"));
    QCOMPARE(counted(found, "findings", "kind"),
             (QMap<QString, int>{{QStringLiteral("reference"), 2}, {QStringLiteral("search"), 1}}));
    const QStringList steps{QStringLiteral("download_again"), QStringLiteral("rebuild_search")};
    const Said preview = a.run(words("check --repair --dry-run"));
    QCOMPARE(preview.exitCode, 1);
    QCOMPARE(counted(preview, "repairs", "repair").keys(), steps);
    QCOMPARE(counted(preview, "repairs", "state").keys(), QStringList{QStringLiteral("planned")});
    QCOMPARE(a.run(words("check")).text("server"), QStringLiteral("different"));
    const Said repaired = a.run(words("check --repair"));
    QVERIFY2(repaired.exitCode == 0, repaired.out + repaired.err);
    QCOMPARE(counted(repaired, "repairs", "repair").keys(), steps);
    QCOMPARE(counted(repaired, "repairs", "state").keys(), QStringList{QStringLiteral("done")});

    ok(b, setWords(named("Base", 21), "next_step=Bo"));
    ok(b, "sync");
    syncAll();
    const Records customers = shownRecords(a, "customer");
    QCOMPARE(int(customers.size()), kCustomers - 1);
    QCOMPARE(recordNamed(customers, named("Base", 33)).value(QStringLiteral("phone")), QStringLiteral("5550133"));
    QCOMPARE(recordNamed(customers, named("Base", 20)).value(QStringLiteral("phone")), QStringLiteral("5550120"));
    QCOMPARE(recordNamed(customers, named("Base", 20)).value(QStringLiteral("next_step")), QStringLiteral("Waits"));
    QCOMPARE(recordNamed(customers, named("Base", 21)).value(QStringLiteral("next_step")), QStringLiteral("Bo"));
    QCOMPARE(recordNamed(shownRecords(a, "deal"), named("Deal", 3)).value(QStringLiteral("customer")),
             QString::fromUtf8(named("Base", 3)));
    QVERIFY(a.run(words("conflicts list --all")).lines.isEmpty());
    const Said last = a.run(words("check"));
    QCOMPARE(last.text("server"), QStringLiteral("equal"));
    QVERIFY2(last.json().value(QStringLiteral("findings")).toArray().isEmpty(), last.out.constData());
}

QTEST_GUILESS_MAIN(TestCliRepair)
#include "tst_cli_repair.moc"
