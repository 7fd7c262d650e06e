// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a role may not do is refused on the device at once, and by the server where the device did not know it yet.
#include "tests/e2e/real_company.h"

#include <QtTest>

using namespace fieldfare::testing;

class TestCliRights : public QObject {
    Q_OBJECT

private:
    RealCompany m_company;

    CliRunner device(const char *name) const { return m_company.device(QString::fromLatin1(name)); }
    void right(const char *line)
    {
        const Said said = m_company.server(words("right set sales_representative customer") + words(line));
        QVERIFY2(said.exitCode == 0, said.err.constData());
    }
    static QString refused(const Said &said) { return said.exitCode == 1 ? said.error().value(QStringLiteral("code")).toString() : QStringLiteral("exit %1").arg(said.exitCode); }
    static void ok(const CliRunner &device, const char *line) { VERIFY_EMPTY(wrongOf(device.run(words(line)), QString::fromLatin1(line))); }
    static QString phone(const CliRunner &device) { return device.run(words("get customer Acme")).text("phone"); }

private Q_SLOTS:
    void initTestCase()
    {
        VERIFY_EMPTY(m_company.begin());
        for (const char *name : {"anna", "bo"}) {
            QCOMPARE(m_company.server(words("user change") + QStringList{QString::fromLatin1(name), QStringLiteral("--team"), name[0] == 'a' ? QStringLiteral("North") : QStringLiteral("South")}).exitCode, 0);
            VERIFY_EMPTY(m_company.enrol(QString::fromLatin1(name), QString::fromLatin1(name)));
        }
        ok(device("anna"), "create customer name=Acme phone=5550001 team=North");
        ok(device("anna"), "sync");
        ok(device("bo"), "sync");
    }

    void theServerRefusesWhatADeviceDidNotKnowYet()
    {
        right("--edit own --remove none --export no");
        const Said listed = m_company.server(words("right list"));
        QCOMPARE(listed.lines.size(), 1);
        QCOMPARE(listed.text("edit"), QStringLiteral("own"));
        QVERIFY(listed.json().value(QStringLiteral("create")).toBool());
        const CliRunner bo = device("bo");
        ok(bo, "set customer Acme phone=5550002");
        QCOMPARE(bo.run(words("sync")).number("refused"), 1);
        QCOMPARE(phone(bo), QStringLiteral("5550001"));
        const Said tray = bo.run(words("tray"));
        QCOMPARE(tray.lines.size(), 1);
        QCOMPARE(tray.lines.first().value(QStringLiteral("reason")).toString(), QStringLiteral("proposed")); // whoever has the record now is asked
        QVERIFY2(tray.out.contains("5550002"), tray.out.constData());
        ok(device("anna"), "sync");
        QCOMPARE(phone(device("anna")), QStringLiteral("5550001"));
    }

