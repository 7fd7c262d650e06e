// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/list/filter_editor.h"

#include "ui/model/layout_hints.h"
#include "ui/model/name_book.h"
#include "ui/widgets/editors/date_editor.h"
#include "ui/widgets/list/filter_bar.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/metrics.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>

namespace fieldfare::ui {

using model::FieldType;
using store::FilterOperator;

namespace {

constexpr int kFieldWidth = 150;
constexpr int kOperatorWidth = 110;
constexpr int kValueWidth = 170;

QList<FilterOperator> operatorsFor(const model::Field &field)
{
    switch (field.valueType()) {
    case FieldType::Choice:
    case FieldType::Reference:
    case FieldType::User:
        return {FilterOperator::Equal, FilterOperator::NotEqual, FilterOperator::Contains, FilterOperator::IsEmpty};
    case FieldType::Tags:
        return {FilterOperator::Equal, FilterOperator::Contains, FilterOperator::IsEmpty};
    case FieldType::YesNo:
        return {FilterOperator::Equal};
    case FieldType::Date:
    case FieldType::Instant:
        return {FilterOperator::Equal, FilterOperator::GreaterOrEqual, FilterOperator::LessOrEqual, FilterOperator::Less,
                FilterOperator::Greater, FilterOperator::IsEmpty};
    case FieldType::Integer:
    case FieldType::Decimal:
    case FieldType::Money:
    case FieldType::Duration:
        return {FilterOperator::GreaterOrEqual, FilterOperator::LessOrEqual, FilterOperator::Equal, FilterOperator::NotEqual,
                FilterOperator::IsEmpty};
    default:
        return {FilterOperator::Contains, FilterOperator::StartsWith, FilterOperator::Equal, FilterOperator::NotEqual,
                FilterOperator::IsEmpty};
    }
}

} // namespace

FilterEditor::FilterEditor(const model::Entity &entity, const DisplayText &texts, const store::FilterNode &node, QWidget *parent)
    : QFrame(parent, Qt::Popup), m_entity(entity), m_texts(texts), m_field(new QComboBox), m_operator(new QComboBox),
      m_values(new QStackedWidget), m_text(new QLineEdit), m_choice(new QComboBox)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    setBackgroundRole(QPalette::Button);
    setAutoFillBackground(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::k8, space::k8, space::k8, space::k8);
    row->setSpacing(space::k6);
    m_field->setMinimumWidth(kFieldWidth);
    m_operator->setMinimumWidth(kOperatorWidth);
    m_values->setFixedWidth(kValueWidth);
    m_values->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_field->setAccessibleName(tr("Field"));
    m_operator->setAccessibleName(tr("Condition"));
    m_text->setAccessibleName(tr("Value"));
    m_choice->setAccessibleName(tr("Value"));
    auto *apply = new QPushButton(tr("Apply"));
    setButtonKind(apply, ButtonKind::Primary);
    for (const model::Field *each : layout::listFields(entity))
        m_field->addItem(each->label(), each->name);
    for (const model::Field &each : entity.fields()) {
        if (each.type == FieldType::LongText && !each.has(model::Removed) && !each.has(model::Hidden))
            m_field->addItem(each.label(), each.name);
    }
    m_values->addWidget(m_text);
    m_values->addWidget(m_choice);
    row->addWidget(m_field);
    row->addWidget(m_operator);
    row->addWidget(m_values);
    row->addWidget(apply);

    connect(m_field, &QComboBox::currentIndexChanged, this, [this] {
        fillOperators();
        fillValues();
    });
    connect(m_operator, &QComboBox::currentIndexChanged, this, &FilterEditor::fillValues);
    connect(m_text, &QLineEdit::returnPressed, this, &FilterEditor::accept);
    connect(apply, &QPushButton::clicked, this, &FilterEditor::accept);

