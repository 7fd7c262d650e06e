// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktop_security.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace fieldfare::app {

using base::Result;

DesktopSecurity::DesktopSecurity(store::ProfilePaths paths, const SessionWatch &session, QObject *parent)
    : ProfileSecurity(parent), m_paths(std::move(paths)), m_session(session)
{
}

store::ProfileSecurity::State DesktopSecurity::state() const
{
    return {m_session.isAvailable()};
}

void DesktopSecurity::changePassphrase(Passphrase before, Passphrase after, Done done)
{
    // Deriving two keys takes a second.
    QThreadPool::globalInstance()->start([self = QPointer<DesktopSecurity>(this), path = m_paths.keyFile(), before, after, done = std::move(done)] {
        const Result<void> changed = storage::KeyFile(path).changePassphrase(*before, *after, storage::KeyFile::Parameters());
        QMetaObject::invokeMethod(QCoreApplication::instance(), [self, done, changed] {
            if (self)
                done(changed);
        });
    });
}

} // namespace fieldfare::app
