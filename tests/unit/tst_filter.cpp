// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/filter.h"
#include "core/store/query/filter_sql.h"
#include "core/store/query/relative_time.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QTest>

using namespace fieldfare;
using namespace fieldfare::store;
using base::ErrorCode;

namespace {

QString words(const char *text)
{
    return QString::fromUtf8(text);
}

/// 2026-11-21 23:30 UTC: already the 22nd in Shanghai.
FilterContext shanghai()
{
    FilterContext context;
    context.nowMs = QDateTime(QDate(2026, 11, 21), QTime(23, 30), Qt::UTC).toMSecsSinceEpoch();
    context.zone = QTimeZone("Asia/Shanghai");
    context.currency = QStringLiteral("USD");
    return context;
}

base::Result<SqlCondition> compile(const char *entity, const QString &text)
{
    const auto catalog = model::Catalog::standard();
    FIELDFARE_ASSIGN(const Filter filter, Filter::parse(text));
    return compileFilter(*catalog, *catalog->entity(QLatin1StringView(entity)), filter, shanghai());
}

} // namespace

class TestFilter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void canonicalText_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("canonical");
        const auto row = [](const char *typed, const char *canonical) {
            QTest::newRow(typed) << words(typed) << words(canonical);
        };
        row("name=Acme", "name = Acme");
        row("name = 'Acme Ltd'", "name = 'Acme Ltd'");
        row("name = \"O'Brien\"", "name = \"O'Brien\"");
        row("name = 'O''Brien'", "name = \"O'Brien\"");
        row("a=1 AND b!=2 OR c<=3", "a = 1 and b != 2 or c <= 3");
        row("a=1 and (b=2 or c=3)", "a = 1 and (b = 2 or c = 3)");
        row("(a=1 and b=2) and c=3", "a = 1 and b = 2 and c = 3");
        row("not not a=1", "not not a = 1");
        row("not(a=1 and b=2)", "not (a = 1 and b = 2)");
        row("not a=1 and b=2", "not a = 1 and b = 2");
        row("stage in (lead,'prospect')", "stage in (lead, 'prospect')");
        row("email is-empty", "email is-empty");
        row("amount>1000 USD and a=1", "amount > '1000 USD' and a = 1");
        row("amount > 1000 and a=1", "amount > 1000 and a = 1");
        row("next_step_at <= today+2w", "next_step_at <= today+2w");
        row("name contains 长江", "name contains 长江");
        row("name StartsWith x", "name startswith x");
        row("   ", "");
    }

    void canonicalText()
    {
        QFETCH(QString, typed);
        QFETCH(QString, canonical);
        const auto filter = Filter::parse(typed);
        QVERIFY2(filter.ok(), filter.ok() ? "" : qPrintable(filter.error().detail));
        QCOMPARE(filter->toText(), canonical);
        QCOMPARE(*Filter::parse(canonical), *filter);
    }

    void errorsSayWhere_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("position");
        const auto row = [](const char *typed, const char *position) {
            QTest::newRow(typed) << words(typed) << words(position);
        };
        row("name", "4");
        row("name =", "6");
        row("= 3", "0");
        row("name = 'Acme", "7");
        row("name ! 3", "5");
        row("(a = 1", "6");
        row("a = 1)", "5");
        row("a = 1 b = 2", "6");
        row("a in 1", "5");
        row("a in ()", "6");
        row("a in (1,", "8");
        row("a = and", "4");
        row("a = 1 or", "8");
        row("and = 1", "0");
        row("'a' = 1", "0");
    }

    void errorsSayWhere()
    {
        QFETCH(QString, typed);
        QFETCH(QString, position);
        const auto filter = Filter::parse(typed);
        QVERIFY(!filter.ok());
        QCOMPARE(filter.error().code, ErrorCode::BadExpression);
        QCOMPARE(filter.error().arguments.value(0), position);
    }

    void boundsHold()
    {
        const auto nested = [](int depth) {
            return QString(depth, QLatin1Char('(')) + QStringLiteral("a = 1") + QString(depth, QLatin1Char(')'));
        };
        QVERIFY(Filter::parse(nested(Filter::kMaxDepth)).ok());
        QVERIFY(!Filter::parse(nested(Filter::kMaxDepth + 1)).ok());
        QVERIFY(!Filter::parse(QStringLiteral("not ").repeated(Filter::kMaxDepth + 1) + QStringLiteral("a=1")).ok());
        QVERIFY(Filter::parse(QStringLiteral("a = ") + QString(Filter::kMaxLength - 4, QLatin1Char('x'))).ok());
        QVERIFY(!Filter::parse(QStringLiteral("a = ") + QString(Filter::kMaxLength - 3, QLatin1Char('x'))).ok());
        // Nearly too long, and longer once written out.
        QVERIFY(!Filter::parse(QStringLiteral("a=1 or ").repeated(Filter::kMaxLength / 7) + QStringLiteral("a=1")).ok());
    }

    void randomTextsEitherFailOrRoundTrip()
    {
        const QStringList pieces{words("name"), words("a"), words("and"), words("or"), words("not"), words("("), words(")"),
                                 words("="), words("!="), words("<"), words(">="), words("contains"), words("in"),
                                 words("is-empty"), words(","), words("'x y'"), words("\"it's\""), words("'"), words("today-3d"),
                                 words("1000"), words("USD"), words("!"), words("长江"), words(" "), words("\t"), words("''")};
        const quint32 seed = 20261121;
        QRandomGenerator random(seed);
        int parsed = 0;
        for (int round = 0; round < 20000; ++round) {
            QString text;
            const int length = random.bounded(1, 24);
            for (int i = 0; i < length; ++i) {
                if (random.bounded(12) == 0)
                    text += QChar(char16_t(random.bounded(0x20, 0x2FF)));
                else
                    text += pieces.at(random.bounded(int(pieces.size()))) + (random.bounded(5) != 0 ? QLatin1StringView(" ") : QLatin1StringView());
            }
            const auto filter = Filter::parse(text);
            if (!filter.ok()) {
                QCOMPARE(filter.error().code, ErrorCode::BadExpression);
                continue;
            }
            ++parsed;
            const auto again = Filter::parse(filter->toText());
            QVERIFY2(again.ok(), qPrintable(text + QStringLiteral(" -> ") + filter->toText()));
            QCOMPARE(*again, *filter);
            QCOMPARE(again->toText(), filter->toText());
        }
        QVERIFY2(parsed > 50, qPrintable(QString::number(parsed)));
    }

    void relativeDaysFollowTheZone()
    {
        const FilterContext context = shanghai();
        QCOMPARE(parseRelativeTime(words("today"), context)->day, QDate(2026, 11, 22));
        QCOMPARE(parseRelativeTime(words("TODAY-30d"), context)->day, QDate(2026, 10, 23));
        QCOMPARE(parseRelativeTime(words("today+2w"), context)->day, QDate(2026, 12, 6));
        QCOMPARE(parseRelativeTime(words("today-1m"), context)->day, QDate(2026, 10, 22));
        QCOMPARE(parseRelativeTime(words("today+1y"), context)->day, QDate(2027, 11, 22));
        QCOMPARE(parseRelativeTime(words("now-1h"), context)->instant, context.nowMs - 3600 * 1000);
        QCOMPARE(parseRelativeTime(words("now"), context)->instant, context.nowMs);
        for (const char *bad : {"today-", "today30d", "today-30", "today-30h", "now-1y", "tomorrow", "today-99999d", "today-1.5d"})
            QVERIFY2(!parseRelativeTime(words(bad), context), bad);
    }

    void valuesBecomeParametersAndNamesComeFromTheCatalog()
    {
        const auto condition = compile("customer", words("name = 'x\"; DROP TABLE customer --'"));
        QVERIFY(condition.ok());
        QVERIFY(!condition->sql.contains(words("DROP")));
        QCOMPARE(condition->values.size(), size_t(1));
        const auto unknown = compile("customer", words("nme = x"));
        QCOMPARE(unknown.error().code, ErrorCode::UnknownField);
        QCOMPARE(unknown.error().arguments, (QStringList{words("customer"), words("nme")}));
    }

    void operatorsThatATypeLacksAreRefused_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"owner < ann", "tags > x", "next_step_at contains 3", "employees startswith 3", "revenue contains 3",
                                 "employees = many", "next_step_at = 2026-02-30", "revenue = 12 DOLLARS", "id contains 3"})
            QTest::newRow(text) << words(text);
    }

    void operatorsThatATypeLacksAreRefused()
    {
        QFETCH(QString, text);
        QVERIFY(!compile("customer", text).ok());
    }

    void aDayOfAnInstantIsTheWholeDay()
    {
        const auto condition = compile("customer", words("created_at = today"));
        QVERIFY(condition.ok());
        const qint64 start = QDateTime(QDate(2026, 11, 21), QTime(16, 0), Qt::UTC).toMSecsSinceEpoch();
        QCOMPARE(std::get<std::int64_t>(condition->values.at(0)), start);
        QCOMPARE(std::get<std::int64_t>(condition->values.at(1)), start + 24 * 3600 * 1000);
        const auto after = compile("customer", words("created_at > 2026-11-22"));
        QCOMPARE(std::get<std::int64_t>(after->values.at(0)), start + 24 * 3600 * 1000);
    }

    void likePatternsFindThemselves()
    {
        QCOMPARE(escapedLike(words("50%_\\")), words("50\\%\\_\\\\"));
    }
};

QTEST_APPLESS_MAIN(TestFilter)
#include "tst_filter.moc"
