// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bench/bench.h"

#include <QByteArray>

namespace fieldfare::bench {

/// {"bench","value","unit","baseline","ratio","rows","cpu"}; what a line lacks is left out. One line, without its end.
[[nodiscard]] QByteArray toJson(const Line &line);
/// None for anything else.
[[nodiscard]] std::optional<Line> lineFromJson(const QByteArray &json);

} // namespace fieldfare::bench
