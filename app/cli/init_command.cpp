// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/init_command.h"

#include "app/cli/open_profile.h"
#include "app/cli/secret_input.h"
#include "app/cli/server_access.h"
#include "app/composition/keychain_unlock.h"
#include "app/composition/profile_session.h"
#include "core/storage/passphrase.h"
#include "core/storage/profile_lock.h"
#include "core/storage/try_limit.h"

#include <QDir>
#include <QJsonDocument>
#include <QSysInfo>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

namespace {

store::ProfileInfo profileInfo(const Arguments &arguments)
{
    store::ProfileInfo info;
    info.company = arguments.value("company");
    if (arguments.has("currency"))
        info.currency = arguments.value("currency").toUpper();
    info.userName = arguments.has("user") ? arguments.value("user") : qEnvironmentVariable("USER", QStringLiteral("me"));
    info.deviceName = arguments.has("device-name") ? arguments.value("device-name") : QSysInfo::machineHostName();
    return info;
}

void print(CommandOutput &output, const QJsonObject &object)
{
    output.out(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

Result<void> initAlone(const CommandLine &line, CommandOutput &output)
{
    const QString folder = QDir::current().absoluteFilePath(line.profile);
    if (store::ProfilePaths{folder}.exists())
        return {ErrorCode::AlreadyExists, QStringLiteral("a profile is there already"), {folder}};
    FIELDFARE_ASSIGN(const base::Secret passphrase,
                     readNewPassphrase({line.secretFile, "FIELDFARE_PASSPHRASE", QStringLiteral("New passphrase"), true}));
    const store::ProfileInfo info = profileInfo(line.arguments);
    if (info.currency.size() != 3)
        return {ErrorCode::InvalidArgument, QStringLiteral("--currency takes a code such as EUR")};
    FIELDFARE_ASSIGN(const auto session, ProfileSession::create(folder, passphrase));
    FIELDFARE_TRY(store::startStandAlone(session->store(), info, line.arguments.value("full-name")));
    FIELDFARE_TRY(session->complete());
    if (line.json) {
        FIELDFARE_ASSIGN(const changes::ReplicaState state, session->store().replicaState());
        print(output, {{QStringLiteral("profile"), folder}, {QStringLiteral("server"), QString()},
                       {QStringLiteral("device"), state.device.toString()}, {QStringLiteral("user"), info.userName}});
    } else {
        output.out(QStringLiteral("A stand-alone profile was made in %1. Keep its key file in every backup.\n").arg(folder).toUtf8());
    }
    return {};
}

/// `occasion` tells what was being done when it failed.
Result<void> initAtServer(const CommandLine &line, CommandOutput &output, base::Occasion &occasion)
{
    const Arguments &arguments = line.arguments;
    const QString folder = QDir::current().absoluteFilePath(line.profile);
    if (store::ProfilePaths{folder}.exists())
        return {ErrorCode::AlreadyExists, QStringLiteral("a profile is there already"), {folder}};
    FIELDFARE_ASSIGN(const net::ServerAddress address, serverAddress(arguments, output));
    FIELDFARE_ASSIGN(const QString password, readSecret({arguments.value("password-file"), "FIELDFARE_PASSWORD", QStringLiteral("Password of the account"), false}));
    FIELDFARE_ASSIGN(const base::Secret passphrase,
                     readNewPassphrase({line.secretFile, "FIELDFARE_PASSPHRASE", QStringLiteral("New passphrase for this computer"), true}));
    const base::SystemClock clock;
    base::SystemRandom random;
    const store::ProfileInfo asked = profileInfo(arguments);
    FIELDFARE_ASSIGN(const Enrolled enrolled, enrolHere(address, {asked.userName, password, asked.deviceName}, clock, random));
    FIELDFARE_ASSIGN(const auto session, ProfileSession::create(folder, passphrase));
    FIELDFARE_TRY(joinServer(session->store(), enrolled));
    FIELDFARE_TRY(session->complete());
    occasion = base::Occasion::Downloading;
    FIELDFARE_ASSIGN(const engine::SyncReport report, syncNow(session->store(), session->clock(), session->random(), output,
                                                             {.json = line.json, .keeper = std::make_shared<RecoveryKeeper>(session->paths(), [&] { return session->key(); })}));
    if (line.json) {
        print(output, {{QStringLiteral("profile"), folder}, {QStringLiteral("server"), address.url.toString()},
                       {QStringLiteral("device"), enrolled.account.device.toString()}, {QStringLiteral("user"), enrolled.reply.userName},
                       {QStringLiteral("company"), enrolled.reply.company}, {QStringLiteral("pulled"), qint64(report.pulled)},
                       {QStringLiteral("cursor"), qint64(report.cursor)}});
    } else {
        output.out(QStringLiteral("Enrolled at %1; %2 records downloaded.\n").arg(address.url.toString()).arg(report.pulled).toUtf8());
    }
    return {};
}

Result<void> changePassphrase(const CommandLine &line, const storage::KeyFile::Parameters &parameters, CommandOutput &output)
{
    const store::ProfilePaths paths{QDir::current().absoluteFilePath(line.profile)};
    if (!paths.exists())
        return {ErrorCode::NotFound, QStringLiteral("no profile there"), {paths.folder}};
    FIELDFARE_ASSIGN(const QString former, readSecret({line.secretFile, "FIELDFARE_PASSPHRASE", QStringLiteral("Passphrase"), false}));
    storage::KeyFile keyFile(paths.keyFile());
    const base::Secret formerBytes = storage::passphraseBytes(former);
    // Another program could be replacing the data key, or many of this one be guessing at once. Not while somebody types, who may
    // never end: what happens meanwhile is seen by changePassphrase(), which opens the key file once more.
    {
        FIELDFARE_ASSIGN(const auto lock, storage::ProfileLock::acquire(paths.folder));
        const base::SystemClock clock;
        if (const auto unlocked = storage::TryLimit(paths.keyFile(), clock).attempt([&] { return keyFile.unlock(formerBytes); }); !unlocked.ok())
            return withTriesLeft(unlocked.error(), paths.keyFile());
    }
    FIELDFARE_ASSIGN(const base::Secret next, readNewPassphrase({line.arguments.value("new-secret-file"), "FIELDFARE_NEW_PASSPHRASE", QStringLiteral("New passphrase"), true}));
    FIELDFARE_ASSIGN(const auto lock, storage::ProfileLock::acquire(paths.folder));
    const std::unique_ptr<SecretStore> keychain = makeKeychain();
    const QString item = KeychainUnlock(paths.keyFile(), *keychain).item();
    FIELDFARE_TRY(keyFile.changePassphrase(formerBytes, next, parameters));
    FIELDFARE_TRY(keyFile.forgetPrevious());
    static_cast<void>(forgetNow(*keychain, item)); // it opens nothing any more
    FIELDFARE_ASSIGN(const int cost, keyFile.logN());
    if (line.json)
        print(output, {{QStringLiteral("changed"), true}, {QStringLiteral("cost"), cost}});
    else
        output.out("The passphrase was changed. Backups of the key file still open with the former one.\n");
    return {};
}

} // namespace

int runInit(const CommandLine &line, CommandOutput &output)
{
    FailureManner manner{.json = line.json, .occasion = base::Occasion::Enrolling};
    const bool isAlone = !line.arguments.has("server");
    if (!isAlone && !line.arguments.has("user")) {
        manner.isWrongUsage = true;
        return reportError(output, {ErrorCode::InvalidArgument, QStringLiteral("--server needs --user NAME")}, manner);
    }
    const Result<void> result = isAlone ? initAlone(line, output) : initAtServer(line, output, manner.occasion);
    return result.ok() ? 0 : reportError(output, result.error(), manner);
}

int runPassphrase(const CommandLine &line, CommandOutput &output)
{
    if (line.arguments.words.value(0) != QLatin1String("change"))
        return reportError(output, {ErrorCode::InvalidArgument, QStringLiteral("usage: passphrase change")}, {.json = line.json, .isWrongUsage = true});
    storage::KeyFile::Parameters parameters;
    if (line.arguments.has("cost")) {
        const int least = parameters.logN; // what every new key file costs
        bool isNumber = false;
        parameters.logN = line.arguments.value("cost").toInt(&isNumber);
        if (!isNumber || parameters.logN < least || parameters.logN > storage::KeyFileContent::kMaxLogN) {
            return reportError(output, {ErrorCode::InvalidArgument, QStringLiteral("--cost takes %1 to %2").arg(least).arg(storage::KeyFileContent::kMaxLogN)},
                               {.json = line.json, .isWrongUsage = true});
        }
    }
    const Result<void> result = changePassphrase(line, parameters, output);
    return result.ok() ? 0 : reportError(output, result.error(), {.json = line.json});
}

} // namespace fieldfare::app
