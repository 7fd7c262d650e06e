// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/leak_scan.h"
#include "tests/e2e/real_company.h"

#include <QDir>
#include <QtTest>

#include <zstd.h>

using namespace fieldfare::testing;

namespace {

const QString kName = QStringLiteral("Quxazephyrine");
const QString kChineseName = QStringLiteral("龘靐齉");
const QString kNote = QStringLiteral("wyvernglobe the marmalade");
const QString kSecondNote = QStringLiteral("Zjoberwockel");
const QString kTag = QStringLiteral("Kwixotagge");
const QString kFieldLabel = QStringLiteral("Vrombulator");
const QString kFieldValue = QStringLiteral("Plexiquorum");
const QString kMail = QStringLiteral("qzv.hapaxmail@zzxample.test");
const QString kPhone = QStringLiteral("+49 151 99887766234");
constexpr qint64 kAmount = 73'190'482'615; // minor units

} // namespace

/// No text of any record is in any file: profiles, the server's data, home, temporary folders; while the programs run, after they
/// ended, and after they were killed. The CSV file that a person imports lies elsewhere and is theirs.
class TestNoPlainText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const QString &text : {kName, kChineseName, kChineseName.left(2), kChineseName.mid(1), kNote, kNote.left(11), kSecondNote, kTag, kFieldLabel, kFieldValue, kMail, kMail.section(QLatin1Char('@'), 0, 0),
                                    QStringLiteral("hapaxmail"), kPhone, QString(kPhone).remove(QLatin1Char(' ')), QStringLiteral("15199887766234"), QStringLiteral("731904826.15")})
            m_scan.addText(text);
        m_scan.addNumber(kAmount);
        const QString root = m_company.folder();
        // Whatever the programs, Qt and SQLite write by themselves is to land in here.
        for (const auto &[variable, folder] : {std::pair("HOME", "home"), std::pair("TMPDIR", "tmp"), std::pair("SQLITE_TMPDIR", "tmp"), std::pair("XDG_CONFIG_HOME", "config"),
                                               std::pair("XDG_DATA_HOME", "share"), std::pair("XDG_CACHE_HOME", "cache"), std::pair("XDG_STATE_HOME", "state"), std::pair("XDG_RUNTIME_DIR", "runtime")}) {
            const QString path = root + QLatin1Char('/') + QString::fromLatin1(folder);
            QVERIFY(QDir().mkpath(path));
            QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
            m_company.setEnvironment(QString::fromLatin1(variable), path);
        }
        m_company.setEnvironment(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        m_company.setEnvironment(QStringLiteral("QT_LOGGING_RULES"), QStringLiteral("fieldfare.*=true"));
        QCOMPARE(m_company.begin(), QString());
    }

    /// A scan that finds nothing shows nothing unless it finds what is there.
    void theScanFindsWhatIsPlanted()
    {
        QTemporaryDir folder;
        const auto plant = [&folder](const QString &name, const QByteArray &bytes) {
            QFile file(folder.filePath(name));
            return file.open(QIODevice::WriteOnly) && file.write(QByteArray(5000, 'x') + bytes + QByteArray(300, 'y')) > 0;
        };
        const auto compressed = [](const QByteArray &bytes) {
            QByteArray out(qsizetype(ZSTD_compressBound(size_t(bytes.size()))), '\0');
            out.resize(qsizetype(ZSTD_compress(out.data(), size_t(out.size()), bytes.constData(), size_t(bytes.size()), 3)));
            return out;
        };
        const QByteArray chinese = kChineseName.toUtf8();
        QByteArray amount;
        for (int shift = 40; shift >= 0; shift -= 8)
            amount += char(kAmount >> shift);
        QList<QByteArray> planted{kName.toUtf8(), kName.toLower().toUtf8(), kName.toUpper().toUtf8(), chinese, chinese.toHex(), chinese.toPercentEncoding(), QByteArray("\\u9f98\\u9750\\u9f49"),
                                  ("a" + kMail.toUtf8() + "b").toBase64(), ("ab" + kMail.toUtf8()).toBase64(), kMail.toUtf8().toBase64(),
                                  QByteArray(reinterpret_cast<const char *>(kNote.utf16()), kNote.size() * 2), amount, QByteArray("15199887766234"),
                                  compressed(QByteArray(3000, 'z') + kTag.toUtf8() + QByteArray(3000, 'z'))};
        QByteArray swapped;
        for (const QChar unit : kChineseName) {
            swapped += char(unit.unicode() >> 8);
            swapped += char(unit.unicode() & 0xff);
        }
        planted.append(swapped);
        for (const QByteArray &bytes : std::as_const(planted)) {
            QVERIFY(m_scan.inFolder(folder.path()).isEmpty());
            QVERIFY(plant(QStringLiteral(".hidden"), bytes));
            QVERIFY2(!m_scan.inFolder(folder.path()).isEmpty(), bytes.toHex().constData());
            QVERIFY(QFile::remove(folder.filePath(QStringLiteral(".hidden"))));
        }
        QVERIFY(plant(QStringLiteral("about-") + kTag, {}));
        QVERIFY(!m_scan.inFolder(folder.path()).isEmpty());
        QFile gone(folder.filePath(QStringLiteral("gone")));
        QVERIFY(gone.open(QIODevice::ReadWrite | QIODevice::Unbuffered));
        QVERIFY(gone.write(kSecondNote.toUtf8()) > 0);
        QVERIFY(QFile::remove(gone.fileName()));
        QVERIFY(!m_scan.inOpenFiles(QCoreApplication::applicationPid()).isEmpty());
    }

    void nothingWhileCommandsWork()
    {
        QCOMPARE(m_company.enrol(QStringLiteral("a"), QStringLiteral("anna")), QString());
        const CliRunner a = m_company.device(QStringLiteral("a"));
        // Labels are records as well: a choice and a pipeline of one's own.
        QCOMPARE(wrongOf(a.run({QStringLiteral("create"), QStringLiteral("pipeline"), QStringLiteral("name=") + kFieldLabel}), QStringLiteral("pipeline")), QString());
        QByteArray rows("name,phone,email,description,tags,industry\n");
        for (int i = 0; i < 6'000; ++i)
            rows += (QStringLiteral("%1 %2 %3").arg(kName).arg(i).arg(kChineseName) + QStringLiteral(",%1,%2,%3 %4,%5,%6\n").arg(kPhone, kMail, kNote, kChineseName, kTag, kFieldValue)).toUtf8();
        QFile file(m_outside.filePath(QStringLiteral("theirs.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(rows) == rows.size());
        file.close();
        m_scan.ignore(QFileInfo(file).canonicalFilePath());
        const auto importing = a.start({QStringLiteral("import"), QStringLiteral("customer"), file.fileName(), QStringLiteral("--json")});
        int looks = 0;
        while (importing->state() != QProcess::NotRunning && !importing->waitForFinished(200)) {
            clean({importing->processId()});
            ++looks;
        }
        QCOMPARE(wrongOf(CliRunner::finished(*importing), QStringLiteral("import")), QString());
        QVERIFY(looks > 0);
        QCOMPARE(wrongOf(a.run({QStringLiteral("create"), QStringLiteral("deal"), QStringLiteral("name=") + kName, QStringLiteral("amount=731904826.15"), QStringLiteral("description=") + kSecondNote}), QStringLiteral("create")), QString());
        for (const QString &text : {kName, kChineseName.left(2), kMail, QStringLiteral("766234"), QStringLiteral("%1 77").arg(kName)})
            QVERIFY(!a.run({QStringLiteral("search"), text}).lines.isEmpty());
        QVERIFY(!a.run({QStringLiteral("search"), kNote, QStringLiteral("--text")}).lines.isEmpty());
        // A sort that has no index and more rows than memory is given.
        QCOMPARE(a.run(words("list customer --sort description --limit 3")).lines.size(), 3);
        clean({});
        QVERIFY(m_scan.filesSeen() > 10);
    }

    void nothingWhileAllRun()
    {
        const CliRunner a = m_company.device(QStringLiteral("a"));
        const CliRunner b = m_company.device(QStringLiteral("b"));
        const auto watching = a.start(words("sync --watch --json"));
        const auto enrolling = b.start(m_company.enrolWords(QStringLiteral("bo")));
        while (enrolling->state() != QProcess::NotRunning && !enrolling->waitForFinished(500))
            clean({watching->processId(), enrolling->processId(), m_company.process().processId()});
        QCOMPARE(wrongOf(CliRunner::finished(*enrolling), QStringLiteral("init")), QString());
        QProcess desktop;
        startDesktop(desktop);
        // Edits on both sides, sent as they are made.
        QCOMPARE(wrongOf(b.run({QStringLiteral("create"), QStringLiteral("interaction"), QStringLiteral("kind=note"), QStringLiteral("subject=") + kSecondNote, QStringLiteral("body=") + kNote}), QStringLiteral("create")), QString());
        QCOMPARE(wrongOf(a.run({QStringLiteral("create"), QStringLiteral("ticket"), QStringLiteral("subject=") + kName, QStringLiteral("description=") + kSecondNote}), QStringLiteral("create")), QString());
        QVERIFY(!b.run({QStringLiteral("search"), kName}).lines.isEmpty());
        for (int look = 0; look < 3; ++look) {
            clean({watching->processId(), desktop.processId(), m_company.process().processId()});
            QCOMPARE(wrongOf(b.run({QStringLiteral("create"), QStringLiteral("contact"), QStringLiteral("name=%1 %2").arg(kName).arg(look), QStringLiteral("email=") + kMail}), QStringLiteral("create")), QString());
        }
        desktop.terminate();
        QVERIFY(desktop.waitForFinished(30'000));
        watching->terminate();
        QVERIFY(watching->waitForFinished(30'000));
        QCOMPARE(m_company.stop(), QString());
        clean({});
    }

    void nothingAfterAKill()
    {
        QCOMPARE(m_company.start(), QString());
        const CliRunner a = m_company.device(QStringLiteral("a"));
        const CliRunner b = m_company.device(QStringLiteral("b"));
        QProcess desktop;
        startDesktop(desktop);
        const auto watching = a.start(words("sync --watch --json"));
        QVERIFY(watching->waitForReadyRead(60'000));
        QCOMPARE(wrongOf(b.run({QStringLiteral("create"), QStringLiteral("customer"), QStringLiteral("name=%1 last").arg(kName), QStringLiteral("description=") + kNote}), QStringLiteral("create")), QString());
        const auto creating = a.start({QStringLiteral("create"), QStringLiteral("customer"), QStringLiteral("name=%1 cut").arg(kName)});
        m_company.kill();
        desktop.kill();
        watching->kill();
        creating->kill();
        QVERIFY(desktop.waitForFinished() && watching->waitForFinished() && creating->waitForFinished());
        clean({});
        qInfo("%lld needles in %d files, %lld MB", static_cast<long long>(m_scan.needles()), m_scan.filesSeen(), static_cast<long long>(m_scan.bytesSeen() / 1'000'000));
    }

private:
    void clean(const QList<qint64> &processes)
    {
        QStringList finds = m_scan.inFolder(m_company.folder());
        for (const qint64 process : processes)
            finds += m_scan.inOpenFiles(process);
        QVERIFY2(finds.isEmpty(), qPrintable(finds.mid(0, 20).join(QLatin1Char('\n'))));
    }

    void startDesktop(QProcess &desktop)
    {
        const CliRunner b = m_company.device(QStringLiteral("b"));
        QProcessEnvironment environment = m_company.environment();
        environment.insert(QStringLiteral("FIELDFARE_PASSPHRASE"), QString::fromLatin1(CliRunner::kPassphrase));
        desktop.setProcessEnvironment(environment);
        desktop.setWorkingDirectory(m_company.folder());
        desktop.setStandardErrorFile(m_company.folder() + QStringLiteral("/desktop.log"), QIODevice::Append);
        QFile::remove(b.profile() + QStringLiteral("/run.sock"));
        desktop.start(CliRunner::program(QStringLiteral("fieldfare")), {QStringLiteral("--profile"), b.profile()});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(b.profile() + QStringLiteral("/run.sock")) || desktop.state() == QProcess::NotRunning, 60'000);
        QCOMPARE(desktop.state(), QProcess::Running);
    }

    RealCompany m_company;
    QTemporaryDir m_outside;
    LeakScan m_scan;
};

QTEST_GUILESS_MAIN(TestNoPlainText)
#include "tst_no_plain_text.moc"
