// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace fieldfare::storage {

/// Whether a text holds pieces of ideographs that are to be one character before pairs are made: kana voice marks
/// (U+3099, U+309A), half-width kana (U+FF65..FF9F, whose voice marks stand apart), Hangul Jamo (U+1100..11FF).
[[nodiscard]] bool needsComposing(std::string_view utf8);
[[nodiscard]] bool needsComposing(std::u16string_view text);

/// The text with half-width kana widened, then in Unicode's NFC. Other compatibility characters stay as they are: the
/// letter table folds them one by one, so that it does not matter what else a text holds.
[[nodiscard]] std::u16string composed(std::u16string_view text);
[[nodiscard]] std::string composed(std::string_view utf8);

} // namespace fieldfare::storage
