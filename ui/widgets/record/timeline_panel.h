// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/editors/field_editor.h"

#include <QHash>
#include <QSet>
#include <QWidget>

#include <optional>

class QComboBox;
class QListView;
class QPlainTextEdit;

namespace fieldfare::ui {

class SegmentedButton;
class TimelineModel;

/// The lower half of a record: what happened, and the line to write a note or log a call. Entries open with Enter or a
/// double click. What was typed and not saved is a draft of its record, and there again when that is opened again.
class TimelinePanel final : public QWidget {
    Q_OBJECT
public:
    explicit TimelinePanel(const EditorContext &context, QWidget *parent = nullptr);

    /// `also` is whom a note is about besides the record (EntityHint::alsoAbout); null id for none.
    void open(const model::Reference &record, const model::Reference &also);
    void close();
    /// Opens the editor; `kind` is a key of the talks' icon field.
    void startNote(const QString &kind);
    [[nodiscard]] TimelineModel &model() const { return *m_model; }
    /// A note was begun and neither saved nor discarded, on whichever record.
    [[nodiscard]] bool hasDrafts() const;
    /// On the open record.
    [[nodiscard]] bool isNoteOpen() const;
    /// Another record that a note was begun on; nothing when there is none.
    [[nodiscard]] std::optional<base::Id> keptNote() const;
    [[nodiscard]] bool isSaving() const { return !m_saving.isEmpty(); }
    /// What is in the editor; announced() or failed() follows.
    void saveNote();
    /// As EditModel's: all but a note that is being saved.
    [[nodiscard]] QByteArray drafts() const;
    void restoreDrafts(const QByteArray &bytes);

Q_SIGNALS:
    void openRequested(const fieldfare::model::Reference &record);
    void announced(const QString &iconName, const QString &text, const fieldfare::base::Id &action);
    void failed(const fieldfare::base::Error &error);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class Prompt;
    struct Draft {
        QString text;
        QString kind;    ///< Keys of their choice lists.
        QString outcome;
    };
    QWidget *makeEditor();
    void setEditing(bool editing);
    void fillChoices(const QString &kind, const QString &outcome);
    void keepDraft();
    void takeDraft();
    void discardNote();
    void afterSaving(const base::Id &record, const QString &text);
    void openIndex(const QModelIndex &index);

    EditorContext m_context;
    TimelineModel *m_model;
    QListView *m_view;
    SegmentedButton *m_show;
    Prompt *m_prompt;
    QWidget *m_editor = nullptr;
    QComboBox *m_kind = nullptr;
    QComboBox *m_outcome = nullptr;
    QPlainTextEdit *m_text = nullptr;
    QWidget *m_head;
    model::Reference m_record;
    model::Reference m_also;
    QHash<base::Id, Draft> m_drafts; ///< Of other records than the open one.
    QSet<base::Id> m_saving;         ///< Records a note of which is being committed.
    bool m_isEditing = false;
    bool m_canWrite = false;
};

} // namespace fieldfare::ui
