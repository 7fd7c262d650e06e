// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// An import's steps, as whoever runs it between two of them sees it. What becomes of rows: tst_cli_import.
#include "core/exchange/importer.h"
#include "tests/storage/store_fixture.h"

#include <QFile>
#include <QTest>

using namespace fieldfare;
using namespace fieldfare::store_test;
using exchange::Importer;

class TestImporter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<TestProfile>();
        QVERIFY(m_profile->open());
        m_profile->identify();
        QVERIFY(m_profile->store().seed(QStringLiteral("Me")).ok());
        QCOMPARE(imported(begin(rows(0, 900))).created, 900);
    }

    void keysAreReadInStepsThatCanBeStopped()
    {
        auto importer = begin(rows(500, 1000), QStringLiteral("name"));
        qint64 last = -1;
        int steps = 0;
        for (; importer->progress().isReadingKeys; ++steps) {
            const Importer::Progress progress = importer->progress();
            QVERIFY(progress.done > last);
            QVERIFY(steps == 0 || progress.total == 900);
            QVERIFY(progress.done - last <= 250); // of somebody else's time
            last = progress.done;
            QVERIFY(importer->step().value());
            QCOMPARE(importer->report().read, 0);
        }
        QVERIFY(steps >= 4);
        QCOMPARE(importer->progress().total, 500);
        importer.reset(); // somebody had enough
        QVERIFY(m_profile->store().unfinishedActions()->empty());
        QCOMPARE(count(), 900);
    }

    void keysAreFoundHoweverTheyAreReached()
    {
        for (const Importer::Pace pace : {Importer::Pace::Interactive, Importer::Pace::Bulk}) {
            const exchange::ImportReport report = imported(begin(rows(500, 1000), QStringLiteral("name"), pace));
            const bool isFirst = pace == Importer::Pace::Interactive;
            QCOMPARE(report.created, isFirst ? 100 : 0);
            QCOMPARE(report.unchanged, isFirst ? 400 : 500);
            QCOMPARE(count(), 1000);
        }
    }

    /// As names are compared: case and spaces make no difference, and a key that several have names nobody.
    void keysAreFolded()
    {
        const exchange::ImportReport same = imported(begin("name,email\n  COMPANY   7 ,other@example.com\n", QStringLiteral("name")));
        QCOMPARE(same.updated, 1);
        QCOMPARE(imported(begin("name\nTwin\nTwin\n")).created, 2);
        const exchange::ImportReport twin = imported(begin("name,email\ntwin,a@example.com\n", QStringLiteral("name")));
        QCOMPARE(twin.rejected, 1);
    }

    void aDryRunTellsWhatTheRealOneCreates()
    {
        const QByteArray file("name,industry,tags,parent\nLeaf,Aerospace,\"big,red\",Root\nRoot,,big,\nTwig,,,Stranger\n");
        const exchange::ImportReport dry = imported(begin(file, {}, Importer::Pace::Interactive, true));
        QCOMPARE(count(), 900);
        const exchange::ImportReport done = imported(begin(file));
        QCOMPARE(dry.creations, done.creations);
        QCOMPARE(done.alsoCreated, 4); // Root is a row of the file
        QCOMPARE(done.creations.last().names, QStringList{QStringLiteral("Stranger")});
        QCOMPARE(count(), 904);
    }

private:
    static QByteArray rows(int from, int to)
    {
        QByteArray text("name,email\n");
        for (int i = from; i < to; ++i)
            text += "Company " + QByteArray::number(i) + ",u" + QByteArray::number(i) + "@example.com\n";
        return text;
    }

    std::unique_ptr<Importer> begin(const QByteArray &content, const QString &key = {}, Importer::Pace pace = Importer::Pace::Interactive, bool dryRun = false)
    {
        exchange::ImportOptions options;
        options.file = m_files.filePath(QStringLiteral("%1.csv").arg(++m_count));
        options.entity = QStringLiteral("customer");
        options.key = key;
        options.dryRun = dryRun;
        QFile file(options.file);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(options.file));
        file.close();
        auto plan = exchange::planImport(options, m_profile->store().catalog(), QStringLiteral("USD"));
        if (!plan.ok())
            qFatal("%s", qPrintable(plan.error().detail));
        auto importer = Importer::begin(m_profile->store(), std::move(plan).value(), pace);
        if (!importer.ok())
            qFatal("%s", qPrintable(importer.error().detail));
        return std::move(importer).value();
    }

    static exchange::ImportReport imported(std::unique_ptr<Importer> importer)
    {
        for (;;) {
            const auto more = importer->step();
            if (!more.ok())
                qFatal("%s", qPrintable(more.error().detail));
            if (!more.value())
                return importer->report();
        }
    }

    qint64 count()
    {
        store::ListReader reader(m_profile->store().connection(), m_profile->store().catalog(), {});
        return reader.count({.entity = model::Catalog::standard()->entity(QStringLiteral("customer"))->id()}).value();
    }

    QTemporaryDir m_files;
    int m_count = 0;
    std::unique_ptr<TestProfile> m_profile;
};

QTEST_GUILESS_MAIN(TestImporter)
#include "tst_importer.moc"
