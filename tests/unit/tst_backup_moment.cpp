// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/backup/backup_moment.h"

#include <QDateTime>
#include <QTest>

using namespace fieldfare::storage;

class TestBackupMoment : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "Asia/Shanghai"); }
    void theLastMomentThatIsNamed_data();
    void theLastMomentThatIsNamed();
};

void TestBackupMoment::theLastMomentThatIsNamed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("until"); // UTC
    QTest::newRow("a day, all of it") << "2026-11-23" << "2026-11-23T15:59:59.999Z";
    QTest::newRow("a time of the day") << "2026-11-23T08:30" << "2026-11-23T00:30:00.000Z";
    QTest::newRow("UTC") << "2026-11-23T08:30Z" << "2026-11-23T08:30:00.000Z";
    QTest::newRow("a second, as a list shows it") << "2026-11-23T02:45:57Z" << "2026-11-23T02:45:57.999Z";
    QTest::newRow("another zone") << "2026-11-23T02:45:57+02:00" << "2026-11-23T00:45:57.999Z";
    QTest::newRow("a millisecond") << "2026-11-23T02:45:57.250Z" << "2026-11-23T02:45:57.250Z";
    for (const char *nonsense : {"", "soon", "2026-11-31", "2026-11-23T", "2026-11-23T25:00", "2026-11-23 08:30", "23.11.2026", "2026-11-23T08:30X"})
        QTest::newRow(nonsense) << QString::fromLatin1(nonsense) << QString();
}

void TestBackupMoment::theLastMomentThatIsNamed()
{
    QFETCH(const QString, text);
    QFETCH(const QString, until);
    const auto moment = backupMoment(text);
    QCOMPARE(moment ? QDateTime::fromMSecsSinceEpoch(*moment, Qt::UTC).toString(Qt::ISODateWithMs) : QString(), until);
}

QTEST_GUILESS_MAIN(TestBackupMoment)
#include "tst_backup_moment.moc"
