// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which backups may go: a table, a day a column. Capital letters are full backups, each small one stands on the one before it.
#include "core/storage/backup/backup_retention.h"

#include <QTest>

using namespace fieldfare::storage;

class TestBackupRetention : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsNotNeededGoes_data();
    void whatIsNotNeededGoes();
};

void TestBackupRetention::whatIsNotNeededGoes_data()
{
    // "A100" is the full backup A of 100 days ago; "b99" an increment on the one before it in the list.
    QTest::addColumn<QString>("backups");
    QTest::addColumn<QString>("gone");
    QTest::newRow("none") << QString() << QString();
    QTest::newRow("the newest stays however old") << QStringLiteral("A900") << QString();
    QTest::newRow("a newer one lets it go") << QStringLiteral("A900 B899") << QStringLiteral("A");
    QTest::newRow("three months of full ones") << QStringLiteral("A93 B92 C91 D1") << QStringLiteral("A");
    QTest::newRow("six months of increments") << QStringLiteral("A10 b184 C9") << QStringLiteral("b");
    QTest::newRow("a full one that a kept increment stands on") << QStringLiteral("A200 b183 C1") << QString();
    QTest::newRow("the chain between, although it is older itself") << QStringLiteral("A300 b250 c200 d183 E1") << QString();
    QTest::newRow("what is behind the kept end of a chain goes") << QStringLiteral("A300 b186 c185 d184 E1") << QStringLiteral("A b c d");
    QTest::newRow("only the tail goes with its chain kept") << QStringLiteral("A80 b79 C1") << QString();
    QTest::newRow("two chains") << QStringLiteral("A400 b300 C150 d149 E5 f4") << QStringLiteral("A b");
    QTest::newRow("an increment as the newest keeps its full one for ever") << QStringLiteral("A900 b899") << QString();
    QTest::newRow("to the day") << QStringLiteral("A184 b183 C93 D92 E0") << QStringLiteral("C");
    QTest::newRow("one whose base is lost") << QStringLiteral("x120 y200 A1") << QStringLiteral("y");
}

void TestBackupRetention::whatIsNotNeededGoes()
{
    QFETCH(const QString, backups);
    QFETCH(const QString, gone);
    constexpr qint64 kNow = 1'790'000'000'000;
    QList<BackupManifest> all;
    QByteArray before("lost");
    for (const QString &word : backups.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        BackupManifest backup;
        backup.kind = word.at(0).isUpper() ? BackupManifest::Kind::Full : BackupManifest::Kind::Increment;
        backup.id = word.left(1).toUtf8();
        backup.base = backup.kind == BackupManifest::Kind::Full ? QByteArray() : std::exchange(before, backup.id);
        before = backup.id;
        backup.at = kNow - word.mid(1).toLongLong() * BackupRetention::kDayMs;
        all.append(backup);
    }
    QStringList named;
    for (const QByteArray &id : expiredBackups(all, {}, kNow))
        named.append(QString::fromUtf8(id));
    std::sort(named.begin(), named.end());
    QStringList expected = gone.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::sort(expected.begin(), expected.end());
    QCOMPARE(named, expected);
}

QTEST_GUILESS_MAIN(TestBackupRetention)
#include "tst_backup_retention.moc"
