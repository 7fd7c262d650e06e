// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/list/filter_bar.h"

#include "ui/model/layout_hints.h"
#include "ui/model/name_book.h"
#include "ui/widgets/controls/chips.h"
#include "ui/widgets/controls/flow_layout.h"
#include "ui/widgets/list/filter_editor.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/metrics.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace fieldfare::ui {

using store::FilterNode;
using store::FilterOperator;

QString FilterBar::operatorWords(FilterOperator op, bool isDate)
{
    switch (op) {
    case FilterOperator::Equal:
        return tr("is");
    case FilterOperator::NotEqual:
        return tr("is not");
    case FilterOperator::Less:
        return isDate ? tr("before") : tr("under");
    case FilterOperator::LessOrEqual:
        return isDate ? tr("up to") : tr("at most");
    case FilterOperator::Greater:
        return isDate ? tr("after") : tr("over");
    case FilterOperator::GreaterOrEqual:
        return isDate ? tr("from") : tr("at least");
    case FilterOperator::Contains:
        return tr("contains");
    case FilterOperator::StartsWith:
        return tr("starts with");
    case FilterOperator::In:
        return tr("is one of");
    case FilterOperator::IsEmpty:
        return tr("is empty");
    }
    return {};
}

FilterBar::FilterBar(model::CatalogPointer catalog, const model::Entity &entity, const DisplayText &texts, QWidget *parent)
    : QWidget(parent), m_catalog(std::move(catalog)), m_entity(entity), m_texts(texts), m_chipArea(new QWidget), m_chips(new FlowLayout(m_chipArea)),
      m_add(new QToolButton), m_row(new QHBoxLayout(this))
{
    setFixedHeight(fitHeight(height::kFilterBar, typeFont(Type::Body)));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_row->setContentsMargins(space::k12, 0, space::k8, 0);
    m_row->setSpacing(space::k6);
    m_chips->setContentsMargins(0, 0, 0, 0);
    m_chips->setMaxLines(1);
    m_add->setText(tr("Filter"));
    m_add->setIcon(icon(QStringLiteral("plus")));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setAutoRaise(true);
    m_add->setToolTip(tr("Add a condition"));
    setSmall(m_add);
    m_row->addWidget(m_chipArea, 0, Qt::AlignVCenter);
    m_row->addWidget(m_add);
    m_row->addStretch(1);
    connect(m_add, &QToolButton::clicked, this, &FilterBar::startNewCondition);
    rebuild();
}

void FilterBar::addTrailing(QWidget *widget)
{
    m_row->addWidget(widget);
}

void FilterBar::setFilter(const store::Filter &filter)
{
    m_conditions.clear();
    if (!filter.isEmpty()) {
        const FilterNode &root = filter.root();
        if (root.kind == FilterNode::Kind::All)
            m_conditions = root.children;
        else
            m_conditions = {root};
    }
    rebuild();
}

store::Filter FilterBar::filter() const
{
    if (m_conditions.isEmpty())
        return {};
    if (m_conditions.size() == 1)
        return store::Filter(m_conditions.first());
    return store::Filter(FilterNode{.kind = FilterNode::Kind::All, .children = m_conditions});
}

FilterBar::Words FilterBar::wordsOf(const FilterNode &node) const
{
    if (node.kind != FilterNode::Kind::Comparison)
        return {tr("Filter"), QString(), store::Filter(node).toText()};
    const model::Field *field = m_entity.field(node.field);
    const bool isDate = field == nullptr || field->valueType() == model::FieldType::Date || field->valueType() == model::FieldType::Instant;
    const QString choices = field != nullptr ? DisplayText::choiceListOf(*m_catalog, m_entity, *field) : QString();
    QStringList values;
    for (const store::FilterValue &value : node.values) {
        if (!value.quoted && value.text == QStringLiteral("me"))
            values.append(tr("me"));
        else if (!choices.isEmpty())
            values.append(m_texts.names().choiceLabel(choices, value.text));
        else if (field != nullptr && field->isReference() && base::Id::fromString(value.text)) {
            const QString title = m_texts.names().title({field->targets.value(0), *base::Id::fromString(value.text)});
            values.append(title.isEmpty() ? QStringLiteral("…") : title);
        } else {
            values.append(value.text);
        }
    }
    const QString label = field != nullptr                               ? layout::columnLabel(m_entity, *field)
                          : node.field == QStringLiteral("modified_at") ? tr("Changed")
                          : node.field == QStringLiteral("created_at")  ? tr("Created")
                                                                        : node.field;
    return {label, operatorWords(node.op, isDate), values.join(tr(", ", "between values"))};
}

QString FilterBar::words(int condition) const
{
    const Words words = wordsOf(m_conditions.at(condition));
    return (m_texts.isChinese() ? words.field + words.operation + words.value : QStringList{words.field, words.operation, words.value}.join(QLatin1Char(' '))).simplified();
}

void FilterBar::rebuild()
{
    while (QLayoutItem *item = m_chips->takeAt(0)) {
        if (QWidget *chip = item->widget()) {
            chip->hide(); // it may be the sender
            chip->deleteLater();
        }
        delete item;
    }
    int width = 0;
    for (int i = 0; i < m_conditions.size(); ++i) {
        const Words words = wordsOf(m_conditions.at(i));
        auto *chip = new FilterChip(words.field, words.operation, words.value);
        connect(chip, &FilterChip::removeRequested, this, [this, i] { removeCondition(i); });
        connect(chip, &FilterChip::clicked, this, [this, i, chip] { editCondition(i, chip); });
        m_chips->addWidget(chip);
        width += chip->sizeHint().width() + space::k6;
    }
    m_chipArea->setVisible(!m_conditions.isEmpty());
    m_chipArea->setMinimumWidth(0);
    m_chipArea->setMaximumWidth(width);
    m_chipArea->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_row->setStretch(0, m_conditions.isEmpty() ? 0 : 1000);
}

void FilterBar::removeCondition(int condition)
{
    if (condition < 0 || condition >= m_conditions.size())
        return;
    m_conditions.removeAt(condition);
    rebuild();
    Q_EMIT filterChanged();
}

void FilterBar::startNewCondition()
{
    editCondition(-1, m_add);
}

void FilterBar::editCondition(int condition, QWidget *below)
{
    const FilterNode node = condition < 0 ? FilterNode() : m_conditions.at(condition);
    if (node.kind != FilterNode::Kind::Comparison)
        return; // a typed filter is changed where it was typed
    auto *editor = new FilterEditor(m_entity, m_texts, node, this);
    connect(editor, &FilterEditor::accepted, this, [this, condition](const store::Filter &accepted) {
        const FilterNode &changed = accepted.root();
        if (condition < 0)
            m_conditions.append(changed);
        else if (condition < m_conditions.size())
            m_conditions[condition] = changed;
        rebuild();
        Q_EMIT filterChanged();
    });
    editor->popupBelow(below);
}

} // namespace fieldfare::ui
