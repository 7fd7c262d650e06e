// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/welcome/welcome_page.h"

#include "core/base/error_words.h"
#include "core/storage/passphrase.h"
#include "ui/pages/welcome/choice_card.h"
#include "ui/widgets/controls/brand_mark.h"
#include "ui/widgets/controls/password_edit.h"
#include "ui/widgets/controls/strength_bar.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/metrics.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QComboBox>
#include <QLocale>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QStackedWidget>

namespace fieldfare::ui {

using store::JoinRequest;

namespace {

constexpr int kSideWidth = 208;
constexpr int kBrand = 32;

QWidget *withLabel(const QString &text, QWidget *field)
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::k4);
    auto *label = new TextLabel(text, Type::Small, Ink::Text2);
    label->setBuddy(field);
    field->setAccessibleName(text);
    column->addWidget(label);
    column->addWidget(field);
    return box;
}

TextLabel *wrapped(const QString &text, Type type, Ink ink)
{
    auto *label = new TextLabel(text, type, ink);
    label->setWordWrap(true);
    return label;
}

QVBoxLayout *pageColumn(QWidget *page)
{
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(space::k24, space::k24, space::k24, space::k24);
    column->setSpacing(space::k8);
    return column;
}

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
    setMinimumSize(700, 600);
    connect(&m_joining, &store::Joining::probed, this, &WelcomePage::onProbed);
    connect(&m_joining, &store::Joining::probeFailed, this, &WelcomePage::onFailed);
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

void WelcomePage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &tokens = Tokens::of(this);
    painter.fillRect(QRect(0, 0, m_side->width(), height()), tokens.window);
    painter.fillRect(QRect(m_side->width() - 1, 0, 1, height()), tokens.line);
}

QWidget *WelcomePage::makeSide(const QString &language)
{
    auto *side = new QWidget;
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(space::k16, space::k24, space::k16, space::k16);
    column->addWidget(new BrandMark(kBrand));
    column->addSpacing(space::k4);
    column->addWidget(new TextLabel(QStringLiteral("Fieldfare"), Type::RecordTitle));
    column->addWidget(wrapped(tr("Customers, deals and tickets, with or without a network."), Type::Small, Ink::Text2));
    column->addSpacing(space::k16);
    for (const QString &text : {tr("Where to work"), tr("Protect this computer"), tr("First download")}) {
        auto *mark = new QRadioButton(text);
        mark->setAutoExclusive(false);
        mark->setAttribute(Qt::WA_TransparentForMouseEvents);
        mark->setFocusPolicy(Qt::NoFocus);
        m_marks.append(mark);
        column->addWidget(mark);
    }
    column->addStretch(1);
    auto *languages = new QComboBox;
    languages->addItem(tr("As the system"), QString());
    languages->addItem(QStringLiteral("English"), QStringLiteral("en"));
    languages->addItem(QStringLiteral("简体中文"), QStringLiteral("zh_CN"));
    languages->setCurrentIndex(std::max(0, languages->findData(language)));
    connect(languages, &QComboBox::activated, this, [this, languages] { Q_EMIT languageChosen(languages->currentData().toString()); });
    m_languages = withLabel(tr("Language"), languages);
    column->addWidget(m_languages);
    int widest = 0; // with large text the steps need more than the picture's 208
    for (const QRadioButton *mark : std::as_const(m_marks))
        widest = std::max(widest, mark->sizeHint().width());
    side->setFixedWidth(std::max(kSideWidth, widest + 2 * space::k16));
    m_side = side;
    return side;
}

