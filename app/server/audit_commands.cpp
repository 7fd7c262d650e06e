// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/audit_commands.h"

#include "sync/server/audit/audit_chain.h"
#include "sync/server/storage/audit_store.h"

#include <QJsonArray>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;
using server::AuditEntry;
using server::AuditHead;

namespace {

constexpr qsizetype kChainBytes = 32;

Result<QJsonObject> list(storage::Connection &connection, const AuditCommand &command)
{
    server::AuditStore table(connection);
    FIELDFARE_ASSIGN(const base::Id company, table.company());
    FIELDFARE_ASSIGN(const auto accounts, server::AccountStore(connection).all());
    QHash<base::Id, QString> names;
    for (const server::AccountRecord &account : accounts)
        names.insert(account.user, account.name);
    FIELDFARE_ASSIGN(const auto entries, table.after(command.after, command.limit));
    QJsonArray lines;
    for (const AuditEntry &entry : entries) {
        if (!entry.kind.startsWith(command.kind))
            continue;
        QJsonObject line = server::toJson(entry);
        line.insert(QStringLiteral("name"), names.value(entry.user)); // of today; no part of the chain
        lines.append(line);
    }
    return QJsonObject{{QStringLiteral("company"), company.toString()},
                       {QStringLiteral("entries"), lines},
                       {QStringLiteral("last"), qint64(entries.empty() ? command.after : entries.back().number)}};
}

Result<QJsonObject> verify(storage::Connection &connection, const AuditCommand &command)
{
    server::AuditStore table(connection);
    FIELDFARE_ASSIGN(const server::VerifiedAudit verified, server::verifyAudit(table, command.expected));
    return QJsonObject{{QStringLiteral("ok"), true},
                       {QStringLiteral("entries"), qint64(verified.head.number)},
                       {QStringLiteral("head"), auditHeadText(verified.head)},
                       {QStringLiteral("without_detail"), qint64(verified.withoutDetail)}};
}

} // namespace

std::optional<AuditHead> auditHeadFromText(const QString &text)
{
    bool isNumber = false;
    const AuditHead head{text.section(QLatin1Char(':'), 0, 0).toLongLong(&isNumber), QByteArray::fromHex(text.section(QLatin1Char(':'), 1).toLatin1())};
    return isNumber && head.number > 0 && head.chain.size() == kChainBytes ? std::optional(head) : std::nullopt;
}

QString auditHeadText(const AuditHead &head)
{
    return QStringLiteral("%1:%2").arg(head.number).arg(QString::fromLatin1(head.chain.toHex()));
}

QJsonObject toJson(const AuditCommand &command)
{
    return {{QStringLiteral("audit"), command.command},
            {QStringLiteral("after"), qint64(command.after)},
            {QStringLiteral("limit"), command.limit},
            {QStringLiteral("kind"), command.kind},
            {QStringLiteral("head"), command.expected.number > 0 ? auditHeadText(command.expected) : QString()},
            {QStringLiteral("before"), qint64(command.beforeMs)}};
}

Result<AuditCommand> auditCommandFromJson(const QJsonObject &object)
{
    AuditCommand command{object.value(QStringLiteral("audit")).toString(), object.value(QStringLiteral("after")).toInteger(),
                         object.value(QStringLiteral("limit")).toInt(AuditCommand::kMostEntries), object.value(QStringLiteral("kind")).toString()};
    command.beforeMs = object.value(QStringLiteral("before")).toInteger();
    const QString head = object.value(QStringLiteral("head")).toString();
    const auto expected = head.isEmpty() ? std::optional(AuditHead()) : auditHeadFromText(head);
    const bool isKnown = QStringList{QStringLiteral("list"), QStringLiteral("verify"), QStringLiteral("forget")}.contains(command.command);
    if (!isKnown || !expected || command.limit < 1 || command.limit > AuditCommand::kMostEntries || command.after < 0)
        return {ErrorCode::ProtocolViolation, QStringLiteral("no such command")};
    command.expected = *expected;
    return command;
}

Result<QJsonObject> runAuditCommand(storage::Connection &connection, server::AuditLog *log, const AuditCommand &command)
{
    if (command.command == QLatin1StringView("list"))
        return list(connection, command);
    if (command.command == QLatin1StringView("verify"))
        return verify(connection, command);
    FIELDFARE_ASSIGN(const std::int64_t forgotten, log->forgetDetails(command.beforeMs));
    return QJsonObject{{QStringLiteral("forgotten"), qint64(forgotten)}};
}

} // namespace fieldfare::app
