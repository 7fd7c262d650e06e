// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Of RecordsPage: what goes to the trash and comes back.
#include "ui/pages/records/bulk_move.h"
#include "ui/pages/records/records_page.h"
#include "ui/widgets/list/entity_list.h"
#include "ui/widgets/record/record_panel.h"

#include <QMessageBox>
#include <QProgressDialog>
#include <QPushButton>

#include <algorithm>

namespace fieldfare::ui {

namespace {

constexpr int kFewRecords = 100;     ///< More are asked about first.
constexpr int kNeighbours = 200;     ///< Rows looked at for one that stays.
constexpr int kShowProgressMs = 500;

} // namespace

void RecordsPage::removeSelected()
{
    if (m_list->selectedCount() > kFewRecords) {
        removeMany(m_list->selectedRids());
        return;
    }
    std::vector<base::Id> ids = m_list->selectedIds();
    if (int(ids.size()) < m_list->selectedCount()) {
        removeMany(m_list->selectedRids()); // some rows are still on the way
        return;
    }
    if (ids.empty() && m_recordShown && !m_record->model().isNew())
        ids.push_back(m_record->model().reference().id);
    if (!ids.empty())
        trash(ids);
}

void RecordsPage::trash(const std::vector<base::Id> &ids)
{
    // The open record may be one that the list does not have: it says itself where it is.
    const EditModel &open = m_record->model();
    const bool isOpenOne = ids.size() == 1 && open.isLoaded() && open.reference().id == ids.front();
    const bool back = isOpenOne ? open.row().record.trashed : m_view == QStringLiteral("trash");
    store::ChangeSet set;
    for (const base::Id &id : ids) {
        changes::LocalChange change;
        change.kind = back ? changes::OperationKind::Restore : changes::OperationKind::Trash;
        change.entity = m_entity;
        change.record = id;
        set.changes.push_back(std::move(change));
    }
    const int count = int(ids.size());
    QString what = tr("%n record(s)", nullptr, count);
    if (const model::Field *title = m_list->model().entity().titleField(); count == 1 && title != nullptr) {
        const store::RowView *row = m_list->model().rowAt(m_list->currentRow());
        if (row != nullptr && row->record.id == ids.front())
            what = oneLine(row->record.value(*title).textOrEmpty());
        else if (isOpenOne)
            what = oneLine(open.stored(*title).textOrEmpty());
    }
    const base::Id next = neighbour(ids);
    const QString done = back ? tr("%1 taken out of the trash").arg(what) : tr("%1 moved to the trash").arg(what);
    set.label = done;
    m_context.database.commit(std::move(set), this, [this, ids, next, done, back](base::Result<store::CommitReport> report) {
        if (!report.ok()) {
            m_context.actions.showError(report.error());
            return;
        }
        // The record zone goes on to what stands where the removed one stood.
        if (m_recordShown && std::find(ids.begin(), ids.end(), m_record->model().reference().id) != ids.end()) {
            if (next.isNull())
                closeRecord();
            else
                openRecord(next);
        }
        m_context.actions.announce(back ? QStringLiteral("undo") : QStringLiteral("trash"), done, report->action);
    });
}

/// More than are seen at once: it asks, with the number of all of them, and works in the background.
void RecordsPage::removeMany(std::vector<std::int64_t> rids)
{
    const bool back = m_view == QStringLiteral("trash");
    const int count = int(rids.size());
    const QString records = m_context.texts.number(count) + QLatin1Char(' ') + (m_context.texts.isChinese() ? m_plural : m_plural.toLower());
    QMessageBox question(QMessageBox::NoIcon, back ? tr("Take out of the trash") : tr("Move to trash"),
                         back ? tr("Take %1 out of the trash?").arg(records) : tr("Move %1 to the trash?").arg(records), QMessageBox::NoButton, this);
    question.setInformativeText(tr("One undo takes all of it back."));
    QPushButton *cancel = question.addButton(QMessageBox::Cancel);
    QPushButton *go = question.addButton(back ? tr("Take out of the trash") : tr("Move to trash"), QMessageBox::AcceptRole);
    question.setDefaultButton(cancel);
    question.exec();
    if (question.clickedButton() != go)
        return;
    // The open record may be one of them: it is closed then.
    const bool hasOpen = m_recordShown && m_record->model().isLoaded() && !m_record->model().isNew()
        && std::binary_search(rids.begin(), rids.end(), m_record->model().row().record.rid);
    const QString label = back ? tr("%1 taken out of the trash").arg(records) : tr("%1 moved to the trash").arg(records);
    auto *move = new BulkMove(m_context.database, m_entity, std::move(rids),
                              back ? changes::OperationKind::Restore : changes::OperationKind::Trash, label, this);
    auto *progress = new QProgressDialog(question.windowTitle() + QStringLiteral(": ") + records, tr("Stop"), 0, count, this);
    progress->setWindowModality(Qt::WindowModal); // what is selected must not change under it
    progress->setMinimumDuration(kShowProgressMs);
    progress->setAutoReset(false);
    connect(progress, &QProgressDialog::canceled, move, &BulkMove::stop);
    connect(move, &BulkMove::progressed, progress, [progress](int done, int) { progress->setValue(done); });
    connect(move, &BulkMove::failed, this, [this](const base::Error &error) { m_context.actions.showError(error); });
    connect(move, &BulkMove::finished, this, [this, move, progress, back, hasOpen](const base::Id &action, int moved) {
        progress->deleteLater();
        move->deleteLater();
        if (moved == 0)
            return;
        if (hasOpen)
            closeRecord();
        const QString what = tr("%n record(s)", nullptr, moved);
        m_context.actions.announce(back ? QStringLiteral("undo") : QStringLiteral("trash"),
                                   back ? tr("%1 taken out of the trash").arg(what) : tr("%1 moved to the trash").arg(what), action);
    });
    move->start();
}

base::Id RecordsPage::neighbour(const std::vector<base::Id> &ids) const
{
    const RecordListModel &rows = m_list->model();
    const auto stays = [&](int row) {
        const base::Id id = rows.idAt(row);
        return !id.isNull() && std::find(ids.begin(), ids.end(), id) == ids.end();
    };
    const int from = m_list->currentRow();
    if (from < 0)
        return {}; // it has no place in this list
    for (int row = from; row < std::min(rows.rowCount(), from + kNeighbours); ++row) {
        if (stays(row))
            return rows.idAt(row);
    }
    for (int row = from; row >= std::max(0, from - kNeighbours); --row) {
        if (stays(row))
            return rows.idAt(row);
    }
    return {};
}

} // namespace fieldfare::ui
