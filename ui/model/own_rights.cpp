// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/own_rights.h"

#include "core/model/entities/entities.h"

namespace fieldfare::ui {

OwnRights::OwnRights(store::DatabaseThread &database, QObject *parent) : QObject(parent), m_database(database)
{
    connect(&database, &store::DatabaseThread::rowsChanged, this, [this](model::EntityId entity) {
        if (entity == model::entities::kRoleRight.id || entity == model::entities::kUser.id || entity == model::entities::kTeam.id)
            read();
    });
    read();
}

void OwnRights::read()
{
    m_database.write<rights::Rights>([](store::Store &store) { return store.rights(); }, this, [this](base::Result<rights::Rights> rights) {
        if (!rights.ok())
            return; // what is not known is refused when it is tried
        m_rights = std::move(*rights);
        Q_EMIT changed();
    });
}

} // namespace fieldfare::ui
