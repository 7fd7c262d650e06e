// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QChar>

namespace fieldfare::model {

/// U+001F, between the parts of a value that is one text: an address (street, town, region, post code, country) or the
/// names of tags.
inline constexpr QChar kUnitSeparator(0x1F);

} // namespace fieldfare::model
