// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/session_watch.h"
#include "core/store/profile.h"
#include "core/store/profile_security.h"

namespace fieldfare::app {

/// store::ProfileSecurity for the profile that the desktop has open. Keys are derived on threads of the pool.
class DesktopSecurity final : public store::ProfileSecurity {
    Q_OBJECT
public:
    /// The watch outlives it.
    DesktopSecurity(store::ProfilePaths paths, const SessionWatch &session, QObject *parent = nullptr);

    [[nodiscard]] State state() const override;
    void changePassphrase(Passphrase before, Passphrase after, Done done) override;

private:
    store::ProfilePaths m_paths;
    const SessionWatch &m_session;
};

} // namespace fieldfare::app
