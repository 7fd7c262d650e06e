// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme/tokens.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QApplication;

namespace fieldfare::ui {

class FieldfareStyle;

/// What the user chose in Settings, Appearance.
enum class ThemeMode { System, Light, Dark, HighContrast };

/// Owns the choice of mode and accent and applies it to the application: style, palette, tool tips. Composition makes one
/// and passes it to whoever offers the choice; widgets that only draw use Tokens::of(this) and react to
/// QEvent::PaletteChange. GUI thread only. It does not store the choice: the settings do, from changed().
class Theme final : public QObject {
    Q_OBJECT

public:
    /// Reads the platform's palette, so make it before anything else sets one. `platformPalette` replaces that reading
    /// in tests. Nothing is applied before apply() or a setter is called.
    explicit Theme(QApplication *application, std::function<QPalette()> platformPalette = {}, QObject *parent = nullptr);

    ThemeMode mode() const { return m_mode; }
    void setMode(ThemeMode mode);

    Accent accent() const { return m_accent; }
    void setAccent(Accent accent);

    /// Menus and panels fade in within 120 ms. Off by default.
    void setFading(bool fading);

    /// The scheme that is drawn now: System resolved.
    Scheme scheme() const;
    const Tokens &tokens() const { return m_tokens; }

    /// Applies the present choice, whether or not it changed.
    void apply();

    /// True when window text is lighter than the window (what "like the system" goes by on Qt 6.4).
    static bool isDark(const QPalette &palette);

Q_SIGNALS:
    /// After style and palette were applied.
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QPalette readPlatformPalette();
    void recheckSystem();

    QApplication *m_application; // outlives us
    std::function<QPalette()> m_platformPalette;
    QPointer<FieldfareStyle> m_style; // owned by the application
    ThemeMode m_mode = ThemeMode::System;
    Accent m_accent = Accent::Slate;
    bool m_systemIsDark = false;
    bool m_applying = false;
    bool m_fading = false;
    Tokens m_tokens;
};

} // namespace fieldfare::ui
