// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace fieldfare::ui {

/// A word that acts, in the link colour: "Where they are lost", "28 more fields". Underlined when hovered or focused.
class LinkButton final : public QAbstractButton {
    Q_OBJECT

public:
    explicit LinkButton(const QString &text, QWidget *parent = nullptr);

    /// On a tool-tip ground (toasts) the other scheme's link is used, semi-bold.
    void setOnToolTip(bool on);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QFont drawnFont() const;

    bool m_onToolTip = false;
};

} // namespace fieldfare::ui