QWidget *WelcomePage::makeWhere()
{
    auto *page = new QWidget;
    auto *column = pageColumn(page);
    column->addWidget(new TextLabel(tr("Where do you want to work?"), Type::RecordTitle));
    auto *kinds = new QButtonGroup(this);
    const auto card = [&](const char *iconName, const QString &title, const QString &line) {
        auto *made = new ChoiceCard(QString::fromLatin1(iconName), title, line);
        kinds->addButton(made->radio());
        column->addWidget(made);
        connect(made->radio(), &QRadioButton::toggled, this, &WelcomePage::showKind);
        return made;
    };
    ChoiceCard *server = card("cloud", tr("Connect to your company's server"), tr("Downloads the records you may see. After that everything works without a network."));
    m_server = server->radio();
    m_address = new QLineEdit;
    m_address->setPlaceholderText(QStringLiteral("crm.example.com"));
    m_found = wrapped(QString(), Type::Small, Ink::Ok);
    m_fingerprint = wrapped(QString(), Type::Small, Ink::Text2);
    m_fingerprint->setTextInteractionFlags(Qt::TextSelectableByMouse);
    server->body()->addWidget(withLabel(tr("Server address"), m_address));
    server->body()->addWidget(m_found);
    server->body()->addWidget(m_fingerprint);
    m_userName = new QLineEdit;
    m_password = new PasswordEdit;
    auto *names = new QHBoxLayout;
    names->setSpacing(space::k12);
    names->addWidget(withLabel(tr("Name"), m_userName));
    names->addWidget(withLabel(tr("Password"), m_password));
    server->body()->addLayout(names);
    ChoiceCard *alone = card("device", tr("Work alone on this computer"), tr("No server and no account. You can connect later; nothing is lost."));
    m_alone = alone->radio();
    m_fullName = new QLineEdit;
    alone->body()->addWidget(withLabel(tr("Your name"), m_fullName));
    m_sample = card("inbox", tr("Look round with sample data"), tr("Made-up companies, deals and tickets. Kept apart from your own data."))->radio();
    m_whereProblem = wrapped(QString(), Type::Body, Ink::Error);
    column->addWidget(m_whereProblem);
    column->addStretch(1);
    m_next = new QPushButton;
    setButtonKind(m_next, ButtonKind::Primary);
    m_next->setDefault(true);
    column->addWidget(m_next, 0, Qt::AlignRight);
    m_server->setChecked(true);
    connect(m_next, &QPushButton::clicked, this, &WelcomePage::goOn);
    connect(m_address, &QLineEdit::editingFinished, this, &WelcomePage::probe);
    connect(m_address, &QLineEdit::textEdited, this, [this] {
        m_isProbed = false;
        showKind();
    });
    for (QLineEdit *edit : {m_address, m_userName, static_cast<QLineEdit *>(m_password), m_fullName}) {
        connect(edit, &QLineEdit::textChanged, this, &WelcomePage::showKind);
        connect(edit, &QLineEdit::returnPressed, this, &WelcomePage::goOn);
    }
    return page;
}

QWidget *WelcomePage::makePassphrase()
{
    auto *page = new QWidget;
    auto *column = pageColumn(page);
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
    m_passphraseProblem = wrapped(QString(), Type::Small, Ink::Error);
    column->addWidget(m_passphraseProblem);
    column->addStretch(1);
    auto *back = new QPushButton(tr("Back"));
    m_protect = new QPushButton(tr("Encrypt and go on"));
    setButtonKind(m_protect, ButtonKind::Primary);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(back);
    buttons->addWidget(m_protect);
    column->addLayout(buttons);
    connect(back, &QPushButton::clicked, this, [this] {
        m_joining.cancel();
        m_isBusy = false;
        showStep(Step::Where);
    });
    connect(m_protect, &QPushButton::clicked, this, &WelcomePage::begin);
    for (PasswordEdit *edit : {m_passphrase, m_again}) {
        connect(edit, &QLineEdit::textChanged, this, &WelcomePage::showStrength);
        connect(edit, &QLineEdit::returnPressed, this, &WelcomePage::begin);
    }
    return page;
}

