// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/preferences.h"

#include <QCryptographicHash>

namespace fieldfare::ui {

namespace {

/// A path has slashes, which an INI file reads as groups.
QString groupOf(const QString &folder)
{
    const QByteArray hash = QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    return QStringLiteral("profiles/") + QString::fromLatin1(hash);
}

} // namespace

int Preferences::number(const char *name, int fallback, int lowest, int highest) const
{
    bool good = false;
    const int value = m_file.value(QString::fromLatin1(name), fallback).toInt(&good);
    return good && value >= lowest && value <= highest ? value : fallback;
}

void Preferences::set(const QString &name, const QVariant &value)
{
    if (m_file.contains(name) && m_file.value(name).toString() == value.toString())
        return;
    m_file.setValue(name, value);
    m_file.sync();
}

ThemeMode Preferences::themeMode() const
{
    return ThemeMode(number("appearance/theme", int(ThemeMode::System), 0, int(ThemeMode::HighContrast)));
}

void Preferences::setThemeMode(ThemeMode mode)
{
    set(QStringLiteral("appearance/theme"), int(mode));
}

Accent Preferences::accent() const
{
    return Accent(number("appearance/accent", int(Accent::Slate), 0, int(Accent::Graphite)));
}

void Preferences::setAccent(Accent accent)
{
    set(QStringLiteral("appearance/accent"), int(accent));
}

int Preferences::rowHeight() const
{
    return number("appearance/row_height", 24, 24, 34);
}

void Preferences::setRowHeight(int height)
{
    set(QStringLiteral("appearance/row_height"), height);
    Q_EMIT rowHeightChanged(height);
}

int Preferences::textStep() const
{
    return number("appearance/text_step", 0, 0, 6);
}

void Preferences::setTextStep(int step)
{
    set(QStringLiteral("appearance/text_step"), step);
    Q_EMIT textStepChanged(step);
}

int Preferences::lockAfterMinutes() const
{
    return number("security/lock_after_minutes", 15, 0, 60);
}

void Preferences::setLockAfterMinutes(int minutes)
{
    set(QStringLiteral("security/lock_after_minutes"), minutes);
    Q_EMIT lockAfterMinutesChanged(minutes);
}

QString Preferences::language() const
{
    return m_file.value(QStringLiteral("language")).toString();
}

void Preferences::setLanguage(const QString &name)
{
    const QString before = language();
    set(QStringLiteral("language"), name);
    if (name != before)
        Q_EMIT languageChanged();
}

QLocale Preferences::locale() const
{
    return language().isEmpty() ? QLocale::system() : QLocale(language());
}

Preferences::ProfileLabel Preferences::profileLabel(const QString &folder) const
{
    const QString group = groupOf(folder);
    return {m_file.value(group + QStringLiteral("_user")).toString(), m_file.value(group + QStringLiteral("_place")).toString()};
}

void Preferences::setProfileLabel(const QString &folder, const ProfileLabel &label)
{
    const QString group = groupOf(folder);
    set(group + QStringLiteral("_user"), label.user);
    set(group + QStringLiteral("_place"), label.place);
}

} // namespace fieldfare::ui
