// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/check/profile_check.h"
#include "core/store/query/filter_context.h"
#include "core/store/query/row_view.h"
#include "core/store/store.h"

#include <QHash>
#include <QJsonObject>
#include <QStringList>

#include <functional>
#include <optional>
#include <span>

namespace fieldfare::app {

/// Where a command writes: this program's standard streams, or a local socket to the program that asked.
class CommandOutput {
public:
    virtual ~CommandOutput() = default;
    virtual void out(const QByteArray &bytes) = 0;
    virtual void err(const QByteArray &bytes) = 0;
};

/// A line for people beside the results, on standard error; with --json as {"note": text}, so that whatever stands there can
/// be read by programs.
void writeNote(CommandOutput &output, bool json, const QString &text);

/// What stood on the command line after the command's name.
struct Arguments {
    QStringList words;
    QHash<QString, QStringList> options; ///< By name without dashes; flags have one empty value.

    [[nodiscard]] bool has(const char *name) const { return options.contains(QString::fromLatin1(name)); }
    [[nodiscard]] QString value(const char *name) const { return options.value(QString::fromLatin1(name)).value(0); }
    [[nodiscard]] QStringList values(const char *name) const { return options.value(QString::fromLatin1(name)); }
};

/// The server's checksum beside the device's own, as the check command asks for it.
struct ChecksumComparison {
    bool isAcceptable = false; ///< Equal, or not to be compared now (the server has newer changes).
    QString state;             ///< "equal", "newer", "different"
    QString detail;            ///< English.
};

/// What a command works with; for the time of one call, on the store's thread.
struct CommandContext {
    store::Store &store;
    CommandOutput &output;
    bool json = false;
    QString workingFolder;
    /// Called now and then by long commands; true: stop.
    std::function<bool()> idle = {};
    /// Somebody works in this profile meanwhile and must not wait for a long command.
    bool isShared = false;
    /// Asks the server; empty where there is none, or where this program cannot wait for it here.
    std::function<base::Result<ChecksumComparison>(const store::ProfileCheckReport &)> compareChecksum = {};
    bool isWrongUsage = false;

    void note(const QString &text) { writeNote(output, json, text); }
    /// One JSON object on a line of its own.
    void print(const QJsonObject &object);
    /// A line for people on standard output; nothing with --json.
    void say(const QString &text);
    /// To be returned by a command whose line makes no sense.
    [[nodiscard]] base::Error usage(const QString &text);
    [[nodiscard]] QString path(const QString &given) const;
    base::Result<store::FilterContext> filterContext();
};

struct OptionSpec {
    const char *name;
    const char *value = nullptr; ///< Placeholder; null for a flag.
    const char *help = "";
};

enum class CommandKind : std::uint8_t {
    Store,      ///< Works on the open store; runs in whichever program has it open.
    Sync,       ///< Needs the network as well.
    Init,       ///< Makes the profile.
    Passphrase, ///< Works on the key file alone.
    Attach,     ///< Replaces the profile's database.
    Backup,     ///< Copies the profile (that part runs in whichever program has it open), or makes one of a copy.
    Salvage,    ///< Reads a damaged profile into a new one.
    Wipe,       ///< Removes the profile.
    Key,        ///< Replaces the profile's data key.
    Recover,    ///< Gets into a profile whose passphrase was forgotten.
};

/// It cannot run in a program that has the profile open, nor be handed to one.
[[nodiscard]] constexpr bool needsClosedProfile(CommandKind kind)
{
    return kind != CommandKind::Store && kind != CommandKind::Sync;
}

struct CommandSpec {
    const char *name;
    const char *usage; ///< After the name.
    const char *help;
    int fewestWords;
    int mostWords; ///< -1: any number.
    std::span<const OptionSpec> options = {};
    CommandKind kind = CommandKind::Store;
    base::Result<void> (*run)(CommandContext &, const Arguments &) = nullptr;
};

[[nodiscard]] std::span<const CommandSpec> commands();

namespace commands_impl {
using Run = base::Result<void>(CommandContext &, const Arguments &);
Run create, set, get, trash, restore;
Run list, count, search, fields, rights;
Run history, undo, conflicts, tray;
Run importFile, exportFile, generate, check, sql;
} // namespace commands_impl

} // namespace fieldfare::app
