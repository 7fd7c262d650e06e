// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme/theme.h"

#include <QLocale>
#include <QSettings>

namespace fieldfare::ui {

/// What the user set for this computer, outside the encrypted profile as it is needed before that opens. Kept in an INI file;
/// composition makes one and applies it to Theme and the translators at the start. UI thread.
class Preferences final : public QObject {
    Q_OBJECT
public:
    explicit Preferences(const QString &path, QObject *parent = nullptr) : QObject(parent), m_file(path, QSettings::IniFormat) {}

    [[nodiscard]] ThemeMode themeMode() const;
    void setThemeMode(ThemeMode mode);
    [[nodiscard]] Accent accent() const;
    void setAccent(Accent accent);
    /// 24, 28 or 34 px.
    [[nodiscard]] int rowHeight() const;
    void setRowHeight(int height);
    /// Steps of a pixel added to the system's font: 0 to 6.
    [[nodiscard]] int textStep() const;
    void setTextStep(int step);
    /// "en", "zh_CN", or empty for the system's.
    [[nodiscard]] QString language() const;
    void setLanguage(const QString &name);
    /// The locale that the language means.
    [[nodiscard]] QLocale locale() const;

    /// Minutes without a touch after which the program locks itself: 0 (never), 5, 15 or 60.
    [[nodiscard]] int lockAfterMinutes() const;
    void setLockAfterMinutes(int minutes);

    /// Whose profile is in a folder, as the unlock page says it before the file opens.
    struct ProfileLabel {
        QString user;  ///< "Markita Hansen"
        QString place; ///< "crm.sonron.example · Laptop West-07"
        friend bool operator==(const ProfileLabel &, const ProfileLabel &) = default;
    };
    /// Empty for a folder that was not opened yet.
    [[nodiscard]] ProfileLabel profileLabel(const QString &folder) const;
    void setProfileLabel(const QString &folder, const ProfileLabel &label);

Q_SIGNALS:
    void languageChanged();
    void rowHeightChanged(int height);
    void textStepChanged(int step);
    void lockAfterMinutesChanged(int minutes);

private:
    [[nodiscard]] int number(const char *name, int fallback, int lowest, int highest) const;
    void set(const QString &name, const QVariant &value);

    QSettings m_file;
};

} // namespace fieldfare::ui
