// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/operation.h"
#include "core/model/value.h"
#include "core/store/query/filter.h"

#include <QString>

#include <vector>

namespace fieldfare::ui {

/// What pages ask of the window they stand in. The main window implements it; tests give a fake. UI thread.
class ActionSink {
public:
    virtual ~ActionSink() = default;
    /// Shows the record in its entity's list and record zone.
    virtual void openRecord(const model::Reference &record) = 0;
    /// Shows the list of `entity` with a filter ("figures are clickable to their rows"); `title` names it.
    virtual void openList(model::EntityId entity, const store::Filter &filter, const QString &title) = 0;
    /// Shows a page by its key ("dashboard", "review", "tray", "settings", "sync"), one of its sections after a slash
    /// ("settings/quality"), or leaves the window for one outside ("connect", "welcome").
    virtual void openPage(const QString &place) = 0;
    /// Opens an empty form in the record zone with these first values.
    virtual void newRecord(model::EntityId entity, const std::vector<changes::FieldValue> &first) = 0;
    /// Says what was done. With `action`, offers Undo of that action.
    virtual void announce(const QString &iconName, const QString &text, const base::Id &action) = 0;
    /// Says what failed, in the words of base::errorWords().
    virtual void showError(const base::Error &error) = 0;
};

} // namespace fieldfare::ui
