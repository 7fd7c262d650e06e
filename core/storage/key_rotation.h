// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/key_file.h"

#include <chrono>
#include <functional>

namespace fieldfare::storage {

class SharedFile;
struct EpochScan;

/// Replaces the data key of an encrypted file while others work in it: begin() makes a new one, run() writes every page anew,
/// free ones too, and takes the old one out of the key file (core/storage/docs/key-rotation.md). In between, for as long as
/// that takes and over any number of restarts and power cuts, the key file holds both.
///
/// Has a connection of its own and blocks: on a thread of its own where somebody waits, else anywhere; used and destroyed on
/// the thread that opened it. The caller's process holds the profile's lock. All other connections of the process go on; those
/// that are opened later may be given the former key or the new one.
class KeyRotation {
public:
    struct Progress {
        std::uint32_t looked = 0; ///< pages
        std::uint32_t pages = 0;
        std::uint32_t rewritten = 0; ///< since run() began
    };
    /// Called every few milliseconds' worth of work; true: stop.
    using Watch = std::function<bool(const Progress &)>;

    /// `file.key` as the key file gave it. Fails as Connection::open(), and with InvalidArgument for a file without a write-ahead
    /// log or without a key.
    [[nodiscard]] static base::Result<std::unique_ptr<KeyRotation>> open(OpenOptions file, KeyFile keyFile);
    ~KeyRotation();

    /// There are two keys: run() is to be called until it succeeds.
    [[nodiscard]] bool isUnderWay() const;
    /// As it is now: what further connections are opened with, and what backups are written under.
    [[nodiscard]] std::shared_ptr<const DataKey> key() const;

    /// Makes the new key. WrongPassphrase; AlreadyExists when a replacement is under way; FileDamaged with the page's number;
    /// Cancelled; as KeyFile::beginRotation(). On failure nothing has changed.
    [[nodiscard]] base::Result<void> begin(const base::Secret &passphrase, const Watch &watch = {});
    /// Ends a replacement that is under way; nothing without one. Cancelled: what was done stays, the next call goes on.
    /// FileDamaged with the page's number: it cannot be read under any key; both keys stay. Io, DiskFull.
    [[nodiscard]] base::Result<void> run(const Watch &watch = {});

private:
    KeyRotation(std::unique_ptr<Connection> connection, std::shared_ptr<SharedFile> shared, KeyFile keyFile);
    void leaveWritersTheLock(std::chrono::nanoseconds time);
    [[nodiscard]] base::Result<void> emptyLog(const Watch &watch);
    [[nodiscard]] base::Result<void> step(int control, void *argument, const std::uint32_t *damaged, const char *what, const Watch &watch);
    [[nodiscard]] base::Result<void> sweep(const Watch &watch);
    [[nodiscard]] base::Result<void> scan(EpochScan &scan, const Watch &watch);

    std::unique_ptr<Connection> m_connection;
    std::shared_ptr<SharedFile> m_shared;
    KeyFile m_keyFile;
    Progress m_progress;
};

} // namespace fieldfare::storage
