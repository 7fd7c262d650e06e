// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/line_texts.h"

#include <QStyledItemDelegate>

namespace fieldfare::ui {

/// Paints the palette's lines: headings, and symbol, title with what matched bold and underlined, note, key cap.
class PaletteDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    mutable LineTexts m_texts; ///< Drawing changes what is kept, not what is seen.
};

} // namespace fieldfare::ui
