// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"
#include "ui/pages/settings/preferences.h"

class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace fieldfare::ui {

class MarkedText;
class PasswordEdit;
class SettingRow;
class SideBarRow;
class StrengthBar;
class TextLabel;
class ZoneHeader;

/// What can be set on this computer: appearance, language, sync, security. All of it applies at once.
class SettingsPage final : public Page {
    Q_OBJECT
public:
    /// `keyFile`: path of the profile's key file; empty (a sample profile without passphrase) leaves Security out.
    SettingsPage(const PageContext &context, Preferences &preferences, const QString &keyFile, QWidget *parent = nullptr);

    [[nodiscard]] QString key() const override { return QStringLiteral("settings"); }
    [[nodiscard]] QString title() const override { return tr("Settings"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("settings"); }
    void activated() override;
    /// "appearance", "language", "sync", "quality", "security"
    void showSection(const QString &key);
    [[nodiscard]] QString section() const;

private:
    QVBoxLayout *addSection(const QString &key, const QString &iconName, const QString &title);
    void makeAppearance();
    void makeLanguage();
    void makeSync();
    void makeDataQuality();
    void makeSecurity();
    void showSync();
    void showStrength();
    void changePassphrase();

    PageContext m_context;
    Preferences &m_preferences;
    QString m_keyFile;
    ZoneHeader *m_header;
    QVBoxLayout *m_list;
    QStackedWidget *m_stack;
    QList<SideBarRow *> m_rows;
    TextLabel *m_server = nullptr;
    TextLabel *m_contact = nullptr;
    SettingRow *m_details = nullptr;
    SettingRow *m_join = nullptr; ///< Shown to a profile that works alone.
    PasswordEdit *m_old = nullptr;
    PasswordEdit *m_new = nullptr;
    PasswordEdit *m_again = nullptr;
    StrengthBar *m_strength = nullptr;
    SettingRow *m_changeRow = nullptr;
    MarkedText *m_result = nullptr;
    QPushButton *m_change = nullptr;
};

} // namespace fieldfare::ui
