// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/welcome/update_page.h"

#include "core/base/error_words.h"
#include "ui/widgets/controls/brand_mark.h"
#include "ui/widgets/controls/marked_text.h"
#include "ui/widgets/theme/fieldfare_style.h"

#include <QBoxLayout>
#include <QProgressBar>
#include <QPushButton>

namespace fieldfare::ui {

namespace {

constexpr int kBrand = 32;

} // namespace

UpdatePage::UpdatePage(QWidget *parent)
    : QWidget(parent), m_result(new MarkedText(StateMark::None)),
      m_about(wrapped(tr("This version keeps records in a new way. They are changed once, which can take some minutes. Nothing is lost, even if you stop it or the power fails."), Type::Body, Ink::Text2)),
      m_stop(new QPushButton(tr("Stop"))), m_quit(new QPushButton(tr("Quit"))), m_goOn(new QPushButton(tr("Go on")))
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *whose = new QHBoxLayout;
    whose->setSpacing(space::k12);
    whose->addWidget(new BrandMark(kBrand), 0, Qt::AlignVCenter);
    whose->addWidget(wrapped(tr("Bringing your records up to this version"), Type::Heading, Ink::Text), 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::k24, space::k24, space::k24, space::k24);
    column->setSpacing(space::k8);
    column->addLayout(whose);
    column->addSpacing(space::k8);
    m_progress = addProgress(column, tr("Changing records"), tr("Progress"));
    column->addWidget(m_result);
    column->addWidget(m_about);
    column->addStretch(1);
    setButtonKind(m_goOn, ButtonKind::Primary);
    addButtonRow(column, {m_stop, m_quit, m_goOn});
    setMinimumSize(400, 320);
    pressByEnter(*this);
    closeByQuitKey(*this);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        m_stop->setEnabled(false); // it ends within a moment
        Q_EMIT stopRequested();
    });
    connect(m_quit, &QPushButton::clicked, this, &UpdatePage::quitRequested);
    connect(m_goOn, &QPushButton::clicked, this, [this] {
        setRunning(true);
        Q_EMIT goOnRequested();
    });
    setRunning(true);
    m_progress.show(0);
}

void UpdatePage::setRunning(bool running)
{
    m_isRunning = running;
    m_result->setVisible(!running);
    m_about->setVisible(running);
    m_progress.bar->setVisible(running);
    m_progress.title->setVisible(running);
    m_progress.percent->setVisible(running);
    m_stop->setVisible(running);
    m_stop->setEnabled(running);
    m_quit->setVisible(!running);
    m_goOn->setVisible(!running);
    (running ? m_stop : m_goOn)->setFocus();
}

void UpdatePage::setPercent(int percent)
{
    m_progress.show(percent);
}

void UpdatePage::setFailed(const base::Error &error)
{
    const bool isStopped = error.code == base::ErrorCode::Cancelled;
    m_result->setMark(isStopped ? StateMark::None : StateMark::NotAccepted);
    m_result->setText(base::errorWords(error, base::Occasion::Updating).joined());
    m_goOn->setText(isStopped ? tr("Go on") : tr("Try again"));
    setRunning(false);
}

} // namespace fieldfare::ui
