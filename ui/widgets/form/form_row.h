// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/edit_model.h"
#include "ui/widgets/editors/field_editor.h"

namespace fieldfare::ui {

class MarkLabel;
class TextLabel;

/// A line of a form: label, editor, and what is to be said about the value: not saved (ochre bar at the left), waiting or
/// to review (a mark beside the value), what is wrong, and what somebody else made of it meanwhile.
class FormRow final : public QWidget {
    Q_OBJECT
public:
    /// At a 13-px font 104 px from the label's left to the value's text, of which 8 are inside the editor.
    static constexpr int kLabelWidth = 96;

    FormRow(const model::Field &field, EditModel &model, const EditorContext &context, QWidget *parent = nullptr);

    [[nodiscard]] FieldEditor &editor() const { return *m_editor; }
    [[nodiscard]] const model::Field &field() const { return m_editor->field(); }
    /// Shows the model's present value, marks and problem.
    void refresh();
    /// What was typed is saved: Ctrl+Z no longer takes single letters back.
    void forgetTyping();
    [[nodiscard]] bool hasProblem() const { return m_hasProblem; }

Q_SIGNALS:
    void conflictActivated(const fieldfare::base::Id &conflict);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class ValueMark;
    void setChangeable(bool changeable);
    void refreshNotes();
    void placeMark();

    EditModel &m_model;
    const EditorContext m_context;
    FieldEditor *m_editor;
    TextLabel *m_label;
    QWidget *m_problem = nullptr;
    TextLabel *m_problemWords = nullptr;
    TextLabel *m_meanwhile = nullptr;
    class QVBoxLayout *m_column;
    ValueMark *m_mark;
    bool m_hasProblem = false;
};

} // namespace fieldfare::ui
