// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/commands.h"
#include "core/base/platform.h"
#include "core/base/secret.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace {

using namespace fieldfare::app;

const char *const kUsage =
    "fieldfare-server: the sync server of Fieldfare\n"
    "\n"
    "  fieldfare-server init   --data DIR --admin NAME [--host NAME|IP,...] [--company NAME] [--currency CODE]\n"
    "  fieldfare-server serve  --data DIR [--listen 127.0.0.1:8443] [--cert FILE --key FILE]\n"
    "  fieldfare-server user   add NAME --data DIR [--role ROLE] [--team TEAM]\n"
    "  fieldfare-server user   list --data DIR\n"
    "  fieldfare-server user   disable NAME --data DIR\n"
    "  fieldfare-server verify --data DIR\n"
    "\n"
    "Every command takes --json and --secret-file FILE (the passphrase of the data, in a file outside of DIR that only its\n"
    "owner may read). Otherwise FIELDFARE_PASSPHRASE gives the passphrase and FIELDFARE_PASSWORD the account's password, or\n"
    "a prompt asks for them. Exit code: 0 done, 1 refused or failed, 2 wrong usage.\n";

int wrongUsage(const Console &console, const QString &why)
{
    console.message(QStringLiteral("fieldfare-server: %1\n\n%2").arg(why, QString::fromLatin1(kUsage)));
    return WrongUsage;
}

/// The options that a command knows, beside those of all.
QStringList optionsOf(const QString &command)
{
    if (command == QLatin1StringView("init"))
        return {QStringLiteral("admin"), QStringLiteral("host"), QStringLiteral("company"), QStringLiteral("currency")};
    if (command == QLatin1StringView("serve"))
        return {QStringLiteral("listen"), QStringLiteral("cert"), QStringLiteral("key")};
    if (command == QLatin1StringView("user"))
        return {QStringLiteral("role"), QStringLiteral("team")};
    return {};
}

int init(const QCommandLineParser &parser, const ServerOptions &common, const Console &console)
{
    if (!parser.isSet(QStringLiteral("admin")))
        return wrongUsage(console, QStringLiteral("init wants --admin NAME"));
    InitOptions options{common, parser.value(QStringLiteral("admin")), {}, QStringLiteral("Company"), QStringLiteral("USD")};
    for (const QString &host : parser.values(QStringLiteral("host")))
        options.hosts += host.split(QLatin1Char(','), Qt::SkipEmptyParts);
    if (parser.isSet(QStringLiteral("company")))
        options.company = parser.value(QStringLiteral("company"));
    if (parser.isSet(QStringLiteral("currency")))
        options.currency = parser.value(QStringLiteral("currency")).toUpper();
    const bool isCode = options.currency.size() == 3
        && std::all_of(options.currency.begin(), options.currency.end(), [](QChar c) { return c >= u'A' && c <= u'Z'; });
    if (!isCode)
        return wrongUsage(console, QStringLiteral("--currency wants three letters, such as USD"));
    return runInit(options, console);
}

int serve(const QCommandLineParser &parser, const ServerOptions &common, const Console &console)
{
    if (parser.isSet(QStringLiteral("cert")) != parser.isSet(QStringLiteral("key")))
        return wrongUsage(console, QStringLiteral("--cert and --key go together"));
    ServeOptions options{common, QStringLiteral("127.0.0.1:8443"), parser.value(QStringLiteral("cert")), parser.value(QStringLiteral("key"))};
    if (parser.isSet(QStringLiteral("listen")))
        options.listen = parser.value(QStringLiteral("listen"));
    return runServe(options, console);
}

int user(const QCommandLineParser &parser, const ServerOptions &common, const Console &console)
{
    const QStringList words = parser.positionalArguments().mid(1);
    UserOptions options{common, words.value(0), words.value(1), QStringLiteral("sales_representative"), parser.value(QStringLiteral("team"))};
    if (parser.isSet(QStringLiteral("role")))
        options.role = parser.value(QStringLiteral("role"));
    const bool isList = options.command == QLatin1StringView("list");
    const bool isKnown = isList || options.command == QLatin1StringView("add") || options.command == QLatin1StringView("disable");
    if (!isKnown || words.size() != (isList ? 1 : 2))
        return wrongUsage(console, QStringLiteral("user wants add NAME, list, or disable NAME"));
    return runUser(options, console);
}

int run(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("json"), QString()},
                       {QStringLiteral("help"), QString()},
                       {QStringLiteral("data"), QString(), QStringLiteral("DIR")},
                       {QStringLiteral("secret-file"), QString(), QStringLiteral("FILE")}});
    for (const char *command : {"init", "serve", "user"}) {
        for (const QString &option : optionsOf(QString::fromLatin1(command)))
            parser.addOption({option, QString(), QStringLiteral("VALUE")});
    }
    const bool parsed = parser.parse(arguments);
    const Console console(parser.isSet(QStringLiteral("json")));
    if (parser.isSet(QStringLiteral("help"))) {
        Console(false).result(QString::fromLatin1(kUsage), {});
        return Done;
    }
    if (!parsed)
        return wrongUsage(console, parser.errorText());
    const QStringList words = parser.positionalArguments();
    const QString command = words.value(0);
    const QStringList allowed = optionsOf(command)
        + QStringList{QStringLiteral("json"), QStringLiteral("data"), QStringLiteral("secret-file")};
    for (const QString &option : parser.optionNames()) {
        if (!allowed.contains(option))
            return wrongUsage(console, QStringLiteral("%1 has no option --%2").arg(command, option));
    }
    const ServerOptions common{parser.value(QStringLiteral("data")), parser.value(QStringLiteral("secret-file")),
                               parser.isSet(QStringLiteral("json"))};
    const bool takesWords = command == QLatin1StringView("user");
    if (command.isEmpty())
        return wrongUsage(console, QStringLiteral("a command is missing"));
    if (common.data.isEmpty() || (!takesWords && words.size() > 1))
        return wrongUsage(console, common.data.isEmpty() ? QStringLiteral("--data DIR is missing") : QStringLiteral("too many words"));
    if (command == QLatin1StringView("init"))
        return init(parser, common, console);
    if (command == QLatin1StringView("serve"))
        return serve(parser, common, console);
    if (command == QLatin1StringView("user"))
        return user(parser, common, console);
    if (command == QLatin1StringView("verify"))
        return runVerify(common, console);
    return wrongUsage(console, QStringLiteral("no command %1").arg(command));
}

} // namespace

int main(int argc, char *argv[])
{
    fieldfare::base::platform::restrictNewFilesToOwner();
    fieldfare::base::platform::surviveFileSizeLimits();
    fieldfare::base::Secret::initializeHeap();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("fieldfare-server"));
    return run(QCoreApplication::arguments());
}
