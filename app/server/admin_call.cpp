// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/admin_call.h"

#include "app/server/admin_socket.h"
#include "app/server/secret_input.h"
#include "core/storage/passphrase.h"

#include <QDir>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

Result<QJsonObject> adminCall(const ServerOptions &options, const QJsonObject &request, const std::function<Result<QJsonObject>(StoreSession &)> &work)
{
    const QString folder = QDir(options.data).absolutePath();
    const auto answered = AdminSocket::call(folder, request);
    if (answered.ok() || answered.error().code != ErrorCode::NotFound)
        return answered;
    const base::SystemClock clock;
    base::SystemRandom random;
    FIELDFARE_ASSIGN(const QString passphrase, readPassphrase(options.secretFile, folder, false));
    FIELDFARE_ASSIGN(auto database, server::ServerDatabase::open(folder, storage::passphraseBytes(passphrase), model::Catalog::standard()));
    FIELDFARE_ASSIGN(StoreSession session, StoreSession::over(std::move(database), clock, random));
    QJsonObject answer;
    FIELDFARE_TRY(session.storage->write([&]() -> Result<void> {
        FIELDFARE_ASSIGN(answer, work(session));
        return {};
    }));
    return answer;
}

} // namespace fieldfare::app
