// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>
#include <QWidget>

namespace fieldfare::ui {

/// The shadow of what floats inside the window. A sibling right under `floating` that shows, moves and goes with it. A
/// graphics effect would draw `floating` into a picture and blur it again for each letter typed.
class FloatShadow final : public QWidget {
    Q_OBJECT
public:
    /// Both belong to the same parent; `radius` is that of the corners of `floating`.
    FloatShadow(QWidget *floating, int radius);

    bool eventFilter(QObject *watched, QEvent *event) override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void follow();
    [[nodiscard]] QPixmap patch() const;
    [[nodiscard]] int corner() const;

    QWidget *m_floating;
    int m_radius;
    QPixmap m_patch;
};

} // namespace fieldfare::ui
