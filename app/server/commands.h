// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/console.h"
#include "sync/server/audit/audit_entry.h"

#include <QMap>
#include <QStringList>

#include <optional>
#include <vector>

/// The commands of fieldfare-server. Each returns the exit code; the options are checked by main.
namespace fieldfare::app {

struct ServerOptions {
    QString data;
    QString secretFile;
    bool json = false;
};

struct InitOptions : ServerOptions {
    QString admin;
    QStringList hosts;
    QString company;
    QString currency;
    QString database; ///< Empty: DIR/server.db.
};

struct ServeOptions : ServerOptions {
    QString listen;
    QString certificate; ///< Own one instead of the private authority's; with its key.
    QString key;
    QString backupTo;         ///< Empty: no backups by the clock.
    int backupEveryHours = 0;
};

struct BackupOptions : ServerOptions {
    QString place;              ///< backup: where backups lie. restore, verify: a backup, or such a folder.
    bool isIncremental = false;
    bool keepsAll = false;
    qint64 untilMs = -1;        ///< restore, verify of a folder: the newest one until then, ms UTC; -1: the newest.
};

struct UserOptions : ServerOptions {
    QString command; ///< add, change, list, disable, enable, password, code, import
    QString name;    ///< import: the file.
    std::optional<QString> role; ///< Empty: not said.
    std::optional<QString> team;
    bool isStolen = false; ///< disable: the user's devices are revoked too.
    bool withCode = false; ///< add: a sign-in code instead of a password.
    int days = 0;          ///< add, code, import: how long the code works; 0: not said.
};

struct SecondFactorOptions : ServerOptions {
    QString command; ///< begin, confirm, remove, codes
    QString name;
    QString code;    ///< confirm
};

struct DeviceOptions : ServerOptions {
    QString command; ///< list, revoke
    QString user;    ///< list: whose; empty: everybody's.
    int id = 0;      ///< revoke
};

struct RightOptions : ServerOptions {
    QString command; ///< list, set
    QString role;
    QString entity;
    QMap<QString, QString> said; ///< set: edit, remove, create, export.
};

struct AuditOptions : ServerOptions {
    QString command;            ///< list, verify, export, forget
    QString file;               ///< export: where to; verify: an exported log instead of the store's.
    QString kind;               ///< list: of kinds that begin so.
    std::int64_t after = 0;     ///< list: behind this entry.
    server::AuditHead expected; ///< verify
    std::int64_t beforeMs = 0;  ///< forget, ms UTC
};

struct QuarantineOptions : ServerOptions {
    QString command; ///< list, show, accept, reject
    int id = 0;
    std::vector<quint64> except; ///< accept: these operations are rejected.
    quint64 upTo = 0;            ///< accept: the last operation that was looked at; 0 when not said.
};

struct RecoveryOptions : ServerOptions {
    QString command;           ///< init, status, show, approve, refuse, audit
    QString file;              ///< show, approve, refuse: the request.
    QStringList administrators; ///< init: all; approve, refuse: the one.
    QStringList secrets;       ///< NAME=FILE: where recovery passphrases are, instead of a prompt.
    QString fingerprint;       ///< approve: as the person read it out; empty: asked.
    QString answer;            ///< approve: where the answer goes.
    QString reason;            ///< refuse
    bool replaces = false;     ///< init
};

[[nodiscard]] int runInit(const InitOptions &options, const Console &console);
[[nodiscard]] int runServe(const ServeOptions &options, const Console &console);
[[nodiscard]] int runUser(const UserOptions &options, const Console &console);
[[nodiscard]] int runSecondFactor(const SecondFactorOptions &options, const Console &console);
[[nodiscard]] int runDevice(const DeviceOptions &options, const Console &console);
[[nodiscard]] int runRight(const RightOptions &options, const Console &console);
[[nodiscard]] int runAudit(const AuditOptions &options, const Console &console);
[[nodiscard]] int runQuarantine(const QuarantineOptions &options, const Console &console);
[[nodiscard]] int runRecovery(const RecoveryOptions &options, const Console &console);
[[nodiscard]] int runVerify(const ServerOptions &options, const Console &console);
[[nodiscard]] int runVerifyBackup(const BackupOptions &options, const Console &console);
[[nodiscard]] int runBackup(const BackupOptions &options, const Console &console);
[[nodiscard]] int runRestore(const BackupOptions &options, const Console &console);

} // namespace fieldfare::app
