// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/desktop_profile.h"
#include "core/storage/key_rotation.h"

#include <QThread>
#include <QTimer>

#include <atomic>
#include <mutex>

namespace fieldfare::app {

/// storage::KeyRotation for the open profile of the desktop, on a thread of its own, while everybody works. Stopped (also by the end
/// of the program, or a lock) it has lost nothing: the next resume() goes on. UI thread. Destroying it stops and waits for a step.
class KeyReplacing final : public QObject {
    Q_OBJECT
public:
    using Passphrase = std::shared_ptr<const base::Secret>;
    using Done = std::function<void(base::Result<void>)>;

    /// The profile outlives it.
    explicit KeyReplacing(DesktopProfile &profile, QObject *parent = nullptr);
    ~KeyReplacing() override;

    [[nodiscard]] bool isRunning() const { return m_thread != nullptr; }
    /// There are two keys: what was begun is not at its end.
    [[nodiscard]] bool isBegun() const { return m_profile.key()->hasFormer(); }
    /// Of the run; pages is 0 until it is known.
    [[nodiscard]] storage::KeyRotation::Progress progress() const;

    /// Makes a new key and writes every page under it. As storage::KeyRotation::begin() and run(), with TooManyAttempts after wrong
    /// passphrases, ProfileInUse while something is done with backups, and as store::Profile::requireRotatable(). Cancelled by stop().
    void begin(Passphrase passphrase, Done done);
    /// Goes on with what was begun; nothing without.
    void resume(Done done);
    void stop() { m_shared->isStopped = true; }

Q_SIGNALS:
    void changed();

private:
    struct Shared {
        std::atomic<bool> isStopped = false;
        std::atomic<std::uint32_t> looked = 0;
        std::atomic<std::uint32_t> pages = 0;
        std::atomic<std::uint32_t> rewritten = 0;
        std::mutex keyMutex;
        std::shared_ptr<const storage::DataKey> key; ///< What it became; null: not yet.
    };
    /// Later connections get the key that there is now.
    void takeKey();
    void start(const Passphrase &passphrase, Done done);

    DesktopProfile &m_profile;
    std::shared_ptr<Shared> m_shared;
    std::unique_ptr<QThread> m_thread; ///< Null: nothing runs.
    QTimer m_shown;
};

} // namespace fieldfare::app
