// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktop.h"

#include "app/composition/command_client.h"
#include "core/base/error_words.h"
#include "translations/translators.h"
#include "ui/pages/settings/settings_page.h"
#include "ui/pages/welcome/connect_page.h"
#include "ui/pages/welcome/unlock_page.h"
#include "ui/pages/welcome/update_page.h"
#include "ui/pages/welcome/welcome_page.h"
#include "ui/shell/standard_modules.h"
#include "ui/shell/window_state.h"
#include "ui/widgets/theme/metrics.h"

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QMessageBox>
#include <QScreen>
#include <QStyle>
#include <QThread>
#include <QTimer>
#include <QUrl>

namespace fieldfare::app {

namespace {

constexpr QSize kFirstSize(860, 640);
constexpr QSize kMainSize(1440, 900);
constexpr qint64 kQuietMs = 300; ///< Of an update that is not worth a page.
constexpr int kLockAgainMs = 20;

} // namespace

Desktop::Desktop(QString folder, ui::Theme &theme, ui::Preferences &preferences, Translators &translators, std::unique_ptr<SecretStore> keychain)
    : m_folder(std::move(folder)), m_theme(theme), m_preferences(preferences), m_translators(translators), m_systemFont(QApplication::font()),
      m_keychain(std::move(keychain))
{
    applyLanguage();
    applyTextStep();
    m_theme.setMode(m_preferences.themeMode());
    m_theme.setAccent(m_preferences.accent());
    m_theme.apply();
    // The palette's commands change the theme as well as the settings page does.
    connect(&m_theme, &ui::Theme::changed, this, [this] {
        m_preferences.setThemeMode(m_theme.mode());
        m_preferences.setAccent(m_theme.accent());
    });
    // Queued: it is a widget of the window that tells.
    connect(&m_preferences, &ui::Preferences::languageChanged, this, &Desktop::remakeWindow, Qt::QueuedConnection);
    connect(&m_preferences, &ui::Preferences::textStepChanged, this, &Desktop::remakeWindow, Qt::QueuedConnection);
    connect(&m_preferences, &ui::Preferences::lockAfterMinutesChanged, &m_idle, &IdleWatch::setMinutes);
    m_idle.setMinutes(m_preferences.lockAfterMinutes());
    // Queued: what is going on in the window ends first.
    connect(&m_idle, &IdleWatch::idled, this, &Desktop::lock, Qt::QueuedConnection);
    connect(&m_session, &SessionWatch::locked, this, &Desktop::lock, Qt::QueuedConnection);
    connect(&m_preferences, &ui::Preferences::rowHeightChanged, this, [this](int height) {
        if (m_window)
            m_window->setRowHeight(height);
    });
}

Desktop::~Desktop()
{
    m_unlocking.reset();
    m_window.reset();
    m_security.reset();
    m_first.reset();
    m_texts.reset();
    m_names.reset();
    m_profile.reset();
    m_attaching.reset();
}

bool Desktop::start()
{
    if (!store::ProfilePaths{m_folder}.exists()) {
        showWelcome();
        return true;
    }
    // A command line that has the profile open refuses this; it will be done soon.
    const auto elsewhere = runElsewhere(m_folder, {command_wire::kActivate, QDir::currentPath()}, [](const CommandAnswer &) {});
    if (elsewhere == 0)
        return false;
    // For scripts and the demo; a person is asked.
    if (!qEnvironmentVariableIsSet("FIELDFARE_PASSPHRASE")) {
        showUnlock();
        askKeychain();
        return true;
    }
    const auto passphrase = std::make_shared<const base::Secret>(base::Secret::fromBytes(qgetenv("FIELDFARE_PASSPHRASE")));
    qunsetenv("FIELDFARE_PASSPHRASE"); // once: a locked program asks
    unlock(passphrase);
    return true;
}

void Desktop::comeToFront()
{
    QWidget *window = m_window && !m_isLocking ? static_cast<QWidget *>(m_window.get()) : m_first.get();
    if (window == nullptr)
        return;
    window->setWindowState(window->windowState() & ~Qt::WindowMinimized);
    window->show();
    window->raise();
    window->activateWindow();
}

void Desktop::showWelcome()
{
    m_joining = std::make_unique<ProfileJoining>(m_folder, m_clock, m_random);
    auto page = std::make_unique<ui::WelcomePage>(*m_joining, m_preferences.language());
    connect(page.get(), &ui::WelcomePage::languageChosen, &m_preferences, &ui::Preferences::setLanguage);
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
    const ui::Preferences::ProfileLabel whose = m_preferences.profileLabel(m_folder);
    auto page = std::make_unique<ui::UnlockPage>(whose.user, whose.place.isEmpty() ? m_folder : whose.place, storage::TryLimit(store::ProfilePaths{m_folder}.keyFile(), m_clock));
    connect(page.get(), &ui::UnlockPage::unlockRequested, this, [this](const std::shared_ptr<const base::Secret> &passphrase) {
        m_isLockWanted = false; // somebody is there
        unlock(passphrase);
    });
    connect(page.get(), &ui::UnlockPage::quitRequested, qApp, &QApplication::quit);
    if (storage::KeyFile(store::ProfilePaths{m_folder}.keyFile()).recovery().ok())
        page->setRecovery(QStringLiteral("fieldfare-cli --profile \"%1\" recover request recovery.request").arg(m_folder));
    m_first = std::move(page);
    m_first->setWindowTitle(tr("Fieldfare is locked"));
    m_first->show();
}

void Desktop::askKeychain()
{
    m_asked = std::make_unique<KeychainUnlock>(store::ProfilePaths{m_folder}.keyFile(), *m_keychain);
    if (!m_asked->isOn())
        return m_asked.reset();
    const auto say = [this](const QString &words) {
        auto *page = qobject_cast<ui::UnlockPage *>(m_first.get());
        if (page != nullptr && !m_isUnlocking)
            page->setNote(words);
    };
    if (!m_keychain->isAvailable())
        return say(tr("This computer's keychain is not running. The passphrase opens the profile as ever."));
    say(tr("Asking this computer's keychain…"));
    m_asked->read([this, say](base::Result<std::shared_ptr<const base::Secret>> secret) {
        if (m_isUnlocking || m_profile)
            return; // the passphrase was faster
        if (!secret.ok())
            return say(secret.error().code == base::ErrorCode::PermissionDenied
                           ? tr("This computer's keychain stays closed. The passphrase opens the profile as ever.")
                           : tr("This computer's keychain does not open the profile. The passphrase does, as ever."));
        m_isUnlocking = true;
        m_unlocking = DesktopProfile::unlockByKeychain(m_folder, *secret, this, [this, say](const DesktopProfile::Unlocked &unlocked) {
            m_isUnlocking = false;
            if (unlocked->ok())
                return openProfile(std::move(*unlocked).value());
            // Somebody else has it open, or the file is damaged: the passphrase would not help.
            const bool isOurs = unlocked->error().code == base::ErrorCode::WrongPassphrase || unlocked->error().code == base::ErrorCode::NotFound;
            if (m_waiting)
                return unlock(std::exchange(m_waiting, nullptr));
            say(isOurs ? tr("This computer's keychain does not open the profile. The passphrase does, as ever.") : base::errorWords(unlocked->error()).joined());
        });
    });
}

void Desktop::unlock(const std::shared_ptr<const base::Secret> &passphrase)
{
    if (m_profile)
        return; // the keychain was faster
    if (m_isUnlocking) {
        m_waiting = passphrase;
        return;
    }
    m_isUnlocking = true;
    m_unlocking = DesktopProfile::unlock(m_folder, passphrase, false, this, [this](const DesktopProfile::Unlocked &unlocked) {
        m_isUnlocking = false;
        auto *page = qobject_cast<ui::UnlockPage *>(m_first.get());
        if (!unlocked->ok()) {
            if (page != nullptr)
                page->setFailed(unlocked->error());
            else
                showFailure(unlocked->error());
            return;
        }
        openProfile(std::move(*unlocked).value());
    });
}

void Desktop::openProfile(store::Profile profile)
{
    m_waiting.reset();
    m_profile = std::make_unique<DesktopProfile>(std::move(profile), m_clock, m_random);
    connect(m_profile.get(), &DesktopProfile::opened, this, [this] {
        if (lockInstead())
            return;
        m_profile->startSync();
        showMain();
    });
    connect(m_profile.get(), &DesktopProfile::updating, this, &Desktop::showUpdating);
    connect(m_profile.get(), &DesktopProfile::failed, this, &Desktop::showOpeningFailure);
    m_updatingSince.invalidate();
    m_profile->open();
}

void Desktop::showUpdating(int percent)
{
    if (!m_updatingSince.isValid())
        m_updatingSince.start();
    if (m_updatingSince.elapsed() > kQuietMs && qobject_cast<ui::UpdatePage *>(m_first.get()) == nullptr)
        showUpdatePage();
    if (auto *page = qobject_cast<ui::UpdatePage *>(m_first.get()))
        page->setPercent(percent);
}

void Desktop::showUpdatePage()
{
    auto page = std::make_unique<ui::UpdatePage>();
    connect(page.get(), &ui::UpdatePage::stopRequested, this, [this] {
        if (m_profile)
            m_profile->stopUpdating();
    });
    connect(page.get(), &ui::UpdatePage::goOnRequested, this, [this] { openProfile(m_profile->takeProfile()); });
    connect(page.get(), &ui::UpdatePage::quitRequested, qApp, &QApplication::quit);
    page->setWindowTitle(tr("Fieldfare"));
    if (m_first)
        page->setGeometry(m_first->geometry());
    page->show();
    if (m_first)
        m_first.release()->deleteLater(); // the unlock page may be telling us
    m_first = std::move(page);
}

/// What a person can go on from is told on the page that says how far it is.
void Desktop::showOpeningFailure(const base::Error &error)
{
    if (error.code != base::ErrorCode::Cancelled && (error.code != base::ErrorCode::DiskFull || error.arguments.size() != 2))
        return showFailure(error);
    if (qobject_cast<ui::UpdatePage *>(m_first.get()) == nullptr)
        showUpdatePage();
    qobject_cast<ui::UpdatePage *>(m_first.get())->setFailed(error);
}

bool Desktop::isSample() const
{
    return m_joining && m_profile && m_profile->paths().folder != m_folder;
}

void Desktop::applyLanguage()
{
    QLocale::setDefault(m_preferences.locale());
    m_translators.install(m_preferences.locale());
}

void Desktop::applyTextStep()
{
    QApplication::setFont(ui::stepped(m_systemFont, m_preferences.textStep()));
}

void Desktop::makeWindow()
{
    m_names = std::make_unique<ui::NameBook>(m_profile->database(), m_preferences.locale());
    m_texts = std::make_unique<ui::DisplayText>(*m_names, m_clock, m_preferences.locale());
    const ui::MainWindow::Parts parts{m_profile->database(), m_theme, *m_names, *m_texts, m_clock, m_profile->sync(), isSample(), std::exchange(m_heldState, {})};
    if (!m_security && !isSample())
        m_security = std::make_unique<DesktopSecurity>(*m_profile, *m_keychain, m_session);
    m_window = std::make_unique<ui::MainWindow>(parts, ui::standardModules(*m_profile->database().catalog(), m_preferences, m_security.get(), isSample() ? nullptr : &m_profile->backups()));
    m_window->setRowHeight(m_preferences.rowHeight());
    connect(m_names.get(), &ui::NameBook::changed, this, &Desktop::noteWhoseProfile);
    // Queued: it is a widget of the window that asks, and the window goes.
    connect(m_window.get(), &ui::MainWindow::outsidePageRequested, this, &Desktop::showOutsidePage, Qt::QueuedConnection);
}

void Desktop::showMain()
{
    makeWindow();
    connect(&m_profile->commands(), &CommandService::activationRequested, this, &Desktop::comeToFront);
    // Less than a small screen, so that the title bar and the status bar are on it.
    const QSize room = m_window->screen()->availableSize() - QSize(0, QApplication::style()->pixelMetric(QStyle::PM_TitleBarHeight) + 8);
    m_window->resize(kMainSize.boundedTo(room));
    m_window->show();
    m_idle.restart();
    if (m_first)
        m_first.release()->deleteLater(); // it may be the one whose signal brought us here
}

std::function<void()> Desktop::later(std::function<void()> work)
{
    return [this, work = std::move(work)] { QMetaObject::invokeMethod(this, work, Qt::QueuedConnection); };
}

void Desktop::showOutsidePage(const QString &key)
{
    if (key == QStringLiteral("unlock"))
        return lock();
    const bool isConnect = key == QStringLiteral("connect");
    if ((!isConnect && key != QStringLiteral("welcome")) || !m_window || m_isLocking || !m_window->mayClose(later([this, key] { showOutsidePage(key); })))
        return;
    if (isSample())
        leaveSample(); // there is nothing to take along
    else if (isConnect)
        showConnect();
}

/// A page that stands outside the window stands where the window was.
void Desktop::placeOver(const QWidget &window, QSize size)
{
    QRect place(QPoint(0, 0), size);
    place.moveCenter(window.geometry().center());
    m_first->setGeometry(place);
}

void Desktop::lock()
{
    if (m_isLocking || isSample())
        return;
    if (m_asked) { // what the keychain answers now would open what was just locked
        m_asked.reset();
        if (auto *page = qobject_cast<ui::UnlockPage *>(m_first.get()))
            page->setNote({});
    }
    if (!m_window || m_attaching) {
        m_isLockWanted = m_isUnlocking || m_profile || m_attaching;
        return;
    }
    m_isLocking = true;
    showUnlock();
    placeOver(*m_window, m_first->sizeHint().expandedTo(m_first->minimumSize()));
    m_first->setEnabled(false); // until the profile is closed
    m_first->installEventFilter(this);
    m_window->hide();
    m_profile->endLongWork();
    leaveDialogs();
}

/// A dialog, a menu or a drag has an event loop of its own, which must be left before its window may go.
void Desktop::leaveDialogs()
{
    if (QThread::currentThread()->loopLevel() > 1) {
        if (auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget()))
            dialog->reject();
        else if (QWidget *inFront = QApplication::activePopupWidget())
            inFront->close();
        QTimer::singleShot(kLockAgainMs, this, &Desktop::leaveDialogs);
        return;
    }
    keepState([this](bool isKept, bool hasDrafts) {
        auto *page = qobject_cast<ui::UnlockPage *>(m_first.get());
        if (page != nullptr && hasDrafts)
            page->setNote(isKept ? tr("What was typed and not saved is kept in the encrypted file.")
                                 : tr("What was typed and not saved could not be written. It is kept until Fieldfare is closed."));
        closeForLock();
    });
}

