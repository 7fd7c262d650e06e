// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/review_delegates.h"

#include "ui/pages/review/conflict_model.h"
#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/state_mark.h"
#include "ui/widgets/theme/tokens.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QPainter>
#include <QTextLayout>

namespace fieldfare::ui {

namespace {

constexpr int kTextLeft = 34;
constexpr int kMaxLines = 40; // what differs must be seen; a longer text is marked as cut
constexpr int kMetaLines = 2;

/// Lays the text out in `width`, on at most `lines`, and returns the height.
qreal layOut(QTextLayout &layout, qreal width, int lines = kMaxLines)
{
    QTextOption wrap;
    wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(wrap);
    layout.beginLayout();
    qreal y = 0;
    for (int i = 0; i < lines; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        line.setPosition({0, y});
        y += line.height();
    }
    layout.endLayout();
    return y;
}

bool isCut(const QTextLayout &layout)
{
    const QTextLine last = layout.lineCount() > 0 ? layout.lineAt(layout.lineCount() - 1) : QTextLine();
    return last.isValid() && last.textStart() + last.textLength() < layout.text().size();
}

/// The text of a cell with line ends that a layout knows; as long as before, so that ranges stay right.
QString cellText(const QModelIndex &index)
{
    return index.data().toString().replace(QLatin1Char('\n'), QChar(QChar::LineSeparator));
}

qreal metaHeight(const QStyleOptionViewItem &option, const QString &text, qreal width)
{
    QTextLayout layout(text, typeFont(option.font, Type::Small));
    return text.isEmpty() ? 0 : layOut(layout, width, kMetaLines);
}

QFont valueFont(const QStyleOptionViewItem &option, bool strong)
{
    return typeFont(option.font, Type::Body, strong);
}

void drawMuted(QPainter *painter, const QStyleOptionViewItem &option, QRectF *rest, const QString &text)
{
    if (text.isEmpty())
        return;
    // On a second line before anything of it is cut.
    QTextLayout layout(text, typeFont(option.font, Type::Small));
    const qreal height = layOut(layout, rest->width(), kMetaLines);
    painter->setPen(Tokens::of(option.widget).text2);
    layout.draw(painter, rest->topLeft());
    rest->setTop(rest->top() + height);
}

void drawRadio(QPainter *painter, const QPointF &centre, bool on, const Tokens &tokens)
{
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(on ? tokens.accent : tokens.border, 1.2));
    painter->setBrush(tokens.base);
    painter->drawEllipse(centre, 7, 7);
    if (on) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(tokens.accent);
        painter->drawEllipse(centre, 4, 4);
    }
    painter->setBrush(Qt::NoBrush);
}

} // namespace

void ConflictDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &tokens = Tokens::of(option.widget);
    const bool isField = index.column() == ConflictModel::FieldColumn;
    const bool chosen = index.data(ConflictModel::ChosenRole).toBool();
    painter->save();
    painter->fillRect(option.rect, chosen ? tokens.selected : tokens.base);
    painter->setPen(tokens.line);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    painter->drawLine(option.rect.topRight(), option.rect.bottomRight());
    if (chosen) {
        painter->setPen(QPen(tokens.accent, 2));
        painter->drawRect(QRectF(option.rect).adjusted(1, 1, -1, -1));
    }
    const int left = isField ? space::k16 : kTextLeft;
    QRectF rest = QRectF(option.rect).adjusted(left, space::k8 + 2, -space::k8, 0);
    if (!isField)
        drawRadio(painter, {option.rect.left() + 19.0, rest.top() + QFontMetricsF(option.font).height() / 2}, chosen, tokens);
    QTextLayout layout(cellText(index), valueFont(option, isField || chosen));
    QList<QTextLayout::FormatRange> formats;
    const auto ranges = index.data(ConflictModel::RangesRole).value<QList<TextRange>>();
    for (const TextRange &range : ranges) {
        QTextLayout::FormatRange format;
        format.start = int(range.start);
        format.length = int(range.length);
        format.format.setBackground(tokens.okBg);
        format.format.setFontUnderline(true);
        format.format.setUnderlineColor(tokens.ok);
        formats.append(format);
    }
    layout.setFormats(formats);
    const qreal height = layOut(layout, rest.width());
    painter->setPen(tokens.text);
    layout.draw(painter, rest.topLeft());
    rest.setTop(rest.top() + height + 1);
    if (isCut(layout))
        drawMuted(painter, option, &rest, QStringLiteral("…"));
    drawMuted(painter, option, &rest, index.data(ConflictModel::WhoRole).toString());
    drawMuted(painter, option, &rest, index.data(ConflictModel::DeviceRole).toString());
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    if (isField && view != nullptr && view->currentIndex().row() == index.row()) {
        const QColor bar = view->hasFocus() ? tokens.accent : tokens.border;
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height() - 1), bar);
    }
    painter->restore();
}

