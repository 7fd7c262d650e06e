// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Real servers over a real PostgreSQL, with real devices.
#include "tests/e2e/real_company.h"
#include "tests/testlib/postgres_server.h"

#include <QDir>
#include <QElapsedTimer>
#include <QtTest>

using namespace fieldfare::testing;
using fieldfare::testlib::PostgresServer;

class TestPostgresServer : public QObject {
    Q_OBJECT

    static QByteArray customers(const QString &prefix, int count)
    {
        QByteArray rows("name,phone\n");
        for (int i = 0; i < count; ++i)
            rows += prefix.toUtf8() + QByteArray::number(i) + ",+49301" + QByteArray::number(100'000 + i) + '\n';
        return rows;
    }
    static QString import(const RealCompany &company, const QString &device, const QString &prefix, int count)
    {
        const CliRunner runner = company.device(device);
        const QString file = runner.file(prefix + QStringLiteral(".csv"), customers(prefix, count));
        return wrongOf(runner.run({QStringLiteral("import"), QStringLiteral("customer"), file}), QStringLiteral("import"));
    }
    static QString sync(const RealCompany &company, const QString &device)
    {
        return wrongOf(company.device(device).run(words("sync")), QStringLiteral("sync of ") + device);
    }
    static int count(const RealCompany &company, const QString &device)
    {
        return int(company.device(device).run(words("count customer")).number("count"));
    }
    /// `disturb` is called again and again while the device syncs.
    template <typename Disturb>
    static QString syncThrough(const RealCompany &company, const QString &device, const Disturb &disturb)
    {
        for (int session = 0; session < 20; ++session) { // one that was cut off says so and keeps everything
            const auto syncing = company.device(device).start(words("sync --json"));
            while (!syncing->waitForFinished(40) && syncing->state() != QProcess::NotRunning)
                disturb();
            const Said said = CliRunner::finished(*syncing);
            if (said.exitCode == 0)
                return {};
            if (!said.err.contains("Your edits are kept"))
                return QString::fromUtf8(said.err);
        }
        return QStringLiteral("twenty sessions were not enough");
    }
    static QString verify(const RealCompany &company)
    {
        const Said said = company.server({QStringLiteral("verify")});
        return said.json().value(QStringLiteral("ok")).toBool() ? QString() : QString::fromUtf8(said.err + said.out);
    }

    PostgresServer &m_postgres = PostgresServer::ofThisProgram();
    QString m_database;
    std::unique_ptr<RealCompany> m_company;

    void begin()
    {
        m_database = m_postgres.newDatabase();
        m_company = std::make_unique<RealCompany>();
        m_company->setInitWords({QStringLiteral("--database"), m_postgres.url(m_database)});
        VERIFY_EMPTY(m_company->begin());
        VERIFY_EMPTY(m_company->enrol(QStringLiteral("a"), QStringLiteral("anna")));
        VERIFY_EMPTY(m_company->enrol(QStringLiteral("b"), QStringLiteral("bo")));
    }

private Q_SLOTS:
    void cleanup() { m_company.reset(); }

    void initSaysWhereTheDataIs()
    {
        const QString database = m_postgres.newDatabase();
        RealCompany company;
        const auto init = [&](const QString &address) {
            return company.server({QStringLiteral("init"), QStringLiteral("--admin"), QStringLiteral("admin"), QStringLiteral("--database"), address});
        };
        const Said refused = init(QStringLiteral("postgres://crm:heron-77@localhost/crm"));
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.contains("pgpass") && !refused.err.contains("heron-77"), refused.err.constData());
        QCOMPARE(init(QStringLiteral("postgres://crm@/crm?host=%1").arg(company.folder())).exitCode, 1); // nobody there
        QVERIFY(!QFile::exists(company.data() + QStringLiteral("/database")));
        const Said made = init(m_postgres.url(database));
        QVERIFY2(made.exitCode == 0, made.err.constData());
        const QFileInfo address(company.data() + QStringLiteral("/database"));
        QCOMPARE(contentOf(address.filePath()).trimmed(), m_postgres.url(database).toUtf8());
        QCOMPARE(int(address.permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)), 0);
        QVERIFY(!QFile::exists(company.data() + QStringLiteral("/server.db")));
        VERIFY_EMPTY(verify(company));
        // Another company does not get into its tables, and leaves them alone.
        RealCompany other;
        const Said taken = other.server({QStringLiteral("init"), QStringLiteral("--admin"), QStringLiteral("admin"), QStringLiteral("--database"), m_postgres.url(database)});
        QCOMPARE(taken.error().value(QStringLiteral("code")).toString(), QStringLiteral("AlreadyExists"));
        VERIFY_EMPTY(verify(company));
        const Said backup = company.server({QStringLiteral("backup"), QStringLiteral("--to"), company.folder() + QStringLiteral("/backups")});
        QCOMPARE(backup.error().value(QStringLiteral("code")).toString(), QStringLiteral("Unsupported"));
        // Who changes the address takes the company elsewhere.
        QFile::setPermissions(address.filePath(), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
        QCOMPARE(company.server({QStringLiteral("verify")}).error().value(QStringLiteral("code")).toString(), QStringLiteral("PermissionDenied"));
    }

