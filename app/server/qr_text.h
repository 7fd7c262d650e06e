// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace fieldfare::app {

/// The text as a QR code (ISO/IEC 18004, correction level M) of Unicode half blocks: two rows of modules a line, dark ones drawn, with
/// the quiet zone of four modules around it. Empty for a text that is too long for any.
[[nodiscard]] QStringList qrLines(const QString &text);

/// The same for a terminal, black on white whatever its colours are: a code that is drawn light on dark is not read by every phone.
[[nodiscard]] QString qrForTerminal(const QString &text);

} // namespace fieldfare::app
