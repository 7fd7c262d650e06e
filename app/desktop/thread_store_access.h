// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/composition/store_access.h"
#include "core/store/thread/database_thread.h"

namespace fieldfare::app {

/// The store lives on the database thread; what a person does goes before this.
class ThreadStoreAccess final : public QObject, public StoreAccess {
    Q_OBJECT
public:
    explicit ThreadStoreAccess(store::DatabaseThread &database, QObject *parent = nullptr) : QObject(parent), m_database(database) {}
    void run(Work work, Done done) override;

private:
    store::DatabaseThread &m_database;
};

} // namespace fieldfare::app
