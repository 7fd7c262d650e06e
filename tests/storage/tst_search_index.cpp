// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/query_profile.h"

#include "core/store/search/match_expression.h"
#include "core/store/search/search.h"
#include "core/store/search/searched_fields.h"

#include <QRandomGenerator>
#include <QSet>

#include <map>

using namespace fieldfare;
using namespace fieldfare::store;
using test::number;
using test::QueryProfile;
using test::text;

namespace {

QString words(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

struct Syllable {
    const char *han;
    const char *pinyin;
};

constexpr Syllable kSurnames[] = {{"王", "wang"}, {"李", "li"}, {"张", "zhang"}, {"刘", "liu"}, {"陈", "chen"}, {"赵", "zhao"}};
constexpr Syllable kGiven[] = {{"伟", "wei"}, {"芳", "fang"}, {"娜", "na"}, {"秀", "xiu"}, {"英", "ying"}, {"敏", "min"}, {"静", "jing"}, {"丽", "li"}, {"强", "qiang"}, {"磊", "lei"}};
constexpr const char *kLatin[] = {"Acme", "Borg", "Müller", "Société", "Nordwind", "Omega", "Zürich", "Atlas", "O'Neill", "Delta"};

constexpr int kGroups[] = {0, 3, 7}; ///< Where the groups of a number begin: 138 0013-8000.

/// A generated customer, with what its words must be for a reader who does not know the tokenizer.
struct Row {
    QString name;
    QString phoneDigits;
    QString phone;
    QString notes;
    QStringList latinWords; ///< folded, pinyin and initials included
    bool trashed = false;
    bool removed = false;
};

class Generator {
public:
    explicit Generator(quint32 seed) : m_random(seed) {}

    Row row()
    {
        Row made;
        if (m_random.bounded(2) == 0) {
            QString pinyin;
            QString initials;
            const int given = m_random.bounded(1, 3);
            for (int i = 0; i <= given; ++i) {
                const Syllable &syllable = i == 0 ? kSurnames[m_random.bounded(int(std::size(kSurnames)))] : kGiven[m_random.bounded(int(std::size(kGiven)))];
                made.name += words(syllable.han);
                pinyin += QLatin1StringView(syllable.pinyin);
                initials += QLatin1Char(syllable.pinyin[0]);
            }
            made.latinWords = {pinyin, initials};
        } else {
            for (int i = 0; i < 2; ++i) {
                const QString word = words(kLatin[m_random.bounded(int(std::size(kLatin)))]);
                made.name += (i > 0 ? QLatin1StringView(" ") : QLatin1StringView()) + word;
                made.latinWords += storage::fold(word).split(QLatin1Char('\''));
            }
        }
        for (int i = 0; i < 11; ++i)
            made.phoneDigits += QChar(char16_t('0' + (i == 0 ? 1 : m_random.bounded(10))));
        made.phone = made.phoneDigits.left(3) + QLatin1Char(' ') + made.phoneDigits.mid(3, 4) + QLatin1Char('-') + made.phoneDigits.mid(7);
        if (m_random.bounded(5) == 0)
            made.notes = words("prefers ") + words(kLatin[m_random.bounded(int(std::size(kLatin)))]) + words("，下周回访");
        return made;
    }

    QRandomGenerator m_random;
};

class Customers {
public:
    QueryProfile profile;
    Generator generator{42};
    std::map<std::int64_t, Row> rows;
    std::map<std::int64_t, base::Id> ids;

    static QueryProfile::Values values(const Row &row)
    {
        return {{"name", model::Value(row.name)}, {"phone", model::Value(row.phone)}, {"description", model::Value(row.notes)},
                {"trashed", number(row.trashed ? 1 : 0)}};
    }

    void add(int count)
    {
        profile.run(words("BEGIN"));
        for (int i = 0; i < count; ++i) {
            const Row row = generator.row();
            const base::Id id = profile.add("customer", values(row));
            const std::int64_t rid = profile.rid(profile.entity("customer").id(), id);
            rows[rid] = row;
            ids[rid] = id;
        }
        profile.run(words("COMMIT"));
    }

    void edit(int count)
    {
        profile.run(words("BEGIN"));
        for (int i = 0; i < count; ++i) {
            auto at = rows.lower_bound(generator.m_random.bounded(int(rows.rbegin()->first)));
            if (at->second.removed)
                continue;
            const int what = generator.m_random.bounded(4);
            if (what == 0) {
                profile.remove("customer", ids[at->first]);
                at->second.removed = true;
                continue;
            }
            if (what == 1)
                at->second.trashed = !at->second.trashed;
            else {
                const bool trashed = at->second.trashed;
                at->second = generator.row();
                at->second.trashed = trashed;
            }
            profile.change("customer", ids[at->first], values(at->second));
        }
        profile.run(words("COMMIT"));
    }

    void foldAll()
    {
        while (search::foldSome(*profile.connection, *profile.catalog, std::chrono::milliseconds(50)).value()) {
        }
    }

    QSet<std::int64_t> find(const QString &text, bool withText = false, bool *behind = nullptr)
    {
        SearchRequest request;
        request.text = text;
        request.entities = {profile.entity("customer").id()};
        request.limit = Search::kMaxCandidates;
        request.withText = withText;
        const auto result = Search(*profile.connection, *profile.catalog).find(request);
        if (!result.ok())
            qFatal("%s", qPrintable(result.error().detail));
        if (behind != nullptr)
            *behind = result->behind;
        QSet<std::int64_t> found;
        for (const EntityHits &hits : result->entities) {
            for (const SearchHit &hit : hits.hits)
                found.insert(hit.rid);
        }
        return found;
    }

    template <typename Predicate>
    QSet<std::int64_t> expected(Predicate predicate) const
    {
        QSet<std::int64_t> found;
        for (const auto &[rid, row] : rows) {
            if (!row.trashed && !row.removed && predicate(row))
                found.insert(rid);
        }
        return found;
    }

    /// One query of each class, made from a row that exists, against a plain scan. Returns how many were compared.
    int compareWithScan(int rounds)
    {
        int compared = 0;
        QRandomGenerator &random = generator.m_random;
        for (int round = 0; round < rounds; ++round) {
            auto at = rows.lower_bound(random.bounded(int(rows.rbegin()->first)));
            const Row &row = at->second;
            const auto check = [&](const QString &query, const QSet<std::int64_t> &wanted) {
                if (wanted.size() > Search::kMaxCandidates * 3 / 4) // trashed rows count among the candidates
                    return;
                const QSet<std::int64_t> found = find(query);
                if (found != wanted) {
                    const auto extra = found - wanted;
                    const auto missing = wanted - found;
                    qWarning("query %s: %lld extra (%s), %lld missing (%s)", qPrintable(query), qint64(extra.size()),
                             extra.isEmpty() ? "" : qPrintable(rows[*extra.begin()].name + rows[*extra.begin()].phone), qint64(missing.size()),
                             missing.isEmpty() ? "" : qPrintable(rows[*missing.begin()].name + rows[*missing.begin()].phone));
                    QFAIL("search differs from the scan");
                }
                ++compared;
            };
            const bool isHan = row.name.at(0).script() == QChar::Script_Han;
            if (isHan) {
                const int length = random.bounded(1, int(row.name.size()) + 1);
                const QString part = row.name.mid(random.bounded(int(row.name.size()) - length + 1), length);
                check(part, expected([&](const Row &one) { return one.name.contains(part); }));
            }
            const QString word = row.latinWords.at(random.bounded(int(row.latinWords.size())));
            const QString prefix = word.left(random.bounded(1, int(word.size()) + 1));
            check(prefix, expected([&](const Row &one) {
                      return std::any_of(one.latinWords.begin(), one.latinWords.end(), [&](const QString &w) { return w.startsWith(prefix); });
                  }));
            const int digits = random.bounded(4, 12);
            const QString end = row.phoneDigits.right(digits);
            // A zero at the beginning may be the trunk prefix, which numbers are also indexed without.
            const QString national = end.startsWith(QLatin1Char('0')) ? end.mid(1) : end;
            check(end, expected([&](const Row &one) {
                      const QStringView digitsOf = one.phoneDigits;
                      return digitsOf.endsWith(end) || (end.size() >= 7 && digitsOf.endsWith(national))
                          || std::any_of(std::begin(kGroups), std::end(kGroups), [&](int group) {
                                 const QStringView rest = digitsOf.mid(group, group == 0 ? -1 : 4);
                                 return rest.startsWith(end) || rest.startsWith(national);
                             });
                  }));
        }
        return compared;
    }
};

} // namespace

class TestSearchIndex : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void foldedRowsAreFoundAsByAScan()
    {
        Customers customers;
        customers.add(5000);
        customers.foldAll();
        bool behind = true;
        customers.find(words("acme"), false, &behind);
        QVERIFY(!behind);
        QVERIFY(customers.compareWithScan(90) > 80);
        customers.edit(400);
        QVERIFY(customers.compareWithScan(60) > 50); // now partly from the rows that wait
        customers.foldAll();
        QVERIFY(customers.compareWithScan(60) > 50);
        QCOMPARE(search::check(*customers.profile.connection, *customers.profile.catalog).value(), QStringList());
        QCOMPARE(customers.profile.connection->queryInt64(QLatin1StringView("SELECT count(*) FROM search_pending")).value(), 0);
    }

