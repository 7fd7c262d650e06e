// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme/theme.h"

#include <QAbstractButton>

namespace fieldfare::ui {

/// A theme to choose: the window in small, drawn with the theme's own colours, and below it a radio mark and the name. Arrow
/// keys move between the cards of one QButtonGroup.
class ThemeCard final : public QAbstractButton {
    Q_OBJECT
public:
    ThemeCard(ThemeMode mode, const QString &name, Accent accent, QWidget *parent = nullptr);

    void setAccent(Accent accent);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ThemeMode m_mode;
    Accent m_accent;
};

/// An accent to choose: a disc of its colour and the name.
class AccentSwatch final : public QAbstractButton {
    Q_OBJECT
public:
    AccentSwatch(Accent accent, const QString &name, QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Accent m_accent;
};

} // namespace fieldfare::ui
