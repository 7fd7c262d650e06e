// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/real_company.h"

#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QSet>
#include <QtTest>

#include <random>

using namespace fieldfare::testing;

namespace {

/// What a round decides by chance; the same seed decides the same. Times of other programs are not in our hand, so that a
/// replayed round kills at the same delay, not at the same instruction.
class Chance {
public:
    explicit Chance(quint64 seed) : m_random(seed) {}
    int upTo(int last) { return int(m_random() % quint64(last + 1)); }
    int between(int first, int last) { return first + upTo(last - first); }

private:
    std::mt19937_64 m_random;
};

constexpr int kPatienceMs = 60'000;

/// Whether the file was made since then; one that a killed program left does not count.
bool isNew(const QString &path, const QDateTime &since)
{
    QFileInfo file(path);
    file.setCaching(false);
    return file.exists() && file.lastModified() >= since;
}

/// SIGKILL at a random time: within `spanMs` after `trigger` is made (an empty path: after now) by the process that was just
/// started. False when it ended before.
bool killWithin(QProcess &process, const QString &trigger, int spanMs, Chance &chance)
{
    const QDateTime start = QDateTime::currentDateTimeUtc().addMSecs(-50);
    QElapsedTimer waited;
    waited.start();
    while (!trigger.isEmpty() && !isNew(trigger, start) && waited.elapsed() < kPatienceMs) {
        if (process.state() == QProcess::NotRunning || process.waitForFinished(1))
            return false;
    }
    // Short delays more often: most work is done in the first moments.
    const int delay = chance.upTo(3) == 0 ? chance.upTo(std::max(1, spanMs / 10)) : chance.upTo(spanMs);
    if (delay > 0 && process.waitForFinished(delay))
        return false;
    process.kill();
    process.waitForFinished(kPatienceMs);
    return process.exitStatus() == QProcess::CrashExit;
}

QByteArray customersCsv(const QString &prefix, int count)
{
    QByteArray rows("name,phone,level\n");
    for (int i = 0; i < count; ++i)
        rows += prefix.toUtf8() + QByteArray::number(i) + ",+49301" + QByteArray::number(100'000 + i) + ",b\n";
    return rows;
}

} // namespace

/// kill -9 of any program at any moment: nothing acknowledged is lost, and the next start goes on by itself.
/// FIELDFARE_ROUNDS=n runs the seeds 1 to n of each kind, FIELDFARE_SEED=s only that one.
class TestKillCampaign : public QObject {
    Q_OBJECT

private:
    static void seeds()
    {
        QTest::addColumn<quint64>("seed");
        const quint64 one = qEnvironmentVariable("FIELDFARE_SEED").toULongLong();
        const quint64 rounds = qEnvironmentVariable("FIELDFARE_ROUNDS", QStringLiteral("1")).toULongLong();
        for (quint64 seed = one != 0 ? one : 1; seed <= (one != 0 ? one : rounds); ++seed)
            QTest::addRow("FIELDFARE_SEED=%llu", static_cast<unsigned long long>(seed)) << seed;
    }

private Q_SLOTS:
    void cleanupTestCase() { qInfo("%d programs were killed at work, %d had ended before", m_killed, m_late); }

