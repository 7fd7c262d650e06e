// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/welcome/connect_page.h"

#include "core/base/error_words.h"
#include "ui/pages/welcome/plan_view.h"
#include "ui/pages/welcome/server_form.h"
#include "ui/pages/welcome/step_layout.h"
#include "ui/widgets/controls/link_button.h"
#include "ui/widgets/controls/marked_text.h"
#include "ui/widgets/theme/fieldfare_style.h"

#include <QBoxLayout>
#include <QDir>
#include <QKeyEvent>
#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>

namespace fieldfare::ui {

using domain::AttachProgress;

ConnectPage::ConnectPage(domain::Attaching &attaching, model::CatalogPointer catalog, QWidget *parent)
    : QWidget(parent), m_attaching(attaching),
      m_side(new StepSide({tr("Server"), tr("Download"), tr("What would happen"), tr("Connected")}, tr("From working alone to working together."))),
      m_steps(new QStackedWidget), m_view(new PlanView(std::move(catalog)))
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_side);
    row->addWidget(m_steps, 1);
    m_steps->addWidget(makeServer());
    m_steps->addWidget(makeWork());
    m_steps->addWidget(makeCheck());
    m_steps->addWidget(makeDone());
    pressByEnter(*this);
    closeByQuitKey(*this);
    setMinimumSize(760, 600);
    connect(&m_attaching, &domain::Attaching::standingChanged, this, &ConnectPage::onStanding);
    connect(&m_attaching, &domain::Attaching::probed, this, &ConnectPage::onProbed);
    connect(&m_attaching, &domain::Attaching::probeFailed, this, [this](const base::Error &error) {
        tell(m_serverProblem, m_form->setProbeFailed(error), false);
    });
    connect(&m_attaching, &domain::Attaching::progressed, this, &ConnectPage::onProgress);
    connect(&m_attaching, &domain::Attaching::prepared, this, &ConnectPage::onPrepared);
    connect(&m_attaching, &domain::Attaching::attached, this, &ConnectPage::onAttached);
    connect(&m_attaching, &domain::Attaching::failed, this, &ConnectPage::onFailed);
    showStep(Step::Server);
}

ConnectPage::Step ConnectPage::step() const
{
    return Step(m_steps->currentIndex());
}

QPushButton *ConnectPage::addButtons(QVBoxLayout *column, const QString &other, const QString &primary)
{
    auto *on = new QPushButton(primary);
    setButtonKind(on, ButtonKind::Primary);
    on->setDefault(true);
    connect(on, &QPushButton::clicked, this, &ConnectPage::goOn);
    if (other.isEmpty()) {
        addButtonRow(column, {on});
    } else {
        auto *back = new QPushButton(other);
        connect(back, &QPushButton::clicked, this, &ConnectPage::goBack);
        addButtonRow(column, {back, on});
    }
    return on;
}

QWidget *ConnectPage::makeServer()
{
    auto *page = new QWidget;
    QVBoxLayout *column = stepColumn(page);
    column->addWidget(new TextLabel(tr("Connect to your company's server"), Type::RecordTitle));
    column->addWidget(wrapped(tr("Your records become records of the company. You see what would happen before anything does; until then this profile stays "
                                 "as it is."),
                              Type::Body, Ink::Text2));
    m_earlier = new QWidget;
    auto *earlier = new QVBoxLayout(m_earlier);
    earlier->setContentsMargins(0, space::k8, 0, 0);
    earlier->setSpacing(space::k6);
    m_earlierText = wrapped(QString(), Type::Body, Ink::Text);
    auto *anew = new LinkButton(tr("Forget it and sign in anew"));
    earlier->addWidget(m_earlierText);
    earlier->addWidget(anew, 0, Qt::AlignLeft);
    column->addWidget(m_earlier);
    m_form = new ServerForm;
    column->addWidget(m_form);
    m_serverProblem = new MarkedText(StateMark::NotAccepted);
    column->addWidget(m_serverProblem);
    column->addStretch(1);
    m_connect = addButtons(column, tr("Back to work"), QString());
    connect(anew, &LinkButton::clicked, this, &ConnectPage::beginAnew);
    connect(m_form, &ServerForm::probeRequested, this, [this](const QString &address) {
        m_serverProblem->clear();
        m_attaching.probe(address);
    });
    connect(m_form, &ServerForm::changed, this, &ConnectPage::showServer);
    connect(m_form, &ServerForm::submitted, this, &ConnectPage::goOn);
    return page;
}

