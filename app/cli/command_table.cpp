// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

namespace fieldfare::app {

namespace {

using namespace commands_impl;

constexpr OptionSpec kInit[] = {
    {"server", "URL", "enrol this device at a server and download; without it the profile stands alone"},
    {"user", "NAME", "account at the server, or your own name"},
    {"ca", "FILE", "the company's certificate authority (ca.crt)"},
    {"fingerprint", "HEX", "SHA-256 of the authority's public key"},
    {"full-name", "NAME", "your name as others see it"},
    {"company", "NAME", "of a stand-alone profile"},
    {"currency", "CODE", "what bare amounts are in (USD)"},
    {"device-name", "NAME", "how the server's lists call this computer"},
    {"password-file", "FILE", "holds the account's password"},
};
constexpr OptionSpec kAttach[] = {
    {"server", "URL", "which one; may be left out when an earlier run began it"},
    {"user", "NAME", "account at the server"},
    {"ca", "FILE", "the company's certificate authority (ca.crt)"},
    {"fingerprint", "HEX", "SHA-256 of the authority's public key"},
    {"device-name", "NAME", "how the server's lists call this computer"},
    {"password-file", "FILE", "holds the account's password"},
    {"dry-run", nullptr, "download and report; the profile stays as it is"},
    {"duplicates", "keep|skip", "records that the server seems to have: take them all the same (keep), or leave them out"},
    {"discard", nullptr, "forget what an earlier run downloaded"},
};
constexpr OptionSpec kImport[] = {
    {"map", "COLUMN=FIELD", "the field of a column; repeated"},
    {"key", "FIELD", "update the record with the same value, create the others"},
    {"unknown", "FIELD=POLICY", "what becomes of a choice, or of a record's name, that is not there: create makes it for the whole\n"
                                "                          company, empty leaves the field empty and warns, reject leaves the record out; repeated.\n"
                                "                          Without it each field does what the command fields tells"},
    {"dry-run", nullptr, "count only, and tell what would be created besides"},
    {"rejects", "FILE", "write rejected records with line and reason"},
};
constexpr OptionSpec kExport[] = {
    {"format", "csv|json", "by the file's ending, else csv"},
    {"where", "EXPR", "only these"},
    {"sort", "FIELD[:desc]", "instead of by id"},
    {"fields", "A,B,C", "only these columns"},
};
constexpr OptionSpec kList[] = {
    {"where", "EXPR", "only these"},
    {"sort", "FIELD[:desc]", "order"},
    {"limit", "N", "at most so many"},
    {"trashed", nullptr, "those in the trash"},
};
constexpr OptionSpec kWhere[] = {{"where", "EXPR", "only these"}};
constexpr OptionSpec kSearch[] = {
    {"entity", "ENTITY", "only these"},
    {"limit", "N", "hits an entity (20)"},
    {"text", nullptr, "long texts, too"},
};
constexpr OptionSpec kSync[] = {{"watch", nullptr, "stay and sync whenever something changes, until ended"}};
constexpr OptionSpec kConflicts[] = {
    {"keep", "mine|theirs|VALUE", "with resolve: what the field gets"},
    {"all", nullptr, "with list: resolved ones, too"},
};
constexpr OptionSpec kCheck[] = {
    {"repair", nullptr, "build indexes and search anew, empty references that lead nowhere (undoable), and look again"},
    {"dry-run", nullptr, "with --repair: only tell what it would do"},
};
constexpr OptionSpec kGenerate[] = {
    {"customers", "N", "how many"},
    {"deals", "N", "how many"},
    {"tickets", "N", "how many"},
    {"interactions", "N", "so many; one with every other customer without"},
    {"seed", "S", "the same seed gives the same company"},
};
constexpr OptionSpec kSalvage[] = {{"to", "DIR", "the new profile's folder; the damaged one is only read"}};
constexpr OptionSpec kSql[] = {
    {"read-only", nullptr, "has to be said: there is no other way"},
    {"rows", "N", "at most so many (10000)"},
    {"seconds", "N", "at most so long (10; 3 while another program has the profile open)"},
};
constexpr OptionSpec kWipe[] = {{"yes", nullptr, "it is meant"}};
constexpr OptionSpec kBackup[] = {
    {"incremental", nullptr, "with create: only what changed since the newest backup there; a full one when none can be built on"},
    {"keep-all", nullptr, "with create: remove no old backup (full ones go after three months, incremental ones after six)"},
    {"dry-run", nullptr, "with records: only say what would be done, record by record for the first 50"},
    {"at", "TIME", "with restore and verify: the newest backup of the folder from no later than that"},
};
constexpr OptionSpec kPassphrase[] = {
    {"new-secret-file", "FILE", "holds the new passphrase"},
    {"cost", "N", "scrypt's N as a power of two, 17 to 20: each step doubles what a guess, and an unlock, cost in time and memory; it never falls"},
};

constexpr OptionSpec kRecover[] = {
    {"again", nullptr, "with request: a new one; an answer to the former one is of no use then"},
    {"new-secret-file", "FILE", "with finish: holds the new passphrase"},
};

constexpr CommandSpec kCommands[] = {
    {"init", "[--server URL --user NAME (--ca FILE | --fingerprint HEX)]", "makes the profile", 0, 0, kInit, CommandKind::Init},
    {"attach", "--server URL --user NAME (--ca FILE | --fingerprint HEX) [--dry-run] [--duplicates keep|skip]", "takes a stand-alone profile and its records to a server", 0, 0, kAttach, CommandKind::Attach},
    {"import", "ENTITY FILE [--map COLUMN=FIELD]... [--key FIELD] [--dry-run] [--rejects FILE]", "reads records from a CSV file", 2, 2, kImport, CommandKind::Store, importFile},
    {"export", "ENTITY FILE [--format csv|json] [--where EXPR]", "writes records to a file", 2, 2, kExport, CommandKind::Store, exportFile},
    {"create", "ENTITY FIELD=VALUE...", "makes a record", 1, -1, {}, CommandKind::Store, create},
    {"set", "ENTITY ID FIELD=VALUE...", "changes fields of a record", 3, -1, {}, CommandKind::Store, set},
    {"get", "ENTITY ID", "shows a record", 2, 2, {}, CommandKind::Store, get},
    {"trash", "ENTITY ID", "puts a record into the trash", 2, 2, {}, CommandKind::Store, trash},
    {"restore", "ENTITY ID", "takes a record out of the trash", 2, 2, {}, CommandKind::Store, restore},
    {"list", "ENTITY [--where EXPR] [--sort FIELD[:desc]] [--limit N]", "lists records", 1, 1, kList, CommandKind::Store, list},
    {"count", "ENTITY [--where EXPR]", "counts records", 1, 1, kWhere, CommandKind::Store, count},
    {"search", "TEXT [--entity ENTITY] [--limit N]", "finds records by name, number, phone, e-mail", 1, 1, kSearch, CommandKind::Store, search},
    {"fields", "[ENTITY]", "lists the kinds of records, or the fields of one with their choices", 0, 1, {}, CommandKind::Store, fields},
    {"rights", "", "lists what the user may do with each kind of record: whose may be changed and removed, creating, exporting", 0, 0, {}, CommandKind::Store, rights},
    {"history", "ENTITY ID", "shows who changed what", 2, 2, {}, CommandKind::Store, history},
    {"undo", "[N]", "takes back the last N actions of this computer (1)", 0, 1, {}, CommandKind::Store, undo},
    {"sync", "[--watch]", "exchanges changes with the server", 0, 0, kSync, CommandKind::Sync},
    {"conflicts", "list | resolve ID --keep mine|theirs|VALUE", "edits that met", 1, 2, kConflicts, CommandKind::Store, conflicts},
    {"tray", "[list | retry ID [FIELD=VALUE...] | discard ID]", "edits that the server did not take", 0, -1, {}, CommandKind::Store, tray},
    {"check", "[--repair [--dry-run]]", "looks through the whole file and compares it with the server", 0, 0, kCheck, CommandKind::Store, check},
    {"generate", "--customers N [--deals N] [--tickets N] [--interactions N] [--seed S]", "makes a sample company", 0, 0, kGenerate, CommandKind::Store, generate},
    {"sql", "--read-only [STATEMENT]", "for support: reads the tables (core/store/docs/tables.md); the statement may come from standard input", 0, 1, kSql, CommandKind::Store, sql},
    {"backup", "create DIR [--incremental] | list DIR | verify BACKUP|DIR [--at TIME] | restore BACKUP|DIR [--at TIME] | records BACKUP ENTITY [ID...] [--dry-run]", "copies the whole profile; tries a copy out; makes --profile of one; brings records back from one", 2, -1, kBackup, CommandKind::Backup},
    {"salvage", "--to DIR", "puts what can be read of a damaged profile into a new one, and tells what was lost", 0, 0, kSalvage, CommandKind::Salvage},
    {"wipe", "--yes", "makes the profile unreadable for good, and removes it", 0, 0, kWipe, CommandKind::Wipe},
    {"key", "rotate | status", "writes the whole profile anew under a fresh data key; goes on where it was stopped", 1, 1, {}, CommandKind::Key},
    {"recover", "request FILE [--again] | finish ANSWER | cancel | status | accept FINGERPRINT", "gets into a profile whose passphrase was forgotten, by two administrators of the company", 1, 2, kRecover, CommandKind::Recover},
    {"passphrase", "change [--new-secret-file FILE]", "gives the profile another passphrase", 1, 1, kPassphrase, CommandKind::Passphrase},
};

} // namespace

std::span<const CommandSpec> commands()
{
    return kCommands;
}

} // namespace fieldfare::app
