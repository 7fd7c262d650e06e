// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/conflict_model.h"

namespace fieldfare::ui {

namespace {

ReviewChoice choiceOf(int column)
{
    switch (column) {
    case ConflictModel::BeforeColumn:
        return ReviewChoice::Before;
    case ConflictModel::MineColumn:
        return ReviewChoice::Mine;
    case ConflictModel::TheirsColumn:
        return ReviewChoice::Theirs;
    default:
        return ReviewChoice::None;
    }
}

} // namespace

void ConflictModel::setRecord(const ReviewRecord &record, const ReviewText &text)
{
    beginResetModel();
    const ReviewRecord before = std::exchange(m_record, record);
    const std::vector<ReviewChoice> choices = std::exchange(m_choices, {});
    const std::vector<model::Value> edited = std::exchange(m_edited, {});
    m_text.emplace(text);
    for (const store::ConflictView &conflict : record.conflicts) {
        m_choices.push_back(suggestedChoice(conflict));
        m_edited.push_back(conflict.shown);
        // The queue is read anew whenever something arrives: what a person chose meanwhile stays, as long as it is the same question.
        for (size_t row = 0; row < before.conflicts.size(); ++row) {
            const store::ConflictView &known = before.conflicts[row];
            if (known.id == conflict.id && known.mine == conflict.mine && known.theirs == conflict.theirs) {
                m_choices.back() = choices[row];
                m_edited.back() = edited[row];
            }
        }
    }
    endResetModel();
    Q_EMIT choicesChanged();
}

void ConflictModel::choose(int row, ReviewChoice choice)
{
    m_choices[size_t(row)] = choice;
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    Q_EMIT choicesChanged();
}

void ConflictModel::chooseAll(ReviewChoice choice)
{
    if (m_choices.empty())
        return;
    std::fill(m_choices.begin(), m_choices.end(), choice);
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    Q_EMIT choicesChanged();
}

void ConflictModel::setEdited(int row, const QString &text)
{
    m_edited[size_t(row)] = model::Value(text);
    choose(row, ReviewChoice::Edited);
}

int ConflictModel::chosenCount() const
{
    return int(std::count_if(m_choices.begin(), m_choices.end(), [](ReviewChoice choice) { return choice != ReviewChoice::None; }));
}

std::vector<ReviewDecision> ConflictModel::decisions() const
{
    std::vector<ReviewDecision> result;
    for (size_t row = 0; row < m_choices.size(); ++row) {
        const store::ConflictView &conflict = m_record.conflicts[row];
        result.push_back({conflict.id, m_choices[row], chosenValue(conflict, m_choices[row], m_edited[row])});
    }
    return result;
}

int ConflictModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_record.conflicts.size());
}

int ConflictModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ConflictModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !m_text)
        return {};
    const store::ConflictView &conflict = m_record.conflicts[size_t(index.row())];
    const model::EntityId entity = m_record.record.entity;
    if (index.column() == FieldColumn) {
        if (role == Qt::DisplayRole)
            return m_text->fieldLabel(entity, conflict.field);
        return role == WhoRole ? m_text->mergeNote(entity, conflict.field) : QVariant();
    }
    const bool before = index.column() == BeforeColumn;
    const bool mine = index.column() == MineColumn;
    const model::Value &value = before ? conflict.base : mine ? conflict.mine : conflict.theirs;
    const bool chosen = m_choices[size_t(index.row())] == choiceOf(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return m_text->value(entity, conflict.field, value);
    case Qt::AccessibleTextRole:
        return chosen ? tr("%1, chosen").arg(m_text->value(entity, conflict.field, value)) : m_text->value(entity, conflict.field, value);
    case ChosenRole:
        return chosen;
    case WhoRole:
        if (before)
            return QString();
        return mine ? m_text->whoAndWhen(conflict.mineBy, conflict.mineAt) : m_text->whoAndWhen(conflict.theirsBy, conflict.theirsAt);
    case DeviceRole: {
        if (before)
            return QString();
        QString device = mine ? conflict.mineDevice : conflict.theirsDevice;
        if (conflict.uncertainTime)
            device += (device.isEmpty() ? QString() : tr(", ")) + tr("time uncertain");
        return device;
    }
    case RangesRole:
        if (before || !m_text->isLongText(entity, conflict.field))
            return {};
        return QVariant::fromValue(addedRanges(conflict.base.textOrEmpty(), value.textOrEmpty()));
    default:
        return {};
    }
}

QVariant ConflictModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    switch (section) {
    case FieldColumn:
        return tr("Field");
    case BeforeColumn:
        return tr("Before, both started here");
    case MineColumn:
        return tr("Yours, from this computer");
    case TheirsColumn:
        return tr("Theirs, on the server");
    default:
        return {};
    }
}

} // namespace fieldfare::ui
