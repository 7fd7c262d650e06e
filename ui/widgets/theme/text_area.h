// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace fieldfare::ui {

/// Margin of the document of a QPlainTextEdit: with the room that its frame takes the text starts 8 px from the edge, as in
/// the other fields. For the constructor, before anything is connected: to change it later tells of changed contents.
inline constexpr int kTextAreaMargin = 2;

} // namespace fieldfare::ui
