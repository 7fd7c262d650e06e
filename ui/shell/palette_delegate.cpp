// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/palette_delegate.h"

#include "ui/shell/palette_model.h"
#include "ui/widgets/controls/badges.h"
#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/tokens.h"

#include <QPainter>

namespace fieldfare::ui {

namespace {

constexpr int kHeadingHeight = 25;
constexpr int kRowHeight = 28;
constexpr int kTextLeft = 34;

/// Draws `text` from the left of `line`, matching stretches semi-bold with a line below. Returns where it ended.
int drawMatched(QPainter *painter, LineTexts &texts, const QRect &line, const QString &text, const QList<store::TextRange> &ranges, Type type,
                const QColor &ink, const Tokens &t)
{
    int x = line.x();
    int at = 0;
    const auto draw = [&](const QString &part, bool strong) {
        if (part.isEmpty() || x >= line.right())
            return;
        painter->setPen(strong ? t.text : ink);
        const int wide = texts.draw(painter, QRect(x, line.y(), line.right() - x, line.height()), part, {type, strong});
        if (strong)
            painter->fillRect(QRect(x, line.center().y() + painter->fontMetrics().ascent() / 2 + 4, wide, 2), t.accent);
        x += wide;
    };
    for (const store::TextRange &range : ranges) {
        if (range.start < at)
            continue;
        draw(text.mid(at, range.start - at), false);
        draw(text.mid(range.start, range.length), true);
        at = range.start + range.length;
    }
    draw(text.mid(at), false);
    return x;
}

} // namespace

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool heading = index.data(PaletteModel::HeadingRole).toBool();
    return {option.rect.width(), fitHeight(heading ? kHeadingHeight : kRowHeight, typeFont(Type::Body))};
}

void PaletteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &t = Tokens::of(option.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect r = option.rect;
    if (index.data(PaletteModel::HeadingRole).toBool()) {
        painter->setPen(t.text2);
        m_texts.draw(painter, r.adjusted(12, 2, -12, 0), index.data().toString(), {Type::Small, true});
        painter->restore();
        return;
    }
    const bool current = option.state.testFlag(QStyle::State_Selected);
    if (current || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(current ? t.selected : t.hover);
        painter->drawRoundedRect(r.adjusted(6, 0, -6, 0), radius::kField, radius::kField);
    }
    paintIcon(painter, QRect(r.x() + 12, r.y(), icon_size::kRow, r.height()), index.data(PaletteModel::SymbolRole).toString(), icon_size::kRow, t.text2);
    int right = r.right() - 14;
    const auto cap = [&](const QString &keys, const QString &word) {
        if (!word.isEmpty()) {
            painter->setFont(typeFont(Type::Small));
            painter->setPen(t.text2);
            const int wide = painter->fontMetrics().horizontalAdvance(word);
            painter->drawText(QRect(right - wide, r.y(), wide, r.height()), Qt::AlignVCenter | Qt::AlignRight, word);
            right -= wide + 7;
        }
        const QSize size = KeyCap::sizeFor(keys);
        KeyCap::paint(painter, QRect(right - size.width(), r.center().y() - size.height() / 2 + 1, size.width(), size.height()), keys, t);
        right -= size.width() + 8;
    };
    const QString keys = index.data(PaletteModel::KeysRole).toString();
    if (!keys.isEmpty())
        cap(keys, {});
    else if (current)
        cap(QKeySequence(Qt::Key_Enter).toString(QKeySequence::NativeText), tr("open"));
    const QRect line(r.x() + kTextLeft, r.y(), right - r.x() - kTextLeft - 8, r.height());
    const int end = drawMatched(painter, m_texts, line, index.data().toString(), index.data(PaletteModel::RangesRole).value<QList<store::TextRange>>(),
                                Type::Body, t.text, t);
    const QRect rest(end + 9, line.y(), line.right() - end - 9, line.height());
    if (rest.width() > 20)
        drawMatched(painter, m_texts, rest, index.data(PaletteModel::SecondRole).toString(),
                    index.data(PaletteModel::SecondRangesRole).value<QList<store::TextRange>>(), Type::Small, t.text2, t);
    painter->restore();
}

} // namespace fieldfare::ui
