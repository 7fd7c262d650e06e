// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/tokenizer/fts_tokenizer.h"
#include "core/storage/tokenizer/phone_digits.h"
#include "core/storage/tokenizer/pinyin.h"
#include "core/storage/tokenizer/search_text.h"

#include <QElapsedTimer>
#include <QTest>

#include <sqlite3.h>

using namespace fieldfare;
using namespace fieldfare::storage;

/// Queries against a real FTS5 table, made as DESIGN section 5 has it.
class TestTokenizer : public QObject {
    Q_OBJECT

private:
    struct Row {
        qint64 rid;
        QString name;
        QString phone;
    };

    sqlite3 *m_connection = nullptr;
    QList<Row> m_rows;

    void run(const char *sql) { QCOMPARE(sqlite3_exec(m_connection, sql, nullptr, nullptr, nullptr), SQLITE_OK); }

    void add(qint64 rid, const QString &name, const QString &phone = {})
    {
        m_rows.append({rid, name, phone});
        sqlite3_stmt *insert = nullptr;
        sqlite3_prepare_v2(m_connection, "INSERT INTO names(rowid, name, phone, pinyin) VALUES(?, ?, ?, ?)", -1,
                           &insert, nullptr);
        sqlite3_bind_int64(insert, 1, rid);
        int column = 2;
        for (const QString &text : {name, phoneSearchText(phone), pinyinSearchText(name)}) {
            const QByteArray utf8 = text.toUtf8();
            sqlite3_bind_text(insert, column++, utf8.constData(), static_cast<int>(utf8.size()), SQLITE_TRANSIENT);
        }
        QCOMPARE(sqlite3_step(insert), SQLITE_DONE);
        sqlite3_finalize(insert);
    }

    /// Rids that FTS finds, before or after the check of their text; {-1} if SQLite refuses the expression.
    QList<qint64> search(const QString &text, bool withChecks = true)
    {
        const SearchQuery query = buildMatch(text);
        if (query.isEmpty())
            return {};
        sqlite3_stmt *select = nullptr;
        sqlite3_prepare_v2(m_connection, "SELECT rowid FROM names WHERE names MATCH ? ORDER BY rowid", -1, &select,
                           nullptr);
        const QByteArray match = query.ftsMatch.toUtf8();
        sqlite3_bind_text(select, 1, match.constData(), static_cast<int>(match.size()), SQLITE_TRANSIENT);
        QList<qint64> rids;
        int result = 0;
        while ((result = sqlite3_step(select)) == SQLITE_ROW)
            rids.append(sqlite3_column_int64(select, 0));
        sqlite3_finalize(select);
        if (result != SQLITE_DONE)
            return {-1};
        if (withChecks) {
            rids.removeIf([&](qint64 rid) {
                const auto row =
                    std::find_if(m_rows.cbegin(), m_rows.cend(), [rid](const Row &r) { return r.rid == rid; });
                return !verify(row->name, query);
            });
        }
        return rids;
    }

private Q_SLOTS:
    void init()
    {
        QCOMPARE(sqlite3_open(":memory:", &m_connection), SQLITE_OK);
        QVERIFY(registerTokenizer(m_connection).ok());
        run("CREATE VIRTUAL TABLE names USING fts5(name, phone, pinyin, content='', detail=none, tokenize='fieldfare', "
            "prefix='1 2 3 4')");
    }

    void cleanup()
    {
        sqlite3_close(m_connection);
        m_rows.clear();
    }

    void findsChineseNames()
    {
        add(1, QStringLiteral("张三"));
        add(2, QStringLiteral("张三丰"));
        add(3, QStringLiteral("李四"));
        add(4, QStringLiteral("北京华信科技有限公司"));
        add(5, QStringLiteral("张三，三丰路"));
        add(6, QStringLiteral("ABC公司😀"));
        QCOMPARE(search(QStringLiteral("张")), QList<qint64>({1, 2, 5}));
        QCOMPARE(search(QStringLiteral("三")), QList<qint64>({1, 2, 5}));
        QCOMPARE(search(QStringLiteral("司")), QList<qint64>({4, 6}));
        QCOMPARE(search(QStringLiteral("张三")), QList<qint64>({1, 2, 5}));
        QCOMPARE(search(QStringLiteral("张三丰"), false), QList<qint64>({2, 5}));
        QCOMPARE(search(QStringLiteral("张三丰")), QList<qint64>({2}));
        QCOMPARE(search(QStringLiteral("科技有限")), QList<qint64>({4}));
        QCOMPARE(search(QStringLiteral("华信 公司")), QList<qint64>({4}));
        QCOMPARE(search(QStringLiteral("abc公司")), QList<qint64>({6}));
        QCOMPARE(search(QStringLiteral("王")), QList<qint64>());
    }

