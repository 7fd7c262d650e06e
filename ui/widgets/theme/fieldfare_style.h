// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme/tokens.h"

#include <QKeySequence>
#include <QProxyStyle>

class QAbstractButton;
class QAction;

namespace fieldfare::ui {

/// The widget style: Fusion with our frames, focus ring, check marks, tabs, scroll bars, headers and menus, all coloured
/// from the tokens it holds. QApplication owns it (Theme makes and installs it); it is used in the GUI thread only.
///
/// What a widget wants beyond its class it says by dynamic properties; use the functions below the class, not the names.
class FieldfareStyle final : public QProxyStyle {
    Q_OBJECT

public:
    explicit FieldfareStyle(const Tokens &tokens);

    const Tokens &tokens() const { return m_tokens; }
    /// Takes new colours. The caller sets the matching palette, which makes every widget repaint.
    void setTokens(const Tokens &tokens);
    /// Shows menus and tool tips with a fade of 120 ms; off by default.
    void setFading(bool fading) { m_fading = fading; }

    using QProxyStyle::polish;
    void polish(QWidget *widget) override;

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                         const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *data) const override;

private:
    Tokens m_tokens;
    bool m_fading = false;
};

/// How a push button looks. One primary a zone; Danger only in a dialog for what cannot be undone.
enum class ButtonKind { Normal, Primary, Danger };
void setButtonKind(QAbstractButton *button, ButtonKind kind);
ButtonKind buttonKind(const QWidget *button);

/// 24 instead of 28 px high (buttons, fields, combo boxes).
void setSmall(QWidget *widget, bool small = true);
bool isSmall(const QWidget *widget);

/// Keys as they are printed on the keyboard: "Return" is what Qt calls the key that says Enter.
QString withEnterKey(QString keys);

/// Sets the button's shortcut and shows it on the button, after the text.
void setShownShortcut(QAbstractButton *button, const QKeySequence &keys);
QString shownShortcut(const QWidget *button);

/// What a field's frame says. The reason stands below the field (MessageLine), never in colour alone.
enum class FieldState { Normal, Warning, Error };
void setFieldState(QWidget *field, FieldState state);
FieldState fieldState(const QWidget *field);

/// A value that looks like text and gets its frame on hover and focus (records read like a page).
void setQuiet(QWidget *field, bool quiet = true);
bool isQuiet(const QWidget *field);

/// A menu entry that removes something: its text is in the error colour.
void setDangerous(QAction *action, bool dangerous = true);
bool isDangerous(const QAction *action);

} // namespace fieldfare::ui
