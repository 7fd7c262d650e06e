// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"

#include "core/base/error_words.h"

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
    text += QStringLiteral("\nThe passphrase comes from --secret-file, FIELDFARE_PASSPHRASE or a prompt, the account's password from\n"
                           "FIELDFARE_PASSWORD or a prompt. Exit code 0: done, 1: refused or failed, 2: wrong usage.\n");
    return text;
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
            return UsageText{QStringLiteral("unknown option --%1\n").arg(name) + usageOf(*line.command)};
        QString value;
        if (option->value != nullptr) {
            if (equals < 0 && i + 1 >= words.size())
                return UsageText{QStringLiteral("--%1 needs a value\n").arg(name) + usageOf(*line.command)};
            value = equals < 0 ? words.at(++i) : word.mid(equals + 1);
        }
        line.arguments.options[name].append(value);
    }
    return std::nullopt;
}

} // namespace

std::variant<CommandLine, UsageText> parseCommandLine(const QStringList &words)
{
    if (words.contains(QLatin1String("--version")))
        return UsageText{QStringLiteral("fieldfare-cli %1\n").arg(QCoreApplication::applicationVersion()), 0};
    CommandLine line;
    QString name;
    line.command = commandOf(words, name);
    const bool wantsHelp = words.contains(QLatin1String("--help")) || name == QLatin1String("help");
    if (line.command == nullptr) {
        if (wantsHelp)
            return UsageText{usageOfAll(), 0};
        return UsageText{(name.isEmpty() ? QString() : QStringLiteral("unknown command %1\n").arg(name)) + usageOfAll()};
    }
    if (wantsHelp)
        return UsageText{usageOf(*line.command), 0};
    if (auto wrong = readOptions(words, line))
        return *wrong;
    line.profile = line.arguments.value("profile");
    line.secretFile = line.arguments.value("secret-file");
    line.json = line.arguments.has("json");
    const auto count = line.arguments.words.size();
    if (count < line.command->fewestWords || (line.command->mostWords >= 0 && count > line.command->mostWords))
        return UsageText{usageOf(*line.command)};
    if (line.profile.isEmpty())
        return UsageText{QStringLiteral("--profile DIR is missing\n") + usageOf(*line.command)};
    return line;
}

int reportError(CommandOutput &output, const base::Error &error, bool isWrongUsage)
{
    if (isWrongUsage) {
        output.err(error.detail.toUtf8() + '\n');
        return 2;
    }
    output.err("error: " + base::errorText(error).toUtf8() + '\n');
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
    return result.ok() ? 0 : reportError(context.output, result.error(), context.isWrongUsage);
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
