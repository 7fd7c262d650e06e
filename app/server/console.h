// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QJsonObject>
#include <QString>

namespace fieldfare::app {

/// Exit codes of COMMANDS: 0 done, 1 refused or failed, 2 wrong usage.
enum ExitCode { Done = 0, Failed = 1, WrongUsage = 2 };

/// What the program says: results on standard output, messages on standard error; with --json objects only, one a line.
class Console {
public:
    explicit Console(bool json) : m_json(json) {}

    /// `sentence` for people, `object` for programs.
    void result(const QString &sentence, const QJsonObject &object) const;
    /// A line beside the result; with --json as {"note": text}.
    void message(const QString &text) const;
    /// The line makes no sense: says why, and how it is written. Returns WrongUsage.
    [[nodiscard]] int wrongUsage(const QString &why, const QString &usage) const;
    /// Says why, with --json as base::errorJson(), and returns Failed.
    [[nodiscard]] int failure(const base::Error &error) const;

private:
    bool m_json;
};

} // namespace fieldfare::app
