// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace fieldfare::changes {

/// Version of the algorithm below; golden vectors in tests/data/text_merge pin it.
inline constexpr int kTextMergeVersion = 1;

/// Joins two edits of one text (core/changes/docs/text-merge.md). Tokens are words, single CJK characters, runs of space
/// and single signs, over NFC. Changes that touch or overlap the same tokens, an empty base with two different texts, or
/// any text over 64 KiB of UTF-8 give no result: a clash for a person to decide.
[[nodiscard]] std::optional<QString> mergeTexts(const QString &base, const QString &mine, const QString &theirs);

} // namespace fieldfare::changes
