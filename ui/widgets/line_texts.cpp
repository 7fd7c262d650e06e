// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/line_texts.h"

#include "ui/model/display_text.h"

#include <QApplication>
#include <QFontMetrics>
#include <QPainter>

#include <cmath>
#include <memory>

namespace fieldfare::ui {

namespace {

QStaticText shaped(QString text, const QFont &font, int width, Qt::TextElideMode elide)
{
    text = oneLine(std::move(text));
    QStaticText line(text);
    line.setTextFormat(Qt::PlainText);
    line.prepare({}, font);
    if (line.size().width() > width) {
        line.setText(QFontMetrics(font).elidedText(text, elide, width));
        line.prepare({}, font);
    }
    return line;
}

} // namespace

const QFont &LineTexts::font(Style style)
{
    const int key = int(style.type) * 4 + (style.strong ? 2 : 0) + (style.struckOut ? 1 : 0);
    auto found = m_fonts.find(key);
    if (found == m_fonts.end()) {
        QFont font = typeFont(m_base, style.type, style.strong);
        font.setStrikeOut(style.struckOut);
        found = m_fonts.insert(key, font);
    }
    return *found;
}

int LineTexts::draw(QPainter *painter, const QRect &rect, const QString &text, Style style, Qt::Alignment side, Qt::TextElideMode elide)
{
    if (text.isEmpty() || rect.width() <= 0)
        return 0;
    if (const QFont now = QApplication::font(); now != m_base) {
        m_base = now;
        m_fonts.clear();
        m_lines.clear();
    }
    const QFont &face = font(style);
    const Line wanted{elide == Qt::ElideRight ? text.left(kLongest) : text, style, elide, rect.width()};
    QStaticText *line = m_lines.object(wanted);
    if (line == nullptr) {
        auto made = std::make_unique<QStaticText>(shaped(wanted.text, face, rect.width(), elide));
        if (wanted.text.size() > kLongest)
            return drawn(painter, rect, *made, side, face); // not worth keeping
        line = made.release();
        m_lines.insert(wanted, line, int(wanted.text.size()) + kCharactersALine);
    }
    return drawn(painter, rect, *line, side, face);
}

int LineTexts::drawn(QPainter *painter, const QRect &rect, const QStaticText &line, Qt::Alignment side, const QFont &face)
{
    const QSizeF size = line.size();
    const qreal x = side.testFlag(Qt::AlignRight) ? rect.x() + rect.width() - size.width() : rect.x();
    painter->setFont(face);
    painter->drawStaticText(QPointF(x, rect.y() + std::ceil((rect.height() - size.height()) / 2)), line);
    return int(std::ceil(size.width()));
}

} // namespace fieldfare::ui