/// Closed while what was typed is still being kept: the program ends after that.
bool Desktop::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::Close || !m_isLocking || watched != m_first.get())
        return QObject::eventFilter(watched, event);
    m_isEnding = true;
    event->ignore();
    return true;
}

bool Desktop::lockInstead()
{
    if (!std::exchange(m_isLockWanted, false) || isSample())
        return false;
    m_isLocking = true;
    QWidget *const former = m_first.release();
    showUnlock();
    if (former != nullptr) {
        placeOver(*former, m_first->sizeHint().expandedTo(m_first->minimumSize()));
        former->hide();
        former->deleteLater(); // it may be telling us
    }
    m_first->setEnabled(false);
    m_first->installEventFilter(this);
    closeForLock();
    return true;
}

void Desktop::keepState(std::function<void(bool, bool)> done)
{
    // What was saved a moment ago has its answer before this one: refused, it is typed and not saved again.
    m_profile->database().write<bool>(
        [](store::Store &) -> base::Result<bool> { return true; }, this, [this, done = std::move(done)](const base::Result<bool> &) {
            if (!m_window)
                return done(true, false);
            const QByteArray state = m_window->stateForUnlock();
            m_profile->database().write<bool>(
                [state](store::Store &store) -> base::Result<bool> {
                    FIELDFARE_TRY(store.setSetting(ui::WindowState::kSetting, state));
                    return true;
                },
                this,
                [this, state, done](const base::Result<bool> &kept) {
                    // On a full disk what was typed stays in memory: that is worse than on the disk, and better than nowhere.
                    m_heldState = kept.ok() ? QByteArray() : state;
                    done(kept.ok(), !ui::WindowState::fromBytes(state).drafts.isEmpty());
                });
        });
}

