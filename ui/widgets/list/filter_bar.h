// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/entity.h"
#include "core/store/query/filter.h"
#include "ui/model/display_text.h"

#include <QWidget>

class QHBoxLayout;
class QToolButton;

namespace fieldfare::ui {

class FlowLayout;
class FilterChip;

/// The line above a list: a chip for each condition, "+ Filter", and at the right what else the list can do. Holds the
/// filter as comparisons that all must hold; a filter of another shape (typed, from a saved view) is one chip.
class FilterBar final : public QWidget {
    Q_OBJECT
public:
    /// The entity is one of the catalog; texts outlive the bar.
    FilterBar(model::CatalogPointer catalog, const model::Entity &entity, const DisplayText &texts, QWidget *parent = nullptr);

    void setFilter(const store::Filter &filter);
    [[nodiscard]] store::Filter filter() const;
    [[nodiscard]] int conditionCount() const { return int(m_conditions.size()); }
    /// In the words of its chip: "Region is Kenya".
    [[nodiscard]] QString words(int condition) const;
    void removeCondition(int condition);
    /// The word of an operator in a chip: "is", "contains", "before".
    [[nodiscard]] static QString operatorWords(store::FilterOperator op, bool isDate);
    void addTrailing(QWidget *widget);
    /// Opens the editor for a new condition.
    void startNewCondition();

Q_SIGNALS:
    void filterChanged();

private:
    void rebuild();
    void editCondition(int condition, QWidget *below);
    struct Words {
        QString field;
        QString operation;
        QString value;
    };
    [[nodiscard]] Words wordsOf(const store::FilterNode &node) const;

    model::CatalogPointer m_catalog;
    const model::Entity &m_entity;
    const DisplayText &m_texts;
    QList<store::FilterNode> m_conditions;
    QWidget *m_chipArea;
    FlowLayout *m_chips;
    QToolButton *m_add;
    QHBoxLayout *m_row;
};

} // namespace fieldfare::ui