    void devicesSync()
    {
        begin();
        VERIFY_EMPTY(import(*m_company, QStringLiteral("a"), QStringLiteral("A"), 300));
        VERIFY_EMPTY(sync(*m_company, QStringLiteral("a")));
        VERIFY_EMPTY(sync(*m_company, QStringLiteral("b")));
        QCOMPARE(count(*m_company, QStringLiteral("b")), 300);
        for (const char *device : {"a", "b"}) { // a conflict
            VERIFY_EMPTY(wrongOf(m_company->device(QString::fromLatin1(device)).run({QStringLiteral("set"), QStringLiteral("customer"), QStringLiteral("A7"),
                                                                                    QStringLiteral("phone=+4930 %1").arg(int(*device))}), QStringLiteral("set")));
            VERIFY_EMPTY(sync(*m_company, QString::fromLatin1(device)));
        }
        VERIFY_EMPTY(wrongOf(m_company->device(QStringLiteral("b")).run(words("trash customer A8")), QStringLiteral("trash")));
        for (const char *device : {"b", "a", "b"})
            VERIFY_EMPTY(sync(*m_company, QString::fromLatin1(device)));
        VERIFY_EMPTY(m_company->agree({QStringLiteral("a"), QStringLiteral("b")}));
        QCOMPARE(m_company->device(QStringLiteral("a")).run(words("conflicts list")).lines.size(), 1);
        VERIFY_EMPTY(m_company->stop());
        VERIFY_EMPTY(verify(*m_company));
        VERIFY_EMPTY(m_company->start());
        VERIFY_EMPTY(sync(*m_company, QStringLiteral("a")));
    }

    void backendsAreKilledWhileDevicesPush()
    {
        begin();
        VERIFY_EMPTY(import(*m_company, QStringLiteral("a"), QStringLiteral("K"), 3000));
        int killed = 0;
        int times = 0; // without an end nothing could ever be committed
        const auto kill = [&] { killed += ++times <= 25 ? m_postgres.terminateBackends(m_database) : 0; };
        VERIFY_EMPTY(syncThrough(*m_company, QStringLiteral("a"), kill));
        const int whilePushing = killed;
        times = 0;
        VERIFY_EMPTY(syncThrough(*m_company, QStringLiteral("b"), kill));
        qInfo("%d backends were ended while a device pushed, %d while one pulled", whilePushing, killed - whilePushing);
        QVERIFY(whilePushing > 0 && killed > whilePushing);
        VERIFY_EMPTY(sync(*m_company, QStringLiteral("b")));
        QCOMPARE(count(*m_company, QStringLiteral("b")), 3000);
        VERIFY_EMPTY(m_company->agree({QStringLiteral("a"), QStringLiteral("b")}));
        VERIFY_EMPTY(m_company->stop());
        VERIFY_EMPTY(verify(*m_company));
    }

