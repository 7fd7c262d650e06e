// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/tokenizer/search_text.h"

#include "core/storage/tokenizer/composition.h"
#include "core/storage/tokenizer/letter_table.h"
#include "core/storage/tokenizer/phone_digits.h"

#include <unicode/uchar.h>
#include <unicode/uversion.h>

#include <algorithm>

namespace fieldfare::storage {

namespace {

constexpr int kMinPhoneDigits = 3;

QString quoted(QStringView token, bool isPrefix = false)
{
    QString text = u'"' + token.toString() + u'"';
    if (isPrefix)
        text += u'*';
    return text;
}

QString joined(const QStringList &parts, QStringView between)
{
    if (parts.size() == 1)
        return parts.constFirst();
    return u'(' + parts.join(between) + u')';
}

/// Steps through UTF-16 by code point; a lone surrogate stands for itself and is a separator.
struct Step {
    char32_t value;
    int units;
};

Step stepAt(QStringView text, qsizetype i)
{
    const QChar c = text[i];
    if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
        return {QChar::surrogateToUcs4(c, text[i + 1]), 2};
    return {c.unicode(), 1};
}

bool isAscii(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

bool isPhoneFiller(QChar c)
{
    return QStringView(u" -./()+").contains(c);
}

bool isAsciiDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

/// One part of a folded query.
struct Term {
    enum Kind { Word, Ideographs, Digits } kind;
    QString text;
};

/// The end of a run of digits and fillers that begins at `start`, without fillers at its end, and without a last group
/// that goes on in letters (138abc); `start` if it has fewer than three digits.
qsizetype endOfDigits(QStringView text, qsizetype start)
{
    const LetterTable &table = LetterTable::instance();
    qsizetype end = start;
    qsizetype i = start;
    while (i < text.size()) {
        if (isPhoneFiller(text[i])) {
            ++i;
            continue;
        }
        if (!isAsciiDigit(text[i]))
            break;
        qsizetype groupEnd = i;
        while (groupEnd < text.size() && isAsciiDigit(text[groupEnd]))
            ++groupEnd;
        if (groupEnd < text.size() && table.classOf(stepAt(text, groupEnd).value) == LetterClass::Word)
            break;
        end = groupEnd;
        i = groupEnd;
    }
    const QStringView run = text.sliced(start, end - start);
    return std::count_if(run.begin(), run.end(), isAsciiDigit) >= kMinPhoneDigits ? end : start;
}

QList<Term> termsOf(QStringView text)
{
    const LetterTable &table = LetterTable::instance();
    QList<Term> terms;
    LetterClass before = LetterClass::Separator;
    for (qsizetype i = 0; i < text.size();) {
        const bool mayBePhone =
            before != LetterClass::Word && (isAsciiDigit(text[i]) || text[i] == u'+' || text[i] == u'(');
        if (mayBePhone) {
            const qsizetype end = endOfDigits(text, i);
            if (end > i) {
                terms.append(Term{Term::Digits, text.sliced(i, end - i).toString()});
                before = LetterClass::Separator;
                i = end;
                continue;
            }
        }
        const Step step = stepAt(text, i);
        const LetterClass now = table.classOf(step.value);
        if (now == LetterClass::Word || now == LetterClass::Ideograph) {
            if (now != before)
                terms.append(Term{now == LetterClass::Word ? Term::Word : Term::Ideographs, QString()});
            terms.last().text.append(text.sliced(i, step.units));
        }
        before = now;
        i += step.units;
    }
    return terms;
}

/// The characters of a run, each as a string of one or two UTF-16 units.
QStringList charactersOf(QStringView run)
{
    QStringList characters;
    for (qsizetype i = 0; i < run.size();) {
        const Step step = stepAt(run, i);
        characters.append(run.sliced(i, step.units).toString());
        i += step.units;
    }
    return characters;
}

QString matchIdeographs(const QString &run, QStringList &checks)
{
    const QStringList characters = charactersOf(run);
    if (characters.size() == 1)
        return quoted(run, true);
    QStringList pairs;
    for (qsizetype i = 0; i + 1 < characters.size(); ++i)
        pairs.append(quoted(QString(characters[i] + characters[i + 1])));
    if (characters.size() > 2)
        checks.append(run);
    pairs.removeDuplicates();
    return joined(pairs, u" AND ");
}

QString matchDigits(const QString &text)
{
    QStringList groups;
    for (const QString &group : tokenize(text, TokenMode::Query))
        groups.append(quoted(group));
    groups.last() += u'*';

    const PhoneDigits digits = phoneDigits(text);
    QStringList ways{joined(groups, u" AND ")};
    ways.append(quoted(digits.full, true));
    QStringList ends{digits.national};
    if (digits.national.size() >= 3)
        ways.append(quoted(digits.national, true));
    // A country code typed without its plus sign: only numbers this long can have one.
    if (digits.national == digits.full && digits.full.size() >= 12)
        ends.append(phoneDigits(u'+' + digits.full).national);
    // "0300" as the end of a number is meant as it stands; the trunk zero only goes from whole numbers.
    if (digits.full.size() < 7)
        ends = {digits.full};
    for (QString &end : ends) {
        if (end.size() < kMinPhoneDigits)
            continue;
        std::reverse(end.begin(), end.end());
        ways.append(quoted(QString(QChar(static_cast<char16_t>(kReversedMark)) + end), true));
    }
    ways.removeDuplicates();
    return joined(ways, u" OR ");
}

/// The words joined, if they may be the syllables of one name in pinyin.
QString joinedSyllables(const QList<Term> &terms)
{
    if (terms.size() < 2 || terms.size() > 6)
        return {};
    QString word;
    for (const Term &term : terms) {
        const bool isSyllable =
            term.kind == Term::Word && term.text.size() <= 6 &&
            std::all_of(term.text.cbegin(), term.text.cend(), [](QChar c) { return c >= u'a' && c <= u'z'; });
        if (!isSyllable)
            return {};
        word += term.text;
    }
    return word;
}

} // namespace

QString tokenizerIdentity()
{
    // The library that runs, not the headers the build saw: ICU comes with the system.
    UVersionInfo icu;
    UVersionInfo unicode;
    u_getVersion(icu);
    u_getUnicodeVersion(unicode);
    char icuText[U_MAX_VERSION_STRING_LENGTH];
    char unicodeText[U_MAX_VERSION_STRING_LENGTH];
    u_versionToString(icu, icuText);
    u_versionToString(unicode, unicodeText);
    return QStringLiteral("%1/ICU %2/Unicode %3")
        .arg(QString::number(kTokenizerVersion), QString::fromLatin1(icuText), QString::fromLatin1(unicodeText));
}

QString fold(QStringView text)
{
    if (isAscii(text))
        return text.toString().toLower();
    QString whole;
    if (const std::u16string_view units(text.utf16(), static_cast<std::size_t>(text.size())); needsComposing(units)) {
        whole = QString::fromStdU16String(composed(units));
        text = whole;
    }
    const LetterTable &table = LetterTable::instance();
    QString folded;
    folded.reserve(text.size());
    for (qsizetype i = 0; i < text.size();) {
        const Step step = stepAt(text, i);
        if (table.classOf(step.value) != LetterClass::Ignored) {
            const std::string_view form = table.folded(step.value);
            if (form.empty())
                folded.append(text.sliced(i, step.units));
            else
                folded.append(QString::fromUtf8(form.data(), static_cast<qsizetype>(form.size())));
        }
        i += step.units;
    }
    return folded;
}

QStringList tokenize(QStringView text, TokenMode mode)
{
    const QByteArray utf8 = text.toUtf8();
    QStringList tokens;
    splitTokens(
        {utf8.constData(), static_cast<std::size_t>(utf8.size())}, mode,
        [](void *context, const char *token, int length, int, int) {
            static_cast<QStringList *>(context)->append(QString::fromUtf8(token, length));
            return 0;
        },
        &tokens);
    return tokens;
}

SearchQuery buildMatch(QStringView query)
{
    const QList<Term> terms = termsOf(fold(query));
    SearchQuery result;
    const auto lastWord =
        std::find_if(terms.crbegin(), terms.crend(), [](const Term &t) { return t.kind == Term::Word; });
    QStringList parts;
    for (const Term &term : terms) {
        switch (term.kind) {
        case Term::Word:
            parts.append(quoted(term.text, &term == &*lastWord));
            break;
        case Term::Ideographs:
            parts.append(matchIdeographs(term.text, result.checks));
            break;
        case Term::Digits:
            parts.append(matchDigits(term.text));
            break;
        }
    }
    parts.removeDuplicates();
    result.checks.removeDuplicates();
    if (parts.isEmpty())
        return result;
    result.ftsMatch = parts.size() == 1 ? parts.constFirst() : joined(parts, u" AND ");
    if (const QString syllables = joinedSyllables(terms); !syllables.isEmpty())
        result.ftsMatch += QStringLiteral(" OR ") + quoted(syllables, true);
    return result;
}

bool verify(QStringView text, const SearchQuery &query)
{
    if (query.checks.isEmpty())
        return true;
    const QString folded = fold(text);
    return std::all_of(query.checks.cbegin(), query.checks.cend(),
                       [&folded](const QString &check) { return folded.contains(check); });
}

bool verify(QStringView text, QStringView query)
{
    return verify(text, buildMatch(query));
}

} // namespace fieldfare::storage
