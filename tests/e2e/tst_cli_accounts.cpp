// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Accounts made from a list, signed in by codes, and given passwords, with the real programs.
#include "tests/e2e/real_company.h"

#include <QtTest>

using namespace fieldfare::testing;

class TestCliAccounts : public QObject {
    Q_OBJECT

private:
    RealCompany m_company;
    QHash<QString, QString> m_codes;

    Said say(const QStringList &words) const { return m_company.server(words); }
    Said signIn(const char *device, const char *user, const QString &password) const
    {
        CliRunner runner = m_company.device(QString::fromLatin1(device));
        runner.setEnvironment(QStringLiteral("FIELDFARE_PASSWORD"), password);
        return runner.run(m_company.enrolWords(QString::fromLatin1(user)));
    }
    QString written(const QByteArray &list) const
    {
        const QString path = m_company.folder() + QStringLiteral("/users.csv");
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(list) == list.size() ? path : QString();
    }
    Said import(const QByteArray &list) const { return say({QStringLiteral("user"), QStringLiteral("import"), written(list)}); }

private Q_SLOTS:
    void initTestCase() { VERIFY_EMPTY(m_company.begin()); }

    void aListMakesAccounts()
    {
        const Said made = import("Role,Name,Team,Phone\nsales_manager,\xE7\x8E\x8B\xE8\x8A\xB3,North,1\n,Dora Day,,2\n\n,anna,,3\n");
        QVERIFY2(made.exitCode == 0, made.err.constData());
        QCOMPARE(made.lines.size(), 2); // anna was there
        for (const QJsonObject &user : made.lines)
            m_codes.insert(user.value(QStringLiteral("name")).toString(), user.value(QStringLiteral("code")).toString());
        QCOMPARE(made.lines.value(0).value(QStringLiteral("role")).toString(), QStringLiteral("sales_manager"));
        QCOMPARE(made.lines.value(0).value(QStringLiteral("team")).toString(), QStringLiteral("North"));
        QCOMPARE(made.lines.value(1).value(QStringLiteral("role")).toString(), QStringLiteral("sales_representative"));
        QVERIFY(!m_company.serverLog().contains(m_codes.value(QStringLiteral("Dora Day")).toUtf8()));
    }

    void whatIsWrongInAListIsSaidAndTheRestMade()
    {
        const Said made = import("name,role\nErik,king\nFay,\n");
        QCOMPARE(made.exitCode, 1);
        QCOMPARE(made.lines.size(), 1);
        QVERIFY2(made.err.contains("line 2, Erik"), made.err.constData());
        for (const QByteArray &list : {QByteArray("role\nx\n"), QByteArray("name\nGus\ngus\n"), QByteArray("name,team\n,North\n")})
            QCOMPARE(import(list).exitCode, 1);
        QCOMPARE(say({QStringLiteral("user"), QStringLiteral("import"), QStringLiteral("/nowhere.csv")}).exitCode, 1);
        const Said list = say(words("user list"));
        QVERIFY(!list.out.contains("Gus") && !list.out.contains("Erik"));
    }

    void aCodeSignsInTheFirstDevice()
    {
        const QString code = m_codes.value(QStringLiteral("Dora Day"));
        const Said signedIn = signIn("dora", "Dora Day", code);
        QVERIFY2(signedIn.exitCode == 0, signedIn.err.constData());
        QCOMPARE(m_company.device(QStringLiteral("dora")).run(words("sync")).exitCode, 0);
        QCOMPARE(signIn("thief", "Dora Day", code).exitCode, 1);
        const Said another = say({QStringLiteral("user"), QStringLiteral("code"), QStringLiteral("Dora Day"), QStringLiteral("--days"), QStringLiteral("1")});
        QCOMPARE(signIn("second", "Dora Day", another.text("code")).exitCode, 0);
    }

    void aPasswordIsSet()
    {
        QCOMPARE(say({QStringLiteral("user"), QStringLiteral("password"), QStringLiteral("Dora Day")}).exitCode, 0); // RealCompany::kUserPassword
        QCOMPARE(signIn("third", "Dora Day", QString::fromLatin1(RealCompany::kUserPassword)).exitCode, 0);
        QCOMPARE(m_company.device(QStringLiteral("dora")).run(words("sync")).exitCode, 0); // what has signed in goes on
        QCOMPARE(say(words("user password nobody")).exitCode, 1);
    }

    void wrongLinesAreSaid()
    {
        for (const char *line : {"user import", "user code", "user code anna --days 91", "user change anna --role sales_manager --days 3", "user disable anna --code", "user password"})
            QVERIFY2(say(words(line)).exitCode == 2, line);
    }
};

QTEST_GUILESS_MAIN(TestCliAccounts)
#include "tst_cli_accounts.moc"
