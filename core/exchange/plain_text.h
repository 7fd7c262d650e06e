// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

namespace fieldfare::exchange {

/// A number or date as typed in any of the widths in use: full-width forms (U+FF01..FF5E) become ASCII, every kind of
/// space becomes U+0020, the minus sign and dashes become '-'; leading and trailing spaces go.
[[nodiscard]] QString toPlainText(QStringView text);

} // namespace fieldfare::exchange
