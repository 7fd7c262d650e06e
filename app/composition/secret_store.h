// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QString>

#include <functional>
#include <memory>

class QObject;

namespace fieldfare::app {

/// Where the desktop's session keeps small secrets: its keychain, or a fake in tests. UI thread; nothing waits, answers come
/// through the event loop while `context` is alive. A keychain may ask the person to unlock it first.
class SecretStore {
public:
    using Found = std::function<void(base::Result<std::shared_ptr<const base::Secret>>)>;
    using Done = std::function<void(base::Result<void>)>;

    virtual ~SecretStore() = default;

    /// Whether there is one to ask at all; where there is none, nothing is offered.
    [[nodiscard]] virtual bool isAvailable() const = 0;
    /// NotFound; PermissionDenied when the person or the system refuses; Io.
    virtual void read(const QString &name, QObject *context, Found done) = 0;
    virtual void write(const QString &name, const base::Secret &secret, QObject *context, Done done) = 0;
    /// What is not there is removed.
    virtual void remove(const QString &name, QObject *context, Done done) = 0;
};

/// The system's: Secret Service or KWallet on Linux, Keychain on macOS, Credential Store on Windows. The library that talks to it
/// makes copies in ordinary memory, which nobody wipes.
[[nodiscard]] std::unique_ptr<SecretStore> makeKeychain();

} // namespace fieldfare::app
