// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "core/base/error_words.h"
#include "core/store/check/profile_check.h"
#include "core/store/check/profile_repair.h"

#include <QJsonArray>

#include <algorithm>

namespace fieldfare::app::commands_impl {

using base::ErrorCode;
using base::Result;
using store::CheckFinding;
using store::RepairReport;
using store::RepairStep;

namespace {

constexpr qsizetype kShownFindings = 20;
constexpr QLatin1StringView kDifferent("different"); // as ChecksumComparison has it

QString nameOf(CheckFinding::Kind kind)
{
    switch (kind) {
    case CheckFinding::Kind::Page:
        return QStringLiteral("page");
    case CheckFinding::Kind::Structure:
        return QStringLiteral("structure");
    case CheckFinding::Kind::Index:
        return QStringLiteral("index");
    case CheckFinding::Kind::Search:
        return QStringLiteral("search");
    case CheckFinding::Kind::Reference:
        return QStringLiteral("reference");
    case CheckFinding::Kind::Versions:
        return QStringLiteral("versions");
    case CheckFinding::Kind::Row:
        break;
    }
    return QStringLiteral("row");
}

QString nameOf(CheckFinding::Mend mend)
{
    switch (mend) {
    case CheckFinding::Mend::Nothing:
        return QStringLiteral("nothing");
    case CheckFinding::Mend::NotHere:
        return QStringLiteral("salvage");
    case CheckFinding::Mend::Reindex:
        return QStringLiteral("reindex");
    case CheckFinding::Mend::RebuildSearch:
        return QStringLiteral("rebuild_search");
    case CheckFinding::Mend::EmptyReference:
        return QStringLiteral("empty_reference");
    case CheckFinding::Mend::TrashRow:
        return QStringLiteral("trash_row");
    case CheckFinding::Mend::RecomputeVersions:
        break;
    }
    return QStringLiteral("recompute_versions");
}

/// What a repair does, as a person's sentence.
QString sentenceOf(const RepairStep &step)
{
    const qsizetype count = step.findings.size();
    switch (step.mend) {
    case CheckFinding::Mend::Reindex:
        return QStringLiteral("build the index %1 anew").arg(step.where);
    case CheckFinding::Mend::RebuildSearch:
        return QStringLiteral("fill the search table of %1 anew").arg(step.where);
    case CheckFinding::Mend::EmptyReference:
        return QStringLiteral("empty %1 of %2 records that point nowhere (undo takes it back)").arg(step.where).arg(count);
    case CheckFinding::Mend::TrashRow:
        return QStringLiteral("put %2 records into the trash whose %1 points nowhere (undo takes it back)").arg(step.where).arg(count);
    case CheckFinding::Mend::RecomputeVersions:
        return QStringLiteral("take the field versions of %2 records of %1 from history").arg(step.where).arg(count);
    case CheckFinding::Mend::Nothing:
    case CheckFinding::Mend::NotHere:
        break;
    }
    return step.where;
}

QString stateOf(const RepairStep &step)
{
    switch (step.state) {
    case RepairStep::State::Planned:
        return QStringLiteral("planned");
    case RepairStep::State::Done:
        return QStringLiteral("done");
    case RepairStep::State::Failed:
        break;
    }
    return QStringLiteral("failed");
}

QJsonArray toJson(const QList<CheckFinding> &findings)
{
    QJsonArray all;
    for (const CheckFinding &finding : findings) {
        QJsonObject entry{{QStringLiteral("kind"), nameOf(finding.kind)},
                          {QStringLiteral("where"), finding.where},
                          {QStringLiteral("detail"), finding.detail},
                          {QStringLiteral("repair"), nameOf(finding.mend)}};
        if (!finding.record.isNull())
            entry.insert(QStringLiteral("record"), finding.record.toString());
        if (finding.page != 0)
            entry.insert(QStringLiteral("page"), qint64(finding.page));
        all.append(entry);
    }
    return all;
}

/// Says the steps to people, and keeps them for the one object that programs get.
void tellRepair(CommandContext &context, const RepairReport &repair, QJsonArray &steps)
{
    for (const RepairStep &step : repair.steps) {
        const QString sentence = sentenceOf(step);
        steps.append(QJsonObject{{QStringLiteral("repair"), nameOf(step.mend)},
                                 {QStringLiteral("where"), step.where},
                                 {QStringLiteral("count"), step.findings.size()},
                                 {QStringLiteral("state"), stateOf(step)},
                                 {QStringLiteral("detail"), step.detail}});
        switch (step.state) {
        case RepairStep::State::Planned:
            context.say(QStringLiteral("would %1").arg(sentence));
            break;
        case RepairStep::State::Done:
            context.say(QStringLiteral("repaired: %1").arg(sentence));
            break;
        case RepairStep::State::Failed:
            context.say(QStringLiteral("NOT repaired: %1: %2").arg(sentence, step.detail));
            break;
        }
    }
}

struct Outcome {
    store::ProfileCheckReport report;
    QString server;
    changes::AuditMark audit; ///< What this device remembers of the server's log.
    bool isOk = false;
    QJsonArray repairs;

