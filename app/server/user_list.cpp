// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/user_list.h"

#include "app/server/command_table.h"
#include "core/exchange/csv_reader.h"
#include "sync/server/storage/account_store.h"

#include <QFile>
#include <QSet>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

namespace {

base::Error wrong(int line, const QString &why)
{
    return {ErrorCode::InvalidArgument, QStringLiteral("line %1: %2").arg(line).arg(why)};
}

} // namespace

Result<std::vector<ListedUser>> readUserList(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {file.exists() ? ErrorCode::Io : ErrorCode::NotFound, file.errorString(), {path}};
    exchange::CsvReader reader(file);
    FIELDFARE_TRY(reader.open());
    exchange::CsvRecord record;
    QStringList columns;
    QSet<QString> names;
    std::vector<ListedUser> users;
    for (;;) {
        FIELDFARE_ASSIGN(const bool found, reader.next(record));
        if (!found)
            break;
        const int line = int(record.line());
        if (record.problem() != exchange::CsvProblem::None)
            return wrong(line, QStringLiteral("it cannot be read as CSV"));
        QStringList fields;
        for (const QString &text : record.toStringList())
            fields.append(text.simplified());
        if (fields.join(QString()).isEmpty())
            continue;
        if (columns.isEmpty()) {
            for (const QString &name : std::as_const(fields))
                columns.append(name.toLower());
            if (!columns.contains(QStringLiteral("name")))
                return wrong(line, QStringLiteral("no column is called name"));
            continue;
        }
        const auto field = [&](const QString &name) { return columns.contains(name) ? fields.value(columns.indexOf(name)) : QString(); };
        ListedUser user{line, field(QStringLiteral("name")), field(QStringLiteral("role")), std::nullopt};
        if (user.name.isEmpty())
            return wrong(line, QStringLiteral("a name is missing"));
        const QString folded = server::AccountStore::foldedName(user.name);
        if (names.contains(folded))
            return wrong(line, QStringLiteral("%1 comes twice").arg(user.name));
        names.insert(folded);
        if (user.role.isEmpty())
            user.role = QString::fromLatin1(kUsualRole);
        if (const QString team = field(QStringLiteral("team")); !team.isEmpty())
            user.team = team;
        if (int(users.size()) == kMostUsers)
            return wrong(line, QStringLiteral("more than %1 accounts at once").arg(kMostUsers));
        users.push_back(std::move(user));
    }
    return users;
}

} // namespace fieldfare::app
