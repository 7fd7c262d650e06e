// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktop_security.h"

#include "core/base/logging.h"
#include "core/storage/try_limit.h"

#include <QCoreApplication>
#include <QPointer>

namespace fieldfare::app {

using base::Result;

DesktopSecurity::DesktopSecurity(DesktopProfile &profile, SecretStore &keychain, const SessionWatch &session, QObject *parent)
    : ProfileSecurity(parent), m_profile(profile), m_store(keychain), m_keychain(profile.paths().keyFile(), keychain), m_replacing(profile),
      m_session(session)
{
    connect(&m_replacing, &KeyReplacing::changed, this, &DesktopSecurity::changed);
    m_replacing.resume([](const Result<void> &gone) {
        if (!gone.ok() && gone.error().code != base::ErrorCode::Cancelled)
            qCWarning(lcUi) << "the data key stays replaced in part:" << gone.error().detail;
    });
}

store::ProfileSecurity::State DesktopSecurity::state() const
{
    if (!m_asked) {
        m_asked.emplace();
        m_asked->locksWithSession = m_session.isAvailable();
        m_asked->hasKeychain = m_store.isAvailable();
    }
    State state = *m_asked;
    state.unlocksByKeychain = m_keychain.isOn();
    state.isReplacing = m_replacing.isRunning();
    state.isReplacingBegun = m_replacing.isBegun();
    const storage::KeyRotation::Progress at = m_replacing.progress();
    state.pagesDone = at.looked;
    state.pages = at.pages;
    return state;
}

void DesktopSecurity::replaceDataKey(Passphrase passphrase, Done done)
{
    if (m_replacing.isBegun())
        return m_replacing.resume(std::move(done));
    m_replacing.begin(passphrase, [this, item = m_keychain.item(), done = std::move(done)](const Result<void> &replaced) {
        if (!m_keychain.isOn())
            m_keychain.forget(item, [](const Result<void> &) {}); // the new key is not under it
        done(replaced);
    });
}

void DesktopSecurity::setUnlockByKeychain(bool isOn, Done done)
{
    const auto answer = [this, done = std::move(done)](const Result<void> &result) {
        done(result);
        Q_EMIT changed();
    };
    if (isOn)
        m_keychain.turnOn(m_profile.key(), answer);
    else
        m_keychain.turnOff(answer);
}

void DesktopSecurity::changePassphrase(Passphrase before, Passphrase after, Done done)
{
    // Deriving two keys takes a second.
    m_changing.reset(QThread::create([self = QPointer<DesktopSecurity>(this), path = m_profile.paths().keyFile(), item = m_keychain.item(), before, after,
                                          done = std::move(done)] {
        const base::SystemClock clock;
        const Result<void> changed = storage::TryLimit(path, clock).attempt(
            [&] { return storage::KeyFile(path).changePassphrase(*before, *after, storage::KeyFile::Parameters()); });
        QMetaObject::invokeMethod(QCoreApplication::instance(), [self, item, done, changed] {
            if (!self)
                return;
            if (changed.ok())
                self->m_keychain.forget(item, [](const Result<void> &) {});
            done(changed);
            Q_EMIT self->changed();
        });
    }));
    m_changing->start();
}

} // namespace fieldfare::app
