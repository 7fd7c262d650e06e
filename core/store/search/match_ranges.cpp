// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/search/match_ranges.h"

#include "core/storage/tokenizer/letter_table.h"
#include "core/storage/tokenizer/phone_digits.h"
#include "core/storage/tokenizer/pinyin.h"

#include <algorithm>

namespace fieldfare::store {

namespace {

using Leaves = std::vector<MatchExpression::Leaf>;

struct Token {
    QString text;
    int start; ///< bytes
    int end;
};

std::vector<Token> tokensOf(const QByteArray &utf8)
{
    std::vector<Token> tokens;
    storage::splitTokens({utf8.constData(), size_t(utf8.size())}, storage::TokenMode::Document,
                         [](void *context, const char *token, int length, int start, int end) {
                             static_cast<std::vector<Token> *>(context)->push_back({QString::fromUtf8(token, length), start, end});
                             return 0;
                         },
                         &tokens);
    return tokens;
}

/// UTF-16 index of each byte of a UTF-8 text, and of its end.
std::vector<int> unitsOfBytes(const QByteArray &utf8)
{
    std::vector<int> units;
    units.reserve(size_t(utf8.size()) + 1);
    int unit = 0;
    for (const char byte : utf8) {
        units.push_back(unit);
        const auto value = std::uint8_t(byte);
        if ((value & 0xC0) != 0x80)
            unit += value >= 0xF0 ? 2 : 1;
    }
    units.push_back(unit);
    // A byte inside a character belongs to its start.
    for (size_t i = 1; i + 1 < units.size(); ++i) {
        if ((std::uint8_t(utf8[qsizetype(i)]) & 0xC0) == 0x80)
            units[i] = units[i - 1];
    }
    return units;
}

bool anyLeafMatches(const Leaves &leaves, const QStringList &tokens)
{
    return std::any_of(tokens.begin(), tokens.end(), [&](const QString &token) {
        return std::any_of(leaves.begin(), leaves.end(), [&](const MatchExpression::Leaf &leaf) { return leaf.matches(token); });
    });
}

/// The stretch from the first to the last Han character.
TextRange hanStretch(const QString &text)
{
    int first = -1;
    int last = -1;
    for (int i = 0; i < text.size(); ++i) {
        if (text[i].script() == QChar::Script_Han || text[i].isSurrogate()) {
            first = first < 0 ? i : first;
            last = i;
        }
    }
    return first < 0 ? TextRange{} : TextRange{first, last - first + 1};
}

QList<TextRange> merged(QList<TextRange> ranges)
{
    std::sort(ranges.begin(), ranges.end(), [](const TextRange &a, const TextRange &b) { return a.start < b.start; });
    QList<TextRange> result;
    for (const TextRange &range : ranges) {
        if (!result.isEmpty() && range.start <= result.last().start + result.last().length) {
            TextRange &last = result.last();
            last.length = std::max(last.length, range.start + range.length - last.start);
        } else {
            result.append(range);
        }
    }
    return result;
}

} // namespace

QList<TextRange> matchRanges(const QString &text, const QString &query)
{
    return matchRanges(text, MatchExpression(storage::buildMatch(query)));
}

QList<TextRange> matchRanges(const QString &text, const MatchExpression &expression)
{
    const Leaves &leaves = expression.leaves();
    QList<TextRange> ranges;
    if (leaves.empty() || text.isEmpty())
        return ranges;

    const QByteArray utf8 = text.toUtf8();
    const std::vector<int> units = unitsOfBytes(utf8);
    for (const Token &token : tokensOf(utf8)) {
        for (const MatchExpression::Leaf &leaf : leaves) {
            if (!leaf.matches(token.text))
                continue;
            const int start = units[size_t(token.start)];
            int end = units[size_t(token.end)];
            // The letters that were typed, where folding keeps their number; otherwise the whole word.
            if (leaf.isPrefix && token.text.size() == end - start)
                end = start + int(leaf.token.size());
            ranges.append({start, end - start});
        }
    }
    if (!ranges.isEmpty())
        return merged(ranges);
    if (anyLeafMatches(leaves, storage::tokenize(storage::pinyinSearchText(text), storage::TokenMode::Document)))
        return {hanStretch(text)};
    const auto digits = std::count_if(text.begin(), text.end(), [](QChar c) { return c.isDigit(); });
    const bool isPhone = digits >= 5 && std::none_of(text.begin(), text.end(), [](QChar c) { return c.isLetter(); });
    if (isPhone && anyLeafMatches(leaves, storage::tokenize(storage::phoneSearchText(text), storage::TokenMode::Document)))
        return {{0, int(text.size())}};
    return {};
}

} // namespace fieldfare::store
