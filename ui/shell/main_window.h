// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/thread/following_read.h"
#include "core/store/views.h"
#include "ui/pages/page.h"

#include <QMainWindow>
#include <QMap>
#include <QPointer>

#include <map>

class QStackedWidget;
class QVBoxLayout;

namespace fieldfare::ui {

class CommandPalette;
class CommandTable;
class OwnRights;
class KeySheet;
class RecordsPage;
class SideBar;
class StatusLine;
class Toast;
struct WindowState;

/// A line of the side bar and the page behind it, made when it is first shown. A module is this descriptor and what is
/// truly its own; lists and records come from the catalog.
struct Module {
    QString key;
    QString iconName;
    QString title;
    std::function<Page *(const PageContext &)> make = {};
    model::EntityId entity = 0; ///< 0: not a list of records.
    bool inSideBar = true;      ///< False: reached by the foot, the status bar or a command.
    QList<PageSection> sections = {}; ///< Each has a command.
};

/// One module for each entity that people keep lists of, in the order of the side bar.
[[nodiscard]] QList<Module> recordModules(const model::Catalog &catalog);

/// The window: side bar, the page of the module, status bar, palette and toast. It answers what pages ask for (ActionSink)
/// and owns the commands. Nothing here reads or writes records itself, but for undo, counts and its own settings.
class MainWindow final : public QMainWindow, public ActionSink {
    Q_OBJECT
public:
    struct Parts {
        store::DatabaseThread &database;
        Theme &theme;
        NameBook &names;
        const DisplayText &texts;
        const base::Clock &clock;
        store::SyncStatus &sync;
        bool isSample = false; ///< Made-up records that go with the program: the window says so.
        QByteArray state = {}; ///< stateForUnlock() of the window before, where it could not be written; empty: what was written counts.
    };
    /// All of `parts` outlives the window. Modules in the order of the side bar.
    MainWindow(const Parts &parts, const QList<Module> &modules, QWidget *parent = nullptr);
    ~MainWindow() override;

    void openRecord(const model::Reference &record) override;
    void openList(model::EntityId entity, const store::Filter &filter, const QString &title) override;
    void openPage(const QString &place) override;
    void newRecord(model::EntityId entity, const std::vector<changes::FieldValue> &first) override;
    void announce(const QString &iconName, const QString &text, const base::Id &action) override;
    void showError(const base::Error &error) override;

    [[nodiscard]] Page *currentPage() const;
    [[nodiscard]] CommandTable &commands() const { return *m_commands; }
    [[nodiscard]] CommandPalette &commandPalette() const { return *m_palette; }
    [[nodiscard]] const PageContext &context() const { return m_context; }
    void showPalette();
    /// 24, 28 or 34 px, in all lists.
    void setRowHeight(int height);
    void undoLast();
    /// The sheet of all keys.
    void showKeys();
    /// Asks what is to become of what is not saved; false: keep working. Where it is to be saved that takes a moment: false, and
    /// `onceSaved` follows when all of it is.
    [[nodiscard]] bool mayClose(const std::function<void()> &onceSaved = {});
    /// Place and module, for the next window of this profile; what is typed and not saved goes, unless mayClose() was answered to keep it.
    void saveState();
    /// The same with all that was typed and the open record, for WindowState::kSetting or Parts::state: the next window goes on
    /// with it. Nothing is asked, nothing is written.
    [[nodiscard]] QByteArray stateForUnlock() const;

Q_SIGNALS:
    /// A page that stands outside the window was asked for: "connect" (to a server), "welcome" (the first start), "unlock".
    void outsidePageRequested(const QString &key);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;

private:
    void addCommands(); // window_commands.cpp; what pages ask for is in window_actions.cpp, closing in window_closing.cpp, the state for the next window in window_memory.cpp
    void connectParts();
    void makeMenus();
    Page *page(const QString &key);
    RecordsPage *recordsPage(model::EntityId entity);
    [[nodiscard]] RecordsPage *currentRecords() const;
    void showPage(Page *page);
    /// Of all pages, one after the other; see RecordsPage::saveDrafts().
    void saveDrafts(const std::function<void()> &done);
    void addSampleBanner(QVBoxLayout *column);
    void addDamageBanner(QVBoxLayout *column);
    void openOwner(const model::Reference &record);
    void refreshViews();
    /// `of`: only that entity's module; 0: all.
    void countModules(model::EntityId of = 0);
    void refreshCounts();
    void refreshUser();
    void undo(const base::Id &action);
    void loadState();
    void takeState(const WindowState &state);
    [[nodiscard]] WindowState state() const;
    [[nodiscard]] QString undoText(const store::UndoReport &report) const;

    PageContext m_context;
    QList<Module> m_modules;
    const bool m_isSample;
    QHash<QString, Page *> m_pages;
    QMap<QString, QByteArray> m_keptDrafts; ///< Of pages that were not made yet.
    bool m_isClosed = false;
    bool m_keepsDrafts = false; ///< What is not saved was to be kept for the next window.
    bool m_isStateTaken = false;            ///< What the window before left has been read.
    std::map<QString, store::FollowingRead> m_counting; ///< Of modules without a page, by key.
    CommandTable *m_commands;
    OwnRights *m_rights;
    SideBar *m_sideBar;
    QStackedWidget *m_stack;
    StatusLine *m_status;
    CommandPalette *m_palette;
    Toast *m_toast;
    base::Id m_toastAction;
    QString m_toastPage;
    QList<model::Reference> m_recent;
    QPointer<KeySheet> m_keys; ///< Closes itself.
    int m_rowHeight = 24;
    QPointer<QWidget> m_focusBeforeMenu;
    bool m_altAlone = false;
};

} // namespace fieldfare::ui