    /// It is not what the server has, and what else is wrong here can be mended without its help.
    [[nodiscard]] bool isOnlyDifferent() const
    {
        const RepairReport plan = store::planRepair(report);
        return server == kDifferent && plan.left.isEmpty() &&
               std::none_of(plan.steps.begin(), plan.steps.end(),
                            [](const RepairStep &step) { return step.mend == CheckFinding::Mend::RecomputeVersions; });
    }
};

QJsonObject downloadStep(const QString &state, qint64 rows)
{
    return {{QStringLiteral("repair"), QStringLiteral("download_again")},
            {QStringLiteral("where"), QStringLiteral("server")},
            {QStringLiteral("count"), rows},
            {QStringLiteral("state"), state},
            {QStringLiteral("detail"), QString()}};
}

Result<Outcome> judge(CommandContext &context, store::ProfileCheckReport report)
{
    Outcome outcome;
    outcome.report = std::move(report);
    FIELDFARE_ASSIGN(const store::ProfileInfo info, context.store.profileInfo());
    outcome.server = info.isStandAlone() ? QStringLiteral("none") : QStringLiteral("not reached");
    outcome.isOk = outcome.report.isOk();
    FIELDFARE_ASSIGN(outcome.audit, context.store.auditMark());
    if (!info.isStandAlone() && context.compareChecksum) {
        const auto compared = context.compareChecksum(outcome.report);
        if (compared.ok()) {
            outcome.server = compared->state;
            outcome.isOk = outcome.isOk && compared->isAcceptable;
            if (!compared->detail.isEmpty())
                context.note(compared->detail);
        } else {
            context.note(QStringLiteral("note: the server could not be asked: %1").arg(compared.error().detail));
        }
    }
    return outcome;
}

Result<Outcome> look(CommandContext &context)
{
    FIELDFARE_ASSIGN(store::ProfileCheckReport report, store::checkProfile(context.store, context.idle));
    return judge(context, std::move(report));
}

Result<Outcome> repair(CommandContext &context, const Outcome &found)
{
    Outcome outcome = found;
    if (!store::planRepair(found.report).steps.isEmpty()) {
        FIELDFARE_ASSIGN(store::RepairOutcome repaired,
                         store::repairAll(context.store, found.report, {context.idle, {}}));
        QJsonArray steps;
        tellRepair(context, repaired.done, steps);
        FIELDFARE_ASSIGN(outcome, judge(context, std::move(repaired.after)));
        outcome.repairs = steps;
    }
    if (!outcome.isOnlyDifferent())
        return outcome;
    FIELDFARE_ASSIGN(const qint64 rows, store::distrustRows(context.store, {context.idle, {}}));
    context.say(QStringLiteral("repaired: the next sync downloads all records again (%1 are here)").arg(rows));
    QJsonArray steps = outcome.repairs;
    steps.append(downloadStep(QStringLiteral("done"), rows));
    FIELDFARE_ASSIGN(outcome, look(context));
    outcome.repairs = steps;
    return outcome;
}

/// As fieldfare-server audit verify --head takes it; empty before a first sync.
QString headText(const changes::AuditMark &mark)
{
    return mark.number == 0 ? QString() : QStringLiteral("%1:%2").arg(mark.number).arg(QString::fromLatin1(mark.chain.toHex()));
}

void tell(CommandContext &context, const Outcome &outcome)
{
    const store::ProfileCheckReport &report = outcome.report;
    if (context.json) {
        QJsonArray pages;
        for (const quint32 page : report.damagedPages)
            pages.append(qint64(page));
        context.print({{QStringLiteral("ok"), outcome.isOk},
                       {QStringLiteral("rows"), report.rows},
                       {QStringLiteral("damaged_pages"), pages},
                       {QStringLiteral("index_problems"), QJsonArray::fromStringList(report.indexProblems)},
                       {QStringLiteral("search_problems"), QJsonArray::fromStringList(report.searchProblems)},
                       {QStringLiteral("version_problems"), QJsonArray::fromStringList(report.versionProblems)},
                       {QStringLiteral("dangling_references"), report.danglingReferences},
                       {QStringLiteral("findings"), toJson(report.findings)},
                       {QStringLiteral("repairs"), outcome.repairs},
                       {QStringLiteral("checksum"), QString::fromLatin1(report.acknowledged.bytes().toHex())},
                       {QStringLiteral("cursor"), qint64(report.cursor)},
                       {QStringLiteral("server"), outcome.server},
                       {QStringLiteral("audit"), QJsonObject{{QStringLiteral("head"), headText(outcome.audit)}, {QStringLiteral("broken_at"), qint64(outcome.audit.brokenAt)}}}});
    }
    context.say(QStringLiteral("%1: %2 rows, %3 damaged pages, server: %4").arg(outcome.isOk ? QStringLiteral("ok") : QStringLiteral("NOT OK")).arg(report.rows).arg(report.damagedPages.size()).arg(outcome.server));
    if (outcome.audit.number != 0)
        context.say(QStringLiteral("the server's audit log as last seen: %1").arg(headText(outcome.audit)));
    if (outcome.audit.brokenAt != 0)
        context.note(base::errorText({ErrorCode::AuditBroken, {}}));
    qsizetype shown = 0;
    qsizetype problems = 0;
    for (const CheckFinding &finding : report.findings) {
        if (!finding.isProblem())
            continue;
        ++problems;
        if (shown++ < kShownFindings)
            context.note(QStringLiteral("%1: %2 (%3)").arg(finding.where, finding.detail,
                                                          finding.isMendable() ? QStringLiteral("check --repair mends it") : QStringLiteral("salvage, or restore a backup")));
    }
    if (problems > kShownFindings)
        context.note(QStringLiteral("and %1 more; --json lists them").arg(problems - kShownFindings));
}

} // namespace

Result<void> check(CommandContext &context, const Arguments &arguments)
{
    const bool isDry = arguments.has("dry-run");
    if (isDry && !arguments.has("repair"))
        return context.usage(QStringLiteral("usage: check [--repair [--dry-run]]"));
    FIELDFARE_ASSIGN(Outcome outcome, look(context));
    if (isDry) {
        tellRepair(context, store::planRepair(outcome.report), outcome.repairs);
        if (outcome.isOnlyDifferent()) {
            context.say(QStringLiteral("would let the next sync download all records again (%1 are here)")
                            .arg(outcome.report.rows));
            outcome.repairs.append(downloadStep(QStringLiteral("planned"), outcome.report.rows));
        }
    } else if (arguments.has("repair")) {
        FIELDFARE_ASSIGN(outcome, repair(context, outcome));
    }
    tell(context, outcome);
    if (const QList<quint32> &pages = outcome.report.damagedPages; !pages.isEmpty())
        return {ErrorCode::FileDamaged, QStringLiteral("%1 pages").arg(pages.size()), {QString::number(pages.first())}};
    if (!outcome.isOk) {
        const auto first = std::find_if(outcome.report.findings.begin(), outcome.report.findings.end(), [](const CheckFinding &finding) { return finding.isProblem(); });
        return {ErrorCode::FileDamaged, first != outcome.report.findings.end() ? first->detail : outcome.server};
    }
    return {};
}

} // namespace fieldfare::app::commands_impl
