// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A forgotten passphrase by the real programs: the device asks, two administrators approve, what was edited offline arrives.
#include "tests/e2e/real_company.h"

#include <QFile>
#include <QJsonArray>
#include <QtTest>

#ifdef Q_OS_UNIX
#include "tests/e2e/typed_secret.h"
#endif

using namespace fieldfare::testing;

namespace {

constexpr const char *kRecoverySecrets[] = {"admin", "ben", "cyd"};
constexpr const char *kNewPassphrase = "sparrow-velvet-57-harbour";

QString secretName(const char *name)
{
    return QStringLiteral("recovery-%1.txt").arg(QString::fromLatin1(name));
}

} // namespace

class TestCliRecovery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        VERIFY_EMPTY(m_company.begin({QStringLiteral("anna"), QStringLiteral("bo")}));
        for (const char *name : {"ben", "cyd"})
            VERIFY_EMPTY(wrongOf(m_company.server({QStringLiteral("user"), QStringLiteral("add"), QString::fromLatin1(name), QStringLiteral("--role"), QStringLiteral("system_administrator")}), QStringLiteral("user add")));
        for (const char *name : kRecoverySecrets) {
            QFile file(m_company.folder() + QLatin1Char('/') + secretName(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
            file.write(QByteArray("tumbler-meadow-93-kestrel of ") + name + '\n');
        }
    }

    void theKeyReachesDevicesOfBeforeAndAfter()
    {
        VERIFY_EMPTY(m_company.enrol(QStringLiteral("bo"), QStringLiteral("bo")));
        const CliRunner bo = m_company.device(QStringLiteral("bo"));
        QVERIFY(!bo.run(words("recover status")).json().value(QStringLiteral("sealed")).toBool());
        const Said tooEarly = bo.run({QStringLiteral("recover"), QStringLiteral("request"), bo.path(QStringLiteral("early"))});
        QCOMPARE(tooEarly.exitCode, 1);
        QCOMPARE(tooEarly.error().value(QStringLiteral("code")).toString(), QStringLiteral("NotFound"));

        const Said made = recovery({QStringLiteral("init"), QStringLiteral("--administrators"), QStringLiteral("admin,ben,cyd")});
        QVERIFY2(made.exitCode == 0, made.err.constData());
        m_fingerprint = made.text("fingerprint");
        QCOMPARE(m_fingerprint.size(), 24);

        VERIFY_EMPTY(wrongOf(bo.run(words("sync")), QStringLiteral("sync")));
        QCOMPARE(bo.run(words("recover status")).text("recovery_key"), m_fingerprint);
        VERIFY_EMPTY(m_company.enrol(QStringLiteral("anna"), QStringLiteral("anna")));
        QCOMPARE(m_company.device(QStringLiteral("anna")).run(words("recover status")).text("recovery_key"), m_fingerprint);
    }

    void aForgottenPassphraseLosesNothing()
    {
        CliRunner anna = m_company.device(QStringLiteral("anna"));
        VERIFY_EMPTY(wrongOf(anna.run(words("create customer name=Offline")), QStringLiteral("create")));
        const QString file = anna.path(QStringLiteral("anna.request"));
        anna.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QStringLiteral("nobody knows it"));
        const Said asked = anna.run({QStringLiteral("recover"), QStringLiteral("request"), file});
        QVERIFY2(asked.exitCode == 0, asked.err.constData());
        const QString fingerprint = asked.text("fingerprint");
        const Said again = anna.run({QStringLiteral("recover"), QStringLiteral("request"), file});
        QVERIFY(again.json().value(QStringLiteral("repeated")).toBool());
        QCOMPARE(again.text("fingerprint"), fingerprint);

        const Said shown = recovery({QStringLiteral("show"), file});
        QVERIFY2(shown.exitCode == 0, shown.err.constData());
        QCOMPARE(shown.text("fingerprint"), fingerprint);
        QCOMPARE(shown.text("user"), QStringLiteral("anna"));

        QCOMPARE(approve(file, "ben", QStringLiteral("0000-1111-2222-3333-4444")).exitCode, 1);
        QCOMPARE(approve(file, "anna", fingerprint).error().value(QStringLiteral("code")).toString(), QStringLiteral("NotPermitted"));
        const Said first = approve(file, "ben", fingerprint);
        QVERIFY2(first.exitCode == 0, first.err.constData());
        QVERIFY(!first.json().value(QStringLiteral("complete")).toBool());
        QCOMPARE(approve(file, "ben", fingerprint).error().value(QStringLiteral("code")).toString(), QStringLiteral("AlreadyExists"));
        QVERIFY(!QFile::exists(file + QStringLiteral(".answer")));
        QCOMPARE(approve(file, "cyd", fingerprint, "ben").error().value(QStringLiteral("code")).toString(), QStringLiteral("WrongPassphrase"));
        const Said second = approve(file, "cyd", fingerprint.toLower());
        QVERIFY2(second.exitCode == 0, second.err.constData());
        QVERIFY(second.json().value(QStringLiteral("complete")).toBool());

        // The answer of somebody else, and a damaged one.
        const QString answer = second.text("answer");
        anna.setEnvironment(QStringLiteral("FIELDFARE_NEW_PASSPHRASE"), QString::fromLatin1(kNewPassphrase));
        const QByteArray bytes = contentOf(answer);
        QCOMPARE(anna.run({QStringLiteral("recover"), QStringLiteral("finish"), anna.file(QStringLiteral("torn"), bytes.chopped(9))}).exitCode, 1);
        CliRunner bo = m_company.device(QStringLiteral("bo"));
        bo.setEnvironment(QStringLiteral("FIELDFARE_NEW_PASSPHRASE"), QString::fromLatin1(kNewPassphrase));
        QCOMPARE(bo.run({QStringLiteral("recover"), QStringLiteral("finish"), answer}).exitCode, 1);
        anna.setEnvironment(QStringLiteral("FIELDFARE_NEW_PASSPHRASE"), QStringLiteral("password"));
        QCOMPARE(anna.run({QStringLiteral("recover"), QStringLiteral("finish"), answer}).error().value(QStringLiteral("code")).toString(), QStringLiteral("WeakPassphrase"));
        anna.setEnvironment(QStringLiteral("FIELDFARE_NEW_PASSPHRASE"), QString::fromLatin1(kNewPassphrase));
        const Said finished = anna.run({QStringLiteral("recover"), QStringLiteral("finish"), answer});
        QVERIFY2(finished.exitCode == 0, finished.err.constData());
        QCOMPARE(anna.run({QStringLiteral("recover"), QStringLiteral("finish"), answer}).exitCode, 1); // replayed

        anna.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QString::fromLatin1(kNewPassphrase));
        QCOMPARE(anna.run(words("get customer Offline")).text("name"), QStringLiteral("Offline"));
        QCOMPARE(anna.run(words("sync")).number("pushed"), 1);
        VERIFY_EMPTY(wrongOf(bo.run(words("sync")), QStringLiteral("sync")));
        QCOMPARE(bo.run(words("get customer Offline")).text("name"), QStringLiteral("Offline"));
        QCOMPARE(m_company.device(QStringLiteral("anna")).run(words("count customer")).error().value(QStringLiteral("code")).toString(), QStringLiteral("WrongPassphrase"));

        QStringList events;
        for (const QJsonObject &line : recovery({QStringLiteral("audit")}).lines)
            events.append((line.value(QStringLiteral("event")).toString() + QLatin1Char(' ') + line.value(QStringLiteral("administrator")).toString()).trimmed());
        const QStringList expected{QStringLiteral("made admin, ben, cyd"), QStringLiteral("asked"),       QStringLiteral("failed ben"), QStringLiteral("failed anna"),
                                   QStringLiteral("approved ben"),         QStringLiteral("failed cyd"),  QStringLiteral("opened cyd"), QStringLiteral("finished")};
        QCOMPARE(events, expected);
        QVERIFY(recovery({QStringLiteral("status")}).json().value(QStringLiteral("audit_whole")).toBool());
        for (const char *secret : {"tumbler-meadow", kNewPassphrase})
            QVERIFY(!m_company.serverLog().contains(secret));
    }

    /// The data key was replaced since, and no server runs.
    void aReplacedDataKeyIsRecoveredToo()
    {
        CliRunner bo = m_company.device(QStringLiteral("bo"));
        VERIFY_EMPTY(wrongOf(bo.run(words("key rotate")), QStringLiteral("key rotate")));
        VERIFY_EMPTY(wrongOf(bo.run(words("create customer name=Rotated")), QStringLiteral("create")));
        const QString file = bo.path(QStringLiteral("bo.request"));
        const QString fingerprint = bo.run({QStringLiteral("recover"), QStringLiteral("request"), file}).text("fingerprint");
        VERIFY_EMPTY(m_company.stop());
        QVERIFY(approve(file, "cyd", fingerprint).exitCode == 0);
        const Said second = approve(file, "admin", fingerprint);
        QVERIFY2(second.exitCode == 0, second.err.constData());
        VERIFY_EMPTY(m_company.start());
        bo.setEnvironment(QStringLiteral("FIELDFARE_NEW_PASSPHRASE"), QString::fromLatin1(kNewPassphrase));
        VERIFY_EMPTY(wrongOf(bo.run({QStringLiteral("recover"), QStringLiteral("finish"), second.text("answer")}), QStringLiteral("finish")));
        bo.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QString::fromLatin1(kNewPassphrase));
        QCOMPARE(bo.run(words("get customer Rotated")).text("name"), QStringLiteral("Rotated"));
        VERIFY_EMPTY(wrongOf(bo.run(words("check")), QStringLiteral("check")));
    }

    /// Somebody goes away from the question, and the passphrase is remembered.
    void nobodyIsKeptOutWhileAPassphraseIsTyped()
    {
#ifndef Q_OS_UNIX
        QSKIP("needs a pipe with a name");
#else
        CliRunner bo = m_company.device(QStringLiteral("bo"));
        bo.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QString::fromLatin1(kNewPassphrase));
        const QString file = bo.path(QStringLiteral("typed.request"));
        const QString fingerprint = bo.run({QStringLiteral("recover"), QStringLiteral("request"), file}).text("fingerprint");
        QCOMPARE(approve(file, "cyd", fingerprint).exitCode, 0);
        const QString answer = approve(file, "admin", fingerprint).text("answer");
        TypedSecret typed(bo.path(QStringLiteral("typed")));
        QVERIFY(typed.isThere());
        const auto asking = bo.start({QStringLiteral("recover"), QStringLiteral("finish"), answer, QStringLiteral("--new-secret-file"), typed.path()});
        QTRY_VERIFY_WITH_TIMEOUT(typed.isAskedFor(), 30'000);
        VERIFY_EMPTY(wrongOf(bo.run(words("create customer name=Meanwhile")), QStringLiteral("create")));
        QVERIFY(typed.type("walnut-ribbon-31-thunder\n"));
        QVERIFY(asking->waitForFinished());
        QCOMPARE(asking->exitCode(), 0);
        bo.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QStringLiteral("walnut-ribbon-31-thunder"));
        QCOMPARE(bo.run(words("get customer Meanwhile")).text("name"), QStringLiteral("Meanwhile"));
