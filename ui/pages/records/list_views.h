// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/entity.h"
#include "core/store/query/list_query.h"

#include <QCoreApplication>

#include <optional>

namespace fieldfare::ui {

/// A named selection of an entity's rows, as the side bar lists it.
struct ListView {
    QString key;
    QString iconName;
    QString title;
    store::Filter filter = {};
    QList<store::SortKey> sorts = {}; ///< Empty: as the list stands.
    store::TrashedRows trashed = store::TrashedRows::Hide;
};

/// The views that every entity has by what its fields are: all, one's own, those still open, what is due, what changed
/// lately, the trash.
class BuiltInViews {
    Q_DECLARE_TR_FUNCTIONS(BuiltInViews)

public:
    [[nodiscard]] static QList<ListView> of(const model::Entity &entity, bool lowerCase);
    /// The one whose number stands beside the module: what waits for oneself. None where nothing is ever open.
    [[nodiscard]] static std::optional<ListView> counted(const model::Entity &entity);
};

} // namespace fieldfare::ui
