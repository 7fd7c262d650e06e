// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/welcome/welcome_page.h"

#include "core/base/error_words.h"
#include "core/storage/passphrase.h"
#include "ui/pages/welcome/choice_card.h"
#include "ui/pages/welcome/server_form.h"
#include "ui/pages/welcome/step_layout.h"
#include "ui/widgets/controls/marked_text.h"
#include "ui/widgets/controls/password_edit.h"
#include "ui/widgets/controls/strength_bar.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/metrics.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QComboBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QRadioButton>
#include <QStackedWidget>

namespace fieldfare::ui {

using store::JoinRequest;

namespace {

constexpr int kEverySteps = 3;
constexpr int kWithoutDownload = 2;

} // namespace

WelcomePage::WelcomePage(store::Joining &joining, const QString &language, QWidget *parent) : QWidget(parent), m_joining(joining)
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_steps = new QStackedWidget;
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makeSide(language));
    row->addWidget(m_steps, 1);
    m_steps->addWidget(makeWhere());
    m_steps->addWidget(makePassphrase());
    m_steps->addWidget(makeDownload());
    pressByEnter(*this);
    closeByQuitKey(*this);
    setMinimumSize(700, 600);
    connect(&m_joining, &store::Joining::probed, this, &WelcomePage::onProbed);
    connect(&m_joining, &store::Joining::probeFailed, this, [this](const base::Error &error) {
        onFailed(error);
        m_whereProblem->setText(m_form->setProbeFailed(error).joined());
    });
    connect(&m_joining, &store::Joining::failed, this, &WelcomePage::onFailed);
    connect(&m_joining, &store::Joining::downloadChanged, this, &WelcomePage::showDownload);
    connect(&m_joining, &store::Joining::ready, this, [this] {
        m_isBusy = false;
        m_isReady = true;
        m_start->setEnabled(true);
        showStep(Step::Download);
    });
    connect(&m_joining, &store::Joining::finished, this, &WelcomePage::startRequested);
    showStep(Step::Where);
    showKind();
}

WelcomePage::Step WelcomePage::step() const
{
    return Step(m_steps->currentIndex());
}

void WelcomePage::chooseAlone(const QString &fullName)
{
    m_alone->setChecked(true);
    m_fullName->setText(fullName);
}

void WelcomePage::chooseServer()
{
    m_server->setChecked(true);
}

QWidget *WelcomePage::makeSide(const QString &language)
{
    m_side = new StepSide({tr("Where to work"), tr("Protect this computer"), tr("First download")},
                          tr("Customers, deals and tickets, with or without a network."));
    auto *languages = new QComboBox;
    languages->addItem(tr("As the system"), QString());
    languages->addItem(QStringLiteral("English"), QStringLiteral("en"));
    languages->addItem(QStringLiteral("简体中文"), QStringLiteral("zh_CN"));
    languages->setCurrentIndex(std::max(0, languages->findData(language)));
    connect(languages, &QComboBox::activated, this, [this, languages] { Q_EMIT languageChosen(languages->currentData().toString()); });
    m_languages = withLabel(tr("Language"), languages);
    m_side->setFoot(m_languages);
    return m_side;
}

