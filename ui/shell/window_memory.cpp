// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the main window leaves to the next one of its profile (WindowState).
#include "ui/pages/records/records_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/window_state.h"
#include "ui/widgets/record/record_panel.h"

namespace fieldfare::ui {

void MainWindow::loadState()
{
    m_context.database.write<QByteArray>([](store::Store &store) { return store.setting(WindowState::kSetting); }, this, [this](base::Result<QByteArray> bytes) {
        if (bytes.ok() && !m_isClosed)
            takeState(WindowState::fromBytes(*bytes));
    });
}

void MainWindow::takeState(const WindowState &state)
{
    m_isStateTaken = true;
    if (!state.geometry.isEmpty())
        restoreGeometry(state.geometry);
    for (auto kept = state.drafts.cbegin(); kept != state.drafts.cend(); ++kept) {
        if (auto *records = qobject_cast<RecordsPage *>(m_pages.value(kept.key())))
            records->record().restoreDrafts(*kept);
        else
            m_keptDrafts.insert(kept.key(), *kept);
    }
    if (Page *last = page(state.module)) {
        showPage(last);
        auto *records = qobject_cast<RecordsPage *>(last);
        if (records != nullptr && state.record == WindowState::kNewRecord)
            records->newRecord();
        else if (const auto id = base::Id::fromString(state.record); records != nullptr && id)
            records->openRecord(*id);
    }
    // From here on they are this window's, which asks before it throws them away. Found again by a later start they might be old.
    if (!state.drafts.isEmpty())
        saveState();
}

WindowState MainWindow::state() const
{
    WindowState state;
    state.geometry = saveGeometry();
    if (const Page *shown = currentPage())
        state.module = shown->key();
    return state;
}

QByteArray MainWindow::stateForUnlock() const
{
    WindowState state = this->state();
    state.drafts = m_keptDrafts;
    for (auto made = m_pages.cbegin(); made != m_pages.cend(); ++made) {
        const auto *records = qobject_cast<const RecordsPage *>(*made);
        if (const QByteArray bytes = records != nullptr ? records->record().drafts() : QByteArray(); !bytes.isEmpty())
            state.drafts.insert(made.key(), bytes);
    }
    if (RecordsPage *records = currentRecords(); records != nullptr && records->isRecordOpen()) {
        const EditModel &open = records->record().model();
        state.record = open.isNew() ? QString(WindowState::kNewRecord) : open.reference().id.toString();
    }
    return state.toBytes();
}

void MainWindow::saveState()
{
    if (!m_isStateTaken)
        return; // closed at once: drafts that were kept for this window would be lost
    m_context.database.write<bool>(
        [bytes = m_keepsDrafts ? stateForUnlock() : state().toBytes()](store::Store &store) -> base::Result<bool> {
            FIELDFARE_TRY(store.setSetting(WindowState::kSetting, bytes));
            return true;
        },
        this, {});
}

} // namespace fieldfare::ui
