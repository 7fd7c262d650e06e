// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

class QToolButton;

namespace fieldfare::ui {

/// A field for a secret with an eye that shows it while pressed down or until clicked again. No undo, no copy while
/// hidden (Qt's password mode), no input method that learns words.
class PasswordEdit final : public QLineEdit {
    Q_OBJECT

public:
    explicit PasswordEdit(QWidget *parent = nullptr);

    bool isShown() const { return echoMode() == QLineEdit::Normal; }
    void setShown(bool shown);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QToolButton *m_eye;
};

} // namespace fieldfare::ui
