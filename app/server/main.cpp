// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/audit_commands.h"
#include "app/server/command_table.h"
#include "app/server/commands.h"
#include "sync/server/accounts/sign_in_codes.h"
#include "core/base/platform.h"
#include "core/base/secret.h"
#include "core/storage/backup/backup_moment.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>

namespace {

using namespace fieldfare::app;

/// `command` may be null.
int wrongUsage(const Console &console, const ServerCommandSpec *command, const QString &why)
{
    return console.wrongUsage(why, serverUsage(command));
}

int init(const QCommandLineParser &parser, const ServerOptions &common, const Console &console)
{
    if (!parser.isSet(QStringLiteral("admin")))
        return wrongUsage(console, serverCommand(QStringLiteral("init")), QStringLiteral("init wants --admin NAME"));
    InitOptions options{common, parser.value(QStringLiteral("admin")), {}, QStringLiteral("Company"), QStringLiteral("USD"), parser.value(QStringLiteral("database"))};
    for (const QString &host : parser.values(QStringLiteral("host")))
        options.hosts += host.split(QLatin1Char(','), Qt::SkipEmptyParts);
    if (parser.isSet(QStringLiteral("company")))
        options.company = parser.value(QStringLiteral("company"));
    if (parser.isSet(QStringLiteral("currency")))
        options.currency = parser.value(QStringLiteral("currency")).toUpper();
    const bool isCode = options.currency.size() == 3
        && std::all_of(options.currency.begin(), options.currency.end(), [](QChar c) { return c >= u'A' && c <= u'Z'; });
    if (!isCode)
        return wrongUsage(console, serverCommand(QStringLiteral("init")), QStringLiteral("--currency wants three letters, such as USD"));
    return runInit(options, console);
}

int serve(const QCommandLineParser &parser, const ServerOptions &common, const Console &console)
{
    if (parser.isSet(QStringLiteral("cert")) != parser.isSet(QStringLiteral("key")))
        return wrongUsage(console, serverCommand(QStringLiteral("serve")), QStringLiteral("--cert and --key go together"));
    ServeOptions options{common, QStringLiteral("127.0.0.1:8443"), parser.value(QStringLiteral("cert")), parser.value(QStringLiteral("key")), {}, 0};
    if (parser.isSet(QStringLiteral("listen")))
        options.listen = parser.value(QStringLiteral("listen"));
    options.backupTo = parser.value(QStringLiteral("backup-to"));
    bool isNumber = true;
    if (parser.isSet(QStringLiteral("backup-every")))
        options.backupEveryHours = parser.value(QStringLiteral("backup-every")).toInt(&isNumber);
    if (!isNumber || options.backupTo.isEmpty() != (options.backupEveryHours <= 0))
        return wrongUsage(console, serverCommand(QStringLiteral("serve")), QStringLiteral("--backup-to DIR and --backup-every HOURS go together"));
    return runServe(options, console);
}

int secondFactor(const QStringList &words, const ServerOptions &common, const Console &console)
{
    const SecondFactorOptions options{common, words.value(1), words.value(0), words.value(2)};
    const bool isKnown = QStringList{QStringLiteral("begin"), QStringLiteral("confirm"), QStringLiteral("remove"), QStringLiteral("codes")}.contains(options.command);
    if (!isKnown || words.size() != (options.command == QLatin1StringView("confirm") ? 3 : 2))
        return wrongUsage(console, serverCommand(QStringLiteral("user")), QStringLiteral("user second-factor wants NAME begin, NAME confirm CODE, NAME remove, or NAME codes"));
    return runSecondFactor(options, console);
}

int device(const QCommandLineParser &parser, const ServerOptions &common, const Console &console)
{
    const QStringList words = parser.positionalArguments().mid(1);
    const DeviceOptions options{common, words.value(0), parser.value(QStringLiteral("user")), words.value(1).toInt()};
    const bool isList = options.command == QLatin1StringView("list");
    const bool isRevoke = options.command == QLatin1StringView("revoke") && options.id > 0 && options.user.isEmpty();
    if ((!isList && !isRevoke) || words.size() != (isList ? 1 : 2))
        return wrongUsage(console, serverCommand(QStringLiteral("device")), QStringLiteral("device wants list [--user NAME], or revoke ID with an ID that device list shows"));
    return runDevice(options, console);
}

int user(const QCommandLineParser &parser, const ServerOptions &common, const Console &console)
{
    const QStringList words = parser.positionalArguments().mid(1);
    if (words.value(0) == QLatin1StringView("second-factor"))
        return secondFactor(words.mid(1), common, console);
    const auto said = [&parser](const char *name) { return parser.isSet(QLatin1StringView(name)) ? std::optional(parser.value(QLatin1StringView(name))) : std::nullopt; };
    UserOptions options{common, words.value(0), words.value(1), said("role"), said("team"), parser.isSet(QStringLiteral("stolen")),
                        parser.isSet(QStringLiteral("code")), parser.value(QStringLiteral("days")).toInt()};
    const ServerCommandSpec *const command = serverCommand(QStringLiteral("user"));
    if (options.command == QLatin1StringView("add") && !options.role)
        options.role = QString::fromLatin1(kUsualRole);
    if (options.command == QLatin1StringView("change") && !options.role && !options.team)
        return wrongUsage(console, command, QStringLiteral("user change wants --role ROLE or --team TEAM"));
    const bool isList = options.command == QLatin1StringView("list");
    const bool isKnown = isList || QStringList{QStringLiteral("add"), QStringLiteral("change"), QStringLiteral("disable"), QStringLiteral("enable"),
                                               QStringLiteral("password"), QStringLiteral("code"), QStringLiteral("import")}.contains(options.command);
    if (!isKnown || words.size() != (isList ? 1 : 2))
        return wrongUsage(console, command, QStringLiteral("user wants add NAME, import FILE, password NAME, code NAME, change NAME, list, disable NAME, enable NAME, or second-factor NAME"));
    if (options.isStolen && options.command != QLatin1StringView("disable"))
        return wrongUsage(console, command, QStringLiteral("--stolen goes with disable"));
    if (options.withCode && options.command != QLatin1StringView("add"))
        return wrongUsage(console, command, QStringLiteral("--code goes with add"));
    const bool makesCode = options.withCode || options.command == QLatin1StringView("code") || options.command == QLatin1StringView("import");
    if (parser.isSet(QStringLiteral("days")) && (!makesCode || options.days < 1 || options.days > fieldfare::server::SignInCodes::kMostDays))
        return wrongUsage(console, command, QStringLiteral("--days wants 1 to 90, with add --code, code, or import"));
    return runUser(options, console);
}

int right(const QCommandLineParser &parser, const ServerOptions &common, const Console &console)
{
    const QStringList words = parser.positionalArguments().mid(1);
    const ServerCommandSpec *const command = serverCommand(QStringLiteral("right"));
    RightOptions options{common, words.value(0), words.value(1), words.value(2), {}};
    for (const ServerOptionSpec &option : command->options) {
        const QLatin1StringView name(option.name);
        if (parser.isSet(name))
            options.said.insert(name, parser.value(name));
    }
    const bool isSet = options.command == QLatin1StringView("set");
    if ((!isSet && options.command != QLatin1StringView("list")) || words.size() != (isSet ? 3 : 1) || options.said.isEmpty() == isSet)
        return wrongUsage(console, command, QStringLiteral("right wants list, or set ROLE ENTITY with at least one of --see, --pool, --edit, --remove, --create, --export"));
    return runRight(options, console);
}

int quarantine(const QCommandLineParser &parser, const ServerOptions &common, const Console &console)
{
    const QStringList words = parser.positionalArguments().mid(1);
    const ServerCommandSpec *const command = serverCommand(QStringLiteral("quarantine"));
    QuarantineOptions options{common, words.value(0), words.value(1).toInt(), {}, 0};
    const bool isList = options.command == QLatin1StringView("list");
    const bool isKnown = isList || QStringList{QStringLiteral("show"), QStringLiteral("accept"), QStringLiteral("reject")}.contains(options.command);
    if (!isKnown || words.size() != (isList ? 1 : 2) || (!isList && options.id <= 0))
        return wrongUsage(console, command, QStringLiteral("quarantine wants list, show ID, accept ID, or reject ID"));
    for (const char *name : {"except", "up-to"}) {
        if (parser.isSet(QString::fromLatin1(name)) && options.command != QLatin1StringView("accept"))
            return wrongUsage(console, command, QStringLiteral("--%1 goes with accept").arg(QString::fromLatin1(name)));
    }
    bool isNumber = true;
    if (parser.isSet(QStringLiteral("up-to")))
        options.upTo = parser.value(QStringLiteral("up-to")).toULongLong(&isNumber);
    if (!isNumber || (parser.isSet(QStringLiteral("up-to")) && options.upTo == 0))
        return wrongUsage(console, command, QStringLiteral("--up-to wants the number of the last operation that quarantine show lists"));
    for (const QString &text : parser.value(QStringLiteral("except")).split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        bool ok = false;
        options.except.push_back(text.toULongLong(&ok));
        if (!ok)
            return wrongUsage(console, command, QStringLiteral("--except wants numbers of operations, as quarantine show lists them"));
    }
    return runQuarantine(options, console);
}

int audit(const QCommandLineParser &parser, const ServerOptions &common, const Console &console)
{
    const QStringList words = parser.positionalArguments().mid(1);
    const ServerCommandSpec *const command = serverCommand(QStringLiteral("audit"));
    AuditOptions options{common, words.value(0), parser.value(QStringLiteral("file")), parser.value(QStringLiteral("kind")), parser.value(QStringLiteral("after")).toLongLong(), {}, 0};
    const bool isKnown = QStringList{QStringLiteral("list"), QStringLiteral("verify"), QStringLiteral("export"), QStringLiteral("forget")}.contains(options.command);
    const bool wantsFile = options.command == QLatin1StringView("export");
    if (!isKnown || (wantsFile && options.file.isEmpty()))
        return wrongUsage(console, command, QStringLiteral("audit wants list, verify, export --file FILE, or forget --before DATE"));
    if (parser.isSet(QStringLiteral("head"))) {
        const auto head = auditHeadFromText(parser.value(QStringLiteral("head")));
        if (!head)
            return wrongUsage(console, command, QStringLiteral("--head wants NO:CHAIN, as fieldfare-cli check prints it"));
        options.expected = *head;
    }
    if (options.command == QLatin1StringView("forget")) {
        const QDate before = QDate::fromString(parser.value(QStringLiteral("before")), Qt::ISODate);
        if (!before.isValid())
            return wrongUsage(console, command, QStringLiteral("--before wants a day such as 2026-01-01"));
        options.beforeMs = before.startOfDay().toMSecsSinceEpoch();
    }
    return runAudit(options, console);
}

int recovery(const QCommandLineParser &parser, const ServerOptions &common, const Console &console)
{
    const QStringList words = parser.positionalArguments().mid(1);
    const ServerCommandSpec *const command = serverCommand(QStringLiteral("recovery"));
    RecoveryOptions options{common, words.value(0), words.value(1), {}, parser.values(QStringLiteral("administrator-secret")), parser.value(QStringLiteral("fingerprint")),
                            parser.value(QStringLiteral("answer")), parser.value(QStringLiteral("reason")), parser.isSet(QStringLiteral("replace"))};
    const bool isInit = options.command == QLatin1StringView("init");
    const bool isDecision = options.command == QLatin1StringView("approve") || options.command == QLatin1StringView("refuse");
    const bool hasFile = isDecision || options.command == QLatin1StringView("show");
    const bool isKnown = isInit || hasFile || options.command == QLatin1StringView("status") || options.command == QLatin1StringView("audit");
    if (!isKnown || words.size() != (hasFile ? 2 : 1))
        return wrongUsage(console, command, QStringLiteral("recovery wants init, status, show REQUEST, approve REQUEST, refuse REQUEST, or audit"));
    options.administrators = isInit ? parser.value(QStringLiteral("administrators")).split(QLatin1Char(','), Qt::SkipEmptyParts) : parser.values(QStringLiteral("administrator"));
    if (isInit && options.administrators.size() < 2)
        return wrongUsage(console, command, QStringLiteral("recovery init wants --administrators with two names at least"));
    if (isDecision && options.administrators.size() != 1)
        return wrongUsage(console, command, QStringLiteral("recovery %1 wants --administrator NAME").arg(options.command));
    for (const QString &secret : options.secrets) {
        if (secret.indexOf(QLatin1Char('=')) < 1)
            return wrongUsage(console, command, QStringLiteral("--administrator-secret wants NAME=FILE"));
    }
    return runRecovery(options, console);
}

/// backup, restore, and verify of a backup.
int backup(const QString &name, const QCommandLineParser &parser, const ServerOptions &common, const Console &console)
{
    const bool isBackup = name == QLatin1StringView("backup");
    const QString option = isBackup ? QStringLiteral("to") : name == QLatin1StringView("restore") ? QStringLiteral("from") : QStringLiteral("backup");
    BackupOptions options{common, parser.value(option), parser.isSet(QStringLiteral("incremental")), parser.isSet(QStringLiteral("keep-all")), -1};
    if (options.place.isEmpty())
        return wrongUsage(console, serverCommand(name), QStringLiteral("%1 wants --%2").arg(name, option));
    if (parser.isSet(QStringLiteral("at"))) {
        const std::optional<qint64> until = fieldfare::storage::backupMoment(parser.value(QStringLiteral("at")));
        if (!until)
            return wrongUsage(console, serverCommand(name), QStringLiteral("--at wants a time such as 2026-11-20T18:00"));
        options.untilMs = *until;
    }
    if (isBackup)
        return runBackup(options, console);
    return name == QLatin1StringView("restore") ? runRestore(options, console) : runVerifyBackup(options, console);
}

/// Commands may share an option; the parser takes each name once.
void addOptions(QCommandLineParser &parser, std::span<const ServerOptionSpec> options, QStringList &known)
{
    for (const ServerOptionSpec &option : options) {
        const QString name = QString::fromLatin1(option.name);
        if (known.contains(name))
            continue;
        known.append(name);
        parser.addOption({name, QString(), option.value != nullptr ? QStringLiteral("VALUE") : QString()});
    }
}

bool isIn(std::span<const ServerOptionSpec> options, const QString &name)
{
    return std::any_of(options.begin(), options.end(), [&](const ServerOptionSpec &option) { return name == QLatin1StringView(option.name); });
}

int run(const QStringList &arguments)
{
    QCommandLineParser parser;
    QStringList known;
    addOptions(parser, commonServerOptions(), known);
    for (const ServerCommandSpec &command : serverCommands())
        addOptions(parser, command.options, known);
    const bool parsed = parser.parse(arguments);
    const Console console(parser.isSet(QStringLiteral("json")));
    const QStringList words = parser.positionalArguments();
    const QString name = words.value(0);
    const ServerCommandSpec *const command = serverCommand(name);
    if (parser.isSet(QStringLiteral("help")) || name == QLatin1StringView("help")) {
        Console(false).result(serverUsage(command).trimmed(), {});
        return Done;
    }
    if (parser.isSet(QStringLiteral("version"))) {
        Console(false).result(QStringLiteral("fieldfare-server %1").arg(QCoreApplication::applicationVersion()), {});
        return Done;
    }
    if (!parsed)
        return wrongUsage(console, command, parser.errorText());
    if (command == nullptr)
        return wrongUsage(console, nullptr, name.isEmpty() ? QStringLiteral("a command is missing") : QStringLiteral("no command %1").arg(name));
    for (const QString &option : parser.optionNames()) {
        if (!isIn(commonServerOptions(), option) && !isIn(command->options, option))
            return wrongUsage(console, command, QStringLiteral("%1 has no option --%2").arg(name, option));
    }
    const ServerOptions common{parser.value(QStringLiteral("data")), parser.value(QStringLiteral("secret-file")),
                               parser.isSet(QStringLiteral("json"))};
    if (common.data.isEmpty() || words.size() - 1 > command->mostWords)
        return wrongUsage(console, command, common.data.isEmpty() ? QStringLiteral("--data DIR is missing") : QStringLiteral("too many words"));
    if (name == QLatin1StringView("init"))
        return init(parser, common, console);
    if (name == QLatin1StringView("serve"))
        return serve(parser, common, console);
    if (name == QLatin1StringView("user"))
        return user(parser, common, console);
    if (name == QLatin1StringView("device"))
        return device(parser, common, console);
    if (name == QLatin1StringView("right"))
        return right(parser, common, console);
    if (name == QLatin1StringView("audit"))
        return audit(parser, common, console);
    if (name == QLatin1StringView("quarantine"))
        return quarantine(parser, common, console);
    if (name == QLatin1StringView("recovery"))
        return recovery(parser, common, console);
    if (name == QLatin1StringView("verify") && !parser.isSet(QStringLiteral("backup")))
        return runVerify(common, console);
    return backup(name, parser, common, console);
}

} // namespace

int main(int argc, char *argv[])
{
    fieldfare::base::platform::restrictNewFilesToOwner();
    fieldfare::base::platform::surviveFileSizeLimits();
    fieldfare::base::Secret::initializeHeap();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("fieldfare-server"));
    QCoreApplication::setApplicationVersion(QStringLiteral(FIELDFARE_VERSION));
    return run(QCoreApplication::arguments());
}
