// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"

#include <QByteArray>
#include <QString>

namespace fieldfare::server {

/// Codes that people read from a sheet and type: 80 random bits as 16 letters of base 32, in groups of four. Beyond guessing, so
/// that a plain hash may keep them.

/// The letters of a new one.
[[nodiscard]] QByteArray newTypedCode(base::RandomSource &random);
/// As it is printed: ABCD-EFGH-....
[[nodiscard]] QString legibleCode(const QByteArray &letters);
/// As it was printed, without what makes it legible, and with the letters that look like the digits somebody read.
[[nodiscard]] QByteArray typedLetters(const QString &code);

} // namespace fieldfare::server
