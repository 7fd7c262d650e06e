// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/text_label.h"

#include <QApplication>
#include <QEvent>
#include <QPainter>

namespace fieldfare::ui {

QColor inkColour(Ink ink, const Tokens &t)
{
    switch (ink) {
    case Ink::Text: break;
    case Ink::Text2: return t.text2;
    case Ink::Text3: return t.text3;
    case Ink::Disabled: return t.disabled;
    case Ink::Accent: return t.accent;
    case Ink::Link: return t.link;
    case Ink::Pending: return t.pending;
    case Ink::Conflict: return t.conflict;
    case Ink::Error: return t.error;
    case Ink::Ok: return t.ok;
    }
    return t.text;
}

TextLabel::TextLabel(const QString &text, Type type, Ink ink, QWidget *parent)
    : QLabel(text, parent), m_type(type), m_ink(ink)
{
    // Without this a label on a Base ground would take the Text role and lose its ink.
    setForegroundRole(QPalette::WindowText);
    refresh();
}

void TextLabel::setInk(Ink ink)
{
    m_ink = ink;
    refresh();
}

void TextLabel::setType(Type type)
{
    m_type = type;
    refresh();
}

void TextLabel::setStrong(bool strong)
{
    m_strong = strong;
    refresh();
}

void TextLabel::setElided(bool elided)
{
    m_elided = elided;
    updateGeometry();
    update();
}

QSize TextLabel::minimumSizeHint() const
{
    const QSize whole = QLabel::minimumSizeHint();
    return m_elided ? QSize(std::min(whole.width(), 24), whole.height()) : whole;
}

void TextLabel::refresh()
{
    // setFont and setPalette come back here as change events.
    if (m_refreshing)
        return;
    m_refreshing = true;
    setFont(typeFont(QApplication::font(), m_type, m_strong));
    QPalette own = palette();
    const QColor colour = inkColour(m_ink, Tokens::of(this));
    own.setColor(QPalette::Active, QPalette::WindowText, colour);
    own.setColor(QPalette::Inactive, QPalette::WindowText, colour);
    setPalette(own);
    m_refreshing = false;
}

void TextLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    switch (event->type()) {
    case QEvent::PaletteChange:
    case QEvent::StyleChange:
    case QEvent::FontChange:
    case QEvent::ApplicationFontChange: refresh(); break;
    default: break;
    }
}

QString TextLabel::elided()
{
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
    setToolTip(shown == text() ? QString() : text());
    return shown;
}

void TextLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    if (m_elided)
        elided();
}

void TextLabel::paintEvent(QPaintEvent *event)
{
    if (!m_elided) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    const QString shown = elided();
    painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::WindowText));
    painter.drawText(contentsRect(), static_cast<int>(alignment()) | Qt::TextSingleLine, shown);
}

} // namespace fieldfare::ui
