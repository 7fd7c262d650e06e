// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/real_company.h"

#include <QDir>
#include <QJsonArray>
#include <QSet>
#include <QtTest>

#include <random>

using namespace fieldfare::testing;

namespace {

constexpr int kPatienceMs = 60'000;

} // namespace

/// A profile that began alone joins a real server. FIELDFARE_ROUNDS=n kills in n rounds, FIELDFARE_SEED=s repeats one.
class TestCliAttach : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(m_company.begin(), QString());
        QCOMPARE(m_company.enrol(QStringLiteral("b"), QStringLiteral("bo")), QString());
        const CliRunner b = m_company.device(QStringLiteral("b"));
        ok(b.run({QStringLiteral("create"), QStringLiteral("customer"), QStringLiteral("name=Acme Ltd"), QStringLiteral("email=info@acme.example"), QStringLiteral("tags=VIP")}));
        ok(b.run(words("create customer name=Holder number=K-77")));
        ok(b.run(words("sync")));
    }

    void cleanupTestCase()
    {
        QCOMPARE(m_company.stop(), QString());
        qInfo("%d programs were killed at work, %d had ended before", m_killed, m_late);
    }

    void aRefusedAttachLeavesTheProfileAsItWas_data()
    {
        QTest::addColumn<QStringList>("line");
        QTest::addColumn<QString>("password");
        QTest::addColumn<QByteArray>("why");
        QTest::addColumn<int>("exitCode");
        const QString good = QString::fromLatin1(RealCompany::kUserPassword);
        const QStringList enrol = attach();
        QTest::newRow("password") << enrol << QStringLiteral("wrong-password") << QByteArray("does not accept") << 1;
        QTest::newRow("certificate") << QStringList{QStringLiteral("attach"), QStringLiteral("--server"), url(), QStringLiteral("--user"), QStringLiteral("anna"),
                                                    QStringLiteral("--fingerprint"), QString(64, QLatin1Char('a'))}
                                     << good << QByteArray("certificate") << 1;
        QTest::newRow("nobody there") << QStringList{QStringLiteral("attach"), QStringLiteral("--server"), QStringLiteral("https://127.0.0.1:1"), QStringLiteral("--user"),
                                                     QStringLiteral("anna"), QStringLiteral("--ca"), m_company.data() + QStringLiteral("/ca.crt")}
                                      << good << QByteArray("cannot be reached") << 1;
        QTest::newRow("no server") << words("attach") << good << QByteArray("--server") << 2;
        QTest::newRow("no policy") << enrol + words("--duplicates perhaps") << good << QByteArray("keep or skip") << 2;
    }

    void aRefusedAttachLeavesTheProfileAsItWas()
    {
        QFETCH(const QStringList, line);
        QFETCH(const QString, password);
        QFETCH(const QByteArray, why);
        QFETCH(const int, exitCode);
        CliRunner a = alone(QStringLiteral("refused"));
        const QByteArray before = contentOf(a.profile() + QStringLiteral("/fieldfare.db"));
        a.setEnvironment(QStringLiteral("FIELDFARE_PASSWORD"), password);
        const Said said = a.run(line);
        QCOMPARE(said.exitCode, exitCode);
        QVERIFY(said.out.isEmpty());
        QVERIFY2(said.err.contains(why), said.err.constData());
        QVERIFY(contentOf(a.profile() + QStringLiteral("/fieldfare.db")) == before);
        QCOMPARE(files(a), (QStringList{QStringLiteral("fieldfare.db"), QStringLiteral("fieldfare.key")}));
    }

    void aDryRunTellsAndChangesNothing()
    {
        const CliRunner a = alone(QStringLiteral("a"));
        fill(a);
        const QByteArray before = contentOf(a.profile() + QStringLiteral("/fieldfare.db"));
        const qint64 there = countAt("b");
        const Said said = a.run(attach() + words("--dry-run"));
        ok(said);
        QVERIFY(!said.json().value(QStringLiteral("attached")).toBool(true));
        QCOMPARE(said.number("taken"), 12);
        QCOMPARE(said.number("in_trash"), 1);
        QCOMPARE(said.number("duplicates"), 1);
        QCOMPARE(said.number("skipped"), 0);
        QCOMPARE(said.number("renumbered"), 6);
        const QJsonObject pair = said.json().value(QStringLiteral("duplicate_list")).toArray().first().toObject();
        QCOMPARE(pair.value(QStringLiteral("by")).toString(), QStringLiteral("email"));
        QCOMPARE(pair.value(QStringLiteral("present")).toObject().value(QStringLiteral("title")).toString(), QStringLiteral("Acme Ltd"));
        QVERIFY(contentOf(a.profile() + QStringLiteral("/fieldfare.db")) == before);
        QCOMPARE(countAt("b"), there);
        const Said table = a.runPlain(attach() + words("--dry-run")); // goes on from the download
        QVERIFY2(table.out.contains("(same email)") && table.out.contains("K-77 -> C-"), table.out.constData());
        QVERIFY2(table.err.contains("going on with"), table.err.constData());
        // A profile that is alone still works alone, and says that it is.
        QCOMPARE(a.run(words("sync")).exitCode, 1);
        ok(a.run(words("attach --discard")));
        QCOMPARE(files(a), (QStringList{QStringLiteral("fieldfare.db"), QStringLiteral("fieldfare.key")}));
    }

    void everythingComesAlong()
    {
        const CliRunner a = m_company.device(QStringLiteral("a"));
        ok(a.run(attach() + words("--dry-run")));
        ok(a.run(words("set customer Own description=later"))); // between the dry run and the attach
        const QByteArray before = exported(a, "ticket");
        CliRunner noPassword = a;
        noPassword.setEnvironment(QStringLiteral("FIELDFARE_PASSWORD"), QString());
        const Said said = noPassword.run(words("attach")); // goes on by itself
        ok(said);
        QVERIFY(said.json().value(QStringLiteral("attached")).toBool());
        QCOMPARE(said.number("refused"), 0);
        QCOMPARE(said.number("conflicts"), 0);
        QCOMPARE(said.number("pushed"), 16); // one lies in the trash; three fields for former numbers
        QCOMPARE(said.text("former"), a.profile() + QStringLiteral("/before-attach.db"));
        QCOMPARE(files(a), (QStringList{QStringLiteral("before-attach.db"), QStringLiteral("fieldfare.db"), QStringLiteral("fieldfare.key")}));
        ok(a.run(words("sync")));
        ok(m_company.device(QStringLiteral("b")).run(words("sync")));
        QCOMPARE(m_company.agree({QStringLiteral("a"), QStringLiteral("b")}), QString());
        QVERIFY(before != exported(a, "ticket")); // its number is another
        for (const char *name : {"a", "b"}) {
            const CliRunner one = m_company.device(QString::fromLatin1(name));
            QCOMPARE(one.run(words("get customer ACME")).json().value(QStringLiteral("tags")).toVariant().toStringList(), (QStringList{QStringLiteral("Key"), QStringLiteral("VIP")}));
            const Said own = one.run(words("get customer Own"));
            QCOMPARE(own.text("description"), QStringLiteral("later"));
            QCOMPARE(own.text("number").left(2), QStringLiteral("C-"));
            QCOMPARE(one.run(words("get customer Kept")).text("number"), QStringLiteral("X-9"));
            const Said child = one.run(words("get customer Child"));
            QCOMPARE(child.text("owner"), QStringLiteral("anna"));
            QCOMPARE(child.text("parent"), QStringLiteral("Own"));
            const Said deal = one.run(words("get deal Roof"));
            QCOMPARE(deal.text("customer"), QStringLiteral("ACME"));
            QCOMPARE(deal.text("amount"), QStringLiteral("1250.00 CHF"));
            QCOMPARE(deal.text("stage"), QStringLiteral("Won"));
            QCOMPARE(one.run(words("get ticket Broken")).text("customer"), QStringLiteral("Own"));
            QCOMPARE(one.run(words("list customer --trashed")).text("name"), QStringLiteral("Old"));
            QVERIFY(one.run(words("tray list")).lines.isEmpty());
            QSet<QString> found;
            for (const QJsonObject &hit : one.run(words("search K-77")).lines)
                found.insert(hit.value(QStringLiteral("title")).toString());
            QCOMPARE(found, (QSet<QString>{QStringLiteral("Holder"), QStringLiteral("Own")})); // the one by its former number
            QCOMPARE(distinctNumbers(one), countOf(one));
        }
        QVERIFY(a.run(words("create customer name=Next")).text("number").startsWith(QStringLiteral("C-0")));
        ok(a.run(words("undo")));
    }

    void theSameCommandGoesOnOnceAttached()
    {
        const CliRunner a = m_company.device(QStringLiteral("a"));
        const Said again = a.run(attach());
        ok(again);
        QVERIFY(again.json().value(QStringLiteral("resumed")).toBool());
        const Said elsewhere = a.run(words("attach --server https://elsewhere.example --user anna"));
        QCOMPARE(elsewhere.exitCode, 1);
        QVERIFY2(elsewhere.err.contains("already"), elsewhere.err.constData());
    }

    void theWholeImportIsUndone()
    {
        const CliRunner a = m_company.device(QStringLiteral("a"));
        const CliRunner b = m_company.device(QStringLiteral("b"));
        ok(a.run(words("undo")));
        ok(a.run(words("sync")));
        ok(b.run(words("sync")));
        QCOMPARE(m_company.agree({QStringLiteral("a"), QStringLiteral("b")}), QString());
        for (const CliRunner &one : {a, b}) {
            QCOMPARE(countOf(one), 2); // Acme Ltd and Holder
            QCOMPARE(one.run(words("count deal")).number("count"), 0);
            QCOMPARE(one.run(words("count contact")).number("count"), 0);
            QVERIFY(one.run(words("list customer --trashed")).lines.size() >= 5);
        }
    }

    void duplicatesMayBeLeftOut()
    {
        const CliRunner a = alone(QStringLiteral("skipping"));
        ok(a.run(words("create customer name=Acme email=INFO@acme.example level=a")));
        ok(a.run(words("create contact name=Jo customer=Acme")));
        const Said said = a.run(attach() + words("--duplicates skip"));
        ok(said);
        QCOMPARE(said.number("skipped"), 1);
        const CliRunner b = m_company.device(QStringLiteral("b"));
        ok(b.run(words("sync")));
        QCOMPARE(b.run(words("get contact Jo")).text("customer"), QStringLiteral("Acme Ltd"));
        QCOMPARE(b.run({QStringLiteral("get"), QStringLiteral("customer"), QStringLiteral("Acme Ltd")}).text("level"), QString());
    }

    void withoutTheServerItWaitsAndIsSentLater()
    {
        const CliRunner a = alone(QStringLiteral("waiting"));
        ok(a.run(words("create customer name=Patience")));
        ok(a.run(attach() + words("--dry-run")));
        QCOMPARE(m_company.stop(), QString());
        const Said refused = a.run(words("attach")); // it looks for newer records of the server first
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.contains("cannot be reached"), refused.err.constData());
        QCOMPARE(a.run(words("count customer")).number("count"), 1);
        QCOMPARE(m_company.start(), QString());
        ok(a.run(words("attach")));
        QCOMPARE(m_company.device(QStringLiteral("b")).run(words("sync")).exitCode, 0);
        QCOMPARE(m_company.device(QStringLiteral("b")).run(words("count customer --where name=Patience")).number("count"), 1);
    }

    void aKillAtAnyMoment_data()
    {
        QTest::addColumn<quint64>("seed");
        const quint64 one = qEnvironmentVariable("FIELDFARE_SEED").toULongLong();
        const quint64 rounds = qEnvironmentVariable("FIELDFARE_ROUNDS", QStringLiteral("1")).toULongLong();
        for (quint64 seed = one != 0 ? one : 1; seed <= (one != 0 ? one : rounds); ++seed)
            QTest::addRow("FIELDFARE_SEED=%llu", static_cast<unsigned long long>(seed)) << seed;
    }

    void aKillAtAnyMoment()
    {
        QFETCH(const quint64, seed);
        std::mt19937_64 random(seed);
        const QString name = QStringLiteral("k%1").arg(seed);
        const CliRunner a = alone(name);
        QByteArray rows("name,phone,tags\n");
        const int count = 500 + int(random() % 1500);
        for (int i = 0; i < count; ++i)
            rows += name.toUtf8() + '-' + QByteArray::number(i) + ",+49301" + QByteArray::number(100'000 + i) + ",t" + QByteArray::number(i % 7) + '\n';
        ok(a.run({QStringLiteral("import"), QStringLiteral("customer"), a.file(name + QStringLiteral(".csv"), rows)}));
        for (int kills = 3; kills > 0; --kills) {
            const auto attaching = a.start(attach() + words("--json"));
            const bool isLate = attaching->waitForFinished(int(random() % 2600));
            attaching->kill();
            attaching->waitForFinished(kPatienceMs);
            isLate ? ++m_late : ++m_killed;
            if (isLate)
                QCOMPARE(attaching->exitCode(), 0);
            const qint64 here = a.run({QStringLiteral("count"), QStringLiteral("customer"), QStringLiteral("--where"), QStringLiteral("name startswith ") + name}).number("count");
            QCOMPARE(here, count); // alone or attached: whole
            QCOMPARE(a.run(words("check")).exitCode, 0);
        }
        ok(a.run(attach()));
        const CliRunner b = m_company.device(QStringLiteral("b"));
        ok(a.run(words("sync")));
        ok(b.run(words("sync")));
        QCOMPARE(m_company.agree({name, QStringLiteral("b")}), QString());
        QCOMPARE(b.run({QStringLiteral("count"), QStringLiteral("customer"), QStringLiteral("--where"), QStringLiteral("name startswith ") + name}).number("count"), count);
        QCOMPARE(distinctNumbers(b), countOf(b));
        QCOMPARE(files(a), (QStringList{QStringLiteral("before-attach.db"), QStringLiteral("fieldfare.db"), QStringLiteral("fieldfare.key")}));
    }

private:
    static void ok(const Said &said) { QVERIFY2(said.exitCode == 0, said.err.constData()); }
    [[nodiscard]] QString url() const { return QStringLiteral("https://127.0.0.1:%1").arg(m_company.port()); }

    [[nodiscard]] QStringList attach() const
    {
        QStringList line = m_company.enrolWords(QStringLiteral("anna"));
        line.first() = QStringLiteral("attach");
        return line;
    }

    /// A profile without a server; made anew.
    [[nodiscard]] CliRunner alone(const QString &name) const
    {
        CliRunner runner = m_company.device(name);
        QDir(runner.profile()).removeRecursively();
        ok(runner.run(words("init --user me --currency CHF")));
        return runner;
    }

    static void fill(const CliRunner &a)
    {
        ok(a.run(words("create customer name=ACME email=Info@acme.example tags=vip,Key")));
        ok(a.run(words("create customer name=Own number=K-77")));
        ok(a.run(words("create customer name=Child parent=Own owner=me")));
        ok(a.run(words("create customer name=Kept number=X-9")));
        ok(a.run(words("create contact name=Li customer=Own")));
        ok(a.run(words("create deal name=Roof customer=ACME amount=1250.00 stage=Won")));
        ok(a.run(words("create ticket subject=Broken customer=Own")));
        ok(a.run(words("create interaction customer=Own kind=call subject=Hello")));
        ok(a.run(words("create customer name=Old")));
        ok(a.run(words("trash customer Old")));
    }

    [[nodiscard]] static QStringList files(const CliRunner &a)
    {
        QStringList names = QDir(a.profile()).entryList(QDir::Files | QDir::System, QDir::Name);
        names.removeAll(QStringLiteral("lock"));
        names.removeAll(QStringLiteral("run.sock"));
        return names;
    }

    [[nodiscard]] static qint64 countOf(const CliRunner &one) { return one.run(words("count customer")).number("count"); }
    [[nodiscard]] qint64 countAt(const char *name) const
    {
        const CliRunner one = m_company.device(QString::fromLatin1(name));
        static_cast<void>(one.run(words("sync")));
        return countOf(one);
    }

    [[nodiscard]] static QByteArray exported(const CliRunner &one, const char *entity)
    {
        const QString file = one.path(QStringLiteral("exported.csv"));
        ok(one.run({QStringLiteral("export"), QString::fromLatin1(entity), file}));
        return contentOf(file);
    }

    [[nodiscard]] static qint64 distinctNumbers(const CliRunner &one)
    {
        QSet<QString> numbers;
        for (const QJsonObject &line : one.run(words("list customer")).lines)
            numbers.insert(line.value(QStringLiteral("number")).toString());
        return numbers.size();
    }

    RealCompany m_company;
    int m_killed = 0;
    int m_late = 0;
};

QTEST_GUILESS_MAIN(TestCliAttach)
#include "tst_cli_attach.moc"
