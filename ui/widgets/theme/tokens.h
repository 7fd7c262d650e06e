// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

#include <array>

class QWidget;

namespace fieldfare::ui {

/// The colour schemes that are drawn. What the user chooses is ThemeMode (theme.h): it may also follow the system.
enum class Scheme { Light, Dark, HighContrast };

/// The user's accent. It changes the accent, its hover, the focus ring and the selected row; nothing else.
enum class Accent { Slate, Pine, Plum, Chestnut, Graphite };

/// Every colour the program may use, by meaning. A widget never names a colour itself: it takes the token, so that the
/// three schemes stay right and the contrast test (tst_tokens) covers all that is drawn.
///
/// Text roles: `text` content, `text2` labels and icons, `text3` numbers and hints, `disabled` only beside a reason.
/// A colour with a `Bg` twin is a meaning with its tint: the strong one for marks and words, the tint behind a line.
/// Where a tint is black (high contrast), draw a 1-px frame of the text's colour instead: see needsFrames().
struct Tokens {
    Scheme scheme;
    // surfaces
    QColor window;  ///< chrome: side bar, headers, status bar, board
    QColor base;    ///< lists, forms, fields
    QColor alt;     ///< group rows, next-step strip
    QColor raised;  ///< buttons, menus, cards, pop-ups
    QColor sunken;  ///< pressed, tracks of bars, initials
    QColor line;    ///< hairlines; between rows at 45 % over base (rowLine)
    QColor border;  ///< fields, buttons, check boxes, pop-ups
    // text
    QColor text;
    QColor text2;
    QColor text3;
    QColor disabled;
    // acting and being here
    QColor accent;
    QColor onAccent;
    QColor accentHover;
    QColor link;
    QColor infoBg;
    QColor selected;
    QColor selectedIdle;
    QColor hover;
    QColor chip;
    // meanings
    QColor pending;
    QColor pendingBg;
    QColor conflict;
    QColor conflictBg;
    QColor error;
    QColor errorBg;
    QColor ok;
    QColor okBg;
    QColor brand;
    QColor toolTip;
    QColor onToolTip;
    QColor onToolTipLink; ///< Undo in a toast: the other scheme's link
    // charts
    std::array<QColor, 6> series;  ///< distinct under protan, deutan and tritan vision; a seventh is "other", in border
    std::array<QColor, 4> ordered; ///< one hue, from least to most

    /// The hairline between two rows: `line` at 45 % over `base`, made opaque so that it can be drawn without blending.
    QColor rowLine() const;
    /// True where tints are black and a frame must carry the difference.
    bool needsFrames() const { return scheme == Scheme::HighContrast; }
    /// The better readable of the two ink colours on a filled chart area (at least 6.7 on any ordered hue).
    static QColor inkOn(const QColor &fill);

    /// The tokens in force for `widget` (or for the application when null): those of the FieldfareStyle that draws it.
    /// Without such a style (a unit test) the light ones.
    static const Tokens &of(const QWidget *widget);
};

/// The tokens of a scheme with an accent. High contrast has one accent only; the choice is ignored there.
Tokens makeTokens(Scheme scheme, Accent accent = Accent::Slate);

/// The accent colour itself, for the swatches in the settings.
QColor accentColour(Accent accent, Scheme scheme);

/// The palette that belongs to the tokens: what Fusion and foreign widgets draw with. Highlight is the accent.
QPalette toPalette(const Tokens &tokens);

/// WCAG 2.1 contrast ratio of two opaque colours, 1 to 21 (https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio).
double contrastRatio(const QColor &a, const QColor &b);

/// `top` laid over `bottom` with `share` 0..1 of opacity, as an opaque colour.
QColor mixed(const QColor &top, const QColor &bottom, double share);

} // namespace fieldfare::ui
