// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/composition/recovery_keeper.h"

#include "core/storage/recovery/sealed_bytes.h"

#include <QCoreApplication>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;
using storage::RecoveryRecord;

namespace {

const QString kAcceptedSetting = QStringLiteral("recovery.accepted");
const QString kOfferedSetting = QStringLiteral("recovery.offered");

/// Without a write where nothing changes, as this is asked with each sync.
Result<void> set(store::Store &store, const QString &name, const QByteArray &value)
{
    FIELDFARE_ASSIGN(const QByteArray standing, store.setting(name));
    return standing == value ? Result<void>() : store.setSetting(name, value);
}

} // namespace

RecoveryKeeper::RecoveryKeeper(const store::ProfilePaths &paths, Key key)
    : m_keyFile(paths.keyFile()), m_steps(paths.folder, m_keyFile), m_key(std::move(key))
{
}

Result<void> RecoveryKeeper::seal(const storage::DataKey &key, const base::Id &device, const QByteArray &companyKey) const
{
    const auto standing = m_keyFile.recovery();
    if (!standing.ok() && standing.error().code != ErrorCode::NotFound)
        return standing.error();
    if (standing.ok() && standing->isFor(key) && standing->companyKey() == companyKey && standing->device() == device)
        return {};
    FIELDFARE_ASSIGN(const RecoveryRecord record, RecoveryRecord::make(key, device, companyKey));
    return storage::KeyFile(m_keyFile).setRecovery(key, record);
}

Result<QByteArray> RecoveryKeeper::take(store::Store &store, const storage::DataKey &key, const base::Id &device, const QByteArray &companyKey) const
{
    if (!storage::curve::isPoint(companyKey))
        return {ErrorCode::InvalidArgument, QStringLiteral("the server's recovery key is no public key")};
    FIELDFARE_ASSIGN(const QByteArray accepted, store.setting(kAcceptedSetting));
    const bool isOther = !accepted.isEmpty() && accepted != companyKey;
    FIELDFARE_TRY(seal(key, device, isOther ? accepted : companyKey));
    FIELDFARE_TRY(set(store, kAcceptedSetting, isOther ? accepted : companyKey));
    FIELDFARE_TRY(set(store, kOfferedSetting, isOther ? companyKey : QByteArray()));
    return isOther ? companyKey : QByteArray();
}

Result<void> RecoveryKeeper::accept(store::Store &store, const storage::DataKey &key, const base::Id &device, const QString &fingerprint) const
{
    FIELDFARE_ASSIGN(const QByteArray offered, store.setting(kOfferedSetting));
    if (offered.isEmpty() || !storage::sealed_bytes::isSameFingerprint(fingerprint, storage::companyKeyFingerprint(offered)))
        return {ErrorCode::NotFound, QCoreApplication::translate("Details", "no recovery key with this fingerprint waits to be accepted"), {fingerprint}};
    FIELDFARE_TRY(set(store, kAcceptedSetting, offered));
    FIELDFARE_TRY(seal(key, device, offered));
    return set(store, kOfferedSetting, QByteArray());
}

} // namespace fieldfare::app