#endif
    }

    /// Somebody on the way put in a key of their own: the fingerprint is not what the person reads out.
    void anAlteredRequestIsNoticed()
    {
        const CliRunner bo = m_company.device(QStringLiteral("bo"));
        const QString own = bo.path(QStringLiteral("own.request"));
        const QString fingerprint = bo.run({QStringLiteral("recover"), QStringLiteral("request"), own}).text("fingerprint");
        const Said other = bo.run({QStringLiteral("recover"), QStringLiteral("request"), bo.path(QStringLiteral("other.request")), QStringLiteral("--again")});
        QVERIFY(other.text("fingerprint") != fingerprint);
        QCOMPARE(approve(bo.path(QStringLiteral("other.request")), "ben", fingerprint).error().value(QStringLiteral("code")).toString(), QStringLiteral("InvalidArgument"));
        QByteArray bytes = contentOf(own);
        bytes[40] = char(bytes[40] ^ 1);
        QCOMPARE(recovery({QStringLiteral("show"), bo.file(QStringLiteral("broken.request"), bytes)}).exitCode, 1);
        const Said refused = recovery({QStringLiteral("refuse"), bo.path(QStringLiteral("other.request")), QStringLiteral("--administrator"), QStringLiteral("cyd"), QStringLiteral("--reason"), QStringLiteral("nobody called")});
        QVERIFY2(refused.exitCode == 0, refused.err.constData());
        QCOMPARE(approve(bo.path(QStringLiteral("other.request")), "ben", other.text("fingerprint")).exitCode, 1);
        QVERIFY(bo.run(words("recover cancel")).json().value(QStringLiteral("cancelled")).toBool());
    }

    /// Whoever holds the server cannot quietly have profiles sealed to another key.
    void anotherRecoveryKeyWaitsForAPerson()
    {
        const Said made = recovery({QStringLiteral("init"), QStringLiteral("--administrators"), QStringLiteral("admin,ben"), QStringLiteral("--replace")});
        QVERIFY2(made.exitCode == 0, made.err.constData());
        CliRunner anna = m_company.device(QStringLiteral("anna"));
        anna.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QString::fromLatin1(kNewPassphrase));
        const Said synced = anna.run(words("sync"));
        QCOMPARE(synced.exitCode, 0);
        QVERIFY(synced.err.contains(made.text("fingerprint").toLatin1()));
        QCOMPARE(anna.run(words("recover status")).text("recovery_key"), m_fingerprint);
        QCOMPARE(anna.run({QStringLiteral("recover"), QStringLiteral("accept"), m_fingerprint}).exitCode, 1);
        VERIFY_EMPTY(wrongOf(anna.run({QStringLiteral("recover"), QStringLiteral("accept"), made.text("fingerprint")}), QStringLiteral("accept")));
        QCOMPARE(anna.run(words("recover status")).text("recovery_key"), made.text("fingerprint"));
    }

private:
    Said recovery(const QStringList &given) const
    {
        QStringList all = QStringList{QStringLiteral("recovery")} + given;
        if (given.first() == QLatin1String("init") || given.first() == QLatin1String("refuse")) {
            for (const char *name : kRecoverySecrets)
                all += {QStringLiteral("--administrator-secret"), QString::fromLatin1(name) + QLatin1Char('=') + m_company.folder() + QLatin1Char('/') + secretName(name)};
        }
        return m_company.server(all);
    }
    /// `secretOf`: whose recovery passphrase is given; his own without.
    Said approve(const QString &file, const char *name, const QString &fingerprint, const char *secretOf = nullptr) const
    {
        const QString administrator = QString::fromLatin1(name);
        return recovery({QStringLiteral("approve"), file, QStringLiteral("--administrator"), administrator, QStringLiteral("--fingerprint"), fingerprint, QStringLiteral("--administrator-secret"),
                         administrator + QLatin1Char('=') + m_company.folder() + QLatin1Char('/') + secretName(secretOf != nullptr ? secretOf : name)});
    }

    RealCompany m_company;
    QString m_fingerprint;
};

QTEST_GUILESS_MAIN(TestCliRecovery)
#include "tst_cli_recovery.moc"