QWidget *WelcomePage::makeWhere()
{
    auto *page = new QWidget;
    auto *column = stepColumn(page);
    column->addWidget(new TextLabel(tr("Where do you want to work?"), Type::RecordTitle));
    auto *kinds = new QButtonGroup(this);
    const auto card = [&](const char *iconName, const QString &title, const QString &line) {
        auto *made = new ChoiceCard(QString::fromLatin1(iconName), title, line);
        kinds->addButton(made->radio());
        column->addWidget(made);
        connect(made->radio(), &QRadioButton::toggled, this, [this] {
            if (m_whereProblem != nullptr)
                m_whereProblem->clear(); // it was about another way
            showKind();
        });
        return made;
    };
    ChoiceCard *server = card("cloud", tr("Connect to your company's server"), tr("Downloads the records you may see. After that everything works without a network."));
    m_server = server->radio();
    m_form = new ServerForm;
    server->body()->addWidget(m_form);
    ChoiceCard *alone = card("device", tr("Work alone on this computer"), tr("No server and no account. You can connect later; nothing is lost."));
    m_alone = alone->radio();
    m_fullName = new QLineEdit;
    alone->body()->addWidget(withLabel(tr("Your name"), m_fullName));
    m_sample = card("inbox", tr("Look round with sample data"), tr("Made-up companies, deals and tickets. Kept apart from your own data."))->radio();
    m_whereProblem = new MarkedText(StateMark::NotAccepted);
    column->addWidget(m_whereProblem);
    column->addStretch(1);
    m_next = new QPushButton;
    setButtonKind(m_next, ButtonKind::Primary);
    m_next->setDefault(true);
    addButtonRow(column, {m_next});
    m_server->setChecked(true);
    connect(m_next, &QPushButton::clicked, this, &WelcomePage::goOn);
    connect(m_form, &ServerForm::probeRequested, this, [this](const QString &address) {
        m_whereProblem->clear();
        m_joining.probe(address);
    });
    connect(m_form, &ServerForm::changed, this, &WelcomePage::showKind);
    connect(m_form, &ServerForm::submitted, this, &WelcomePage::goOn);
    connect(m_fullName, &QLineEdit::textChanged, this, &WelcomePage::showKind);
    connect(m_fullName, &QLineEdit::returnPressed, this, &WelcomePage::goOn);
    return page;
}

QWidget *WelcomePage::makePassphrase()
{
    auto *page = new QWidget;
    auto *column = stepColumn(page);
    column->addWidget(new TextLabel(tr("Choose a passphrase for this computer"), Type::RecordTitle));
    column->addWidget(wrapped(tr("All records are encrypted with it before they reach the disk. Nobody can give it back to you: write it down and keep "
                                 "it away from this computer."),
                              Type::Body, Ink::Text2));
    m_passphrase = new PasswordEdit;
    m_strength = new StrengthBar;
    m_again = new PasswordEdit;
    column->addWidget(withLabel(tr("Passphrase"), m_passphrase));
    column->addWidget(m_strength);
    column->addWidget(withLabel(tr("The same again"), m_again));
    m_passphraseProblem = new MarkedText(StateMark::NotAccepted, Type::Small);
    column->addWidget(m_passphraseProblem);
    column->addStretch(1);
    auto *back = new QPushButton(tr("Back"));
    m_protect = new QPushButton(tr("Encrypt and go on"));
    setButtonKind(m_protect, ButtonKind::Primary);
    addButtonRow(column, {back, m_protect});
    connect(back, &QPushButton::clicked, this, [this] {
        m_joining.cancel();
        m_isBusy = false;
        showStep(Step::Where);
    });
    connect(m_protect, &QPushButton::clicked, this, &WelcomePage::begin);
    for (PasswordEdit *edit : {m_passphrase, m_again}) {
        connect(edit, &QLineEdit::textChanged, this, &WelcomePage::showStrength);
        connect(edit, &QLineEdit::returnPressed, this, [this, edit] {
            if (edit == m_passphrase && m_again->text().isEmpty())
                m_again->setFocus();
            else
                begin();
        });
    }
    return page;
}

