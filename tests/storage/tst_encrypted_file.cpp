// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/connection.h"
#include "core/storage/page_format.h"
#include "core/storage/transaction.h"
#include "tests/storage/storage_fixture.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;
using base::ErrorCode;

class TestEncryptedFile : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_next = 0;

    OpenOptions freshFile(OpenOptions::Journal journal = OpenOptions::Journal::WriteAheadLog)
    {
        OpenOptions options;
        options.path = m_folder.filePath(QStringLiteral("file%1.db").arg(++m_next));
        options.createIfMissing = true;
        options.key = fixedKey(1);
        options.journal = journal;
        return options;
    }

    /// A closed file with 500 rows over some 150 pages, index and overflow pages among them.
    OpenOptions filledFile()
    {
        OpenOptions options = freshFile();
        auto connection = Connection::open(options);
        if (!connection.ok() || !fill(**connection, 500))
            return {};
        return options;
    }

private Q_SLOTS:
    void rowsSurviveClosingAndOpening_data()
    {
        QTest::addColumn<bool>("logged");
        QTest::newRow("write-ahead log") << true;
        QTest::newRow("rollback journal") << false;
    }
    void rowsSurviveClosingAndOpening()
    {
        QFETCH(bool, logged);
        OpenOptions options = freshFile(logged ? OpenOptions::Journal::WriteAheadLog : OpenOptions::Journal::Rollback);
        {
            auto connection = Connection::open(options);
            QVERIFY2(connection.ok(), qPrintable(connection.ok() ? QString() : connection.error().detail));
            QVERIFY((*connection)->isEncrypted());
            QVERIFY(fill(**connection, 300));
            QCOMPARE((*connection)->queryInt64("PRAGMA page_size"_sql).value(), 4096);
        }
        QVERIFY(!QFileInfo::exists(options.path + QStringLiteral("-wal")));
        QVERIFY(!QFileInfo::exists(options.path + QStringLiteral("-shm")));
        auto connection = Connection::open(options);
        QVERIFY2(connection.ok(), qPrintable(connection.ok() ? QString() : connection.error().detail));
        QVERIFY(isIntact(**connection));
        QCOMPARE(countRows(**connection), 300);
    }

    void theReserveIsInTheFilesOwnHeader()
    {
        const OpenOptions options = filledFile();
        const auto connection = Connection::open(options);
        QVERIFY((*connection)->execute("PRAGMA page_size=8192; VACUUM"_sql).ok());
        QCOMPARE((*connection)->queryInt64("PRAGMA page_size"_sql).value(), 4096);
        QVERIFY(isIntact(**connection));
        QCOMPARE(countRows(**connection), 500);
    }
};

QTEST_GUILESS_MAIN(TestEncryptedFile)
#include "tst_encrypted_file.moc"
