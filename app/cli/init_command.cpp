// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/init_command.h"

#include "app/cli/secret_input.h"
#include "app/cli/wait_for.h"
#include "app/composition/enrolment.h"
#include "app/composition/profile_session.h"
#include "app/composition/sync_service.h"
#include "core/base/platform.h"
#include "core/storage/passphrase.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSysInfo>
#include <QTextStream>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

namespace {

Result<base::Secret> newPassphrase(const SecretSources &sources)
{
    bool fromFile = false;
    FIELDFARE_ASSIGN(const QString text, readSecret(sources, &fromFile));
    if (!fromFile)
        FIELDFARE_TRY(storage::requireStrongPassphrase(text));
    if (text.isEmpty())
        return {ErrorCode::WeakPassphrase, QStringLiteral("the passphrase is empty")};
    return storage::passphraseBytes(text);
}

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
                     newPassphrase({line.secretFile, "FIELDFARE_PASSPHRASE", QStringLiteral("New passphrase"), true}));
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

/// Shows who answers and asks; only on a terminal (a script that pins nothing is refused).
Result<QByteArray> askForPin(const net::ServerAddress &address, CommandOutput &output)
{
    if (!base::platform::standardInputIsTerminal())
        return {ErrorCode::CertificateUntrusted, QStringLiteral("give --ca FILE or --fingerprint HEX: without a terminal nobody can compare the fingerprint")};
    const base::SystemClock clock;
    base::SystemRandom random;
    Enrolment enrolment(address, clock, random);
    FIELDFARE_ASSIGN(const net::PeerInfo peer, waitFor<net::PeerInfo>([&](auto done) { enrolment.probe(std::move(done)); }));
    output.err("The server shows an authority with the fingerprint\n  " + peer.authorityFingerprint + "\nCompare it with the one that the administrator has. Is it the same (yes/no)? ");
    if (QTextStream(stdin).readLine().trimmed().compare(QLatin1String("yes"), Qt::CaseInsensitive) != 0)
        return {ErrorCode::CertificateUntrusted, QStringLiteral("the fingerprint was not confirmed")};
    return net::parseFingerprint(QString::fromLatin1(peer.authorityFingerprint));
}

Result<net::ServerAddress> serverAddress(const Arguments &arguments, CommandOutput &output)
{
    net::ServerAddress address;
    FIELDFARE_ASSIGN(address.url, net::parseServerUrl(arguments.value("server")));
    if (arguments.has("ca")) {
        QFile file(arguments.value("ca"));
        if (!file.open(QIODevice::ReadOnly))
            return {ErrorCode::NotFound, file.errorString(), {arguments.value("ca")}};
        address.authorityPem = file.readAll();
        if (address.allPins().isEmpty())
            return {ErrorCode::InvalidArgument, QStringLiteral("%1 holds no certificate").arg(arguments.value("ca"))};
    }
    if (arguments.has("fingerprint")) {
        FIELDFARE_ASSIGN(const QByteArray pin, net::parseFingerprint(arguments.value("fingerprint")));
        address.pins.insert(pin);
    }
    if (address.allPins().isEmpty()) {
        FIELDFARE_ASSIGN(const QByteArray pin, askForPin(address, output));
        address.pins.insert(pin);
    }
    return address;
}

Result<engine::SyncReport> firstSync(ProfileSession &session, CommandOutput &output)
{
    DirectStoreAccess access(session.store());
    SyncService service(access, session.clock(), session.random());
    int shown = 0;
    QObject::connect(&service, &store::SyncStatus::changed, &service, [&] {
        const store::LinkState state = service.state();
        if (state.done >= shown + 100'000) {
            shown = state.done;
            output.err("downloaded " + QByteArray::number(state.done) + " of " + QByteArray::number(state.total) + " records\n");
        }
    });
    FIELDFARE_TRY(waitFor<void>([&](auto done) { service.load(std::move(done)); }));
    return waitFor<engine::SyncReport>([&](auto done) { service.sync(std::move(done)); });
}

