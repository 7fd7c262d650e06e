// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QJsonObject>

namespace fieldfare::base {

/// What a person is told: what happened, what was kept, what to do. One sentence each; `kept` may be empty.
struct ErrorWords {
    QString happened;
    QString kept;
    QString advice;

    /// One paragraph; Chinese sentences follow each other without a space.
    [[nodiscard]] QString joined() const;
};

/// What was being done when it failed: what was kept, and what there is to do, differ.
enum class Occasion : std::uint8_t {
    Working,       ///< In a profile: edits wait for the next sync.
    Enrolling,     ///< A profile is being made or about to join a server: there is nothing that could be kept.
    Downloading,   ///< The first download of a profile that has joined.
    Administering, ///< At a server's own data.
    BackingUp,     ///< What fails leaves records and former backups as they are.
    Updating,      ///< A profile of an older version is brought up to this one while it opens.
    UsingBackup,   ///< A backup is tried out, restored or brought back from: what is damaged is the backup.
};

/// The one table of words for every code: desktop, command line and server read it. In the language of the program's
/// translators (context "Errors"), English without any. The error's arguments stand where the sentences have %1, %2.
[[nodiscard]] ErrorWords errorWords(const Error &error, Occasion occasion = Occasion::Working);

/// The same in one paragraph, as the programs without windows print it, with the error's detail in brackets.
[[nodiscard]] QString errorText(const Error &error, Occasion occasion = Occasion::Working);

/// The same for programs: {"code","message","kept","advice","subject"}. `subject` is the error's arguments (a name, a path, a
/// field and its value) parted by spaces; the sentences are those of errorText().
[[nodiscard]] QJsonObject errorJson(const Error &error, Occasion occasion = Occasion::Working);

} // namespace fieldfare::base
