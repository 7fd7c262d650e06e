// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/catalog.h"
#include "core/model/cbor_bytes.h"
#include "core/model/choice_seeds.h"
#include "core/model/validation.h"
#include "core/model/value_text.h"

#include <QCborStreamReader>
#include <QCborStreamWriter>
#include <QSet>
#include <QTest>

#include <limits>

using namespace fieldfare;
using namespace fieldfare::model;

class TestModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cborBytesAreThoseOfQt()
    {
        std::vector<Value> values{Value(), Value(QStringLiteral("plain")), Value(QString::fromUtf8("Gr\xC3\xBC\xC3\x9F \xE5\xBC\xA0 \xF0\x9F\x90\xA6")),
                                  Value(QString(300, QChar(u'x'))), Value(QString(70'000, QChar(u'\u5F20'))), Value(QString(QChar(0xD800))),
                                  Value(Money::of(-105'400, QStringLiteral("EUR"))), Value(Reference{300, base::Id::fromBytes(QByteArray(16, 'i'))}),
                                  Value(RawValue{QByteArray::fromHex("a10102")})};
        for (int shift = 0; shift < 63; ++shift) {
            for (const std::int64_t off : {-1, 0, 1}) {
                values.emplace_back((std::int64_t(1) << shift) + off);
                values.emplace_back(-(std::int64_t(1) << shift) + off);
            }
        }
        values.emplace_back(std::numeric_limits<std::int64_t>::min());
        values.emplace_back(std::numeric_limits<std::int64_t>::max());
        for (const Value &value : values) {
            QByteArray expected;
            QCborStreamWriter writer(&expected);
            writeValue(writer, value);
            QByteArray bytes;
            CborBytes(bytes).value(value);
            QCOMPARE(bytes, expected);
        }
        QByteArray expected;
        QCborStreamWriter writer(&expected);
        writer.startArray(30);
        writer.append(std::numeric_limits<quint64>::max());
        writer.append(QByteArray(24, 'b'));
        writer.append(nullptr);
        QByteArray bytes;
        CborBytes ours(bytes);
        ours.beginArray(30);
        ours.unsignedInteger(std::numeric_limits<quint64>::max());
        ours.byteString(QByteArray(24, 'b'));
        ours.null();
        QCOMPARE(bytes, expected);
    }

    void everyFieldIsDescribedSoundly()
    {
        QSet<int> entityIds;
        for (const Entity &entity : Catalog::standard()->entities()) {
            QVERIFY2(!entityIds.contains(entity.id()), qPrintable(entity.name()));
            entityIds.insert(entity.id());
            QVERIFY2(entity.titleField() || entity.has(System) , qPrintable(entity.name()));
            QVERIFY2(entity.fieldsWith(Sortable).size() <= 6, qPrintable(entity.name()));
            QSet<int> ids;
            for (const Field &field : entity.fields()) {
                const QString where = entity.name() + QLatin1Char('.') + field.name;
                QVERIFY2(field.key.number > 0 && !ids.contains(field.key.number), qPrintable(where));
                ids.insert(field.key.number);
                QVERIFY2(!field.label().isEmpty(), qPrintable(where));
                QVERIFY2((field.type == FieldType::Choice) == !field.choiceList.isEmpty(), qPrintable(where));
                QVERIFY2((field.type == FieldType::Computed) == (field.computed != nullptr), qPrintable(where));
                QVERIFY2(!field.isReference() || !field.targets.isEmpty(), qPrintable(where));
            }
        }
    }

    void everyChoiceListHasValuesOrIsOpen()
    {
        QSet<QString> lists;
        for (const ChoiceSeed &seed : choiceSeeds()) {
            lists.insert(QString::fromLatin1(seed.list));
            QCOMPARE(choiceKeyFor(QString::fromLatin1(seed.key)), QString::fromLatin1(seed.key));
        }
        for (const Entity &entity : Catalog::standard()->entities()) {
            for (const Field &field : entity.fields()) {
                if (field.type == FieldType::Choice)
                    QVERIFY2(lists.contains(field.choiceList), qPrintable(field.choiceList));
            }
        }
    }

    void valuesSurviveCborAndText_data()
    {
        QTest::addColumn<QString>("entity");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *entity, const char *field, const char *text) {
            QTest::newRow(qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(field), QString::fromUtf8(text))))
                << QString::fromLatin1(entity) << QString::fromLatin1(field) << QString::fromUtf8(text);
        };
        row("customer", "name", "张伟 & Söhne");
        row("customer", "birth_date", "1969-12-31");
        row("customer", "employees", "-12");
        row("deal", "amount", "1054.00 USD");
        row("deal", "amount", "-0.05 EUR");
        row("deal", "amount", "1200 JPY");
        row("interaction", "at", "2026-11-21T09:30:00Z");
        row("customer", "address", "88 Howard Street | San Francisco | CA | 94105 | US");
        row("customer", "owner", "0190c7e8-0000-7000-8000-000000000001");
        row("stage", "retired", "yes");
    }
    void valuesSurviveCborAndText()
    {
        QFETCH(QString, entity);
        QFETCH(QString, field);
        QFETCH(QString, text);
        const auto catalog = Catalog::standard();
        const Field *f = catalog->entity(entity)->field(field);
        const auto value = parseValue(*f, text, QStringLiteral("USD"));
        QVERIFY(value.ok());
        QVERIFY(!checkBounds(*f, *value));
        QCOMPARE(formatValue(*f, *value), text);
        QCOMPARE(decodeValue(encodeValue(*value)).value(), *value);
        QCOMPARE(fromPortableText(toPortableText(*value)).value(), *value);
    }

    void unknownItemsAreKeptByteForByte()
    {
        const QByteArray map = QByteArray::fromHex("a2616101616283010203"); // {"a": 1, "b": [1, 2, 3]}
        const auto value = decodeValue(map);
        QVERIFY(value.ok());
        QVERIFY(value->raw());
        QCOMPARE(encodeValue(*value), map);
    }

    void malformedItemsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("cut text") << QByteArray::fromHex("636161");
        QTest::newRow("cut bytes") << QByteArray::fromHex("5812aabb");
        QTest::newRow("over 63 bits") << QByteArray::fromHex("1bffffffffffffffff");
    }
    void malformedItemsAreRefused()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!decodeValue(bytes).ok());
    }

    void badTextIsRefused()
    {
        const auto catalog = Catalog::standard();
        const Field *amount = catalog->entity(QStringLiteral("deal"))->field(QStringLiteral("amount"));
        for (const char *text : {"12.345 USD", "abc", "1,000 USD", "1 DOLLAR", "99999999999999999999"})
            QVERIFY2(!parseValue(*amount, QString::fromLatin1(text), QStringLiteral("USD")).ok(), text);
        const Field *date = catalog->entity(QStringLiteral("customer"))->field(QStringLiteral("birth_date"));
        QVERIFY(!parseValue(*date, QStringLiteral("2026-02-30"), {}).ok());
    }

    void boundsAndRulesAreChecked()
    {
        const auto catalog = Catalog::standard();
        const Entity *customer = catalog->entity(QStringLiteral("customer"));
        const Field *name = customer->field(QStringLiteral("name"));
        QCOMPARE(checkBounds(*name, Value(QString(201, QLatin1Char('x'))))->code, ProblemCode::TooLong);
        QCOMPARE(checkBounds(*name, Value(std::int64_t(5)))->code, ProblemCode::WrongType);
        const Field *email = customer->field(QStringLiteral("email"));
        QCOMPARE(checkField(*email, Value(QStringLiteral("ann@treequote")))->code, ProblemCode::EmailMalformed);
        QVERIFY(!checkBounds(*email, Value(QStringLiteral("ann@treequote"))));
        Record record;
        QCOMPARE(checkRecord(*customer, record).first().code, ProblemCode::RequiredMissing);
        QCOMPARE(cleaned(*name, QStringLiteral(" a") + QChar(u'\0') + QStringLiteral("b ")), QStringLiteral("ab"));
    }

    void customFieldsJoinTheCatalog()
    {
        CustomField custom;
        custom.definition = base::Id::fromName(QStringLiteral("test"), QStringLiteral("x"));
        custom.entity = 1;
        custom.name = QStringLiteral("loyalty");
        custom.type = FieldType::Integer;
        custom.columnNumber = 3;
        const auto catalog = Catalog::standard()->withCustomFields({custom});
        const Field *field = catalog->entity(EntityId(1))->field(QStringLiteral("loyalty"));
        QVERIFY(field);
        QCOMPARE(field->column, QStringLiteral("x_3"));
        QCOMPARE(catalog->entity(EntityId(1))->field(FieldKey(custom.definition)), field);
        QVERIFY(!Catalog::standard()->entity(EntityId(1))->field(QStringLiteral("loyalty")));
        QCOMPARE(catalog->fingerprint(), Catalog::standard()->fingerprint());
    }
};

QTEST_APPLESS_MAIN(TestModel)
#include "tst_model.moc"
