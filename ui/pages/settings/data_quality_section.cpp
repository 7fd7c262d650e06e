// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/data_quality_section.h"

#include "core/base/error_words.h"
#include "core/store/schema.h"
#include "ui/widgets/controls/marked_text.h"
#include "ui/widgets/controls/section_header.h"
#include "ui/widgets/controls/setting_row.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/theme/fieldfare_style.h"

#include <QBoxLayout>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>

namespace fieldfare::ui {

using store::CheckFinding;
using store::RepairStep;

namespace {

constexpr int kShownEveryMs = 100;
constexpr int kProgressWidth = 240;
constexpr int kControlsAt = 216; // as in a SettingRow

void clear(QVBoxLayout *column)
{
    while (QLayoutItem *item = column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

bool areAlike(const CheckFinding &a, const CheckFinding &b)
{
    return a.kind == b.kind && a.mend == b.mend && a.entity == b.entity && a.field == b.field && (a.kind != CheckFinding::Kind::Index || a.where == b.where);
}

} // namespace

DataQualitySection::DataQualitySection(const PageContext &context, QWidget *parent) : QWidget(parent), m_context(context)
{
    m_check = new QPushButton(tr("Check now"));
    m_stop = new QPushButton(tr("Stop"));
    m_progress = new QProgressBar;
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(kProgressWidth);
    m_progress->setAccessibleName(tr("Progress"));
    m_result = new MarkedText(StateMark::None);
    m_checkRow = new SettingRow(tr("Check"), m_check, tr("Looks at every page of the file, its indexes, the search tables and what records point to. You can go on working."));
    m_checkRow->setLast(true);
    m_stopRow = new SettingRow(tr("Check"), m_stop);
    m_stopRow->setLast(true);
    auto *bar = new QHBoxLayout; // below the button
    bar->setContentsMargins(kControlsAt, 0, 0, space::k8);
    bar->addWidget(m_progress);
    bar->addStretch(1);
    m_found = new QWidget;
    m_findings = new QVBoxLayout;
    m_findings->setSpacing(space::k12);
    auto *foundColumn = new QVBoxLayout(m_found);
    foundColumn->setContentsMargins(0, space::k16, 0, 0);
    foundColumn->setSpacing(space::k8);
    foundColumn->addWidget(new SectionHeader(tr("What was found")));
    foundColumn->addLayout(m_findings);
    m_offer = new QWidget;
    m_steps = new QVBoxLayout;
    m_steps->setSpacing(space::k6);
    m_repair = new QPushButton(tr("Repair"));
    m_repairRow = new SettingRow(QString(), m_repair, tr("Does what stands above and nothing else, and looks again."));
    m_repairRow->setLast(true);
    auto *offerColumn = new QVBoxLayout(m_offer);
    offerColumn->setContentsMargins(0, space::k16, 0, 0);
    offerColumn->setSpacing(space::k8);
    offerColumn->addWidget(new SectionHeader(tr("What a repair would do")));
    offerColumn->addLayout(m_steps);
    offerColumn->addWidget(m_repairRow);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_checkRow);
    column->addWidget(m_stopRow);
    column->addLayout(bar);
    column->addWidget(m_result);
    column->addWidget(m_found);
    column->addWidget(m_offer);
    m_shown.setInterval(kShownEveryMs);
    connect(&m_shown, &QTimer::timeout, this, [this] { m_progress->setValue(m_run == nullptr ? 0 : m_run->percent.load()); });
    connect(m_check, &QPushButton::clicked, this, &DataQualitySection::check);
    connect(m_stop, &QPushButton::clicked, this, &DataQualitySection::stop);
    connect(m_repair, &QPushButton::clicked, this, &DataQualitySection::repair);
    m_found->hide();
    m_offer->hide();
    end();
}

DataQualitySection::~DataQualitySection()
{
    stop(); // nobody would hear of it
}

store::CheckWatch DataQualitySection::watchOf(const std::shared_ptr<Run> &run, store::DatabaseThread &database)
{
    return {[run, &database] {
                database.runWaiting();
                return run->isCancelled.load();
            },
            [run](int percent) { run->percent = percent; }};
}

void DataQualitySection::begin(const QString &words)
{
    const bool hadFocus = m_check->hasFocus() || m_repair->hasFocus();
    m_run = std::make_shared<Run>();
    m_stopRow->setHint(words);
    m_progress->setValue(0);
    m_shown.start();
    m_checkRow->hide();
    m_stopRow->show();
    m_progress->show();
    m_repair->setEnabled(false);
    if (hadFocus)
        m_stop->setFocus();
}

void DataQualitySection::end()
{
    const bool hadFocus = m_stop->hasFocus();
    m_run.reset();
    m_shown.stop();
    m_checkRow->show();
    m_stopRow->hide();
    m_progress->hide();
    m_repair->setEnabled(true);
    if (hadFocus)
        m_check->setFocus();
}

void DataQualitySection::check()
{
    if (isRunning())
        return;
    begin(tr("Looking…"));
    m_done = {};
    m_result->setText(QString());
    m_context.database.write<store::ProfileCheckReport>(
        [watch = watchOf(m_run, m_context.database)](store::Store &store) { return store::checkProfile(store, watch); }, this,
        [this](base::Result<store::ProfileCheckReport> report) {
            end();
            if (report.ok())
                showReport(*report);
            else
                showError(report.error());
        },
        store::Priority::Background);
}

void DataQualitySection::stop()
{
    if (m_run != nullptr)
        m_run->isCancelled = true;
}

void DataQualitySection::repair()
{
    if (isRunning())
        return;
    begin(tr("Repairing…"));
    m_context.database.write<store::RepairOutcome>(
        [watch = watchOf(m_run, m_context.database), found = m_report](store::Store &store) { return store::repairAll(store, found, watch); }, this,
        [this](base::Result<store::RepairOutcome> outcome) {
            end();
            if (!outcome.ok()) {
                showError(outcome.error());
                return;
            }
            m_done = outcome->done;
            showReport(outcome->after);
        },
        store::Priority::Background);
}

void DataQualitySection::showError(const base::Error &error)
{
    const bool isStopped = error.code == base::ErrorCode::Cancelled;
    m_result->setMark(isStopped ? StateMark::None : StateMark::NotAccepted);
    m_result->setText(isStopped ? tr("Stopped. What was repaired until then stays.") : base::errorWords(error).joined());
    Q_EMIT reported();
}

QString DataQualitySection::entityName(model::EntityId entity) const
{
    const model::Entity *found = m_context.database.catalog()->entity(entity);
    return found == nullptr ? QString() : found->pluralLabel();
}

QString DataQualitySection::placeOf(const CheckFinding &finding) const
{
    const model::Entity *entity = m_context.database.catalog()->entity(finding.entity);
    const model::Field *field = entity == nullptr ? nullptr : entity->field(finding.field);
    return field == nullptr ? entityName(finding.entity) : QStringLiteral("%1 · %2").arg(entityName(finding.entity), field->label());
}

/// What the index sorts or looks up by; its name where it is none of a field's (core/store/schema.h).
QString DataQualitySection::indexName(const QString &index) const
{
    for (const model::Entity &entity : m_context.database.catalog()->entities()) {
        for (const model::Field &field : entity.fields()) {
            if (index.startsWith(store::schema::indexPrefix(entity) + field.column + QLatin1StringView("__")))
                return QStringLiteral("%1 · %2").arg(entity.pluralLabel(), field.label());
        }
    }
    return index;
}

/// One sentence about findings that differ only in the record or the page.
QString DataQualitySection::words(const QList<CheckFinding> &alike) const
{
    const CheckFinding &first = alike.first();
    const int count = int(alike.size());
    switch (first.kind) {
    case CheckFinding::Kind::Page: {
        QStringList pages;
        for (const CheckFinding &finding : alike.mid(0, 5))
            pages.append(QString::number(finding.page));
        return tr("%n page(s) of the file cannot be read: %1", nullptr, count).arg(pages.join(QStringLiteral(", ")) + (count > 5 ? QStringLiteral("…") : QString()));
    }
    case CheckFinding::Kind::Structure:
        return tr("A table of the file is out of order: %1").arg(first.detail);
    case CheckFinding::Kind::Index:
        return tr("An index does not fit its table: %1").arg(indexName(first.where));
    case CheckFinding::Kind::Search:
        return tr("Search does not fit the records: %1").arg(entityName(first.entity));
    case CheckFinding::Kind::Reference:
        return tr("%n record(s) point to one that is not here: %1", nullptr, count).arg(placeOf(first));
    case CheckFinding::Kind::Versions:
        return tr("%n record(s) do not say which version they are: %1", nullptr, count).arg(entityName(first.entity));
    case CheckFinding::Kind::Row:
        break;
    }
    return tr("%n record(s) cannot be read: %1", nullptr, count).arg(entityName(first.entity));
}

QString DataQualitySection::stepWords(const RepairStep &step) const
{
    const int count = int(step.findings.size());
    switch (step.mend) {
    case CheckFinding::Mend::Reindex:
        return tr("Build the index anew: %1. Nothing is lost.").arg(indexName(step.where));
    case CheckFinding::Mend::RebuildSearch:
        return tr("Fill the search of %1 anew, in the background. Nothing is lost.").arg(entityName(step.findings.first().entity));
    case CheckFinding::Mend::EmptyReference:
        return tr("Empty the field of %n record(s): %1. Undo takes it back.", nullptr, count).arg(placeOf(step.findings.first()));
    case CheckFinding::Mend::TrashRow:
        return tr("Move %n record(s) to the trash that are nothing without the other one: %1. Undo takes it back.", nullptr, count).arg(placeOf(step.findings.first()));
    case CheckFinding::Mend::RecomputeVersions:
        return tr("Take the versions of %n record(s) from history: %1. The next sync settles the rest.", nullptr, count).arg(entityName(step.findings.first().entity));
    case CheckFinding::Mend::Nothing:
    case CheckFinding::Mend::NotHere:
        break;
    }
    return step.where;
}

void DataQualitySection::addLine(const QString &what, const QString &advice)
{
    auto *line = new QWidget;
    auto *column = new QVBoxLayout(line);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::k2);
    auto *first = new TextLabel(what);
    first->setWordWrap(true);
    auto *second = new TextLabel(advice, Type::Small, Ink::Text2);
    second->setWordWrap(true);
    column->addWidget(first);
    column->addWidget(second);
    m_findings->addWidget(line);
}

void DataQualitySection::addStep(const QString &what)
{
    auto *line = new TextLabel(what);
    line->setWordWrap(true);
    m_steps->addWidget(line);
}

void DataQualitySection::showFindings()
{
    clear(m_findings);
    clear(m_steps);
    QList<QList<CheckFinding>> groups;
    for (const CheckFinding &finding : std::as_const(m_report.findings)) {
        const auto alike = std::find_if(groups.begin(), groups.end(), [&](const QList<CheckFinding> &group) { return areAlike(group.first(), finding); });
        if (alike == groups.end())
            groups.append({finding});
        else
            alike->append(finding);
    }
    for (const QList<CheckFinding> &group : std::as_const(groups)) {
        const CheckFinding &first = group.first();
        QString advice = tr("A repair mends this.");
        if (first.mend == CheckFinding::Mend::NotHere)
            advice = tr("A repair cannot bring it back: restore a backup, or read what is left into a new profile with fieldfare-cli salvage.");
        else if (first.mend == CheckFinding::Mend::Nothing)
            advice = tr("As it should be: what they point to may be outside your rights.");
        addLine(words(group), advice);
    }
    const store::RepairReport plan = store::planRepair(m_report);
    for (const RepairStep &step : plan.steps)
        addStep(stepWords(step));
    m_found->setVisible(!groups.isEmpty());
    m_offer->setVisible(!plan.steps.isEmpty());
}

void DataQualitySection::showReport(const store::ProfileCheckReport &report)
{
    m_report = report;
    showFindings();
    const QString rows = QLocale().toString(report.rows);
    const auto repaired = std::count_if(m_done.steps.cbegin(), m_done.steps.cend(), [](const RepairStep &step) { return step.state == RepairStep::State::Done; });
    QStringList words;
    if (repaired > 0)
        words.append(tr("Repaired."));
    for (const RepairStep &step : std::as_const(m_done.steps)) {
        if (step.state == RepairStep::State::Failed)
            words.append(tr("Not repaired: %1 (%2)").arg(step.where, step.detail));
    }
    words.append(report.isOk() ? tr("Nothing is wrong. %1 records were looked through.").arg(rows) : tr("Something is wrong. %1 records were looked through.").arg(rows));
    m_result->setMark(report.isOk() ? StateMark::Synced : StateMark::NotAccepted);
    m_result->setText(words.join(QLatin1Char(' ')));
    Q_EMIT reported();
}

} // namespace fieldfare::ui