Result<void> initAtServer(const CommandLine &line, CommandOutput &output)
{
    const Arguments &arguments = line.arguments;
    const QString folder = QDir::current().absoluteFilePath(line.profile);
    if (store::ProfilePaths{folder}.exists())
        return {ErrorCode::AlreadyExists, QStringLiteral("a profile is there already"), {folder}};
    FIELDFARE_ASSIGN(const net::ServerAddress address, serverAddress(arguments, output));
    FIELDFARE_ASSIGN(const QString password, readSecret({arguments.value("password-file"), "FIELDFARE_PASSWORD", QStringLiteral("Password of the account"), false}));
    FIELDFARE_ASSIGN(const base::Secret passphrase,
                     newPassphrase({line.secretFile, "FIELDFARE_PASSPHRASE", QStringLiteral("New passphrase for this computer"), true}));
    const base::SystemClock clock;
    base::SystemRandom random;
    Enrolment enrolment(address, clock, random);
    const store::ProfileInfo asked = profileInfo(arguments);
    FIELDFARE_ASSIGN(const Enrolled enrolled, waitFor<Enrolled>([&](auto done) { enrolment.start(asked.userName, password, asked.deviceName, std::move(done)); }));
    FIELDFARE_ASSIGN(const auto session, ProfileSession::create(folder, passphrase));
    FIELDFARE_TRY(joinServer(session->store(), enrolled));
    FIELDFARE_TRY(session->complete());
    const auto report = firstSync(*session, output);
    if (!report.ok()) {
        output.err("The device is enrolled, but the download was not completed; sync goes on with it.\n");
        return report.error();
    }
    if (line.json) {
        print(output, {{QStringLiteral("profile"), folder}, {QStringLiteral("server"), address.url.toString()},
                       {QStringLiteral("device"), enrolled.account.device.toString()}, {QStringLiteral("user"), enrolled.reply.userName},
                       {QStringLiteral("company"), enrolled.reply.company}, {QStringLiteral("pulled"), qint64(report->pulled)},
                       {QStringLiteral("cursor"), qint64(report->cursor)}});
    } else {
        output.out(QStringLiteral("Enrolled at %1; %2 records downloaded.\n").arg(address.url.toString()).arg(report->pulled).toUtf8());
    }
    return {};
}

Result<void> changePassphrase(const CommandLine &line, CommandOutput &output)
{
    const store::ProfilePaths paths{QDir::current().absoluteFilePath(line.profile)};
    if (!paths.exists())
        return {ErrorCode::NotFound, QStringLiteral("no profile there"), {paths.folder}};
    FIELDFARE_ASSIGN(const QString former, readSecret({line.secretFile, "FIELDFARE_PASSPHRASE", QStringLiteral("Passphrase"), false}));
    storage::KeyFile keyFile(paths.keyFile());
    const base::Secret formerBytes = storage::passphraseBytes(former);
    FIELDFARE_TRY(keyFile.unlock(formerBytes));
    FIELDFARE_ASSIGN(const base::Secret next, newPassphrase({line.arguments.value("new-secret-file"), "FIELDFARE_NEW_PASSPHRASE", QStringLiteral("New passphrase"), true}));
    FIELDFARE_TRY(keyFile.changePassphrase(formerBytes, next, {}));
    FIELDFARE_TRY(keyFile.forgetPrevious());
    if (line.json)
        print(output, {{QStringLiteral("changed"), true}});
    else
        output.out("The passphrase was changed. Backups of the key file still open with the former one.\n");
    return {};
}

} // namespace

int runInit(const CommandLine &line, CommandOutput &output)
{
    const bool isAlone = !line.arguments.has("server");
    if (!isAlone && !line.arguments.has("user"))
        return reportError(output, {ErrorCode::InvalidArgument, QStringLiteral("--server needs --user NAME")}, true);
    const Result<void> result = isAlone ? initAlone(line, output) : initAtServer(line, output);
    return result.ok() ? 0 : reportError(output, result.error(), false);
}

int runPassphrase(const CommandLine &line, CommandOutput &output)
{
    if (line.arguments.words.value(0) != QLatin1String("change"))
        return reportError(output, {ErrorCode::InvalidArgument, QStringLiteral("usage: passphrase change")}, true);
    const Result<void> result = changePassphrase(line, output);
    return result.ok() ? 0 : reportError(output, result.error(), false);
}

} // namespace fieldfare::app
