// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <span>

namespace fieldfare::app {

struct ServerOptionSpec {
    const char *name;
    const char *value; ///< Placeholder; null for a flag.
    const char *help;
};

/// One command of fieldfare-server as it is written and explained. main() parses by it and runs it.
struct ServerCommandSpec {
    const char *name;
    const char *usage; ///< After the name, without --data.
    const char *help;
    int mostWords = 0; ///< After the name.
    std::span<const ServerOptionSpec> options = {};
};

[[nodiscard]] std::span<const ServerCommandSpec> serverCommands();
/// Those that every command takes.
[[nodiscard]] std::span<const ServerOptionSpec> commonServerOptions();
/// Null for an unknown name.
[[nodiscard]] const ServerCommandSpec *serverCommand(const QString &name);

/// Keys of the roles that every company starts with, the one of a new user (kUsualRole) among them.
[[nodiscard]] QStringList builtInRoles();
inline constexpr const char *kUsualRole = "sales_representative";

/// What --help says about all commands (null), or about one.
[[nodiscard]] QString serverUsage(const ServerCommandSpec *command);

} // namespace fieldfare::app