    void theDatabaseCrashesAndTheServerIsKilled()
    {
        begin();
        VERIFY_EMPTY(import(*m_company, QStringLiteral("a"), QStringLiteral("C"), 2000));
        int crashes = 0;
        VERIFY_EMPTY(syncThrough(*m_company, QStringLiteral("a"), [&] {
            if (crashes >= 2)
                return;
            ++crashes;
            m_postgres.crash();
            QCOMPARE(m_postgres.start(), QString());
        }));
        VERIFY_EMPTY(import(*m_company, QStringLiteral("b"), QStringLiteral("D"), 2000));
        int kills = 0;
        VERIFY_EMPTY(syncThrough(*m_company, QStringLiteral("b"), [&] {
            if (kills >= 3)
                return;
            ++kills;
            m_company->kill();
            QCOMPARE(m_company->start(), QString());
        }));
        QVERIFY(crashes > 0 && kills > 0);
        for (const char *device : {"a", "b"})
            VERIFY_EMPTY(sync(*m_company, QString::fromLatin1(device)));
        QCOMPARE(count(*m_company, QStringLiteral("a")), 4000);
        VERIFY_EMPTY(m_company->agree({QStringLiteral("a"), QStringLiteral("b")}));
        VERIFY_EMPTY(m_company->stop());
        VERIFY_EMPTY(verify(*m_company));
    }

    void twoServersServeOneCompany()
    {
        begin();
        RealCompany second;
        VERIFY_EMPTY(second.join(*m_company));
        VERIFY_EMPTY(second.enrol(QStringLiteral("c"), QStringLiteral("bo"))); // an account that the other one made
        VERIFY_EMPTY(import(*m_company, QStringLiteral("a"), QStringLiteral("A"), 200));
        VERIFY_EMPTY(import(second, QStringLiteral("c"), QStringLiteral("C"), 200));
        {
            const auto pushing = m_company->device(QStringLiteral("a")).start(words("sync --json")); // at the same time
            VERIFY_EMPTY(sync(second, QStringLiteral("c")));
            QCOMPARE(CliRunner::finished(*pushing).exitCode, 0);
        }
        VERIFY_EMPTY(sync(*m_company, QStringLiteral("a")));
        VERIFY_EMPTY(sync(second, QStringLiteral("c")));
        QCOMPARE(count(*m_company, QStringLiteral("a")), 400);
        QCOMPARE(count(second, QStringLiteral("c")), 400);
        VERIFY_EMPTY(m_company->agree({QStringLiteral("a")}));
        VERIFY_EMPTY(second.agree({QStringLiteral("c")}));
        // Live: a device of the second server is woken by an edit that came in at the first, before and after a lost connection.
        const auto watching = second.device(QStringLiteral("c")).start(words("sync --watch --json"));
        QVERIFY(watching->waitForReadyRead(60'000));
        for (int round = 0; round < 2; ++round) {
            const QString phone = QStringLiteral("+4930555%1").arg(round);
            QElapsedTimer wait;
            VERIFY_EMPTY(wrongOf(m_company->device(QStringLiteral("a")).run({QStringLiteral("set"), QStringLiteral("customer"), QStringLiteral("C3"), QStringLiteral("phone=") + phone}), QStringLiteral("set")));
            VERIFY_EMPTY(sync(*m_company, QStringLiteral("a")));
            wait.start();
            QTRY_COMPARE_WITH_TIMEOUT(second.device(QStringLiteral("c")).run(words("get customer C3")).text("phone"), phone, 15'000);
            qInfo("woken after at most %lld ms", wait.elapsed());
            m_postgres.terminateBackends(m_database);
        }
        // What one server ends for good holds for the other.
        QCOMPARE(m_company->server(words("device revoke 3")).exitCode, 0);
        watching->terminate();
        QVERIFY(watching->waitForFinished(30'000));
        const Said revoked = second.device(QStringLiteral("c")).run(words("sync"));
        QCOMPARE(revoked.error().value(QStringLiteral("code")).toString(), QStringLiteral("DeviceRevoked"));
        VERIFY_EMPTY(second.stop());
        VERIFY_EMPTY(verify(second)); // beside the other one, which goes on
    }
};

QTEST_GUILESS_MAIN(TestPostgresServer)
#include "tst_postgres_server.moc"
