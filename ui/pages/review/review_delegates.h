// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace fieldfare::ui {

/// Paints a cell of the conflict table: radio mark, value (chosen: semi-bold on `selected` with a frame; long text with what
/// was added underlined), below it who and when, and on which device.
class ConflictDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// Paints a line of the work queue: mark, title and time; what it is about and the number below.
class QueueDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    enum Role { LineRole = Qt::UserRole, TimeRole, NumberRole, MarkRole };
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace fieldfare::ui
