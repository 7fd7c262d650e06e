// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/list_roles.h"

#include <QAbstractButton>

namespace fieldfare::ui {

/// A line of the side bar (or of a settings list): icon, word, count. Checked means "you are here".
class SideBarRow final : public QAbstractButton {
    Q_OBJECT

public:
    enum class Kind { Module, View };

    SideBarRow(Kind kind, const QString &key, const QString &iconName, const QString &text, QWidget *parent = nullptr);

    const QString &key() const { return m_key; }
    void setCount(const QString &count);
    const QString &count() const { return m_count; }
    /// A state mark instead of the icon ("To review" while there is something).
    void setMark(StateMark mark);
    /// Only the icon; the word becomes the tool tip.
    void setNarrow(bool narrow);
    /// The whole word is shown; if not, the tool tip has it.
    [[nodiscard]] bool isWhole() const;

    QSize sizeHint() const override;

Q_SIGNALS:
    /// Up (-1) or Down (+1) was pressed.
    void moveRequested(int step);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void describe();
    [[nodiscard]] QRect textRect() const;

    Kind m_kind;
    QString m_key;
    QString m_iconName;
    QString m_count;
    StateMark m_mark = StateMark::None;
    bool m_narrow = false;
};

} // namespace fieldfare::ui