QWidget *WelcomePage::makeDownload()
{
    auto *page = new QWidget;
    auto *column = stepColumn(page);
    m_progress = addProgress(column, tr("Getting your records"), tr("First download"));
    column->addWidget(wrapped(tr("You can start now. The list fills while you work."), Type::Small, Ink::Text2));
    m_parts = new QGridLayout;
    m_parts->setColumnStretch(0, 1);
    m_parts->setHorizontalSpacing(space::k12);
    m_parts->setVerticalSpacing(space::k4);
    column->addLayout(m_parts);
    m_left = wrapped(tr("Close the lid or lose the network: it goes on from here, not from the start."), Type::Small, Ink::Text2);
    column->addWidget(m_left);
    column->addStretch(1);
    m_pause = new QPushButton(tr("Pause"));
    m_start = new QPushButton(tr("Start working"));
    setButtonKind(m_start, ButtonKind::Primary);
    m_start->setEnabled(false);
    addButtonRow(column, {m_pause, m_start});
    connect(m_pause, &QPushButton::clicked, this, [this] {
        m_isPaused = !m_isPaused;
        m_pause->setText(m_isPaused ? tr("Go on") : tr("Pause"));
        m_joining.setPaused(m_isPaused);
    });
    connect(m_start, &QPushButton::clicked, this, &WelcomePage::startRequested);
    return page;
}

void WelcomePage::showStep(Step step)
{
    if (m_steps->currentIndex() == int(step) && m_isShown)
        return; // news of a download must not take the focus
    m_isShown = true;
    m_steps->setCurrentIndex(int(step));
    m_languages->setVisible(step == Step::Where); // what was typed since would be lost
    m_side->setStep(int(step));
    focusStep();
    if (step == Step::Passphrase)
        showStrength();
}

/// Where a person would start to type.
void WelcomePage::focusStep()
{
    switch (step()) {
    case Step::Where:
        if (kind() == JoinRequest::Kind::Server)
            m_form->focusNext();
        else if (kind() == JoinRequest::Kind::Alone)
            m_fullName->setFocus();
        return;
    case Step::Passphrase:
        m_passphrase->setFocus();
        return;
    case Step::Download:
        (m_start->isEnabled() ? m_start : m_pause)->setFocus();
        return;
    }
}

/// Enter goes on from wherever the focus is; fields and buttons have their own.
void WelcomePage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (step() == Step::Where)
        m_next->isEnabled() ? goOn() : focusStep();
    else if (step() == Step::Passphrase)
        begin();
    else
        m_start->click();
}

JoinRequest::Kind WelcomePage::kind() const
{
    if (m_alone->isChecked())
        return JoinRequest::Kind::Alone;
    return m_sample->isChecked() ? JoinRequest::Kind::Sample : JoinRequest::Kind::Server;
}

void WelcomePage::showKind()
{
    if (m_next == nullptr)
        return;
    bool complete = true;
    if (kind() == JoinRequest::Kind::Server)
        complete = m_form->isComplete();
    else if (kind() == JoinRequest::Kind::Alone)
        complete = !m_fullName->text().trimmed().isEmpty();
    m_next->setText(kind() == JoinRequest::Kind::Server ? tr("Connect") : kind() == JoinRequest::Kind::Alone ? tr("Go on") : tr("Look round"));
    m_next->setEnabled(complete && !m_isBusy);
    m_whereProblem->setVisible(!m_whereProblem->text().isEmpty());
    m_side->setStepCount(kind() == JoinRequest::Kind::Server ? kEverySteps : kind() == JoinRequest::Kind::Alone ? kWithoutDownload : 1);
}

void WelcomePage::onProbed(const store::ServerProbe &probe)
{
    m_whereProblem->clear();
    m_form->setProbed(probe);
    showKind();
}

void WelcomePage::goOn()
{
    if (!m_next->isEnabled())
        return;
    if (kind() == JoinRequest::Kind::Server && !m_form->isProbed()) {
        m_form->askProbe(); // the fingerprint must have been seen before a password is sent
        return;
    }
    // The passphrase was chosen before the server asked for a code.
    const bool hasPassphrase = kind() == JoinRequest::Kind::Server && m_form->asksForCode() && m_protect->isEnabled();
    if (kind() == JoinRequest::Kind::Sample || hasPassphrase) {
        begin();
        return;
    }
    showStep(Step::Passphrase);
}

