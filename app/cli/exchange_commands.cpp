// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// import, export
#include "app/cli/command.h"

#include "core/exchange/exporter.h"
#include "core/exchange/importer.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace fieldfare::app::commands_impl {

using base::Result;
using exchange::ImportFinding;
using exchange::ImportOptions;
using exchange::ImportPlan;
using exchange::ImportReport;

namespace {

constexpr qsizetype kShownFindings = 10;
constexpr qsizetype kShownNames = 5;
constexpr qint64 kRecordsBetweenNotes = 100'000;

Result<ImportOptions> importOptions(CommandContext &context, const Arguments &arguments)
{
    ImportOptions options;
    options.entity = arguments.words.at(0);
    options.file = context.path(arguments.words.at(1));
    options.key = arguments.value("key");
    options.dryRun = arguments.has("dry-run");
    if (arguments.has("rejects"))
        options.rejectsFile = context.path(arguments.value("rejects"));
    for (const QString &map : arguments.values("map")) {
        const qsizetype equals = map.lastIndexOf(QLatin1Char('='));
        if (equals < 1)
            return context.usage(QCoreApplication::translate("Details", "--map takes COLUMN=FIELD, not %1").arg(map));
        options.columns.insert(map.left(equals), map.mid(equals + 1).trimmed());
    }
    for (const QString &rule : arguments.values("unknown")) {
        const qsizetype equals = rule.indexOf(QLatin1Char('='));
        const auto policy = equals < 1 ? std::nullopt : exchange::policyFromText(rule.mid(equals + 1));
        if (!policy)
            return context.usage(QCoreApplication::translate("Details", "--unknown takes FIELD=create, FIELD=empty or FIELD=reject, not %1").arg(rule));
        options.unknown.insert(rule.left(equals), *policy);
    }
    return options;
}

void notePlan(CommandContext &context, const ImportPlan &plan)
{
    QStringList left;
    for (const exchange::PlannedColumn &column : plan.columns) {
        const bool isComputed = plan.entity->field(column.heading) != nullptr; // as export writes them
        if (column.field == nullptr && !column.isId && !isComputed)
            left.append(column.heading);
        else if (column.isAmbiguous)
            context.note(QStringLiteral("note: the values of %1 can be read in two ways; look at some records").arg(column.heading));
    }
    if (!left.isEmpty())
        context.note(QStringLiteral("note: not imported: %1").arg(left.join(QStringLiteral(", "))));
    if (!plan.encoding.isCertain() || plan.malformedBytes > 0) {
        context.note(QStringLiteral("note: read as %1, which may be wrong; %2 bytes are no character in it")
                         .arg(QString::fromLatin1(plan.encoding.name)).arg(plan.malformedBytes));
    }
}

QJsonArray creationsJson(const ImportReport &report)
{
    QJsonArray list;
    for (const exchange::ImportCreation &creation : report.creations) {
        list.append(QJsonObject{{QStringLiteral("field"), creation.field}, {QStringLiteral("count"), creation.count},
                                {QStringLiteral("names"), QJsonArray::fromStringList(creation.names)}});
    }
    return list;
}

/// "industry: Aerospace, Biotech (+3); tags: big"
QString creationsText(const ImportReport &report)
{
    QStringList parts;
    for (const exchange::ImportCreation &creation : report.creations) {
        const QStringList names = creation.names.mid(0, kShownNames);
        const QString more = creation.count > names.size() ? QStringLiteral(" (+%1)").arg(creation.count - names.size()) : QString();
        parts.append(QStringLiteral("%1: %2%3").arg(creation.field, names.join(QStringLiteral(", ")), more));
    }
    return parts.join(QStringLiteral("; "));
}

void printReport(CommandContext &context, const ImportReport &report, bool isDryRun)
{
    qsizetype shown = 0;
    for (const ImportFinding &finding : report.findings) {
        if (++shown > kShownFindings)
            break;
        const QString column = finding.column.isEmpty() ? QString() : finding.column + QStringLiteral(": ");
        context.note(QStringLiteral("line %1: %2%3%4").arg(finding.line).arg(finding.isRejection ? QStringLiteral("rejected: ") : QString(), column, finding.text));
    }
    if (report.rejected + report.warnings > kShownFindings)
        context.note(QStringLiteral("... %1 rejected, %2 warnings in all; --rejects FILE writes the rejected ones").arg(report.rejected).arg(report.warnings));
    if (context.json) {
        context.print({{QStringLiteral("read"), report.read},
                       {QStringLiteral("blank"), report.blank},
                       {QStringLiteral("created"), report.created},
                       {QStringLiteral("updated"), report.updated},
                       {QStringLiteral("unchanged"), report.unchanged},
                       {QStringLiteral("rejected"), report.rejected},
                       {QStringLiteral("warnings"), report.warnings},
                       {QStringLiteral("also_created"), report.alsoCreated},
                       {QStringLiteral("also_created_list"), creationsJson(report)},
                       {QStringLiteral("resumed"), report.resumed},
                       {QStringLiteral("dry_run"), isDryRun}});
    }
    context.say(QStringLiteral("%1 read, %2 blank: %3 created, %4 updated, %5 unchanged, %6 rejected, %7 warnings%8")
                    .arg(report.read).arg(report.blank).arg(report.created).arg(report.updated).arg(report.unchanged)
                    .arg(report.rejected).arg(report.warnings).arg(isDryRun ? QStringLiteral(" (dry run: nothing was written)") : QString()));
    if (report.alsoCreated > 0)
        context.say((isDryRun ? QStringLiteral("would also create, for the whole company: %1") : QStringLiteral("also created, for the whole company: %1")).arg(creationsText(report)));
}

/// A line now and then, for whoever waits. `noted`: the progress of the last line.
void noteProgress(CommandContext &context, const exchange::Importer::Progress &progress, exchange::Importer::Progress &noted)
{
    if (progress.isReadingKeys == noted.isReadingKeys && progress.done < noted.done + kRecordsBetweenNotes)
        return;
    noted = progress;
    if (progress.total >= kRecordsBetweenNotes)
        context.note((progress.isReadingKeys ? QStringLiteral("%1 of %2 keys of the profile read") : QStringLiteral("%1 of %2 records looked at")).arg(progress.done).arg(progress.total));
}

} // namespace

