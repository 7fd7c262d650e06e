// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/real_company.h"

#include <QDir>
#include <QtTest>

#include <random>

using namespace fieldfare::testing;

namespace {

QByteArray bytesIn(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

} // namespace

/// Files that somebody or something damaged, CSV that breaks its own rules, and who says so in which language.
class TestFaultsFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_cli = std::make_unique<CliRunner>(m_folder.path(), QStringLiteral("p"));
        QCOMPARE(wrongOf(m_cli->run(words("init --user anna")), QStringLiteral("init")), QString());
        QCOMPARE(wrongOf(m_cli->run(words("generate --customers 120 --deals 40 --tickets 20 --seed 9")), QStringLiteral("generate")), QString());
        // A log that is left: a program killed after its commits.
        // On a busy machine the other program may be done, and have taken its log along, before it is killed.
        for (int i = 0; i < 5 && bytesIn(path("fieldfare.db-wal")).isEmpty(); ++i)
            QVERIFY(leaveLog());
        for (const char *name : {"fieldfare.db", "fieldfare.db-wal", "fieldfare.key"})
            m_sound.insert(QString::fromLatin1(name), bytesIn(path(name)));
        QVERIFY(!m_sound.value(QStringLiteral("fieldfare.db-wal")).isEmpty());
        QCOMPARE(wrongOf(look(), QStringLiteral("export")), QString());
        m_export = bytesIn(m_cli->path(QStringLiteral("out.csv")));
        QVERIFY(m_export.count('\n') > 120);
    }

    void aFlippedByteIsFoundOrHarmless_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<qint64>("offset");
        std::mt19937_64 random(qEnvironmentVariable("FIELDFARE_SEED", QStringLiteral("1")).toULongLong());
        const int rounds = qEnvironmentVariable("FIELDFARE_ROUNDS", QStringLiteral("5")).toInt();
        for (auto it = m_sound.cbegin(); it != m_sound.cend(); ++it) {
            QList<qint64> offsets{0, 16, 20, it.value().size() - 1};
            for (int i = 0; i < rounds; ++i)
                offsets.append(qint64(random() % quint64(it.value().size())));
            for (const qint64 offset : std::as_const(offsets))
                QTest::addRow("%s at %lld", qPrintable(it.key()), static_cast<long long>(offset)) << it.key() << offset;
        }
    }
    /// The program ends with words or shows exactly what was saved, never something else; and whatever it did, the sound bytes
    /// put back give everything back.
    void aFlippedByteIsFoundOrHarmless()
    {
        QFETCH(const QString, name);
        QFETCH(const qint64, offset);
        restore();
        QByteArray bytes = m_sound.value(name);
        bytes[offset] = char(bytes.at(offset) ^ 0x10);
        QVERIFY(write(m_cli->profile() + QLatin1Char('/') + name, bytes));
        const Said said = look();
        if (said.exitCode == 0) {
            // The last transaction of the log cannot be told from one that the power cut: it alone may be gone.
            const QByteArray shown = bytesIn(m_cli->path(QStringLiteral("out.csv")));
            const bool isLogsEnd = name == QLatin1String("fieldfare.db-wal") && offset > bytes.size() - m_lastTransaction;
            QVERIFY2(shown == m_export || (isLogsEnd && m_export.startsWith(shown)), "something else was shown");
            QVERIFY2(name != QLatin1String("fieldfare.key"), "a damaged key file opened");
        } else {
            QCOMPARE(said.exitCode, 1);
            QVERIFY2(said.err.contains("damaged") || said.err.contains("passphrase is wrong"), said.err.constData());
            QVERIFY2(said.err.contains("not touched") || said.err.contains("Nothing was changed by this"), said.err.constData());
            QVERIFY2(said.err.contains("backup") || said.err.contains("Type it again"), said.err.constData());
            for (auto it = m_sound.cbegin(); it != m_sound.cend(); ++it) {
                if (it.key() != name)
                    QVERIFY2(bytesIn(m_cli->profile() + QLatin1Char('/') + it.key()) == it.value(), qPrintable(it.key() + QStringLiteral(" was changed by a program that refused")));
            }
        }
        restore();
        QCOMPARE(wrongOf(look(), QStringLiteral("export")), QString());
        QVERIFY(bytesIn(m_cli->path(QStringLiteral("out.csv"))) == m_export);
    }

    void missingAndForeignFilesAreNamed()
    {
        restore();
        QVERIFY(QFile::remove(path("fieldfare.key")));
        QFile::remove(path("fieldfare.key.previous"));
        Said said = look();
        QCOMPARE(said.exitCode, 1);
        QVERIFY2(said.err.contains("The key file is missing.") && said.err.contains("from a backup"), said.err.constData());
        restore();
        QVERIFY(write(path("fieldfare.db"), "not a database at all"));
        said = look();
        QCOMPARE(said.exitCode, 1);
        QVERIFY2(said.err.contains("damaged"), said.err.constData());
        restore();
        QVERIFY(write(path("fieldfare.db"), m_sound.value(QStringLiteral("fieldfare.db")).first(9 * 4096 + 100)));
        said = look();
        QCOMPARE(said.exitCode, 1);
        QVERIFY2(said.err.contains("damaged"), said.err.constData());
        restore();
        QCOMPARE(wrongOf(look(), QStringLiteral("export")), QString());
    }

    void brokenTablesAreRefusedByLine_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("created");
        QTest::addColumn<int>("rejected");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("a quote that never ends") << QByteArray("name,phone\nOne,1234567\n\"Two,1234567\nThree,1234567\n") << 2 << 1 << QByteArray("line 3"); // the quote is taken as the mistake
        QTest::newRow("short and long rows") << QByteArray("name,phone,email\nOne\nTwo,1234567,two@example.com,more,and more\nThree,1234567,\n") << -1 << -1 << QByteArray("line");
        QTest::newRow("dates that are none") << QByteArray("name,birth_date\nOne,2026-02-30\nTwo,yesterday\nThree,1980-01-31\n") << 1 << 2 << QByteArray("line 2");
        QTest::newRow("choices that are none") << QByteArray("name,kind\nOne,person\nTwo,alien\n") << 2 << 0 << QByteArray("line 3");
        QTest::newRow("zero bytes") << QByteArray("name,phone\nO\0ne,1234567\n", 23) << -1 << -1 << QByteArray();
        QTest::newRow("no rows") << QByteArray("name,phone\n") << 0 << 0 << QByteArray();
    }
    void brokenTablesAreRefusedByLine()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const int, created);
        QFETCH(const int, rejected);
        QFETCH(const QByteArray, words);
        restore();
        const qint64 before = m_cli->run(fieldfare::testing::words("count customer")).number("count");
        const Said said = m_cli->run({QStringLiteral("import"), QStringLiteral("customer"), m_cli->file(QStringLiteral("broken.csv"), content), QStringLiteral("--rejects"), m_cli->path(QStringLiteral("rejects.csv"))});
        QVERIFY2(said.exitCode >= 0 && said.exitCode <= 2 && (said.exitCode == 0 || !said.err.isEmpty()), said.err.constData());
        if (created >= 0)
            QCOMPARE(said.number("created"), created);
        if (rejected >= 0)
            QCOMPARE(said.number("rejected"), rejected);
        QVERIFY2(said.err.contains(words), said.err.constData());
        const qint64 after = m_cli->run(fieldfare::testing::words("count customer")).number("count");
        QCOMPARE(after, before + std::max<qint64>(0, said.number("created")));
        QCOMPARE(wrongOf(m_cli->run(fieldfare::testing::words("check")), QStringLiteral("check")), QString());
    }

    void whatIsNoTableIsRefusedWhole()
    {
        restore();
        const qint64 before = m_cli->run(words("count customer")).number("count");
        QByteArray noise(20'000, '\0');
        std::mt19937 random(5);
        for (char &byte : noise)
            byte = char(random());
        for (const QByteArray &content : {QByteArray(), noise, QByteArray("PK\x03\x04") + noise}) {
            const Said said = m_cli->run({QStringLiteral("import"), QStringLiteral("customer"), m_cli->file(QStringLiteral("noise.csv"), content)});
            QVERIFY2(said.exitCode == 1 || said.exitCode == 2, said.err.constData());
            QVERIFY(!said.err.isEmpty());
        }
        const Said missing = m_cli->run({QStringLiteral("import"), QStringLiteral("customer"), m_cli->path(QStringLiteral("nowhere.csv"))});
        QCOMPARE(missing.exitCode, 1);
        QVERIFY2(missing.err.contains("nowhere.csv"), missing.err.constData());
        QCOMPARE(m_cli->run(words("count customer")).number("count"), before);
    }

    /// What happened, what was kept, what to do: in the language of the system.
    void errorsAreSaidInChinese()
    {
        restore();
        CliRunner chinese = *m_cli;
        chinese.setEnvironment(QStringLiteral("LC_ALL"), QStringLiteral("zh_CN.UTF-8"));
        const auto says = [](const Said &said, const QString &text) {
            QVERIFY2(said.exitCode == 1, said.err.constData());
            QVERIFY2(QString::fromUtf8(said.err).contains(text), said.err.constData());
        };
        CliRunner stranger = chinese;
        stranger.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QStringLiteral("orchid-lantern-43-gravel"));
        says(stranger.run(words("count customer")), QStringLiteral("口令"));
        says(chinese.run(words("get customer Nobody-at-all")), QStringLiteral("Nobody-at-all"));
        says(chinese.run(words("sync")), QStringLiteral("。"));
        says(chinese.run(words("set customer C-000001 birth_date=yesterday")), QStringLiteral("。"));
        says(chinese.run(words("set customer C-000001 level=zzz")), QStringLiteral("。（可选：a, b, c）"));
        says(chinese.run(words("set customer C-000001 email=nobody")), QStringLiteral("不是电子邮件地址"));
        says(chinese.run(words("set customer C-000001 open_amount=5")), QStringLiteral("由程序设定"));
        QByteArray damaged = m_sound.value(QStringLiteral("fieldfare.key"));
        damaged[20] = char(damaged.at(20) ^ 1);
        QVERIFY(write(path("fieldfare.key"), damaged));
        says(chinese.run(words("count customer")), QStringLiteral("备份"));
        restore();
        // Data on standard output is the same in every language.
        QCOMPARE(chinese.run(words("get customer C-000001")).out, m_cli->run(words("get customer C-000001")).out);
    }

    void aLockThatWasCutOffIsTakenOver()
    {
        restore();
        // As a kill between making the file and writing the process id into it leaves it.
        QVERIFY(write(path("lock"), {}));
        QCOMPARE(wrongOf(m_cli->run(words("count customer")), QStringLiteral("count")), QString());
        QVERIFY(write(path("lock"), {}));
        QFile lock(path("lock"));
        QVERIFY(lock.open(QIODevice::ReadWrite));
        QVERIFY(lock.setFileTime(QDateTime::currentDateTimeUtc().addDays(3), QFileDevice::FileModificationTime)); // the clock was wrong
        lock.close();
        QCOMPARE(wrongOf(m_cli->run(words("count customer")), QStringLiteral("count")), QString());
    }

