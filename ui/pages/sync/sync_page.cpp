// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sync/sync_page.h"

#include "core/base/error_words.h"
#include "ui/widgets/controls/banner.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/controls/zone_header.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/metrics.h"

#include <QBoxLayout>
#include <QProgressBar>
#include <QPushButton>

namespace fieldfare::ui {

using Link = store::LinkState::Link;

namespace {

constexpr int kLabelWidth = 160;
constexpr int kMinuteMs = 60'000;

} // namespace

SyncPage::SyncPage(const PageContext &context, QWidget *parent) : Page(parent), m_context(context)
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_header = new ZoneHeader(tr("Sync"));
    m_pause = new QPushButton;
    m_now = new QPushButton(tr("Sync now"));
    setButtonKind(m_now, ButtonKind::Primary);
    setShownShortcut(m_now, QKeySequence(Qt::Key_F5));
    m_header->addTrailing(m_pause);
    m_header->addTrailing(m_now);
    m_banner = new Banner(Banner::Kind::Info);
    m_progress = new QProgressBar;
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress"));
    m_toReview = new QPushButton(tr("Review"));
    m_toTray = new QPushButton(tr("Look"));
    auto *body = new QVBoxLayout;
    body->setContentsMargins(space::k16, space::k16, space::k16, space::k16);
    body->setSpacing(space::k12);
    body->addWidget(m_progress);
    m_join = new QPushButton(tr("Connect to a server…"));
    m_server = addLine(body, tr("Server"), m_join);
    m_contact = addLine(body, tr("Last contact"), nullptr);
    m_waiting = addLine(body, tr("Waiting to be sent"), nullptr);
    m_review = addLine(body, tr("To review"), m_toReview);
    m_refused = addLine(body, tr("Not accepted"), m_toTray);
    body->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_banner);
    column->addLayout(body, 1);
    connect(m_now, &QPushButton::clicked, this, [this] { m_context.sync.syncNow(); });
    connect(m_pause, &QPushButton::clicked, this, [this] { m_context.sync.setPaused(m_context.sync.state().link != Link::Paused); });
    connect(m_toReview, &QPushButton::clicked, this, [this] { m_context.actions.openPage(QStringLiteral("review")); });
    connect(m_join, &QPushButton::clicked, this, [this] { m_context.actions.openPage(QStringLiteral("connect")); });
    connect(m_toTray, &QPushButton::clicked, this, [this] { m_context.actions.openPage(QStringLiteral("tray")); });
    connect(&m_context.sync, &store::SyncStatus::changed, this, &SyncPage::showState);
    connect(&m_context.database, &store::DatabaseThread::stateChanged, this, &SyncPage::readCounts);
    m_minute.setInterval(kMinuteMs); // "2 min ago" grows older
    connect(&m_minute, &QTimer::timeout, this, [this] {
        if (isVisible())
            showState();
    });
    m_minute.start();
    showState();
}

TextLabel *SyncPage::addLine(QVBoxLayout *column, const QString &label, QPushButton *way)
{
    auto *row = new QHBoxLayout;
    auto *name = new TextLabel(label, Type::Body, Ink::Text2);
    name->setFixedWidth(kLabelWidth);
    auto *value = new TextLabel(QString());
    value->setAccessibleName(label);
    row->addWidget(name);
    if (way != nullptr) {
        // What can be done about it stands beside it, not at the other end of the window.
        value->setElided(true);
        setSmall(way);
        row->setSpacing(space::k12);
        row->addWidget(value);
        row->addWidget(way);
        row->addStretch(1);
    } else {
        value->setWordWrap(true);
        row->addWidget(value, 1);
    }
    column->addLayout(row);
    return value;
}

void SyncPage::activated()
{
    showState();
    readCounts();
    (m_now->isVisibleTo(this) ? m_now : m_join)->setFocus();
}

void SyncPage::readCounts()
{
    m_context.database.write<store::StateCounts>([](store::Store &store) { return store.counts(); }, this, [this](base::Result<store::StateCounts> result) {
        if (result.ok())
            m_counts = *result;
        showState();
    });
}

QString SyncPage::words(const store::LinkState &state, const DisplayText &texts)
{
    switch (state.link) {
    case Link::StandAlone:
        return tr("Works alone on this computer");
    case Link::NeverSynced:
        return tr("Not synced yet");
    case Link::Offline:
        return state.offlineSince == 0 ? tr("Offline") : tr("Offline since %1").arg(texts.shortInstant(state.offlineSince));
    case Link::Syncing:
        return state.total > 0 ? tr("Syncing, %1 of %2").arg(texts.number(state.done), texts.number(state.total)) : tr("Syncing");
    case Link::Synced:
        return texts.synced(state.lastSyncedAt);
    case Link::SignInNeeded:
        return state.error.code == base::ErrorCode::AccountDisabled ? tr("Account disabled") : tr("Sign in again to send");
    case Link::Paused:
        return tr("Paused");
    case Link::Failed:
        return tr("Sync failed; it is tried again");
    }
    return {};
}

