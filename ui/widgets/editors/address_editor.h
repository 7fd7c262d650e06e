// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/editors/field_editor.h"

#include <array>

class QLineEdit;

namespace fieldfare::ui {

/// A postal address, merged as one field: one line that reads "88 Howard Street, San Francisco"; with the focus its five
/// parts open below it and take the focus, so the line itself is never typed into.
class AddressEditor final : public FieldEditor {
    Q_OBJECT
public:
    static constexpr size_t kParts = 5; ///< street, town, region, post code, country

    AddressEditor(const model::Field &field, const EditorContext &context, QWidget *parent = nullptr);

    void setValue(const model::Value &value, const QString &title) override;
    [[nodiscard]] QWidget *input() const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setOpen(bool open);
    void takeParts();
    void showLine();

    QLineEdit *m_line;
    QWidget *m_group;
    std::array<QLineEdit *, kParts> m_parts{};
    model::Value m_value;
};

} // namespace fieldfare::ui