    void waitingRowsAreFoundAsFoldedOnes()
    {
        Customers customers;
        customers.add(1200);
        const QStringList queries{words("acme"), words("mul"), words("张"), words("李伟"), words("zhang"), words("lw"), words("oneill"),
                                  words("acme borg"), words("zhang wei"), words("soc"), words("回访"), words("prefers zur"), words("1")};
        QList<QSet<std::int64_t>> before;
        for (const QString &query : queries)
            before.append(customers.find(query, true));
        customers.foldAll();
        for (qsizetype i = 0; i < queries.size(); ++i)
            QVERIFY2(customers.find(queries.at(i), true) == before.at(i), qPrintable(queries.at(i)));
        QVERIFY(!before.at(0).isEmpty() && !before.at(2).isEmpty() && !before.at(10).isEmpty());
    }

    void tooManyWaitingRowsAreSaid()
    {
        Customers customers;
        customers.add(Search::kMaxPendingRows + 100);
        bool behind = false;
        customers.find(words("acme"), false, &behind);
        QVERIFY(behind);
        QCOMPARE(search::progress(*customers.profile.connection, *customers.profile.catalog)->percent(), 0);
        customers.foldAll();
        QVERIFY(search::progress(*customers.profile.connection, *customers.profile.catalog)->isComplete());
    }

