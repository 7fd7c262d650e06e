// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/welcome/server_form.h"

#include "core/storage/passphrase.h"
#include "ui/pages/welcome/step_layout.h"
#include "ui/widgets/controls/marked_text.h"
#include "ui/widgets/controls/password_edit.h"
#include "ui/widgets/controls/text_label.h"

#include <QBoxLayout>
#include <QLineEdit>

namespace fieldfare::ui {

ServerForm::ServerForm(QWidget *parent)
    : QWidget(parent), m_address(new QLineEdit), m_found(new MarkedText(StateMark::Synced, Type::Small)),
      m_fingerprint(wrapped(QString(), Type::Small, Ink::Text2)), m_userName(new QLineEdit), m_password(new PasswordEdit),
      m_code(new QLineEdit), m_codeField(withLabel(tr("Code of the authenticator app, or a recovery code"), m_code))
{
    m_address->setPlaceholderText(QStringLiteral("crm.example.com"));
    m_fingerprint->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::k6);
    column->addWidget(withLabel(tr("Server address"), m_address));
    column->addWidget(m_found);
    column->addWidget(m_fingerprint);
    auto *names = new QHBoxLayout;
    names->setSpacing(space::k12);
    names->addWidget(withLabel(tr("Name"), m_userName));
    names->addWidget(withLabel(tr("Password"), m_password));
    column->addLayout(names);
    m_codeField->hide();
    column->addWidget(m_codeField);
    setFocusProxy(m_address);
    connect(m_address, &QLineEdit::editingFinished, this, &ServerForm::askProbe);
    connect(m_address, &QLineEdit::textEdited, this, [this] {
        m_isProbed = false;
        showProbe();
    });
    for (QLineEdit *edit : {m_address, m_userName})
        connect(edit, &QLineEdit::textEdited, this, [this] { setAsksForCode(false); }); // another account may have no second factor
    for (QLineEdit *edit : {m_address, m_userName, static_cast<QLineEdit *>(m_password), m_code}) {
        connect(edit, &QLineEdit::textChanged, this, &ServerForm::changed);
        connect(edit, &QLineEdit::returnPressed, this, [this] {
            if (isComplete())
                Q_EMIT submitted();
            else
                focusNext();
        });
    }
    showProbe();
}

bool ServerForm::isComplete() const
{
    return !m_address->text().trimmed().isEmpty() && !userName().isEmpty() && !m_password->text().isEmpty() && (!m_asksForCode || !code().isEmpty());
}

QString ServerForm::userName() const
{
    return m_userName->text().trimmed();
}

std::shared_ptr<const base::Secret> ServerForm::password() const
{
    return std::make_shared<const base::Secret>(storage::passphraseBytes(m_password->text()));
}

QString ServerForm::code() const
{
    return m_asksForCode ? m_code->text().trimmed() : QString();
}

void ServerForm::setSignInFailed(const base::Error &error)
{
    if (error.code == base::ErrorCode::SecondFactorNeeded || error.code == base::ErrorCode::SecondFactorWrong)
        setAsksForCode(true);
}

/// Empty each time: no code works twice.
void ServerForm::setAsksForCode(bool asks)
{
    m_asksForCode = asks;
    m_code->clear();
    m_codeField->setVisible(asks);
    Q_EMIT changed();
}

void ServerForm::askProbe()
{
    const QString address = m_address->text().trimmed();
    if (address.isEmpty() || m_isProbed || address == m_asked)
        return;
    m_asked = address;
    Q_EMIT probeRequested(address);
}

void ServerForm::setProbed(const store::ServerProbe &probe)
{
    m_asked.clear();
    if (probe.address != m_address->text().trimmed())
        return; // another was typed meanwhile
    m_probe = probe;
    m_isProbed = true;
    showProbe();
    Q_EMIT changed();
}

base::ErrorWords ServerForm::setProbeFailed(const base::Error &error)
{
    m_asked.clear();
    base::ErrorWords words = base::errorWords(error, base::Occasion::Enrolling);
    if (error.code == base::ErrorCode::InvalidArgument)
        words = {tr("That is no address of a server."), {}, tr("Write it like crm.example.com, with the port behind a colon where it is not 8443.")};
    words.kept.clear();
    return words;
}

void ServerForm::showProbe()
{
    m_found->setVisible(m_isProbed);
    m_fingerprint->setVisible(m_isProbed);
    m_found->setMark(m_probe.isTrusted ? StateMark::Synced : StateMark::Waiting);
    m_found->setText(m_probe.isTrusted
                         ? tr("Fieldfare server, %1, certificate valid").arg(m_probe.protocol)
                         : tr("Fieldfare server, %1. Its certificate is the company's own: compare the fingerprint with the one your "
                              "administrator gave you.")
                               .arg(m_probe.protocol));
    m_fingerprint->setText(tr("Fingerprint %1").arg(m_probe.fingerprint));
}

void ServerForm::focusNext()
{
    for (QLineEdit *edit : {m_address, m_userName}) {
        if (edit->text().trimmed().isEmpty()) {
            edit->setFocus();
            return;
        }
    }
    const bool isCodeNext = m_asksForCode && code().isEmpty() && !m_password->text().isEmpty();
    (isCodeNext ? m_code : m_password)->setFocus();
}

} // namespace fieldfare::ui
