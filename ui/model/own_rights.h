// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rights/rights.h"
#include "core/store/thread/database_thread.h"

namespace fieldfare::ui {

/// What the profile's user may do, as this device knows it (core/rights/docs/rights.md): for greying what would be refused. Everything
/// until it was read; read again when users, teams or rights change. UI thread; `database` must outlive it.
class OwnRights final : public QObject {
    Q_OBJECT
public:
    explicit OwnRights(store::DatabaseThread &database, QObject *parent = nullptr);

    [[nodiscard]] bool mayCreate(model::EntityId entity) const { return m_rights.may(rights::Action::Create, entity); }
    /// Some records of the entity at least.
    [[nodiscard]] bool mayRemove(model::EntityId entity) const { return m_rights.may(rights::Action::Remove, entity); }

Q_SIGNALS:
    void changed();

private:
    void read();

    store::DatabaseThread &m_database;
    rights::Rights m_rights;
};

} // namespace fieldfare::ui
