// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/real_company.h"

#include <QDir>
#include <QStorageInfo>
#include <QtTest>

#include <functional>

using namespace fieldfare::testing;

namespace {

/// A small disk of its own in memory; needs to be allowed to mount.
class SmallDisk {
public:
    SmallDisk(const QString &folder, int megabytes) : m_folder(folder)
    {
        QDir().mkpath(folder);
        m_isMounted = QProcess::execute(QStringLiteral("mount"), {QStringLiteral("-t"), QStringLiteral("tmpfs"), QStringLiteral("-o"), QStringLiteral("size=%1m,mode=0700").arg(megabytes), QStringLiteral("none"), folder}) == 0;
    }
    ~SmallDisk()
    {
        if (m_isMounted)
            QProcess::execute(QStringLiteral("umount"), {QStringLiteral("-l"), m_folder});
    }
    [[nodiscard]] bool isMounted() const { return m_isMounted; }

    /// Fills it but for so many bytes.
    bool fill(qint64 left)
    {
        QFile ballast(m_folder + QStringLiteral("/ballast"));
        if (!ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            return false;
        const QByteArray block(4096, 'x');
        while (QStorageInfo(m_folder).bytesAvailable() > left) {
            if (ballast.write(block) != block.size())
                return left == 0;
        }
        return true;
    }
    void free() { QFile::remove(m_folder + QStringLiteral("/ballast")); }

private:
    QString m_folder;
    bool m_isMounted = false;
};

/// Files may have so many bytes in a command run behind this.
QStringList limitedFiles(int kilobytes)
{
    return {QStringLiteral("/bin/bash"), QStringLiteral("-c"), QStringLiteral("ulimit -f %1; exec \"$@\"").arg(kilobytes), QStringLiteral("limited")};
}

QByteArray customersCsv(const QString &prefix, int count)
{
    QByteArray rows("name,phone,description\n");
    for (int i = 0; i < count; ++i)
        rows += prefix.toUtf8() + QByteArray::number(i) + ",+49301" + QByteArray::number(100'000 + i) + "," + QByteArray(300, 'd') + '\n';
    return rows;
}

} // namespace

/// No room on the client's or the server's disk: a clear refusal, nothing lost, and on it goes when there is room again.
class TestFaultsDisk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFullDiskUnderAProfile()
    {
        QTemporaryDir folder;
        SmallDisk disk(folder.filePath(QStringLiteral("disk")), 24);
        if (!disk.isMounted())
            QSKIP("needs to be allowed to mount a tmpfs; limits of file size are tested beside this");
        const CliRunner cli(folder.path(), QStringLiteral("disk/p"));
        QCOMPARE(wrongOf(cli.run(words("init --user anna")), QStringLiteral("init")), QString());
        const QString few = cli.file(QStringLiteral("few.csv"), customersCsv(QStringLiteral("Few"), 200));
        const QString many = cli.file(QStringLiteral("many.csv"), customersCsv(QStringLiteral("Many"), 4000));
        QCOMPARE(cli.run({QStringLiteral("import"), QStringLiteral("customer"), few}).number("created"), 200);
        int made = 0;
        int refused = 0;
        for (const int kilobytes : {0, 4, 16, 48, 128, 400}) {
            QVERIFY(disk.fill(kilobytes * 1024));
            const Said said = cli.run({QStringLiteral("create"), QStringLiteral("deal"), QStringLiteral("name=At%1").arg(kilobytes)});
            if (said.exitCode == 0) {
                ++made;
            } else {
                ++refused;
                isFullDisk(said);
            }
            const Said imported = cli.run({QStringLiteral("import"), QStringLiteral("customer"), many});
            isFullDisk(imported);
            disk.free();
            QCOMPARE(wrongOf(cli.run(words("check")), QStringLiteral("check")), QString());
            QCOMPARE(cli.run(words("count deal")).number("count"), made);
            QCOMPARE(cli.run(words("count customer --where name=Few7")).number("count"), 1);
        }
        QVERIFY(made > 0 && refused > 0);
        // What was begun goes on when there is room.
        const Said done = cli.run({QStringLiteral("import"), QStringLiteral("customer"), many});
        QCOMPARE(wrongOf(done, QStringLiteral("import")), QString());
        QCOMPARE(cli.run(words("count customer")).number("count"), 4200);
        QCOMPARE(wrongOf(cli.run(words("check")), QStringLiteral("check")), QString());
    }

