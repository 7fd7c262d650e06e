// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QCoreApplication>

namespace fieldfare::ui {

/// An error as a person reads it: what happened and what was kept, then what to do. Details come from Error::detail.
struct ErrorSentence {
    QString what; ///< One sentence: what happened.
    QString next; ///< One sentence: what was kept, or what to do. May be empty.
    [[nodiscard]] QString joined() const { return next.isEmpty() ? what : what + QLatin1Char(' ') + next; }
};

/// The words for every error code, in the language of the program.
class ErrorText {
    Q_DECLARE_TR_FUNCTIONS(ErrorText)

public:
    [[nodiscard]] static ErrorSentence sentence(const base::Error &error);
};

} // namespace fieldfare::ui
