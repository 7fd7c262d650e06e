// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/field.h"
#include "core/model/value.h"
#include "core/store/thread/database_thread.h"
#include "ui/model/display_text.h"

#include <QWidget>

namespace fieldfare::ui {

/// What editors look values up with; outlives them.
struct EditorContext {
    store::DatabaseThread &database;
    const DisplayText &texts;
};

/// The widget of one field in a form: shows a value as text, takes a new one. It knows the field's type, not the record; the
/// form connects it to the EditModel. Quiet: it looks like text until it is hovered or focused.
class FieldEditor : public QWidget {
    Q_OBJECT
public:
    /// The editor of the field's type; read-only fields get one that only shows.
    static FieldEditor *make(const model::Field &field, const EditorContext &context, QWidget *parent = nullptr);

    ~FieldEditor() override;
    [[nodiscard]] const model::Field &field() const { return m_field; }

    /// Shows `value`; never emits. `title` is what a reference is called where the caller knows.
    virtual void setValue(const model::Value &value, const QString &title) = 0;
    /// Red or normal frame; the words stand below the editor.
    virtual void setWrong(bool wrong);
    /// Where Tab and a click on the label go.
    [[nodiscard]] virtual QWidget *input() const = 0;

Q_SIGNALS:
    void edited(const fieldfare::model::Value &value);
    /// What was typed cannot be read (yet).
    void unreadable();
    /// The person asks to see what the value points to.
    void openRequested(const fieldfare::model::Reference &record);

protected:
    FieldEditor(model::Field field, const EditorContext &context, QWidget *parent);
    /// Takes the only child widget: fills this with it, makes it quiet and names it for screen readers.
    void setInput(QWidget *input);
    [[nodiscard]] const EditorContext &context() const { return m_context; }

private:
    const model::Field m_field; // a copy: a catalog may go while a form is open
    EditorContext m_context;
};

} // namespace fieldfare::ui
