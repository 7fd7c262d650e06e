// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// For support: a look at the tables below the catalog. What is asked and answered is printed and nothing else: no log, no history.
#include "app/cli/command.h"
#include "core/storage/read_only_query.h"

#include <algorithm>
#include <type_traits>

namespace fieldfare::app::commands_impl {

using base::ErrorCode;
using base::Result;
using storage::read_only_query::Value;

namespace {

constexpr int kMostSeconds = 600;
constexpr int kMostSecondsBeside = 3; // somebody's edits wait

QJsonValue jsonOf(const Value &value)
{
    return std::visit(
        [](const auto &held) -> QJsonValue {
            using Held = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<Held, std::monostate>)
                return QJsonValue();
            else if constexpr (std::is_same_v<Held, QByteArray>)
                return QJsonObject{{QStringLiteral("hex"), QString::fromLatin1(held.toHex())}};
            else
                return QJsonValue(held);
        },
        value);
}

/// A cell between tabs, on one line.
QString textOf(const Value &value)
{
    return std::visit(
        [](const auto &held) -> QString {
            using Held = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<Held, std::monostate>)
                return {};
            else if constexpr (std::is_same_v<Held, QByteArray>)
                return QStringLiteral("x'%1'").arg(QString::fromLatin1(held.toHex()));
            else if constexpr (std::is_same_v<Held, QString>)
                return QString(held).replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('\t'), QLatin1String("\\t")).replace(QLatin1Char('\n'), QLatin1String("\\n"));
            else
                return QString::number(held);
        },
        value);
}

/// Of an option that is a positive number.
Result<qint64> numberOf(CommandContext &context, const Arguments &arguments, const char *name, qint64 otherwise)
{
    if (!arguments.has(name))
        return otherwise;
    bool isNumber = false;
    const qint64 number = arguments.value(name).toLongLong(&isNumber);
    if (!isNumber || number <= 0)
        return context.usage(QStringLiteral("--%1 takes a positive number").arg(QLatin1StringView(name)));
    return number;
}

} // namespace

Result<void> sql(CommandContext &context, const Arguments &arguments)
{
    if (!arguments.has("read-only"))
        return context.usage(QStringLiteral("sql needs --read-only: nothing else is possible, records are changed by set and import"));
    storage::read_only_query::Limits limits;
    FIELDFARE_ASSIGN(limits.rows, numberOf(context, arguments, "rows", limits.rows));
    FIELDFARE_ASSIGN(const qint64 seconds, numberOf(context, arguments, "seconds", 10));
    limits.ms = int(std::min<qint64>(seconds, context.isShared ? kMostSecondsBeside : kMostSeconds)) * 1000;
    QStringList heading;
    const auto print = [&](const QStringList &columns, const std::vector<Value> &row) {
        if (context.json) {
            QJsonObject object;
            for (size_t i = 0; i < row.size(); ++i)
                object.insert(columns.at(qsizetype(i)), jsonOf(row[i]));
            context.print(object);
            return true;
        }
        if (heading != columns)
            context.say(columns.join(QLatin1Char('\t')));
        heading = columns;
        QStringList cells;
        for (const Value &value : row)
            cells.append(textOf(value));
        context.say(cells.join(QLatin1Char('\t')));
        return true;
    };
    const auto end = storage::read_only_query::run(context.store.connection(), arguments.words.value(0), limits, print);
    if (!end.ok())
        return end.error().code == ErrorCode::InvalidArgument ? context.usage(end.error().detail) : end.error();
    if (end->isCut)
        context.note(QStringLiteral("only the first %1 rows; --rows N gives more").arg(end->rows));
    return {};
}

} // namespace fieldfare::app::commands_impl
