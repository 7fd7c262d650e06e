// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/real_company.h"

#include <QJsonDocument>
#include <QMap>
#include <QtTest>

using fieldfare::testing::CliRunner;
using fieldfare::testing::RealCompany;
using fieldfare::testing::Said;
using fieldfare::testing::words;
using fieldfare::testing::wrongOf;

/// Given a colleague who works offline, and whose account is disabled meanwhile: what his laptop holds is handed in, reviewed
/// and decided (core/changes/docs/quarantine.md), with the real programs.
class TestCliQuarantine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_company = std::make_unique<RealCompany>();
        VERIFY_EMPTY(m_company->begin());
        VERIFY_EMPTY(m_company->enrol(QStringLiteral("a"), QStringLiteral("anna")));
        ok(anna(), "create customer name=Acme phone=5551234 email=first@example.org");
        ok(anna(), "sync");
        VERIFY_EMPTY(m_company->enrol(QStringLiteral("b"), QStringLiteral("bo")));
        // An edit, a create, and an edit that clashes.
        ok(bo(), "set customer Acme phone=5552345");
        ok(bo(), "create customer name=Newly");
        ok(bo(), "set customer Acme email=bo@example.org");
        ok(anna(), "set customer Acme email=anna@example.org");
        ok(anna(), "sync");
        const Said disabled = m_company->server(words("user disable bo"));
        QVERIFY2(disabled.exitCode == 0, disabled.err.constData());
        QCOMPARE(disabled.number("may_hand_in"), 1);
    }

    void cleanup() { m_company.reset(); }

    void handedInAcceptedAndEnabled()
    {
        const Said handedIn = bo().run(words("sync"));
        QCOMPARE(handedIn.exitCode, 1);
        QCOMPARE(handedIn.number("handed_in"), 3);
        QCOMPARE(handedIn.number("stays"), 0);
        QVERIFY2(handedIn.err.contains("disabled") && handedIn.err.contains("handed in"), handedIn.err.constData());
        const Said tray = bo().run(words("tray"));
        QCOMPARE(tray.lines.size(), 3);
        QCOMPARE(tray.text("outcome"), QStringLiteral("handed-in"));
        QCOMPARE(tray.json().value(QStringLiteral("fields")).toObject().value(QStringLiteral("phone")).toString(), QStringLiteral("5552345"));
        QCOMPARE(m_company->server(words("user list")).exitCode, 0);

        m_company->kill(); // what was confirmed is there
        VERIFY_EMPTY(m_company->start());

        const Said list = m_company->server(words("quarantine list"));
        QCOMPARE(list.lines.size(), 1);
        QCOMPARE(list.text("user"), QStringLiteral("bo"));
        QCOMPARE(list.number("waiting"), 3);
        QCOMPARE(list.number("records"), 2);
        QVERIFY(list.json().value(QStringLiteral("complete")).toBool());
        const QString id = QString::number(list.number("id"));
        const Said show = m_company->server({QStringLiteral("quarantine"), QStringLiteral("show"), id});
        QCOMPARE(show.lines.size(), 3);
        QCOMPARE(show.lines.at(2).value(QStringLiteral("standing")).toObject().value(QStringLiteral("email")).toString(), QStringLiteral("anna@example.org"));
        QCOMPARE(show.lines.at(2).value(QStringLiteral("title")).toString(), QStringLiteral("Acme"));
        ok(anna(), "sync");
        QCOMPARE(anna().run(words("get customer Acme")).text("phone"), QStringLiteral("5551234")); // nothing was changed yet

        // Only what was looked at is decided.
        QCOMPARE(accept(id).exitCode, 1);
        const Said unseen = accept(id, {QStringLiteral("--up-to"), QStringLiteral("2")});
        QCOMPARE(unseen.exitCode, 1);
        const QStringList upToLast{QStringLiteral("--up-to"), lastOf(show)};
        QVERIFY2(unseen.err.contains(upToLast.join(QLatin1Char(' ')).toUtf8()), unseen.err.constData());
        QCOMPARE(m_company->server(words("quarantine list")).number("waiting"), 3);
        const Said accepted = accept(id, upToLast);
        QVERIFY2(accepted.exitCode == 0, accepted.err.constData());
        QCOMPARE(accepted.number("accepted"), 3);
        QCOMPARE(accepted.number("conflicts"), 1);
        QCOMPARE(accept(id, upToLast).exitCode, 1);
        QCOMPARE(m_company->server(words("quarantine list")).lines.size(), 0);
        whoDecidedWhatIsLogged(id, upToLast.last());
        ok(anna(), "sync");
        QCOMPARE(anna().run(words("get customer Acme")).text("phone"), QStringLiteral("5552345"));
        QCOMPARE(anna().run(words("get customer Newly")).text("name"), QStringLiteral("Newly"));
        QCOMPARE(anna().run(words("conflicts list")).lines.size(), 1);

        // What is edited later stays, and is not taken.
        ok(bo(), "set customer Newly phone=5553456");
        const Said again = bo().run(words("sync"));
        QCOMPARE(again.exitCode, 1);
        QCOMPARE(again.number("handed_in"), 3);
        QCOMPARE(again.number("stays"), 1);
        QCOMPARE(m_company->server(words("quarantine list")).lines.size(), 0);

        enableAndAgree();
        QCOMPARE(anna().run(words("count customer")).number("count"), 2);
        QCOMPARE(anna().run(words("get customer Newly")).text("phone"), QStringLiteral("5553456"));
        QCOMPARE(bo().run(words("tray")).lines.size(), 0);
    }

    void enabledBeforeItWasDecided()
    {
        QCOMPARE(bo().run(words("sync")).number("handed_in"), 3);
        enableAndAgree();
        QCOMPARE(m_company->server(words("quarantine list")).lines.size(), 0);
        QCOMPARE(anna().run(words("get customer Acme")).text("phone"), QStringLiteral("5552345"));
        QCOMPARE(anna().run(words("conflicts list")).lines.size(), 1);
    }

    /// Between the look and the decision the account was enabled and disabled again, so that more came.
    void whatCameAfterTheLookIsNotAccepted()
    {
        QCOMPARE(bo().run(words("sync")).number("handed_in"), 3);
        const QString id = QString::number(m_company->server(words("quarantine list")).number("id"));
        const Said show = m_company->server({QStringLiteral("quarantine"), QStringLiteral("show"), id});
        ok(bo(), "create customer name=Unseen");
        QCOMPARE(m_company->server(words("user enable bo")).exitCode, 0);
        QCOMPARE(m_company->server(words("user disable bo")).exitCode, 0);
        QCOMPARE(bo().run(words("sync")).number("handed_in"), 4);
        QVERIFY(m_company->server(words("quarantine list")).json().value(QStringLiteral("complete")).toBool());
        QCOMPARE(accept(id).exitCode, 1);
        const Said refused = accept(id, {QStringLiteral("--up-to"), lastOf(show)});
        QVERIFY2(refused.exitCode == 1 && refused.err.contains("RecordChanged"), refused.err.constData());
        QCOMPARE(m_company->server(words("quarantine list")).number("waiting"), 4);
    }

    void rejectedWithOneException()
    {
        QCOMPARE(bo().run(words("sync")).number("handed_in"), 3);
        const QString id = QString::number(m_company->server(words("quarantine list")).number("id"));
        const Said show = m_company->server({QStringLiteral("quarantine"), QStringLiteral("show"), id});
        const QString create = QString::number(show.lines.at(1).value(QStringLiteral("n")).toInteger());
        QVERIFY(m_company->stop().isEmpty()); // also without a running server
        QCOMPARE(accept(id, {QStringLiteral("--up-to"), lastOf(show), QStringLiteral("--except"), QStringLiteral("77")}).exitCode, 1);
        const Said decided = accept(id, {QStringLiteral("--up-to"), lastOf(show), QStringLiteral("--except"), create});
        QVERIFY2(decided.exitCode == 0, decided.err.constData());
        QCOMPARE(decided.number("refused"), 1);
        VERIFY_EMPTY(m_company->start());
        const Said read = m_company->server({QStringLiteral("quarantine"), QStringLiteral("show"), id});
        QCOMPARE(read.lines.size(), 1);
        QCOMPARE(read.text("state"), QStringLiteral("denied"));
        QCOMPARE(read.json().value(QStringLiteral("fields")).toObject().value(QStringLiteral("name")).toString(), QStringLiteral("Newly"));
        enableAndAgree();
        const Said tray = bo().run(words("tray"));
        QCOMPARE(tray.lines.size(), 1);
        QCOMPARE(tray.text("reason"), QStringLiteral("rejected"));
        QCOMPARE(anna().run(words("count customer")).number("count"), 1);
    }

    void aStolenLaptopGetsNothing()
    {
        QCOMPARE(m_company->server(words("user disable bo --stolen")).number("may_hand_in"), 0);
        QVERIFY(m_company->serverLog().contains("\"stolen\":true"));
        const Said said = bo().run(words("sync"));
        QCOMPARE(said.exitCode, 1);
        QVERIFY2(said.err.contains("revoked"), said.err.constData());
        QVERIFY(said.out.isEmpty());
        QCOMPARE(m_company->server(words("quarantine list")).lines.size(), 0);
        QCOMPARE(bo().run(words("get customer Acme")).text("phone"), QStringLiteral("5552345")); // his own file is as it was
    }