    void aFullDiskUnderTheKeyFile()
    {
        QTemporaryDir folder;
        SmallDisk disk(folder.filePath(QStringLiteral("disk")), 12);
        if (!disk.isMounted())
            QSKIP("needs to be allowed to mount a tmpfs");
        CliRunner cli(folder.path(), QStringLiteral("disk/p"));
        QVERIFY(disk.fill(0));
        isFullDisk(cli.run(words("init --user anna")));
        disk.free();
        QCOMPARE(wrongOf(cli.run(words("init --user anna")), QStringLiteral("init")), QString());
        QVERIFY(disk.fill(0));
        CliRunner changing = cli;
        changing.setEnvironment(QStringLiteral("FIELDFARE_NEW_PASSPHRASE"), QStringLiteral("violet-harbour-77-thimble"));
        isFullDisk(changing.run(words("passphrase change")));
        disk.free();
        QCOMPARE(wrongOf(cli.run(words("create customer name=Still")), QStringLiteral("create")), QString());
    }

    void aFullDiskUnderADeviceThatSyncs()
    {
        RealCompany company;
        SmallDisk disk(company.folder() + QStringLiteral("/disk"), 12);
        if (!disk.isMounted())
            QSKIP("needs to be allowed to mount a tmpfs");
        QCOMPARE(company.begin(), QString());
        const QString name = QStringLiteral("disk/b");
        QCOMPARE(company.enrol(QStringLiteral("a"), QStringLiteral("anna")), QString());
        QCOMPARE(company.enrol(name, QStringLiteral("bo")), QString());
        const CliRunner a = company.device(QStringLiteral("a"));
        const CliRunner b = company.device(name);
        QCOMPARE(a.run({QStringLiteral("import"), QStringLiteral("customer"), a.file(QStringLiteral("a.csv"), customersCsv(QStringLiteral("A"), 1500))}).number("created"), 1500);
        QCOMPARE(wrongOf(a.run(words("sync")), QStringLiteral("sync")), QString());
        QCOMPARE(wrongOf(b.run(words("create customer name=OnB")), QStringLiteral("create")), QString());
        for (const int kilobytes : {4, 200, 600}) {
            QVERIFY(disk.fill(kilobytes * 1024));
            isFullDisk(b.run(words("sync")));
            disk.free();
            QCOMPARE(b.run(words("count customer --where name=OnB")).number("count"), 1);
        }
        QCOMPARE(wrongOf(b.run(words("sync")), QStringLiteral("sync")), QString());
        QCOMPARE(wrongOf(a.run(words("sync")), QStringLiteral("sync")), QString());
        QVERIFY(QFile::remove(company.folder() + QStringLiteral("/a.csv")));
        QCOMPARE(agreeOnCount(company, {QStringLiteral("a"), name}, 1501), QString());
    }

    void aFullDiskUnderTheServer()
    {
        QTemporaryDir folder;
        SmallDisk disk(folder.filePath(QStringLiteral("disk")), 24);
        if (!disk.isMounted())
            QSKIP("needs to be allowed to mount a tmpfs; limits of file size are tested beside this");
        RealCompany company(folder.filePath(QStringLiteral("disk/server")));
        QCOMPARE(company.begin(), QString());
        fillTheServer(company, [&disk](bool isFull) { return isFull ? disk.fill(16 * 1024) : (disk.free(), true); });
    }

    void aLimitOfFileSizeUnderAProfile()
    {
        QTemporaryDir folder;
        const CliRunner cli(folder.path(), QStringLiteral("p"));
        QCOMPARE(wrongOf(cli.run(words("init --user anna")), QStringLiteral("init")), QString());
        CliRunner limited = cli;
        limited.setPrefix(limitedFiles(1200));
        const QString file = cli.file(QStringLiteral("a.csv"), customersCsv(QStringLiteral("A"), 4000));
        isFullDisk(limited.run({QStringLiteral("import"), QStringLiteral("customer"), file}));
        QCOMPARE(wrongOf(cli.run(words("check")), QStringLiteral("check")), QString());
        QCOMPARE(wrongOf(cli.run({QStringLiteral("import"), QStringLiteral("customer"), file}), QStringLiteral("import")), QString());
        QCOMPARE(cli.run(words("count customer")).number("count"), 4000);
    }

