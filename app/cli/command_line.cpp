// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>

namespace fieldfare::app {

using base::ErrorCode;

namespace {

QString latin(const char *text)
{
    return QString::fromUtf8(text);
}

constexpr const char *kHelpEnd =
    "\n"
    "COMMAND --help tells the options of a command.\n"
    "\n"
    "The profile's passphrase unlocks the data on this computer. It comes from the first line of --secret-file FILE, from\n"
    "FIELDFARE_PASSPHRASE, or from a prompt. The account's password is the one that the server knows; only init --server and\n"
    "attach need it. It comes from --password-file FILE, from FIELDFARE_PASSWORD, or from a prompt. Where the account has\n"
    "a second factor, the code comes from FIELDFARE_CODE, or from a prompt.\n"
    "\n"
    "Exit code: 0 done, 1 refused or failed, 2 wrong usage. An import that rejected records, and a sync with conflicts or refused\n"
    "edits, are done: they count them. With --json standard output holds one object, or one a line for lists. Standard error then\n"
    "holds objects, too: {\"note\"} and, last, for what was not done {\"code\", \"message\", \"kept\", \"advice\", \"subject\"}.\n";

/// Whether --json stands before the end of the options.
bool wantsJson(const QStringList &words)
{
    const qsizetype end = words.indexOf(QStringLiteral("--"));
    return words.mid(0, end).contains(QStringLiteral("--json"));
}

QString usageOf(const CommandSpec &spec)
{
    QString text = QStringLiteral("usage: fieldfare-cli --profile DIR %1 %2\n  %3\n").arg(latin(spec.name), latin(spec.usage), latin(spec.help));
    for (const OptionSpec &option : spec.options) {
        const QString name = latin(option.name) + (option.value != nullptr ? QLatin1Char(' ') + latin(option.value) : QString());
        text += QStringLiteral("  --%1  %2\n").arg(name, -20).arg(latin(option.help));
    }
    return text;
}

QString usageOfAll()
{
    QString text = QStringLiteral("usage: fieldfare-cli --profile DIR COMMAND ... [--json] [--secret-file FILE]\n\n");
    for (const CommandSpec &spec : commands())
        text += QStringLiteral("  %1 %2\n").arg(latin(spec.name), latin(spec.usage));
    return text + QString::fromUtf8(kHelpEnd);
}

const OptionSpec *optionOf(const CommandSpec *command, const QString &name)
{
    static constexpr OptionSpec kGlobal[] = {{"profile", "DIR"}, {"json"}, {"secret-file", "FILE"}, {"help"}, {"version"}};
    for (const OptionSpec &option : kGlobal) {
        if (name == latin(option.name))
            return &option;
    }
    for (const OptionSpec &option : command != nullptr ? command->options : std::span<const OptionSpec>()) {
        if (name == latin(option.name))
            return &option;
    }
    return nullptr;
}

/// The first word that is neither an option nor the value of a global one.
const CommandSpec *commandOf(const QStringList &words, QString &name)
{
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString &word = words.at(i);
        if (!word.startsWith(QLatin1String("--"))) {
            name = word;
            for (const CommandSpec &spec : commands()) {
                if (word == latin(spec.name))
                    return &spec;
            }
            return nullptr;
        }
        const OptionSpec *option = optionOf(nullptr, word.mid(2));
        if (option != nullptr && option->value != nullptr)
            ++i;
    }
    return nullptr;
}

std::optional<UsageText> readOptions(const QStringList &words, CommandLine &line)
{
    bool isCommandSeen = false;
    bool isPastOptions = false;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString &word = words.at(i);
        if (!isPastOptions && word == QLatin1String("--")) {
            isPastOptions = true;
            continue;
        }
        if (isPastOptions || !word.startsWith(QLatin1String("--"))) {
            if (isCommandSeen)
                line.arguments.words.append(word);
            isCommandSeen = true;
            continue;
        }
        const qsizetype equals = word.indexOf(QLatin1Char('='));
        const QString name = equals < 0 ? word.mid(2) : word.mid(2, equals - 2);
        const OptionSpec *option = optionOf(line.command, name);
        if (option == nullptr)
            return UsageText{QStringLiteral("%1 has no option --%2").arg(latin(line.command->name), name), usageOf(*line.command)};
        QString value;
        if (option->value != nullptr) {
            if (equals < 0 && i + 1 >= words.size())
                return UsageText{QStringLiteral("--%1 needs a value").arg(name), usageOf(*line.command)};
            value = equals < 0 ? words.at(++i) : word.mid(equals + 1);
        }
        line.arguments.options[name].append(value);
    }
    return std::nullopt;
}

