// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/thread/following_read.h"
#include "ui/pages/page.h"
#include "ui/pages/records/list_views.h"

#include <QPointer>

#include <functional>

class QPushButton;
class QMenu;
class QToolButton;

namespace fieldfare::ui {

class DraftSaving;
class EntityList;
class HairlineSplitter;
class OwnRights;
class RecordPanel;
class SearchField;
class ZoneHeader;

/// List and record of one entity: the page behind Customers, Deals, Tickets, Contacts. Made from the catalog alone; its
/// state (columns, order, sizes, view) is kept in the profile's settings under "page.<entity>".
class RecordsPage final : public Page {
    Q_OBJECT
public:
    RecordsPage(const PageContext &context, model::EntityId entity, QWidget *parent = nullptr);
    ~RecordsPage() override;

    [[nodiscard]] QString key() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override;
    void activated() override;

    [[nodiscard]] model::EntityId entity() const { return m_entity; }
    [[nodiscard]] const QList<ListView> &views() const { return m_views; }
    [[nodiscard]] QString currentView() const { return m_view; }
    void showView(const QString &key);
    void showFilter(const store::Filter &filter, const QString &title);
    /// Count of a view as text; empty while it is read.
    [[nodiscard]] QString viewCount(const QString &key) const { return m_viewCounts.value(key); }

    void openRecord(const base::Id &id);
    void newRecord(const std::vector<changes::FieldValue> &first = {});
    void closeRecord();
    void leaveRecord();
    /// What Esc does: from the record (or the side bar) to the list, from there it closes the record. False: nothing to go back from.
    bool stepBack();
    [[nodiscard]] bool isRecordOpen() const;
    /// Of the record zone: true while something is typed and not saved.
    [[nodiscard]] bool hasDrafts() const;
    void saveRecord();
    /// Saves all of it, each record shown while it is saved. Stops at the first that cannot be, which stays open and says why;
    /// `done` is called when all is saved, not otherwise.
    void saveDrafts(const std::function<void()> &done);
    /// What is not saved, when that is one record and open: "Treequote", "New customer". Empty otherwise.
    [[nodiscard]] QString draftTitle() const;
    /// The selected records, or the open one when the list has none selected, to the trash; out of it in the trash view.
    void removeSelected();
    void startNote();
    void focusFilter();
    /// Of the open record, else of the list's current one.
    void copyNumber();
    void stepRecord(int step);

    [[nodiscard]] EntityList &list() const { return *m_list; }
    [[nodiscard]] RecordPanel &record() const { return *m_record; }
    /// "1 of 1,204 selected", for the status bar.
    [[nodiscard]] QString selectionText() const;

Q_SIGNALS:
    void searchRequested();
    void viewsChanged();
    void selectionTextChanged();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeListZone();
    void connectList();
    void connectRecord();
    void refreshHeader();
    void showRecordZone(bool shown);
    void placeZones();
    void readViewCounts();
    /// What can be done with the list's selection, or with the open record.
    enum class MenuOf { List, Record };
    void showMenu(const QPoint &at, MenuOf of);
    void showPosition();
    void loadState();
    void saveState();
    void trash(const std::vector<base::Id> &ids);
    [[nodiscard]] QString plural() const; ///< Within a sentence.
    /// Greys what the user's role may not do.
    void followRights();
    void removeMany(std::vector<std::int64_t> rids);
    /// The row below the current one that is not among `ids`, else one above; null without any.
    [[nodiscard]] base::Id neighbour(const std::vector<base::Id> &ids) const;

    PageContext m_context;
    model::EntityId m_entity;
    QString m_name;
    QString m_label;
    QString m_plural;
    QString m_icon;
    QList<ListView> m_views;
    QHash<QString, QString> m_viewCounts;
    store::FollowingRead m_countRead;
    QString m_view = QStringLiteral("all");
    QString m_filterTitle;
    ZoneHeader *m_header = nullptr;
    SearchField *m_search = nullptr;
    QToolButton *m_searchIcon = nullptr;
    QPushButton *m_new = nullptr;
    QMenu *m_viewMenu = nullptr;
    EntityList *m_list;
    RecordPanel *m_record;
    HairlineSplitter *m_splitter;
    QWidget *m_listZone = nullptr;
    QPointer<DraftSaving> m_draftSaving; ///< While it lasts.
    QTimer *m_saveSoon;
    OwnRights *m_rights;
    bool m_recordShown = false;
    bool m_asPage = false; ///< The window is narrow: the record stands in the list's place.
    bool m_stateRead = false;
};

} // namespace fieldfare::ui