void Desktop::end()
{
    if (std::exchange(m_isEnding, true) || !m_window || !m_profile || m_attaching || isSample())
        return QCoreApplication::exit(0);
    if (m_isLocking)
        return; // that keeps it, and ends
    m_profile->endLongWork();
    keepState([](bool, bool) { QCoreApplication::exit(0); });
}

void Desktop::closeForLock()
{
    m_window.reset();
    m_security.reset();
    m_texts.reset();
    m_names.reset();
    // Later: the database that brought us here is a part of the profile.
    QMetaObject::invokeMethod(this, [this] {
        m_profile.reset();
        m_isLocking = false;
        if (m_isEnding)
            return QCoreApplication::exit(0);
        m_first->setEnabled(true);
        m_first->activateWindow();
        m_first->setFocus();
    }, Qt::QueuedConnection);
}

void Desktop::leaveSample()
{
    const std::unique_ptr<ProfileJoining> joining = std::move(m_joining); // with the folder of the sample
    showWelcome();
    placeOver(*m_window, kFirstSize);
    m_window.reset();
    m_texts.reset();
    m_names.reset();
    m_profile.reset();
}

void Desktop::showConnect()
{
    if (!m_profile->database().profileInfo().isStandAlone())
        return;
    m_window->saveState();
    m_attaching = std::make_unique<ProfileAttaching>(m_clock, m_random);
    auto page = std::make_unique<ui::ConnectPage>(*m_attaching, m_profile->database().catalog());
    connect(page.get(), &ui::ConnectPage::leaveRequested, this, &Desktop::leaveConnect);
    connect(page.get(), &ui::ConnectPage::startRequested, this, &Desktop::leaveConnect);
    page->setWindowTitle(tr("Connect to a server"));
    m_first = std::move(page);
    placeOver(*m_window, kFirstSize);
    m_first->show();
    m_window->hide();
    // Once what the window wanted to keep is written: work in the background goes behind that.
    m_profile->access().run([](store::Store &) { return base::Result<void>(); }, [this](const base::Result<void> &) { closeForAttaching(); });
}

