// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Writes pinyin_table.cpp: run by the build, no part of the product. Usage: pinyin_table_generator OUTPUT
#include "core/storage/tokenizer/pinyin_table.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>

#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace {

/// lǚ -> lv: tones go, the diaeresis of ü makes a v. Empty for what is no syllable of plain letters.
std::string plainSyllable(const icu::UnicodeString &reading, const icu::Normalizer2 &decompose)
{
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString pieces = decompose.normalize(reading, status);
    std::string syllable;
    for (int32_t i = 0; i < pieces.length(); ++i) {
        const char16_t c = pieces[i];
        if (c >= u'a' && c <= u'z')
            syllable.push_back(static_cast<char>(c));
        else if (c == 0x0308 && !syllable.empty() && syllable.back() == 'u')
            syllable.back() = 'v';
        else if (c < 0x0300 || c > 0x036F)
            return {};
    }
    return syllable;
}

} // namespace

int main(int argc, char **argv)
{
    using namespace fieldfare::storage;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> transliterator(
        icu::Transliterator::createInstance("Han-Latin", UTRANS_FORWARD, status));
    const icu::Normalizer2 *decompose = icu::Normalizer2::getNFDInstance(status);
    if (argc != 2 || U_FAILURE(status)) {
        std::fprintf(stderr, "pinyin_table_generator: %s\n", argc != 2 ? "usage" : u_errorName(status));
        return 1;
    }
    std::map<std::string, std::size_t> indexes{{"", 0}};
    std::vector<std::string> syllables{""};
    std::vector<std::size_t> table;
    for (char32_t c = kFirstPinyinCharacter; c <= kLastPinyinCharacter; ++c) {
        icu::UnicodeString text(static_cast<UChar32>(c));
        transliterator->transliterate(text);
        const std::string syllable = plainSyllable(text, *decompose);
        const auto [entry, isNew] = indexes.emplace(syllable, syllables.size());
        if (isNew)
            syllables.push_back(syllable);
        table.push_back(entry->second);
    }

    std::FILE *out = std::fopen(argv[1], "w");
    if (out == nullptr)
        return 1;
    std::fputs("// Made by pinyin_table_generator from ICU's Han-Latin transliterator.\n"
               "#include \"core/storage/tokenizer/pinyin_table.h\"\n"
               "namespace fieldfare::storage {\n"
               "const char *const kPinyinSyllables[] = {",
               out);
    for (const std::string &syllable : syllables)
        std::fprintf(out, "\"%s\",", syllable.c_str());
    std::fputs("};\nconst std::uint16_t kPinyinSyllableOf[] = {", out);
    for (std::size_t i = 0; i < table.size(); ++i)
        std::fprintf(out, "%zu,%s", table[i], i % 32 == 31 ? "\n" : "");
    std::fputs("};\n}\n", out);
    return std::fclose(out) == 0 ? 0 : 1;
}
