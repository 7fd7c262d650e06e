// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace fieldfare::app {

/// What a second program asks the one that has the profile open: a command line, without secrets. Over DIR/run.sock, as frames
/// of 4 bytes length (big endian) and one CBOR item: the request is [1, [words], working folder]; the answers are
/// [3, 0] once the command is taken (before it the other program may try again), [0, bytes] for standard output, [1, bytes] for
/// standard error and, last, [2, exit code].
struct CommandRequest {
    QStringList words;
    QString workingFolder;
};

struct CommandAnswer {
    enum class Kind { Output = 0, Error = 1, Exit = 2, Taken = 3 };
    Kind kind = Kind::Output;
    QByteArray bytes;
    int exitCode = 0;
};

namespace command_wire {

/// The words of a second start of the desktop: the one that runs shows its window and answers 0; other programs refuse them.
inline const QStringList kActivate{QStringLiteral("--activate")};

inline constexpr qsizetype kMaxFrame = 1024 * 1024;

[[nodiscard]] QByteArray frame(const CommandRequest &request);
[[nodiscard]] QByteArray frame(const CommandAnswer &answer);

/// Takes one whole frame from the front of the buffer; nullopt until there is one. `isBroken` is set for one that is too large.
[[nodiscard]] std::optional<QByteArray> takeFrame(QByteArray &buffer, bool &isBroken);
[[nodiscard]] std::optional<CommandRequest> readRequest(const QByteArray &body);
[[nodiscard]] std::optional<CommandAnswer> readAnswer(const QByteArray &body);

} // namespace command_wire
} // namespace fieldfare::app
