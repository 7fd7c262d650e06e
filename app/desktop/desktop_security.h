// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/composition/keychain_unlock.h"
#include "app/desktop/desktop_profile.h"
#include "app/desktop/joined_thread.h"
#include "app/desktop/key_replacing.h"
#include "app/desktop/session_watch.h"
#include "core/store/profile_security.h"

#include <optional>

namespace fieldfare::app {

/// store::ProfileSecurity for the profile that the desktop has open. Keys are derived on threads of its own, which it waits
/// for: the profile is locked by this program as long as they may write the key file. Goes on with a replacement of the data key that was
/// left in the middle.
class DesktopSecurity final : public store::ProfileSecurity {
    Q_OBJECT
public:
    /// All outlive it.
    DesktopSecurity(DesktopProfile &profile, SecretStore &keychain, const SessionWatch &session, QObject *parent = nullptr);

    [[nodiscard]] State state() const override;
    void setUnlockByKeychain(bool isOn, Done done) override;
    void changePassphrase(Passphrase before, Passphrase after, Done done) override;
    void replaceDataKey(Passphrase passphrase, Done done) override;
    void stopReplacing() override { m_replacing.stop(); }

private:
    DesktopProfile &m_profile;
    SecretStore &m_store;
    KeychainUnlock m_keychain;
    KeyReplacing m_replacing;
    const SessionWatch &m_session;
    JoinedThread m_changing; ///< Of the passphrase.
    mutable std::optional<State> m_asked; ///< What the system offers: asking it takes a moment, and is done once.
};

} // namespace fieldfare::app
