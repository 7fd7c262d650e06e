// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The audit log of a company at work, and what happens when somebody who owns the server writes it anew.
#include "core/model/catalog.h"
#include "core/storage/passphrase.h"
#include "sync/server/audit/audit_chain.h"
#include "sync/server/storage/audit_store.h"
#include "sync/server/storage/server_database.h"
#include "tests/e2e/real_company.h"

#include <QtTest>

using namespace fieldfare;
using namespace fieldfare::testing;

class TestCliAudit : public QObject {
    Q_OBJECT

private:
    RealCompany m_company;

    CliRunner device(const char *name) const { return m_company.device(QString::fromLatin1(name)); }
    Said say(const char *line) const { return m_company.server(words(line)); }
    static void ok(const CliRunner &device, const char *line) { VERIFY_EMPTY(wrongOf(device.run(words(line)), QString::fromLatin1(line))); }
    QStringList kinds(const char *line = "audit list") const
    {
        QStringList kinds;
        for (const QJsonObject &entry : say(line).lines)
            kinds.append(entry.value(QStringLiteral("kind")).toString());
        return kinds;
    }
    QString head(const char *name) const { return device(name).run(words("check")).lines.value(0).value(QStringLiteral("audit")).toObject().value(QStringLiteral("head")).toString(); }

