// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in place of a list without rows, and what leads out of it.
#include "ui/widgets/list/entity_list.h"

#include "core/store/query/list_reader.h"
#include "ui/widgets/controls/empty_state.h"
#include "ui/widgets/list/filter_bar.h"

#include <QPushButton>
#include <QStackedLayout>

namespace fieldfare::ui {

void EntityList::setMayCreate(bool mayCreate)
{
    if (std::exchange(m_mayCreate, mayCreate) != mayCreate)
        refreshEmptyState();
}

void EntityList::refreshEmptyState()
{
    const bool none = m_isUnread || (m_model->hasFirstPage() && m_model->rowCount() == 0);
    m_stack->setCurrentIndex(none ? 1 : 0);
    if (!none)
        return;
    const model::Entity &entity = m_model->entity();
    const QString many = m_texts.isChinese() ? entity.pluralLabel() : entity.pluralLabel().toLower();
    m_empty->clearButtons();
    if (m_isUnread) {
        m_empty->setTexts(QStringLiteral("warn"), tr("This list cannot be read"), tr("Sort or filter it in another way, or try again."));
        connect(m_empty->addButton(tr("Try again")), &QAbstractButton::clicked, m_model, &RecordListModel::refresh);
    } else if (m_trashed == store::TrashedRows::Only) {
        m_empty->setTexts(QStringLiteral("trash"), tr("The trash is empty"), tr("What you remove waits here and can be put back."));
    } else if (const int conditions = m_filterBar->conditionCount(); conditions > 0) {
        showEmptyByFilter(conditions == 1 ? m_model->total() : -1);
        if (conditions > 1)
            countWithoutLast();
        auto *remove = m_empty->addButton(tr("Remove “%1”").arg(m_filterBar->words(conditions - 1)));
        connect(remove, &QAbstractButton::clicked, this, [this, conditions] { m_filterBar->removeCondition(conditions - 1); });
        if (conditions > 1) {
            auto *clear = m_empty->addButton(tr("Clear all"), EmptyState::Way::Flat);
            connect(clear, &QAbstractButton::clicked, this, [this] {
                m_filterBar->setFilter({});
                applyQuery();
                Q_EMIT stateChanged();
            });
        }
    } else {
        m_empty->setTexts(layout::entityIcon(entity), tr("No %1 yet").arg(many),
                          m_fixed.isEmpty() && m_mayCreate ? tr("Add the first one.") : QString());
        if (!m_mayCreate)
            return;
        auto *add = m_empty->addButton(tr("New %1").arg(m_texts.isChinese() ? entity.label() : entity.label().toLower()),
                                       m_fixed.isEmpty() ? EmptyState::Way::Primary : EmptyState::Way::Normal, QStringLiteral("plus"));
        connect(add, &QAbstractButton::clicked, this, &EntityList::newRequested);
    }
}

/// `others`: how many rows there are without the last condition, which the button removes; -1: not known.
void EntityList::showEmptyByFilter(qint64 others)
{
    const model::Entity &entity = m_model->entity();
    const int conditions = m_filterBar->conditionCount();
    const QString one = m_texts.isChinese() ? entity.label() : entity.label().toLower();
    m_empty->setTexts(QStringLiteral("filter"), tr("No %1 matches these %n filter(s)", nullptr, conditions).arg(one),
                      others > 0 ? tr("Without “%1” there are %2.").arg(m_filterBar->words(conditions - 1), m_texts.number(others)) : QString());
}

void EntityList::countWithoutLast()
{
    store::ListQuery query = m_model->query();
    QList<store::FilterNode> rest = m_filterBar->filter().root().children;
    rest.removeLast();
    query.filter = m_fixed && (rest.size() == 1 ? store::Filter(rest.first()) : store::Filter(store::FilterNode{.kind = store::FilterNode::Kind::All, .children = rest}));
    m_othersRead.read<std::int64_t>(
        [query](store::ReadContext &reading) { return store::ListReader(reading.connection(), reading.catalog(), reading.filterContext()).count(query); }, this,
        [this, asked = m_filterBar->filter()](base::Result<std::int64_t> count) {
            if (count.ok() && m_stack->currentIndex() == 1 && asked.toText() == m_filterBar->filter().toText())
                showEmptyByFilter(*count);
        },
        store::Priority::Background);
}

} // namespace fieldfare::ui
