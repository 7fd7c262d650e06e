// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/key_file.h"
#include "core/storage/passphrase.h"
#include "tests/storage/storage_fixture.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;

/// SQLite's own shell over the encrypted VFS, by the loadable extension.
class TestSqliteShell : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::shared_ptr<const DataKey> m_key;

    [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    struct Said {
        int exitCode = -1;
        QByteArray out;
        QByteArray err;
    };
    /// The shell with the extension loaded and the file open, told `commands`.
    Said shell(const QByteArray &commands, const QString &passphrase = QStringLiteral("right"))
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("FIELDFARE_KEY_FILE"), path("key"));
        environment.insert(QStringLiteral("FIELDFARE_PASSPHRASE"), passphrase);
        environment.insert(QStringLiteral("FIELDFARE_DATABASE"), path("a.db"));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(SQLITE_SHELL), {QStringLiteral("-batch"), QStringLiteral("-bail")});
        process.write(".load " FIELDFARE_VFS_MODULE "\n.open file:" + path("a.db").toUtf8() + "?vfs=fieldfare\n" + commands + '\n');
        process.closeWriteChannel();
        if (!process.waitForFinished(60'000))
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    std::unique_ptr<Connection> openHere()
    {
        OpenOptions options;
        options.path = path("a.db");
        options.key = m_key;
        auto connection = Connection::open(options);
        return connection.ok() ? std::move(connection).value() : nullptr;
    }

private Q_SLOTS:
    void initTestCase()
    {
        base::Secret::initializeHeap();
        auto key = KeyFile(path("key")).create(passphraseBytes(QStringLiteral("right")), {.logN = 14});
        QVERIFY(key.ok());
        m_key = std::make_shared<const DataKey>(std::move(key).value());
        OpenOptions options;
        options.path = path("a.db");
        options.key = m_key;
        options.createIfMissing = true;
        const auto connection = Connection::open(options);
        QVERIFY(connection.ok() && fill(**connection, 300));
    }

    void itsCommandsWork()
    {
        const Said said = shell("PRAGMA fieldfare_vfs;\nPRAGMA integrity_check;\nSELECT count(*) FROM bird;\n.tables\n.schema bird");
        QVERIFY2(said.exitCode == 0, said.err.constData());
        QVERIFY2(said.out.startsWith("encrypted 1\nok\n300\nbird"), said.out.left(200).constData());
        QVERIFY(said.out.contains("CREATE TABLE bird("));
        const Said dumped = shell(".dump");
        QCOMPARE(dumped.exitCode, 0);
        QCOMPARE(dumped.out.count("INSERT INTO bird"), 300);
    }

    void whatItWritesIsReadHere()
    {
        const Said said = shell("BEGIN; UPDATE bird SET body = body || body; COMMIT;\nVACUUM;\nREINDEX;\nPRAGMA journal_mode;\nPRAGMA integrity_check;");
        QVERIFY2(said.exitCode == 0, said.err.constData());
        QCOMPARE(said.out, QByteArray("wal\nok\n"));
        QVERIFY(!readFile(path("a.db")).contains(kMarker));
        const auto connection = openHere();
        QVERIFY(connection != nullptr);
        QVERIFY(isIntactButDoubled(*connection));
        QCOMPARE(countRows(*connection), 300);
        QVERIFY(connection->execute("UPDATE bird SET body = substr(body, 1, length(body) / 2)"_sql).ok());
    }

    void aCopyIsMadeUnderTheSameKey()
    {
        const QByteArray copy = path("copy.db").toUtf8();
        const Said said = shell("SELECT fieldfare_file('" + copy + "', 1);\nVACUUM INTO '" + copy + "';\n.open file:" + copy + "?vfs=fieldfare\nPRAGMA integrity_check;\nSELECT count(*) FROM bird;");
        QVERIFY2(said.exitCode == 0, said.err.constData());
        QCOMPARE(said.out, copy + "\nok\n300\n");
        QVERIFY(!readFile(path("copy.db")).contains(kMarker) && !readFile(path("copy.db")).startsWith("SQLite"));
    }

    void withoutThePassphraseNothingOpens()
    {
        const Said said = shell("SELECT count(*) FROM bird;", QStringLiteral("wrong"));
        QVERIFY(said.exitCode != 0);
        QVERIFY2(said.err.contains("WrongPassphrase"), said.err.constData());
        QVERIFY(!said.out.contains("300"));
    }

    void aDamagedPageIsAnErrorThere()
    {
        const QByteArray sound = readFile(path("a.db"));
        QVERIFY(flipBit(path("a.db"), sound.size() - 2000));
        const Said said = shell("PRAGMA integrity_check;\nSELECT sum(length(body)) FROM bird;");
        QVERIFY(said.exitCode != 0 || !said.out.startsWith("ok"));
        QVERIFY2(said.err.contains("disk I/O error") || said.out.contains("disk I/O error"), (said.out + said.err).left(500).constData());
        QVERIFY(writeFile(path("a.db"), sound));
    }
};

QTEST_GUILESS_MAIN(TestSqliteShell)
#include "tst_sqlite_shell.moc"
