// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/commands.h"

#include "app/server/running_server.h"
#include "app/server/secret_input.h"
#include "app/server/store_session.h"
#include "core/base/platform.h"
#include "core/storage/passphrase.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QDir>

#include <atomic>
#include <functional>

namespace fieldfare::app {

using base::Result;

namespace {

// A signal may come at any instruction: its handler only notes it and wakes the loop.
std::atomic<bool> terminationRequested{false};
std::atomic<QAbstractEventDispatcher *> dispatcherToWake{nullptr};

void onTermination()
{
    terminationRequested = true;
    if (QAbstractEventDispatcher *const dispatcher = dispatcherToWake)
        dispatcher->wakeUp();
}

/// Calls the function once, from the event loop, after a termination request.
void whenTerminated(QObject *context, const std::function<void()> &call)
{
    QAbstractEventDispatcher *const dispatcher = QAbstractEventDispatcher::instance();
    QObject::connect(dispatcher, &QAbstractEventDispatcher::awake, context, [call] {
        if (terminationRequested.exchange(false))
            call();
    });
    dispatcherToWake = dispatcher;
    base::platform::onTerminationRequest(onTermination);
}

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
    const base::SystemClock clock;
    base::SystemRandom random;
    const auto running = start(options, clock, random);
    if (!running.ok())
        return console.failure(running.error());
    QObject::connect(running->get(), &RunningServer::stopped, qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    whenTerminated(running->get(), [server = running->get()] { server->stop(); });
    console.result(QStringLiteral("listening %1").arg((*running)->url()), {{QStringLiteral("listening"), (*running)->url()}});
    const int code = QCoreApplication::exec();
    dispatcherToWake = nullptr;
    return code;
}

} // namespace fieldfare::app
