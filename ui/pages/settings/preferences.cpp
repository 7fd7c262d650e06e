// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/preferences.h"

namespace fieldfare::ui {

int Preferences::number(const char *name, int fallback, int lowest, int highest) const
{
    bool good = false;
    const int value = m_file.value(QString::fromLatin1(name), fallback).toInt(&good);
    return good && value >= lowest && value <= highest ? value : fallback;
}

void Preferences::set(const char *name, const QVariant &value)
{
    m_file.setValue(QString::fromLatin1(name), value);
    m_file.sync();
}

ThemeMode Preferences::themeMode() const
{
    return ThemeMode(number("appearance/theme", int(ThemeMode::System), 0, int(ThemeMode::HighContrast)));
}

void Preferences::setThemeMode(ThemeMode mode)
{
    set("appearance/theme", int(mode));
}

Accent Preferences::accent() const
{
    return Accent(number("appearance/accent", int(Accent::Slate), 0, int(Accent::Graphite)));
}

void Preferences::setAccent(Accent accent)
{
    set("appearance/accent", int(accent));
}

int Preferences::rowHeight() const
{
    return number("appearance/row_height", 24, 24, 34);
}

void Preferences::setRowHeight(int height)
{
    set("appearance/row_height", height);
    Q_EMIT rowHeightChanged(height);
}

int Preferences::textStep() const
{
    return number("appearance/text_step", 0, 0, 6);
}

void Preferences::setTextStep(int step)
{
    set("appearance/text_step", step);
    Q_EMIT textStepChanged(step);
}

QString Preferences::language() const
{
    return m_file.value(QStringLiteral("language")).toString();
}

void Preferences::setLanguage(const QString &name)
{
    set("language", name);
}

QLocale Preferences::locale() const
{
    return language().isEmpty() ? QLocale::system() : QLocale(language());
}

} // namespace fieldfare::ui