void Desktop::closeForAttaching()
{
    m_window.reset();
    m_security.reset();
    m_texts.reset();
    m_names.reset();
    // Later: the access that brought us here is a part of the profile.
    QMetaObject::invokeMethod(this, [this] {
        m_attaching->setProfile(m_profile->takeProfile());
        m_profile.reset();
        m_attaching->open();
    }, Qt::QueuedConnection);
}

void Desktop::leaveConnect()
{
    if (m_profile || !m_first->isEnabled())
        return; // not begun yet, or asked twice
    m_first->setEnabled(false);
    m_attaching->takeProfile([this](store::Profile profile) {
        m_attaching.release()->deleteLater(); // it is telling us
        openProfile(std::move(profile));
    });
}

void Desktop::remakeWindow()
{
    if (!m_window) {
        applyLanguage();
        applyTextStep();
        // The welcome page asks for the language too, before there is anything to lose on it.
        if (qobject_cast<ui::WelcomePage *>(m_first.get()) != nullptr) {
            const std::unique_ptr<QWidget> former = std::move(m_first);
            showWelcome();
            m_first->setGeometry(former->geometry());
        }
        return;
    }
    if (m_isLocking || !m_window->mayClose(later([this] { remakeWindow(); })))
        return; // what is not saved goes first; the choice is kept for the next start
    applyLanguage();
    applyTextStep();
    m_theme.apply(); // tool tips have a font of their own
    m_window->saveState();
    const auto *settings = qobject_cast<const ui::SettingsPage *>(m_window->currentPage());
    const QString section = settings != nullptr ? settings->section() : QString();
    // The former window refers to its names and texts until it is gone.
    const std::unique_ptr<ui::NameBook> names = std::move(m_names);
    const std::unique_ptr<ui::DisplayText> texts = std::move(m_texts);
    const std::unique_ptr<ui::MainWindow> former = std::move(m_window);
    makeWindow();
    m_window->setGeometry(former->geometry());
    m_window->setWindowState(former->windowState());
    if (!section.isEmpty()) {
        m_window->openPage(QStringLiteral("settings"));
        if (auto *page = qobject_cast<ui::SettingsPage *>(m_window->currentPage()))
            page->showSection(section);
    }
    m_window->show();
}

/// What the unlock page says next time.
void Desktop::noteWhoseProfile()
{
    const store::ProfileInfo info = m_profile->database().profileInfo();
    QString name = m_names->userName(info.user);
    if (name.isEmpty())
        name = info.userName;
    if (isSample() || name.isEmpty())
        return;
    QStringList place{QUrl(info.serverUrl).host(), info.deviceName};
    place.removeAll(QString());
    m_preferences.setProfileLabel(m_folder, {name, place.join(QStringLiteral(" · "))});
}

void Desktop::showFailure(const base::Error &error)
{
    QMessageBox box(QMessageBox::Critical, tr("Fieldfare"), base::errorWords(error).joined(), QMessageBox::Close);
    box.setDetailedText(base::errorCodeName(error.code) + QStringLiteral("\n") + error.detail);
    box.exec();
    QApplication::quit();
}

} // namespace fieldfare::app
