// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/recovery/device_recovery.h"
#include "core/store/profile.h"

#include <functional>
#include <memory>

namespace fieldfare::app {

/// Keeps the data key of an open profile sealed to its company's recovery key (core/storage/docs/recovery.md). The first key that the
/// server names is accepted; another one later only when a person says so. Which one was accepted stands in the store.
class RecoveryKeeper {
public:
    using Key = std::function<std::shared_ptr<const storage::DataKey>()>;

    /// `key` gives the data key as it is at the time; called on the thread of whoever syncs.
    RecoveryKeeper(const store::ProfilePaths &paths, Key key);

    [[nodiscard]] std::shared_ptr<const storage::DataKey> key() const { return m_key(); }

    /// The server names this key. On the store's thread. The key file is written where the data key is not sealed to the accepted
    /// one as that of `device`. The key that waits for a person to accept it; empty where none does. InvalidArgument for what is no public key, and
    /// where the key file holds another data key, as after a replacement; Io, DiskFull, PermissionDenied.
    [[nodiscard]] base::Result<QByteArray> take(store::Store &store, const storage::DataKey &key, const base::Id &device, const QByteArray &companyKey) const;
    /// A person accepts the key that waits. As take(); NotFound where none has this fingerprint.
    [[nodiscard]] base::Result<void> accept(store::Store &store, const storage::DataKey &key, const base::Id &device, const QString &fingerprint) const;

    /// For the server's audit: which request the profile was recovered by since the server heard last.
    [[nodiscard]] std::optional<QByteArray> finished() const { return m_steps.finished(); }
    void forgetFinished() const { m_steps.forgetFinished(); }

private:
    [[nodiscard]] base::Result<void> seal(const storage::DataKey &key, const base::Id &device, const QByteArray &companyKey) const;

    storage::KeyFile m_keyFile;
    storage::DeviceRecovery m_steps;
    Key m_key;
};

} // namespace fieldfare::app
