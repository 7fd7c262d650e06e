// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/commands.h"
#include "app/server/store_session.h"
#include "core/base/clock.h"
#include "core/base/random.h"

#include <QJsonObject>

#include <functional>
#include <optional>

namespace fieldfare::app {

/// An administrator's command: asks the server that holds the data folder, or opens the folder itself when none runs and does
/// the work in one transaction. Blocks. Fails as AdminSocket::call() and ServerDatabase::open() do, and as the work does.
[[nodiscard]] base::Result<QJsonObject> adminCall(const ServerOptions &options, const QJsonObject &request,
                                                  const std::function<base::Result<QJsonObject>(StoreSession &)> &work);

/// The same for a command that calls several times: the folder stays open, and its passphrase is asked once. One thread.
class AdminCalls {
public:
    explicit AdminCalls(const ServerOptions &options) : m_options(options) {}

    [[nodiscard]] base::Result<QJsonObject> call(const QJsonObject &request, const std::function<base::Result<QJsonObject>(StoreSession &)> &work);

private:
    [[nodiscard]] base::Result<void> open(const QString &folder);

    ServerOptions m_options;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    std::optional<StoreSession> m_session;
};

} // namespace fieldfare::app
