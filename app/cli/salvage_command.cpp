// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/salvage_command.h"

#include "app/cli/secret_input.h"
#include "core/storage/passphrase.h"
#include "core/store/salvage/profile_salvage.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;
using store::SalvageReport;

namespace {

constexpr qsizetype kShownIds = 10;

QJsonArray numbers(const QList<quint32> &values)
{
    QJsonArray all;
    for (const quint32 value : values)
        all.append(qint64(value));
    return all;
}

/// Null where the table says nothing of it.
QJsonValue bound(qint64 rid)
{
    const SalvageReport::LostRange open;
    return rid == open.above || rid == open.upTo ? QJsonValue() : QJsonValue(rid);
}

QJsonObject toJson(const SalvageReport::Table &table)
{
    QJsonArray ranges;
    for (const SalvageReport::LostRange &range : table.ranges)
        ranges.append(QJsonObject{{QStringLiteral("page"), qint64(range.page)}, {QStringLiteral("above"), bound(range.above)}, {QStringLiteral("up_to"), bound(range.upTo)}});
    return {{QStringLiteral("table"), table.name},
            {QStringLiteral("rows"), table.rows},
            {QStringLiteral("lost_rows"), table.lostRows < 0 ? QJsonValue() : QJsonValue(table.lostRows)},
            {QStringLiteral("lost_ids"), QJsonArray::fromStringList(table.lostIds)},
            {QStringLiteral("torn_rows"), table.tornRows},
            {QStringLiteral("ranges"), ranges}};
}

QJsonObject toJson(const SalvageReport &report, const QString &folder)
{
    QJsonArray tables;
    for (const SalvageReport::Table &table : report.tables)
        tables.append(toJson(table));
    return {{QStringLiteral("profile"), folder},
            {QStringLiteral("whole"), report.isWhole()},
            {QStringLiteral("pages"), qint64(report.pages)},
            {QStringLiteral("damaged_pages"), numbers(report.damagedPages)},
            {QStringLiteral("damaged_frames"), numbers(report.damagedFrames)},
            {QStringLiteral("log_header_damaged"), report.isLogHeaderDamaged},
            {QStringLiteral("journal"), report.hadJournal},
            {QStringLiteral("previous_key_file"), report.usedPreviousKey},
            {QStringLiteral("salt_mended"), report.wasSaltMended},
            {QStringLiteral("stray_rows"), report.strayRows},
            {QStringLiteral("operations"), report.operations},
            {QStringLiteral("lost_operations"), report.lostOperations},
            {QStringLiteral("creates_issued_anew"), report.createsIssuedAnew},
            {QStringLiteral("lost_edits"), QJsonArray::fromStringList(report.lostEdits)},
            {QStringLiteral("tables"), tables}};
}

QString rangeText(const SalvageReport::LostRange &range)
{
    const SalvageReport::LostRange open;
    const QString from = range.above == open.above ? QStringLiteral("the first") : QString::number(range.above + 1);
    const QString to = range.upTo == open.upTo ? QStringLiteral("the last") : QString::number(range.upTo);
    return QStringLiteral("page %1: rows %2 to %3").arg(range.page).arg(from, to);
}

QStringList sentences(const SalvageReport &report, const QString &folder)
{
    QStringList lines;
    qint64 rows = 0;
    for (const SalvageReport::Table &table : report.tables)
        rows += table.rows;
    lines += QStringLiteral("%1 is a profile now, with %2 rows; of %3 pages %4 could not be read.").arg(folder).arg(rows).arg(report.pages).arg(report.damagedPages.size());
    if (report.wasSaltMended)
        lines += QStringLiteral("The first bytes of the file were damaged and were found again.");
    if (report.usedPreviousKey)
        lines += QStringLiteral("The key file was damaged or missing; its previous copy opened.");
    if (!report.damagedFrames.isEmpty() || report.isLogHeaderDamaged)
        lines += QStringLiteral("%1 frames of the log could not be read; what they held is as it was before, or missing.").arg(report.damagedFrames.size());
    if (report.hadJournal)
        lines += QStringLiteral("A rollback journal lay beside the file: what was being written then may be there in parts.");
    for (const SalvageReport::Table &table : report.tables) {
        if (table.isWhole())
            continue;
        const QString lost = table.lostRows < 0 ? QStringLiteral("an unknown number of rows lost") : QStringLiteral("%1 rows lost").arg(table.lostRows);
        lines += QStringLiteral("%1: %2 rows came over, %3").arg(table.name).arg(table.rows).arg(lost);
        for (const SalvageReport::LostRange &range : table.ranges)
            lines += QStringLiteral("    ") + rangeText(range);
        for (const QString &id : table.lostIds.mid(0, kShownIds))
            lines += QStringLiteral("    ") + id;
        if (table.lostIds.size() > kShownIds)
            lines += QStringLiteral("    and %1 more; --json lists them").arg(table.lostIds.size() - kShownIds);
    }
    if (report.strayRows > 0)
        lines += QStringLiteral("%1 rows were found that no table could be told for; they are left out.").arg(report.strayRows);
    if (!report.isStandAlone) {
        lines += QStringLiteral("%1 edits that the server does not have came over, %2 are known to be lost.").arg(report.operations).arg(report.lostOperations);
        for (const QString &edit : report.lostEdits.mid(0, kShownIds))
            lines += QStringLiteral("    ") + edit;
        lines += QStringLiteral("Sync before you work: the server gives this copy a name of its own and sends what was lost. Do not use the damaged profile any more.");
    }
    return lines;
}

Result<void> salvage(const CommandLine &line, CommandOutput &output, const std::function<bool()> &isStopped)
{
    const QString from = QDir::current().absoluteFilePath(line.profile);
    const QString to = QDir::current().absoluteFilePath(line.arguments.value("to"));
    FIELDFARE_ASSIGN(const QString text, readSecret({line.secretFile, "FIELDFARE_PASSPHRASE", QStringLiteral("Passphrase"), false}));
    const base::SystemClock clock;
    base::SystemRandom random;
    FIELDFARE_ASSIGN(const SalvageReport report, store::salvageProfile(from, to, storage::passphraseBytes(text), clock, random, {isStopped, {}}));
    if (line.json)
        output.out(QJsonDocument(toJson(report, to)).toJson(QJsonDocument::Compact) + '\n');
    else
        output.out(sentences(report, to).join(QLatin1Char('\n')).toUtf8() + '\n');
    return {};
}

} // namespace

int runSalvage(const CommandLine &line, CommandOutput &output, const std::function<bool()> &isStopped)
{
    if (!line.arguments.has("to"))
        return reportError(output, {ErrorCode::InvalidArgument, QStringLiteral("usage: salvage --to DIR"), {}}, {.json = line.json, .isWrongUsage = true});
    const Result<void> result = salvage(line, output, isStopped);
    return result.ok() ? 0 : reportError(output, result.error(), {.json = line.json});
}

} // namespace fieldfare::app
