// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QJsonObject>
#include <QString>

namespace fieldfare::app {

/// Exit codes of COMMANDS: 0 done, 1 refused or failed, 2 wrong usage.
enum ExitCode { Done = 0, Failed = 1, WrongUsage = 2 };

/// What the program says: results on standard output (with --json one object a line and nothing else), messages on
/// standard error.
class Console {
public:
    explicit Console(bool json) : m_json(json) {}

    /// `sentence` for people, `object` for programs.
    void result(const QString &sentence, const QJsonObject &object) const;
    void message(const QString &text) const;
    /// Says why and returns Failed.
    [[nodiscard]] int failure(const base::Error &error) const;

private:
    bool m_json;
};

} // namespace fieldfare::app
