// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/records/draft_saving.h"

#include "ui/pages/records/records_page.h"
#include "ui/widgets/record/record_panel.h"
#include "ui/widgets/record/timeline_panel.h"

namespace fieldfare::ui {

DraftSaving::DraftSaving(RecordsPage &page, std::function<void()> done) : QObject(&page), m_page(page), m_done(std::move(done))
{
    RecordPanel &panel = m_page.record();
    connect(&panel, &RecordPanel::saved, this, &DraftSaving::stepSoon);
    connect(&panel, &RecordPanel::announced, this, &DraftSaving::stepSoon); // a note
    connect(&panel.model(), &EditModel::loaded, this, &DraftSaving::stepSoon);
    connect(&panel, &RecordPanel::failed, this, &DraftSaving::end);
    connect(&panel, &RecordPanel::gone, this, &DraftSaving::end);
    stepSoon();
}

/// Later: whoever tells has more to do with it.
void DraftSaving::stepSoon()
{
    if (!std::exchange(m_isStepWanted, true))
        QMetaObject::invokeMethod(this, &DraftSaving::step, Qt::QueuedConnection);
}

void DraftSaving::step()
{
    m_isStepWanted = false;
    RecordPanel &panel = m_page.record();
    EditModel &model = panel.model();
    TimelinePanel &notes = panel.timeline();
    if (m_isEnded || model.isSaving() || notes.isSaving())
        return; // its answer comes here
    if (model.isOpenDraft()) {
        if (!panel.save())
            end();
    } else if (notes.isNoteOpen()) {
        notes.saveNote();
    } else if (const auto record = model.keptDraft()) {
        open(*record);
    } else if (const auto noted = notes.keptNote()) {
        open(*noted);
    } else {
        const std::function<void()> done = m_done; // which may ask for the next one, and this is gone
        end();
        done();
    }
}

void DraftSaving::open(const base::Id &record)
{
    if (m_opened.contains(record))
        return end();
    m_opened.insert(record);
    if (record.isNull())
        m_page.newRecord();
    else
        m_page.openRecord(record);
}

void DraftSaving::end()
{
    m_isEnded = true;
    deleteLater();
}

} // namespace fieldfare::ui
