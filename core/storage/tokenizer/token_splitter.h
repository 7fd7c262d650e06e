// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace fieldfare::storage {

enum class TokenMode : std::uint8_t {
    Document, ///< A run of ideographs gives its overlapping pairs and its last character alone.
    Query,    ///< The same without the last character, unless the run is that one character.
};

/// Takes one token (UTF-8, folded) and where it stood in the text, in bytes. A result other than 0 ends the split.
using TokenSink = int (*)(void *context, const char *token, int length, int start, int end);

/// The longest token in bytes; what is longer is cut at a character, in documents and queries alike.
inline constexpr int kMaxTokenBytes = 128;

/// Splits UTF-8 text into search tokens and hands each to `sink`; returns the sink's last result. Malformed bytes part
/// words. ASCII text costs no table look-up beyond 128 bytes; nothing allocates unless the text holds kana voice marks
/// or Hangul letters standing apart, which are composed first.
int splitTokens(std::string_view utf8, TokenMode mode, TokenSink sink, void *context);

} // namespace fieldfare::storage