    void theServerWhileTwoDevicesSync_data() { seeds(); }
    void theServerWhileTwoDevicesSync()
    {
        QFETCH(const quint64, seed);
        Chance chance(seed);
        QCOMPARE(twoDevices(), QString());
        for (const char *name : {"a", "b"}) {
            import(name, QStringLiteral("S%1-%2-").arg(seed).arg(QLatin1String(name)), chance.between(1, 400));
            const CliRunner device = m_company->device(QString::fromLatin1(name));
            QCOMPARE(wrongOf(device.run({QStringLiteral("set"), QStringLiteral("customer"), QStringLiteral("Shared"),
                                         QStringLiteral("phone=+4930%1%2").arg(1'000 + seed).arg(int(*name)),
                                         QLatin1String(name) == QLatin1String("a") ? QStringLiteral("website=https://%1.example").arg(seed)
                                                                                    : QStringLiteral("email=x%1@example.com").arg(seed)}),
                             QStringLiteral("set")), QString());
        }
        const auto first = m_company->device(QStringLiteral("a")).start(words("sync --json"));
        const auto second = m_company->device(QStringLiteral("b")).start(words("sync --json"));
        note(killWithin(m_company->process(), m_company->folder() + QStringLiteral("/a/run.sock"), 900, chance));
        m_company->kill();
        for (QProcess *one : {first.get(), second.get()}) {
            const Said said = CliRunner::finished(*one);
            QVERIFY2(said.exitCode == 0 || (said.exitCode == 1 && said.err.contains("Your edits are kept")), said.err.constData());
        }
        QCOMPARE(m_company->start(), QString());
        QCOMPARE(syncAll(), QString());
        QCOMPARE(everythingIsThere(), QString());
    }

    void aDeviceWhileItSyncs_data() { seeds(); }
    void aDeviceWhileItSyncs()
    {
        QFETCH(const quint64, seed);
        Chance chance(seed);
        QCOMPARE(twoDevices(), QString());
        // b has something to send and something to receive
        import("a", QStringLiteral("Y%1-a-").arg(seed), chance.between(1, 600));
        import("b", QStringLiteral("Y%1-b-").arg(seed), chance.between(1, 600));
        QCOMPARE(wrongOf(m_company->device(QStringLiteral("a")).run(words("sync")), QStringLiteral("sync")), QString());
        for (int kills = chance.between(1, 2); kills > 0; --kills) {
            const auto syncing = m_company->device(QStringLiteral("b")).start(words("sync --json"));
            note(killWithin(*syncing, m_company->folder() + QStringLiteral("/b/run.sock"), 700, chance));
        }
        QCOMPARE(syncAll(), QString());
        QCOMPARE(everythingIsThere(), QString());
    }

    void aFirstDownload_data() { seeds(); }
    void aFirstDownload()
    {
        QFETCH(const quint64, seed);
        Chance chance(seed);
        QCOMPARE(twoDevices(), QString());
        if (!std::exchange(m_isLarge, true)) {
            import("a", QStringLiteral("Large-"), 4000);
            QCOMPARE(syncAll(), QString());
        }
        const QString name = QStringLiteral("new%1").arg(seed);
        const CliRunner device = m_company->device(name);
        const auto enrolling = device.start(m_company->enrolWords(QStringLiteral("anna")));
        const bool isEarly = chance.upTo(1) == 0;
        note(killWithin(*enrolling, device.profile() + (isEarly ? QString() : QStringLiteral("/fieldfare.key")), isEarly ? 1000 : 3000, chance));
        for (int kills = chance.upTo(2); kills > 0; --kills) {
            const auto going = device.start(words("sync"));
            note(killWithin(*going, {}, 2500, chance));
        }
        // Whether the enrolment was completed is what sync says.
        const Said resumed = device.run(words("sync"));
        if (resumed.exitCode != 0) {
            QVERIFY2(resumed.err.contains("init"), resumed.err.constData());
            QCOMPARE(wrongOf(device.run(m_company->enrolWords(QStringLiteral("anna"))), QStringLiteral("second init")), QString());
        }
        QCOMPARE(wrongOf(device.run(words("sync")), QStringLiteral("sync")), QString());
        QCOMPARE(syncAll(), QString());
        QCOMPARE(m_company->agree({QStringLiteral("a"), name}), QString());
        QCOMPARE(wrongOf(device.run(words("create customer name=After")), QStringLiteral("create")), QString());
        QDir(device.profile()).removeRecursively();
    }

    void anImport_data() { seeds(); }
    void anImport()
    {
        QFETCH(const quint64, seed);
        Chance chance(seed);
        QCOMPARE(alone(), QString());
        const QString prefix = QStringLiteral("I%1-").arg(seed);
        const int rows = chance.between(2000, 12'000);
        const QString file = m_alone->file(prefix + QStringLiteral("import.csv"), customersCsv(prefix, rows));
        const QStringList command{QStringLiteral("import"), QStringLiteral("customer"), file, QStringLiteral("--json")};
        for (int kills = chance.between(1, 3); kills > 0; --kills) {
            const auto importing = m_alone->start(command);
            const bool isKilled = killWithin(*importing, m_alone->profile() + QStringLiteral("/run.sock"), 700, chance);
            const bool saidAll = importing->bytesAvailable() > 0; // its report, which is the last that it does but for closing the file
            if (!isKilled || saidAll) {
                // It ended, and said so: undo it, to do it again.
                if (!isKilled)
                    QCOMPARE(wrongOf(CliRunner::finished(*importing), QStringLiteral("import")), QString());
                QCOMPARE(wrongOf(m_alone->run(words("undo")), QStringLiteral("undo")), QString());
                note(false);
                continue;
            }
            note(true);
            if (chance.upTo(1) == 0)
                QCOMPARE(wrongOf(m_alone->run(words("check")), QStringLiteral("check")), QString());
        }
        const Said done = m_alone->run(command.mid(0, 3));
        QCOMPARE(wrongOf(done, QStringLiteral("import")), QString());
        // All of them, and none twice.
        const Said counted = m_alone->run({QStringLiteral("count"), QStringLiteral("customer"), QStringLiteral("--where"), QStringLiteral("name startswith %1").arg(prefix)});
        QCOMPARE(counted.number("count"), rows);
        QCOMPARE(wrongOf(m_alone->run(words("check")), QStringLiteral("check")), QString());
    }

    void edits_data() { seeds(); }
    void edits()
    {
        QFETCH(const quint64, seed);
        Chance chance(seed);
        QCOMPARE(alone(), QString());
        // Several at a time: one has the profile open and serves the others, so that a kill takes more than its own command.
        QSet<QString> acknowledged;
        for (int wave = 0; wave < 3; ++wave) {
            std::vector<std::unique_ptr<QProcess>> processes;
            std::vector<QString> names;
            for (int i = 0; i < 4; ++i) {
                names.push_back(QStringLiteral("E%1-%2-%3").arg(seed).arg(wave).arg(i));
                processes.push_back(m_alone->start({QStringLiteral("create"), QStringLiteral("deal"), QStringLiteral("name=") + names.back(), QStringLiteral("--json")}));
            }
            const size_t victim = size_t(chance.upTo(3));
            note(killWithin(*processes[victim], chance.upTo(1) == 0 ? QString() : m_alone->profile() + QStringLiteral("/run.sock"), 500, chance));
            for (size_t i = 0; i < processes.size(); ++i) {
                const Said said = CliRunner::finished(*processes[i]);
                if (!said.text("id").isEmpty())
                    acknowledged.insert(names[i]);
                else
                    QVERIFY2(i == victim || said.err.contains("look whether it was done"), said.err.constData());
            }
        }
        QSet<QString> present;
        const Said listed = m_alone->run({QStringLiteral("list"), QStringLiteral("deal"), QStringLiteral("--where"), QStringLiteral("name startswith E%1-").arg(seed)});
        QCOMPARE(listed.exitCode, 0);
        for (const QJsonObject &line : listed.lines) {
            const QString name = line.value(QStringLiteral("name")).toString();
            QVERIFY2(!present.contains(name), qPrintable(name + QStringLiteral(" is there twice")));
            present.insert(name);
        }
        QVERIFY2(present.contains(acknowledged), qPrintable(QStringList((acknowledged - present).values()).join(QLatin1Char(' '))));
        QCOMPARE(wrongOf(m_alone->run(words("check")), QStringLiteral("check")), QString());
    }

    void makingAProfile_data() { seeds(); }
    void makingAProfile()
    {
        QFETCH(const quint64, seed);
        Chance chance(seed);
        QTemporaryDir folder;
        CliRunner cli(folder.path(), QStringLiteral("p"));
        for (int kills = chance.between(1, 3); kills > 0; --kills) {
            const auto making = cli.start(words("init --user anna --json"));
            const bool isEarly = chance.upTo(2) == 0;
            const bool wasKilled = killWithin(*making, isEarly ? cli.profile() : cli.profile() + QStringLiteral("/fieldfare.key"), isEarly ? 800 : 250, chance);
            note(wasKilled);
            if (!wasKilled)
                break;
        }
        // Either it was completed, or it is made now, with another passphrase, too.
        const QString other = QStringLiteral("copper-sandal-61-meadow");
        CliRunner second = cli;
        if (chance.upTo(1) == 0)
            second.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), other);
        const Said counted = cli.run(words("count customer"));
        if (counted.exitCode != 0) {
            QVERIFY2(counted.err.contains("init"), counted.err.constData());
            QCOMPARE(wrongOf(second.run(words("init --user anna")), QStringLiteral("init")), QString());
            cli = second;
        }
        QCOMPARE(wrongOf(cli.run(words("create customer name=First owner=anna")), QStringLiteral("create")), QString());
        QCOMPARE(wrongOf(cli.run(words("check")), QStringLiteral("check")), QString());
        QCOMPARE(cli.run(words("init")).exitCode, 1); // now there is one
    }

