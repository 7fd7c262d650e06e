// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/tokenizer/phone_digits.h"
#include "core/storage/tokenizer/pinyin.h"
#include "core/storage/tokenizer/search_text.h"

#include <QTest>

#include <random>

using namespace fieldfare::storage;

namespace {

QString documentTokens(const QString &text)
{
    return tokenize(text, TokenMode::Document).join(u' ');
}

} // namespace

class TestSearchText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tokenizesDocuments_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("tokens");
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("english") << QStringLiteral("Bo's BIG-data 42") << QStringLiteral("bo s big data 42");
        QTest::newRow("accents") << QStringLiteral("Müller Ærø Łódź straße")
                                 << QStringLiteral("muller aero lodz strasse");
        QTest::newRow("combining") << QStringLiteral("Mu\u0308ller") << QStringLiteral("muller");
        QTest::newRow("greek") << QStringLiteral("Ἀθῆναι ΣΊΣΥΦΟΣ") << QStringLiteral("αθηναι σισυφοσ");
        QTest::newRow("cyrillic") << QStringLiteral("Ёлка Йод") << QStringLiteral("елка иод");
        QTest::newRow("turkish") << QStringLiteral("İstanbul ışık") << QStringLiteral("istanbul isik");
        QTest::newRow("full width") << QStringLiteral("ＡＢＣ　１２３") << QStringLiteral("abc 123");
        QTest::newRow("ligature") << QStringLiteral("ﬁne") << QStringLiteral("fine");
        QTest::newRow("one ideograph") << QStringLiteral("张") << QStringLiteral("张");
        QTest::newRow("two") << QStringLiteral("张三") << QStringLiteral("张三 三");
        QTest::newRow("four") << QStringLiteral("华信科技") << QStringLiteral("华信 信科 科技 技");
        QTest::newRow("mixed") << QStringLiteral("ABC公司2024年") << QStringLiteral("abc 公司 司 2024 年");
        QTest::newRow("punctuation") << QStringLiteral("张三，李四") << QStringLiteral("张三 三 李四 四");
        QTest::newRow("kana") << QStringLiteral("さくら") << QStringLiteral("さく くら ら");
        QTest::newRow("voice marks apart") << QStringLiteral("か\u3099く") << QStringLiteral("がく く");
        QTest::newRow("half-width kana") << QStringLiteral("ｶﾞｸ") << QStringLiteral("ガク ク");
        QTest::newRow("hangul") << QStringLiteral("서울") << QStringLiteral("서울 울");
        QTest::newRow("emoji") << QStringLiteral("Bo😀Ann 👨‍👩‍👧 张😀三")
                               << QStringLiteral("bo ann 张 三");
        QTest::newRow("rare ideographs") << QStringLiteral("𠮷野家") << QStringLiteral("𠮷野 野家 家");
        QTest::newRow("joiners") << QStringLiteral("co\u00ADop\u200B x\uFEFFy") << QStringLiteral("coop xy");
        QTest::newRow("e-mail") << QStringLiteral("Bo.Li@example.com") << QStringLiteral("bo li example com");
        QTest::newRow("lone surrogate") << (QStringLiteral("a") + QChar(0xD83D) + QStringLiteral("b"))
                                        << QStringLiteral("a b");
    }

    void tokenizesDocuments()
    {
        QFETCH(QString, text);
        QFETCH(QString, tokens);
        QCOMPARE(documentTokens(text), tokens);
    }

    void queriesLeaveOutTheLastCharacter()
    {
        QCOMPARE(tokenize(u"张", TokenMode::Query), QStringList{QStringLiteral("张")});
        QCOMPARE(tokenize(u"张三", TokenMode::Query), QStringList{QStringLiteral("张三")});
        QCOMPARE(tokenize(u"张三丰", TokenMode::Query).join(u' '), QStringLiteral("张三 三丰"));
    }

    void longWordsAreCutAlike()
    {
        const QString word(1000, u'x');
        QCOMPARE(documentTokens(word), QString(kMaxTokenBytes, u'x'));
        const QStringList tokens = tokenize(QString(100, QChar(0x0434)), TokenMode::Document);
        QCOMPARE(tokens.size(), 1);
        QCOMPARE(tokens.first(), QString(kMaxTokenBytes / 2, QChar(0x0434)));
    }

    void foldsAndFoldingTwiceChangesNothing()
    {
        QCOMPARE(fold(u"Müller & Söhne, 张三 ＡＢ"), QStringLiteral("muller & sohne, 张三 ab"));
        QCOMPARE(fold(u"Hello"), QStringLiteral("hello"));
        const quint64 seed = qEnvironmentVariableIsSet("FIELDFARE_SEED") ? qgetenv("FIELDFARE_SEED").toULongLong()
                                                                         : std::random_device{}();
        qInfo("FIELDFARE_SEED=%llu", static_cast<unsigned long long>(seed));
        std::mt19937_64 random(seed);
        for (int round = 0; round < 1000; ++round) {
            QString text;
            for (int i = 0; i < 12; ++i) {
                const auto c = static_cast<char32_t>(random() % (random() % 2 ? 0x2FFFF : 0x3400));
                text += QString::fromUcs4(&c, 1);
            }
            const QString once = fold(text);
            QCOMPARE(fold(once), once);
            QCOMPARE(tokenize(once, TokenMode::Document), tokenize(text, TokenMode::Document));
        }
    }

    void buildsMatchExpressions_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("match");
        QTest::addColumn<QString>("checks");
        QTest::newRow("nothing") << QStringLiteral(" ,. 😀") << QString() << QString();
        QTest::newRow("word") << QStringLiteral("Acm") << QStringLiteral("\"acm\"*") << QString();
        QTest::newRow("words") << QStringLiteral("acme GmbHund") << QStringLiteral("(\"acme\" AND \"gmbhund\"*)")
                               << QString();
        QTest::newRow("one") << QStringLiteral("张") << QStringLiteral("\"张\"*") << QString();
        QTest::newRow("two") << QStringLiteral("张三") << QStringLiteral("\"张三\"") << QString();
        QTest::newRow("three") << QStringLiteral("张三丰") << QStringLiteral("(\"张三\" AND \"三丰\")")
                               << QStringLiteral("张三丰");
        QTest::newRow("mixed") << QStringLiteral("abc公司") << QStringLiteral("(\"abc\"* AND \"公司\")") << QString();
        QTest::newRow("quotes and operators")
            << QStringLiteral("\"a\" OR NEAR(") << QStringLiteral("(\"a\" AND \"or\" AND \"near\"*) OR \"aornear\"*")
            << QString();
        QTest::newRow("pinyin") << QStringLiteral("zhang sa")
                                << QStringLiteral("(\"zhang\" AND \"sa\"*) OR \"zhangsa\"*") << QString();
        QTest::newRow("two digits") << QStringLiteral("42") << QStringLiteral("\"42\"*") << QString();
        QTest::newRow("digits") << QStringLiteral("8000") << QStringLiteral("(\"8000\"* OR \"\uE0000008\"*)")
                                << QString();
        QTest::newRow("number with letters") << QStringLiteral("123abc") << QStringLiteral("\"123abc\"*") << QString();
    }

    void buildsMatchExpressions()
    {
        QFETCH(QString, query);
        QFETCH(QString, match);
        QFETCH(QString, checks);
        const SearchQuery built = buildMatch(query);
        QCOMPARE(built.ftsMatch, match);
        QCOMPARE(built.checks.join(u' '), checks);
        QCOMPARE(built.isEmpty(), match.isEmpty());
    }

    void checksSortOutPairsThatStandApart()
    {
        QVERIFY(verify(u"太极张三丰", u"张三丰"));
        QVERIFY(!verify(u"张三，三丰", u"张三丰"));
        QVERIFY(verify(u"anything", u"word"));
    }

    void normalizesTelephoneNumbers_data()
    {
        QTest::addColumn<QString>("phone");
        QTest::addColumn<QString>("full");
        QTest::addColumn<QString>("national");
        const auto row = [](const char *phone, const char *full, const char *national) {
            QTest::newRow(phone) << QString::fromUtf8(phone) << QString::fromLatin1(full)
                                 << QString::fromLatin1(national);
        };
        row("138 0013 8000", "13800138000", "13800138000");
        row("+86 138-0013-8000", "8613800138000", "13800138000");
        row("0086 13800138000", "8613800138000", "13800138000");
        row("+49 (0)30 1234567", "490301234567", "301234567");
        row("030/1234567", "0301234567", "301234567");
        row("+1 (555) 010-9999 ext. 12", "15550109999", "5550109999");
        row("+358 9 123456", "3589123456", "9123456");
        row("010-12345678转801", "01012345678", "1012345678");
        row("１３８００１３８０００", "13800138000", "13800138000");
        row("no number", "", "");
    }

    void normalizesTelephoneNumbers()
    {
        QFETCH(QString, phone);
        QFETCH(QString, full);
        QFETCH(QString, national);
        QCOMPARE(phoneDigits(phone), (PhoneDigits{full, national}));
    }

    void indexesTelephoneNumbersBothWays()
    {
        QCOMPARE(phoneSearchText(u"+86 138 0013 8000; 12345"),
                 QStringLiteral("8613800138000 13800138000 \uE0000008310083168 12345 \uE00054321"));
        QCOMPARE(phoneSearchText(u""), QString());
    }

    void readsPinyin_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("full");
        QTest::addColumn<QString>("initials");
        QTest::newRow("name") << QStringLiteral("张三丰") << QStringLiteral("zhangsanfeng") << QStringLiteral("zsf");
        QTest::newRow("surname") << QStringLiteral("单田芳") << QStringLiteral("shantianfang") << QStringLiteral("stf");
        QTest::newRow("two-character surname")
            << QStringLiteral("尉迟恭") << QStringLiteral("yuchigong") << QStringLiteral("ycg");
        QTest::newRow("not a surname") << QStringLiteral("曾经沧海难为水")
                                       << QStringLiteral("cengjingcanghainanweishui") << QStringLiteral("cjchnws");
        QTest::newRow("place") << QStringLiteral("重庆长江银行") << QStringLiteral("chongqingchangjiangyinhang")
                               << QStringLiteral("cqcjyh");
        QTest::newRow("umlaut") << QStringLiteral("吕布") << QStringLiteral("lvbu") << QStringLiteral("lb");
        QTest::newRow("mixed") << QStringLiteral("ABC华信 Ltd") << QStringLiteral("huaxin") << QStringLiteral("hx");
        QTest::newRow("none") << QStringLiteral("Acme") << QString() << QString();
    }

    void readsPinyin()
    {
        QFETCH(QString, text);
        QFETCH(QString, full);
        QFETCH(QString, initials);
        const Pinyin reading = pinyin(text);
        QCOMPARE(reading.full, full);
        QCOMPARE(reading.initials, initials);
    }

    void pinyinIsIndexedWithVAndU()
    {
        QCOMPARE(pinyinSearchText(u"吕布"), QStringLiteral("lvbu lb lubu"));
        QCOMPARE(pinyinSearchText(u"张三"), QStringLiteral("zhangsan zs"));
        QCOMPARE(pinyinSearchText(u"Acme"), QString());
    }

    void namesItsVersions()
    {
        QVERIFY(tokenizerIdentity().startsWith(QString::number(kTokenizerVersion) + QStringLiteral("/ICU ")));
    }
};

QTEST_GUILESS_MAIN(TestSearchText)
#include "tst_search_text.moc"