private:
    [[nodiscard]] QString path(const char *name) const { return m_cli->profile() + QLatin1Char('/') + QString::fromLatin1(name); }

    void restore() const
    {
        for (const char *name : {"fieldfare.db-journal", "fieldfare.key.previous", "lock"})
            QFile::remove(path(name));
        for (auto it = m_sound.cbegin(); it != m_sound.cend(); ++it)
            QVERIFY(write(m_cli->profile() + QLatin1Char('/') + it.key(), it.value()));
    }

    /// Single edits through a program that has the profile open and is killed then: a log of many small transactions.
    bool leaveLog()
    {
        const QString rows = m_cli->file(QStringLiteral("k.csv"), "name\n" + QByteArray("Killed\n").repeated(60'000));
        const auto holder = m_cli->start({QStringLiteral("import"), QStringLiteral("ticket"), rows, QStringLiteral("--map"), QStringLiteral("name=subject")});
        if (!QTest::qWaitFor([&] { return QFile::exists(path("run.sock")) || holder->state() == QProcess::NotRunning; }, 30'000))
            return false;
        qint64 before = 0;
        for (int i = 0; i < 6; ++i) {
            before = bytesIn(path("fieldfare.db-wal")).size();
            if (m_cli->run({QStringLiteral("create"), QStringLiteral("customer"), QStringLiteral("name=Beside %1").arg(i)}).exitCode != 0)
                return false;
        }
        holder->kill();
        holder->waitForFinished();
        m_lastTransaction = bytesIn(path("fieldfare.db-wal")).size() / 4;
        return before > 0;
    }

    [[nodiscard]] Said look() const
    {
        QFile::remove(m_cli->path(QStringLiteral("out.csv")));
        return m_cli->run({QStringLiteral("export"), QStringLiteral("customer"), m_cli->path(QStringLiteral("out.csv")), QStringLiteral("--sort"), QStringLiteral("number")});
    }

    QTemporaryDir m_folder;
    std::unique_ptr<CliRunner> m_cli;
    QMap<QString, QByteArray> m_sound;
    QByteArray m_export;
    qint64 m_lastTransaction = 0; ///< Bytes at the log's end that are sure to hold it.
};

QTEST_GUILESS_MAIN(TestFaultsFiles)
#include "tst_faults_files.moc"
