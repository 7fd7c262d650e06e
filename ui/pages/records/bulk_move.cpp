// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/records/bulk_move.h"

#include "core/store/query/list_reader.h"

#include <algorithm>
#include <span>

namespace fieldfare::ui {

namespace {

constexpr size_t kPiece = 200; ///< Rows of a transaction: one takes about as long as a click may.

} // namespace

BulkMove::BulkMove(store::DatabaseThread &database, model::EntityId entity, std::vector<std::int64_t> rids, changes::OperationKind kind,
                   QString label, QObject *parent)
    : QObject(parent), m_database(database), m_entity(entity), m_rids(std::move(rids)), m_kind(kind), m_label(std::move(label))
{
}

void BulkMove::start()
{
    next();
}

void BulkMove::next()
{
    Q_EMIT progressed(int(m_done), int(m_rids.size()));
    if (m_isStopped || m_done == m_rids.size()) {
        Q_EMIT finished(m_action, m_moved);
        return;
    }
    const size_t end = std::min(m_done + kPiece, m_rids.size());
    using Ids = std::vector<base::Id>;
    m_database.read<Ids>(
        [entity = m_entity, rids = std::vector(m_rids.begin() + qptrdiff(m_done), m_rids.begin() + qptrdiff(end))](store::ReadContext &reading) {
            return store::ListReader(reading.connection(), reading.catalog(), reading.filterContext()).ids(entity, rids);
        },
        this,
        [this, end](base::Result<Ids> ids) {
            if (ids.ok())
                commit(*ids, end);
            else
                fail(ids.error());
        },
        store::Priority::Background);
}

void BulkMove::commit(const std::vector<base::Id> &ids, size_t end)
{
    store::ChangeSet set;
    set.label = m_label;
    set.action = m_action;
    for (const base::Id &id : ids) {
        changes::LocalChange change;
        change.kind = m_kind;
        change.entity = m_entity;
        change.record = id;
        set.changes.push_back(std::move(change));
    }
    if (set.changes.empty()) { // all of them have gone since
        m_done = end;
        next();
        return;
    }
    m_database.commit(
        std::move(set), this,
        [this, end](base::Result<store::CommitReport> report) {
            if (!report.ok()) {
                fail(report.error());
                return;
            }
            m_moved += report->trashed + report->restored;
            if (m_moved > 0)
                m_action = report->action;
            m_done = end;
            next();
        },
        store::Priority::Background);
}

void BulkMove::fail(const base::Error &error)
{
    Q_EMIT failed(error);
    Q_EMIT finished(m_action, m_moved);
}

} // namespace fieldfare::ui
