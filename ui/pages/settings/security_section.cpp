// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/security_section.h"

#include "core/base/error_words.h"
#include "core/storage/passphrase.h"
#include "ui/pages/settings/data_key_section.h"
#include "ui/widgets/controls/marked_text.h"
#include "ui/widgets/controls/password_edit.h"
#include "ui/widgets/controls/section_header.h"
#include "ui/widgets/controls/setting_row.h"
#include "ui/widgets/controls/strength_bar.h"
#include "ui/widgets/theme/metrics.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QPointer>
#include <QPushButton>

namespace fieldfare::ui {

namespace {

constexpr int kFieldMinimum = 160;
constexpr int kFieldMaximum = 360;

void setFieldWidth(QWidget &field)
{
    field.setMinimumWidth(kFieldMinimum);
    field.setMaximumWidth(kFieldMaximum);
    field.setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

} // namespace

SecuritySection::SecuritySection(store::ProfileSecurity &security, Preferences &preferences, QWidget *parent)
    : QWidget(parent), m_security(security), m_preferences(preferences), m_keychain(new QCheckBox(tr("Open the profile without the passphrase"))),
      m_keychainRow(new SettingRow(tr("Keychain of this computer"), m_keychain, QStringLiteral("-"))), m_keychainResult(new MarkedText(StateMark::NotAccepted)), m_old(new PasswordEdit), m_new(new PasswordEdit),
      m_again(new PasswordEdit), m_strength(new StrengthBar), m_change(new QPushButton(tr("Change passphrase"))),
      m_changeRow(new SettingRow(QString(), m_change)), m_result(new MarkedText(StateMark::None))
{
    for (PasswordEdit *edit : {m_old, m_new, m_again}) {
        setFieldWidth(*edit);
        connect(edit, &QLineEdit::textChanged, this, &SecuritySection::showStrength);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new SectionHeader(tr("Locking")));
    column->addWidget(makeLockRow());
    m_keychainRow->setLast(true);
    m_keychainResult->hide();
    column->addWidget(m_keychainRow);
    column->addWidget(m_keychainResult);
    column->addSpacing(space::k16);
    column->addWidget(new SectionHeader(tr("Passphrase")));
    column->addWidget(new SettingRow(tr("Current passphrase"), m_old));
    column->addWidget(new SettingRow(tr("New passphrase"), makeChosen(), tr("It has to take years to guess.")));
    column->addWidget(new SettingRow(tr("Repeat it"), m_again));
    m_changeRow->setLast(true);
    column->addWidget(m_changeRow);
    column->addWidget(m_result);
    column->addSpacing(space::k16);
    column->addWidget(new DataKeySection(m_security));
    connect(m_change, &QPushButton::clicked, this, &SecuritySection::changePassphrase);
    connect(m_keychain, &QCheckBox::clicked, this, &SecuritySection::setKeychain);
    connect(&m_security, &store::ProfileSecurity::changed, this, &SecuritySection::showKeychain);
    showKeychain();
    showStrength();
}

void SecuritySection::showKeychain()
{
    const store::ProfileSecurity::State state = m_security.state();
    m_keychain->setChecked(state.unlocksByKeychain);
    m_keychain->setEnabled(state.hasKeychain || state.unlocksByKeychain);
    m_keychainRow->setHint(state.hasKeychain
                               ? tr("At the start of Fieldfare, whoever is signed in to this computer has the records. After a lock the passphrase is asked for.\n"
                                    "A new passphrase or data key turns it off.")
                               : tr("No keychain is running on this computer."));
}

void SecuritySection::setKeychain(bool isOn)
{
    m_keychain->setEnabled(false);
    m_keychainResult->hide();
    m_security.setUnlockByKeychain(isOn, [section = QPointer<SecuritySection>(this), isOn](const base::Result<void> &done) {
        if (section.isNull())
            return;
        section->showKeychain();
        if (done.ok())
            return;
        section->m_keychainResult->setText(isOn ? tr("The keychain did not take it. The passphrase opens the profile as before.") : base::errorWords(done.error()).joined());
        section->m_keychainResult->show();
    });
}

QWidget *SecuritySection::makeLockRow()
{
    auto *after = new QComboBox;
    after->addItem(tr("Never"), 0);
    for (const int minutes : {5, 15, 30, 60})
        after->addItem(tr("After %n min", nullptr, minutes), minutes);
    after->setCurrentIndex(std::max(0, after->findData(m_preferences.lockAfterMinutes())));
    connect(after, &QComboBox::activated, this, [this, after] { m_preferences.setLockAfterMinutes(after->currentData().toInt()); });
    QStringList hint;
    if (m_security.state().locksWithSession)
        hint.append(tr("Fieldfare also locks when this computer is locked or goes to sleep."));
    hint.append(tr("What is typed and not saved waits in the encrypted file."));
    return new SettingRow(tr("Lock when nobody works here"), after, hint.join(QLatin1Char('\n')));
}

/// The bar belongs to the field above it, and is as wide.
QWidget *SecuritySection::makeChosen()
{
    auto *chosen = new QWidget;
    setFieldWidth(*chosen);
    auto *under = new QVBoxLayout(chosen);
    under->setContentsMargins(0, 0, 0, 0);
    under->setSpacing(space::k6);
    under->addWidget(m_new);
    under->addWidget(m_strength);
    m_new->setAccessibleName(tr("New passphrase"));
    return chosen;
}

void SecuritySection::showStrength()
{
    const storage::PassphraseStrength strength = storage::passphraseStrength(m_new->text());
    QString words;
    if (!m_new->text().isEmpty())
        words = strength.isSufficient() ? tr("Strong enough") : tr("Too easy to guess");
    m_strength->setVisible(!m_new->text().isEmpty());
    m_strength->setStrength(double(strength.score) / 4.0, strength.isSufficient(), words);
    QString why;
    if (m_old->text().isEmpty())
        why = tr("Type the current passphrase first.");
    else if (!strength.isSufficient())
        why = tr("Choose a new passphrase that is strong enough.");
    else if (m_again->text().isEmpty())
        why = tr("Repeat the new passphrase.");
    else if (m_again->text() != m_new->text())
        why = tr("The two are not the same.");
    const QString note = tr("The records are not encrypted anew; only the key to them is.");
    m_changeRow->setHint(why.isEmpty() ? note : why + QLatin1Char('\n') + note);
    m_change->setEnabled(why.isEmpty());
}

void SecuritySection::changePassphrase()
{
    m_change->setEnabled(false);
    m_result->setMark(StateMark::None);
    m_result->setText(tr("Changing…"));
    const auto before = std::make_shared<const base::Secret>(storage::passphraseBytes(m_old->text()));
    const auto after = std::make_shared<const base::Secret>(storage::passphraseBytes(m_new->text()));
    m_security.changePassphrase(before, after, [section = QPointer<SecuritySection>(this)](const base::Result<void> &changed) {
        if (section.isNull())
            return;
        section->m_result->setMark(changed.ok() ? StateMark::Synced : StateMark::NotAccepted);
        const bool isTooMany = !changed.ok() && changed.error().code == base::ErrorCode::TooManyAttempts;
        section->m_result->setText(isTooMany ? tr("Too many wrong passphrases. The next try is possible in %n s.", nullptr, changed.error().arguments.value(0).toInt())
                                   : changed.ok() ? tr("The passphrase is changed. Backups of the key file still open with the old one.")
                                                : base::errorWords(changed.error()).joined());
        if (changed.ok()) {
            for (PasswordEdit *edit : {section->m_old, section->m_new, section->m_again})
                edit->clear();
        }
        section->showStrength();
    });
}

} // namespace fieldfare::ui
