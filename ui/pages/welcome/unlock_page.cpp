// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/welcome/unlock_page.h"

#include "core/base/error_words.h"
#include "core/storage/passphrase.h"
#include "ui/pages/welcome/step_layout.h"
#include "ui/widgets/controls/badges.h"
#include "ui/widgets/controls/brand_mark.h"
#include "ui/widgets/controls/password_edit.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/metrics.h"

#include <QBoxLayout>
#include <QPushButton>

namespace fieldfare::ui {

namespace {

constexpr int kBrand = 32;

} // namespace

UnlockPage::UnlockPage(const QString &userName, const QString &profile, const storage::TryLimit &limit, QWidget *parent)
    : QWidget(parent), m_limit(limit)
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *title = new TextLabel(userName.isEmpty() ? tr("Fieldfare is locked") : userName, Type::Heading);
    auto *place = new TextLabel(profile, Type::Small, Ink::Text2);
    place->setElided(true);
    m_note = wrapped(QString(), Type::Body, Ink::Text);
    m_note->hide();
    m_passphrase = new PasswordEdit;
    m_message = wrapped(QString(), Type::Small, Ink::Error);
    m_about = wrapped(tr("The file is encrypted with AES-256. Without the passphrase nobody can read it, neither can we."), Type::Small, Ink::Text2);
    m_command = wrapped(QString(), Type::Small, Ink::Text);
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_command->hide();
    auto *forgot = new QPushButton(tr("Forgot the passphrase?"));
    forgot->setObjectName(QStringLiteral("forgot"));
    auto *quit = new QPushButton(tr("Quit"));
    m_unlock = new QPushButton(tr("Unlock"));
    setButtonKind(m_unlock, ButtonKind::Primary);
    m_unlock->setDefault(true);
    auto *whose = new QHBoxLayout;
    whose->setSpacing(space::k12);
    auto *names = new QVBoxLayout;
    names->setSpacing(0);
    names->addWidget(title);
    names->addWidget(place);
    whose->addWidget(new BrandMark(kBrand), 0, Qt::AlignVCenter);
    whose->addLayout(names, 1);
    m_problem = new QWidget;
    auto *problem = new QHBoxLayout(m_problem);
    problem->setContentsMargins(0, space::k4, 0, 0);
    problem->setSpacing(space::k4);
    problem->addWidget(new MarkLabel(StateMark::NotAccepted, QString(), true), 0, Qt::AlignTop);
    problem->addWidget(m_message, 1);
    m_problem->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::k24, space::k24, space::k24, space::k24);
    column->setSpacing(space::k4);
    column->addLayout(whose);
    column->addSpacing(space::k16);
    column->addWidget(m_note);
    column->addWidget(withLabel(tr("Passphrase of this computer"), m_passphrase));
    column->addWidget(m_problem);
    column->addSpacing(space::k12);
    column->addWidget(m_about);
    column->addWidget(m_command);
    column->addStretch(1);
    addButtonRow(column, {forgot, quit, m_unlock});
    setMinimumSize(400, 320);
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, &UnlockPage::showWait);
    connect(m_unlock, &QPushButton::clicked, this, &UnlockPage::ask);
    connect(m_passphrase, &QLineEdit::returnPressed, this, &UnlockPage::ask);
    connect(quit, &QPushButton::clicked, this, &UnlockPage::quitRequested);
    connect(forgot, &QPushButton::clicked, this, &UnlockPage::showRecovery);
    closeByQuitKey(*this);
    setFocusProxy(m_passphrase);
    if (m_limit.secondsToWait() > 0) { // from before: this program was started again, or another one was tried
        m_problem->show();
        m_second.start();
        showWait();
    }
}

void UnlockPage::ask()
{
    if (m_passphrase->text().isEmpty() || m_limit.secondsToWait() > 0 || !m_unlock->isEnabled())
        return;
    m_unlock->setEnabled(false);
    m_unlock->setText(tr("Unlocking…"));
    Q_EMIT unlockRequested(std::make_shared<const base::Secret>(storage::passphraseBytes(m_passphrase->text())));
}

void UnlockPage::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setContentsMargins(0, 0, 0, space::k8);
    m_note->setVisible(!note.isEmpty());
}

void UnlockPage::setRecovery(const QString &command)
{
    m_recovery = command;
}

void UnlockPage::showRecovery()
{
    m_about->setText(m_recovery.isEmpty()
                         ? tr("This profile is not sealed to a company's recovery key: without its passphrase nobody can open it. If it has a server, what was synced is there; "
                              "a backup opens with the passphrase of its day.")
                         : tr("Two administrators of your company can let you choose a new one. Nothing is lost, not even what was never sent. Send them the file that "
                              "this command makes; it also says how to go on:"));
    m_command->setText(m_recovery);
    m_command->setVisible(!m_recovery.isEmpty());
}

void UnlockPage::setFailed(const base::Error &error)
{
    m_unlock->setEnabled(true);
    m_unlock->setText(tr("Unlock"));
    m_problem->show();
    if (error.code != base::ErrorCode::WrongPassphrase && error.code != base::ErrorCode::TooManyAttempts) {
        m_message->setText(base::errorWords(error).joined());
        return;
    }
    setFieldState(m_passphrase, FieldState::Error);
    m_passphrase->selectAll();
    m_passphrase->setFocus();
    if (m_limit.secondsToWait() > 0) {
        m_second.start();
        showWait();
        return;
    }
    m_message->setText(tr("That is not the passphrase. %n tries left, then a wait of %1 min. Your data is not touched.", nullptr, m_limit.triesLeft())
                           .arg(m_limit.nextWaitMinutes()));
}

void UnlockPage::showWait()
{
    const int seconds = m_limit.secondsToWait();
    m_unlock->setEnabled(seconds == 0);
    if (seconds > 0) {
        m_message->setText(tr("That is not the passphrase. The next try is possible in %n s. Your data is not touched.", nullptr, seconds));
        return;
    }
    m_second.stop();
    m_message->setText(tr("You can try again now. Your data is not touched."));
}

} // namespace fieldfare::ui
