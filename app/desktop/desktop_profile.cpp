// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktop_profile.h"

#include "app/composition/profile_session.h"
#include "core/base/logging.h"
#include "core/store/migrations.h"

namespace fieldfare::app {

using base::Result;

namespace {

JoinedThread onOwnThread(std::function<Result<store::Profile>()> open, QObject *context, std::function<void(DesktopProfile::Unlocked)> done)
{
    JoinedThread thread(QThread::create([open = std::move(open), context, done = std::move(done)] {
        const auto unlocked = std::make_shared<Result<store::Profile>>(open());
        QMetaObject::invokeMethod(context, [unlocked, done] { done(unlocked); }, Qt::QueuedConnection);
    }));
    thread->start();
    return thread;
}

} // namespace

JoinedThread DesktopProfile::unlock(const QString &folder, std::shared_ptr<const base::Secret> passphrase, bool create, QObject *context,
                                    std::function<void(Unlocked)> done)
{
    return onOwnThread(
        [folder, passphrase = std::move(passphrase), create] {
            return create ? store::Profile::create(folder, *passphrase, {.isUnfinished = true}) : store::Profile::open(folder, *passphrase);
        },
        context, std::move(done));
}

JoinedThread DesktopProfile::unlockByKeychain(const QString &folder, std::shared_ptr<const base::Secret> secret, QObject *context,
                                              std::function<void(Unlocked)> done)
{
    return onOwnThread([folder, secret = std::move(secret)] { return store::Profile::openByKeychain(folder, *secret); }, context, std::move(done));
}

DesktopProfile::DesktopProfile(store::Profile profile, const base::Clock &clock, base::RandomSource &random)
    : m_profile(std::move(profile)), m_isStopped(std::make_shared<std::atomic<bool>>(false))
{
    store::DatabaseThreadOptions options;
    options.store.path = m_profile.paths().database();
    options.store.key = m_profile.key();
    options.store.createIfMissing = m_profile.isNew();
    options.store.clock = &clock;
    options.store.random = &random;
    options.store.rules = commitRules();
    auto migration = std::make_shared<store::MigrationOptions>();
    migration->progress = [this, isStopped = m_isStopped, told = -1](int percent) mutable { // the database thread ends before this does
        if (std::exchange(told, percent) != percent)
            QMetaObject::invokeMethod(this, [this, percent] { Q_EMIT updating(percent); }, Qt::QueuedConnection);
        return isStopped->load();
    };
    options.store.migration = std::move(migration);
    m_database = std::make_unique<store::DatabaseThread>(std::move(options));
    m_access = std::make_unique<ThreadStoreAccess>(*m_database);
    m_sync = std::make_unique<SyncService>(*m_access, clock, random);
    m_sync->keepSealed(std::make_shared<RecoveryKeeper>(m_profile.paths(), [this] { return m_profile.key(); }));
    m_backups = std::make_unique<store::BackupRunner>(store::BackupOrigin{m_profile.paths(), m_profile.key()}, clock);
    m_backupKeeper = std::make_unique<store::BackupKeeper>(*m_database, *m_backups, clock);
    m_commands = std::make_unique<CommandService>(*m_database, *m_sync, *m_backups);
    connect(m_database.get(), &store::DatabaseThread::opened, this, [this] {
        if (!m_commands->listen(m_profile.paths().folder))
            qCWarning(lcUi) << "cannot listen for command lines";
        m_profile.discardJoiningLeftovers(m_database->profileInfo());
        m_backupKeeper->load();
        Q_EMIT opened();
    });
    connect(m_database.get(), &store::DatabaseThread::failedToOpen, this, &DesktopProfile::failed);
    connect(m_database.get(), &store::DatabaseThread::stateChanged, m_sync.get(), &SyncService::noteLocalChange);
}

DesktopProfile::~DesktopProfile()
{
    close();
}

store::Profile DesktopProfile::takeProfile()
{
    close();
    return std::move(m_profile);
}

void DesktopProfile::setKey(const std::shared_ptr<const storage::DataKey> &key)
{
    m_profile.setKey(key);
    m_backups->setKey(key);
}

void DesktopProfile::close()
{
    if (!m_commands)
        return; // closed already
    m_commands->close();
    stopUpdating();
    m_sync.reset();
    m_access.reset();
    m_database.reset(); // after the command that runs
    m_backupKeeper.reset();
    m_backups.reset();  // stops the one that runs
    m_commands.reset(); // once its last words have gone out
}

void DesktopProfile::endLongWork()
{
    stopUpdating();
    if (m_sync)
        m_sync->endLongWork();
}

void DesktopProfile::open()
{
    m_database->start();
}

void DesktopProfile::startSync()
{
    m_sync->load([this](const Result<void> &loaded) {
        if (loaded.ok())
            m_sync->watch();
    });
}

} // namespace fieldfare::app
