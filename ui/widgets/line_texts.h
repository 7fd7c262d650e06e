// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme/metrics.h"

#include <QCache>
#include <QFont>
#include <QHash>
#include <QStaticText>
#include <QString>

class QPainter;
class QRect;

namespace fieldfare::ui {

/// Draws single lines of text that come again with every repaint: the cells of a list, the hits of a search. Finding fonts and
/// glyphs for a line (shaping) costs ten times what putting the glyphs on the screen costs, so each line is shaped once and
/// kept, the latest ones up to kCharacters. All is forgotten when the application's font changes.
///
/// A delegate owns one; used on the UI thread alone.
class LineTexts {
public:
    struct Style {
        Type type = Type::Body;
        bool strong = false;
        bool struckOut = false;

        friend bool operator==(const Style &, const Style &) = default;
    };

    /// Draws `text` in the painter's pen colour, in the middle of the height of `rect`, at its left or right, cut with an
    /// ellipsis where it is too long; line breaks are drawn as spaces. Returns the width of what was drawn.
    int draw(QPainter *painter, const QRect &rect, const QString &text, Style style, Qt::Alignment side = Qt::AlignLeft,
             Qt::TextElideMode elide = Qt::ElideRight);

private:
    static constexpr int kLongest = 1000;         ///< No cell is wider, so that the rest of a long text is not even looked at.
    static constexpr int kCharactersALine = 64;   ///< What a line costs besides its characters.
    static constexpr int kCharacters = 512 * 1024;

    struct Line {
        QString text;
        Style style;
        Qt::TextElideMode elide;
        int width;

        friend bool operator==(const Line &, const Line &) = default;
        friend size_t qHash(const Line &line, size_t seed) noexcept
        {
            return qHashMulti(seed, line.text, int(line.style.type), line.style.strong, line.style.struckOut, int(line.elide), line.width);
        }
    };

    [[nodiscard]] const QFont &font(Style style);
    static int drawn(QPainter *painter, const QRect &rect, const QStaticText &line, Qt::Alignment side, const QFont &face);

    QCache<Line, QStaticText> m_lines{kCharacters};
    QHash<int, QFont> m_fonts;
    QFont m_base;
};

} // namespace fieldfare::ui
