// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktop.h"

#include "ui/model/error_text.h"
#include "ui/pages/dashboard/dashboard_page.h"
#include "ui/pages/review/review_page.h"
#include "ui/pages/settings/settings_page.h"
#include "ui/pages/sync/sync_page.h"
#include "ui/pages/welcome/unlock_page.h"
#include "ui/pages/welcome/welcome_page.h"

#include <QApplication>
#include <QMessageBox>

namespace fieldfare::app {

namespace {

constexpr QSize kFirstSize(860, 640);
constexpr QSize kMainSize(1440, 900);

} // namespace

Desktop::Desktop(QString folder, ui::Theme &theme, ui::Preferences &preferences)
    : m_folder(std::move(folder)), m_theme(theme), m_preferences(preferences)
{
}

Desktop::~Desktop()
{
    m_window.reset();
    m_first.reset();
    m_texts.reset();
    m_names.reset();
    m_profile.reset();
}

void Desktop::start()
{
    if (!store::ProfilePaths{m_folder}.exists())
        return showWelcome();
    // For scripts and the demo; a person is asked.
    if (qEnvironmentVariableIsSet("FIELDFARE_PASSPHRASE"))
        return unlock(std::make_shared<const base::Secret>(base::Secret::fromBytes(qgetenv("FIELDFARE_PASSPHRASE"))));
    showUnlock();
}

void Desktop::showWelcome()
{
    m_joining = std::make_unique<ProfileJoining>(m_folder, m_clock, m_random);
    auto page = std::make_unique<ui::WelcomePage>(*m_joining);
    connect(page.get(), &ui::WelcomePage::startRequested, this, [this] {
        m_profile = m_joining->takeProfile();
        showMain();
    });
    m_first = std::move(page);
    m_first->resize(kFirstSize);
    m_first->setWindowTitle(tr("Welcome to Fieldfare"));
    m_first->show();
}

void Desktop::showUnlock()
{
    auto page = std::make_unique<ui::UnlockPage>(QString(), m_folder, m_clock);
    connect(page.get(), &ui::UnlockPage::unlockRequested, this, &Desktop::unlock);
    connect(page.get(), &ui::UnlockPage::quitRequested, qApp, &QApplication::quit);
    m_first = std::move(page);
    m_first->setWindowTitle(tr("Fieldfare is locked"));
    m_first->show();
}

void Desktop::unlock(const std::shared_ptr<const base::Secret> &passphrase)
{
    DesktopProfile::unlock(m_folder, passphrase, false, this, [this](const DesktopProfile::Unlocked &unlocked) {
        auto *page = qobject_cast<ui::UnlockPage *>(m_first.get());
        if (!unlocked->ok()) {
            if (page != nullptr)
                page->setFailed(unlocked->error());
            else
                showFailure(unlocked->error());
            return;
        }
        m_profile = std::make_unique<DesktopProfile>(std::move(*unlocked).value(), m_clock, m_random);
        connect(m_profile.get(), &DesktopProfile::opened, this, [this] {
            m_profile->startSync();
            showMain();
        });
        connect(m_profile.get(), &DesktopProfile::failed, this, &Desktop::showFailure);
        m_profile->open();
    });
}

QList<ui::Module> Desktop::modules()
{
    QList<ui::Module> modules = ui::recordModules(*m_profile->database().catalog());
    const QString keyFile = m_joining && m_profile->paths().folder != m_folder ? QString() : m_profile->paths().keyFile();
    modules.append({QStringLiteral("dashboard"), QStringLiteral("dashboard"), tr("Dashboards"),
                    [](const ui::PageContext &context) { return new ui::DashboardPage(context); }});
    modules.append({QStringLiteral("review"), QStringLiteral("review"), tr("To review"),
                    [](const ui::PageContext &context) { return new ui::ReviewPage(context); }});
    modules.append({QStringLiteral("sync"), QStringLiteral("sync"), tr("Sync"),
                    [](const ui::PageContext &context) { return new ui::SyncPage(context); }});
    modules.append({QStringLiteral("settings"), QStringLiteral("settings"), tr("Settings"),
                    [this, keyFile](const ui::PageContext &context) { return new ui::SettingsPage(context, m_preferences, keyFile); }});
    return modules;
}

void Desktop::showMain()
{
    m_names = std::make_unique<ui::NameBook>(m_profile->database(), m_preferences.locale());
    m_texts = std::make_unique<ui::DisplayText>(*m_names, m_clock, m_preferences.locale());
    const ui::MainWindow::Parts parts{m_profile->database(), m_theme, *m_names, *m_texts, m_clock, m_profile->sync()};
    m_window = std::make_unique<ui::MainWindow>(parts, modules());
    m_window->resize(kMainSize);
    m_window->show();
    if (m_first)
        m_first.release()->deleteLater(); // it may be the one whose signal brought us here
}

void Desktop::showFailure(const base::Error &error)
{
    QMessageBox box(QMessageBox::Critical, tr("Fieldfare"), ui::ErrorText::sentence(error).joined(), QMessageBox::Close);
    box.setDetailedText(base::errorCodeName(error.code) + QStringLiteral("\n") + error.detail);
    box.exec();
    QApplication::quit();
}

} // namespace fieldfare::app
