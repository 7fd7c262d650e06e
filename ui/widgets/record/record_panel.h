// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/operation.h"
#include "ui/model/edit_model.h"
#include "ui/widgets/editors/field_editor.h"

#include <QWidget>

class QStackedWidget;
class QTabBar;
class QVBoxLayout;

namespace fieldfare::ui {

class EntityForm;
class EntityList;
class RecordHead;
class SaveBar;
class TimelinePanel;

/// The record zone: head with title and quick actions, tabs, form and timeline, lists of what points to the record, and the
/// bar that saves. Shows any entity. It commits the record itself; what concerns other records or the window it asks for.
class RecordPanel final : public QWidget {
    Q_OBJECT
public:
    RecordPanel(const EditorContext &context, QWidget *parent = nullptr);

    void open(const model::Reference &record);
    void openNew(model::EntityId entity, const std::vector<changes::FieldValue> &first);
    void close();

    [[nodiscard]] EditModel &model() { return m_model; }
    [[nodiscard]] EntityForm &form() const { return *m_form; }
    /// "4 of 1,204"; row from 0, -1 for none; count -1 while it is not known.
    void setPosition(int row, qint64 count);
    /// Saves what was edited; false: shows the first problem instead.
    bool save();
    void revert();
    /// Something is typed and not saved: of a record or a note, open or not.
    [[nodiscard]] bool hasDrafts() const;
    /// And none of it of another record than the open one.
    [[nodiscard]] bool isOpenDraftAlone() const;
    [[nodiscard]] TimelinePanel &timeline() const { return *m_timeline; }
    /// As EditModel's, with the notes.
    [[nodiscard]] QByteArray drafts() const;
    void restoreDrafts(const QByteArray &bytes);
    /// Opens the line for a note or call; `kind` is a key of interaction_kind.
    void startNote(const QString &kind);
    void focusForm();
    /// Back to the first tab.
    void showOverview();

Q_SIGNALS:
    void previousRequested();
    void nextRequested();
    void closeRequested();
    void menuRequested(const QPoint &globalPosition);
    void openRequested(const fieldfare::model::Reference &record);
    void newRequested(fieldfare::model::EntityId entity, const std::vector<fieldfare::changes::FieldValue> &first);
    void conflictActivated(const fieldfare::base::Id &conflict);
    void saved(const fieldfare::model::Reference &record, const fieldfare::base::Id &action, bool created);
    void announced(const QString &iconName, const QString &text, const fieldfare::base::Id &action);
    void failed(const fieldfare::base::Error &error);
    void gone();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Child {
        model::EntityId entity = 0;
        QString field; ///< The reference to this record.
        int tab = -1;
        EntityList *list = nullptr; ///< Made when its tab is first shown.
        qint64 count = -1;
    };
    void takeRecord();
    void makeTabs();
    void showTab(int tab);
    void readCounts();
    void refreshTab(const Child &child);

    EditorContext m_context;
    EditModel m_model;
    RecordHead *m_head;
    QTabBar *m_tabs;
    QStackedWidget *m_stack;
    QWidget *m_overview;
    EntityForm *m_form;
    TimelinePanel *m_timeline;
    SaveBar *m_saveBar;
    QList<Child> m_children;
    model::EntityId m_tabsFor = 0;
    bool m_focusOnceLoaded = false;
    store::LatestRead m_countRead;
};

} // namespace fieldfare::ui
