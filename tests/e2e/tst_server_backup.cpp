// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Backups of a server by the real programs: beside its work, tried out, restored elsewhere under a new epoch.
#include "tests/e2e/real_company.h"

#include <QDir>
#include <QtTest>

using namespace fieldfare::testing;

class TestServerBackup : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        VERIFY_EMPTY(m_company.begin());
        VERIFY_EMPTY(m_company.enrol(QStringLiteral("a"), QStringLiteral("anna")));
    }

    void itIsMadeBesideTheServerAndTriedOut()
    {
        VERIFY_EMPTY(wrongOf(a().run(words("create customer name=Acme phone=5551111")), QStringLiteral("create")));
        VERIFY_EMPTY(wrongOf(a().run(words("sync")), QStringLiteral("sync")));
        const Said full = m_company.server({QStringLiteral("backup"), QStringLiteral("--to"), place()});
        VERIFY_EMPTY(wrongOf(full, QStringLiteral("backup")));
        QCOMPARE(full.text("kind"), QStringLiteral("full"));
        VERIFY_EMPTY(wrongOf(a().run(words("create customer name=Second")), QStringLiteral("create")));
        VERIFY_EMPTY(wrongOf(a().run(words("sync")), QStringLiteral("sync")));
        const Said increment = m_company.server({QStringLiteral("backup"), QStringLiteral("--to"), place(), QStringLiteral("--incremental")});
        VERIFY_EMPTY(wrongOf(increment, QStringLiteral("backup")));
        QCOMPARE(increment.text("kind"), QStringLiteral("incremental"));
        QVERIFY2(increment.number("bytes") < full.number("bytes") / 2, increment.out.constData());
        const Said tried = m_company.server({QStringLiteral("verify"), QStringLiteral("--backup"), place()});
        VERIFY_EMPTY(wrongOf(tried, QStringLiteral("verify")));
        QVERIFY(tried.json().value(QStringLiteral("ok")).toBool());
        QCOMPARE(tried.number("links"), 2);
        QCOMPARE(tried.number("rows"), tried.number("rows_written"));
        QCOMPARE(tried.number("operations"), tried.number("operations_written"));
        // Keys and certificates are sealed in it, the counts too.
        for (const QString &folder : {full.text("backup"), increment.text("backup")}) {
            for (const QString &name : QDir(folder).entryList(QDir::Files)) {
                const QByteArray bytes = contentOf(folder + QLatin1Char('/') + name);
                QVERIFY2(!bytes.contains("PRIVATE KEY") && !bytes.contains("customer") && !bytes.contains("Acme"), qPrintable(name));
            }
        }
        QVERIFY(!contentOf(place() + QStringLiteral("/drills.log")).contains("PRIVATE"));
        QCOMPARE(m_company.server({QStringLiteral("backup")}).exitCode, 2);
        QCOMPARE(m_company.server({QStringLiteral("restore"), QStringLiteral("--from"), place()}).exitCode, 1); // there is a store
        QCOMPARE(m_company.server({QStringLiteral("serve"), QStringLiteral("--backup-to"), place()}).exitCode, 2);
    }

    void whatComesLaterIsRefusedNotLost()
    {
        // What the backup does not have: acknowledged by the server, and known to this device.
        VERIFY_EMPTY(wrongOf(a().run(words("set customer Acme phone=5552222")), QStringLiteral("set")));
        VERIFY_EMPTY(wrongOf(a().run(words("sync")), QStringLiteral("sync")));
        VERIFY_EMPTY(m_company.stop());
        QVERIFY(QDir(m_company.data()).removeRecursively());
        const QStringList restore{QStringLiteral("restore"), QStringLiteral("--from"), place()};
        const Said restored = m_company.server(restore);
        VERIFY_EMPTY(wrongOf(restored, QStringLiteral("restore")));
        QVERIFY2(restored.number("epoch") > restored.number("former_epoch"), restored.out.constData());
        QVERIFY(restored.number("restored_point") > 0);
        VERIFY_EMPTY(wrongOf(m_company.server(words("verify")), QStringLiteral("verify")));
        QCOMPARE(m_company.server(restore).exitCode, 1); // not over a store
        VERIFY_EMPTY(m_company.start());                 // with the certificate that devices know

        VERIFY_EMPTY(wrongOf(a().run(words("set customer Acme email=waits@example.org")), QStringLiteral("set")));
        const Said refused = a().run(words("sync"));
        QCOMPARE(refused.exitCode, 1);
        QCOMPARE(refused.error().value(QStringLiteral("code")).toString(), QStringLiteral("EpochChanged"));
        const Said kept = a().run(words("get customer Acme"));
        QCOMPARE(kept.text("phone"), QStringLiteral("5552222"));
        QCOMPARE(kept.text("email"), QStringLiteral("waits@example.org"));
        QCOMPARE(a().run(words("check")).json().value(QStringLiteral("rows")), a().run(words("check")).json().value(QStringLiteral("rows")));

        // A new device gets the company of that time, and works with it.
        VERIFY_EMPTY(m_company.enrol(QStringLiteral("b"), QStringLiteral("bo")));
        const CliRunner b = m_company.device(QStringLiteral("b"));
        QCOMPARE(b.run(words("get customer Acme")).text("phone"), QStringLiteral("5551111"));
        QCOMPARE(b.run(words("count customer")).number("count"), 2);
        VERIFY_EMPTY(wrongOf(b.run(words("create customer name=Third")), QStringLiteral("create")));
        VERIFY_EMPTY(wrongOf(b.run(words("sync")), QStringLiteral("sync")));
        VERIFY_EMPTY(m_company.enrol(QStringLiteral("c"), QStringLiteral("bo")));
        VERIFY_EMPTY(m_company.agree({QStringLiteral("b"), QStringLiteral("c")}));
        // Its own backups go on.
        const Said next = m_company.server({QStringLiteral("backup"), QStringLiteral("--to"), place(), QStringLiteral("--incremental")});
        VERIFY_EMPTY(wrongOf(next, QStringLiteral("backup")));
        VERIFY_EMPTY(wrongOf(m_company.server({QStringLiteral("verify"), QStringLiteral("--backup"), next.text("backup")}), QStringLiteral("verify")));
    }

    void withoutARunningServer()
    {
        VERIFY_EMPTY(m_company.stop());
        const Said full = m_company.server({QStringLiteral("backup"), QStringLiteral("--to"), place() + QStringLiteral("-2")});
        VERIFY_EMPTY(wrongOf(full, QStringLiteral("backup")));
        VERIFY_EMPTY(wrongOf(m_company.server({QStringLiteral("verify"), QStringLiteral("--backup"), full.text("backup")}), QStringLiteral("verify")));
        QCOMPARE(m_company.server({QStringLiteral("verify"), QStringLiteral("--backup"), place() + QStringLiteral("-3")}).exitCode, 1);
    }

    void byTheClock()
    {
        // Somebody else's backup in the folder is none of the server's.
        VERIFY_EMPTY(wrongOf(a().run({QStringLiteral("backup"), QStringLiteral("create"), place() + QStringLiteral("-clock")}), QStringLiteral("backup")));
        m_company.setServeWords({QStringLiteral("--backup-to"), place() + QStringLiteral("-clock"), QStringLiteral("--backup-every"), QStringLiteral("24")});
        VERIFY_EMPTY(m_company.start());
        const auto made = [this] { return QDir(place() + QStringLiteral("-clock")).entryList({QStringLiteral("server-*Z")}, QDir::Dirs).size(); };
        QTRY_COMPARE_WITH_TIMEOUT(made(), 1, 60'000);
        VERIFY_EMPTY(m_company.stop());
        VERIFY_EMPTY(m_company.start()); // not due again
        // It is asked for a backup after its look at the clock; had one been due this would be refused, or the second one there.
        const QString asked = place() + QStringLiteral("-asked");
        VERIFY_EMPTY(wrongOf(m_company.server({QStringLiteral("backup"), QStringLiteral("--to"), asked}), QStringLiteral("backup")));
        VERIFY_EMPTY(m_company.stop());
        QCOMPARE(made(), 1);
    }

private:
    [[nodiscard]] QString place() const { return m_company.folder() + QStringLiteral("/backups"); }
    [[nodiscard]] CliRunner a() const { return m_company.device(QStringLiteral("a")); }

    RealCompany m_company;
};

QTEST_GUILESS_MAIN(TestServerBackup)
#include "tst_server_backup.moc"
