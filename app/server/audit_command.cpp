// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/admin_call.h"
#include "app/server/audit_commands.h"
#include "app/server/user_commands.h"
#include "sync/server/audit/audit_chain.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;
using server::AuditCheck;

namespace {

constexpr qint64 kMostLineBytes = 256 * 1024;

base::Error fileError(const QFileDevice &file)
{
    return {ErrorCode::Io, file.errorString(), {file.fileName()}};
}

Result<QJsonObject> ask(AdminCalls &calls, const AuditCommand &command)
{
    FIELDFARE_ASSIGN(const QJsonObject answer, calls.call(toJson(command), [&](StoreSession &session) {
                         return runAuditCommand(*session.connection, &session.accounts->audit(), command);
                     }));
    FIELDFARE_TRY(listFromJson(answer, QStringLiteral("entries"))); // its error
    return answer;
}

/// Calls `take` for every page of entries behind `after`.
Result<void> everyPage(const AuditOptions &options, const std::function<Result<bool>(const QJsonObject &)> &take)
{
    AdminCalls calls(options);
    AuditCommand command{QStringLiteral("list"), options.after, AuditCommand::kMostEntries, options.kind};
    for (;;) {
        FIELDFARE_ASSIGN(const QJsonObject page, ask(calls, command));
        FIELDFARE_ASSIGN(const bool goesOn, take(page));
        const std::int64_t last = page.value(QStringLiteral("last")).toInteger();
        if (!goesOn || last == command.after)
            return {};
        command.after = last;
    }
}

QString sentence(const QJsonObject &entry)
{
    const QString user = entry.value(QStringLiteral("name")).toString();
    return QStringLiteral("%1  %2  %3  %4  %5  %6")
        .arg(entry.value(QStringLiteral("no")).toInteger())
        .arg(QDateTime::fromMSecsSinceEpoch(entry.value(QStringLiteral("at")).toInteger(), Qt::UTC).toString(Qt::ISODate),
             entry.value(QStringLiteral("kind")).toString(), user.isEmpty() ? QStringLiteral("-") : user)
        .arg(entry.value(QStringLiteral("amount")).toInteger())
        .arg(entry.contains(QStringLiteral("detail")) ? entry.value(QStringLiteral("detail")).toString() : QStringLiteral("(details were removed)"));
}

int list(const AuditOptions &options, const Console &console)
{
    const auto listed = everyPage(options, [&](const QJsonObject &page) -> Result<bool> {
        for (const QJsonValue &entry : page.value(QStringLiteral("entries")).toArray())
            console.result(sentence(entry.toObject()), entry.toObject());
        return true;
    });
    return listed.ok() ? Done : console.failure(listed.error());
}

/// The first line names the company, as the chain begins with it.
Result<std::int64_t> exportTo(const AuditOptions &options)
{
    QSaveFile file(options.file);
    if (!file.open(QIODevice::WriteOnly))
        return fileError(file);
    std::int64_t count = 0;
    FIELDFARE_TRY(everyPage(options, [&](const QJsonObject &page) -> Result<bool> {
        if (count == 0)
            file.write(QJsonDocument(QJsonObject{{QStringLiteral("company"), page.value(QStringLiteral("company"))}}).toJson(QJsonDocument::Compact) + '\n');
        for (const QJsonValue &entry : page.value(QStringLiteral("entries")).toArray()) {
            if (file.write(QJsonDocument(entry.toObject()).toJson(QJsonDocument::Compact) + '\n') < 0)
                return fileError(file);
            ++count;
        }
        return true;
    }));
    if (!file.commit())
        return fileError(file);
    return count;
}

/// Of an exported log, on any computer.
Result<QJsonObject> verifyFile(const AuditOptions &options)
{
    QFile file(options.file);
    if (!file.open(QIODevice::ReadOnly))
        return Result<QJsonObject>(fileError(file));
    const auto first = QJsonDocument::fromJson(file.readLine(kMostLineBytes)).object();
    const auto company = base::Id::fromString(first.value(QStringLiteral("company")).toString());
    if (!company)
        return {ErrorCode::InvalidArgument, QStringLiteral("the first line does not name a company"), {options.file}};
    AuditCheck check(*company);
    if (options.expected.number > 0)
        check.expect(options.expected);
    while (!file.atEnd()) {
        FIELDFARE_ASSIGN(const server::AuditEntry entry, server::auditEntryFromJson(QJsonDocument::fromJson(file.readLine(kMostLineBytes)).object()));
        FIELDFARE_TRY(check.add(entry));
    }
    FIELDFARE_TRY(check.finish());
    return QJsonObject{{QStringLiteral("ok"), true},
                       {QStringLiteral("entries"), qint64(check.head().number)},
                       {QStringLiteral("head"), auditHeadText(check.head())},
                       {QStringLiteral("without_detail"), qint64(check.withoutDetail())}};
}

int verify(const AuditOptions &options, const Console &console)
{
    AdminCalls calls(options);
    const auto answer = options.file.isEmpty() ? ask(calls, {QStringLiteral("verify"), 0, 1, {}, options.expected, 0}) : verifyFile(options);
    if (!answer.ok())
        return console.failure(answer.error());
    console.result(QStringLiteral("Whole: %1 entries, %2 of them without details. Head: %3")
                       .arg(answer->value(QStringLiteral("entries")).toInteger())
                       .arg(answer->value(QStringLiteral("without_detail")).toInteger())
                       .arg(answer->value(QStringLiteral("head")).toString()),
                   *answer);
    return Done;
}

} // namespace

int runAudit(const AuditOptions &options, const Console &console)
{
    if (options.command == QLatin1StringView("list"))
        return list(options, console);
    if (options.command == QLatin1StringView("verify"))
        return verify(options, console);
    if (options.command == QLatin1StringView("export")) {
        const auto count = exportTo(options);
        if (!count.ok())
            return console.failure(count.error());
        console.result(QStringLiteral("%1 entries are in %2.").arg(*count).arg(options.file), {{QStringLiteral("entries"), qint64(*count)}, {QStringLiteral("file"), options.file}});
        return Done;
    }
    AdminCalls calls(options);
    const auto answer = ask(calls, {QStringLiteral("forget"), 0, 1, {}, {}, options.beforeMs});
    if (!answer.ok())
        return console.failure(answer.error());
    console.result(QStringLiteral("The details of %1 entries were removed; the entries stay.").arg(answer->value(QStringLiteral("forgotten")).toInteger()), *answer);
    return Done;
}

} // namespace fieldfare::app
