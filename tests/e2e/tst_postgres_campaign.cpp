// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Three servers over one PostgreSQL, and devices that work while servers are killed and stopped and connections are cut.
#include "tests/e2e/real_company.h"
#include "tests/testlib/postgres_server.h"

#include <QtTest>

#include <csignal>
#include <random>

using namespace fieldfare::testing;
using fieldfare::testlib::PostgresServer;

namespace {

constexpr int kServers = 3;
constexpr int kLongRounds = 200; ///< From so many on it is a long run, with as many devices.
constexpr int kMostSessions = 20;

QString nameOf(int device)
{
    return QStringLiteral("d%1").arg(device);
}

} // namespace

/// In each round every device edits one record that all edit, one of its own, and makes a new one; then all sync at once while things
/// happen to the servers. At its end every device must be through; nothing may be lost or be there twice.
/// FIELDFARE_CAMPAIGN_ROUNDS=n plays n rounds (20), FIELDFARE_CAMPAIGN_DEVICES=n with so many devices, FIELDFARE_SEED=s what happens in them.
class TestPostgresCampaign : public QObject {
    Q_OBJECT

    std::mt19937_64 m_random{qEnvironmentVariable("FIELDFARE_SEED", QStringLiteral("1")).toULongLong()};
    const int m_rounds = qEnvironmentVariable("FIELDFARE_CAMPAIGN_ROUNDS", QStringLiteral("20")).toInt();
    const int m_devices = qEnvironmentVariable("FIELDFARE_CAMPAIGN_DEVICES", m_rounds >= kLongRounds ? QStringLiteral("20") : QStringLiteral("4")).toInt();
    PostgresServer &m_postgres = PostgresServer::ofThisProgram();
    QString m_database;
    std::vector<std::unique_ptr<RealCompany>> m_servers;
    int m_kills = 0;
    int m_pauses = 0;
    int m_cuts = 0;
    int m_crashes = 0;

    int upTo(int last) { return int(m_random() % quint64(last + 1)); }
    RealCompany &serverOf(int device) { return *m_servers[size_t(device % kServers)]; }
    CliRunner device(int number) { return serverOf(number).device(nameOf(number)); }
    QString edit(int number, const QStringList &words) { return wrongOf(device(number).run(words), nameOf(number) + QLatin1Char(' ') + words.join(QLatin1Char(' '))); }

    QString begin()
    {
        m_database = m_postgres.newDatabase();
        QString wrong;
        for (int i = 0; i < kServers && wrong.isEmpty(); ++i) {
            m_servers.push_back(std::make_unique<RealCompany>());
            m_servers.back()->setInitWords({QStringLiteral("--database"), m_postgres.url(m_database)});
            wrong = i == 0 ? m_servers.back()->begin() : m_servers.back()->join(*m_servers.front());
        }
        for (int i = 0; i < m_devices && wrong.isEmpty(); ++i)
            wrong = serverOf(i).enrol(nameOf(i), i % 2 == 0 ? QStringLiteral("anna") : QStringLiteral("bo"));
        for (int i = 0; i < m_devices && wrong.isEmpty(); ++i)
            wrong = edit(i, {QStringLiteral("create"), QStringLiteral("customer"), QStringLiteral("name=Own %1").arg(i)});
        if (wrong.isEmpty())
            wrong = edit(0, {QStringLiteral("create"), QStringLiteral("customer"), QStringLiteral("name=Shared")});
        return wrong.isEmpty() ? settle() : wrong;
    }

    /// Every device syncs twice with servers that work: what it has goes out, then what the others have comes in.
    QString settle()
    {
        for (int time = 0; time < 2; ++time) {
            for (int i = 0; i < m_devices; ++i) {
                QString wrong = QStringLiteral("never");
                for (int session = 0; session < kMostSessions && !wrong.isEmpty(); ++session)
                    wrong = edit(i, {QStringLiteral("sync")});
                if (!wrong.isEmpty())
                    return wrong;
            }
        }
        return {};
    }

    /// Something happens to a server or to the database, while that device syncs or has just ended.
    QString strike(QProcess &syncing)
    {
        RealCompany &victim = *m_servers[size_t(upTo(kServers - 1))];
        switch (upTo(5)) {
        case 0:
        case 1:
            ++m_kills;
            victim.kill();
            return victim.start();
        case 2:
        case 3:
            ++m_pauses;
            ::kill(pid_t(victim.process().processId()), SIGSTOP);
            syncing.waitForFinished(upTo(700));
            ::kill(pid_t(victim.process().processId()), SIGCONT);
            return {};
        case 4:
            m_cuts += m_postgres.terminateBackends(m_database);
            return {};
        default:
            if (upTo(3) != 0)
                return {};
            ++m_crashes;
            m_postgres.crash();
            return m_postgres.start();
        }
    }

