// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/setting_row.h"

#include "ui/widgets/controls/text_label.h"

#include <QBoxLayout>
#include <QPainter>

namespace fieldfare::ui {

SettingRow::SettingRow(const QString &label, QWidget *control, const QString &hint, QWidget *parent)
    : QWidget(parent), m_hint(new TextLabel(hint, Type::Small, Ink::Text2))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 9, 0, 10);
    row->setSpacing(space::k12);
    auto *words = new TextLabel(label);
    words->setFixedWidth(204);
    words->setWordWrap(true);
    words->setBuddy(control);
    words->setMinimumHeight(height::kControl);
    words->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    row->addWidget(words, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout;
    column->setSpacing(space::k4);
    auto *inner = new QHBoxLayout;
    inner->addWidget(control, control->sizePolicy().horizontalPolicy() == QSizePolicy::Expanding ? 1000 : 0); // as wide as it may be
    if (control->sizePolicy().horizontalPolicy() != QSizePolicy::Expanding || control->maximumWidth() < QWIDGETSIZE_MAX)
        inner->addStretch(1);
    column->addLayout(inner);
    m_hint->setWordWrap(true);
    column->addWidget(m_hint);
    row->addLayout(column, 1);
    if (control->accessibleName().isEmpty())
        control->setAccessibleName(label);
    setHint(hint);
}

void SettingRow::setHint(const QString &hint)
{
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
}

void SettingRow::setLast(bool last)
{
    m_last = last;
    update();
}

void SettingRow::paintEvent(QPaintEvent *)
{
    if (m_last)
        return;
    QPainter painter(this);
    painter.fillRect(QRect(0, QWidget::height() - 1, width(), 1), Tokens::of(this).line);
}

} // namespace fieldfare::ui
