// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fieldfare::storage {

/// What a character means to the search.
enum class LetterClass : std::uint8_t {
    Separator, ///< Ends words and runs: spaces, punctuation, symbols, emoji.
    Word,      ///< Letters and digits of scripts that part their words.
    Ideograph, ///< Han, kana, Hangul, Bopomofo: written without spaces, indexed as overlapping pairs.
    Ignored,   ///< Combining accents, joiners, variation selectors: as if not there.
};

/// The first character of the private use area. Search text made by this library puts it before the reversed digits of
/// a telephone number (see phone_digits.h); it counts as a letter, all other private characters as separators.
inline constexpr char32_t kReversedMark = 0xE000;

/// Character classes and folded forms for search: compatibility forms replaced (full width, ligatures), lower case,
/// Latin, Greek and Cyrillic without accents (also ø, ł, đ and the like, which Unicode does not decompose).
/// Built once from ICU (about 10 ms); afterwards a look-up without ICU, but for the class of characters beyond U+FFFF.
/// Thread safe.
class LetterTable {
public:
    static const LetterTable &instance();

    [[nodiscard]] LetterClass classOf(char32_t c) const { return c < 0x10000 ? m_classes[c] : classOfSupplementary(c); }

    /// The folded form in UTF-8; empty if it is the character itself. Never holds Separator or Ignored characters.
    [[nodiscard]] std::string_view folded(char32_t c) const
    {
        return c < 0x10000 ? std::string_view(m_forms[m_formOf[c]]) : foldedSupplementary(c);
    }

private:
    LetterTable();
    void build(char32_t c);
    [[nodiscard]] std::uint16_t formOf(char32_t c, LetterClass &letterClass);
    [[nodiscard]] static LetterClass classOfSupplementary(char32_t c);
    [[nodiscard]] std::string_view foldedSupplementary(char32_t c) const;

    std::array<LetterClass, 0x10000> m_classes{};
    std::array<std::uint16_t, 0x10000> m_formOf{};
    std::vector<std::string> m_forms;
    std::unordered_map<char32_t, std::uint16_t> m_supplementaryForms;
};

/// Appends a code point in UTF-8 (RFC 3629).
void appendUtf8(std::string &out, char32_t c);

} // namespace fieldfare::storage
