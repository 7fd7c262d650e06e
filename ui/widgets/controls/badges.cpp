// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/badges.h"

#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/state_mark.h"
#include "ui/widgets/theme/style_parts.h"
#include "ui/widgets/theme/tokens.h"

#include <QPainter>

namespace fieldfare::ui {

KeyCap::KeyCap(const QString &keys, QWidget *parent) : QWidget(parent), m_keys(keys)
{
    setAccessibleName(keys);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize KeyCap::sizeFor(const QString &keys)
{
    const QFontMetrics metrics(typeFont(Type::Caption));
    return {std::max(18, metrics.horizontalAdvance(keys) + 11), metrics.height() + 3};
}

QSize KeyCap::sizeHint() const
{
    return sizeFor(m_keys);
}

void KeyCap::paint(QPainter *painter, const QRect &rect, const QString &keys, const Tokens &tokens)
{
    parts::roundRect(painter, rect, radius::kTag, tokens.window, tokens.line);
    painter->save();
    painter->setFont(typeFont(Type::Caption));
    painter->setPen(tokens.text3);
    painter->drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, keys);
    painter->restore();
}

void KeyCap::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(&painter, rect(), m_keys, Tokens::of(this));
}

Initials::Initials(const QString &fullName, bool own, int side, QWidget *parent)
    : QWidget(parent), m_initials(of(fullName)), m_own(own), m_side(side)
{
    setAccessibleName(fullName);
    setToolTip(fullName);
    setFixedSize(side, side);
}

QString Initials::of(const QString &fullName)
{
    const QStringList words = fullName.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.isEmpty())
        return {};
    const auto first = [](const QString &word) {
        // A character outside the base plane is two code units.
        return word.left(word.front().isHighSurrogate() ? 2 : 1).toUpper();
    };
    const QChar::Script script = words.first().front().script();
    if (words.size() == 1 || script == QChar::Script_Han)
        return first(words.first());
    return first(words.first()) + first(words.last());
}

void Initials::paint(QPainter *painter, const QRect &rect, const QString &initials, bool own, const Tokens &tokens)
{
    parts::roundRect(painter, rect, radius::kTag, own ? tokens.accent : tokens.sunken,
                     tokens.needsFrames() && !own ? tokens.text : QColor());
    painter->save();
    QFont font = typeFont(rect.height() >= 22 ? Type::Small : Type::Caption, true);
    if (font.pixelSize() > 0)
        font.setPixelSize(std::max(8, rect.height() * 6 / 13));
    else
        font.setPointSizeF(std::max(6.0, rect.height() * 0.345));
    painter->setFont(font);
    painter->setPen(own ? tokens.onAccent : tokens.text2);
    painter->drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, initials);
    painter->restore();
}

void Initials::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(&painter, rect(), m_initials, m_own, Tokens::of(this));
}

TimeBar::TimeBar(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void TimeBar::setTime(double used, Tone tone, bool paused)
{
    m_used = used;
    m_tone = tone;
    m_paused = paused;
    setAccessibleName(paused ? tr("paused, %1 % of the time used").arg(qRound(used * 100))
                             : tr("%1 % of the time used").arg(qRound(used * 100)));
    update();
}

void TimeBar::paint(QPainter *painter, const QRectF &rect, double used, Tone tone, bool paused, const Tokens &tokens)
{
    constexpr qreal thick = 4;
    const QRectF track(rect.x(), rect.center().y() - thick / 2, rect.width(), thick);
    const double share = std::clamp(used, 0.0, 1.0);
    parts::roundRect(painter, track, 2, tokens.needsFrames() ? tokens.selectedIdle : tokens.sunken);
    const QColor colour = tone == Tone::Normal ? tokens.text2 : toneColour(tone, tokens);
    QRectF done = track;
    done.setWidth(track.width() * share);
    painter->save();
    painter->setClipRect(done);
    if (paused) {
        for (qreal x = track.x(); x < done.right(); x += 5)
            painter->fillRect(QRectF(x, track.y(), 3, thick), colour);
    } else {
        parts::roundRect(painter, track, 2, colour);
    }
    painter->restore();
}

void TimeBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(&painter, rect(), m_used, m_tone, m_paused, Tokens::of(this));
}

MarkLabel::MarkLabel(StateMark mark, const QString &text, bool coloured, QWidget *parent)
    : QWidget(parent), m_coloured(coloured)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setMark(mark, text);
}

MarkLabel::MarkLabel(Lifecycle lifecycle, QWidget *parent)
    : QWidget(parent), m_lifecycle(lifecycle), m_text(lifecycleText(lifecycle))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(m_text);
}

void MarkLabel::setMark(StateMark mark, const QString &text)
{
    m_mark = mark;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize MarkLabel::sizeHint() const
{
    const QFontMetrics metrics(typeFont(m_lifecycle == Lifecycle::None ? Type::Small : Type::Body));
    if (m_text.isEmpty())
        return {12, std::max(18, metrics.height())};
    return {17 + metrics.horizontalAdvance(m_text) + 2, std::max(18, metrics.height())};
}

void MarkLabel::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    const QRect mark(0, 0, 12, height());
    QColor ink = m_coloured ? stateMarkColour(m_mark, t) : t.text;
    if (m_lifecycle == Lifecycle::None) {
        paintStateMark(&painter, mark, m_mark, t);
    } else {
        paintLifecycle(&painter, mark.adjusted(-1, 0, -1, 0), m_lifecycle, t);
        ink = m_lifecycle == Lifecycle::Churned ? t.text2 : t.text;
    }
    painter.setFont(typeFont(m_lifecycle == Lifecycle::None ? Type::Small : Type::Body));
    painter.setPen(ink);
    const QRect words = rect().adjusted(m_lifecycle == Lifecycle::None ? 17 : 14, 0, 0, 0);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(m_text, Qt::ElideRight, words.width()));
}

} // namespace fieldfare::ui
