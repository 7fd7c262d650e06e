// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/editors/field_editor.h"

class QLineEdit;
class QPlainTextEdit;

namespace fieldfare::ui {

class TextLabel;

/// One line: text, integer, decimal, money, duration, phone, e-mail, web address. Numbers and amounts are read by the
/// locale; a bare amount is in the company's currency.
class TextEditor final : public FieldEditor {
    Q_OBJECT
public:
    TextEditor(const model::Field &field, const EditorContext &context, QWidget *parent = nullptr);

    void setValue(const model::Value &value, const QString &title) override;
    [[nodiscard]] QWidget *input() const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void parse(const QString &text);
    void refreshInk();

    QLineEdit *m_line;
    model::Value m_value;
    bool m_isReadable = true;
};

/// Several lines; grows with its text up to eight.
class LongTextEditor final : public FieldEditor {
    Q_OBJECT
public:
    LongTextEditor(const model::Field &field, const EditorContext &context, QWidget *parent = nullptr);

    void setValue(const model::Value &value, const QString &title) override;
    [[nodiscard]] QWidget *input() const override;

private:
    void fit();

    QPlainTextEdit *m_text;
    bool m_setting = false;
};

/// What the program sets by itself: text that can be marked and copied.
class ShownValue final : public FieldEditor {
    Q_OBJECT
public:
    ShownValue(const model::Field &field, const EditorContext &context, QWidget *parent = nullptr);

    void setValue(const model::Value &value, const QString &title) override;
    [[nodiscard]] QWidget *input() const override;

private:
    TextLabel *m_label;
};

} // namespace fieldfare::ui
