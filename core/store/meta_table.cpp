// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/meta_table.h"

namespace fieldfare::store {

using base::Result;

Result<QByteArray> MetaTable::value(const QString &name)
{
    storage::Statement &query = m_connection.statement(QLatin1StringView("SELECT value FROM meta WHERE name = ?"));
    const storage::StatementReset reset(query);
    query.bindText(1, name);
    FIELDFARE_ASSIGN(const bool row, query.step());
    return row ? query.blob(0) : QByteArray();
}

Result<void> MetaTable::setValue(const QString &name, const QByteArray &value)
{
    storage::Statement &statement =
        m_connection.statement(QLatin1StringView("INSERT OR REPLACE INTO meta(name, value) VALUES (?, ?)"));
    statement.bindText(1, name);
    statement.bindBlob(2, value);
    return statement.run();
}

Result<QStringList> MetaTable::names(const QString &prefix)
{
    storage::Statement &query = m_connection.statement(QLatin1StringView("SELECT name FROM meta WHERE substr(name, 1, ?2) = ?1 ORDER BY name"));
    const storage::StatementReset reset(query);
    query.bindText(1, prefix);
    query.bind(2, qint64(prefix.size()));
    QStringList names;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query.step());
        if (!row)
            return names;
        names.append(query.text(0));
    }
}

Result<qint64> MetaTable::number(const QString &name, qint64 fallback)
{
    FIELDFARE_ASSIGN(const QByteArray text, value(name));
    bool ok = false;
    const qint64 parsed = text.toLongLong(&ok);
    return ok ? parsed : fallback;
}

Result<void> MetaTable::setNumber(const QString &name, qint64 number)
{
    return setValue(name, QByteArray::number(number));
}

Result<ProfileInfo> MetaTable::profileInfo()
{
    ProfileInfo info;
    const auto text = [this](const char *name) -> Result<QString> {
        FIELDFARE_ASSIGN(const QByteArray bytes, value(QString::fromLatin1(name)));
        return QString::fromUtf8(bytes);
    };
    FIELDFARE_ASSIGN(info.company, text("profile.company"));
    FIELDFARE_ASSIGN(const QString currency, text("profile.currency"));
    if (!currency.isEmpty())
        info.currency = currency;
    FIELDFARE_ASSIGN(info.userName, text("profile.user_name"));
    FIELDFARE_ASSIGN(info.serverUrl, text("profile.server_url"));
    FIELDFARE_ASSIGN(info.deviceName, text("profile.device_name"));
    FIELDFARE_ASSIGN(const QByteArray user, value(QStringLiteral("profile.user")));
    info.user = base::Id::fromBytes(user);
    FIELDFARE_ASSIGN(const qint64 device, number(QStringLiteral("profile.device_number"), 0));
    info.deviceNumber = int(device);
    return info;
}

Result<void> MetaTable::setProfileInfo(const ProfileInfo &info)
{
    FIELDFARE_TRY(setValue(QStringLiteral("profile.company"), info.company.toUtf8()));
    FIELDFARE_TRY(setValue(QStringLiteral("profile.currency"), info.currency.toUtf8()));
    FIELDFARE_TRY(setValue(QStringLiteral("profile.user_name"), info.userName.toUtf8()));
    FIELDFARE_TRY(setValue(QStringLiteral("profile.server_url"), info.serverUrl.toUtf8()));
    FIELDFARE_TRY(setValue(QStringLiteral("profile.device_name"), info.deviceName.toUtf8()));
    FIELDFARE_TRY(setValue(QStringLiteral("profile.user"), info.user.toBytes()));
    return setNumber(QStringLiteral("profile.device_number"), info.deviceNumber);
}

} // namespace fieldfare::store
