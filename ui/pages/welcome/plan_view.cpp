// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/welcome/plan_view.h"

#include "ui/pages/welcome/step_layout.h"
#include "ui/widgets/controls/segmented_button.h"
#include "ui/widgets/row_delegate.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QButtonGroup>
#include <QHeaderView>
#include <QLocale>
#include <QRadioButton>
#include <QStandardItemModel>
#include <QTableView>

namespace fieldfare::ui {

using domain::DuplicatePolicy;
using domain::TransferCounts;
using domain::TransferReport;

namespace {

constexpr int kTableHeight = 120;
constexpr int kNoNumbers = 100;

QString numberText(qint64 number)
{
    return QLocale().toString(number);
}

QString recordText(const domain::NamedRecord &record)
{
    return record.number.isEmpty() ? record.title : record.number + QLatin1Char(' ') + record.title;
}

} // namespace

PlanView::PlanView(model::CatalogPointer catalog, QWidget *parent)
    : QWidget(parent), m_catalog(std::move(catalog)), m_sums(new QGridLayout), m_policy(new QWidget), m_keep(new QRadioButton(tr("Keep both; people decide later"))),
      m_skip(new QRadioButton(tr("Leave mine out; what refers to it refers to the server's"))), m_lists(new SegmentedButton), m_rows(new QStandardItemModel(this)),
      m_table(new QTableView), m_more(new TextLabel(QString(), Type::Small, Ink::Text2))
{
    for (const QString &text : {tr("By kind"), QString(), QString()})
        m_lists->addSegment(text);
    m_sums->setHorizontalSpacing(space::k12);
    m_sums->setVerticalSpacing(space::k4);
    m_sums->setColumnStretch(2, 1);
    auto *policy = new QVBoxLayout(m_policy);
    policy->setContentsMargins(0, space::k4, 0, 0);
    policy->setSpacing(space::k2);
    policy->addWidget(new TextLabel(tr("Records that look the same"), Type::Small, Ink::Text2));
    policy->addWidget(m_keep);
    policy->addWidget(m_skip);
    policy->addWidget(new TextLabel(tr("The figures are those of keeping both."), Type::Small, Ink::Text2));
    m_keep->setChecked(true);
    auto *choices = new QButtonGroup(this);
    choices->addButton(m_keep);
    choices->addButton(m_skip);
    auto *delegate = new RowDelegate(m_table);
    delegate->setMarkColumn(-1);
    m_table->setItemDelegate(delegate);
    RowDelegate::prepareView(m_table, height::kRowCompact);
    m_table->setModel(m_rows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setMinimumHeight(kTableHeight);
    m_table->setAccessibleName(tr("What would happen"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::k8);
    column->addLayout(m_sums);
    column->addWidget(m_policy);
    column->addWidget(m_lists, 0, Qt::AlignLeft);
    column->addWidget(m_table, 1);
    column->addWidget(m_more);
    connect(m_lists, &SegmentedButton::currentChanged, this, [this](int index) { showList(List(index)); });
}

DuplicatePolicy PlanView::duplicates() const
{
    return m_skip->isChecked() ? DuplicatePolicy::Skip : DuplicatePolicy::Keep;
}

void PlanView::setPlan(const domain::AttachPlan &plan)
{
    m_plan = plan;
    // Choices, pipelines and the like that both have are nobody's records.
    m_plan.report.counts.removeIf([this](const TransferCounts &counts) {
        const model::Entity *entity = m_catalog->entity(counts.entity);
        return entity != nullptr && entity->has(model::System) && counts.taken == 0;
    });
    const TransferReport &report = m_plan.report;
    while (QLayoutItem *item = m_sums->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const qint64 trashed = report.total(&TransferCounts::trashed);
    addLine(tr("Records here"), report.total(&TransferCounts::records), {});
    addLine(tr("Taken along"), report.total(&TransferCounts::taken), trashed > 0 ? tr("%1 of them lie in the trash, there too").arg(numberText(trashed)) : QString());
    addLine(tr("There already"), report.total(&TransferCounts::present), tr("the server's values stand"));
    const qint64 duplicates = report.total(&TransferCounts::duplicates);
    addLine(tr("Look the same"), duplicates, tr("as a record there, by e-mail address, phone or name"));
    const qint64 renumbered = report.total(&TransferCounts::renumbered);
    addLine(tr("Get a new number"), renumbered, tr("from the company's own series"));
    addLine(tr("Fields left empty"), report.droppedReferences, tr("they name people or records that nobody knows there"));
    addLine(tr("Fields renamed"), report.renamedFields.size(), tr("a field of that name is of another kind there"));
    m_policy->setVisible(duplicates > 0);
    m_lists->segment(int(List::Duplicates))->setText(tr("Look the same %1").arg(numberText(duplicates)));
    m_lists->segment(int(List::Duplicates))->setVisible(duplicates > 0);
    m_lists->segment(int(List::Numbers))->setText(tr("New numbers %1").arg(numberText(renumbered)));
    m_lists->segment(int(List::Numbers))->setVisible(renumbered > 0);
    m_lists->setVisible(duplicates > 0 || renumbered > 0);
    m_lists->setCurrentIndex(int(List::Kinds));
    showList(List::Kinds);
}

void PlanView::addLine(const QString &label, qint64 number, const QString &note)
{
    if (number == 0)
        return;
    const int row = m_sums->rowCount();
    m_sums->addWidget(new TextLabel(label, Type::Body, Ink::Text2), row, 0);
    auto *value = new TextLabel(numberText(number));
    value->setStrong(true);
    m_sums->addWidget(value, row, 1, Qt::AlignRight);
    auto *rest = new TextLabel(note, Type::Small, Ink::Text2);
    rest->setElided(true);
    m_sums->addWidget(rest, row, 2);
}

void PlanView::showList(List list)
{
    m_rows->clear();
    m_more->clear();
    switch (list) {
    case List::Kinds: fillKinds(); break;
    case List::Duplicates: fillDuplicates(); break;
    case List::Numbers: fillNumbers(); break;
    }
    m_more->setVisible(!m_more->text().isEmpty());
    QHeaderView *heads = m_table->horizontalHeader();
    heads->setSectionResizeMode(QHeaderView::ResizeToContents);
    heads->setStretchLastSection(list != List::Kinds); // figures stay beside each other
}

void PlanView::fillKinds()
{
    setHeads({tr("Kind"), tr("Here"), tr("Taken along"), tr("There already"), tr("Look the same"), tr("New numbers")}, 1);
    for (const TransferCounts &counts : std::as_const(m_plan.report.counts)) {
        QStringList cells{entityLabel(counts.entity)};
        for (const qint64 number : {counts.records, counts.taken, counts.present, counts.duplicates, counts.renumbered})
            cells.append(number == 0 ? QString() : numberText(number));
        addRow(cells, 1);
    }
}

void PlanView::fillDuplicates()
{
    setHeads({tr("Here"), tr("There"), tr("The same")}, kNoNumbers);
    for (const domain::DuplicatePair &pair : std::as_const(m_plan.report.duplicates)) {
        const model::Entity *entity = m_catalog->entity(pair.entity);
        const model::Field *field = entity != nullptr ? entity->field(pair.by) : nullptr;
        addRow({recordText(pair.own), recordText(pair.present), field != nullptr ? field->label() : QString()}, kNoNumbers);
    }
    showMore(m_plan.report.total(&TransferCounts::duplicates));
}

void PlanView::fillNumbers()
{
    setHeads({tr("Until now"), tr("New number"), tr("Record")}, kNoNumbers);
    for (const domain::Renumbering &entry : std::as_const(m_plan.report.renumbered))
        addRow({entry.former, entry.record.number, entry.record.title}, kNoNumbers);
    showMore(m_plan.report.total(&TransferCounts::renumbered));
}

void PlanView::showMore(qint64 all)
{
    if (all > m_rows->rowCount())
        m_more->setText(tr("The first %1 of %2.").arg(numberText(m_rows->rowCount()), numberText(all)));
}

void PlanView::setHeads(const QStringList &heads, int numbersFrom)
{
    m_rows->setHorizontalHeaderLabels(heads);
    for (int i = numbersFrom; i < heads.size(); ++i)
        m_rows->horizontalHeaderItem(i)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

void PlanView::addRow(const QStringList &cells, int numbersFrom)
{
    QList<QStandardItem *> row;
    for (int i = 0; i < cells.size(); ++i) {
        row.append(new QStandardItem(cells[i]));
        if (i >= numbersFrom)
            row.last()->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    m_rows->appendRow(row);
}

QString PlanView::entityLabel(model::EntityId entity) const
{
    const model::Entity *found = m_catalog->entity(entity);
    return found != nullptr ? found->pluralLabel() : QString();
}

} // namespace fieldfare::ui
