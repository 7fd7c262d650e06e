// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/composition/keychain_unlock.h"
#include "app/desktop/desktop_profile.h"
#include "app/desktop/session_watch.h"
#include "core/store/profile_security.h"

namespace fieldfare::app {

/// store::ProfileSecurity for the profile that the desktop has open. Keys are derived on threads of the pool.
class DesktopSecurity final : public store::ProfileSecurity {
    Q_OBJECT
public:
    /// All outlive it.
    DesktopSecurity(DesktopProfile &profile, SecretStore &keychain, const SessionWatch &session, QObject *parent = nullptr);

    [[nodiscard]] State state() const override;
    void setUnlockByKeychain(bool isOn, Done done) override;
    void changePassphrase(Passphrase before, Passphrase after, Done done) override;

private:
    DesktopProfile &m_profile;
    SecretStore &m_store;
    KeychainUnlock m_keychain;
    const SessionWatch &m_session;
};

} // namespace fieldfare::app
