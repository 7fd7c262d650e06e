// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/list/list_cell_delegate.h"

#include "ui/model/record_list_model.h"
#include "ui/widgets/controls/badges.h"
#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/tokens.h"

#include <QPainter>

namespace fieldfare::ui {

namespace {

constexpr int kSquare = 16;
constexpr int kBarWidth = 40;

} // namespace

void ListCellDelegate::paintCell(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index, const Cell &cell,
                                 const Tokens &t) const
{
    const int severity = index.data(RecordListModel::SeverityRole).toInt();
    if (severity <= 0) {
        RowDelegate::paintCell(painter, option, index, cell, t);
        const QVariant used = index.data(RecordListModel::TimeUsedRole);
        if (used.isValid()) {
            // Words at the left, four pixels of time used at the right.
            const QRectF bar(option.rect.right() - kBarWidth - space::k6, option.rect.center().y() - 2, kBarWidth, 4);
            TimeBar::paint(painter, bar, used.toDouble(), cell.tone, index.data(RecordListModel::PausedRole).toBool(), t);
        }
        return;
    }
    // 1 red, 2 dark, the others outlined: the number carries the meaning, the ground only stresses it.
    const QRectF square(option.rect.x() + 6.5, option.rect.y() + (option.rect.height() - 1 - kSquare) / 2 + 0.5, kSquare - 1, kSquare - 1);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QColor ground = severity == 1 ? t.error : severity == 2 ? t.text2 : QColor();
    painter->setPen(ground.isValid() ? QPen(ground) : QPen(t.border));
    painter->setBrush(ground.isValid() ? QBrush(ground) : QBrush(Qt::NoBrush));
    painter->drawRoundedRect(square, radius::kTag, radius::kTag);
    painter->setFont(typeFont(Type::Caption, true));
    painter->setPen(ground.isValid() ? t.base : t.text2);
    painter->drawText(square, Qt::AlignCenter, QString::number(severity));
    painter->restore();
}

} // namespace fieldfare::ui
