// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/command_table.h"

#include "core/model/choice_seeds.h"

namespace fieldfare::app {

namespace {

constexpr ServerOptionSpec kCommon[] = {
    {"data", "DIR", "the server's folder"},
    {"secret-file", "FILE", "its first line is the passphrase of the data; outside of DIR, only its owner may read it"},
    {"json", nullptr, "objects instead of sentences"},
    {"help", nullptr, "this text"},
    {"version", nullptr, "of the program"},
};
constexpr ServerOptionSpec kInit[] = {
    {"admin", "NAME", "the first account"},
    {"host", "NAME|IP,...", "what devices call the server; localhost and 127.0.0.1 are always in the certificate"},
    {"database", "ADDRESS", "postgres://USER@HOST/DATABASE: the store is there instead of in DIR; without a password (~/.pgpass has it)"},
    {"company", "NAME", "as every device shows it (Company)"},
    {"currency", "CODE", "what bare amounts are in (USD)"},
};
constexpr ServerOptionSpec kServe[] = {
    {"listen", "ADDRESS:PORT", "where devices reach it (127.0.0.1:8443)"},
    {"cert", "FILE", "a certificate of your own instead of the private authority's; with --key"},
    {"key", "FILE", "its key"},
    {"backup-to", "DIR", "backups by the clock, beside everything else; with --backup-every"},
    {"backup-every", "HOURS", "how often; only what changed, and now and then a full one"},
};
constexpr ServerOptionSpec kBackup[] = {
    {"to", "BACKUPS", "the folder that backups lie in"},
    {"incremental", nullptr, "only what changed since the newest backup there; a full one when none can be built on"},
    {"keep-all", nullptr, "remove no old backup (full ones go after three months, incremental ones after six)"},
};
constexpr ServerOptionSpec kRestore[] = {
    {"from", "BACKUP|BACKUPS", "a backup, or the folder that backups lie in: the newest one"},
    {"at", "TIME", "of a folder: the newest one from no later than that, such as 2026-11-20T18:00"},
};
constexpr ServerOptionSpec kVerify[] = {
    {"backup", "BACKUP|BACKUPS", "restores a backup into a scratch folder and looks through that instead"},
    {"at", "TIME", "of a folder: the newest one from no later than that"},
};
constexpr ServerOptionSpec kUser[] = {
    {"role", "ROLE", "add, change: the user's role (a new one's: sales_representative)"},
    {"team", "TEAM", "add, change: the user's team, \"\" for none; a team that is not there is made"},
    {"code", nullptr, "add: no password, but a code that signs in the user's first device, once"},
    {"days", "N", "add, code, import: how long the code works, 1 to 90 (7)"},
    {"stolen", nullptr, "disable: the user's devices are revoked; otherwise each may hand in once what it holds, for review"},
};
constexpr ServerOptionSpec kDevice[] = {
    {"user", "NAME", "list: of this user only"},
};
constexpr ServerOptionSpec kRight[] = {
    {"see", "REACH", "whose records the role sees: own, team, below, all, or none; what hangs on a record is seen with it"},
    {"pool", "yes|no", "whether it sees those that are nobody's, where it does not see all"},
    {"edit", "REACH", "whose records the role may change: none, own, team, below (the team and teams below it), all"},
    {"remove", "REACH", "whose it may put into the trash, take out and erase"},
    {"create", "yes|no", "whether it may create"},
    {"export", "yes|no", "whether it may export"},
};
constexpr ServerOptionSpec kAudit[] = {
    {"kind", "KIND", "list: entries of kinds that begin so, such as alert"},
    {"after", "NO", "list: entries behind this one"},
    {"head", "NO:CHAIN", "verify: that this entry has this chain, as a device remembers it (fieldfare-cli check)"},
    {"file", "FILE", "export: where to; verify: an exported log instead of the store's, on any computer"},
    {"before", "DATE", "forget: details of entries from before that day, such as 2026-01-01; the entries stay"},
};
constexpr ServerOptionSpec kQuarantine[] = {
    {"except", "N,N,...", "accept: these operations are rejected, with their groups"},
    {"up-to", "N", "accept wants it: the last operation that show listed; nothing is decided if more came since"},
};

constexpr ServerOptionSpec kRecovery[] = {
    {"administrators", "A,B,...", "init: two to ten accounts of system administrators; any two of them open, nobody alone"},
    {"replace", nullptr, "init: another recovery key instead of the one there is; each device asks before it takes it"},
    {"administrator", "NAME", "approve, refuse: whose recovery passphrase it is"},
    {"administrator-secret", "NAME=FILE", "the first line of FILE is this administrator's recovery passphrase; repeated"},
    {"fingerprint", "DIGITS", "approve: as the person who asks reads it out by telephone; without it there is a prompt"},
    {"answer", "FILE", "approve: where the second approval writes the answer (REQUEST.answer)"},
    {"reason", "TEXT", "refuse: for the audit"},
};

constexpr ServerCommandSpec kCommands[] = {
    {"init", "--admin NAME [--host NAME|IP,...] [--database postgres://...] [--company NAME] [--currency CODE]", "makes the store, its key file, the private authority (DIR/ca.crt) and a certificate", 0, kInit},
    {"serve", "[--listen ADDRESS:PORT] [--cert FILE --key FILE] [--backup-to DIR --backup-every HOURS]", "serves devices until it is told to end (SIGTERM)", 0, kServe},
    {"right", "list | set ROLE ENTITY [--see REACH] [--pool yes|no] [--edit REACH] [--remove REACH] [--create yes|no] [--export yes|no]", "what roles may see and do; of what nothing is said, everything", 3, kRight},
    {"user", "add NAME [--role ROLE] [--team TEAM] [--code] | import FILE | password NAME | code NAME [--days N] | change NAME [--role ROLE] [--team TEAM] | list | disable NAME [--stolen] | enable NAME | second-factor NAME begin|confirm CODE|remove|codes", "accounts; also beside a server that runs", 4, kUser},
    {"device", "list [--user NAME] | revoke ID", "the devices that signed in, and which of them may not sync any more", 2, kDevice},
    {"audit", "list [--kind KIND] [--after NO] | verify [--head NO:CHAIN] [--file FILE] | export --file FILE | forget --before DATE", "who signed in, who was let do what, and what came of it", 1, kAudit},
    {"quarantine", "list | show ID | accept ID --up-to N [--except N,N,...] | reject ID", "what devices of disabled accounts handed in", 2, kQuarantine},
    {"recovery", "init --administrators A,B[,...] | status | show REQUEST | approve REQUEST --administrator NAME [--fingerprint DIGITS] | refuse REQUEST --administrator NAME | audit", "lets two administrators together open a profile whose passphrase was forgotten", 2, kRecovery},
    {"verify", "[--backup BACKUP|BACKUPS [--at TIME]]", "looks through the whole store, or tries a backup out", 0, kVerify},
    {"backup", "--to BACKUPS [--incremental] [--keep-all]", "copies the store, key file and certificates; also beside a server that runs", 0, kBackup},
    {"restore", "--from BACKUP|BACKUPS [--at TIME]", "makes a server of a backup in an empty DIR", 0, kRestore},
};

constexpr const char *kSecrets =
    "\nThe passphrase of the data unlocks the store on the server's disk: --secret-file FILE, FIELDFARE_PASSPHRASE, the systemd\n"
    "credential fieldfare-passphrase, or a prompt. FIELDFARE_PASSWORD, or a prompt, gives the password of the account that init,\n"
    "user add and user password set; its owner types it to enrol a device. A recovery passphrase is an administrator's own and known to nobody else:\n"
    "--administrator-secret NAME=FILE, for approve and refuse also FIELDFARE_RECOVERY_PASSPHRASE, or a prompt.\n"
    "\n"
    "Exit code: 0 done, 1 refused or failed, 2 wrong usage. With --json standard output holds one object, or one a line for lists;\n"
    "what was not done is an object on standard error: {\"code\", \"message\", \"kept\", \"advice\", \"subject\"}.\n";

QString optionLine(const ServerOptionSpec &option)
{
    const QString name = QString::fromLatin1(option.name) + (option.value != nullptr ? QLatin1Char(' ') + QString::fromLatin1(option.value) : QString());
    return QStringLiteral("  --%1  %2\n").arg(name, -20).arg(QString::fromLatin1(option.help));
}

QString usageLine(const ServerCommandSpec &command)
{
    return QStringLiteral("fieldfare-server %1 --data DIR %2").arg(QString::fromLatin1(command.name), QString::fromLatin1(command.usage)).trimmed();
}

} // namespace

std::span<const ServerCommandSpec> serverCommands()
{
    return kCommands;
}

std::span<const ServerOptionSpec> commonServerOptions()
{
    return kCommon;
}

const ServerCommandSpec *serverCommand(const QString &name)
{
    for (const ServerCommandSpec &command : kCommands) {
        if (name == QLatin1StringView(command.name))
            return &command;
    }
    return nullptr;
}

QStringList builtInRoles()
{
    QStringList roles;
    for (const model::ChoiceSeed &seed : model::choiceSeeds()) {
        if (QLatin1StringView(seed.list) == QLatin1StringView("user_role"))
            roles.append(QString::fromLatin1(seed.key));
    }
    return roles;
}

QString serverUsage(const ServerCommandSpec *command)
{
    QString text;
    if (command == nullptr) {
        text = QStringLiteral("fieldfare-server: the sync server of Fieldfare\n\n");
        for (const ServerCommandSpec &one : kCommands)
            text += QStringLiteral("  %1\n").arg(usageLine(one));
        text += QStringLiteral("\nfieldfare-server COMMAND --help tells the options of a command.\n");
    } else {
        text = QStringLiteral("usage: %1\n  %2\n").arg(usageLine(*command), QString::fromLatin1(command->help));
        for (const ServerOptionSpec &option : command->options)
            text += optionLine(option);
        for (const ServerOptionSpec &option : kCommon)
            text += optionLine(option);
    }
    if (command == nullptr || command->options.data() == kUser)
        text += QStringLiteral("\nRoles: %1; a company may add others.\n").arg(builtInRoles().join(QStringLiteral(", ")));
    return text + QString::fromLatin1(kSecrets);
}

} // namespace fieldfare::app
