// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/work_bar.h"

#include "ui/widgets/theme/metrics.h"

#include <QBoxLayout>
#include <QProgressBar>
#include <QPushButton>

namespace fieldfare::ui {

namespace {

constexpr int kProgressWidth = 140;

} // namespace

WorkBar::WorkBar(QWidget *starter, QWidget *parent) : QWidget(parent), m_starter(starter), m_progress(new QProgressBar), m_stop(new QPushButton(tr("Stop")))
{
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(kProgressWidth);
    m_progress->setAccessibleName(tr("Progress"));
    m_stop->setAttribute(Qt::WA_LayoutUsesWidgetRect); // nothing cuts its ring off
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::k8);
    row->addWidget(m_progress);
    row->addWidget(m_stop);
    connect(m_stop, &QPushButton::clicked, this, &WorkBar::stopRequested);
    hide();
}

void WorkBar::setRunning(bool running)
{
    if (running == !isHidden())
        return;
    const bool hadFocus = running ? m_starter->hasFocus() : m_stop->hasFocus();
    m_starter->setVisible(!running);
    setVisible(running);
    m_progress->setValue(0);
    if (hadFocus)
        (running ? static_cast<QWidget *>(m_stop) : m_starter)->setFocus();
}

void WorkBar::setPercent(int percent)
{
    m_progress->setValue(percent);
}

} // namespace fieldfare::ui
