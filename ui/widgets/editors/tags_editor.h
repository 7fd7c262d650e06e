// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/editors/field_editor.h"

class QLineEdit;
class QToolButton;

namespace fieldfare::ui {

class FlowLayout;

/// Tags as chips; a plus adds one, Delete or the chip's menu removes it. The value is one text, names parted by U+001F.
class TagsEditor final : public FieldEditor {
    Q_OBJECT
public:
    TagsEditor(const model::Field &field, const EditorContext &context, QWidget *parent = nullptr);

    void setValue(const model::Value &value, const QString &title) override;
    [[nodiscard]] QWidget *input() const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void rebuild();
    void add(const QString &name);
    void remove(const QString &name);

    FlowLayout *m_flow;
    QToolButton *m_plus;
    QLineEdit *m_line;
    QStringList m_tags;
    QList<QWidget *> m_chips;
};

} // namespace fieldfare::ui