private:
    [[nodiscard]] CliRunner anna() const { return m_company->device(QStringLiteral("a")); }
    [[nodiscard]] CliRunner bo() const { return m_company->device(QStringLiteral("b")); }
    [[nodiscard]] Said accept(const QString &id, const QStringList &options = {}) const
    {
        return m_company->server(QStringList{QStringLiteral("quarantine"), QStringLiteral("accept"), id} + options);
    }
    void whoDecidedWhatIsLogged(const QString &id, const QString &last) const
    {
        QMap<QString, QList<QJsonObject>> events;
        const QByteArray log = m_company->serverLog();
        for (const QByteArray &text : log.split('\n')) {
            const QJsonObject line = QJsonDocument::fromJson(text).object();
            events[line.value(QStringLiteral("event")).toString()].append(line);
        }
        const QList<QJsonObject> handIns = events.value(QStringLiteral("hand-in"));
        const QList<QJsonObject> decisions = events.value(QStringLiteral("quarantine"));
        const QList<QJsonObject> accounts = events.value(QStringLiteral("account"));
        QVERIFY(!handIns.isEmpty());
        QVERIFY(!handIns.last().value(QStringLiteral("device")).toString().isEmpty());
        QCOMPARE(QString::number(handIns.last().value(QStringLiteral("takenN")).toInteger()), last);
        QCOMPARE(decisions.size(), 4); // three times it was refused
        const QJsonObject accepted = decisions.at(2);
        QCOMPARE(accepted.value(QStringLiteral("command")).toString(), QStringLiteral("accept"));
        QCOMPARE(QString::number(accepted.value(QStringLiteral("id")).toInt()), id);
        QCOMPARE(QString::number(accepted.value(QStringLiteral("upTo")).toInteger()), last);
        QCOMPARE(accepted.value(QStringLiteral("accepted")).toInt(), 3);
        QVERIFY(accepted.value(QStringLiteral("ok")).toBool());
        QVERIFY(!decisions.first().value(QStringLiteral("ok")).toBool());
        QCOMPARE(decisions.first().value(QStringLiteral("code")).toString(), QStringLiteral("RecordChanged"));
        QVERIFY(!accounts.isEmpty());
        QCOMPARE(accounts.last().value(QStringLiteral("command")).toString(), QStringLiteral("disable"));
        QVERIFY(!accounts.last().value(QStringLiteral("user")).toString().isEmpty());
        for (const char *secret : {"5552345", "Newly", "bo@example.org"})
            QVERIFY(!log.contains(secret));
    }
    /// The n of the last operation that `quarantine show` listed.
    static QString lastOf(const Said &show) { return QString::number(show.lines.last().value(QStringLiteral("n")).toInteger()); }
    static void ok(const CliRunner &device, const char *line) { VERIFY_EMPTY(wrongOf(device.run(words(line)), QString::fromUtf8(line))); }
    void enableAndAgree() const
    {
        const Said enabled = m_company->server(words("user enable bo"));
        QVERIFY2(enabled.exitCode == 0, enabled.err.constData());
        ok(bo(), "sync");
        ok(anna(), "sync");
        ok(bo(), "sync");
        VERIFY_EMPTY(m_company->agree({QStringLiteral("a"), QStringLiteral("b")}));
    }

    std::unique_ptr<RealCompany> m_company;
};

QTEST_GUILESS_MAIN(TestCliQuarantine)
#include "tst_cli_quarantine.moc"