QSize ConflictDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const bool isField = index.column() == ConflictModel::FieldColumn;
    int width = option.rect.width();
    if (const auto *table = qobject_cast<const QAbstractItemView *>(view))
        width = table->visualRect(index).width();
    QTextLayout layout(cellText(index), valueFont(option, true));
    const int room = std::max(60, width - (isField ? space::k16 : kTextLeft) - space::k8);
    qreal height = layOut(layout, room) + (isCut(layout) ? metaHeight(option, QStringLiteral("…"), room) : 0);
    for (const int role : {int(ConflictModel::WhoRole), int(ConflictModel::DeviceRole)})
        height += metaHeight(option, index.data(role).toString(), room);
    return {width, int(height) + 2 * (space::k8 + 2)};
}

void QueueDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &tokens = Tokens::of(option.widget);
    const bool current = option.state.testFlag(QStyle::State_Selected);
    const bool active = option.state.testFlag(QStyle::State_Active) && option.widget != nullptr && option.widget->hasFocus();
    painter->save();
    QColor ground = tokens.base;
    if (current)
        ground = active ? tokens.selected : tokens.selectedIdle;
    else if (option.state.testFlag(QStyle::State_MouseOver))
        ground = tokens.hover;
    painter->fillRect(option.rect, ground);
    painter->setPen(tokens.rowLine());
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    if (current && active)
        painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), tokens.accent);
    const QRect inner = option.rect.adjusted(32, space::k6, -space::k12, -space::k6);
    const QRect upper(inner.left(), inner.top(), inner.width(), inner.height() / 2);
    const QRect lower = upper.translated(0, inner.height() / 2);
    paintStateMark(painter, QRectF(option.rect.left() + 14, upper.center().y() - 6, 12, 12), StateMark(index.data(MarkRole).toInt()), tokens);
    const QFont small = typeFont(option.font, Type::Small);
    const auto line = [&](const QRect &rect, const QString &text, const QFont &font, const QString &right) {
        const int taken = right.isEmpty() ? 0 : QFontMetrics(small).horizontalAdvance(right) + space::k8;
        painter->setFont(font);
        painter->drawText(rect.adjusted(0, 0, -taken, 0), Qt::AlignVCenter | Qt::AlignLeft,
                          QFontMetrics(font).elidedText(text, Qt::ElideRight, rect.width() - taken));
        painter->setFont(small);
        painter->setPen(tokens.text2);
        painter->drawText(rect, Qt::AlignVCenter | Qt::AlignRight, right);
    };
    painter->setPen(tokens.text);
    line(upper, index.data().toString(), typeFont(option.font, Type::Body, true), index.data(TimeRole).toString());
    painter->setPen(tokens.text2);
    line(lower, index.data(LineRole).toString(), small, index.data(NumberRole).toString());
    painter->restore();
}

QSize QueueDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {100, 2 * QFontMetrics(option.font).height() + 2 * space::k6 + 2};
}

} // namespace fieldfare::ui
