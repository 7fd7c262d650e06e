// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/review/review_text.h"
#include "ui/pages/review/text_difference.h"

#include <QAbstractTableModel>

#include <optional>

namespace fieldfare::ui {

/// The conflicts of one record, a row each: field, before, yours, theirs, with what is chosen. UI thread.
class ConflictModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { FieldColumn, BeforeColumn, MineColumn, TheirsColumn, ColumnCount };
    enum Role { ChosenRole = Qt::UserRole, WhoRole, DeviceRole, RangesRole };

    explicit ConflictModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    /// The suggested choices are set.
    void setRecord(const ReviewRecord &record, const ReviewText &text);
    [[nodiscard]] const ReviewRecord &record() const { return m_record; }
    [[nodiscard]] const ReviewText *text() const { return m_text ? &*m_text : nullptr; }

    [[nodiscard]] ReviewChoice choice(int row) const { return m_choices.at(size_t(row)); }
    [[nodiscard]] const model::Value &edited(int row) const { return m_edited.at(size_t(row)); }
    void choose(int row, ReviewChoice choice);
    void chooseAll(ReviewChoice choice);
    /// Chooses a text of the user's own.
    void setEdited(int row, const QString &text);
    [[nodiscard]] int chosenCount() const;
    [[nodiscard]] std::vector<ReviewDecision> decisions() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void choicesChanged();

private:
    ReviewRecord m_record;
    std::optional<ReviewText> m_text;
    std::vector<ReviewChoice> m_choices;
    std::vector<model::Value> m_edited;
};

} // namespace fieldfare::ui
