// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace fieldfare::base {

/// What a person is told: what happened, what was kept, what to do. One sentence each; `kept` may be empty.
struct ErrorWords {
    QString happened;
    QString kept;
    QString advice;

    /// One paragraph; Chinese sentences follow each other without a space.
    [[nodiscard]] QString joined() const;
};

/// The one table of words for every code: desktop, command line and server read it. In the language of the program's
/// translators (context "Errors"), English without any. The error's arguments stand where the sentences have %1, %2.
[[nodiscard]] ErrorWords errorWords(const Error &error);

/// The same in one paragraph, as the command line prints it. Detail and arguments that the sentences do not use are added.
[[nodiscard]] QString errorText(const Error &error);

} // namespace fieldfare::base
