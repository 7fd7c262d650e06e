// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace fieldfare::ui {

/// A filter in words: field, operator, bold value, ✕. A click (Enter, Space) asks to edit it, the ✕ (Delete, Backspace)
/// to remove it. Put chips into a FlowLayout.
class FilterChip final : public QAbstractButton {
    Q_OBJECT

public:
    FilterChip(const QString &field, const QString &operation, const QString &value, QWidget *parent = nullptr);

    void setFilter(const QString &field, const QString &operation, const QString &value);
    /// A chip that is always there shows ▾ instead of ✕.
    void setRemovable(bool removable);

    QSize sizeHint() const override;

Q_SIGNALS:
    void removeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRect crossRect() const;
    QString words() const;

    QString m_field;
    QString m_operation;
    QString m_value;
    bool m_removable = true;
    bool m_crossPressed = false;
    bool m_crossHovered = false;
};

/// A tag: grey, or outlined with a spark when a rule gives it. It can be clicked (to filter by it) when made clickable.
class TagChip final : public QAbstractButton {
    Q_OBJECT

public:
    explicit TagChip(const QString &text, bool dynamic = false, QWidget *parent = nullptr);

    /// Lets it take focus and show hover; otherwise it is only read.
    void setClickable(bool clickable);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_dynamic;
};

} // namespace fieldfare::ui
