// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "core/base/error_words.h"

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
    QString problem; ///< In one sentence; empty with help.
    QString text;    ///< How it is written.
    int exitCode = 2;
    bool json = false;
};

/// Reads a line without the program's name. Global options (--profile, --json, --secret-file, --help, --version) may stand
/// anywhere; "--" ends the options; a value may follow as --name=value or as the next word.
[[nodiscard]] std::variant<CommandLine, UsageText> parseCommandLine(const QStringList &words);

/// Runs a parsed command and tells what went wrong on standard error. Returns the exit code.
int runCommand(const CommandLine &line, CommandContext &context);
/// How a failure is told.
struct FailureManner {
    bool json = false;
    bool isWrongUsage = false;
    base::Occasion occasion = base::Occasion::Working;
};

/// What an error means to the caller: a sentence on standard error, with --json one object (base::errorJson), and the exit code.
int reportError(CommandOutput &output, const base::Error &error, const FailureManner &manner);
/// The same for a line that could not be read. Help goes to standard output.
int reportUsage(CommandOutput &output, const UsageText &usage);

} // namespace fieldfare::app
