// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What pages ask of the main window (ActionSink), and undo.
#include "core/base/error_words.h"
#include "core/store/query/list_reader.h"
#include "ui/pages/records/records_page.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/key_sheet.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/controls/toast.h"

namespace fieldfare::ui {

namespace {

constexpr int kRecentRecords = 30;

} // namespace

void MainWindow::openRecord(const model::Reference &record)
{
    RecordsPage *records = recordsPage(record.entity);
    if (records == nullptr) {
        openOwner(record);
        return;
    }
    m_recent.removeAll(record);
    m_recent.prepend(record);
    m_recent = m_recent.mid(0, kRecentRecords);
    m_palette->model().setRecent(m_recent);
    if (records != currentRecords())
        showPage(records);
    records->openRecord(record.id);
}

void MainWindow::openOwner(const model::Reference &record)
{
    // A call has no page of its own: it is read in the timeline of whom it was with.
    using Rows = std::vector<store::RowView>;
    m_context.database.read<Rows>(
        [record](store::ReadContext &reading) {
            store::ListReader reader(reading.connection(), reading.catalog(), reading.filterContext());
            return reader.rowsById(record.entity, std::span(&record.id, 1));
        },
        this,
        [this](base::Result<Rows> rows) {
            if (!rows.ok() || rows->empty())
                return;
            const model::Record &found = rows->front().record;
            for (const model::Field &field : m_context.database.catalog()->entity(found.entity)->fields()) {
                const model::Reference *owner = found.value(field).reference();
                if (owner != nullptr && recordsPage(owner->entity) != nullptr) {
                    openRecord(*owner);
                    return;
                }
            }
        });
}

void MainWindow::openList(model::EntityId entity, const store::Filter &filter, const QString &title)
{
    if (RecordsPage *records = recordsPage(entity)) {
        showPage(records);
        records->showFilter(filter, title);
    }
}

void MainWindow::openPage(const QString &place)
{
    const QString key = place.section(QLatin1Char('/'), 0, 0);
    Page *found = page(key);
    // The tray and the sync panel may be parts of other pages.
    if (found == nullptr && key == QStringLiteral("tray"))
        found = page(QStringLiteral("review"));
    if (found == nullptr) {
        Q_EMIT outsidePageRequested(key);
        return;
    }
    showPage(found);
    if (const QString section = place.section(QLatin1Char('/'), 1); !section.isEmpty() && currentPage() == found)
        found->showSection(section);
}

void MainWindow::newRecord(model::EntityId entity, const std::vector<changes::FieldValue> &first)
{
    if (RecordsPage *records = recordsPage(entity)) {
        if (records != currentRecords())
            showPage(records);
        records->newRecord(first);
    }
}

void MainWindow::announce(const QString &iconName, const QString &text, const base::Id &action)
{
    m_toastAction = action;
    if (action.isNull())
        m_toast->show(iconName, text);
    else
        m_toast->show(iconName, text, tr("Undo"), QKeySequence(QKeySequence::Undo).toString(QKeySequence::NativeText));
}

void MainWindow::showError(const base::Error &error)
{
    if (error.code == base::ErrorCode::Cancelled)
        return;
    m_toastAction = {};
    m_toast->show(QStringLiteral("error"), base::errorWords(error).joined());
}

void MainWindow::showKeys()
{
    if (!m_keys)
        m_keys = new KeySheet(*m_commands, this);
    m_keys->show();
    m_keys->raise();
    m_keys->activateWindow();
}

void MainWindow::undoLast()
{
    m_context.database.write<base::Id>([](store::Store &store) { return store.lastUndoable(); }, this, [this](base::Result<base::Id> action) {
        if (action.ok())
            undo(*action);
        else
            showError(action.error());
    });
}

void MainWindow::undo(const base::Id &action)
{
    m_context.database.write<store::UndoReport>([action](store::Store &store) { return store.undo(action); }, this, [this](base::Result<store::UndoReport> report) {
        if (!report.ok())
            showError(report.error());
        else
            announce(QStringLiteral("undo"), undoText(*report), {});
    });
}

QString MainWindow::undoText(const store::UndoReport &report) const
{
    if (report.kept.empty())
        return tr("Undone");
    // "3 of 4 undone: phone was changed by Bo"
    const store::UndoKept &kept = report.kept.front();
    const model::Entity *entity = m_context.database.catalog()->entity(kept.entity);
    const model::Field *field = entity ? entity->field(kept.field) : nullptr;
    const QString by = m_context.names.userName(kept.by);
    const QString what = field ? field->label() : tr("The record");
    return tr("%1 of %2 undone: %3 was changed by %4").arg(report.undone).arg(report.total).arg(what, by.isEmpty() ? tr("somebody else") : by);
}

} // namespace fieldfare::ui
