// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/status_line.h"

#include "ui/widgets/controls/status_button.h"
#include "ui/widgets/controls/text_label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QTimer>

namespace fieldfare::ui {

namespace {

constexpr int kRefreshMs = 30'000; // "2 min ago" grows old

} // namespace

StatusLine::StatusLine(const DisplayText &texts, QWidget *parent)
    : QWidget(parent), m_texts(texts), m_linkPart(new StatusButton), m_waiting(new StatusButton), m_review(new StatusButton),
      m_refused(new StatusButton), m_hint(new TextLabel(QString(), Type::Small, Ink::Text2))
{
    setFixedHeight(fitHeight(height::kStatusBar, typeFont(Type::Small)));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 1, space::k12, 0);
    row->setSpacing(0);
    for (StatusButton *part : {m_linkPart, m_waiting, m_review, m_refused})
        row->addWidget(part);
    row->addStretch(1);
    row->addWidget(m_hint);
    connect(m_linkPart, &QAbstractButton::clicked, this, [this] { Q_EMIT pageRequested(QStringLiteral("sync")); });
    connect(m_waiting, &QAbstractButton::clicked, this, [this] { Q_EMIT pageRequested(QStringLiteral("sync")); });
    connect(m_review, &QAbstractButton::clicked, this, [this] { Q_EMIT pageRequested(QStringLiteral("review")); });
    connect(m_refused, &QAbstractButton::clicked, this, [this] { Q_EMIT pageRequested(QStringLiteral("tray")); });
    auto *timer = new QTimer(this);
    timer->setInterval(kRefreshMs);
    connect(timer, &QTimer::timeout, this, &StatusLine::refresh);
    timer->start();
    refresh();
}

void StatusLine::setLink(const store::LinkState &link)
{
    m_link = link;
    refresh();
}

void StatusLine::setCounts(const store::StateCounts &counts)
{
    m_counts = counts;
    refresh();
}

void StatusLine::setHint(const QString &text)
{
    m_hint->setText(text);
}

void StatusLine::refresh()
{
    using Link = store::LinkState::Link;
    const QString ago = m_link.lastSyncedAt > 0 ? m_texts.ago(m_link.lastSyncedAt) : QString();
    switch (m_link.link) {
    case Link::StandAlone:
        m_linkPart->setSymbol(QStringLiteral("device"), tr("On this computer only"));
        break;
    case Link::NeverSynced:
        m_linkPart->setState(StateMark::Offline, tr("Not synced yet"));
        break;
    case Link::Offline: {
        const QString since = m_link.offlineSince > 0 ? tr("Offline for %1").arg(m_texts.ago(m_link.offlineSince)) : tr("Offline");
        m_linkPart->setState(StateMark::Offline, m_link.lastSyncedAt > 0 ? tr("%1, last synced %2").arg(since, m_texts.shortInstant(m_link.lastSyncedAt)) : since);
        break;
    }
    case Link::Syncing:
        m_linkPart->setSymbol(QStringLiteral("sync"), m_link.total > 0 ? tr("Sending %1 of %2").arg(m_texts.number(m_link.done), m_texts.number(m_link.total))
                                                                       : tr("Syncing"));
        break;
    case Link::Synced:
        m_linkPart->setState(StateMark::Synced, m_texts.synced(m_link.lastSyncedAt));
        break;
    case Link::SignInNeeded:
        m_linkPart->setState(StateMark::NotAccepted, m_link.error.code == base::ErrorCode::AccountDisabled ? tr("Account disabled") : tr("Sign in again to send"));
        break;
    case Link::Paused:
        m_linkPart->setSymbol(QStringLiteral("pause"), tr("Paused"));
        break;
    case Link::Failed:
        m_linkPart->setState(StateMark::Offline, ago.isEmpty() ? tr("Cannot sync now") : tr("Cannot sync now, last synced %1 ago").arg(ago));
        break;
    }
    const QString waiting = tr("%1 waiting").arg(m_texts.number(m_counts.waiting));
    m_waiting->setState(StateMark::Waiting, m_counts.handedIn == 0 ? waiting : tr("%1, %2 handed in").arg(waiting, m_texts.number(m_counts.handedIn)));
    m_review->setState(StateMark::Conflict, tr("%1 to review").arg(m_texts.number(m_counts.toReview)));
    m_refused->setState(StateMark::NotAccepted, tr("%1 not accepted").arg(m_texts.number(m_counts.notAccepted)));
    m_waiting->setVisible(m_counts.waiting > 0);
    m_review->setVisible(m_counts.toReview > 0);
    m_refused->setVisible(m_counts.notAccepted > 0);
}

void StatusLine::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), t.window);
    painter.fillRect(QRect(0, 0, width(), 1), t.line);
}

} // namespace fieldfare::ui
