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

Result<QJsonObject> AdminCalls::call(const QJsonObject &request, const std::function<Result<QJsonObject>(StoreSession &)> &work)
{
    const QString folder = QDir(m_options.data).absolutePath();
    if (!m_session) {
        const auto answered = AdminSocket::call(folder, request);
        if (answered.ok() || answered.error().code != ErrorCode::NotFound)
            return answered;
        FIELDFARE_TRY(open(folder));
    }
    QJsonObject answer;
    FIELDFARE_TRY(m_session->storage->write([&]() -> Result<void> {
        FIELDFARE_ASSIGN(answer, work(*m_session));
        return {};
    }));
    return answer;
}

Result<void> AdminCalls::open(const QString &folder)
{
    FIELDFARE_ASSIGN(const QString passphrase, readPassphrase(m_options.secretFile, folder, false));
    FIELDFARE_ASSIGN(auto database, server::ServerDatabase::open(folder, storage::passphraseBytes(passphrase), model::Catalog::standard()));
    FIELDFARE_ASSIGN(m_session, StoreSession::over(std::move(database), m_clock, m_random));
    return {};
}

Result<QJsonObject> adminCall(const ServerOptions &options, const QJsonObject &request, const std::function<Result<QJsonObject>(StoreSession &)> &work)
{
    return AdminCalls(options).call(request, work);
}

} // namespace fieldfare::app
