// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/store/sync_status.h"
#include "core/store/thread/database_thread.h"
#include "ui/model/display_text.h"
#include "ui/model/name_book.h"
#include "ui/pages/action_sink.h"
#include "ui/widgets/theme/theme.h"

#include <QWidget>

namespace fieldfare::ui {

/// What every page works with; all of it outlives the pages. The catalog of the moment is database.catalog().
struct PageContext {
    store::DatabaseThread &database;
    Theme &theme;
    NameBook &names;            ///< What choice keys, users and other references are called.
    const DisplayText &texts;   ///< Values as localised text.
    const base::Clock &clock;
    store::SyncStatus &sync;
    ActionSink &actions;
};

/// A part of a page that a command leads to (Page::showSection).
struct PageSection {
    QString key;
    QString iconName;
    QString title;
};

/// What fills the window right of the side bar. The main window asks for the page by its key, shows it under the module of
/// that key and calls activated() each time it comes to the front.
class Page : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// Stable: "dashboard", "review". Also the key of its module in the side bar.
    [[nodiscard]] virtual QString key() const = 0;
    [[nodiscard]] virtual QString title() const = 0;
    /// A symbol of resources/icons (icon.h).
    [[nodiscard]] virtual QString iconName() const = 0;
    /// The page is shown: read what may be stale and take the focus where a person would start.
    virtual void activated() {}
    /// Brings a part of the page into sight; pages without parts, and keys that they do not know, change nothing.
    virtual void showSection(const QString &) {}
    /// False keeps the page in front: something on it is not saved. The page says so itself.
    [[nodiscard]] virtual bool mayLeave() { return true; }

Q_SIGNALS:
    /// The number beside the module in the side bar changed; empty for none.
    void countChanged(const QString &count);
};

} // namespace fieldfare::ui
