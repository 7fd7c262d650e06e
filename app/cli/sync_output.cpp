// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sync_output.h"

#include <QJsonDocument>

namespace fieldfare::app {

void printSync(CommandOutput &output, bool json, const engine::SyncReport &report)
{
    if (!json) {
        output.out(QStringLiteral("%1 sent, %2 received, %3 conflicts, %4 not accepted\n").arg(report.pushed).arg(report.pulled).arg(report.conflicts).arg(report.refused).toUtf8());
        return;
    }
    const QJsonObject object{{QStringLiteral("pushed"), qint64(report.pushed)}, {QStringLiteral("pulled"), qint64(report.pulled)},
                             {QStringLiteral("conflicts"), qint64(report.conflicts)}, {QStringLiteral("refused"), qint64(report.refused)},
                             {QStringLiteral("cursor"), qint64(report.cursor)}, {QStringLiteral("pull_ms"), qint64(report.pullMs)}};
    output.out(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

void printHandedIn(CommandOutput &output, bool json, const store::StateCounts &counts)
{
    const qint64 stays = counts.waiting - counts.handedIn;
    if (json) {
        const QJsonObject object{{QStringLiteral("handed_in"), counts.handedIn}, {QStringLiteral("stays"), stays}};
        return output.out(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
    }
    if (counts.handedIn > 0)
        output.err(QStringLiteral("%1 changes were handed in: the server keeps them until the administrator decides. \"tray\" lists them.\n").arg(counts.handedIn).toUtf8());
    if (stays > 0)
        output.err(QStringLiteral("%1 changes wait on this computer only; they are sent when the account is enabled again.\n").arg(stays).toUtf8());
}

ChecksumComparison compared(const store::ProfileCheckReport &report, const protocol::ChecksumReply &reply)
{
    ChecksumComparison comparison;
    if (reply.counter != report.cursor || report.latest > report.cursor) {
        comparison.isAcceptable = true;
        comparison.state = QStringLiteral("newer");
        comparison.detail = QStringLiteral("note: the server has newer changes; sync, then check again to compare");
        return comparison;
    }
    comparison.isAcceptable = reply.sum == report.acknowledged.bytes() && reply.rows == report.acknowledged.rows();
    comparison.state = comparison.isAcceptable ? QStringLiteral("equal") : QStringLiteral("different");
    if (!comparison.isAcceptable)
        comparison.detail = QStringLiteral("the server has %1 records with another checksum than the %2 here").arg(reply.rows).arg(report.acknowledged.rows());
    return comparison;
}

} // namespace fieldfare::app