    if (const int at = m_field->findData(node.field); at >= 0)
        m_field->setCurrentIndex(at);
    fillOperators();
    if (!node.field.isEmpty())
        m_operator->setCurrentIndex(std::max(0, m_operator->findData(int(node.op))));
    fillValues();
    if (!node.values.isEmpty()) {
        m_text->setText(node.values.first().text);
        m_choice->setCurrentIndex(std::max(0, m_choice->findData(node.values.first().text)));
    }
}

const model::Field *FilterEditor::field() const
{
    return m_entity.field(m_field->currentData().toString());
}

void FilterEditor::fillOperators()
{
    const QSignalBlocker blocker(m_operator);
    m_operator->clear();
    if (const model::Field *chosen = field()) {
        const bool isDate = chosen->valueType() == FieldType::Date || chosen->valueType() == FieldType::Instant;
        for (const FilterOperator op : operatorsFor(*chosen))
            m_operator->addItem(FilterBar::operatorWords(op, isDate), int(op));
    }
}

void FilterEditor::fillValues()
{
    const model::Field *chosen = field();
    if (chosen == nullptr)
        return;
    const auto op = static_cast<FilterOperator>(m_operator->currentData().toInt());
    m_values->setVisible(op != FilterOperator::IsEmpty);
    const QString before = m_choice->currentData().toString();
    m_choice->clear();
    if (chosen->valueType() == FieldType::YesNo) {
        m_choice->addItem(tr("Yes"), QStringLiteral("yes"));
        m_choice->addItem(tr("No"), QStringLiteral("no"));
    } else if (chosen->valueType() == FieldType::Choice && op != FilterOperator::Contains) {
        for (const ChoiceEntry &entry : m_texts.names().choices(chosen->choiceList))
            m_choice->addItem(entry.label, entry.key);
    }
    m_choice->setCurrentIndex(std::max(0, m_choice->findData(before)));
    m_values->setCurrentWidget(m_choice->count() > 0 ? static_cast<QWidget *>(m_choice) : m_text);
    const bool isDate = chosen->valueType() == FieldType::Date || chosen->valueType() == FieldType::Instant;
    m_text->setPlaceholderText(isDate ? tr("today, today-30d, 2026-12-01") : chosen->type == FieldType::User ? tr("a name, or me") : QString());
}

void FilterEditor::accept()
{
    const model::Field *chosen = field();
    if (chosen == nullptr)
        return;
    store::FilterNode node;
    node.field = chosen->name;
    node.op = static_cast<FilterOperator>(m_operator->currentData().toInt());
    if (node.op != FilterOperator::IsEmpty) {
        const bool fromList = m_values->currentWidget() == m_choice;
        QString text = fromList ? m_choice->currentData().toString() : m_text->text().trimmed();
        if (text.isEmpty()) {
            m_text->setFocus();
            return;
        }
        // Words with a meaning (me, today-30d) stay bare; everything else is taken literally.
        bool bare = chosen->isNumeric() || chosen->valueType() == FieldType::Money || chosen->valueType() == FieldType::YesNo;
        if (chosen->type == FieldType::User && (text == tr("me") || text == QStringLiteral("me"))) {
            text = QStringLiteral("me");
            bare = true;
        }
        if (chosen->valueType() == FieldType::Date || chosen->valueType() == FieldType::Instant) {
            bare = true;
            if (!text.startsWith(QStringLiteral("today")) && text != QStringLiteral("now")) {
                if (const auto date = DateEditor::parseDate(text, m_texts.today(), m_texts.locale()))
                    text = date->toString(Qt::ISODate);
            }
        }
        node.values = {store::FilterValue{text, !bare}};
    }
    Q_EMIT accepted(store::Filter(node));
    close();
}

void FilterEditor::popupBelow(QWidget *widget)
{
    adjustSize();
    move(widget->mapToGlobal(QPoint(0, widget->height() + 4)));
    show();
    (m_values->currentWidget() == m_choice ? static_cast<QWidget *>(m_choice) : m_text)->setFocus();
}

} // namespace fieldfare::ui
