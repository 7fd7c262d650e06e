// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/composition/secret_store.h"
#include "core/storage/key_file.h"

#include <QObject>

namespace fieldfare::app {

/// Unlocking a profile without its passphrase, by a random secret in the desktop's keychain that wraps the data key a second time
/// (storage::KeychainRecord). Off until somebody turns it on; a new passphrase or data key turns it off. Whether it is on stands
/// in the key file and nowhere else. UI thread; nothing waits but for reading and writing the small key file.
class KeychainUnlock final : public QObject {
    Q_OBJECT
public:
    /// `store` outlives it.
    KeychainUnlock(QString keyFile, SecretStore &store, QObject *parent = nullptr);

    [[nodiscard]] bool isOn() const { return !item().isEmpty(); }
    /// Its name in the keychain; empty: none.
    [[nodiscard]] QString item() const;
    /// A new secret into the keychain, then what it opens into the key file. What the keychain says; as KeyFile::setKeychain().
    void turnOn(const std::shared_ptr<const storage::DataKey> &key, SecretStore::Done done);
    /// Out of the key file, then out of the keychain. Off it is when the first was done: what remains in the keychain opens nothing.
    void turnOff(SecretStore::Done done);
    /// The secret. NotFound where it is off or the keychain has nothing; what the keychain says.
    void read(SecretStore::Found done);
    /// Takes what `name`, an item() of before, means out of the keychain: what it opened is gone from the key file.
    void forget(const QString &name, SecretStore::Done done);

private:
    storage::KeyFile m_keyFile;
    SecretStore &m_store;
};

/// The same for programs without an event loop of their own: gives the keychain some seconds. NotFound: `name` is empty. TimedOut.
[[nodiscard]] base::Result<void> forgetNow(SecretStore &store, const QString &name);
/// What forgetNow() said, as `forgetting` a keychain's secret is told in a program's answer: "none", "removed", "left".
[[nodiscard]] QString forgettingWord(const base::Result<void> &forgetting);

} // namespace fieldfare::app
