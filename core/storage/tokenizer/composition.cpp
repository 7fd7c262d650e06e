// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/tokenizer/composition.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <algorithm>

namespace fieldfare::storage {

namespace {

constexpr bool isPiece(unsigned c)
{
    return c == 0x3099 || c == 0x309A || (c >= 0xFF65 && c <= 0xFF9F) || (c >= 0x1100 && c <= 0x11FF);
}

std::u16string normalized(const UNormalizer2 *normalizer, std::u16string_view text)
{
    UErrorCode status = U_ZERO_ERROR;
    std::u16string out(text.size() * 3 + 16, u'\0'); // NFC and the kana's NFKC grow a unit to three at most
    const int32_t length = unorm2_normalize(normalizer, text.data(), static_cast<int32_t>(text.size()), out.data(),
                                            static_cast<int32_t>(out.size()), &status);
    if (U_FAILURE(status))
        return std::u16string(text);
    out.resize(static_cast<std::size_t>(length));
    return out;
}

} // namespace

bool needsComposing(std::string_view utf8)
{
    const auto *p = reinterpret_cast<const unsigned char *>(utf8.data());
    for (const auto *const end = p + utf8.size(); end - p >= 3; ++p) {
        if (*p != 0xE1 && *p != 0xE3 && *p != 0xEF)
            continue;
        if (isPiece((*p & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu)))
            return true;
    }
    return false;
}

bool needsComposing(std::u16string_view text)
{
    return std::any_of(text.begin(), text.end(), [](char16_t c) { return isPiece(c); });
}

std::u16string composed(std::u16string_view text)
{
    UErrorCode status = U_ZERO_ERROR;
    static const UNormalizer2 *const nfkc = unorm2_getNFKCInstance(&status);
    static const UNormalizer2 *const nfc = unorm2_getNFCInstance(&status);
    std::u16string wide;
    wide.reserve(text.size());
    for (const char16_t c : text) {
        if (c >= 0xFF65 && c <= 0xFF9F)
            wide += normalized(nfkc, {&c, 1});
        else
            wide += c;
    }
    return normalized(nfc, wide);
}

std::string composed(std::string_view utf8)
{
    UErrorCode status = U_ZERO_ERROR;
    std::u16string text(utf8.size() + 1, u'\0');
    int32_t length = 0;
    u_strFromUTF8WithSub(text.data(), static_cast<int32_t>(text.size()), &length, utf8.data(),
                         static_cast<int32_t>(utf8.size()), 0xFFFD, nullptr, &status);
    text.resize(static_cast<std::size_t>(length));
    text = composed(std::u16string_view(text));
    std::string out(text.size() * 3 + 1, '\0');
    u_strToUTF8WithSub(out.data(), static_cast<int32_t>(out.size()), &length, text.data(),
                       static_cast<int32_t>(text.size()), 0xFFFD, nullptr, &status);
    if (U_FAILURE(status))
        return std::string(utf8);
    out.resize(static_cast<std::size_t>(length));
    return out;
}

} // namespace fieldfare::storage
