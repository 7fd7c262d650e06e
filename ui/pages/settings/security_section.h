// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/profile_security.h"
#include "ui/pages/settings/preferences.h"

#include <QWidget>

class QCheckBox;
class QPushButton;

namespace fieldfare::ui {

class MarkedText;
class PasswordEdit;
class SettingRow;
class StrengthBar;

/// When the program locks itself, what opens it again, and the passphrase.
class SecuritySection final : public QWidget {
    Q_OBJECT
public:
    /// Both outlive it.
    SecuritySection(store::ProfileSecurity &security, Preferences &preferences, QWidget *parent = nullptr);

private:
    [[nodiscard]] QWidget *makeLockRow();
    void showKeychain();
    void setKeychain(bool isOn);
    [[nodiscard]] QWidget *makeChosen();
    void showStrength();
    void changePassphrase();

    store::ProfileSecurity &m_security;
    Preferences &m_preferences;
    QCheckBox *m_keychain;
    SettingRow *m_keychainRow;
    MarkedText *m_keychainResult;
    PasswordEdit *m_old;
    PasswordEdit *m_new;
    PasswordEdit *m_again;
    StrengthBar *m_strength;
    QPushButton *m_change;
    SettingRow *m_changeRow;
    MarkedText *m_result;
};

} // namespace fieldfare::ui