QWidget *ConnectPage::makeWork()
{
    auto *page = new QWidget;
    QVBoxLayout *column = stepColumn(page);
    m_progress = addProgress(column, QString(), tr("Progress"));
    m_count = new TextLabel(QString(), Type::Body, Ink::Text2);
    column->addWidget(m_count);
    column->addWidget(wrapped(tr("This profile is as it was. Who stops, or loses the network, goes on from what was downloaded."), Type::Small, Ink::Text2));
    column->addStretch(1);
    m_stop = new QPushButton(tr("Stop"));
    addButtonRow(column, {m_stop});
    connect(m_stop, &QPushButton::clicked, this, &ConnectPage::goBack);
    return page;
}

QWidget *ConnectPage::makeCheck()
{
    auto *page = new QWidget;
    QVBoxLayout *column = stepColumn(page);
    m_checkTitle = wrapped(QString(), Type::RecordTitle, Ink::Text);
    column->addWidget(m_checkTitle);
    column->addWidget(m_view, 1);
    column->addWidget(wrapped(tr("History, undo and the dates of creation stay behind, in a file that keeps the profile as it was. The company's name and "
                                 "currency are the server's."),
                              Type::Small, Ink::Text2));
    m_checkProblem = new MarkedText(StateMark::NotAccepted);
    column->addWidget(m_checkProblem);
    m_attach = addButtons(column, tr("Not now"), tr("Connect this profile"));
    return page;
}

QWidget *ConnectPage::makeDone()
{
    auto *page = new QWidget;
    QVBoxLayout *column = stepColumn(page);
    column->addWidget(new TextLabel(tr("Connected"), Type::RecordTitle));
    m_doneText = wrapped(QString(), Type::Body, Ink::Text);
    column->addWidget(m_doneText);
    m_kept = wrapped(QString(), Type::Small, Ink::Text2);
    m_kept->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_kept);
    column->addStretch(1);
    m_start = addButtons(column, QString(), tr("Start working"));
    return page;
}

void ConnectPage::showStep(Step step)
{
    m_steps->setCurrentIndex(int(step));
    m_side->setStep(int(step));
    switch (step) {
    case Step::Server:
        showServer();
        if (m_form->isVisibleTo(this))
            m_form->focusNext();
        else
            m_connect->setFocus();
        return;
    case Step::Work: m_stop->setFocus(); return;
    case Step::Check: m_attach->setFocus(); return;
    case Step::Done: m_start->setFocus(); return;
    }
}

void ConnectPage::showServer()
{
    const bool offersEarlier = m_standing.hasDownload && !m_isAnew;
    m_earlier->setVisible(offersEarlier);
    m_form->setVisible(!offersEarlier);
    m_earlierText->setText(tr("What was downloaded from %1 as %2 is here; it goes on from there without a password.").arg(m_standing.server, m_standing.userName));
    m_connect->setText(offersEarlier ? tr("Go on") : tr("Connect"));
    m_connect->setEnabled(m_isOpen && (offersEarlier || m_form->isComplete()));
    m_serverProblem->setVisible(!m_serverProblem->text().isEmpty());
}

void ConnectPage::beginAnew()
{
    m_isAnew = true;
    m_serverProblem->clear();
    showStep(Step::Server);
}

/// What the primary button of the step does.
void ConnectPage::goOn()
{
    switch (step()) {
    case Step::Server:
        if (!m_connect->isEnabled())
            return m_form->focusNext();
        m_serverProblem->clear();
        if (m_standing.hasDownload && !m_isAnew) {
            onProgress({AttachProgress::Step::Downloading, 0, 0});
            m_attaching.resume();
        } else if (!m_form->isProbed()) {
            m_form->askProbe(); // the fingerprint must have been seen before a password is sent
        } else {
            onProgress({AttachProgress::Step::SigningIn, 0, 0});
            m_attaching.begin(m_form->userName(), m_form->password(), m_form->code());
        }
        return;
    case Step::Work: return;
    case Step::Check:
        m_isAttaching = true;
        m_checkProblem->clear();
        onProgress({AttachProgress::Step::Comparing, 0, 0});
        m_attaching.attach(m_view->duplicates());
        return;
    case Step::Done: Q_EMIT startRequested(); return;
    }
}

