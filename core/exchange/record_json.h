// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/entity.h"
#include "core/store/query/row_view.h"

#include <QJsonObject>

namespace fieldfare::exchange {

/// Fields that export and the command line show: neither hidden nor removed.
[[nodiscard]] QList<const model::Field *> shownFields(const model::Entity &entity);

/// Numbers as numbers, yes/no as true and false, the rest in its canonical text ("1054.00 USD", "2026-11-21"), choices by their
/// key; null when empty. References are their id here.
[[nodiscard]] QJsonValue jsonValue(const model::Field &field, const model::Value &value);

/// A record as one flat object: id, every shown field by its name, tags as an array, created_at, modified_at, trashed. A reference
/// stands as the title of its target, with the id beside it as <field>_id.
[[nodiscard]] QJsonObject recordJson(const model::Entity &entity, const store::RowView &row);

} // namespace fieldfare::exchange
