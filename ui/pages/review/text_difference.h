// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace fieldfare::ui {

/// A run of UTF-16 units.
struct TextRange {
    qsizetype start = 0;
    qsizetype length = 0;
    friend bool operator==(const TextRange &, const TextRange &) = default;
};

/// The parts of `after` that `before` does not have, word by word (Han and kana character by character): a longest common
/// subsequence over at most 2,000 words, beyond which the whole text counts as different.
[[nodiscard]] QList<TextRange> addedRanges(const QString &before, const QString &after);

} // namespace fieldfare::ui