    void aBackupAndARestore_data() { seeds(); }
    void aBackupAndARestore()
    {
        QFETCH(const quint64, seed);
        Chance chance(seed);
        QTemporaryDir folder;
        const CliRunner cli(folder.path(), QStringLiteral("p"));
        QCOMPARE(wrongOf(cli.run(words("init --user anna")), QStringLiteral("init")), QString());
        QCOMPARE(wrongOf(cli.run({QStringLiteral("import"), QStringLiteral("customer"), cli.file(QStringLiteral("a.csv"), customersCsv(QStringLiteral("A"), 4000))}), QStringLiteral("import")), QString());
        const QString place = cli.path(QStringLiteral("backups"));
        const QStringList create{QStringLiteral("backup"), QStringLiteral("create"), place, QStringLiteral("--incremental")};
        int made = 0;
        for (int kills = chance.between(2, 4); kills > 0; --kills) {
            const auto making = cli.start(create + QStringList{QStringLiteral("--json")});
            note(killWithin(*making, cli.profile() + QStringLiteral("/run.sock"), 250, chance));
            made += CliRunner::finished(*making).json().contains(QStringLiteral("backup")) ? 1 : 0;
            QCOMPARE(wrongOf(cli.run(words("create customer name=Between")), QStringLiteral("create")), QString());
        }
        const Said last = cli.run(create);
        QCOMPARE(wrongOf(last, QStringLiteral("backup")), QString());
        QVERIFY(QDir(place).entryList({QStringLiteral("*.partial")}, QDir::Dirs).isEmpty());
        const Said listed = cli.run({QStringLiteral("backup"), QStringLiteral("list"), place});
        QVERIFY2(listed.lines.size() > made, listed.out.constData()); // each that was told, and the last one
        for (const QJsonObject &line : listed.lines) {
            const Said tried = cli.run({QStringLiteral("backup"), QStringLiteral("verify"), line.value(QStringLiteral("backup")).toString()});
            QCOMPARE(wrongOf(tried, QStringLiteral("verify")), QString());
        }
        const CliRunner other(folder.path(), QStringLiteral("q"));
        const QStringList restore{QStringLiteral("backup"), QStringLiteral("restore"), last.text("backup")};
        for (int kills = chance.between(1, 3); kills > 0; --kills) {
            const auto restoring = other.start(restore + QStringList{QStringLiteral("--json")});
            const bool wasKilled = killWithin(*restoring, other.profile() + QStringLiteral("/unfinished"), 60, chance);
            note(wasKilled);
            if (!wasKilled)
                break;
        }
        const Said counted = other.run(words("count customer"));
        if (counted.exitCode != 0) {
            QVERIFY2(counted.err.contains("no profile there"), counted.err.constData());
            QCOMPARE(wrongOf(other.run(restore), QStringLiteral("restore")), QString());
        }
        QCOMPARE(wrongOf(other.run(words("check")), QStringLiteral("check")), QString());
        QCOMPARE(other.run(words("count customer")).number("count"), cli.run(words("count customer")).number("count"));
    }

