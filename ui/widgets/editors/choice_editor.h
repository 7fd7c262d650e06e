// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/editors/field_editor.h"

class QCheckBox;
class QComboBox;

namespace fieldfare::ui {

/// A choice value by its label in the language of the program. Retired values are shown where they are set, not offered.
class ChoiceEditor final : public FieldEditor {
    Q_OBJECT
public:
    ChoiceEditor(const model::Field &field, const EditorContext &context, QWidget *parent = nullptr);

    void setValue(const model::Value &value, const QString &title) override;
    [[nodiscard]] QWidget *input() const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();

    QComboBox *m_combo;
    QString m_key;
};

class YesNoEditor final : public FieldEditor {
    Q_OBJECT
public:
    YesNoEditor(const model::Field &field, const EditorContext &context, QWidget *parent = nullptr);

    void setValue(const model::Value &value, const QString &title) override;
    [[nodiscard]] QWidget *input() const override;

private:
    QCheckBox *m_box;
};

} // namespace fieldfare::ui
