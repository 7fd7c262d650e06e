// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace fieldfare::ui {

/// The line of a form's value. While nobody edits it, a value without room ends in an ellipsis, so that a part of an address
/// is not taken for the whole; the tool tip then has all of it, above the field's own words.
class ValueLine final : public QLineEdit {
    Q_OBJECT
public:
    using QLineEdit::QLineEdit;

    /// What stands there when it is not edited; text() where there is room.
    [[nodiscard]] QString shownText() const;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QRect textRect() const;
};

} // namespace fieldfare::ui
