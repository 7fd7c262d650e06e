// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/commands.h"

#include "app/server/qt_messages.h"
#include "app/server/running_server.h"
#include "app/server/secret_input.h"
#include "app/server/store_session.h"
#include "core/base/platform.h"
#include "core/base/termination.h"
#include "core/storage/passphrase.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace fieldfare::app {

using base::Result;

namespace {

constexpr std::int64_t kOwnFiles = 64; ///< The store's connections, administrators' commands, backups.

/// A socket is a file, and there may be thousands of idle devices. Fewer connections than files: when these run out, QTcpServer may
/// try to accept without an end instead of saying so, and the store could not open what it needs.
server::HttpLimits limits()
{
    server::HttpLimits limits;
    const std::int64_t files = base::platform::raiseOpenFileLimit();
    if (files > 0)
        limits.connections = int(std::clamp<std::int64_t>(files - kOwnFiles, 16, limits.connections));
    return limits;
}

Result<std::unique_ptr<RunningServer>> start(const ServeOptions &options, const base::Clock &clock, base::RandomSource &random)
{
    const QString folder = QDir(options.data).absolutePath();
    FIELDFARE_ASSIGN(const QString passphrase, readPassphrase(options.secretFile, folder, false));
    FIELDFARE_ASSIGN(auto database,
                     server::ServerDatabase::open(folder, storage::passphraseBytes(passphrase), model::Catalog::standard()));
    FIELDFARE_ASSIGN(server::TokenSigner signer, tokenSigner(*database, clock));
    auto running = std::make_unique<RunningServer>(std::move(database), std::move(signer), clock, random, limits());
    FIELDFARE_TRY(running->start(options));
    return running;
}

} // namespace

int runServe(const ServeOptions &options, const Console &console)
{
    const base::SystemClock clock;
    base::SystemRandom random;
    server::RequestLog log(clock, stderr);
    const QtMessages messages(log);
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
