// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/desktop.h"
#include "tests/testlib/fake_keychain.h"
#include "translations/translators.h"
#include "ui/pages/welcome/unlock_page.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

namespace fieldfare::testlib {

/// The whole desktop in this process, on a profile of somebody who works alone; each start() may be on a new one.
class DesktopFixture {
public:
    static constexpr const char *kPassphrase = "quartz-meadow-bicycle-77-thunder";
    static constexpr int kPatienceMs = 20'000;

    /// Makes what freshProfile() copies. False when it cannot.
    [[nodiscard]] bool prepare();
    /// A profile of its own, in a folder of that name.
    [[nodiscard]] bool freshProfile(const char *name);
    /// No profile in a folder of that name: start(true) shows the first page of all.
    void noProfile(const char *name);
    /// As the program starts; the passphrase from the environment, or asked for.
    [[nodiscard]] bool start(bool isAsked = false);
    void stop();

    [[nodiscard]] app::Desktop &desktop() { return *m_desktop; }
    [[nodiscard]] const QString &profile() const { return m_profile; }
    [[nodiscard]] const QTemporaryDir &folder() const { return m_folder; }
    [[nodiscard]] FakeKeychain::State &keychain() { return m_keychain; }

    template <typename Widget>
    [[nodiscard]] static Widget *shown()
    {
        for (QWidget *window : QApplication::topLevelWidgets()) {
            if (auto *found = qobject_cast<Widget *>(window); found != nullptr && found->isVisible() && found->isEnabled())
                return found;
        }
        return nullptr;
    }
    [[nodiscard]] static ui::MainWindow *window() { return shown<ui::MainWindow>(); }
    [[nodiscard]] static bool waitForWindow()
    {
        return QTest::qWaitFor([] { return window() != nullptr; }, kPatienceMs);
    }
    [[nodiscard]] static bool waitForUnlockPage()
    {
        return QTest::qWaitFor([] { return shown<ui::UnlockPage>() != nullptr; }, kPatienceMs);
    }
    /// Whether the page that asks for the passphrase says so.
    [[nodiscard]] static bool says(const char *words);
    /// Types it and presses Enter.
    static void answer(const char *passphrase = kPassphrase);

private:
    QTemporaryDir m_folder;
    QString m_profile;
    FakeKeychain::State m_keychain;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<ui::Preferences> m_preferences;
    Translators m_translators;
    std::unique_ptr<app::Desktop> m_desktop;
};

/// The desktop as the program has it, inside an event loop: dialogs and menus have theirs in that one.
template <typename Test>
int runInEventLoop(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    QTimer::singleShot(0, &application, [&] {
        Test test;
        QCoreApplication::exit(QTest::qExec(&test, argc, argv));
    });
    return QApplication::exec();
}

} // namespace fieldfare::testlib
