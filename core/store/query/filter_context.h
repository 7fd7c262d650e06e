// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"

#include <QString>
#include <QTimeZone>

#include <cstdint>

namespace fieldfare::store {

/// What a filter's words mean at the moment it is compiled.
struct FilterContext {
    std::int64_t nowMs = 0;                              ///< UTC; `now`, and `today` in the zone
    QTimeZone zone = QTimeZone::systemTimeZone();        ///< Days begin at this zone's midnight.
    QString currency = QStringLiteral("EUR");            ///< The company's: a bare number in a money field.
    base::Id user = {};                                  ///< `me` in fields that hold a user.
};

} // namespace fieldfare::store
