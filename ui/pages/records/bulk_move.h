// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/operation.h"
#include "core/store/thread/database_thread.h"

#include <QObject>

namespace fieldfare::ui {

/// Moves any number of rows to the trash, or out of it, as one action that one undo takes back. Piece by piece in the
/// background: the window stays alive, other work gets in between, and what is done when it ends early stays done. UI
/// thread; `database` must outlive it. Destroying it ends it without a word.
class BulkMove final : public QObject {
    Q_OBJECT
public:
    /// `kind` is Trash or Restore. `rids` are those of a list's order; rows that have gone since are left out.
    BulkMove(store::DatabaseThread &database, model::EntityId entity, std::vector<std::int64_t> rids, changes::OperationKind kind, QString label,
             QObject *parent = nullptr);

    void start();
    /// After the piece that runs; finished() follows.
    void stop() { m_isStopped = true; }

Q_SIGNALS:
    void progressed(int done, int total);
    /// `action` is null when nothing was moved.
    void finished(const fieldfare::base::Id &action, int moved);
    /// finished() follows, with what was moved before.
    void failed(const fieldfare::base::Error &error);

private:
    void next();
    void commit(const std::vector<base::Id> &ids, size_t end);
    void fail(const base::Error &error);

    store::DatabaseThread &m_database;
    model::EntityId m_entity;
    std::vector<std::int64_t> m_rids;
    changes::OperationKind m_kind;
    QString m_label;
    base::Id m_action;
    size_t m_done = 0; ///< Of m_rids.
    int m_moved = 0;   ///< Rows that were not there already.
    bool m_isStopped = false;
};

} // namespace fieldfare::ui
