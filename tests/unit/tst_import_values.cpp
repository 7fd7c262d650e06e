// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/currency_table.h"
#include "core/exchange/date_order.h"
#include "core/exchange/number_format.h"

#include <QDateTime>
#include <QTest>

#include <limits>
#include <random>

using namespace fieldfare;
using namespace fieldfare::exchange;

namespace {

std::int32_t daysOf(int year, int month, int day)
{
    return static_cast<std::int32_t>(QDate(1970, 1, 1).daysTo(QDate(year, month, day)));
}

DateColumn dateColumn(const QStringList &values, DateOrder preferred = DateOrder::DayMonthYear)
{
    DateOrderFinder finder(preferred);
    for (const QString &value : values)
        finder.add(value);
    return finder.finding();
}

NumberColumn numberColumn(const QStringList &values)
{
    DecimalMarkFinder finder;
    for (const QString &value : values)
        finder.add(value);
    return finder.finding();
}

} // namespace

class TestImportValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsTheDateOrder()
    {
        DateColumn column = dateColumn({u"05/06/2024"_qs, u"13/06/2024"_qs, u""_qs});
        QCOMPARE(column.order, DateOrder::DayMonthYear);
        QVERIFY(!column.isAmbiguous);
        QCOMPARE(column.dates, 2);

        column = dateColumn({u"05/06/2024"_qs, u"06/13/2024"_qs});
        QCOMPARE(column.order, DateOrder::MonthDayYear);
        QVERIFY(!column.isAmbiguous);

        column = dateColumn({u"05/06/2024"_qs, u"07/08/2024"_qs}, DateOrder::MonthDayYear);
        QCOMPARE(column.order, DateOrder::MonthDayYear);
        QVERIFY(column.isAmbiguous);

        column = dateColumn({u"05/05/2024"_qs, u"08/08/2024"_qs});
        QVERIFY(!column.isAmbiguous); // the same in both orders

        column = dateColumn({u"05.06.2024"_qs, u"07.08.2024"_qs}, DateOrder::MonthDayYear);
        QCOMPARE(column.order, DateOrder::DayMonthYear);
        QVERIFY(!column.isAmbiguous);

        column = dateColumn({u"2024-05-06"_qs, u"2024年7月8日"_qs, u"soon"_qs});
        QCOMPARE(column.order, DateOrder::YearMonthDay);
        QVERIFY(!column.isAmbiguous);
        QCOMPARE(column.unreadable, 1);

        column = dateColumn({u"95-05-06"_qs, u"96-05-07"_qs});
        QCOMPARE(column.order, DateOrder::YearMonthDay);
        QVERIFY(!column.isAmbiguous);
    }

    void reportsDatesThatContradict()
    {
        const DateColumn column = dateColumn({u"13/06/2024"_qs, u"14/06/2024"_qs, u"06/15/2024"_qs});
        QCOMPARE(column.order, DateOrder::DayMonthYear);
        QCOMPARE(column.dates, 2);
        QCOMPARE(column.contradicting, 1);
    }

    void readsDates_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("order");
        QTest::addColumn<QDate>("date");
        const int ymd = 0, dmy = 1, mdy = 2;
        const QDate march5(2024, 3, 5);
        QTest::newRow("iso") << u"2024-03-05"_qs << dmy << march5;
        QTest::newRow("slashes") << u"2024/3/5"_qs << mdy << march5;
        QTest::newRow("d/m/y") << u"05/03/2024"_qs << dmy << march5;
        QTest::newRow("m/d/y") << u"3/5/24"_qs << mdy << march5;
        QTest::newRow("dots") << u"5.3.2024"_qs << dmy << march5;
        QTest::newRow("dots and spaces") << u"5. 3. 2024"_qs << dmy << march5;
        QTest::newRow("compact") << u"20240305"_qs << dmy << march5;
        QTest::newRow("chinese") << u"2024年3月5日"_qs << mdy << march5;
        QTest::newRow("chinese, full width") << u"２０２４年３月５号"_qs << mdy << march5;
        QTest::newRow("full width") << u"２０２４－０３－０５"_qs << ymd << march5;
        QTest::newRow("english") << u"5 Mar 2024"_qs << ymd << march5;
        QTest::newRow("american") << u"March 5, 2024"_qs << dmy << march5;
        QTest::newRow("with time") << u"2024-03-05 14:30"_qs << dmy << march5;
        QTest::newRow("two-digit year in the last century") << u"05/03/99"_qs << dmy << QDate(1999, 3, 5);
        QTest::newRow("leap day") << u"29/02/2024"_qs << dmy << QDate(2024, 2, 29);
        QTest::newRow("before 1970") << u"1912-06-23"_qs << dmy << QDate(1912, 6, 23);
        for (const char *bad : {"", "2023-02-29", "31/04/2024", "13/13/2024", "45366", "5/3", "2024-03-05x", "5/3-2024",
                                "2024-03-05 25:00", "1/2/3", "20241305", "2024-03-05 14:30 +25:00", "2024年3月"})
            QTest::newRow(bad) << QString::fromUtf8(bad) << dmy << QDate();
    }

    void readsDates()
    {
        QFETCH(QString, text);
        QFETCH(int, order);
        QFETCH(QDate, date);
        const auto days = parseDate(text, DateOrder(order));
        QCOMPARE(days.has_value(), date.isValid());
        if (date.isValid())
            QCOMPARE(*days, daysOf(date.year(), date.month(), date.day()));
    }

    void readsInstants_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("utc");
        // The zone of the test is UTC+8.
        QTest::newRow("date only") << u"2024-03-05"_qs << u"2024-03-04T16:00:00.000"_qs;
        QTest::newRow("local") << u"5/3/2024 14:30"_qs << u"2024-03-05T06:30:00.000"_qs;
        QTest::newRow("iso z") << u"2024-03-05T14:30:05.1234Z"_qs << u"2024-03-05T14:30:05.123"_qs;
        QTest::newRow("iso offset") << u"2024-03-05T14:30:05+05:30"_qs << u"2024-03-05T09:00:05.000"_qs;
        QTest::newRow("compact") << u"20240305T143005Z"_qs << u"2024-03-05T14:30:05.000"_qs;
        QTest::newRow("offset west") << u"2024-03-05 14:30:05 -0800"_qs << u"2024-03-05T22:30:05.000"_qs;
        QTest::newRow("pm") << u"3/3/2024 2:30 PM"_qs << u"2024-03-03T06:30:00.000"_qs;
        QTest::newRow("midnight am") << u"5/3/2024, 12:05 am"_qs << u"2024-03-04T16:05:00.000"_qs;
        QTest::newRow("chinese") << u"2024年3月5日 下午2时30分05秒"_qs << u"2024-03-05T06:30:05.000"_qs;
        QTest::newRow("gmt+8") << u"2024-03-05 14:30 GMT+08:00"_qs << u"2024-03-05T06:30:00.000"_qs;
    }

    void readsInstants()
    {
        QFETCH(QString, text);
        QFETCH(QString, utc);
        const auto ms = parseInstant(text, DateOrder::DayMonthYear, QTimeZone(8 * 3600));
        QVERIFY(ms.has_value());
        QCOMPARE(QDateTime::fromMSecsSinceEpoch(*ms, Qt::UTC).toString(u"yyyy-MM-ddThh:mm:ss.zzz"), utc);
    }

    void findsTheDecimalMark()
    {
        QCOMPARE(numberColumn({u"1,054.00 USD"_qs, u"12"_qs}).mark, DecimalMark::Dot);
        QCOMPARE(numberColumn({u"€ 1.054,00"_qs}).mark, DecimalMark::Comma);
        QCOMPARE(numberColumn({u"1,5"_qs, u"1.054"_qs}).mark, DecimalMark::Comma);
        QCOMPARE(numberColumn({u"1.234.567"_qs}).mark, DecimalMark::Comma);
        QCOMPARE(numberColumn({u"0.125"_qs}).mark, DecimalMark::Dot);
        QCOMPARE(numberColumn({u"0,125"_qs}).mark, DecimalMark::Comma);
        QCOMPARE(numberColumn({u"1 234,567"_qs}).mark, DecimalMark::Comma);
        QCOMPARE(numberColumn({u"Rs. 1,054.5"_qs}).mark, DecimalMark::Dot);
        QVERIFY(numberColumn({u"1,234"_qs}).isAmbiguous);
        QVERIFY(!numberColumn({u"1,234"_qs, u"1,5"_qs}).isAmbiguous);
        QVERIFY(!numberColumn({u"1054"_qs, u"12"_qs}).isAmbiguous);
        QCOMPARE(numberColumn({u"1.5"_qs, u"2.5"_qs, u"1,5"_qs}).contradicting, 1);
    }

    void readsMoney_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("comma");
        QTest::addColumn<qint64>("minor");
        QTest::addColumn<QString>("currency");
        QTest::newRow("code behind") << u"1054.00 USD"_qs << false << qint64(105400) << u"USD"_qs;
        QTest::newRow("dollar") << u"$1,054.00"_qs << false << qint64(105400) << u"USD"_qs;
        QTest::newRow("euro") << u"€ 1.054,00"_qs << true << qint64(105400) << u"EUR"_qs;
        QTest::newRow("bare") << u"1054"_qs << false << qint64(105400) << u"CNY"_qs;
        QTest::newRow("full-width yen sign") << u"￥1,054"_qs << false << qint64(105400) << u"CNY"_qs;
        QTest::newRow("full-width digits") << u"１，０５４．５０"_qs << false << qint64(105450) << u"CNY"_qs;
        QTest::newRow("yuan") << u"1054.5元"_qs << false << qint64(105450) << u"CNY"_qs;
        QTest::newRow("brackets") << u"(1,054.00)"_qs << false << qint64(-105400) << u"CNY"_qs;
        QTest::newRow("brackets around the sign") << u"($5.25)"_qs << false << qint64(-525) << u"USD"_qs;
        QTest::newRow("minus before the sign") << u"-$5"_qs << false << qint64(-500) << u"USD"_qs;
        QTest::newRow("minus behind the sign") << u"$-5"_qs << false << qint64(-500) << u"USD"_qs;
        QTest::newRow("trailing minus") << u"5,25-"_qs << true << qint64(-525) << u"CNY"_qs;
        QTest::newRow("yen have no cents") << u"JPY 1,054"_qs << false << qint64(1054) << u"JPY"_qs;
        QTest::newRow("dinars have three") << u"1.5 kwd"_qs << false << qint64(1500) << u"KWD"_qs;
        QTest::newRow("swiss") << u"CHF 1'054.05"_qs << false << qint64(105405) << u"CHF"_qs;
        QTest::newRow("narrow spaces") << QStringLiteral("1\u202f054,05 €") << true << qint64(105405) << u"EUR"_qs;
        QTest::newRow("indian") << u"₹1,00,000.00"_qs << false << qint64(10000000) << u"INR"_qs;
        QTest::newRow("sign and code") << u"$5.00 USD"_qs << false << qint64(500) << u"USD"_qs;
        QTest::newRow("zloty") << u"12,50 zł"_qs << true << qint64(1250) << u"PLN"_qs;
        QTest::newRow("largest") << u"92233720368547758.07"_qs << false << std::numeric_limits<qint64>::max()
                                 << u"CNY"_qs;
    }

    void readsMoney()
    {
        QFETCH(QString, text);
        QFETCH(bool, comma);
        QFETCH(qint64, minor);
        QFETCH(QString, currency);
        const auto money = parseMoney(text, comma ? DecimalMark::Comma : DecimalMark::Dot, QStringLiteral("CNY"));
        QVERIFY(money.ok());
        QCOMPARE(money->minorUnits, minor);
        QCOMPARE(money->currency, currency);
        QVERIFY(!money->isRounded);
    }

    void aSharedSignMeansTheDefaultCurrency()
    {
        QCOMPARE(parseMoney(u"$5", DecimalMark::Dot, QStringLiteral("CAD"))->currency, QStringLiteral("CAD"));
        QCOMPARE(parseMoney(u"¥500", DecimalMark::Dot, QStringLiteral("JPY"))->minorUnits, 500);
        QCOMPARE(parseMoney(u"￥5", DecimalMark::Dot, QStringLiteral("EUR"))->currency, QStringLiteral("CNY"));
    }

    void tooManyDigitsAreRoundedAndSaid()
    {
        const auto money = parseMoney(u"-10.005", DecimalMark::Dot, QStringLiteral("USD"));
        QVERIFY(money.ok());
        QCOMPARE(money->minorUnits, -1001);
        QVERIFY(money->isRounded);
        QVERIFY(!parseMoney(u"10.500", DecimalMark::Dot, QStringLiteral("USD"))->isRounded);
    }

    void refusesWhatIsNoAmount()
    {
        for (const char *bad : {"", "-", "USD", "abc", "1,5", "1,05,4", "12345,678", "1.2.3", "--5", "5 XYZ", "1e5",
                                "$5 EUR", "92233720368547758.08", "99999999999999999999", "1,,054", "(5", "1 05"}) {
            const auto money = parseMoney(QString::fromUtf8(bad), DecimalMark::Dot, QStringLiteral("USD"));
            QVERIFY2(!money.ok(), bad);
            QCOMPARE(money.error().code, base::ErrorCode::BadValue);
        }
        QVERIFY(!parseMoney(u"5", DecimalMark::Dot, QStringLiteral("???")).ok());
    }

    void readsDecimalsAndIntegers()
    {
        QCOMPARE(*parseDecimal(u"-12.50", DecimalMark::Dot), (ParsedDecimal{-1250, 2}));
        QCOMPARE(*parseDecimal(u".5", DecimalMark::Dot), (ParsedDecimal{5, 1}));
        QCOMPARE(*parseDecimal(u"75 %", DecimalMark::Dot), (ParsedDecimal{75, 0}));
        QCOMPARE(*parseInteger(u"1,054", DecimalMark::Dot), 1054);
        QCOMPARE(*parseInteger(u"12.00", DecimalMark::Dot), 12);
        QVERIFY(!parseInteger(u"12.5", DecimalMark::Dot).ok());
        QCOMPARE(*parseInteger(u"9223372036854775807", DecimalMark::Dot), std::numeric_limits<qint64>::max());
        QVERIFY(!parseInteger(u"9223372036854775808", DecimalMark::Dot).ok());
    }

    void writtenAmountsReadBack()
    {
        const quint64 seed = qEnvironmentVariableIsSet("FIELDFARE_SEED") ? qgetenv("FIELDFARE_SEED").toULongLong()
                                                                         : std::random_device{}();
        qInfo("FIELDFARE_SEED=%llu", static_cast<unsigned long long>(seed));
        std::mt19937_64 random(seed);
        for (int i = 0; i < 2000; ++i) {
            const CurrencyRow currency = currencies()[random() % currencies().size()];
            const auto minor = static_cast<qint64>(random() >> (1 + random() % 62)) * (random() % 2 ? 1 : -1);
            const bool comma = random() % 2 == 0;
            QString digits = QString::number(minor < 0 ? -minor : minor).rightJustified(currency.digits + 1, u'0');
            const QString fraction = digits.right(currency.digits);
            digits.chop(currency.digits);
            if (random() % 2) {
                for (qsizetype at = digits.size() - 3; at > 0; at -= 3)
                    digits.insert(at, comma ? u'.' : u',');
            }
            QString text = fraction.isEmpty() ? digits : digits + (comma ? u',' : u'.') + fraction;
            if (minor < 0)
                text.prepend(u'-');
            text += u' ' + QString::fromLatin1(currency.code);
            const auto money = parseMoney(text, comma ? DecimalMark::Comma : DecimalMark::Dot, QStringLiteral("EUR"));
            QVERIFY2(money.ok(), qPrintable(text));
            QCOMPARE(money->minorUnits, minor);
            QCOMPARE(money->currency, QString::fromLatin1(currency.code));
        }
    }
};

QTEST_GUILESS_MAIN(TestImportValues)
#include "tst_import_values.moc"
