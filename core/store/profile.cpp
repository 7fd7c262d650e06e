// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/profile.h"

#include "core/storage/recovery/device_recovery.h"
#include "core/storage/side_files.h"
#include "core/storage/try_limit.h"
#include "core/storage/unfinished_mark.h"
#include "core/store/joining_files.h"

#include <QDir>
#include <QFileInfo>

namespace fieldfare::store {

using base::ErrorCode;
using base::Result;

bool ProfilePaths::exists() const
{
    return (QFileInfo::exists(keyFile()) || QFileInfo::exists(database())) && !storage::unfinished_mark::isThere(folder);
}

Profile::Profile(ProfilePaths paths, std::unique_ptr<storage::ProfileLock> lock, std::shared_ptr<const storage::DataKey> key)
    : m_paths(std::move(paths)), m_lock(std::move(lock)), m_key(std::move(key))
{
}

Result<Profile> Profile::create(const QString &folder, const base::Secret &passphrase, const Options &options)
{
    const ProfilePaths paths{folder};
    if (paths.exists())
        return {ErrorCode::AlreadyExists, QStringLiteral("the folder holds a profile already"), {folder}};
    if (!QDir().mkpath(folder))
        return {ErrorCode::PermissionDenied, QStringLiteral("the folder cannot be made"), {folder}};
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    FIELDFARE_ASSIGN(auto lock, storage::ProfileLock::acquire(folder));
    if (paths.exists()) // made by another program just now
        return {ErrorCode::AlreadyExists, QStringLiteral("the folder holds a profile already"), {folder}};
    storage::unfinished_mark::removeRemains(folder, {QStringLiteral("fieldfare.db"), QStringLiteral("fieldfare.key")});
    FIELDFARE_TRY(options.isUnfinished ? storage::unfinished_mark::set(folder) : storage::unfinished_mark::clear(folder));
    storage::KeyFile file(paths.keyFile());
    if (!file.exists()) { // the profile of before may have been taken away, but nothing is done to a copy that may be all there is of its key
        FIELDFARE_TRY(storage::side_files::removeOfKeyFile(paths.keyFile()));
        FIELDFARE_TRY(storage::DeviceRecovery(folder, file).discard());
    }
    storage::KeyFile::Parameters parameters = options.key;
    if (options.deviceSecret != nullptr)
        parameters.deviceSecret = options.deviceSecret;
    FIELDFARE_ASSIGN(storage::DataKey key, file.create(passphrase, parameters));
    Profile made(paths, std::move(lock), std::make_shared<const storage::DataKey>(std::move(key)));
    made.m_isNew = true;
    return made;
}

Result<Profile> Profile::open(const QString &folder, const base::Secret &passphrase, const Options &options)
{
    const ProfilePaths paths{folder};
    if (!paths.exists())
        return {ErrorCode::NotFound, QStringLiteral("no profile in the folder"), {folder}};
    FIELDFARE_ASSIGN(auto lock, storage::ProfileLock::acquire(folder));
    const base::SystemClock clock;
    const storage::TryLimit limit(paths.keyFile(), options.clock != nullptr ? *options.clock : clock);
    FIELDFARE_ASSIGN(storage::DataKey key, limit.attempt([&] { return storage::KeyFile(paths.keyFile()).unlock(passphrase, options.deviceSecret); }));
    return Profile(paths, std::move(lock), std::make_shared<const storage::DataKey>(std::move(key)));
}

Result<Profile> Profile::openByKeychain(const QString &folder, const base::Secret &secret)
{
    const ProfilePaths paths{folder};
    if (!paths.exists())
        return {ErrorCode::NotFound, QStringLiteral("no profile in the folder"), {folder}};
    FIELDFARE_ASSIGN(auto lock, storage::ProfileLock::acquire(folder));
    FIELDFARE_ASSIGN(storage::DataKey key, storage::KeyFile(paths.keyFile()).unlockByKeychain(secret));
    return Profile(paths, std::move(lock), std::make_shared<const storage::DataKey>(std::move(key)));
}

Result<void> Profile::complete() const
{
    return storage::unfinished_mark::clear(m_paths.folder);
}

Result<std::unique_ptr<Store>> Profile::openStore(const base::Clock &clock, base::RandomSource &random,
                                                  std::vector<std::shared_ptr<CommitRule>> rules,
                                                  std::shared_ptr<const MigrationOptions> migration) const
{
    FIELDFARE_ASSIGN(auto store, openStoreAt(m_paths.database(), clock, random, std::move(rules), std::move(migration)));
    FIELDFARE_ASSIGN(const ProfileInfo info, store->profileInfo());
    discardJoiningLeftovers(info);
    return store;
}

Result<void> Profile::requireRotatable() const
{
    const JoiningFiles files(m_paths.folder);
    for (const QString &path : {files.download(), files.joined(), files.former()}) {
        if (QFileInfo::exists(path))
            return {ErrorCode::AlreadyExists, QStringLiteral("a file beside the database is under the same key"), {path}};
    }
    return {};
}

void Profile::discardJoiningLeftovers(const ProfileInfo &info) const
{
    const JoiningFiles files(m_paths.folder);
    files.discardJoined();
    // A kill just behind the last step of joining: the download has the identity that the profile has now, and would be a clone.
    if (!info.isStandAlone() && files.hasDownload())
        files.discard();
}

Result<std::unique_ptr<Store>> Profile::openStoreAt(const QString &path, const base::Clock &clock, base::RandomSource &random,
                                                    std::vector<std::shared_ptr<CommitRule>> rules,
                                                    std::shared_ptr<const MigrationOptions> migration) const
{
    StoreOptions options;
    options.path = path;
    options.key = m_key;
    options.createIfMissing = m_isNew || path != m_paths.database();
    options.clock = &clock;
    options.random = &random;
    options.rules = std::move(rules);
    options.migration = std::move(migration);
    return Store::open(std::move(options));
}

Result<void> startStandAlone(Store &store, const ProfileInfo &info, const QString &fullName)
{
    FIELDFARE_ASSIGN(changes::ReplicaState state, store.replicaState());
    if (!state.user.isNull())
        return {};
    state.device = store.newId();
    state.incarnation = 1;
    state.user = store.newId();
    FIELDFARE_TRY(store.setReplicaState(state));
    ProfileInfo own = info;
    own.user = state.user;
    FIELDFARE_TRY(store.setProfileInfo(own));
    return store.seed(fullName);
}

} // namespace fieldfare::store
