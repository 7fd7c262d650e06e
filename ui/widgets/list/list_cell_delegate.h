// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/row_delegate.h"

namespace fieldfare::ui {

/// RowDelegate with the cells that only record lists have: the severity of a ticket as a square with its number.
class ListCellDelegate final : public RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;

protected:
    void paintCell(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index, const Cell &cell,
                   const Tokens &tokens) const override;
};

} // namespace fieldfare::ui