    void foldingKeepsToItsBudget()
    {
        Customers customers;
        customers.add(3000);
        int chunks = 0;
        while (search::foldSome(*customers.profile.connection, *customers.profile.catalog, std::chrono::milliseconds(0)).value()) {
            ++chunks;
            if (chunks == 50)
                break;
        }
        QCOMPARE(chunks, 50); // a row at a time
        QCOMPARE(search::progress(*customers.profile.connection, *customers.profile.catalog)->indexed, 50);
    }

    void anEditOfOtherFieldsWaitsForNothing()
    {
        Customers customers;
        customers.add(10);
        customers.foldAll();
        customers.profile.change("customer", customers.ids.begin()->second, {{"region", text("north")}, {"trashed", number(1)}});
        QCOMPARE(customers.profile.connection->queryInt64(QLatin1StringView("SELECT count(*) FROM search_pending")).value(), 0);
        customers.profile.change("customer", customers.ids.begin()->second, {{"name", text("Changed")}});
        customers.profile.change("customer", customers.ids.begin()->second, {{"name", text("Again")}});
        QCOMPARE(customers.profile.connection->queryInt64(QLatin1StringView("SELECT count(*) FROM search_pending")).value(), 1);
    }

    void aRowIdUsedAgainIsFoundByItsNewName()
    {
        QueryProfile profile;
        profile.add("customer", {{"name", text("First")}});
        const base::Id last = profile.add("customer", {{"name", text("Second")}});
        while (search::foldSome(*profile.connection, *profile.catalog).value()) {
        }
        const std::int64_t rid = profile.rid(profile.entity("customer").id(), last);
        profile.remove("customer", last);
        const base::Id other = profile.add("customer", {{"name", text("Third")}});
        QCOMPARE(profile.rid(profile.entity("customer").id(), other), rid);
        for (int round = 0; round < 2; ++round) {
            Search finder(*profile.connection, *profile.catalog);
            SearchRequest request{words("third")};
            const auto third = finder.find(request);
            QVERIFY2(third.ok(), third.ok() ? "" : qPrintable(third.error().detail));
            QCOMPARE(third->entities.size(), size_t(1));
            request.text = words("second");
            QVERIFY(finder.find(request)->entities.empty());
            while (search::foldSome(*profile.connection, *profile.catalog).value()) {
            }
        }
        QCOMPARE(search::check(*profile.connection, *profile.catalog).value(), QStringList());
    }

