// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/tokenizer/pinyin.h"

#include "core/storage/tokenizer/pinyin_table.h"

#include <string_view>

namespace fieldfare::storage {

namespace {

struct Reading {
    std::u16string_view text;
    const char *syllables; ///< Parted by spaces, one a character.
};

// Longer ones before those they begin with.
constexpr Reading kPhrases[] = {
    {u"都江堰", "du jiang yan"}, {u"会计", "kuai ji"},    {u"重庆", "chong qing"},  {u"银行", "yin hang"},
    {u"商行", "shang hang"},     {u"行业", "hang ye"},    {u"车行", "che hang"},    {u"长沙", "chang sha"},
    {u"长江", "chang jiang"},    {u"长春", "chang chun"}, {u"长城", "chang cheng"}, {u"长安", "chang an"},
    {u"长治", "chang zhi"},      {u"长虹", "chang hong"}, {u"长兴", "chang xing"},  {u"长乐", "chang le"},
    {u"长寿", "chang shou"},     {u"长丰", "chang feng"}, {u"长远", "chang yuan"},  {u"长青", "chang qing"},
    {u"长荣", "chang rong"},     {u"长岛", "chang dao"},  {u"厦门", "xia men"},     {u"音乐", "yin yue"},
    {u"乐器", "yue qi"},         {u"乐清", "yue qing"},   {u"西藏", "xi zang"},     {u"藏族", "zang zu"},
    {u"蚌埠", "beng bu"},        {u"六安", "lu an"},      {u"番禺", "pan yu"},      {u"调味", "tiao wei"},
    {u"调节", "tiao jie"},       {u"传记", "zhuan ji"},   {u"重复", "chong fu"},
};

/// Readings that are more common in names than ICU's.
constexpr Reading kCharacters[] = {
    {u"都", "du"},
    {u"晟", "sheng"},
    {u"地", "di"},
};

constexpr Reading kSurnames[] = {
    {u"尉迟", "yu chi"}, {u"万俟", "mo qi"}, {u"曾", "zeng"}, {u"单", "shan"}, {u"仇", "qiu"}, {u"解", "xie"},
    {u"查", "zha"},      {u"盖", "ge"},      {u"朴", "piao"}, {u"翟", "zhai"}, {u"乐", "yue"}, {u"区", "ou"},
    {u"覃", "qin"},      {u"缪", "miao"},    {u"员", "yun"},  {u"黑", "he"},   {u"繁", "po"},  {u"召", "shao"},
};

bool isHan(QChar c)
{
    return c.unicode() >= kFirstPinyinCharacter && c.unicode() <= kLastPinyinCharacter;
}

/// The first row whose text the run begins with; null if there is none.
template <std::size_t size>
const Reading *findReading(const Reading (&rows)[size], QStringView run)
{
    for (const Reading &row : rows) {
        if (run.startsWith(QStringView(row.text)))
            return &row;
    }
    return nullptr;
}

void appendReading(const Reading &reading, QStringList &syllables)
{
    syllables.append(QString::fromLatin1(reading.syllables).split(u' '));
}

void appendRun(QStringView run, QStringList &syllables)
{
    const Reading *reading = run.size() <= 3 && run.size() >= 2 ? findReading(kSurnames, run) : nullptr;
    while (!run.isEmpty()) {
        if (reading == nullptr)
            reading = findReading(kPhrases, run);
        if (reading == nullptr)
            reading = findReading(kCharacters, run);
        qsizetype taken = 1;
        if (reading != nullptr) {
            appendReading(*reading, syllables);
            taken = static_cast<qsizetype>(reading->text.size());
        } else {
            const char *syllable = kPinyinSyllables[kPinyinSyllableOf[run[0].unicode() - kFirstPinyinCharacter]];
            if (*syllable != '\0')
                syllables.append(QString::fromLatin1(syllable));
        }
        run = run.sliced(taken);
        reading = nullptr;
    }
}

} // namespace

Pinyin pinyin(QStringView text)
{
    Pinyin result;
    for (qsizetype i = 0; i < text.size();) {
        if (!isHan(text[i])) {
            ++i;
            continue;
        }
        const qsizetype start = i;
        while (i < text.size() && isHan(text[i]))
            ++i;
        appendRun(text.sliced(start, i - start), result.syllables);
    }
    for (const QString &syllable : std::as_const(result.syllables)) {
        result.full += syllable;
        result.initials += syllable.front();
    }
    return result;
}

QString pinyinSearchText(QStringView text)
{
    const Pinyin reading = pinyin(text);
    if (reading.full.isEmpty())
        return {};
    QString indexed = reading.full + u' ' + reading.initials;
    if (reading.full.contains(u'v'))
        indexed += u' ' + QString(reading.full).replace(u'v', u'u');
    return indexed;
}

} // namespace fieldfare::storage
