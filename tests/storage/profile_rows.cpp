// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/profile_rows.h"

#include "tests/storage/packed_profile.h"

#include <QJsonArray>
#include <QJsonObject>

namespace fieldfare::store_test {

namespace {

Rows rowsOf(const QJsonObject &content)
{
    static const QStringList derived{QStringLiteral("last_contact"), QStringLiteral("open_amount"),
                                     QStringLiteral("open_amount_currency"), QStringLiteral("state")};
    Rows rows;
    const QJsonObject tables = content.value(QStringLiteral("tables")).toObject();
    for (auto table = tables.begin(); table != tables.end(); ++table) {
        for (const QJsonValue &value : table->toArray()) {
            QJsonObject row = value.toObject();
            if (table.key() == QLatin1StringView("meta") &&
                row.value(QStringLiteral("name")).toString().startsWith(QLatin1StringView("'store.")))
                continue;
            for (const QString &column : derived)
                row.remove(column);
            QString text;
            for (auto cell = row.begin(); cell != row.end(); ++cell)
                text += cell.key() + QLatin1Char('=') + cell->toString() + QLatin1Char(' ');
            rows[table.key()].insert(text);
        }
    }
    return rows;
}

} // namespace

base::Result<Rows> rowsIn(const QString &path, const std::shared_ptr<const storage::DataKey> &key)
{
    storage::OpenOptions options;
    options.path = path;
    options.key = key;
    FIELDFARE_ASSIGN(const auto connection, storage::Connection::open(options));
    FIELDFARE_ASSIGN(const QJsonObject content, contentOf(*connection));
    return rowsOf(content);
}

QMap<QString, int> missing(const Rows &then, const Rows &now)
{
    QMap<QString, int> lost;
    for (const auto &[table, rows] : then) {
        const auto found = now.find(table);
        const std::multiset<QString> none;
        const std::multiset<QString> &here = found == now.end() ? none : found->second;
        int count = 0;
        for (const QString &row : rows)
            count += here.contains(row) ? 0 : 1;
        for (const QString &row : here)
            count = rows.contains(row) ? count : -1;
        if (count != 0)
            lost.insert(table, count);
    }
    return lost;
}

} // namespace fieldfare::store_test