    void anotherTokenizerOrFieldSetRebuilds()
    {
        Customers customers;
        customers.add(50);
        customers.foldAll();
        QueryProfile &profile = customers.profile;
        QVERIFY(search::prepareTables(*profile.connection, *profile.catalog).ok());
        QVERIFY(search::progress(*profile.connection, *profile.catalog)->isComplete());
        profile.run(words("UPDATE search_state SET identity = 'older'"));
        QVERIFY(search::prepareTables(*profile.connection, *profile.catalog).ok());
        QCOMPARE(search::progress(*profile.connection, *profile.catalog)->indexed, 0);
        QVERIFY(!customers.find(words("a")).isEmpty()); // from the rows meanwhile
        customers.foldAll();
        QVERIFY(!customers.find(words("a")).isEmpty());
    }

    void theCheckFindsWhatIsMissing()
    {
        Customers customers;
        customers.add(50);
        customers.foldAll();
        customers.profile.run(words("DELETE FROM customer WHERE rid = 7"));
        QCOMPARE(search::check(*customers.profile.connection, *customers.profile.catalog)->size(), 1);
        QVERIFY(search::startRebuild(*customers.profile.connection, *customers.profile.catalog).ok());
        customers.foldAll();
        QCOMPARE(search::check(*customers.profile.connection, *customers.profile.catalog)->size(), 0);
    }

    void contactsHideWithTheirCustomer()
    {
        QueryProfile profile;
        const base::Id gone = profile.add("customer", {{"name", text("Gone")}, {"trashed", number(1)}});
        profile.add("contact", {{"name", text("Bob Stone")}, {"customer", model::Value(model::Reference{profile.entity("customer").id(), gone})}});
        const auto found = [&](const char *typed) {
            const auto result = Search(*profile.connection, *profile.catalog).find({words(typed)});
            return result->entities.empty() ? 0 : int(result->entities.front().hits.size());
        };
        for (int round = 0; round < 2; ++round) {
            QCOMPARE(found("Bob"), 0);   // by the beginning of the title
            QCOMPARE(found("stone"), 0); // by a word
            profile.change("customer", gone, {{"trashed", number(0)}});
            QCOMPARE(found("Bob"), 1);
            QCOMPARE(found("stone"), 1);
            profile.change("customer", gone, {{"trashed", number(1)}});
            while (*search::foldSome(*profile.connection, *profile.catalog, std::chrono::milliseconds(1000))) { }
        }
    }

    void hitsComeInTheOrderOfTheirWorth()
    {
        QueryProfile profile;
        const base::Id user = profile.add("user", {{"full_name", text("Ann")}});
        const model::Value me(model::Reference{profile.entity("user").id(), user});
        const base::Id word = profile.add("customer", {{"name", text("The Acme Works")}});
        const base::Id mine = profile.add("customer", {{"name", text("New Acme")}, {"owner", me}});
        const base::Id recent = profile.add("customer", {{"name", text("Old Acme")}});
        const base::Id prefix = profile.add("customer", {{"name", text("Acme Ltd")}});
        const base::Id exact = profile.add("customer", {{"name", text("ACME")}});
        profile.add("customer", {{"name", text("Acme gone")}, {"trashed", number(1)}});
        SearchRequest request{words("acme")};
        request.user = user;
        request.recent = {{profile.entity("customer").id(), recent}};
        for (int round = 0; round < 2; ++round) {
            const auto result = Search(*profile.connection, *profile.catalog).find(request);
            QCOMPARE(result->entities.size(), size_t(1));
            std::vector<base::Id> order;
            for (const SearchHit &hit : result->entities.front().hits)
                order.push_back(hit.record.id);
            QCOMPARE(order, (std::vector<base::Id>{exact, prefix, recent, mine, word}));
            QCOMPARE(result->entities.front().found, 5);
            while (search::foldSome(*profile.connection, *profile.catalog).value()) {
            }
        }
    }

    void moreThanFiveHundredIsSaid()
    {
        QueryProfile profile;
        profile.run(words("BEGIN"));
        for (int i = 0; i < 510; ++i)
            profile.add("customer", {{"name", model::Value(words("Firm %1 common").arg(i))}});
        profile.run(words("COMMIT"));
        while (search::foldSome(*profile.connection, *profile.catalog).value()) {
        }
        const auto result = Search(*profile.connection, *profile.catalog).find({words("common")});
        QVERIFY(result->entities.front().moreThanFound);
        QCOMPARE(result->entities.front().found, 500);
        QCOMPARE(result->entities.front().hits.size(), size_t(20));
        QCOMPARE(result->entities.front().hits.front().title, words("Firm 509 common")); // newest first
    }

