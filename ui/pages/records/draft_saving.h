// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"

#include <QObject>
#include <QSet>

#include <functional>

namespace fieldfare::ui {

class RecordsPage;

/// Saves what is typed and not saved on a page, one record or note after the other, as a person would: the record is opened,
/// and saved as by its button. Ends, and deletes itself, when nothing is left or something cannot be saved; the page says why, and
/// what was typed stays. A child of the page. UI thread.
class DraftSaving final : public QObject {
    Q_OBJECT
public:
    /// `done`: nothing is left.
    DraftSaving(RecordsPage &page, std::function<void()> done);

private:
    void stepSoon();
    void step();
    void open(const base::Id &record);
    void end();

    RecordsPage &m_page;
    std::function<void()> m_done;
    QSet<base::Id> m_opened; ///< What is still a draft after that cannot be saved.
    bool m_isEnded = false;
    bool m_isStepWanted = false;
};

} // namespace fieldfare::ui