    /// As whoever has the server's passphrase can: the log without one of its entries, the chain made anew.
    QString rewrite()
    {
        using namespace server;
        auto database = ServerDatabase::open(m_company.data(), storage::passphraseBytes(QString::fromLatin1(RealCompany::kServerPassphrase)), model::Catalog::standard());
        if (!database.ok())
            return database.error().detail;
        auto connection = (*database)->connect(ServerDatabase::Access::Write);
        if (!connection.ok())
            return connection.error().detail;
        AuditStore table(**connection);
        const std::vector<AuditEntry> entries = table.after(0, 1000).value();
        QByteArray chain = firstAuditChain(table.company().value());
        if (!(*connection)->execute(QStringLiteral("DELETE FROM audit; DELETE FROM audit_details")).ok())
            return QStringLiteral("delete");
        std::int64_t number = 0;
        for (AuditEntry entry : entries) {
            if (entry.number == 2)
                continue;
            entry.number = ++number;
            entry.chain = chain = auditChain(chain, entry);
            if (!table.append(entry).ok())
                return QStringLiteral("append");
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        VERIFY_EMPTY(m_company.begin());
        for (const char *name : {"anna", "bo"})
            VERIFY_EMPTY(m_company.enrol(QString::fromLatin1(name), QString::fromLatin1(name)));
    }

    void whatHappensStandsInTheLog()
    {
        ok(device("anna"), "create customer name=Acme");
        ok(device("anna"), "sync");
        QCOMPARE(say("right set sales_representative deal --create no").exitCode, 0);
        ok(device("bo"), "create deal name=Big");
        ok(device("bo"), "sync"); // it is refused
        QStringList seen = kinds();
        for (const char *kind : {"user", "signed-in", "download-begun", "push", "denied", "right"})
            QVERIFY2(seen.contains(QString::fromLatin1(kind)), kind);
        const Said denied = say("audit list --kind denied");
        QCOMPARE(denied.lines.size(), 1);
        QCOMPARE(denied.lines.value(0).value(QStringLiteral("name")).toString(), QStringLiteral("bo"));
        QVERIFY(denied.lines.value(0).value(QStringLiteral("amount")).toInteger() >= 1);
        QVERIFY(!say("audit list").out.contains("Acme")); // no text of a record
    }

    void theLogIsVerifiedExportedAndForgotten()
    {
        const Said verified = say("audit verify");
        QVERIFY2(verified.exitCode == 0, verified.err.constData());
        QVERIFY(verified.lines.value(0).value(QStringLiteral("entries")).toInt() > 5);
        ok(device("anna"), "sync");
        const QString remembered = head("anna");
        QVERIFY2(remembered.contains(QLatin1Char(':')), qPrintable(remembered));
        QCOMPARE(m_company.server({QStringLiteral("audit"), QStringLiteral("verify"), QStringLiteral("--head"), remembered}).exitCode, 0);
        QString another = remembered;
        another.back() = another.back() == QLatin1Char('0') ? QLatin1Char('1') : QLatin1Char('0');
        const Said wrong = m_company.server({QStringLiteral("audit"), QStringLiteral("verify"), QStringLiteral("--head"), another});
        QCOMPARE(wrong.exitCode, 1);
        QVERIFY2(wrong.err.contains("AuditBroken"), wrong.err.constData());

        const QString file = m_company.folder() + QStringLiteral("/audit.jsonl");
        QCOMPARE(m_company.server({QStringLiteral("audit"), QStringLiteral("export"), QStringLiteral("--file"), file}).exitCode, 0);
        const QStringList verifyFile{QStringLiteral("audit"), QStringLiteral("verify"), QStringLiteral("--file"), file};
        const Said exported = m_company.server(verifyFile + QStringList{QStringLiteral("--head"), remembered});
        QVERIFY2(exported.exitCode == 0, exported.err.constData());
        QByteArray content = contentOf(file);
        content.replace("signed-in", "signed-on");
        QFile changed(file);
        QVERIFY(changed.open(QIODevice::WriteOnly) && changed.write(content) == content.size());
        changed.close();
        QCOMPARE(m_company.server(verifyFile).exitCode, 1);

        const Said forgotten = say("audit forget --before 2100-01-01");
        QVERIFY2(forgotten.exitCode == 0 && forgotten.lines.value(0).value(QStringLiteral("forgotten")).toInt() > 5, forgotten.err.constData());
        QCOMPARE(say("audit verify").exitCode, 0);
        QCOMPARE(m_company.server({QStringLiteral("audit"), QStringLiteral("verify"), QStringLiteral("--head"), remembered}).exitCode, 0);
    }

    /// Told by the next sync, also when that one's answer is lost, and once.
    void anExportIsTold()
    {
        const QString file = m_company.folder() + QStringLiteral("/customers.csv");
        for (int i = 0; i < 2; ++i)
            QCOMPARE(device("anna").run({QStringLiteral("export"), QStringLiteral("customer"), file}).exitCode, 0);
        QCOMPARE(kinds("audit list --kind exported"), QStringList());
        for (int i = 0; i < 2; ++i)
            ok(device("anna"), "sync");
        const Said told = say("audit list --kind exported");
        QCOMPARE(told.lines.size(), 2);
        QCOMPARE(told.lines.value(0).value(QStringLiteral("name")).toString(), QStringLiteral("anna"));
        QCOMPARE(told.lines.value(0).value(QStringLiteral("amount")).toInt(), 1);
    }

    void anAlarmIsInTheServersLog()
    {
        for (int i = 0; i < 5; ++i)
            VERIFY_EMPTY(m_company.enrol(QStringLiteral("anna-%1").arg(i), QStringLiteral("anna")));
        QCOMPARE(kinds("audit list --kind alert-many-downloads").size(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(m_company.serverLog().contains("\"rule\":\"many-downloads\""), 30'000);
    }

    void whoWritesTheLogAnewIsFoundOutByTheDevices()
    {
        ok(device("anna"), "sync");
        ok(device("anna"), "create customer name=Bravo");
        VERIFY_EMPTY(m_company.stop());
        VERIFY_EMPTY(rewrite());
        VERIFY_EMPTY(m_company.start());
        QCOMPARE(say("audit verify").exitCode, 0); // in itself it is sound
        const Said synced = device("anna").run(words("sync"));
        QVERIFY2(synced.exitCode == 0, synced.err.constData()); // no reason to keep the edits back
        QVERIFY2(synced.err.contains("audit"), synced.err.constData());
        const Said checked = device("anna").run(words("check"));
        QCOMPARE(checked.exitCode, 0);
        QVERIFY(checked.lines.value(0).value(QStringLiteral("audit")).toObject().value(QStringLiteral("broken_at")).toInt() > 0);
        QCOMPARE(m_company.server({QStringLiteral("audit"), QStringLiteral("verify"), QStringLiteral("--head"), head("anna")}).exitCode, 1);
    }

    void verifyOfTheStoreLooksAtTheLog()
    {
        VERIFY_EMPTY(m_company.stop());
        const Said verified = say("verify");
        QVERIFY2(verified.exitCode == 0, verified.out.constData());
    }
};

QTEST_GUILESS_MAIN(TestCliAudit)
#include "tst_cli_audit.moc"