    void aFullDiskUnderABackup()
    {
        QTemporaryDir folder;
        const CliRunner cli(folder.path(), QStringLiteral("p"));
        QCOMPARE(wrongOf(cli.run(words("init --user anna")), QStringLiteral("init")), QString());
        QCOMPARE(cli.run({QStringLiteral("import"), QStringLiteral("customer"), cli.file(QStringLiteral("a.csv"), customersCsv(QStringLiteral("A"), 3000))}).number("created"), 3000);
        const QString place = cli.path(QStringLiteral("backups"));
        CliRunner limited = cli;
        limited.setPrefix(limitedFiles(1200));
        const QStringList create{QStringLiteral("backup"), QStringLiteral("create"), place};
        const QList<QByteArray> backupSays{"There is not enough room for the backup.", "the backups made before are safe", "Free some space there"};
        isFullDisk(limited.run(create), backupSays);
        QVERIFY(QDir(place).isEmpty());
        const Said made = cli.run(create);
        QCOMPARE(wrongOf(made, QStringLiteral("backup")), QString());
        QCOMPARE(cli.run({QStringLiteral("import"), QStringLiteral("customer"), cli.file(QStringLiteral("b.csv"), customersCsv(QStringLiteral("B"), 3000))}).number("created"), 3000);
        isFullDisk(limited.run(create + QStringList{QStringLiteral("--incremental")}), backupSays);
        QCOMPARE(QDir(place).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
        CliRunner other(folder.path(), QStringLiteral("q"));
        const QStringList restore{QStringLiteral("backup"), QStringLiteral("restore"), made.text("backup")};
        other.setPrefix(limitedFiles(1200));
        isFullDisk(other.run(restore), {"There is no room to put the backup together.", "Nothing was changed.", "Free as much space as the backed up profile takes"});
        QVERIFY(other.run(words("count customer")).exitCode != 0);
        other.setPrefix({});
        QCOMPARE(wrongOf(other.run(restore), QStringLiteral("restore")), QString());
        QCOMPARE(other.run(words("count customer")).number("count"), 3000);
    }

    void aLimitOfFileSizeUnderTheServer()
    {
        RealCompany company;
        QCOMPARE(company.begin(), QString());
        // The limit can be lifted by another start only.
        fillTheServer(company, [&company](bool isFull) {
            company.setServePrefix(isFull ? limitedFiles(1000) : QStringList());
            const QString stopped = company.stop();
            return stopped.isEmpty() && company.start().isEmpty();
        });
    }

private:
    static void isFullDisk(const Said &said, const QList<QByteArray> &says = {"The disk is full.", "is safe", "Free some space"})
    {
        QVERIFY2(said.exitCode == 1, QByteArray::number(said.exitCode) + said.err + said.out);
        for (const QByteArray &part : says)
            QVERIFY2(said.err.contains(part), said.err.constData());
        QVERIFY(said.out.isEmpty() || !said.json().contains(QStringLiteral("id")));
    }

    static QString agreeOnCount(const RealCompany &company, const QStringList &devices, qint64 count)
    {
        for (const QString &name : devices) {
            const Said counted = company.device(name).run(words("count customer"));
            if (counted.number("count") != count)
                return QStringLiteral("%1 has %2 customers: %3").arg(name).arg(counted.number("count")).arg(QString::fromUtf8(counted.err));
            const Said check = company.device(name).run(words("check"));
            if (check.exitCode != 0 || check.text("server") != QLatin1String("equal"))
                return name + QLatin1Char(' ') + QString::fromUtf8(check.out + check.err);
        }
        return {};
    }

    /// `setFull` makes the server's disk full or not.
    static void fillTheServer(RealCompany &company, const std::function<bool(bool)> &setFull)
    {
        QCOMPARE(company.enrol(QStringLiteral("a"), QStringLiteral("anna")), QString());
        QCOMPARE(company.enrol(QStringLiteral("b"), QStringLiteral("bo")), QString());
        const CliRunner a = company.device(QStringLiteral("a"));
        const CliRunner b = company.device(QStringLiteral("b"));
        QCOMPARE(a.run({QStringLiteral("import"), QStringLiteral("customer"), a.file(QStringLiteral("a.csv"), customersCsv(QStringLiteral("A"), 2500))}).number("created"), 2500);
        QVERIFY(setFull(true));
        for (int attempt = 0; attempt < 3; ++attempt) {
            const Said said = a.run(words("sync"));
            QCOMPARE(said.exitCode, 1);
            QVERIFY2(said.err.contains("the server's disk is full"), said.err.constData());
            QVERIFY2(said.err.contains("Your edits are kept on this computer") && said.err.contains("tell the administrator"), said.err.constData());
            QCOMPARE(company.process().state(), QProcess::Running);
        }
        // It still answers what needs no room.
        const Said read = b.run(words("sync"));
        QVERIFY2(read.exitCode == 0 || read.err.contains("the server's disk is full"), read.err.constData());
        QVERIFY(a.run(words("tray")).lines.isEmpty());
        QVERIFY(setFull(false));
        QCOMPARE(wrongOf(a.run(words("sync")), QStringLiteral("sync")), QString());
        QCOMPARE(wrongOf(b.run(words("sync")), QStringLiteral("sync")), QString());
        QCOMPARE(agreeOnCount(company, {QStringLiteral("a"), QStringLiteral("b")}, 2500), QString());
        QCOMPARE(company.stop(), QString());
        QCOMPARE(wrongOf(company.server(words("verify")), QStringLiteral("verify")), QString());
    }
};

QTEST_GUILESS_MAIN(TestFaultsDisk)
#include "tst_faults_disk.moc"
