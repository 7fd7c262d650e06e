// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/commands.h"

#include "app/server/running_server.h"
#include "app/server/secret_input.h"
#include "app/server/store_session.h"
#include "core/base/platform.h"
#include "core/base/termination.h"
#include "core/storage/passphrase.h"

#include <QCoreApplication>
#include <QDir>

namespace fieldfare::app {

using base::Result;

namespace {

Result<std::unique_ptr<RunningServer>> start(const ServeOptions &options, const base::Clock &clock, base::RandomSource &random)
{
    const QString folder = QDir(options.data).absolutePath();
    FIELDFARE_ASSIGN(const QString passphrase, readPassphrase(options.secretFile, folder, false));
    FIELDFARE_ASSIGN(auto database,
                     server::ServerDatabase::open(folder, storage::passphraseBytes(passphrase), model::Catalog::standard()));
    FIELDFARE_ASSIGN(server::TokenSigner signer, tokenSigner(*database, clock));
    auto running = std::make_unique<RunningServer>(std::move(database), std::move(signer), clock, random);
    FIELDFARE_TRY(running->start(options));
    return running;
}

} // namespace

int runServe(const ServeOptions &options, const Console &console)
{
    base::platform::raiseOpenFileLimit(); // a socket is a file, and there may be thousands of idle devices
    const base::SystemClock clock;
    base::SystemRandom random;
    const auto running = start(options, clock, random);
    if (!running.ok())
        return console.failure(running.error());
    QObject::connect(running->get(), &RunningServer::stopped, qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    base::whenTerminated(running->get(), [server = running->get()] { server->stop(); });
    console.result(QStringLiteral("listening %1").arg((*running)->url()), {{QStringLiteral("listening"), (*running)->url()}});
    const int code = QCoreApplication::exec();
    base::stopWaitingForTermination();
    return code;
}

} // namespace fieldfare::app
