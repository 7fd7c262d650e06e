// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/form/save_bar.h"

#include "ui/model/edit_model.h"
#include "ui/widgets/controls/badges.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/metrics.h"

#include <QBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace fieldfare::ui {

SaveBar::SaveBar(EditModel &model, QWidget *parent)
    : QWidget(parent), m_model(model), m_words(new MarkLabel(StateMark::NotSaved, QString())), m_revert(new QPushButton(tr("Revert"))),
      m_save(new QPushButton(tr("Save")))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::k16, space::k8, space::k16, space::k8);
    row->setSpacing(space::k8);
    setButtonKind(m_save, ButtonKind::Primary);
    setSmall(m_save);
    setSmall(m_revert);
    setShownShortcut(m_save, QKeySequence(QKeySequence::Save));
    m_save->setShortcut({}); // the window's action has the key; the button only shows it
    row->addWidget(m_words);
    row->addStretch(1);
    row->addWidget(m_revert);
    row->addWidget(m_save);
    connect(m_save, &QPushButton::clicked, this, &SaveBar::saveRequested);
    connect(m_revert, &QPushButton::clicked, this, &SaveBar::revertRequested);
    connect(&model, &EditModel::dirtyChanged, this, &SaveBar::refresh);
    connect(&model, &EditModel::loaded, this, &SaveBar::refresh);
    refresh();
}

void SaveBar::refresh()
{
    setVisible(m_model.isDirty() || m_model.isNew());
    const int count = m_model.dirtyCount();
    m_words->setMark(StateMark::NotSaved, m_model.isNew() ? tr("Not saved yet") : tr("%n field(s) not saved", nullptr, count));
    m_revert->setText(m_model.isNew() ? tr("Discard") : tr("Revert"));
}

void SaveBar::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), tokens.window);
    painter.fillRect(QRect(0, 0, width(), 1), tokens.line);
}

} // namespace fieldfare::ui
