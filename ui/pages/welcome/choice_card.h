// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QRadioButton;
class QVBoxLayout;

namespace fieldfare::ui {

/// One of a few ways to go on: symbol, title and a line in a frame, with room below for what that way asks. A click anywhere on
/// it chooses it; by keyboard and for screen readers it is the radio button that carries its title. The owner puts the radio
/// buttons of all cards into one QButtonGroup.
class ChoiceCard final : public QWidget {
    Q_OBJECT
public:
    ChoiceCard(const QString &iconName, const QString &title, const QString &line, QWidget *parent = nullptr);

    [[nodiscard]] QRadioButton *radio() const { return m_radio; }
    /// Shown while the card is chosen.
    [[nodiscard]] QVBoxLayout *body() const { return m_body; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void focusFirst();

    class Title;
    QString m_iconName;
    QRadioButton *m_radio;
    QWidget *m_bodyBox;
    QVBoxLayout *m_body;
};

} // namespace fieldfare::ui
