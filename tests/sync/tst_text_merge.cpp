// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/changes/text_merge.h"
#include "core/changes/token_diff.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <random>

using namespace fieldfare::changes;

namespace {

QString printable(const std::optional<QString> &text)
{
    return text ? QLatin1Char('"') + *text + QLatin1Char('"') : QStringLiteral("no result");
}

/// Texts of few different tokens, so that changes meet often.
class Texts {
public:
    explicit Texts(std::uint64_t seed) : m_random(seed) {}

    QString text()
    {
        QString text;
        for (auto tokens = m_random() % 30; tokens > 0; --tokens)
            text += token();
        return text.normalized(QString::NormalizationForm_C);
    }

    QString edited(const QString &text)
    {
        QString edited = text;
        for (auto edits = m_random() % 4; edits > 0; --edits) {
            const auto at = qsizetype(m_random() % std::uint64_t(edited.size() + 1));
            if (m_random() % 2 == 0)
                edited.insert(at, token());
            else
                edited.remove(at, qsizetype(m_random() % 6));
        }
        return edited.normalized(QString::NormalizationForm_C);
    }

    std::vector<int> numbers(std::size_t most)
    {
        std::vector<int> numbers(m_random() % most);
        for (int &number : numbers)
            number = int(m_random() % 4);
        return numbers;
    }

private:
    QString token()
    {
        static const char *const tokens[] = {"one ", "two ", " ", "\n", "客", "户", "発", "😀", "e", "\xCC\x81", ", ", "x9", "\xE2\x80\x8D"};
        return QString::fromUtf8(tokens[m_random() % std::size(tokens)]);
    }

    std::mt19937_64 m_random;
};

std::uint64_t printedSeed()
{
    const QByteArray given = qgetenv("FIELDFARE_SEED");
    const std::uint64_t seed = given.isEmpty() ? std::random_device{}() : given.toULongLong();
    qInfo("FIELDFARE_SEED=%llu", static_cast<unsigned long long>(seed));
    return seed;
}

} // namespace

class TestTextMerge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goldenVectors_data()
    {
        QTest::addColumn<QJsonObject>("vector");
        QFile file(qEnvironmentVariable("FIELDFARE_TEST_DATA") + QStringLiteral("/text_merge/vectors.json"));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        const QJsonArray vectors = QJsonDocument::fromJson(file.readAll()).array();
        QVERIFY(vectors.size() >= 30);
        for (const QJsonValue &vector : vectors)
            QTest::newRow(qPrintable(vector[QStringLiteral("name")].toString())) << vector.toObject();
    }

    void goldenVectors()
    {
        QFETCH(QJsonObject, vector);
        const auto text = [&](const char *key) { return vector.value(QLatin1StringView(key)).toString(); };
        const QJsonValue merged = vector.value(QStringLiteral("merged"));
        const std::optional<QString> expected = merged.isNull() ? std::nullopt : std::optional(merged.toString());
        const auto actual = mergeTexts(text("base"), text("mine"), text("theirs"));
        QVERIFY2(actual == expected, qPrintable(printable(actual) + QStringLiteral(" instead of ") + printable(expected)));
        QVERIFY(mergeTexts(text("base"), text("theirs"), text("mine")) == expected);
    }

    void lawsHoldForAnyTexts()
    {
        Texts texts(printedSeed());
        int joined = 0;
        for (int i = 0; i < 4000; ++i) {
            const QString base = texts.text();
            const QString a = texts.edited(base);
            const QString b = texts.edited(base);
            QCOMPARE(mergeTexts(base, a, base), std::optional(a));
            QCOMPARE(mergeTexts(base, base, b), std::optional(b));
            QCOMPARE(mergeTexts(base, a, a), std::optional(a));
            const auto merged = mergeTexts(base, a, b);
            QCOMPARE(mergeTexts(base, b, a), merged);
            joined += merged && *merged != a && *merged != b ? 1 : 0;
        }
        QVERIFY2(joined > 200, "hardly anything was joined: the laws were hardly tried");
    }

    /// Hunks make the side of the base, keep a token between two, and cost no more than the longest common subsequence.
    void hunksAreTheShortestWay()
    {
        Texts texts(printedSeed());
        for (int i = 0; i < 3000; ++i) {
            const std::vector<int> base = texts.numbers(24);
            const std::vector<int> side = texts.numbers(24);
            const auto hunks = diffTokens(base, side, 100);
            QVERIFY(hunks.has_value());
            std::vector<int> made;
            int at = 0;
            int edits = 0;
            for (const Hunk &hunk : *hunks) {
                QVERIFY(hunk.begin > at || (hunk.begin == 0 && at == 0));
                made.insert(made.end(), base.begin() + at, base.begin() + hunk.begin);
                made.insert(made.end(), side.begin() + hunk.sideBegin, side.begin() + hunk.sideEnd);
                edits += hunk.end - hunk.begin + hunk.sideEnd - hunk.sideBegin;
                at = hunk.end;
            }
            made.insert(made.end(), base.begin() + at, base.end());
            QCOMPARE(made, side);
            QCOMPARE(edits, int(base.size() + side.size()) - 2 * longestCommon(base, side));
            if (edits > 0)
                QVERIFY(!diffTokens(base, side, edits - 1).has_value());
        }
    }

    void largeTextsAreBounded()
    {
        const QString large(64 * 1024 + 1, QLatin1Char('x'));
        QVERIFY(!mergeTexts(large, large, QString()).has_value());
        QString words;
        QString otherWords;
        while (words.size() < 60'000) {
            words += QString::number(words.size()) + QLatin1Char(' ');
            otherWords += QString::number(otherWords.size() + 7) + QLatin1Char('-');
        }
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!mergeTexts(words, otherWords, words + QStringLiteral("end")).has_value()); // too different to tell
        qInfo("two texts of 60 KB without a common word: %lld ms", static_cast<long long>(timer.elapsed()));
        const QString first = QStringLiteral("begin ") + words;
        const QString last = words + QStringLiteral("end");
        QCOMPARE(mergeTexts(words, first, last), std::optional(first + QStringLiteral("end")));
    }

private:
    static int longestCommon(const std::vector<int> &a, const std::vector<int> &b)
    {
        std::vector<std::vector<int>> length(a.size() + 1, std::vector<int>(b.size() + 1, 0));
        for (size_t i = 1; i <= a.size(); ++i) {
            for (size_t j = 1; j <= b.size(); ++j)
                length[i][j] = a[i - 1] == b[j - 1] ? length[i - 1][j - 1] + 1 : std::max(length[i - 1][j], length[i][j - 1]);
        }
        return length[a.size()][b.size()];
    }
};

QTEST_GUILESS_MAIN(TestTextMerge)
#include "tst_text_merge.moc"
