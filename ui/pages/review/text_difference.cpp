// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/text_difference.h"

#include <vector>

namespace fieldfare::ui {

namespace {

constexpr qsizetype kMaxWords = 2000;

QList<TextRange> words(const QString &text)
{
    QList<TextRange> result;
    for (qsizetype i = 0; i < text.size();) {
        qsizetype end = i + 1;
        const auto isWord = [&](qsizetype at) {
            const QChar c = text.at(at);
            return c.isLetterOrNumber() && c.script() != QChar::Script_Han && c.script() != QChar::Script_Hiragana
                && c.script() != QChar::Script_Katakana;
        };
        if (isWord(i)) {
            while (end < text.size() && isWord(end))
                ++end;
        } else if (text.at(i).isHighSurrogate() && end < text.size()) {
            ++end;
        }
        result.append({i, end - i});
        i = end;
    }
    return result;
}

} // namespace

QList<TextRange> addedRanges(const QString &before, const QString &after)
{
    const QList<TextRange> old = words(before);
    const QList<TextRange> now = words(after);
    if (old.size() > kMaxWords || now.size() > kMaxWords)
        return before == after ? QList<TextRange>() : QList<TextRange>{{0, after.size()}};
    const auto equal = [&](qsizetype i, qsizetype j) {
        return QStringView(before).mid(old[i].start, old[i].length) == QStringView(after).mid(now[j].start, now[j].length);
    };
    // common[i][j]: length of the longest common subsequence of old[i..] and now[j..]
    const size_t width = size_t(now.size()) + 1;
    std::vector<quint16> common((size_t(old.size()) + 1) * width, 0);
    for (qsizetype i = old.size() - 1; i >= 0; --i) {
        for (qsizetype j = now.size() - 1; j >= 0; --j) {
            const size_t at = size_t(i) * width + size_t(j);
            common[at] = equal(i, j) ? quint16(common[at + width + 1] + 1) : std::max(common[at + width], common[at + 1]);
        }
    }
    QList<TextRange> added;
    qsizetype i = 0;
    for (qsizetype j = 0; j < now.size();) {
        if (i < old.size() && equal(i, j)) {
            ++i;
            ++j;
        } else if (i < old.size() && common[size_t(i + 1) * width + size_t(j)] >= common[size_t(i) * width + size_t(j) + 1]) {
            ++i;
        } else {
            if (!added.isEmpty() && added.last().start + added.last().length == now[j].start)
                added.last().length += now[j].length;
            else
                added.append(now[j]);
            ++j;
        }
    }
    return added;
}

} // namespace fieldfare::ui
