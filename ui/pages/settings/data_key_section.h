// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/profile_security.h"

#include <QWidget>

class QProgressBar;
class QPushButton;

namespace fieldfare::ui {

class MarkedText;
class PasswordEdit;
class SettingRow;

/// Replaces the data key of the profile while everybody works, shows how far it is, and stops or goes on with it.
class DataKeySection final : public QWidget {
    Q_OBJECT
public:
    /// Outlives it.
    explicit DataKeySection(store::ProfileSecurity &security, QWidget *parent = nullptr);

private:
    void showState();
    void replace();
    void tell(const base::Result<void> &done);

    store::ProfileSecurity &m_security;
    PasswordEdit *m_passphrase;
    QPushButton *m_replace;
    QPushButton *m_stop;
    QProgressBar *m_progress;
    SettingRow *m_askRow;
    SettingRow *m_replaceRow;
    SettingRow *m_progressRow; ///< In their place while it runs.
    SettingRow *m_stopRow;
    MarkedText *m_result;
};

} // namespace fieldfare::ui
