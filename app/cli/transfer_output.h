// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/transfer_report.h"
#include "core/model/catalog.h"

#include <QJsonObject>

namespace fieldfare::app {

/// What attach did, or would do: counts by entity, the duplicates and the new numbers; for scripts, and as a table for people.
[[nodiscard]] QJsonObject transferJson(const model::Catalog &catalog, const domain::TransferReport &report);
[[nodiscard]] QString transferTable(const model::Catalog &catalog, const domain::TransferReport &report);

} // namespace fieldfare::app