/// What became of what waits, where it is not what the person expects of a disabled account. Empty else.
QString SyncPage::handInWords(const store::StateCounts &counts)
{
    switch (counts.handIn) {
    case store::HandInState::Partly:
        return tr("%n change(s) could not be handed in and stay on this computer.", nullptr, int(counts.waiting - counts.handedIn));
    case store::HandInState::OtherHistory:
        return tr("Nothing could be handed in: the server knows another history of this profile. Everything stays on this computer.");
    case store::HandInState::EpochChanged:
        return tr("Nothing could be handed in: the server was restored from a backup. Everything stays on this computer.");
    case store::HandInState::None:
    case store::HandInState::Whole:
        break;
    }
    return {};
}

void SyncPage::showState()
{
    const store::LinkState state = m_context.sync.state();
    const DisplayText &texts = m_context.texts;
    const bool alone = state.link == Link::StandAlone;
    m_header->setNote(state.link == Link::Offline ? QString() : words(state, texts)); // the banner has it
    m_now->setVisible(!alone);
    m_now->setEnabled(state.link != Link::Syncing);
    m_pause->setVisible(!alone);
    m_join->setVisible(alone);
    m_pause->setText(state.link == Link::Paused ? tr("Go on") : tr("Pause"));
    m_progress->setVisible(state.link == Link::Syncing && state.total > 0);
    m_progress->setRange(0, std::max(1, state.total));
    m_progress->setValue(state.done);
    m_server->setText(alone ? tr("none: all records are only on this computer. Make backups.") : state.server);
    m_contact->setText(state.lastSyncedAt == 0 ? tr("never") : texts.shortInstant(state.lastSyncedAt));
    const bool disabled = state.link == Link::SignInNeeded && state.error.code == base::ErrorCode::AccountDisabled;
    QString why;
    if (m_counts.handedIn > 0)
        why = tr(": %n of them handed in for review", nullptr, int(m_counts.handedIn));
    else if (m_counts.waiting > 0 && disabled)
        why = tr(": kept here, as the account is disabled");
    else if (m_counts.waiting > 0)
        why = state.link == Link::Offline ? tr(": sent when the server can be reached") : state.link == Link::Paused ? tr(": sync is paused")
            : state.link == Link::SignInNeeded                                                                       ? tr(": you have to sign in first")
                                                                                                                     : tr(": sent with the next sync");
    m_waiting->setText(tr("%n change(s)", nullptr, int(m_counts.waiting)) + why);
    m_review->setText(tr("%n conflict(s)", nullptr, int(m_counts.toReview)));
    m_refused->setText(tr("%n change(s)", nullptr, int(m_counts.notAccepted)));
    m_toReview->setVisible(m_counts.toReview > 0);
    m_toTray->setVisible(m_counts.notAccepted + m_counts.handedIn > 0);
    const bool offline = state.link == Link::Offline;
    const bool failed = state.link == Link::Failed || state.link == Link::SignInNeeded;
    const bool isOffered = !state.offeredRecoveryKey.isEmpty();
    const bool isAuditBroken = m_counts.auditBrokenAt != 0;
    m_banner->setVisible(offline || failed || isOffered || isAuditBroken);
    if (isAuditBroken && !offline && !failed) {
        m_banner->setKind(Banner::Kind::Error);
        m_banner->setText(tr("The server's audit log was changed at or before entry %1. Only the log is concerned, no record. Tell the administrator.").arg(m_counts.auditBrokenAt));
    } else if (isOffered && !offline && !failed) {
        m_banner->setKind(Banner::Kind::Waiting);
        m_banner->setText(tr("Your company has another recovery key: %1. This profile stays sealed to the former one. Compare the fingerprint with an "
                             "administrator, then accept it with: fieldfare-cli recover accept %1")
                              .arg(state.offeredRecoveryKey)
                              .toHtmlEscaped());
    }
    if (offline) {
        m_banner->setKind(Banner::Kind::Offline);
        const QString sentence = m_counts.waiting == 0
            ? tr("%1. You can work as usual.")
            : tr("%1. You can work as usual; %n change(s) are kept here and sent later.", nullptr, int(m_counts.waiting));
        m_banner->setText(sentence.arg(words(state, texts)));
    } else if (failed) {
        m_banner->setKind(state.link == Link::Failed ? Banner::Kind::Error : Banner::Kind::Waiting);
        const QString handIn = disabled ? handInWords(m_counts) : QString();
        m_banner->setText(base::ErrorWords{base::errorWords(state.error).joined(), handIn, {}}.joined().toHtmlEscaped());
    }
}

} // namespace fieldfare::ui
