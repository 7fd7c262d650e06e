// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/desktop_profile.h"
#include "app/desktop/desktop_security.h"
#include "app/desktop/idle_watch.h"
#include "app/desktop/profile_attaching.h"
#include "app/desktop/profile_joining.h"
#include "app/desktop/session_watch.h"
#include "ui/model/display_text.h"
#include "ui/model/name_book.h"
#include "ui/pages/settings/preferences.h"
#include "ui/shell/main_window.h"

#include <QElapsedTimer>
#include <QFont>

namespace fieldfare {
class Translators;
}

namespace fieldfare::app {

/// The course of the desktop program: first run or unlock, then the main window. Builds all concrete objects and owns them in an
/// order in which they can be destroyed.
class Desktop final : public QObject {
    Q_OBJECT
public:
    /// `folder`: the profile's. All outlive it.
    Desktop(QString folder, ui::Theme &theme, ui::Preferences &preferences, Translators &translators, std::unique_ptr<SecretStore> keychain = makeKeychain());
    ~Desktop() override;

    /// False when a desktop has the profile open already: it was told to show its window, and this one is to end.
    [[nodiscard]] bool start();
    /// The system's session ends, and nobody can be asked: what is typed is kept as for a lock, and the event loop is left. The second
    /// time at once.
    void end();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showWelcome();
    void showUnlock();
    void unlock(const std::shared_ptr<const base::Secret> &passphrase);
    /// At the start only: after a lock somebody is to type the passphrase.
    void askKeychain();
    void openProfile(store::Profile profile);
    /// It is of an older version, and bringing it up to date takes long enough to tell.
    void showUpdating(int percent);
    void showUpdatePage();
    void showOpeningFailure(const base::Error &error);
    void showMain();
    /// For what the window calls and does not outlive.
    [[nodiscard]] std::function<void()> later(std::function<void()> work);
    /// What the window asks for and does not have: "connect", "welcome", "unlock".
    void showOutsidePage(const QString &key);
    /// From the window of a profile that works alone to a server, and back to a window of the profile as it then is.
    void showConnect();
    void closeForAttaching();
    void leaveConnect();
    void placeOver(const QWidget &window, QSize size);
    /// Closes the profile, so that its key leaves the memory, and asks for the passphrase. What is typed waits in the profile.
    void lock();
    void leaveDialogs();
    /// What was asked for while there was no window to lock.
    [[nodiscard]] bool lockInstead();
    /// Writes what the next window begins with, behind all that was saved in this one, and answers whether it could. m_heldState has it
    /// otherwise.
    void keepState(std::function<void(bool isKept, bool hasDrafts)> done);
    void closeForLock();
    /// From the sample company to the first start.
    void leaveSample();
    void makeWindow();
    /// Language and size of text are taken up by making the window anew; it comes back where it was.
    void remakeWindow();
    void applyLanguage();
    void applyTextStep();
    void showFailure(const base::Error &error);
    void noteWhoseProfile();
    [[nodiscard]] bool isSample() const;
    void comeToFront();

    QString m_folder;
    ui::Theme &m_theme;
    ui::Preferences &m_preferences;
    Translators &m_translators;
    QFont m_systemFont;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    IdleWatch m_idle{m_clock, this};
    SessionWatch m_session{this};
    QByteArray m_heldState; ///< Of the locked window, where the profile could not take it.
    bool m_isLocking = false;
    bool m_isLockWanted = false; ///< While a profile is being opened or joined: its window is not to be shown.
    bool m_isEnding = false;
    bool m_isUnlocking = false; ///< A key is being derived or was found: a further answer has to wait.
    std::shared_ptr<const base::Secret> m_waiting; ///< A passphrase that was typed meanwhile.
    const std::unique_ptr<SecretStore> m_keychain;
    std::unique_ptr<KeychainUnlock> m_asked; ///< While the keychain is being asked.
    std::unique_ptr<ProfileJoining> m_joining; ///< Outlives the profile: it holds the folder of a sample company.
    std::unique_ptr<DesktopProfile> m_profile;
    std::unique_ptr<ui::NameBook> m_names;
    std::unique_ptr<ui::DisplayText> m_texts;
    std::unique_ptr<ProfileAttaching> m_attaching;
    std::unique_ptr<DesktopSecurity> m_security;
    QElapsedTimer m_updatingSince;
    std::unique_ptr<QWidget> m_first; ///< The welcome, unlock or connect page.
    std::unique_ptr<ui::MainWindow> m_window;
    JoinedThread m_unlocking;
};

} // namespace fieldfare::app
