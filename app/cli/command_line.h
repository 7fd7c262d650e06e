// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

#include <variant>

namespace fieldfare::app {

struct CommandLine {
    const CommandSpec *command = nullptr;
    Arguments arguments;
    QString profile;    ///< --profile
    QString secretFile; ///< --secret-file
    bool json = false;
};

/// The command line made no sense (exit code 2), or asked for help (0).
struct UsageText {
    QString text;
    int exitCode = 2;
};

/// Reads a line without the program's name. Global options (--profile, --json, --secret-file, --help, --version) may stand
/// anywhere; "--" ends the options; a value may follow as --name=value or as the next word.
[[nodiscard]] std::variant<CommandLine, UsageText> parseCommandLine(const QStringList &words);

/// Runs a parsed command and tells what went wrong on standard error. Returns the exit code.
int runCommand(const CommandLine &line, CommandContext &context);
/// What an error means to the caller: a sentence on standard error, and the exit code.
int reportError(CommandOutput &output, const base::Error &error, bool isWrongUsage);

} // namespace fieldfare::app
