// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QStringView>

namespace fieldfare::storage {

/// How the Han characters of a text are typed in pinyin; all other characters are passed over.
struct Pinyin {
    QString full;     ///< Joined, without tones, ü as v: 吕布 is lvbu. Empty without Han characters.
    QString initials; ///< 张三丰 is zsf.
    QStringList syllables;

    friend bool operator==(const Pinyin &, const Pinyin &) = default;
};

/// Readings come from ICU's Han-Latin transliterator. Loading its rules takes 0.4 s and a character some 80 µs, so the
/// build asks it once for all of U+3400..U+9FFF (pinyin_table_generator.cpp) and a look-up is all that is left.
/// It knows one reading a character; a small table mends what a customer list is full of: place names and trades
/// (重庆, 成都, 厦门, 银行), and surnames with a reading of their own at the beginning of names of two or three
/// characters.
[[nodiscard]] Pinyin pinyin(QStringView text);

/// What to index for a name: the full form and the initials, and the full form with u for v where there is a v, as
/// people type both; empty without Han characters.
[[nodiscard]] QString pinyinSearchText(QStringView text);

} // namespace fieldfare::storage
