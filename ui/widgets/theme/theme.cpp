// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme/theme.h"

#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/metrics.h"

#include <QApplication>
#include <QEvent>
#include <QToolTip>

namespace fieldfare::ui {

Theme::Theme(QApplication *application, std::function<QPalette()> platformPalette, QObject *parent)
    : QObject(parent), m_application(application), m_platformPalette(std::move(platformPalette)),
      m_tokens(makeTokens(Scheme::Light))
{
    m_systemIsDark = isDark(m_platformPalette ? m_platformPalette() : QGuiApplication::palette());
    m_tokens = makeTokens(scheme(), m_accent);
    m_application->installEventFilter(this);
}

bool Theme::isDark(const QPalette &palette)
{
    return palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
}

Scheme Theme::scheme() const
{
    switch (m_mode) {
    case ThemeMode::Light: return Scheme::Light;
    case ThemeMode::Dark: return Scheme::Dark;
    case ThemeMode::HighContrast: return Scheme::HighContrast;
    case ThemeMode::System: break;
    }
    return m_systemIsDark ? Scheme::Dark : Scheme::Light;
}

void Theme::setMode(ThemeMode mode)
{
    if (mode == m_mode && m_style)
        return;
    m_mode = mode;
    apply();
}

void Theme::setAccent(Accent accent)
{
    if (accent == m_accent && m_style)
        return;
    m_accent = accent;
    apply();
}

void Theme::setFading(bool fading)
{
    m_fading = fading;
    if (m_style)
        m_style->setFading(fading);
}

void Theme::apply()
{
    m_applying = true;
    m_tokens = makeTokens(scheme(), m_accent);
    const QPalette palette = toPalette(m_tokens);
    if (m_style) {
        m_style->setTokens(m_tokens);
    } else {
        m_style = new FieldfareStyle(m_tokens);
        m_style->setFading(m_fading);
        QApplication::setStyle(m_style);
    }
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    QToolTip::setFont(typeFont(Type::Small));
    m_applying = false;
    Q_EMIT changed();
}

QPalette Theme::readPlatformPalette()
{
    if (m_platformPalette)
        return m_platformPalette();
    // An empty palette takes the application's own back out, and what is left is the platform's.
    QApplication::setPalette(QPalette());
    return QGuiApplication::palette();
}

bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    // The platform tells its windows (ThemeChange); a palette that somebody else set is told to the application. Our own
    // change arrives here too, later: then the application's palette is ours already, and there is nothing to do.
    const bool theme = event->type() == QEvent::ThemeChange;
    const bool foreign = event->type() == QEvent::ApplicationPaletteChange && watched == m_application
                         && QApplication::palette().color(QPalette::Window) != m_tokens.window;
    if ((theme || foreign) && !m_applying && m_style)
        recheckSystem();
    return QObject::eventFilter(watched, event);
}

void Theme::recheckSystem()
{
    m_applying = true;
    const bool dark = isDark(readPlatformPalette());
    const bool differs = dark != m_systemIsDark;
    m_systemIsDark = dark;
    m_applying = false;
    if (differs && m_mode == ThemeMode::System)
        apply();
    else if (!m_platformPalette)
        QApplication::setPalette(toPalette(m_tokens)); // it was taken out for reading
}

} // namespace fieldfare::ui