std::variant<CommandLine, UsageText> parsed(const QStringList &words)
{
    if (words.contains(QLatin1String("--version")))
        return UsageText{{}, QStringLiteral("fieldfare-cli %1\n").arg(QCoreApplication::applicationVersion()), 0};
    CommandLine line;
    QString name;
    line.command = commandOf(words, name);
    const bool wantsHelp = words.contains(QLatin1String("--help")) || name == QLatin1String("help");
    if (line.command == nullptr) {
        if (wantsHelp)
            return UsageText{{}, usageOfAll(), 0};
        return UsageText{name.isEmpty() ? QStringLiteral("a command is missing") : QStringLiteral("unknown command %1").arg(name), usageOfAll()};
    }
    if (wantsHelp)
        return UsageText{{}, usageOf(*line.command), 0};
    if (auto wrong = readOptions(words, line))
        return *wrong;
    line.profile = line.arguments.value("profile");
    line.secretFile = line.arguments.value("secret-file");
    line.json = line.arguments.has("json");
    const auto count = line.arguments.words.size();
    const bool isTooShort = count < line.command->fewestWords;
    if (isTooShort || (line.command->mostWords >= 0 && count > line.command->mostWords))
        return UsageText{isTooShort ? QStringLiteral("%1 needs more words").arg(name) : QStringLiteral("too many words for %1").arg(name), usageOf(*line.command)};
    if (line.profile.isEmpty())
        return UsageText{QStringLiteral("--profile DIR is missing"), usageOf(*line.command)};
    return line;
}

} // namespace

std::variant<CommandLine, UsageText> parseCommandLine(const QStringList &words)
{
    auto line = parsed(words);
    if (UsageText *usage = std::get_if<UsageText>(&line))
        usage->json = wantsJson(words);
    return line;
}

int reportUsage(CommandOutput &output, const UsageText &usage)
{
    if (usage.exitCode == 0) {
        output.out(usage.text.toUtf8());
    } else if (usage.json) {
        reportError(output, {ErrorCode::InvalidArgument, usage.problem}, {.json = true, .isWrongUsage = true});
    } else {
        output.err((usage.problem + QLatin1Char('\n') + usage.text).toUtf8());
    }
    return usage.exitCode;
}

int reportError(CommandOutput &output, const base::Error &error, const FailureManner &manner)
{
    if (manner.json) {
        QJsonObject object = base::errorJson(error, manner.occasion);
        if (manner.isWrongUsage) {
            object[QStringLiteral("message")] = error.detail;
            object[QStringLiteral("advice")] = QStringLiteral("fieldfare-cli COMMAND --help tells how it is written.");
        }
        output.err(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
    } else if (manner.isWrongUsage) {
        output.err(error.detail.toUtf8() + '\n');
    } else {
        output.err("error: " + base::errorText(error, manner.occasion).toUtf8() + '\n');
    }
    if (manner.isWrongUsage)
        return 2;
    switch (error.code) {
    case ErrorCode::UnknownEntity:
    case ErrorCode::UnknownField:
    case ErrorCode::BadExpression:
    case ErrorCode::MappingIncomplete:
    case ErrorCode::Unsupported:
        return 2;
    default:
        return 1;
    }
}

int runCommand(const CommandLine &line, CommandContext &context)
{
    context.json = line.json;
    const base::Result<void> result = line.command->run(context, line.arguments);
    return result.ok() ? 0 : reportError(context.output, result.error(), {.json = line.json, .isWrongUsage = context.isWrongUsage});
}

void writeNote(CommandOutput &output, bool json, const QString &text)
{
    output.err((json ? QJsonDocument(QJsonObject{{QStringLiteral("note"), text}}).toJson(QJsonDocument::Compact) : text.toUtf8()) + '\n');
}

void CommandContext::print(const QJsonObject &object)
{
    output.out(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

void CommandContext::say(const QString &text)
{
    if (!json)
        output.out(text.toUtf8() + '\n');
}

base::Error CommandContext::usage(const QString &text)
{
    isWrongUsage = true;
    return {ErrorCode::InvalidArgument, text};
}

QString CommandContext::path(const QString &given) const
{
    return QDir::cleanPath(QDir(workingFolder).absoluteFilePath(given));
}

base::Result<store::FilterContext> CommandContext::filterContext()
{
    FIELDFARE_ASSIGN(const store::ProfileInfo info, store.profileInfo());
    FIELDFARE_ASSIGN(const changes::ReplicaState state, store.replicaState());
    store::FilterContext context;
    context.nowMs = store.clock().wallMs();
    context.currency = info.currency;
    context.user = state.user;
    return context;
}

} // namespace fieldfare::app
