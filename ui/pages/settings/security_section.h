// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/profile_security.h"
#include "ui/pages/settings/preferences.h"

#include <QWidget>

class QPushButton;

namespace fieldfare::ui {

class MarkedText;
class PasswordEdit;
class SettingRow;
class StrengthBar;

/// When the program locks itself, and the passphrase that opens it again.
class SecuritySection final : public QWidget {
    Q_OBJECT
public:
    /// Both outlive it.
    SecuritySection(store::ProfileSecurity &security, Preferences &preferences, QWidget *parent = nullptr);

private:
    [[nodiscard]] QWidget *makeLockRow();
    [[nodiscard]] QWidget *makeChosen();
    void showStrength();
    void changePassphrase();

    store::ProfileSecurity &m_security;
    Preferences &m_preferences;
    PasswordEdit *m_old;
    PasswordEdit *m_new;
    PasswordEdit *m_again;
    StrengthBar *m_strength;
    QPushButton *m_change;
    SettingRow *m_changeRow;
    MarkedText *m_result;
};

} // namespace fieldfare::ui
