// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A second factor with the real programs: begun, confirmed, asked for, used up; and devices that are listed and revoked.
#include "tests/e2e/real_company.h"

#include <QDateTime>
#include <QJsonArray>
#include <QMessageAuthenticationCode>
#include <QUrl>
#include <QUrlQuery>
#include <QtEndian>
#include <QtTest>

using namespace fieldfare::testing;

namespace {

#ifdef Q_OS_LINUX
constexpr int kAnnasDevices = 5;
#else
constexpr int kAnnasDevices = 4; // none was typed for
#endif

/// An authenticator app, written from RFC 4648, 4226 and 6238 beside the server's own code.
class App {
public:
    explicit App(const QString &uri)
    {
        quint32 bits = 0;
        int count = 0;
        for (const QChar letter : QUrlQuery(QUrl(uri)).queryItemValue(QStringLiteral("secret"))) {
            bits = (bits << 5) | quint32(QStringLiteral("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").indexOf(letter));
            count += 5;
            if (count >= 8) {
                count -= 8;
                m_secret += char(bits >> count);
                bits &= (1U << count) - 1;
            }
        }
    }
    [[nodiscard]] QString code(qint64 step) const
    {
        QByteArray message(8, '\0');
        qToBigEndian(step, message.data());
        const QByteArray mac = QMessageAuthenticationCode::hash(message, m_secret, QCryptographicHash::Sha1);
        const quint32 number = qFromBigEndian<quint32>(mac.constData() + (mac.at(19) & 15)) & 0x7fffffff;
        return QStringLiteral("%1").arg(number % 1'000'000, 6, 10, QLatin1Char('0'));
    }
    [[nodiscard]] static qint64 now() { return QDateTime::currentSecsSinceEpoch() / 30; }
    [[nodiscard]] qsizetype secretSize() const { return m_secret.size(); }

private:
    QByteArray m_secret;
};

/// A program on a terminal of its own, which `script` (util-linux) makes.
class OnTerminal {
public:
    OnTerminal(const QProcessEnvironment &environment, const QStringList &command)
    {
        m_process.setProcessEnvironment(environment);
        QStringList quoted;
        for (const QString &word : command)
            quoted.append(QLatin1Char('\'') + word + QLatin1Char('\''));
        m_process.start(QStringLiteral("script"), {QStringLiteral("-qec"), quoted.join(QLatin1Char(' ')), QStringLiteral("/dev/null")});
    }
    /// Waits until it says this.
    [[nodiscard]] bool says(const QByteArray &text)
    {
        while (!m_said.contains(text) && m_process.waitForReadyRead(60'000))
            m_said += m_process.readAllStandardOutput();
        return m_said.contains(text);
    }
    void type(const QString &line) { m_process.write(line.toUtf8() + '\n'); }
    [[nodiscard]] int exitCode()
    {
        m_process.waitForFinished(60'000);
        m_said += m_process.readAllStandardOutput();
        return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }
    [[nodiscard]] QByteArray said() const { return m_said; }

private:
    QProcess m_process;
    QByteArray m_said;
};

QString codeOf(const Said &said)
{
    return said.exitCode == 1 ? said.error().value(QStringLiteral("code")).toString() : QStringLiteral("exit %1").arg(said.exitCode);
}

} // namespace

class TestCliSecondFactor : public QObject {
    Q_OBJECT

private:
    RealCompany m_company;
    QString m_uri;
    qint64 m_step = 0; ///< Of the code that confirmed.
    QStringList m_recoveryCodes;

    Said factor(const QStringList &words) const { return m_company.server(QStringList{QStringLiteral("user"), QStringLiteral("second-factor"), QStringLiteral("anna")} + words); }
    /// A new device of anna's, with what is given as its code.
    Said signIn(const char *name, const QString &code) const
    {
        CliRunner device = m_company.device(QString::fromLatin1(name));
        if (!code.isEmpty())
            device.setEnvironment(QStringLiteral("FIELDFARE_CODE"), code);
        return device.run(m_company.enrolWords(QStringLiteral("anna")));
    }

private Q_SLOTS:
    void initTestCase()
    {
        VERIFY_EMPTY(m_company.begin());
        VERIFY_EMPTY(m_company.enrol(QStringLiteral("first"), QStringLiteral("anna")));
    }

    void whatIsBegunIsNotAskedFor()
    {
        const Said begun = factor(words("begin"));
        QVERIFY2(begun.exitCode == 0, begun.err.constData());
        m_uri = begun.text("uri");
        QVERIFY2(m_uri.startsWith(QLatin1String("otpauth://totp/Fieldfare%20Company:anna?secret=")), qPrintable(m_uri));
        QCOMPARE(App(m_uri).secretSize(), 20);
        QCOMPARE(signIn("second", {}).exitCode, 0);
    }

    void aFirstRightCodeMakesItActive()
    {
        const App app(m_uri);
        QCOMPARE(codeOf(factor({QStringLiteral("confirm"), app.code(App::now() + 1000)})), QStringLiteral("SecondFactorWrong"));
        m_step = App::now();
        const Said confirmed = factor({QStringLiteral("confirm"), app.code(m_step)});
        QVERIFY2(confirmed.exitCode == 0, confirmed.err.constData());
        for (const QJsonValue &code : confirmed.json().value(QStringLiteral("recovery_codes")).toArray())
            m_recoveryCodes.append(code.toString());
        QCOMPARE(m_recoveryCodes.size(), 10);
        const Said users = m_company.server(words("user list"));
        for (const QJsonObject &user : users.lines)
            QCOMPARE(user.value(QStringLiteral("second_factor")).toBool(), user.value(QStringLiteral("name")).toString() == QLatin1String("anna"));
        QCOMPARE(codeOf(factor(words("begin"))), QStringLiteral("AlreadyExists"));
    }

    void aPasswordAloneEnrolsNothing()
    {
        const Said refused = signIn("third", {});
        QCOMPARE(codeOf(refused), QStringLiteral("SecondFactorNeeded"));
        QVERIFY2(refused.error().value(QStringLiteral("message")).toString().contains(QLatin1String("code besides the password")), refused.err.constData());
        QVERIFY(!QFile::exists(m_company.device(QStringLiteral("third")).profile() + QStringLiteral("/fieldfare.db")));
    }

    void aCodeEnrolsOnce()
    {
        const App app(m_uri);
        QCOMPARE(codeOf(signIn("third", app.code(m_step))), QStringLiteral("SecondFactorWrong")); // it has confirmed
        const Said enrolled = signIn("third", app.code(m_step + 1));
        QVERIFY2(enrolled.exitCode == 0, enrolled.err.constData());
        QCOMPARE(codeOf(signIn("fourth", app.code(m_step + 1))), QStringLiteral("SecondFactorWrong"));
    }

#ifdef Q_OS_LINUX
    void aCodeIsTypedAtAPrompt()
    {
        QProcessEnvironment environment = m_company.environment();
        environment.insert(QStringLiteral("FIELDFARE_PASSPHRASE"), QString::fromLatin1(CliRunner::kPassphrase));
        environment.insert(QStringLiteral("FIELDFARE_PASSWORD"), QString::fromLatin1(RealCompany::kUserPassword));
        const QString profile = m_company.device(QStringLiteral("typed")).profile();
        OnTerminal init(environment, QStringList{CliRunner::program(QStringLiteral("fieldfare-cli")), QStringLiteral("--profile"), profile} + m_company.enrolWords(QStringLiteral("anna")));
        QVERIFY2(init.says("Code of the authenticator app, or a recovery code: "), init.said().constData());
        const QString code = m_recoveryCodes.takeAt(1);
        init.type(code);
        QVERIFY2(init.says("Enrolled at"), init.said().constData());
        QCOMPARE(init.exitCode(), 0);
        QVERIFY(!init.said().contains(code.toUtf8())); // no echo
    }

    void aQrCodeIsDrawnOnATerminalOnly()
    {
        const QStringList begin{QStringLiteral("user"), QStringLiteral("second-factor"), QStringLiteral("bo"), QStringLiteral("begin")};
        OnTerminal drawn(m_company.environment(), QStringList{CliRunner::program(QStringLiteral("fieldfare-server"))} + begin + QStringList{QStringLiteral("--data"), m_company.data()});
        QCOMPARE(drawn.exitCode(), 0);
        QVERIFY2(drawn.said().contains("otpauth://totp/") && drawn.said().contains("\u2588\u2580\u2580\u2580\u2580\u2580\u2588"), drawn.said().constData());
        QVERIFY(!m_company.server(begin).out.contains("\u2588"));
    }
#endif

    void aRecoveryCodeEnrolsOnce()
    {
        const Said enrolled = signIn("fourth", m_recoveryCodes.first().toLower());
        QVERIFY2(enrolled.exitCode == 0, enrolled.err.constData());
        QCOMPARE(codeOf(signIn("fifth", m_recoveryCodes.first())), QStringLiteral("SecondFactorWrong"));
        const Said renewed = factor(words("codes"));
        QCOMPARE(renewed.json().value(QStringLiteral("recovery_codes")).toArray().size(), 10);
        QCOMPARE(codeOf(signIn("fifth", m_recoveryCodes.last())), QStringLiteral("SecondFactorWrong"));
        m_recoveryCodes.append(renewed.json().value(QStringLiteral("recovery_codes")).toArray().first().toString());
    }

    void guessingLocksNewSignInsOnly()
    {
        for (int i = 0; codeOf(signIn("fifth", QStringLiteral("AAAA-AAAA-AAAA-AAA%1").arg(i))) == QLatin1String("SecondFactorWrong"); ++i)
            QVERIFY(i < 10);
        const Said locked = signIn("fifth", m_recoveryCodes.last());
        QCOMPARE(codeOf(locked), QStringLiteral("TooManyAttempts"));
        const int seconds = locked.error().value(QStringLiteral("subject")).toString().toInt();
        QVERIFY2(seconds > 0 && seconds <= 30, locked.err.constData());
        VERIFY_EMPTY(wrongOf(m_company.device(QStringLiteral("first")).run(words("sync")), QStringLiteral("sync")));
        VERIFY_EMPTY(m_company.enrol(QStringLiteral("bo"), QStringLiteral("bo"))); // nor another account
    }

    void aRevokedDeviceIsTold()
    {
        const CliRunner first = m_company.device(QStringLiteral("first"));
        const Said all = m_company.server(words("device list"));
        QCOMPARE(all.lines.size(), 1 + kAnnasDevices); // and one of bo's
        const Said annas = m_company.server(words("device list --user anna"));
        QCOMPARE(annas.lines.size(), kAnnasDevices);
        const QDateTime contact = QDateTime::fromString(annas.json().value(QStringLiteral("last_contact")).toString(), Qt::ISODate);
        QVERIFY(contact.isValid() && contact.secsTo(QDateTime::currentDateTimeUtc()) < 600);
        const QString id = QString::number(annas.json().value(QStringLiteral("id")).toInt());
        const Said revoked = m_company.server({QStringLiteral("device"), QStringLiteral("revoke"), id});
        QCOMPARE(revoked.text("state"), QStringLiteral("revoked"));
        QCOMPARE(codeOf(first.run(words("sync"))), QStringLiteral("DeviceRevoked"));
        VERIFY_EMPTY(wrongOf(m_company.device(QStringLiteral("second")).run(words("sync")), QStringLiteral("sync")));
        QCOMPARE(codeOf(m_company.server(words("device revoke 99"))), QStringLiteral("NotFound"));
        QCOMPARE(m_company.server(words("device revoke first")).exitCode, 2);
    }

    void whatIsRemovedIsNotAskedForAnyMore()
    {
        QCOMPARE(factor(words("remove")).exitCode, 0);
        QCOMPARE(codeOf(factor(words("remove"))), QStringLiteral("NotFound"));
        QCOMPARE(codeOf(factor(words("codes"))), QStringLiteral("NotFound"));
        QCOMPARE(factor(words("forget")).exitCode, 2);
        QCOMPARE(factor(words("confirm")).exitCode, 2);
    }

    void noSecretStandsInTheLog()
    {
        const QByteArray log = m_company.serverLog();
        QVERIFY(log.contains("\"second-factor\"") && log.contains("\"device-revoked\"")); // that it was done does
        QVERIFY(!log.contains(QUrlQuery(QUrl(m_uri)).queryItemValue(QStringLiteral("secret")).toLatin1()));
        QVERIFY(!log.contains("otpauth"));
        for (const QString &code : m_recoveryCodes)
            QVERIFY(!log.contains(code.toLatin1()));
    }

    void itWorksWithoutARunningServer()
    {
        VERIFY_EMPTY(m_company.stop());
        const Said begun = factor(words("begin"));
        QVERIFY2(begun.exitCode == 0, begun.err.constData());
        m_step = App::now();
        QCOMPARE(factor({QStringLiteral("confirm"), App(begun.text("uri")).code(m_step)}).exitCode, 0);
        QCOMPARE(m_company.server(words("device list")).lines.size(), 1 + kAnnasDevices);
    }
};

QTEST_GUILESS_MAIN(TestCliSecondFactor)
#include "tst_cli_second_factor.moc"