    QString round(int number)
    {
        for (int i = 0; i < m_devices; ++i) {
            QString wrong = edit(i, {QStringLiteral("set"), QStringLiteral("customer"), QStringLiteral("Shared"), QStringLiteral("phone=%1").arg(shared(number, i))});
            if (wrong.isEmpty())
                wrong = edit(i, {QStringLiteral("set"), QStringLiteral("customer"), QStringLiteral("Own %1").arg(i), QStringLiteral("description=round %1").arg(number)});
            if (wrong.isEmpty())
                wrong = edit(i, {QStringLiteral("create"), QStringLiteral("customer"), QStringLiteral("name=New %1 %2").arg(number).arg(i)});
            if (!wrong.isEmpty())
                return wrong;
        }
        std::vector<std::unique_ptr<QProcess>> syncing;
        for (int i = 0; i < m_devices; ++i)
            syncing.push_back(device(i).start(words("sync --json")));
        for (int strikes = 1 + upTo(3); strikes > 0; --strikes) {
            QProcess &one = *syncing[size_t(upTo(m_devices - 1))];
            one.waitForFinished(upTo(250));
            if (const QString wrong = strike(one); !wrong.isEmpty())
                return wrong;
        }
        for (const auto &process : syncing) {
            const Said said = CliRunner::finished(*process);
            if (said.exitCode != 0 && !said.err.contains("Your edits are kept"))
                return QString::fromUtf8(said.err);
        }
        return settle();
    }

    static QString shared(int round, int device) { return QStringLiteral("+49301%1%2").arg(round, 5, 10, QLatin1Char('0')).arg(device, 3, 10, QLatin1Char('0')); }

    /// All devices started from the same value of the shared field: one edit of each round won, each other one is in the conflict
    /// log, or was the value that a later round wrote over.
    QString accounted(int number)
    {
        const QByteArray current = device(0).run(words("get customer Shared")).out;
        const QByteArray conflicts = device(0).run(words("conflicts list --all")).out;
        int won = 0;
        for (int i = 0; i < m_devices; ++i) {
            const QByteArray value = shared(number, i).toUtf8();
            won += current.contains(value) ? 1 : 0;
            if (!current.contains(value) && !conflicts.contains(value))
                return QStringLiteral("the edit %1 is neither current nor in a conflict").arg(QString::fromUtf8(value));
        }
        return won == 1 ? QString() : QStringLiteral("%1 edits of the shared field are current").arg(won);
    }

    /// All devices show the same, and the server says that it is what it has.
    QString converged(int rounds)
    {
        QByteArray first;
        for (int i = 0; i < m_devices; ++i) {
            const CliRunner runner = device(i);
            if (const QString wrong = serverOf(i).agree({nameOf(i)}); !wrong.isEmpty())
                return wrong;
            const QString file = runner.path(nameOf(i) + QStringLiteral("-all.csv"));
            if (const QString wrong = edit(i, {QStringLiteral("export"), QStringLiteral("customer"), file}); !wrong.isEmpty())
                return wrong;
            const QByteArray shown = contentOf(file);
            if (i == 0)
                first = shown;
            if (shown != first || shown.isEmpty())
                return nameOf(i) + QStringLiteral(" shows other records than d0");
        }
        for (int i = 0; i < m_devices; ++i) {
            if (first.count("Own " + QByteArray::number(i) + ',') != 1)
                return QStringLiteral("Own %1 is not there once").arg(i);
            if (device(0).run({QStringLiteral("get"), QStringLiteral("customer"), QStringLiteral("Own %1").arg(i)}).text("description") != QStringLiteral("round %1").arg(rounds - 1))
                return QStringLiteral("the last edit of Own %1 is not there").arg(i);
        }
        const qint64 all = device(0).run(words("count customer")).number("count");
        const qint64 expected = qint64(m_devices) * (rounds + 1) + 1;
        return all == expected ? QString() : QStringLiteral("%1 customers instead of %2").arg(all).arg(expected);
    }

private Q_SLOTS:
    void nothingIsLost()
    {
        VERIFY_EMPTY(begin());
        for (int number = 0; number < m_rounds; ++number) {
            const QString failure = round(number);
            QVERIFY2(failure.isEmpty(), qPrintable(QStringLiteral("round %1: %2").arg(number).arg(failure)));
            VERIFY_EMPTY(accounted(number));
            if (number % 10 == 9)
                VERIFY_EMPTY(converged(number + 1));
        }
        VERIFY_EMPTY(converged(m_rounds));
        for (const auto &server : m_servers)
            VERIFY_EMPTY(server->stop());
        const Said verified = m_servers.front()->server({QStringLiteral("verify")});
        QVERIFY2(verified.json().value(QStringLiteral("ok")).toBool(), (verified.out + verified.err).constData());
        qInfo("%d rounds, %d devices: %d servers killed, %d stopped for a while, %d connections cut, the database crashed %d times", m_rounds, m_devices, m_kills, m_pauses, m_cuts,
              m_crashes);
        QVERIFY(m_kills > 0 && m_pauses > 0 && m_cuts > 0);
    }
};

QTEST_GUILESS_MAIN(TestPostgresCampaign)
#include "tst_postgres_campaign.moc"
