// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace fieldfare::storage {

inline constexpr char32_t kFirstPinyinCharacter = 0x3400;
inline constexpr char32_t kLastPinyinCharacter = 0x9FFF;

// Both are in pinyin_table.cpp, which the build makes with pinyin_table_generator.
extern const char *const kPinyinSyllables[];    ///< Index 0 is the empty one: no reading.
extern const std::uint16_t kPinyinSyllableOf[]; ///< By character, from kFirstPinyinCharacter on.

} // namespace fieldfare::storage