/// What the other button does.
void ConnectPage::goBack()
{
    switch (step()) {
    case Step::Server:
    case Step::Check: Q_EMIT leaveRequested(); return;
    case Step::Work:
        if (m_stop->isEnabled()) {
            m_stop->setEnabled(false);
            m_attaching.stop();
        }
        return;
    case Step::Done: return;
    }
}

void ConnectPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        goOn();
    else if (event->key() == Qt::Key_Escape)
        goBack();
    else
        QWidget::keyPressEvent(event);
}

void ConnectPage::onProbed(const store::ServerProbe &probe)
{
    m_serverProblem->clear();
    m_form->setProbed(probe);
    showServer();
}

void ConnectPage::onStanding(const domain::AttachStanding &standing)
{
    const bool isNew = !m_isOpen || standing != m_standing;
    m_isOpen = true;
    m_standing = standing;
    if (isNew && step() == Step::Server)
        showStep(Step::Server);
}

void ConnectPage::onProgress(const AttachProgress &progress)
{
    if (step() != Step::Work) {
        m_stop->setEnabled(true);
        showStep(Step::Work);
    }
    switch (progress.step) {
    case AttachProgress::Step::SigningIn: m_progress.title->setText(tr("Signing in")); break;
    case AttachProgress::Step::Downloading:
        m_isAnew = false; // from here on this is the download that is kept
        m_progress.title->setText(tr("Getting the server's records"));
        break;
    case AttachProgress::Step::Comparing: m_progress.title->setText(tr("Putting your records beside the server's")); break;
    case AttachProgress::Step::Replacing: m_progress.title->setText(tr("Putting the new profile in its place")); break;
    }
    m_stop->setVisible(progress.step != AttachProgress::Step::Replacing);
    const QLocale locale;
    const bool isKnown = progress.total > 0;
    m_progress.show(isKnown ? int(progress.done * 100 / progress.total) : 0, isKnown);
    m_count->setText(isKnown ? tr("%1 of %2 records").arg(locale.toString(progress.done), locale.toString(progress.total)) : QString());
}

void ConnectPage::onPrepared(const domain::AttachPlan &plan)
{
    m_plan = plan;
    m_checkTitle->setText(plan.company.isEmpty() ? tr("What would happen at %1").arg(plan.server) : tr("What would happen at %1 (%2)").arg(plan.company, plan.server));
    m_checkProblem->clear();
    m_checkProblem->hide();
    m_view->setPlan(plan);
    showStep(Step::Check);
}

void ConnectPage::onAttached(const QString &former)
{
    m_doneText->setText(tr("This profile belongs to %1 now, and you are %2 there. What was taken along is sent with the first sync, which begins at once.")
                            .arg(m_plan.company.isEmpty() ? m_plan.server : m_plan.company, m_plan.userName));
    m_kept->setText(tr("The profile as it was is kept, encrypted with the same passphrase: %1. Delete it when nothing is missing. To go back, quit and give it the name "
                       "fieldfare.db.")
                        .arg(QDir::toNativeSeparators(former)));
    showStep(Step::Done);
}

void ConnectPage::onFailed(const base::Error &error)
{
    const bool isAttaching = std::exchange(m_isAttaching, false);
    MarkedText *problem = isAttaching ? m_checkProblem : m_serverProblem;
    const bool isStopped = error.code == base::ErrorCode::Cancelled;
    const base::ErrorWords words = isStopped ? base::ErrorWords{tr("Stopped."), {}, {}} : base::errorWords(error, base::Occasion::Enrolling);
    m_form->setSignInFailed(error);
    tell(problem, words, isStopped || error.code == base::ErrorCode::SecondFactorNeeded);
    showStep(isAttaching ? Step::Check : Step::Server);
}

void ConnectPage::tell(MarkedText *problem, base::ErrorWords words, bool isCalm)
{
    words.kept = m_standing.hasDownload ? tr("This profile is as it was, and what was downloaded is kept.") : tr("This profile is as it was.");
    problem->setMark(isCalm ? StateMark::None : StateMark::NotAccepted);
    problem->setText(words.joined());
    problem->show();
}

} // namespace fieldfare::ui
