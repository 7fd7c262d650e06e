// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "core/storage/key_file.h"
#include "core/storage/profile_lock.h"
#include "core/store/store.h"

namespace fieldfare::store {

/// Where the files of a profile are.
struct ProfilePaths {
    QString folder;

    [[nodiscard]] QString database() const { return folder + QStringLiteral("/fieldfare.db"); }
    [[nodiscard]] QString keyFile() const { return folder + QStringLiteral("/fieldfare.key"); }
    [[nodiscard]] QString lock() const { return folder + QStringLiteral("/lock"); }
    /// The running program's local socket, for a second start and the command line.
    [[nodiscard]] QString socket() const { return folder + QStringLiteral("/run.sock"); }
    /// False, too, for what a killed init left behind: the next one clears it away (storage/unfinished_mark.h).
    [[nodiscard]] bool exists() const;
};

/// An unlocked profile: holds its lock and its key while it lives. Deriving the key takes about 0.4 s: not on the UI thread.
/// Stores and read connections get the key from here and must be closed first.
class Profile {
public:
    struct Options {
        storage::KeyFile::Parameters key = {};
        const base::Secret *deviceSecret = nullptr; ///< From the keychain, when the key file asks for it.
        const base::Clock *clock = nullptr;         ///< open(): that of wrong tries; null: the system's.
        bool isUnfinished = false;                  ///< create(): the profile counts from complete() on, not at once.
    };

    /// Makes the folder (only its owner may enter) and the key. AlreadyExists, PermissionDenied, ProfileInUse, Io, DiskFull.
    /// The passphrase's strength is the caller's business (storage::requireStrongPassphrase).
    static base::Result<Profile> create(const QString &folder, const base::Secret &passphrase, const Options &options);
    /// NotFound, ProfileInUse, WrongPassphrase, KeyFileMissing, KeyFileDamaged; TooManyAttempts after wrong ones (storage::TryLimit).
    static base::Result<Profile> open(const QString &folder, const base::Secret &passphrase, const Options &options);
    /// By the secret that the desktop's keychain keeps (storage::KeychainRecord), without scrypt. As open(), and NotFound where there is none.
    static base::Result<Profile> openByKeychain(const QString &folder, const base::Secret &secret);
    static base::Result<Profile> create(const QString &folder, const base::Secret &passphrase) { return create(folder, passphrase, Options()); }
    static base::Result<Profile> open(const QString &folder, const base::Secret &passphrase) { return open(folder, passphrase, Options()); }

    [[nodiscard]] const ProfilePaths &paths() const { return m_paths; }
    [[nodiscard]] const std::shared_ptr<const storage::DataKey> &key() const { return m_key; }
    /// What replacing the data key made of it (storage::KeyRotation::key()); for files that are opened from now on.
    void setKey(std::shared_ptr<const storage::DataKey> key) { m_key = std::move(key); }
    /// AlreadyExists with the file's name where a file beside the database is under the same key and would be lost with it: a
    /// joining that is under way, or the profile as it was before one.
    [[nodiscard]] base::Result<void> requireRotatable() const;

    /// The first records are committed: what was created as unfinished is a profile now. Durable on return.
    [[nodiscard]] base::Result<void> complete() const;

    /// Whether the database may still have to be made: create() made this, not open(). A profile whose data file is gone is not opened
    /// as an empty one.
    [[nodiscard]] bool isNew() const { return m_isNew; }
    /// Opens the store; clock and random outlive it. NotFound with the path where there is no database and isNew() is false.
    base::Result<std::unique_ptr<Store>> openStore(const base::Clock &clock, base::RandomSource &random,
                                                   std::vector<std::shared_ptr<CommitRule>> rules = {},
                                                   std::shared_ptr<const MigrationOptions> migration = {}) const;
    /// What a killed joining left beside the database and nobody goes on from. openStore() does it; `info` is the profile's.
    void discardJoiningLeftovers(const ProfileInfo &info) const;
    /// Another database of the profile, under the same key: one of JoiningFiles. Made when it is not there.
    base::Result<std::unique_ptr<Store>> openStoreAt(const QString &path, const base::Clock &clock, base::RandomSource &random,
                                                     std::vector<std::shared_ptr<CommitRule>> rules = {},
                                                     std::shared_ptr<const MigrationOptions> migration = {}) const;

private:
    Profile(ProfilePaths paths, std::unique_ptr<storage::ProfileLock> lock, std::shared_ptr<const storage::DataKey> key);

    ProfilePaths m_paths;
    std::unique_ptr<storage::ProfileLock> m_lock;
    std::shared_ptr<const storage::DataKey> m_key;
    bool m_isNew = false;
};

/// Makes a store that was just created one that works alone: a device and user of its own, the profile's data, seeds. No effect on
/// one that has a user already.
base::Result<void> startStandAlone(Store &store, const ProfileInfo &info, const QString &fullName);

} // namespace fieldfare::store