    void aPassphraseChange_data() { seeds(); }
    void aPassphraseChange()
    {
        QFETCH(const quint64, seed);
        Chance chance(seed);
        QCOMPARE(alone(), QString());
        const qint64 before = m_alone->run(words("count customer")).number("count");
        QVERIFY(before >= 0);
        const QString next = QStringLiteral("violet-harbour-77-thimble-%1").arg(seed);
        CliRunner changing = *m_alone;
        changing.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), m_passphrase);
        changing.setEnvironment(QStringLiteral("FIELDFARE_NEW_PASSPHRASE"), next);
        const auto process = changing.start(words("passphrase change --json"));
        // Two derivations of the key come first; then the files are written.
        const bool isLate = chance.upTo(1) == 0;
        const bool wasKilled = killWithin(*process, isLate ? m_alone->profile() + QStringLiteral("/fieldfare.key.previous") : QString(), isLate ? 10 : 1500, chance);
        note(wasKilled);
        const bool wasAcknowledged = CliRunner::finished(*process).json().value(QStringLiteral("changed")).toBool();
        int opening = 0;
        QString opens;
        for (const QString &passphrase : {m_passphrase, next}) {
            m_alone->setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), passphrase);
            const Said said = m_alone->run(words("count customer"));
            if (said.exitCode != 0) {
                QVERIFY2(said.err.contains("passphrase is wrong"), said.err.constData());
                continue;
            }
            QCOMPARE(said.number("count"), before);
            opens = passphrase;
            ++opening;
        }
        QCOMPARE(opening, 1);
        QVERIFY(!wasAcknowledged || opens == next);
        m_passphrase = opens;
        m_alone->setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), opens);
        QCOMPARE(wrongOf(m_alone->run(words("check")), QStringLiteral("check")), QString());
    }

    void makingAServer_data() { seeds(); }
    void makingAServer()
    {
        QFETCH(const quint64, seed);
        Chance chance(seed);
        RealCompany company;
        QProcess making;
        QProcessEnvironment environment = company.environment();
        environment.insert(QStringLiteral("FIELDFARE_PASSPHRASE"), QStringLiteral("another-passphrase-20-birch"));
        environment.insert(QStringLiteral("FIELDFARE_PASSWORD"), QString::fromLatin1(RealCompany::kUserPassword));
        making.setProcessEnvironment(environment);
        making.start(CliRunner::program(QStringLiteral("fieldfare-server")), {QStringLiteral("init"), QStringLiteral("--data"), company.data(), QStringLiteral("--admin"), QStringLiteral("admin")});
        const bool wasKilled = killWithin(making, chance.upTo(1) == 0 ? QString() : company.data() + QStringLiteral("/data.key"), chance.upTo(1) == 0 ? 300 : 1500, chance);
        note(wasKilled);
        if (!wasKilled && CliRunner::finished(making).exitCode == 0)
            return;
        // It may have been done but for its last word.
        QProcess verifying;
        verifying.setProcessEnvironment(environment);
        verifying.start(CliRunner::program(QStringLiteral("fieldfare-server")), {QStringLiteral("verify"), QStringLiteral("--data"), company.data()});
        if (CliRunner::finished(verifying).exitCode == 0)
            return;
        QCOMPARE(company.begin(), QString());
        QCOMPARE(company.enrol(QStringLiteral("a"), QStringLiteral("anna")), QString());
        QCOMPARE(company.stop(), QString());
        QCOMPARE(wrongOf(company.server(words("verify")), QStringLiteral("verify")), QString());
    }

    void theDesktopWhileItCommitsAndSyncs_data() { seeds(); }
    void theDesktopWhileItCommitsAndSyncs()
    {
        QFETCH(const quint64, seed);
        if (!QFile::exists(CliRunner::program(QStringLiteral("fieldfare"))))
            QSKIP("the desktop was not built");
        Chance chance(seed);
        QCOMPARE(twoDevices(), QString());
        const CliRunner device = m_company->device(QStringLiteral("b"));
        import("a", QStringLiteral("D%1-a-").arg(seed), chance.between(1, 300)); // to be received meanwhile
        QCOMPARE(wrongOf(m_company->device(QStringLiteral("a")).run(words("sync")), QStringLiteral("sync")), QString());
        QProcess desktop;
        QProcessEnvironment environment = m_company->environment();
        environment.insert(QStringLiteral("FIELDFARE_PASSPHRASE"), QString::fromLatin1(CliRunner::kPassphrase));
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("HOME"), m_company->folder());
        desktop.setProcessEnvironment(environment);
        const QString socket = device.profile() + QStringLiteral("/run.sock");
        QFile::remove(socket);
        desktop.start(CliRunner::program(QStringLiteral("fieldfare")), {QStringLiteral("--profile"), device.profile()});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(socket) || desktop.state() == QProcess::NotRunning, kPatienceMs);
        QVERIFY2(desktop.state() == QProcess::Running, desktop.readAllStandardError().constData());
        // Edits that the desktop commits for command lines, while it syncs by itself.
        std::vector<std::unique_ptr<QProcess>> clients;
        std::vector<QString> names;
        const int count = chance.between(2, 8);
        for (int i = 0; i < count; ++i) {
            names.push_back(QStringLiteral("D%1-b-%2").arg(seed).arg(i));
            clients.push_back(device.start({QStringLiteral("create"), QStringLiteral("customer"), QStringLiteral("name=") + names.back(), QStringLiteral("--json")}));
        }
        note(killWithin(desktop, {}, 1200, chance));
        desktop.kill();
        desktop.waitForFinished();
        for (size_t i = 0; i < clients.size(); ++i) {
            const Said said = CliRunner::finished(*clients[i]);
            if (!said.text("id").isEmpty())
                m_acknowledged.insert(names[i]);
            else
                QVERIFY2(said.err.contains("look whether it was done"), said.err.constData());
        }
        QCOMPARE(syncAll(), QString());
        QCOMPARE(everythingIsThere(), QString());
    }

