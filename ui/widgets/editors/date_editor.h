// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/editors/field_editor.h"

#include <optional>

class QLineEdit;

namespace fieldfare::ui {

/// A date, or a date with a time of day in the profile's zone. Read as it is typed: "24 Nov", "2026-11-24", "24.11.",
/// "today", "+3" (days from today); a calendar opens with Alt+Down or the symbol.
class DateEditor final : public FieldEditor {
    Q_OBJECT
public:
    DateEditor(const model::Field &field, const EditorContext &context, QWidget *parent = nullptr);

    void setValue(const model::Value &value, const QString &title) override;
    [[nodiscard]] QWidget *input() const override;

    /// The date that a person means by `text`; nothing when it is none.
    static std::optional<QDate> parseDate(const QString &text, const QDate &today, const QLocale &locale);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void parse(const QString &text);
    void showCalendar();
    void showValue();
    [[nodiscard]] bool hasTime() const { return field().type == model::FieldType::Instant; }
    [[nodiscard]] QDate date() const;
    [[nodiscard]] model::Value valueOf(const QDate &date, const QTime &time) const;

    QLineEdit *m_line;
    model::Value m_value;
};

} // namespace fieldfare::ui
