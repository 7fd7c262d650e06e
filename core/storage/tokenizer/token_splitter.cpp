// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/tokenizer/token_splitter.h"

#include "core/storage/tokenizer/composition.h"
#include "core/storage/tokenizer/letter_table.h"

#include <array>
#include <cstring>
#include <string>

namespace fieldfare::storage {

namespace {

/// For each ASCII byte its lower-case form, or 0 if it parts words.
constexpr std::array<char, 128> kAscii = [] {
    std::array<char, 128> table{};
    for (char c = 'a'; c <= 'z'; ++c) {
        table[static_cast<std::size_t>(c)] = c;
        table[static_cast<std::size_t>(c - 'a' + 'A')] = c;
    }
    for (char c = '0'; c <= '9'; ++c)
        table[static_cast<std::size_t>(c)] = c;
    return table;
}();

struct CodePoint {
    char32_t value; ///< 0xFFFFFFFF: malformed
    int length;
};

CodePoint decode(const unsigned char *p, const unsigned char *end)
{
    constexpr CodePoint bad{0xFFFFFFFF, 1};
    const unsigned char lead = *p;
    const int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || end - p < length)
        return bad;
    char32_t value = lead & (0x7Fu >> length);
    for (int i = 1; i < length; ++i) {
        if ((p[i] & 0xC0) != 0x80)
            return bad;
        value = (value << 6) | (p[i] & 0x3F);
    }
    return {value, length};
}

class Splitter {
public:
    Splitter(std::string_view text, TokenMode mode, TokenSink sink, void *context)
        : m_begin(reinterpret_cast<const unsigned char *>(text.data())), m_end(m_begin + text.size()), m_mode(mode),
          m_sink(sink), m_context(context)
    {
    }

    int run()
    {
        const unsigned char *p = m_begin;
        int result = 0;
        while (p != m_end && result == 0) {
            if (*p < 0x80)
                p = takeAscii(p, result);
            else
                p = takeOther(p, result);
        }
        if (result == 0)
            result = endWord(m_end);
        if (result == 0)
            result = endRun();
        return result;
    }

private:
    const unsigned char *takeAscii(const unsigned char *p, int &result)
    {
        if (kAscii[*p] == 0) {
            result = endBoth(p);
            return p + 1;
        }
        if (m_runLength > 0)
            result = endRun();
        if (m_wordLength == 0)
            m_wordStart = p;
        for (; p != m_end && *p < 0x80 && kAscii[*p] != 0; ++p) {
            if (m_wordLength < kMaxTokenBytes)
                m_word[m_wordLength++] = kAscii[*p];
        }
        return p;
    }

    const unsigned char *takeOther(const unsigned char *p, int &result)
    {
        const CodePoint point = decode(p, m_end);
        const unsigned char *const next = p + point.length;
        switch (m_table.classOf(point.value)) {
        case LetterClass::Separator:
            result = endBoth(p);
            break;
        case LetterClass::Ignored:
            break;
        case LetterClass::Word:
            if (m_runLength > 0)
                result = endRun();
            appendToWord(p, formOf(p, point));
            break;
        case LetterClass::Ideograph:
            result = endWord(p);
            if (result == 0)
                result = appendToRun(p, next, formOf(p, point));
            break;
        }
        return next;
    }

    [[nodiscard]] std::string_view formOf(const unsigned char *p, CodePoint point) const
    {
        const std::string_view form = m_table.folded(point.value);
        if (!form.empty())
            return form;
        return {reinterpret_cast<const char *>(p), static_cast<std::size_t>(point.length)};
    }

    void appendToWord(const unsigned char *p, std::string_view form)
    {
        if (m_wordLength == 0)
            m_wordStart = p;
        if (m_wordLength + static_cast<int>(form.size()) > kMaxTokenBytes)
            return;
        std::memcpy(m_word + m_wordLength, form.data(), form.size());
        m_wordLength += static_cast<int>(form.size());
    }

    int appendToRun(const unsigned char *p, const unsigned char *next, std::string_view form)
    {
        int result = 0;
        const auto length = static_cast<int>(form.size());
        std::memcpy(m_pair + m_firstLength, form.data(), form.size());
        if (m_runLength > 0) {
            result = emit(m_pair, m_firstLength + length, m_firstStart, next);
            std::memmove(m_pair, m_pair + m_firstLength, form.size());
        }
        m_firstLength = length;
        m_firstStart = p;
        m_firstEnd = next;
        ++m_runLength;
        return result;
    }

    int endWord(const unsigned char *p)
    {
        if (m_wordLength == 0)
            return 0;
        const int length = m_wordLength;
        m_wordLength = 0;
        return emit(m_word, length, m_wordStart, p);
    }

    int endRun()
    {
        if (m_runLength == 0)
            return 0;
        const bool emitsLast = m_mode == TokenMode::Document || m_runLength == 1;
        const int length = m_firstLength;
        m_runLength = 0;
        m_firstLength = 0;
        return emitsLast ? emit(m_pair, length, m_firstStart, m_firstEnd) : 0;
    }

    int endBoth(const unsigned char *p)
    {
        const int result = endWord(p);
        return result == 0 ? endRun() : result;
    }

    int emit(const char *token, int length, const unsigned char *start, const unsigned char *end) const
    {
        return m_sink(m_context, token, length, static_cast<int>(start - m_begin), static_cast<int>(end - m_begin));
    }

    const LetterTable &m_table = LetterTable::instance();
    const unsigned char *m_begin;
    const unsigned char *m_end;
    TokenMode m_mode;
    TokenSink m_sink;
    void *m_context;

    char m_word[kMaxTokenBytes];
    int m_wordLength = 0;
    const unsigned char *m_wordStart = nullptr;

    char m_pair[16]; ///< The last ideograph of the run, then the one being added.
    int m_firstLength = 0;
    int m_runLength = 0;
    const unsigned char *m_firstStart = nullptr;
    const unsigned char *m_firstEnd = nullptr;
};

} // namespace

int splitTokens(std::string_view utf8, TokenMode mode, TokenSink sink, void *context)
{
    if (needsComposing(utf8)) {
        const std::string text = composed(utf8);
        return Splitter(text, mode, sink, context).run();
    }
    return Splitter(utf8, mode, sink, context).run();
}

} // namespace fieldfare::storage
