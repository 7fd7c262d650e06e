// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/bring_back_panel.h"

#include "ui/widgets/controls/marked_text.h"
#include "ui/widgets/controls/work_bar.h"
#include "ui/widgets/theme/metrics.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSet>

namespace fieldfare::ui {

namespace {

constexpr int kRecordsWidth = 420;

} // namespace

BringBackPanel::BringBackPanel(const PageContext &context, store::BackupKeeper &backups, QWidget *parent)
    : RingRoom(parent), m_context(context), m_backups(backups), m_entity(new QComboBox), m_records(new QLineEdit), m_look(new QPushButton(tr("See what would change"))),
      m_bringBack(new QPushButton(tr("Bring back"))), m_work(new WorkBar(m_look)), m_result(new MarkedText(StateMark::None))
{
    const model::CatalogPointer catalog = m_context.database.catalog();
    for (const model::Entity &entity : catalog->entities()) {
        if (!entity.has(model::System))
            m_entity->addItem(entity.pluralLabel(), entity.name());
    }
    m_entity->setAccessibleName(tr("Kind of record"));
    m_records->setPlaceholderText(tr("All, or numbers and names separated by ;"));
    m_records->setAccessibleName(tr("Which records"));
    m_records->setMaximumWidth(kRecordsWidth);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kRingMargin, kRingMargin, kRingMargin, kRingMargin);
    column->setSpacing(space::k8);
    column->addWidget(m_entity, 0, Qt::AlignLeft);
    column->addWidget(m_records);
    column->addWidget(new FlowRow({m_look, m_work, m_bringBack}));
    column->addWidget(m_result);
    m_result->hide();
    connect(m_entity, &QComboBox::activated, this, &BringBackPanel::forgetPlan);
    connect(m_records, &QLineEdit::textEdited, this, &BringBackPanel::forgetPlan);
    connect(m_records, &QLineEdit::returnPressed, this, &BringBackPanel::look);
    connect(m_look, &QPushButton::clicked, this, &BringBackPanel::look);
    connect(m_bringBack, &QPushButton::clicked, this, &BringBackPanel::bringBack);
    connect(m_work, &WorkBar::stopRequested, &m_backups, &store::BackupKeeper::cancel);
    connect(&m_backups, &store::BackupKeeper::changed, this, &BringBackPanel::follow);
    follow();
}

void BringBackPanel::setBackup(const QString &backup)
{
    if (backup != m_backup) {
        m_backup = backup;
        forgetPlan();
    }
    follow();
}

void BringBackPanel::forgetPlan()
{
    m_plan.reset();
    if (!m_isLooking)
        say(StateMark::None, {});
    follow();
}

void BringBackPanel::follow()
{
    const bool canLook = !m_backup.isEmpty() && !m_backups.isRunning();
    m_work->setRunning(m_isLooking && m_backups.isRunning());
    m_work->setPercent(m_backups.percent());
    m_entity->setEnabled(!m_isLooking);
    m_records->setEnabled(!m_isLooking);
    m_look->setEnabled(canLook || m_isLooking);
    m_bringBack->setEnabled(canLook && m_plan && !m_plan->changes.changes.empty());
}

QStringList BringBackPanel::records() const
{
    static const QRegularExpression between(QStringLiteral("[;\uff1b]"));
    QStringList names;
    for (const QString &part : m_records->text().split(between)) {
        if (!part.trimmed().isEmpty())
            names.append(part.trimmed());
    }
    return names;
}

void BringBackPanel::say(StateMark mark, const QString &text)
{
    m_result->setMark(mark);
    m_result->setText(text);
    m_result->setVisible(!text.isEmpty());
}

void BringBackPanel::sayError(const base::Error &error, base::Occasion occasion)
{
    say(error.code == base::ErrorCode::Cancelled ? StateMark::None : StateMark::NotAccepted, base::errorWords(error, occasion).joined());
}

void BringBackPanel::look()
{
    if (m_backup.isEmpty() || m_backups.isRunning())
        return;
    m_plan.reset();
    m_isLooking = true;
    say(StateMark::None, tr("Putting the backup together and comparing…"));
    m_backups.runner().plan({m_backup, m_entity->currentData().toString(), records()}, m_context.database.catalog(), this, [this, backup = m_backup](const base::Result<store::BringBackPlan> &plan) {
        m_isLooking = false;
        if (backup != m_backup)
            say(StateMark::None, {}); // another one was chosen meanwhile
        else if (plan.ok() && plan->unread)
            sayError(*plan->unread, base::Occasion::Working);
        else if (plan.ok())
            showPlan(*plan);
        else
            sayError(plan.error(), base::Occasion::UsingBackup);
        follow();
        Q_EMIT told();
    });
}

void BringBackPanel::showPlan(const store::BringBackPlan &plan)
{
    m_plan = plan;
    const DisplayText &texts = m_context.texts;
    const QString what = QStringLiteral("%1 · %2: ").arg(m_entity->currentText(), texts.shortInstant(plan.at));
    QStringList parts;
    if (plan.fromTrash > 0)
        parts.append(tr("%n come(s) back from the trash", nullptr, int(plan.fromTrash)));
    if (plan.edited > 0)
        parts.append(tr("%n get(s) former values back", nullptr, int(plan.edited)));
    if (plan.lost > 0)
        parts.append(tr("%n lost one(s) come(s) back", nullptr, int(plan.lost)));
    QString words = what + (parts.isEmpty() ? tr("nothing differs.") : parts.join(tr("; ", "between two parts of a sentence")) + tr(".", "end of a sentence"));
    if (plan.gone > 0)
        words += QLatin1Char('\n') + tr("%n record(s) cannot come back this way: erased, or outside your rights.", nullptr, int(plan.gone));
    say(parts.isEmpty() ? StateMark::Synced : StateMark::Waiting, words);
    follow();
}

void BringBackPanel::bringBack()
{
    if (!m_plan || m_plan->changes.changes.empty())
        return;
    store::ChangeSet changes = std::move(m_plan->changes);
    QSet<base::Id> records;
    for (const changes::LocalChange &change : changes.changes)
        records.insert(change.record);
    changes.label = tr("Bring back %1 as of %2").arg(m_entity->currentText(), m_context.texts.longDate(m_context.texts.dateOf(m_plan->at)) + QLatin1Char(' ') + m_context.texts.time(m_plan->at));
    m_plan.reset();
    follow();
    say(StateMark::None, tr("Bringing back…"));
    m_context.database.commit(std::move(changes), this, [this, count = int(records.size())](const base::Result<store::CommitReport> &report) {
        if (!report.ok()) {
            sayError(report.error(), base::Occasion::Working);
        } else {
            const QString words = tr("%n record(s) are as they were.", nullptr, count);
            say(StateMark::Synced, words);
            m_context.actions.announce(QStringLiteral("undo"), words, report->action);
        }
        Q_EMIT told();
    });
}

} // namespace fieldfare::ui
