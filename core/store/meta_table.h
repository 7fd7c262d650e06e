// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/store/views.h"

namespace fieldfare::store {

/// The table `meta`: small named values of the profile. Names of the store itself begin with "store." or "profile.".
class MetaTable {
public:
    explicit MetaTable(storage::Connection &connection) : m_connection(connection) {}

    /// Empty when absent.
    base::Result<QByteArray> value(const QString &name);
    base::Result<void> setValue(const QString &name, const QByteArray &value);
    /// Those that begin with the ASCII prefix, sorted.
    base::Result<QStringList> names(const QString &prefix);
    base::Result<qint64> number(const QString &name, qint64 fallback);
    base::Result<void> setNumber(const QString &name, qint64 value);

    base::Result<ProfileInfo> profileInfo();
    base::Result<void> setProfileInfo(const ProfileInfo &info);

private:
    storage::Connection &m_connection;
};

} // namespace fieldfare::store
