// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/data_key_section.h"

#include "core/base/error_words.h"
#include "core/storage/passphrase.h"
#include "ui/widgets/controls/marked_text.h"
#include "ui/widgets/controls/password_edit.h"
#include "ui/widgets/controls/section_header.h"
#include "ui/widgets/controls/setting_row.h"

#include <QBoxLayout>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>

namespace fieldfare::ui {

namespace {

constexpr int kFieldMinimum = 160;
constexpr int kFieldMaximum = 360;
constexpr int kPercent = 100;

/// Before its row is made, which looks at it.
template <typename Field>
Field *sized(Field *field)
{
    field->setMinimumWidth(kFieldMinimum);
    field->setMaximumWidth(kFieldMaximum);
    field->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    return field;
}

} // namespace

DataKeySection::DataKeySection(store::ProfileSecurity &security, QWidget *parent)
    : QWidget(parent), m_security(security), m_passphrase(sized(new PasswordEdit)), m_replace(new QPushButton(tr("Replace the data key"))),
      m_stop(new QPushButton(tr("Stop"))), m_progress(sized(new QProgressBar)), m_askRow(new SettingRow(tr("Passphrase"), m_passphrase)),
      m_replaceRow(new SettingRow(QString(), m_replace, QStringLiteral("-"))), m_progressRow(new SettingRow(tr("Progress"), m_progress, QStringLiteral("-"))),
      m_stopRow(new SettingRow(QString(), m_stop, tr("What was done stays. The rest follows when Fieldfare starts again."))),
      m_result(new MarkedText(StateMark::None))
{
    m_passphrase->setAccessibleName(tr("Passphrase, to replace the data key"));
    m_progress->setTextVisible(false);
    m_progress->setMaximum(kPercent);
    m_replaceRow->setLast(true);
    m_stopRow->setLast(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new SectionHeader(tr("Data key")));
    for (QWidget *row : {static_cast<QWidget *>(m_askRow), static_cast<QWidget *>(m_replaceRow), static_cast<QWidget *>(m_progressRow),
                         static_cast<QWidget *>(m_stopRow), static_cast<QWidget *>(m_result)})
        column->addWidget(row);
    connect(m_passphrase, &QLineEdit::textChanged, this, &DataKeySection::showState);
    connect(m_passphrase, &QLineEdit::returnPressed, m_replace, &QPushButton::click);
    connect(m_replace, &QPushButton::clicked, this, &DataKeySection::replace);
    connect(m_stop, &QPushButton::clicked, this, [this] { m_security.stopReplacing(); });
    connect(&m_security, &store::ProfileSecurity::changed, this, &DataKeySection::showState);
    showState();
}

void DataKeySection::showState()
{
    const store::ProfileSecurity::State state = m_security.state();
    const bool isBegun = state.isReplacingBegun;
    m_askRow->setVisible(!state.isReplacing && !isBegun); // both keys are known already
    m_replaceRow->setVisible(!state.isReplacing);
    m_progressRow->setVisible(state.isReplacing);
    m_stopRow->setVisible(state.isReplacing);
    m_replace->setText(isBegun ? tr("Go on") : tr("Replace the data key"));
    m_replace->setEnabled(isBegun || !m_passphrase->text().isEmpty());
    if (isBegun) {
        m_replaceRow->setHint(tr("The data key is replaced in part. Everything can be read; the rest follows when Fieldfare starts again, or now."));
    } else {
        const QString note = tr("For the day when somebody else may have had the key: every page is encrypted anew while you work. The passphrase stays. "
                                "Backups from before keep the old key.");
        m_replaceRow->setHint(m_passphrase->text().isEmpty() ? tr("Type the passphrase first.") + QLatin1Char('\n') + note : note);
    }
    m_progress->setValue(state.pages == 0 ? 0 : int(std::int64_t(state.pagesDone) * kPercent / state.pages));
    m_progressRow->setHint(state.pages == 0 ? tr("Beginning…") : tr("%1 of %2 pages").arg(locale().toString(state.pagesDone), locale().toString(state.pages)));
}

void DataKeySection::replace()
{
    m_result->setMark(StateMark::None);
    m_result->setText({});
    const bool isBegun = m_security.state().isReplacingBegun;
    const auto passphrase = isBegun ? nullptr : std::make_shared<const base::Secret>(storage::passphraseBytes(m_passphrase->text()));
    m_security.replaceDataKey(passphrase, [section = QPointer<DataKeySection>(this)](const base::Result<void> &done) {
        if (section)
            section->tell(done);
    });
}

void DataKeySection::tell(const base::Result<void> &done)
{
    if (done.ok()) {
        m_passphrase->clear();
        m_result->setMark(StateMark::Synced);
        m_result->setText(tr("The data key is replaced. The passphrase is the same."));
    } else if (done.error().code == base::ErrorCode::Cancelled) {
        m_passphrase->clear();
    } else if (done.error().code == base::ErrorCode::TooManyAttempts) {
        m_result->setMark(StateMark::NotAccepted);
        m_result->setText(tr("Too many wrong passphrases. The next try is possible in %n s.", nullptr, done.error().arguments.value(0).toInt()));
    } else {
        m_result->setMark(StateMark::NotAccepted);
        const bool isBackups = done.error().code == base::ErrorCode::ProfileInUse;
        m_result->setText((isBackups ? base::errorWords(done.error(), base::Occasion::UsingBackup) : base::errorWords(done.error())).joined());
    }
    showState();
}

} // namespace fieldfare::ui