    void theDeviceRefusesAtOnce()
    {
        const CliRunner anna = device("anna");
        const CliRunner bo = device("bo");
        QCOMPARE(refused(bo.run(words("set customer Acme phone=5550003"))), QStringLiteral("NotPermitted"));
        QCOMPARE(refused(bo.run(words("trash customer Acme"))), QStringLiteral("NotPermitted"));
        QCOMPARE(refused(bo.run(words("set user bo role=system_administrator"))), QStringLiteral("NotPermitted"));
        QCOMPARE(refused(bo.run(words("create role_right role=sales_representative entity=customer edit_reach=all may_export=yes"))), QStringLiteral("NotPermitted"));
        QCOMPARE(refused(bo.run(words("set customer Acme tags=vip"))), QStringLiteral("NotPermitted"));
        ok(anna, "set customer Acme phone=5550004 tags=vip"); // her own
        QCOMPARE(refused(anna.run(words("trash customer Acme"))), QStringLiteral("NotPermitted"));
        const QString file = m_company.folder() + QStringLiteral("/all.csv");
        QCOMPARE(refused(anna.run(words("export customer") + QStringList{file})), QStringLiteral("NotPermitted"));
        QVERIFY(!QFile::exists(file));
        const Said known = bo.run(words("rights"));
        QVERIFY(!known.lines.isEmpty());
        for (const QJsonObject &line : known.lines) {
            const bool isCustomer = line.value(QStringLiteral("entity")).toString() == QLatin1String("customer");
            QCOMPARE(line.value(QStringLiteral("edit")).toString(), isCustomer ? QStringLiteral("own") : QStringLiteral("all"));
            QCOMPARE(line.value(QStringLiteral("export")).toBool(), !isCustomer);
        }
        ok(bo, "create customer name=Bravo tags=new,vip"); // nobody took the right to create
        ok(bo, "set customer Bravo phone=5550005");
        ok(bo, "create deal name=Big customer=Acme"); // and nothing is said of deals
        for (const CliRunner &each : {anna, bo}) {
            const Said synced = each.run(words("sync"));
            QVERIFY2(synced.exitCode == 0 && synced.number("refused") == 0, synced.err.constData());
        }
        ok(bo, "sync");
        QCOMPARE(phone(bo), QStringLiteral("5550004"));
    }

    void anImportLeavesOutWhatItMayNotChange()
    {
        const CliRunner bo = device("bo");
        const QString table = bo.file(QStringLiteral("table.csv"), "name,phone\nAcme,5550006\nBravo,5550007\nCharlie,5550008\n");
        const Said imported = bo.run(QStringList{QStringLiteral("import"), QStringLiteral("customer"), table, QStringLiteral("--key"), QStringLiteral("name")});
        QCOMPARE(imported.number("rejected"), 1);
        QCOMPARE(imported.number("updated"), 1);
        QCOMPARE(imported.number("created"), 1);
        QCOMPARE(phone(bo), QStringLiteral("5550004"));
    }

    void aRightThatIsGivenTakesTheTrayBack()
    {
        right("--edit team");
        QCOMPARE(m_company.server(words("user change bo --team North")).exitCode, 0);
        const CliRunner bo = device("bo");
        ok(bo, "sync");
        const Said tray = bo.run(words("tray"));
        QCOMPARE(tray.lines.size(), 1);
        ok(bo, qPrintable(QStringLiteral("tray retry %1").arg(tray.lines.first().value(QStringLiteral("id")).toInteger())));
        QCOMPARE(phone(bo), QStringLiteral("5550002"));
        const Said synced = bo.run(words("sync"));
        QVERIFY2(synced.exitCode == 0 && synced.number("refused") == 0, synced.err.constData());
        ok(device("anna"), "sync");
        QCOMPARE(phone(device("anna")), QStringLiteral("5550002"));
        right("--export yes");
        ok(device("anna"), "sync"); // agree() exports
        ok(device("bo"), "sync");
        VERIFY_EMPTY(m_company.agree({QStringLiteral("anna"), QStringLiteral("bo")}));
    }

    void whatMakesNoSenseIsRefused()
    {
        QCOMPARE(m_company.server(words("right set sales_representative customer")).exitCode, 2);
        QCOMPARE(m_company.server(words("right set sales_representative customer --edit some")).exitCode, 1);
        QCOMPARE(m_company.server(words("right set nobody customer --edit own")).exitCode, 1);
        QCOMPARE(m_company.server(words("right set sales_representative customers --edit own")).exitCode, 1);
        QCOMPARE(m_company.server(words("right set sales_representative user --edit own")).exitCode, 1);
        QCOMPARE(m_company.server(words("right set system_administrator customer --edit own")).exitCode, 1);
        QCOMPARE(m_company.server(words("user change anna")).exitCode, 2);
        QCOMPARE(m_company.server(words("user change nobody --team North")).exitCode, 1);
        QCOMPARE(m_company.server(words("right list")).lines.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestCliRights)
#include "tst_cli_rights.moc"
