// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace fieldfare::ui {

/// The bird's mark in its own colour, `side` px high.
class BrandMark final : public QWidget {
    Q_OBJECT
public:
    explicit BrandMark(int side, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace fieldfare::ui
