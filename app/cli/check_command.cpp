// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "core/store/check/profile_check.h"

#include <QJsonArray>

namespace fieldfare::app::commands_impl {

using base::ErrorCode;
using base::Result;

Result<void> check(CommandContext &context, const Arguments &)
{
    FIELDFARE_ASSIGN(const store::ProfileCheckReport report, store::checkProfile(context.store, context.idle));
    FIELDFARE_ASSIGN(const store::ProfileInfo info, context.store.profileInfo());
    QString server = info.isStandAlone() ? QStringLiteral("none") : QStringLiteral("not reached");
    bool isOk = report.isOk();
    if (!info.isStandAlone() && context.compareChecksum) {
        const auto compared = context.compareChecksum(report);
        if (compared.ok()) {
            server = compared->state;
            isOk = isOk && compared->isAcceptable;
            if (!compared->detail.isEmpty())
                context.note(compared->detail);
        } else {
            context.note(QStringLiteral("note: the server could not be asked: %1").arg(compared.error().detail));
        }
    }
    QJsonArray pages;
    for (const quint32 page : report.damagedPages)
        pages.append(qint64(page));
    QStringList problems = report.indexProblems + report.searchProblems + report.versionProblems;
    if (context.json) {
        context.print({{QStringLiteral("ok"), isOk},
                       {QStringLiteral("rows"), report.rows},
                       {QStringLiteral("damaged_pages"), pages},
                       {QStringLiteral("index_problems"), QJsonArray::fromStringList(report.indexProblems)},
                       {QStringLiteral("search_problems"), QJsonArray::fromStringList(report.searchProblems)},
                       {QStringLiteral("version_problems"), QJsonArray::fromStringList(report.versionProblems)},
                       {QStringLiteral("dangling_references"), report.danglingReferences},
                       {QStringLiteral("checksum"), QString::fromLatin1(report.acknowledged.bytes().toHex())},
                       {QStringLiteral("cursor"), qint64(report.cursor)},
                       {QStringLiteral("server"), server}});
    }
    context.say(QStringLiteral("%1: %2 rows, %3 damaged pages, server: %4").arg(isOk ? QStringLiteral("ok") : QStringLiteral("NOT OK")).arg(report.rows).arg(report.damagedPages.size()).arg(server));
    for (const QString &problem : std::as_const(problems))
        context.note(problem);
    if (!report.damagedPages.isEmpty())
        return {ErrorCode::FileDamaged, QStringLiteral("%1 pages").arg(report.damagedPages.size()), {QString::number(report.damagedPages.first())}};
    if (!isOk)
        return {ErrorCode::FileDamaged, problems.value(0, server)};
    return {};
}

} // namespace fieldfare::app::commands_impl
