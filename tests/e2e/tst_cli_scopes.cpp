// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a role does not see is on no device of it, and comes and goes with owner, team and rights.
#include "tests/e2e/real_company.h"

#include <QtTest>

using namespace fieldfare::testing;

class TestCliScopes : public QObject {
    Q_OBJECT

private:
    RealCompany m_company;

    CliRunner device(const char *name) const { return m_company.device(QString::fromLatin1(name)); }
    void say(const char *line) { QVERIFY2(m_company.server(words(line)).exitCode == 0, line); }
    static void ok(const CliRunner &device, const char *line) { VERIFY_EMPTY(wrongOf(device.run(words(line)), QString::fromLatin1(line))); }
    static QStringList names(const CliRunner &device, const char *entity, const char *field)
    {
        QStringList names;
        for (const QJsonObject &line : device.run(words("list") + QStringList{QString::fromLatin1(entity), QStringLiteral("--sort"), QString::fromLatin1(field)}).lines)
            names.append(line.value(QLatin1StringView(field)).toString());
        return names;
    }
    static QString customers(const CliRunner &device) { return names(device, "customer", "name").join(QLatin1Char(' ')); }

private Q_SLOTS:
    void initTestCase()
    {
        VERIFY_EMPTY(m_company.begin());
        say("user change anna --team North");
        say("user change bo --team South");
        for (const char *name : {"anna", "bo"})
            VERIFY_EMPTY(m_company.enrol(QString::fromLatin1(name), QString::fromLatin1(name)));
        ok(device("anna"), "create customer name=Acme phone=5550001 team=North owner=");
        ok(device("anna"), "create contact name=Carla customer=Acme");
        ok(device("anna"), "create customer name=Bravo team=South owner=");
        ok(device("anna"), "create customer name=Pool owner=");
        ok(device("anna"), "sync");
        ok(device("bo"), "sync");
        QCOMPARE(customers(device("bo")), QStringLiteral("Acme Bravo Pool"));
    }

    void whatIsTakenOutOfSightIsGoneFromTheDevice()
    {
        const CliRunner bo = device("bo");
        ok(bo, "set customer Acme phone=5550002"); // he does not know yet
        say("right set sales_representative customer --see team --pool no");
        const Said synced = bo.run(words("sync"));
        QVERIFY2(synced.exitCode == 0, synced.err.constData());
        QCOMPARE(synced.number("refused"), 1);
        QCOMPARE(customers(bo), QStringLiteral("Bravo"));
        QCOMPARE(names(bo, "contact", "name"), QStringList());
        QVERIFY(bo.run(words("search Acme")).lines.isEmpty());
        const Said tray = bo.run(words("tray"));
        QVERIFY2(tray.lines.size() == 1 && tray.out.contains("5550002"), tray.out.constData()); // his own words stay his
        ok(device("anna"), "sync");
        QCOMPARE(customers(device("anna")), QStringLiteral("Acme"));
        QCOMPARE(device("anna").run(words("get customer Acme")).text("phone"), QStringLiteral("5550001"));
        const Said proposed = device("anna").run(words("conflicts list")); // who has it now may take his words
        QVERIFY2(proposed.lines.size() == 1, proposed.out.constData());
        QCOMPARE(proposed.lines.first().value(QStringLiteral("kind")).toString(), QStringLiteral("proposal"));
        QVERIFY2(proposed.out.contains("5550002"), proposed.out.constData());
        QVERIFY(bo.run(words("conflicts list")).lines.isEmpty());
    }

    void aRecordThatIsHandedOnGoesAndComes()
    {
        const CliRunner anna = device("anna");
        const CliRunner bo = device("bo");
        ok(anna, "set customer Acme team=South region=east");
        QCOMPARE(anna.run(words("sync")).number("refused"), 0);
        QCOMPARE(customers(anna), QString());
        QCOMPARE(names(anna, "contact", "name"), QStringList());
        ok(bo, "sync");
        QCOMPARE(customers(bo), QStringLiteral("Acme Bravo"));
        QCOMPARE(names(bo, "contact", "name"), QStringList{QStringLiteral("Carla")});
        QCOMPARE(bo.run(words("get customer Acme")).text("region"), QStringLiteral("east"));
        const Said tray = bo.run(words("tray"));
        QCOMPARE(tray.lines.size(), 1);
        ok(bo, qPrintable(QStringLiteral("tray retry %1").arg(tray.lines.first().value(QStringLiteral("id")).toInteger()))); // it is his now
        QCOMPARE(bo.run(words("sync")).number("refused"), 0);
        QCOMPARE(bo.run(words("get customer Acme")).text("phone"), QStringLiteral("5550002"));
    }

    void bothAgreeWithTheServer()
    {
        for (const char *name : {"anna", "bo"}) {
            ok(device(name), "sync");
            const Said checked = device(name).run(words("check"));
            QVERIFY2(checked.exitCode == 0, checked.out.constData());
            QCOMPARE(checked.text("server"), QStringLiteral("equal"));
        }
    }

    void aNewDeviceGetsNothingElse()
    {
        VERIFY_EMPTY(m_company.enrol(QStringLiteral("anna2"), QStringLiteral("anna")));
        QCOMPARE(customers(device("anna2")), QString());
        say("right set sales_representative customer --pool yes");
        ok(device("anna2"), "sync");
        QCOMPARE(customers(device("anna2")), QStringLiteral("Pool"));
        say("user change anna --team South");
        ok(device("anna2"), "sync");
        QCOMPARE(customers(device("anna2")), QStringLiteral("Acme Bravo Pool"));
    }

    void theServersFilesAreSound()
    {
        VERIFY_EMPTY(m_company.stop());
        const Said verified = m_company.server(words("verify"));
        QVERIFY2(verified.exitCode == 0, verified.out.constData());
    }
};

QTEST_GUILESS_MAIN(TestCliScopes)
#include "tst_cli_scopes.moc"
