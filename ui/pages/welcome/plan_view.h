// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/attaching.h"
#include "core/model/catalog.h"

#include <QWidget>

class QGridLayout;
class QRadioButton;
class QStandardItemModel;
class QTableView;

namespace fieldfare::ui {

class SegmentedButton;
class TextLabel;

/// What attaching would do, before it is done: the sums, and lists of what a person may want to look at one by one. Asks what
/// becomes of records that the server seems to have already.
class PlanView final : public QWidget {
    Q_OBJECT
public:
    /// `catalog` names the kinds of records; that of the profile as it is.
    explicit PlanView(model::CatalogPointer catalog, QWidget *parent = nullptr);

    void setPlan(const domain::AttachPlan &plan);
    [[nodiscard]] domain::DuplicatePolicy duplicates() const;

    enum class List { Kinds, Duplicates, Numbers };
    void showList(List list);

private:
    void addLine(const QString &label, qint64 number, const QString &note);
    void fillKinds();
    void fillDuplicates();
    void fillNumbers();
    /// That the list ends before all are shown.
    void showMore(qint64 all);
    void addRow(const QStringList &cells, int numbersFrom);
    void setHeads(const QStringList &heads, int numbersFrom);
    [[nodiscard]] QString entityLabel(model::EntityId entity) const;

    model::CatalogPointer m_catalog;
    domain::AttachPlan m_plan;
    QGridLayout *m_sums;
    QWidget *m_policy;
    QRadioButton *m_keep;
    QRadioButton *m_skip;
    SegmentedButton *m_lists;
    QStandardItemModel *m_rows;
    QTableView *m_table;
    TextLabel *m_more;
};

} // namespace fieldfare::ui
