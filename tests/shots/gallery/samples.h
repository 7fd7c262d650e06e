// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/row_delegate.h"

#include <QStandardItemModel>

namespace fieldfare::gallery {

/// Five rows of customers, with a mark, a lifecycle, an overdue date.
QStandardItemModel *makeCustomers(QObject *parent);

/// Entries of two days for the timeline.
QStandardItemModel *makeTimeline(QObject *parent);

/// Draws row 1 hovered, row 2 selected and row 3 selected in a list without focus, whatever the view's own state.
class ForcedRows final : public ui::RowDelegate {
public:
    using RowDelegate::RowDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace fieldfare::gallery
