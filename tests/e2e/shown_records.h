// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/e2e/cli_runner.h"

#include <QMap>

#include <map>

namespace fieldfare::testing {

/// Records by id, each with its fields by name, as texts.
using Records = std::map<QString, QMap<QString, QString>>;

/// All of an entity that a device shows, by `export`. No value may hold a comma or a line break; what goes wrong ends
/// the test program.
[[nodiscard]] Records shownRecords(const CliRunner &cli, const char *entity);
/// Empty when there is none. Two of a name end the test program.
[[nodiscard]] QMap<QString, QString> recordNamed(const Records &records, const QByteArray &name);

} // namespace fieldfare::testing
