// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/commands.h"
#include "app/server/store_session.h"

#include <QJsonObject>

#include <functional>

namespace fieldfare::app {

/// An administrator's command: asks the server that holds the data folder, or opens the folder itself when none runs and does
/// the work in one transaction. Blocks. Fails as AdminSocket::call() and ServerDatabase::open() do, and as the work does.
[[nodiscard]] base::Result<QJsonObject> adminCall(const ServerOptions &options, const QJsonObject &request,
                                                  const std::function<base::Result<QJsonObject>(StoreSession &)> &work);

} // namespace fieldfare::app
