// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/changes/text_merge.h"

#include "core/changes/token_diff.h"

#include <QHash>

namespace fieldfare::changes {

namespace {

constexpr qsizetype kMaxBytes = 64 * 1024; // UTF-8
/// Tokens deleted and inserted by one side; more would cost too long, and nobody could check the result by eye.
constexpr int kMaxEdits = 1000;

enum class Kind { Word, Space, Cjk, Sign };

bool isCjk(char32_t c)
{
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Bopomofo:
        return true;
    default:
        return false;
    }
}

Kind kindOf(char32_t c)
{
    if (QChar::isSpace(c))
        return Kind::Space;
    if (isCjk(c))
        return Kind::Cjk;
    return QChar::isLetterOrNumber(c) || c == U'_' ? Kind::Word : Kind::Sign;
}

/// Marks, variation selectors and joiners belong to what stands before them, so that no token begins with one and an emoji
/// made of several stays whole.
bool isAttached(char32_t c, char32_t before)
{
    constexpr char32_t kJoiner = 0x200D;
    const bool isSkinTone = c >= 0x1F3FB && c <= 0x1F3FF;
    return QChar::isMark(c) || c == kJoiner || before == kJoiner || isSkinTone;
}

/// Lengths of tokens are what matters; their text is a view into the side's own string.
std::vector<QStringView> tokensOf(const QString &text)
{
    std::vector<QStringView> tokens;
    const QStringView view(text);
    qsizetype begin = 0;
    Kind kind = Kind::Sign;
    char32_t before = 0;
    for (qsizetype at = 0; at < view.size();) {
        const bool isPair = view[at].isHighSurrogate() && at + 1 < view.size() && view[at + 1].isLowSurrogate();
        const char32_t c = isPair ? QChar::surrogateToUcs4(view[at], view[at + 1]) : char32_t(view[at].unicode());
        const Kind next = kindOf(c);
        const bool isRun = next == kind && (kind == Kind::Word || kind == Kind::Space);
        if (at > begin && !isRun && !isAttached(c, before)) {
            tokens.push_back(view.sliced(begin, at - begin));
            begin = at;
        }
        if (at == begin)
            kind = next;
        before = c;
        at += isPair ? 2 : 1;
    }
    if (begin < view.size())
        tokens.push_back(view.sliced(begin));
    return tokens;
}

/// One number for each different token, over all three texts.
class TokenNumbers {
public:
    std::vector<int> of(const std::vector<QStringView> &tokens)
    {
        std::vector<int> numbers;
        numbers.reserve(tokens.size());
        for (const QStringView &token : tokens) {
            auto it = m_numbers.constFind(token);
            if (it == m_numbers.cend())
                it = m_numbers.insert(token, int(m_numbers.size()));
            numbers.push_back(*it);
        }
        return numbers;
    }

private:
    QHash<QStringView, int> m_numbers;
};

struct Side {
    std::vector<QStringView> tokens;
    std::vector<int> numbers;
    std::vector<Hunk> hunks;
};

bool isSame(const Side &a, const Hunk &x, const Side &b, const Hunk &y)
{
    return x.begin == y.begin && x.end == y.end
        && std::equal(a.numbers.begin() + x.sideBegin, a.numbers.begin() + x.sideEnd, b.numbers.begin() + y.sideBegin, b.numbers.begin() + y.sideEnd);
}

/// Both lists of changes applied to the base; nothing when two different ones overlap or touch.
std::optional<QString> combine(const std::vector<QStringView> &base, const Side &mine, const Side &theirs)
{
    QString joined;
    int at = 0;
    const auto apply = [&](const Side &side, const Hunk &hunk) {
        for (; at < hunk.begin; ++at)
            joined += base[size_t(at)];
        for (int i = hunk.sideBegin; i < hunk.sideEnd; ++i)
            joined += side.tokens[size_t(i)];
        at = hunk.end;
    };
    auto m = mine.hunks.begin();
    auto t = theirs.hunks.begin();
    while (m != mine.hunks.end() || t != theirs.hunks.end()) {
        if (t == theirs.hunks.end() || (m != mine.hunks.end() && m->end < t->begin)) {
            apply(mine, *m++);
        } else if (m == mine.hunks.end() || t->end < m->begin) {
            apply(theirs, *t++);
        } else if (isSame(mine, *m, theirs, *t)) {
            apply(mine, *m++);
            ++t;
        } else {
            return std::nullopt;
        }
    }
    for (; at < int(base.size()); ++at)
        joined += base[size_t(at)];
    return joined;
}

} // namespace

std::optional<QString> mergeTexts(const QString &base, const QString &mine, const QString &theirs)
{
    const QString b = base.normalized(QString::NormalizationForm_C);
    const QString m = mine.normalized(QString::NormalizationForm_C);
    const QString t = theirs.normalized(QString::NormalizationForm_C);
    for (const QString &text : {b, m, t}) {
        if (text.toUtf8().size() > kMaxBytes)
            return std::nullopt;
    }
    if (m == t || t == b)
        return m;
    if (m == b)
        return t;
    if (b.isEmpty())
        return std::nullopt;
    TokenNumbers numbers;
    const std::vector<QStringView> baseTokens = tokensOf(b);
    const std::vector<int> baseNumbers = numbers.of(baseTokens);
    Side sides[2];
    const QString *const texts[2] = {&m, &t};
    for (size_t i = 0; i < 2; ++i) {
        sides[i].tokens = tokensOf(*texts[i]);
        sides[i].numbers = numbers.of(sides[i].tokens);
        auto hunks = diffTokens(baseNumbers, sides[i].numbers, kMaxEdits);
        if (!hunks)
            return std::nullopt;
        sides[i].hunks = std::move(*hunks);
    }
    const auto joined = combine(baseTokens, sides[0], sides[1]);
    // Where a change brought two tokens together they may compose.
    return joined ? std::optional(joined->normalized(QString::NormalizationForm_C)) : std::nullopt;
}

} // namespace fieldfare::changes
