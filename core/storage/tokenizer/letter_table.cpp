// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/tokenizer/letter_table.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

#include <algorithm>

namespace fieldfare::storage {

namespace {

bool isIdeograph(char32_t c)
{
    return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFD) ||
           (c >= 0xAC00 && c <= 0xD7A3) || c == 0x3005 || c == 0x3007 || (c >= 0x3041 && c <= 0x3096) ||
           (c >= 0x309D && c <= 0x309F) || (c >= 0x30A1 && c <= 0x30FA) || (c >= 0x30FC && c <= 0x312F) ||
           (c >= 0x31A0 && c <= 0x31FF) || (c >= 0x1B000 && c <= 0x1B16F);
}

bool isLetterOrDigit(char32_t c)
{
    const auto mask = U_GET_GC_MASK(static_cast<UChar32>(c));
    return (mask & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}

LetterClass rawClass(char32_t c)
{
    if (c == kReversedMark)
        return LetterClass::Word;
    if (isIdeograph(c))
        return LetterClass::Ideograph;
    if (isLetterOrDigit(c))
        return LetterClass::Word;
    const auto code = static_cast<UChar32>(c);
    if (u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
        return LetterClass::Ignored;
    if ((U_GET_GC_MASK(code) & U_GC_M_MASK) == 0)
        return LetterClass::Separator;
    // Accents and vowel points go; the vowel signs of Indic scripts are part of the word.
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(code, &status);
    const bool isPoint = script == USCRIPT_INHERITED || script == USCRIPT_COMMON || script == USCRIPT_ARABIC ||
                         script == USCRIPT_HEBREW || script == USCRIPT_CYRILLIC;
    return isPoint ? LetterClass::Ignored : LetterClass::Word;
}

/// Letters with a stroke or of their own that people type as plain ones.
std::u32string_view plainForm(char32_t c)
{
    switch (c) {
    case 0x00E6:
        return U"ae";
    case 0x00F0:
        return U"d";
    case 0x00F8:
        return U"o";
    case 0x00FE:
        return U"th";
    case 0x0111:
        return U"d";
    case 0x0127:
        return U"h";
    case 0x0131:
        return U"i";
    case 0x0142:
        return U"l";
    case 0x014B:
        return U"n";
    case 0x0153:
        return U"oe";
    case 0x0167:
        return U"t";
    case 0x01B6:
        return U"z";
    case 0x0259:
        return U"e";
    default:
        return {};
    }
}

bool losesAccents(char32_t c)
{
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &status);
    return script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC;
}

std::u32string normalized(const UNormalizer2 *normalizer, const std::u32string &text)
{
    std::u16string in;
    for (const char32_t c : text) {
        char16_t units[2];
        int32_t length = 0;
        U16_APPEND_UNSAFE(units, length, c);
        in.append(units, static_cast<std::size_t>(length));
    }
    char16_t buffer[64];
    UErrorCode status = U_ZERO_ERROR;
    const int32_t length =
        unorm2_normalize(normalizer, in.data(), static_cast<int32_t>(in.size()), buffer, 64, &status);
    if (U_FAILURE(status))
        return text;
    std::u32string out;
    for (int32_t i = 0; i < length;) {
        UChar32 c = 0;
        U16_NEXT_UNSAFE(buffer, i, c);
        out.push_back(static_cast<char32_t>(c));
    }
    return out;
}

std::u32string foldedForm(char32_t c)
{
    UErrorCode status = U_ZERO_ERROR;
    static const UNormalizer2 *const caseFold = unorm2_getNFKCCasefoldInstance(&status);
    static const UNormalizer2 *const decompose = unorm2_getNFDInstance(&status);
    const std::u32string lower = normalized(caseFold, {c});
    std::u32string out;
    for (const char32_t part : lower) {
        if (!losesAccents(part)) {
            if (rawClass(part) != LetterClass::Ignored)
                out.push_back(part);
            continue;
        }
        for (const char32_t piece : normalized(decompose, {part})) {
            if (const auto plain = plainForm(piece); !plain.empty())
                out.append(plain);
            else if (rawClass(piece) != LetterClass::Ignored)
                out.push_back(piece);
        }
    }
    return out;
}

} // namespace

void appendUtf8(std::string &out, char32_t c)
{
    const auto push = [&out](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    if (c < 0x80) {
        push(c);
    } else if (c < 0x800) {
        push(0xC0 | (c >> 6));
        push(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        push(0xE0 | (c >> 12));
        push(0x80 | ((c >> 6) & 0x3F));
        push(0x80 | (c & 0x3F));
    } else {
        push(0xF0 | (c >> 18));
        push(0x80 | ((c >> 12) & 0x3F));
        push(0x80 | ((c >> 6) & 0x3F));
        push(0x80 | (c & 0x3F));
    }
}

const LetterTable &LetterTable::instance()
{
    static const LetterTable table;
    return table;
}

LetterTable::LetterTable()
{
    m_forms.emplace_back(); // 0: folds to itself
    for (char32_t c = 0; c < 0x10000; ++c) {
        // The big blocks fold to themselves; asking ICU about each of their characters would triple the time.
        // Single Hangul letters stay: their folded forms are Jamo, which would then be composed.
        const bool isPlain = (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) ||
                             (c >= 0x3131 && c <= 0x318E) || (c >= 0xFFA0 && c <= 0xFFDC);
        const bool isEmpty = (c >= 0xD7FC && c <= 0xF8FF);
        if (isPlain)
            m_classes[c] = LetterClass::Ideograph;
        else if (isEmpty)
            m_classes[c] = c == kReversedMark ? LetterClass::Word : LetterClass::Separator;
        else
            build(c);
    }
    // Letters with case, mathematical letters, compatibility ideographs.
    constexpr char32_t ranges[][2] = {{0x10400, 0x104FF}, {0x1D400, 0x1D7FF}, {0x2F800, 0x2FA1F}};
    for (const auto &range : ranges) {
        for (char32_t c = range[0]; c <= range[1]; ++c) {
            LetterClass letterClass = classOfSupplementary(c);
            if (const std::uint16_t form = formOf(c, letterClass); form != 0)
                m_supplementaryForms.emplace(c, form);
        }
    }
}

void LetterTable::build(char32_t c)
{
    m_classes[c] = rawClass(c);
    m_formOf[c] = formOf(c, m_classes[c]);
}

/// The index of the folded form, 0 for none; mends the class to what the folded form is.
std::uint16_t LetterTable::formOf(char32_t c, LetterClass &letterClass)
{
    if (letterClass == LetterClass::Ignored || letterClass == LetterClass::Separator)
        return 0;
    const std::u32string form = foldedForm(c);
    if (form.empty()) {
        letterClass = LetterClass::Ignored;
        return 0;
    }
    // What folds to something that is not a word through and through, such as one half, parts words.
    const LetterClass first = rawClass(form.front());
    const bool isUniform = std::all_of(form.begin(), form.end(), [first](char32_t f) { return rawClass(f) == first; });
    const bool isLetter = first == LetterClass::Word || (first == LetterClass::Ideograph && form.size() == 1);
    letterClass = isUniform && isLetter ? first : LetterClass::Separator;
    if (letterClass == LetterClass::Separator || (form.size() == 1 && form.front() == c))
        return 0;
    std::string bytes;
    for (const char32_t f : form)
        appendUtf8(bytes, f);
    m_forms.push_back(std::move(bytes));
    return static_cast<std::uint16_t>(m_forms.size() - 1);
}

LetterClass LetterTable::classOfSupplementary(char32_t c)
{
    return c <= 0x10FFFF ? rawClass(c) : LetterClass::Separator;
}

std::string_view LetterTable::foldedSupplementary(char32_t c) const
{
    const auto form = m_supplementaryForms.find(c);
    return form == m_supplementaryForms.end() ? std::string_view() : std::string_view(m_forms[form->second]);
}

} // namespace fieldfare::storage
