// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/secret.h"
#include "core/storage/try_limit.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QPushButton;

namespace fieldfare::ui {

class PasswordEdit;
class TextLabel;

/// Asks for the passphrase of an existing profile. The caller derives the key (0.4 s, on another thread) and answers with
/// setFailed(); when it succeeds it takes the page away.
class UnlockPage final : public QWidget {
    Q_OBJECT
public:
    /// `profile`: what is unlocked, "crm.sonron.example" or a path. `limit` is read; who opens the profile counts.
    UnlockPage(const QString &userName, const QString &profile, const storage::TryLimit &limit, QWidget *parent = nullptr);

    void setFailed(const base::Error &error);
    /// A line above the passphrase: what is kept while the program is locked.
    void setNote(const QString &note);
    /// What "Forgot the passphrase?" leads to: `command` begins it on the command line; empty: nobody could open the profile.
    void setRecovery(const QString &command);

Q_SIGNALS:
    void unlockRequested(const std::shared_ptr<const fieldfare::base::Secret> &passphrase);
    void quitRequested();

private:
    void ask();
    void showWait();
    void showRecovery();

    storage::TryLimit m_limit;
    QTimer m_second;
    TextLabel *m_note;
    TextLabel *m_about;
    TextLabel *m_command;
    QString m_recovery;
    PasswordEdit *m_passphrase;
    QWidget *m_problem;
    TextLabel *m_message;
    QPushButton *m_unlock;
};

} // namespace fieldfare::ui
