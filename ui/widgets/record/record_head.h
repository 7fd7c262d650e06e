// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/operation.h"
#include "ui/widgets/editors/field_editor.h"

#include <QWidget>

class QCheckBox;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace fieldfare::ui {

class EditModel;
class Strip;
class TextLabel;

/// The head of a record: place in the list, title and number, what it is, quick actions, the next step.
class RecordHead final : public QWidget {
    Q_OBJECT
public:
    RecordHead(EditModel &model, const EditorContext &context, QWidget *parent = nullptr);

    void setPosition(const QString &text, bool hasPrevious, bool hasNext);
    /// Title, number, subtitle and next step anew.
    void refresh();

Q_SIGNALS:
    void previousRequested();
    void nextRequested();
    void closeRequested();
    void menuRequested(const QPoint &globalPosition);
    void openRequested(const fieldfare::model::Reference &record);
    void noteRequested(const QString &kind);
    void childRequested(fieldfare::model::EntityId entity);
    void nextStepDone();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeBar();
    void makeActions();
    void refreshSubtitle();
    void refreshStep();

    EditModel &m_model;
    EditorContext m_context;
    QToolButton *m_previous = nullptr;
    QToolButton *m_next = nullptr;
    TextLabel *m_position = nullptr;
    TextLabel *m_title;
    TextLabel *m_number;
    QLabel *m_subtitle;
    QHBoxLayout *m_actions;
    Strip *m_strip;
    QCheckBox *m_stepDone = nullptr;
    TextLabel *m_step = nullptr;
    TextLabel *m_stepAt = nullptr;
    model::EntityId m_actionsFor = 0;
};

} // namespace fieldfare::ui
