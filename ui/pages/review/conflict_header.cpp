// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/conflict_header.h"

#include "ui/pages/review/conflict_model.h"
#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/tokens.h"

#include <QPainter>

namespace fieldfare::ui {

namespace {

constexpr int kSquare = 8;
constexpr int kSquareLeft = 15; ///< under the radio marks
constexpr int kHeight = 30;

} // namespace

ConflictHeader::ConflictHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent)
{
    setHighlightSections(false);
    setSectionsClickable(false);
}

QSize ConflictHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), fitHeight(kHeight, typeFont(Type::Small))};
}

void ConflictHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const Tokens &t = Tokens::of(this);
    painter->save();
    painter->fillRect(rect, t.window);
    painter->fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), t.line);
    if (section + 1 < count())
        painter->fillRect(QRect(rect.right(), rect.y(), 1, rect.height()), t.line);
    const QString words = model()->headerData(section, Qt::Horizontal).toString();
    QRect r = rect.adjusted(space::k16, 0, -space::k6, -1);
    if (section != ConflictModel::FieldColumn) {
        const QColor side = section == ConflictModel::MineColumn ? t.accent : section == ConflictModel::TheirsColumn ? t.conflict : t.border;
        painter->fillRect(QRect(rect.x() + kSquareLeft, rect.y() + (rect.height() - kSquare) / 2, kSquare, kSquare), side);
        r.setLeft(rect.x() + kSquareLeft + kSquare + space::k6);
    }
    static const QString commas = QStringLiteral(",，");
    qsizetype end = 0;
    while (end < words.size() && !commas.contains(words.at(end)))
        ++end;
    const bool strong = section != ConflictModel::FieldColumn;
    painter->setFont(typeFont(Type::Small, strong));
    painter->setPen(strong ? t.text : t.text2);
    const QString name = painter->fontMetrics().elidedText(words.left(end), Qt::ElideRight, r.width());
    painter->drawText(r, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, name);
    r.setLeft(r.left() + painter->fontMetrics().horizontalAdvance(name));
    painter->setFont(typeFont(Type::Small));
    painter->setPen(t.text2);
    if (r.width() > space::k24)
        painter->drawText(r, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(words.mid(end), Qt::ElideRight, r.width()));
    painter->restore();
}

} // namespace fieldfare::ui