void WelcomePage::showStrength()
{
    const storage::PassphraseStrength strength = storage::passphraseStrength(m_passphrase->text());
    const QString words[] = {tr("Very weak: guessed at once"), tr("Weak: minutes to guess"), tr("Not enough: days to guess"),
                             tr("Strong: years to guess"), tr("Very strong: centuries to guess")};
    m_strength->setStrength(double(strength.score) / 4.0, strength.isSufficient(), m_passphrase->text().isEmpty() ? QString() : words[strength.score]);
    const bool differs = !m_again->text().isEmpty() && m_again->text() != m_passphrase->text();
    m_passphraseProblem->setText(differs ? tr("The two are not the same.") : QString());
    m_protect->setEnabled(strength.isSufficient() && m_again->text() == m_passphrase->text() && !m_isBusy);
    m_protect->setText(m_isBusy ? tr("Encrypting…") : tr("Encrypt and go on"));
}

void WelcomePage::begin()
{
    if (m_isBusy || (kind() != JoinRequest::Kind::Sample && !m_protect->isEnabled()))
        return;
    m_isBusy = true;
    JoinRequest request;
    request.kind = kind();
    if (request.kind == JoinRequest::Kind::Server) {
        request.server = m_form->probe();
        request.userName = m_form->userName();
        request.password = m_form->password();
        request.code = m_form->code();
    } else if (request.kind == JoinRequest::Kind::Alone) {
        request.userName = m_fullName->text().trimmed();
    }
    if (request.kind != JoinRequest::Kind::Sample)
        request.passphrase = std::make_shared<const base::Secret>(storage::passphraseBytes(m_passphrase->text()));
    showKind();
    showStrength();
    m_joining.begin(request);
}

void WelcomePage::onFailed(const base::Error &error)
{
    m_isBusy = false;
    if (m_isReady) {
        m_left->setText(base::errorWords(error, base::Occasion::Downloading).joined());
        return;
    }
    base::ErrorWords told = base::errorWords(error, base::Occasion::Enrolling);
    told.kept.clear(); // there is nothing yet
    const QString words = told.joined();
    m_form->setSignInFailed(error);
    m_whereProblem->setMark(error.code == base::ErrorCode::SecondFactorNeeded ? StateMark::None : StateMark::NotAccepted);
    m_whereProblem->setText(words);
    showStrength();
    m_passphraseProblem->setText(words);
    // A wrong password is put right where it was typed.
    if (error.code != base::ErrorCode::WeakPassphrase && kind() == JoinRequest::Kind::Server)
        showStep(Step::Where);
    showKind();
}

void WelcomePage::showDownload(const store::DownloadProgress &progress)
{
    showStep(Step::Download);
    const QLocale locale;
    m_progress.show(progress.percent);
    while (QLayoutItem *item = m_parts->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const store::DownloadPart &part : progress.parts) {
        const bool running = part.standing == store::DownloadPart::Standing::Running;
        QString standing = tr("next");
        if (part.standing == store::DownloadPart::Standing::Done)
            standing = tr("done");
        else if (running && progress.perSecond > 0)
            standing = tr("%1 a second").arg(locale.toString(progress.perSecond));
        const int line = m_parts->rowCount();
        auto *name = new TextLabel(part.name, Type::Body, running ? Ink::Text : Ink::Text2);
        name->setStrong(running);
        m_parts->addWidget(name, line, 0);
        const QString done = locale.toString(part.done);
        auto *count = new TextLabel(part.total > 0 ? tr("%1 of %2").arg(done, locale.toString(part.total)) : done, Type::Body, Ink::Text2);
        m_parts->addWidget(count, line, 1, Qt::AlignRight);
        auto *state = new TextLabel(standing, Type::Body, Ink::Text2);
        state->setMinimumWidth(110);
        state->setAlignment(Qt::AlignRight);
        m_parts->addWidget(state, line, 2);
    }
    QString left = tr("Close the lid or lose the network: it goes on from here, not from the start.");
    if (progress.secondsLeft > 0)
        left += QLatin1Char(' ') + tr("About %n second(s) left.", nullptr, progress.secondsLeft);
    m_left->setText(left);
}

} // namespace fieldfare::ui
