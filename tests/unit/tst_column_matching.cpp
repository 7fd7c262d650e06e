// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/column_matching.h"
#include "core/exchange/import_cursor.h"
#include "core/exchange/import_plan.h"
#include "core/model/catalog.h"

#include <QCborArray>
#include <QCborValue>
#include <QtTest>

using namespace fieldfare;

class TestColumnMatching : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void headings_data()
    {
        QTest::addColumn<QString>("entity");
        QTest::addColumn<QString>("heading");
        QTest::addColumn<QString>("field");
        const auto row = [](const char *entity, const QString &heading, const char *field) {
            QTest::addRow("%s %s", entity, qPrintable(heading)) << QString::fromLatin1(entity) << heading << QString::fromLatin1(field);
        };
        row("customer", QStringLiteral("name"), "name");
        row("customer", QStringLiteral("E-Mail"), "email");
        row("customer", QStringLiteral("Second e-mail"), "email2");
        row("customer", QStringLiteral("birth date"), "birth_date");
        row("customer", QStringLiteral("Company Name"), "name");
        row("customer", QStringLiteral("\u5ba2\u6237\u540d\u79f0"), "name");
        row("customer", QStringLiteral("\u624b\u673a"), "mobile");
        row("customer", QStringLiteral("\uff2e\uff41\uff4d\uff45"), "name"); // full width
        row("customer", QStringLiteral("year_established"), "founded");
        row("deal", QStringLiteral("account"), "customer");
        row("deal", QStringLiteral("close_value"), "amount");
        row("deal", QStringLiteral("Deal stage"), "stage");
        row("ticket", QStringLiteral("Priority"), "severity");
        row("customer", QStringLiteral("Open deals"), ""); // computed
        row("customer", QStringLiteral("something else"), "");
        row("customer", QString(), "");
    }

    void headings()
    {
        QFETCH(const QString, entity);
        QFETCH(const QString, heading);
        QFETCH(const QString, field);
        const auto catalog = model::Catalog::standard();
        const model::Field *found = exchange::fieldForHeading(*catalog->entity(entity), heading);
        QCOMPARE(found != nullptr ? found->name : QString(), field);
    }

    void everyImportableFieldIsFoundByItsOwnName()
    {
        const auto catalog = model::Catalog::standard();
        for (const model::Entity &entity : catalog->entities()) {
            for (const model::Field &field : entity.fields()) {
                if (exchange::isImportable(field))
                    QCOMPARE(exchange::fieldForHeading(entity, field.name), &field);
            }
        }
    }

    void everyEntityHasOneOwnerAtMost()
    {
        const auto catalog = model::Catalog::standard();
        for (const model::Entity &entity : catalog->entities()) {
            QVERIFY(entity.fieldsWith(model::Mine).size() <= 1);
            QVERIFY(entity.mineField() == nullptr || entity.mineField()->type == model::FieldType::User);
            for (const model::Field &field : entity.fields()) {
                for (const QString &heading : QString::fromUtf8(field.headings).split(QLatin1Char(' '), Qt::SkipEmptyParts))
                    QCOMPARE(heading, exchange::foldedHeading(heading)); // as it is looked for
            }
        }
    }

    void policiesFollowTheCatalog()
    {
        const auto catalog = model::Catalog::standard();
        const auto policy = [&](const char *entity, const char *field) {
            return exchange::defaultPolicy(*catalog->entity(QString::fromLatin1(entity))->field(QString::fromLatin1(field)));
        };
        QCOMPARE(policy("customer", "industry"), exchange::UnknownPolicy::Create);
        QCOMPARE(policy("customer", "status"), exchange::UnknownPolicy::Empty);
        QCOMPARE(policy("customer", "owner"), exchange::UnknownPolicy::Empty);
        QCOMPARE(policy("customer", "parent"), exchange::UnknownPolicy::Create);
        QCOMPARE(policy("deal", "customer"), exchange::UnknownPolicy::Create);
        QCOMPARE(policy("deal", "stage"), exchange::UnknownPolicy::Empty);
        QCOMPARE(policy("ticket", "contact"), exchange::UnknownPolicy::Empty);
    }

    void aCursorComesBackAsItWas()
    {
        exchange::ImportCursor cursor;
        cursor.fingerprint = QByteArray(32, 'f');
        cursor.phase = exchange::ImportCursor::Phase::Links;
        cursor.records = 12345;
        cursor.counts.read = 7;
        cursor.counts.alsoCreated = 3;
        cursor.deferred = 2;
        cursor.rejectsBytes = 99;
        const auto back = exchange::ImportCursor::fromBytes(cursor.toBytes());
        QVERIFY(back);
        QCOMPARE(back->toBytes(), cursor.toBytes());
        QCOMPARE(back->records, 12345);
        QCOMPARE(back->counts.alsoCreated, 3);
        QVERIFY(back->counts.creations.isEmpty());
        QVERIFY(!exchange::ImportCursor::fromBytes("something else"));
        QVERIFY(!exchange::ImportCursor::fromBytes({}));
    }

    void aCursorKnowsWhatElseWasCreated()
    {
        exchange::ImportCursor cursor;
        for (int i = 0; i < 30; ++i)
            cursor.counts.noteCreation(QStringLiteral("industry"), QStringLiteral("Industry %1").arg(i));
        cursor.counts.noteCreation(QStringLiteral("tags"), QStringLiteral("big"));
        const auto back = exchange::ImportCursor::fromBytes(cursor.toBytes());
        QVERIFY(back);
        QCOMPARE(back->counts.alsoCreated, 31);
        QCOMPARE(back->counts.creations, cursor.counts.creations);
        QCOMPARE(back->counts.creations.first().count, 30);
        QCOMPARE(back->counts.creations.first().names.size(), exchange::ImportCreation::kMaxNames);
        // As a former version wrote it.
        QCborArray former = QCborValue::fromCbor(cursor.toBytes()).toArray();
        former.removeLast();
        const auto old = exchange::ImportCursor::fromBytes(QCborValue(former).toCbor());
        QVERIFY(old);
        QCOMPARE(old->counts.alsoCreated, 31);
    }
};

QTEST_GUILESS_MAIN(TestColumnMatching)
#include "tst_column_matching.moc"