    /// The letter and the digits of a number stand in many other rows: only some of them are gathered.
    void aNumberIsNotSoughtInEveryRow()
    {
        QueryProfile profile;
        profile.run(words("BEGIN"));
        profile.add("customer", {{"number", text("C-000123")}, {"name", text("Acme")}});
        for (int i = 0; i < 120; ++i)
            profile.add("contact", {{"name", model::Value(words("C %1").arg(i))}, {"phone", text("000123")}});
        profile.run(words("COMMIT"));
        while (search::foldSome(*profile.connection, *profile.catalog).value()) {
        }
        const auto result = Search(*profile.connection, *profile.catalog).find({words("C-000123"), {}, 10});
        QCOMPARE(result->entities.size(), size_t(2));
        QCOMPARE(result->entities.at(0).hits.front().rank, HitRank::Exact);
        QVERIFY(result->entities.at(1).moreThanFound);
        QCOMPARE(result->entities.at(1).found, 20);
        QCOMPARE(result->entities.at(1).hits.size(), size_t(10));
        const auto byWords = Search(*profile.connection, *profile.catalog).find({words("C 000123"), {}, 10});
        QCOMPARE(byWords->entities.at(byWords->entities.size() - 1).found, 120);
    }

    void numbersAndContextAreShown()
    {
        QueryProfile profile;
        profile.add("customer", {{"number", text("C-000123")}, {"name", text("Acme")}, {"phone", text("+86 138 0013 8000")}, {"email", text("info@acme.example")}});
        const auto only = [&](const char *query) {
            const auto result = Search(*profile.connection, *profile.catalog).find({words(query)});
            return result->entities.empty() ? SearchHit{} : result->entities.front().hits.front();
        };
        QCOMPARE(only("C-000123").rank, HitRank::Exact);
        QCOMPARE(only("c-0001").rank, HitRank::Prefix);
        QCOMPARE(only("C-123").rank, HitRank::Exact);
        QCOMPARE(only("123").title, words("Acme"));
        QCOMPARE(only("8000").context, words("+86 138 0013 8000"));
        QCOMPARE(only("0138000").contextRanges, (QList<TextRange>{{0, 17}}));
        QCOMPARE(only("info").context, words("info@acme.example"));
        QCOMPARE(only("acm").titleRanges, (QList<TextRange>{{0, 3}}));
    }

    void rangesMarkWhatMatched_data()
    {
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("query");
        QTest::addColumn<QList<TextRange>>("ranges");
        const auto row = [](const char *shown, const char *query, QList<TextRange> ranges) {
            QTest::addRow("%s in %s", query, shown) << words(shown) << words(query) << ranges;
        };
        row("Acme Works", "wor", {{5, 3}});
        row("Acme Works", "acme wo", {{0, 4}, {5, 2}});
        row("Café Müller", "mull", {{5, 4}});
        row("长江贸易", "江贸", {{1, 2}});
        row("长江贸易公司", "江贸易", {{1, 3}});
        row("VIP 张三", "zhangs", {{4, 2}});
        row("VIP 张三", "zs", {{4, 2}});
        row("Acme", "xyz", {});
        row("", "a", {});
    }

    void rangesMarkWhatMatched()
    {
        QFETCH(QString, shown);
        QFETCH(QString, query);
        QFETCH(QList<TextRange>, ranges);
        QCOMPARE(matchRanges(shown, query), ranges);
    }

    /// A query of any characters neither fails nor finds what the same tokens would not.
    void anyTextIsAQuery()
    {
        Customers customers;
        customers.add(300);
        QRandomGenerator random(5);
        const QString alphabet = words("ab1* \"'()-张三:^+AND OR NOT{}ü,.;\\");
        for (int round = 0; round < 300; ++round) {
            QString query;
            for (int i = random.bounded(1, 12); i > 0; --i)
                query += alphabet.at(random.bounded(int(alphabet.size())));
            const auto built = storage::buildMatch(query);
            QVERIFY2(built.isEmpty() || MatchExpression(built).isValid(), qPrintable(built.ftsMatch));
            const auto waiting = customers.find(query);
            if (round == 150)
                customers.foldAll();
            QCOMPARE(customers.find(query), waiting);
        }
    }

    void aCancelledSearchEnds()
    {
        Customers customers;
        customers.add(500);
        customers.profile.connection->setProgressHook(100, [] { return true; });
        const auto result = Search(*customers.profile.connection, *customers.profile.catalog).find({words("acme")});
        customers.profile.connection->setProgressHook(0, {});
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, base::ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestSearchIndex)
#include "tst_search_index.moc"
