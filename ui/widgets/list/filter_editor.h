// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/entity.h"
#include "core/store/query/filter.h"
#include "ui/model/display_text.h"

#include <QFrame>

class QComboBox;
class QLineEdit;
class QStackedWidget;

namespace fieldfare::ui {

/// The small panel below a chip: field, operator, value. Enter takes it, Esc leaves it. Deletes itself when closed.
class FilterEditor final : public QFrame {
    Q_OBJECT
public:
    FilterEditor(const model::Entity &entity, const DisplayText &texts, const store::FilterNode &node, QWidget *parent);

    void popupBelow(QWidget *widget);

Q_SIGNALS:
    /// One comparison.
    void accepted(const fieldfare::store::Filter &condition);

private:
    void fillOperators();
    void fillValues();
    void accept();
    [[nodiscard]] const model::Field *field() const;

    const model::Entity &m_entity;
    const DisplayText &m_texts;
    QComboBox *m_field;
    QComboBox *m_operator;
    QStackedWidget *m_values;
    QLineEdit *m_text;
    QComboBox *m_choice;
};

} // namespace fieldfare::ui
