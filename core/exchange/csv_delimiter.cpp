// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv_delimiter.h"

#include <QList>
#include <QMap>

namespace fieldfare::exchange {

namespace {

constexpr char16_t kCandidates[] = {u'\t', u';', u',', u'|'};
constexpr qsizetype kMaxRecords = 200;

/// Columns of each record that is not an empty line.
QList<int> countColumns(QStringView text, char16_t delimiter, bool isWhole)
{
    QList<int> counts;
    int columns = 1;
    bool isQuoted = false;
    bool atFieldStart = true;
    bool isEmpty = true;
    for (qsizetype i = 0; i < text.size() && counts.size() < kMaxRecords; ++i) {
        const char16_t c = text[i].unicode();
        if (isQuoted) {
            if (c == u'"') {
                if (i + 1 < text.size() && text[i + 1] == u'"')
                    ++i;
                else
                    isQuoted = false;
            }
            continue;
        }
        if (c == u'\n' || c == u'\r') {
            if (!isEmpty)
                counts.append(columns);
            columns = 1;
            atFieldStart = true;
            isEmpty = true;
            continue;
        }
        isEmpty = false;
        if (c == u'"' && atFieldStart) {
            isQuoted = true;
        } else if (c == delimiter) {
            ++columns;
            atFieldStart = true;
            continue;
        }
        atFieldStart = false;
    }
    if (!isEmpty && counts.size() < kMaxRecords && (isWhole || counts.isEmpty()))
        counts.append(columns);
    return counts;
}

struct Look {
    int columns = 1;
    double steadiness = 0; ///< Share of records with that many columns.
    bool headerAgrees = false;
};

Look lookAt(const QList<int> &counts)
{
    QMap<int, int> frequency;
    for (const int count : counts)
        ++frequency[count];
    Look look;
    int best = 0;
    for (auto it = frequency.cbegin(); it != frequency.cend(); ++it) {
        if (it.key() > 1 && it.value() >= best) {
            best = it.value();
            look.columns = it.key();
        }
    }
    if (best > 0) {
        look.steadiness = double(best) / double(counts.size());
        look.headerAgrees = counts.constFirst() == look.columns;
    }
    return look;
}

} // namespace

FoundDelimiter findDelimiter(QStringView sample, bool isWhole)
{
    // Excel honours and some programs write a first line that only names the delimiter.
    if (sample.startsWith(u"sep=", Qt::CaseInsensitive) && sample.size() >= 6 &&
        (sample[5] == u'\n' || sample[5] == u'\r')) {
        FoundDelimiter found;
        found.delimiter = sample[4].unicode();
        found.skip = sample[5] == u'\r' && sample.size() > 6 && sample[6] == u'\n' ? 7 : 6;
        found.isCertain = true;
        const QList<int> counts = countColumns(sample.sliced(found.skip), found.delimiter, isWhole);
        found.columns = counts.isEmpty() ? 1 : counts.constFirst();
        return found;
    }

    FoundDelimiter best;
    double bestScore = 0;
    for (const char16_t candidate : kCandidates) {
        const Look look = lookAt(countColumns(sample, candidate, isWhole));
        if (look.columns < 2)
            continue;
        if (look.steadiness >= 0.9 && look.headerAgrees)
            return {candidate, look.columns, true, 0};
        const double score = look.steadiness * (look.headerAgrees ? 1.0 : 0.5);
        if (score > bestScore || (score == bestScore && look.columns > best.columns)) {
            bestScore = score;
            best = {candidate, look.columns, false, 0};
        }
    }
    return best;
}

} // namespace fieldfare::exchange
