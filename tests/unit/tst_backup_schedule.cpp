// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/backup/backup_schedule.h"

#include <QDateTime>
#include <QTest>

using fieldfare::store::BackupSchedule;

class TestBackupSchedule : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whenOneIsDue_data();
    void whenOneIsDue();
    void whenTheNextOneIs();
    void whatIsWrittenIsRead();
    void nonsenseIsOff();
};

void TestBackupSchedule::whenOneIsDue_data()
{
    using Every = BackupSchedule::Every;
    QTest::addColumn<int>("every");
    QTest::addColumn<QString>("last"); // of the zone; empty: never
    QTest::addColumn<QString>("now");
    QTest::addColumn<bool>("due");
    const auto row = [](const char *name, Every every, const char *last, const char *now, bool due) {
        QTest::newRow(name) << int(every) << QString::fromLatin1(last) << QString::fromLatin1(now) << due;
    };
    // The time of day is 18:30.
    row("off", Every::Off, "", "2026-11-20T18:30", false);
    row("never before", Every::Day, "", "2026-11-20T03:00", true);
    row("the same day, before the time", Every::Day, "2026-11-20T09:00", "2026-11-20T18:29", false);
    row("the same day, at the time", Every::Day, "2026-11-20T09:00", "2026-11-20T18:30", true);
    row("made at the time", Every::Day, "2026-11-20T18:30", "2026-11-20T23:00", false);
    row("the next day, before the time", Every::Day, "2026-11-20T18:30", "2026-11-21T18:29", false);
    row("the next day, at the time", Every::Day, "2026-11-20T18:30", "2026-11-21T18:30", true);
    row("missed for days", Every::Day, "2026-11-20T18:30", "2026-11-27T08:00", true);
    row("a missed one, made in the morning", Every::Day, "2026-11-27T08:00", "2026-11-27T12:00", false);
    row("and the regular one in the evening", Every::Day, "2026-11-27T08:00", "2026-11-27T18:31", true);
    row("a week, on the sixth day", Every::Week, "2026-11-20T18:31", "2026-11-26T23:00", false);
    row("a week, at the time", Every::Week, "2026-11-20T18:31", "2026-11-27T18:30", true);
    row("a week, made early in the day", Every::Week, "2026-11-20T08:00", "2026-11-20T18:30", false);
    row("a clock that was set back", Every::Day, "2026-11-20T18:30", "2026-11-01T10:00", true);
    row("over the end of summer time", Every::Day, "2026-10-24T18:30", "2026-10-25T18:29", false);
    row("over the end of summer time, at the time", Every::Day, "2026-10-24T18:30", "2026-10-25T18:30", true);
}

void TestBackupSchedule::whenOneIsDue()
{
    QFETCH(const int, every);
    QFETCH(const QString, last);
    QFETCH(const QString, now);
    QFETCH(const bool, due);
    const QTimeZone zone("Europe/Berlin");
    QVERIFY(zone.isValid());
    const auto ms = [&zone](const QString &text) {
        QDateTime moment = QDateTime::fromString(text, Qt::ISODate);
        moment.setTimeZone(zone);
        return moment.toMSecsSinceEpoch();
    };
    const BackupSchedule schedule{BackupSchedule::Every(every), QStringLiteral("/backups"), 18 * 60 + 30};
    QCOMPARE(schedule.isDue(ms(now), last.isEmpty() ? 0 : ms(last), zone), due);
    BackupSchedule nowhere = schedule;
    nowhere.folder.clear();
    QVERIFY(!nowhere.isDue(ms(now), 0, zone));
}

void TestBackupSchedule::whenTheNextOneIs()
{
    const QTimeZone zone("Europe/Berlin");
    const auto at = [&zone](int day, int hour, int minute) { return QDateTime(QDate(2026, 11, day), QTime(hour, minute), zone).toMSecsSinceEpoch(); };
    BackupSchedule schedule{BackupSchedule::Every::Day, QStringLiteral("/backups"), 18 * 60 + 30};
    QCOMPARE(schedule.dueAt(0, zone), 0);
    QCOMPARE(schedule.dueAt(at(20, 9, 0), zone), at(20, 18, 30));
    QCOMPARE(schedule.dueAt(at(20, 18, 30), zone), at(21, 18, 30));
    schedule.every = BackupSchedule::Every::Week;
    QCOMPARE(schedule.dueAt(at(13, 9, 0), zone), at(20, 18, 30));
    // What is said to be due is due then, and not a moment earlier.
    QVERIFY(schedule.isDue(at(20, 18, 30), at(13, 9, 0), zone));
    QVERIFY(!schedule.isDue(at(20, 18, 30) - 1, at(13, 9, 0), zone));
}

void TestBackupSchedule::whatIsWrittenIsRead()
{
    for (const auto every : {BackupSchedule::Every::Off, BackupSchedule::Every::Day, BackupSchedule::Every::Week}) {
        const BackupSchedule schedule{every, QString::fromUtf8("/备份/my backups"), 1439};
        QCOMPARE(BackupSchedule::fromJson(schedule.toJson()), schedule);
    }
}

void TestBackupSchedule::nonsenseIsOff()
{
    QCOMPARE(BackupSchedule::fromJson({}), BackupSchedule());
    QCOMPARE(BackupSchedule::fromJson("[1]"), BackupSchedule());
    QCOMPARE(BackupSchedule::fromJson(R"({"every":"hour","minute":99999})").minute, 1439);
    QVERIFY(!BackupSchedule::fromJson(R"({"every":"hour","folder":"/x"})").isOn());
}

QTEST_GUILESS_MAIN(TestBackupSchedule)
#include "tst_backup_schedule.moc"