private:
    void note(bool wasKilled) { ++(wasKilled ? m_killed : m_late); }

    /// One server, devices a and b, kept from round to round: each round meets what the others left behind.
    QString twoDevices()
    {
        if (m_company)
            return m_company->process().state() == QProcess::Running ? QString() : m_company->start();
        m_company = std::make_unique<RealCompany>();
        QString wrong = m_company->begin();
        if (wrong.isEmpty())
            wrong = m_company->enrol(QStringLiteral("a"), QStringLiteral("anna"));
        if (wrong.isEmpty())
            wrong = wrongOf(m_company->device(QStringLiteral("a")).run(words("create customer name=Shared")), QStringLiteral("create"));
        if (wrong.isEmpty())
            wrong = wrongOf(m_company->device(QStringLiteral("a")).run(words("sync")), QStringLiteral("sync"));
        m_acknowledged.insert(QStringLiteral("Shared"));
        return wrong.isEmpty() ? m_company->enrol(QStringLiteral("b"), QStringLiteral("bo")) : wrong;
    }

    QString alone()
    {
        if (m_alone)
            return {};
        m_aloneFolder = std::make_unique<QTemporaryDir>();
        m_alone = std::make_unique<CliRunner>(m_aloneFolder->path(), QStringLiteral("p"));
        m_passphrase = QString::fromLatin1(CliRunner::kPassphrase);
        return wrongOf(m_alone->run(words("init --user anna")), QStringLiteral("init"));
    }

    void import(const char *name, const QString &prefix, int rows)
    {
        const CliRunner device = m_company->device(QString::fromLatin1(name));
        const QString file = device.file(prefix + QStringLiteral(".csv"), customersCsv(prefix, rows));
        const Said said = device.run({QStringLiteral("import"), QStringLiteral("customer"), file});
        QVERIFY2(said.exitCode == 0, said.err.constData());
        QCOMPARE(said.number("created"), rows);
        for (int i = 0; i < rows; ++i)
            m_acknowledged.insert(prefix + QString::number(i));
    }

    QString syncAll() const
    {
        for (const char *name : {"a", "b", "a", "b"}) {
            const QString wrong = wrongOf(m_company->device(QString::fromLatin1(name)).run(words("sync")), QStringLiteral("sync of ") + QString::fromLatin1(name));
            if (!wrong.isEmpty())
                return wrong;
        }
        return {};
    }

    /// On both devices, once each; and the server's own check.
    QString everythingIsThere()
    {
        const QString differ = m_company->agree({QStringLiteral("a"), QStringLiteral("b")});
        if (!differ.isEmpty())
            return differ;
        const Said listed = m_company->device(QStringLiteral("a")).run(words("list customer"));
        QSet<QString> present;
        for (const QJsonObject &line : listed.lines) {
            const QString name = line.value(QStringLiteral("name")).toString();
            if (present.contains(name))
                return name + QStringLiteral(" is there twice");
            present.insert(name);
        }
        const QStringList lost = (m_acknowledged - present).values();
        if (!lost.isEmpty())
            return QStringLiteral("%1 of %2 are lost: %3").arg(lost.size()).arg(m_acknowledged.size()).arg(lost.mid(0, 10).join(QLatin1Char(' ')));
        const QString wrong = m_company->stop();
        return wrong.isEmpty() ? wrongOf(m_company->server(words("verify")), QStringLiteral("verify")) : wrong;
    }

    std::unique_ptr<RealCompany> m_company;
    QSet<QString> m_acknowledged; ///< Names of customers that some program said it had made.
    std::unique_ptr<QTemporaryDir> m_aloneFolder;
    std::unique_ptr<CliRunner> m_alone;
    QString m_passphrase;
    bool m_isLarge = false;
    int m_killed = 0;
    int m_late = 0;
};

QTEST_GUILESS_MAIN(TestKillCampaign)
#include "tst_kill_campaign.moc"