QWidget *WelcomePage::makeDownload()
{
    auto *page = new QWidget;
    auto *column = pageColumn(page);
    auto *head = new QHBoxLayout;
    head->addWidget(new TextLabel(tr("Getting your records"), Type::RecordTitle), 1);
    m_percent = new TextLabel(QString(), Type::RecordTitle);
    head->addWidget(m_percent);
    column->addLayout(head);
    column->addWidget(wrapped(tr("You can start now. The list fills while you work."), Type::Small, Ink::Text2));
    m_bar = new QProgressBar;
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("First download"));
    column->addWidget(m_bar);
    m_parts = new QVBoxLayout;
    column->addLayout(m_parts);
    m_left = wrapped(tr("Close the lid or lose the network: it goes on from here, not from the start."), Type::Small, Ink::Text2);
    column->addWidget(m_left);
    column->addStretch(1);
    m_pause = new QPushButton(tr("Pause"));
    m_start = new QPushButton(tr("Start working"));
    setButtonKind(m_start, ButtonKind::Primary);
    m_start->setEnabled(false);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_pause);
    buttons->addWidget(m_start);
    column->addLayout(buttons);
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
    m_steps->setCurrentIndex(int(step));
    m_languages->setVisible(step == Step::Where); // what was typed since would be lost
    for (int i = 0; i < m_marks.size(); ++i)
        m_marks[i]->setChecked(i == int(step));
    if (step == Step::Passphrase) {
        m_passphrase->setFocus();
        showStrength();
    }
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
    m_found->setVisible(m_isProbed);
    m_fingerprint->setVisible(m_isProbed);
    bool complete = true;
    if (kind() == JoinRequest::Kind::Server)
        complete = !m_address->text().trimmed().isEmpty() && !m_userName->text().trimmed().isEmpty() && !m_password->text().isEmpty();
    else if (kind() == JoinRequest::Kind::Alone)
        complete = !m_fullName->text().trimmed().isEmpty();
    m_next->setText(kind() == JoinRequest::Kind::Server ? tr("Connect") : kind() == JoinRequest::Kind::Alone ? tr("Go on") : tr("Look round"));
    m_next->setEnabled(complete && !m_isBusy);
    m_whereProblem->setVisible(!m_whereProblem->text().isEmpty());
}

void WelcomePage::probe()
{
    const QString address = m_address->text().trimmed();
    if (address.isEmpty() || m_isProbed)
        return;
    m_whereProblem->clear();
    m_joining.probe(address);
}

void WelcomePage::onProbed(const store::ServerProbe &probe)
{
    m_probe = probe;
    m_isProbed = true;
    m_whereProblem->clear();
    m_found->setInk(probe.isTrusted ? Ink::Ok : Ink::Pending);
    m_found->setText(probe.isTrusted
                         ? tr("Fieldfare server, %1, certificate valid").arg(probe.protocol)
                         : tr("Fieldfare server, %1. Its certificate is the company's own: compare the fingerprint with the one your "
                              "administrator gave you.")
                               .arg(probe.protocol));
    m_fingerprint->setText(tr("Fingerprint %1").arg(probe.fingerprint));
    showKind();
}

void WelcomePage::goOn()
{
    if (!m_next->isEnabled())
        return;
    if (kind() == JoinRequest::Kind::Server && !m_isProbed) {
        probe(); // the fingerprint must have been seen before a password is sent
        return;
    }
    if (kind() == JoinRequest::Kind::Sample) {
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
        request.server = m_probe;
        request.userName = m_userName->text().trimmed();
        request.password = std::make_shared<const base::Secret>(storage::passphraseBytes(m_password->text()));
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
    const QString words = base::errorWords(error).joined();
    if (m_isReady) {
        m_left->setText(words);
        return;
    }
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
    m_percent->setText(tr("%1 %").arg(progress.percent));
    m_bar->setRange(0, 100);
    m_bar->setValue(progress.percent);
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
        auto *line = new QWidget;
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(0, space::k2, 0, space::k2);
        auto *name = new TextLabel(part.name, Type::Body, running ? Ink::Text : Ink::Text2);
        name->setStrong(running);
        row->addWidget(name, 1);
        const QString done = locale.toString(part.done);
        row->addWidget(new TextLabel(part.total > 0 ? tr("%1 of %2").arg(done, locale.toString(part.total)) : done, Type::Body, Ink::Text2));
        auto *state = new TextLabel(standing, Type::Body, Ink::Text2);
        state->setMinimumWidth(110);
        state->setAlignment(Qt::AlignRight);
        row->addWidget(state);
        m_parts->addWidget(line);
    }
    QString left = tr("Close the lid or lose the network: it goes on from here, not from the start.");
    if (progress.secondsLeft > 0)
        left += QLatin1Char(' ') + tr("About %n second(s) left.", nullptr, progress.secondsLeft);
    m_left->setText(left);
}

} // namespace fieldfare::ui