Result<void> importFile(CommandContext &context, const Arguments &arguments)
{
    FIELDFARE_ASSIGN(const ImportOptions options, importOptions(context, arguments));
    FIELDFARE_ASSIGN(const store::ProfileInfo info, context.store.profileInfo());
    FIELDFARE_ASSIGN(ImportPlan plan, exchange::planImport(options, context.store.catalog(), info.currency, context.idle));
    notePlan(context, plan);
    const auto pace = context.isShared ? exchange::Importer::Pace::Interactive : exchange::Importer::Pace::Bulk;
    FIELDFARE_ASSIGN(const auto importer, exchange::Importer::begin(context.store, std::move(plan), pace));
    if (importer->report().resumed)
        context.note(QStringLiteral("note: going on with an import of this file that was interrupted"));
    exchange::Importer::Progress noted;
    for (;;) {
        FIELDFARE_ASSIGN(const bool more, importer->step());
        if (!more)
            break;
        noteProgress(context, importer->progress(), noted);
        if (context.idle && context.idle()) {
            FIELDFARE_TRY(importer->settle());
            printReport(context, importer->report(), options.dryRun);
            return {base::ErrorCode::Cancelled, QCoreApplication::translate("Details", "the same command goes on with it; undo takes it back")};
        }
    }
    printReport(context, importer->report(), options.dryRun);
    return {};
}

Result<void> exportFile(CommandContext &context, const Arguments &arguments)
{
    exchange::ExportOptions options;
    options.entity = arguments.words.at(0);
    options.file = context.path(arguments.words.at(1));
    QString format = arguments.value("format");
    if (format.isEmpty())
        format = options.file.endsWith(QLatin1String(".json"), Qt::CaseInsensitive) ? QStringLiteral("json") : QStringLiteral("csv");
    const auto known = exchange::exportFormatFromText(format);
    if (!known)
        return context.usage(QCoreApplication::translate("Details", "export to %1 is not available: use --format csv or --format json").arg(format));
    options.format = *known;
    FIELDFARE_ASSIGN(options.filter, store::Filter::parse(arguments.value("where")));
    FIELDFARE_ASSIGN(options.sorts, store::parseSorts(arguments.value("sort")));
    if (arguments.has("fields"))
        options.fields = arguments.value("fields").split(QLatin1Char(','), Qt::SkipEmptyParts);
    FIELDFARE_ASSIGN(const store::FilterContext filter, context.filterContext());
    FIELDFARE_ASSIGN(const exchange::ExportReport report, exchange::exportRecords(context.store, options, filter, context.idle));
    if (context.json)
        context.print({{QStringLiteral("written"), report.written}, {QStringLiteral("file"), options.file}});
    context.say(QStringLiteral("%1 records written").arg(report.written));
    return {};
}

} // namespace fieldfare::app::commands_impl
