// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/server_access.h"

#include "app/cli/secret_input.h"
#include "app/cli/wait_for.h"
#include "app/composition/sync_service.h"
#include "core/base/platform.h"

#include <QFile>
#include <QTextStream>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

namespace {

constexpr const char *kCodeVariable = "FIELDFARE_CODE";

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

} // namespace

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

Result<Enrolled> enrolHere(const net::ServerAddress &address, const SignIn &signIn, const base::Clock &clock, base::RandomSource &random,
                           const std::function<bool()> &isStopped)
{
    const auto enrol = [&](const SignIn &who) {
        Enrolment enrolment(address, clock, random);
        return waitFor<Enrolled>([&](auto done) { enrolment.start(who, std::move(done)); }, isStopped);
    };
    Result<Enrolled> enrolled = enrol(signIn);
    const bool mayAsk = qEnvironmentVariableIsSet(kCodeVariable) || base::platform::standardInputIsTerminal();
    if (enrolled.ok() || enrolled.error().code != ErrorCode::SecondFactorNeeded || !mayAsk)
        return enrolled;
    SignIn withCode = signIn;
    FIELDFARE_ASSIGN(withCode.code, readSecret({QString(), kCodeVariable, QStringLiteral("Code of the authenticator app, or a recovery code"), false}));
    return enrol(withCode);
}

Result<engine::SyncReport> syncNow(store::Store &store, const base::Clock &clock, base::RandomSource &random, CommandOutput &output,
                                   const SyncOptions &options)
{
    DirectStoreAccess access(store);
    SyncService service(access, clock, random);
    service.expectNumbers(options.numbers);
    service.keepSealed(options.keeper);
    int shown = 0;
    QObject::connect(&service, &store::SyncStatus::changed, &service, [&] {
        const store::LinkState state = service.state();
        if (state.done >= shown + 100'000) {
            shown = state.done;
            writeNote(output, options.json, QStringLiteral("downloaded %1 of %2 records").arg(state.done).arg(state.total));
        }
    });
    FIELDFARE_TRY(waitFor<void>([&](auto done) { service.load(std::move(done)); }, options.isStopped));
    return waitFor<engine::SyncReport>([&](auto done) { service.sync(std::move(done)); }, options.isStopped);
}

} // namespace fieldfare::app
