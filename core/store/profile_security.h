// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QObject>

#include <functional>
#include <memory>

namespace fieldfare::store {

/// What a person can do about the passphrase and the keys of the profile that is open. The settings page knows this class only; the
/// desktop implements it. UI thread; nothing here waits, answers come through the event loop while this object lives.
class ProfileSecurity : public QObject {
    Q_OBJECT
public:
    using Passphrase = std::shared_ptr<const base::Secret>;
    using Done = std::function<void(base::Result<void>)>;
    struct State {
        bool locksWithSession = false;   ///< The system tells when the person's session is locked, and the program locks itself then.
        bool hasKeychain = false;        ///< There is a keychain to ask.
        bool unlocksByKeychain = false;  ///< It opens the profile when the program starts.
        bool isReplacing = false;        ///< The data key is being replaced now.
        bool isReplacingBegun = false;   ///< Two keys are in use: it goes on now, or when it is asked to.
        std::uint32_t pagesDone = 0;     ///< While it is replaced.
        std::uint32_t pages = 0;         ///< 0: not known yet.
        friend bool operator==(const State &, const State &) = default;
    };

    using QObject::QObject;
    [[nodiscard]] virtual State state() const = 0;
    /// What the keychain says: PermissionDenied when the person or the system refuses; Io.
    virtual void setUnlockByKeychain(bool isOn, Done done) = 0;
    /// As storage::KeyFile::changePassphrase(); the keychain opens nothing afterwards.
    virtual void changePassphrase(Passphrase before, Passphrase after, Done done) = 0;
    /// As storage::KeyRotation, in the background; goes on with what was begun, then the passphrase may be null. Cancelled by
    /// stopReplacing(). The keychain opens nothing afterwards.
    virtual void replaceDataKey(Passphrase passphrase, Done done) = 0;
    virtual void stopReplacing() = 0;

Q_SIGNALS:
    void changed();
};

} // namespace fieldfare::store
