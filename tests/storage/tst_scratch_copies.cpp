// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Copies that killed programs left go; what a person keeps beside them stays.
#include "core/storage/backup/scratch_copies.h"
#include "tests/storage/storage_fixture.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace fieldfare;
using namespace fieldfare::storage_test;

class TestScratchCopies : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatAKilledDrillLeftGoes()
    {
        const QString left = make(QFileInfo(storage::drillTemplate(backup()))
                                      .fileName()
                                      .replace(QStringLiteral("XXXXXX"), QStringLiteral("q1w2E3")));
        // Another program may be at work in it.
        storage::discardDrills(backup(), QDateTime::currentMSecsSinceEpoch());
        QCOMPARE(readFile(left), QByteArray("key"));
        storage::discardDrills(backup(), inTwoDays());
        QVERIFY(!QFileInfo(left).dir().exists());
    }

    /// Backups may lie among a person's own folders.
    void foldersOfAPersonStay()
    {
        QStringList own;
        for (const char *name : {"drill-photos", "Drill-report", "drill-videos", ".Fieldfare-Drill-photos",
                                 ".fieldfare-drill-of-mine", "backup-2026"})
            own.append(make(QString::fromLatin1(name)));
        storage::discardDrills(backup(), inTwoDays());
        for (const QString &file : std::as_const(own))
            QVERIFY2(readFile(file) == QByteArray("key"), qPrintable(file));
    }

private:
    [[nodiscard]] QString backup() const { return m_folder.filePath(QStringLiteral("20261122T101500Z-full")); }
    static qint64 inTwoDays() { return QDateTime::currentMSecsSinceEpoch() + 2 * qint64(86'400'000); }
    /// A folder with something like a key file in it, whose path is the answer.
    QString make(const QString &name)
    {
        const QString folder = m_folder.filePath(name);
        const QString file = folder + QStringLiteral("/fieldfare.key");
        if (!QDir().mkpath(folder) || !writeFile(file, "key"))
            qFatal("%s cannot be made", qPrintable(file));
        return file;
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestScratchCopies)
#include "tst_scratch_copies.moc"