    void findsPinyinAndInitials()
    {
        add(1, QStringLiteral("张三"));
        add(2, QStringLiteral("张三丰"));
        add(3, QStringLiteral("重庆银行"));
        add(4, QStringLiteral("吕布"));
        QCOMPARE(search(QStringLiteral("zhangsan")), QList<qint64>({1, 2}));
        QCOMPARE(search(QStringLiteral("Zhang San")), QList<qint64>({1, 2}));
        QCOMPARE(search(QStringLiteral("zsf")), QList<qint64>({2}));
        QCOMPARE(search(QStringLiteral("chong qing yin")), QList<qint64>({3}));
        QCOMPARE(search(QStringLiteral("lvbu")), QList<qint64>({4}));
        QCOMPARE(search(QStringLiteral("lu bu")), QList<qint64>({4}));
    }

    void findsWordsOfAnyAccentAndCase()
    {
        add(1, QStringLiteral("Müller & Söhne GmbH"));
        add(2, QStringLiteral("MULLER"));
        add(3, QStringLiteral("Ромашка ООО"));
        QCOMPARE(search(QStringLiteral("muller")), QList<qint64>({1, 2}));
        QCOMPARE(search(QStringLiteral("MÜLL")), QList<qint64>({1, 2}));
        QCOMPARE(search(QStringLiteral("söhne mü")), QList<qint64>({1}));
        QCOMPARE(search(QStringLiteral("mulle sohne")), QList<qint64>());
        QCOMPARE(search(QStringLiteral("ромаш")), QList<qint64>({3}));
    }

    void findsTelephoneNumbersByBeginningAndEnd()
    {
        add(1, QStringLiteral("A"), QStringLiteral("+86 138 0013 8000"));
        add(2, QStringLiteral("B"), QStringLiteral("030/1234567"));
        add(3, QStringLiteral("C"), QStringLiteral("+49 30 1234567"));
        add(4, QStringLiteral("D 8000"));
        QCOMPARE(search(QStringLiteral("8000")), QList<qint64>({1, 4}));
        QCOMPARE(search(QStringLiteral("138-0013")), QList<qint64>({1}));
        QCOMPARE(search(QStringLiteral("13800138000")), QList<qint64>({1}));
        QCOMPARE(search(QStringLiteral("+8613800138000")), QList<qint64>({1}));
        QCOMPARE(search(QStringLiteral("8613800138000")), QList<qint64>({1}));
        QCOMPARE(search(QStringLiteral("030 1234567")), QList<qint64>({2, 3}));
        QCOMPARE(search(QStringLiteral("+49 30 1234567")), QList<qint64>({2, 3}));
        QCOMPARE(search(QStringLiteral("4567")), QList<qint64>({2, 3}));
        QCOMPARE(search(QStringLiteral("b 4567")), QList<qint64>({2}));
        QCOMPARE(search(QStringLiteral("0013 80")), QList<qint64>()); // the middle of a number is not searchable
    }

    /// detail=none refuses phrases: no query may become one.
    void noQueryIsRefused_data()
    {
        QTest::addColumn<QString>("query");
        for (const char *query : {"a-b c.d",
                                  "张三丰张三丰",
                                  "\"x",
                                  "a\" OR \"b",
                                  "*",
                                  "NOT",
                                  "^a",
                                  "a:b",
                                  "{a}",
                                  "(((",
                                  "+86 138 001",
                                  "1-2-3-4",
                                  "123 abc 456",
                                  "张1三2丰3",
                                  "½ ² №",
                                  "𠮷野家",
                                  "가나다라",
                                  "ｶﾞｸﾌﾞ",
                                  "e\u0301cole",
                                  "2024-03-05 10:00",
                                  "C-000123",
                                  "a😀b",
                                  "🇩🇪",
                                  "ﷺ",
                                  "㈱さくら",
                                  "x²y",
                                  "ﬃ"})
            QTest::newRow(query) << QString::fromUtf8(query);
    }

    void noQueryIsRefused()
    {
        QFETCH(QString, query);
        add(1, query);
        const QList<qint64> found = search(query);
        QVERIFY(!found.contains(-1));
        if (!buildMatch(query).isEmpty())
            QCOMPARE(found, QList<qint64>({1}));
    }

    void isQuick()
    {
        const QByteArray text = QByteArray("Acme Trading Company, 12 Long Street, Springfield; ").repeated(20'000);
        QElapsedTimer timer;
        timer.start();
        qint64 tokens = 0;
        splitTokens(
            {text.constData(), static_cast<std::size_t>(text.size())}, TokenMode::Document,
            [](void *count, const char *, int, int, int) {
                ++*static_cast<qint64 *>(count);
                return 0;
            },
            &tokens);
        QCOMPARE(tokens, 20'000 * 7);
        // A megabyte takes some 5 ms; the bound only catches a mistake of order (ICU called for each character).
        QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestTokenizer)
#include "tst_tokenizer.moc"
