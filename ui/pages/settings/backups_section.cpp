// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/backups_section.h"

#include "core/base/error_words.h"
#include "ui/pages/settings/backup_table.h"
#include "ui/pages/settings/bring_back_panel.h"
#include "ui/widgets/controls/flow_row.h"
#include "ui/widgets/controls/marked_text.h"
#include "ui/widgets/controls/section_header.h"
#include "ui/widgets/controls/segmented_button.h"
#include "ui/widgets/controls/setting_row.h"
#include "ui/widgets/controls/work_bar.h"
#include "ui/widgets/theme/metrics.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimeZone>

#include <algorithm>

namespace fieldfare::ui {

namespace {

constexpr int kHours = 24;
constexpr int kMinutesAnHour = 60;
constexpr int kFolderWidth = 360;
constexpr int kCommandWidth = 520;
constexpr int kCommandLines = 2;
constexpr int kCommandFrame = 20;

/// Side by side where there is room, below each other where there is not.
QWidget *below(std::initializer_list<QWidget *> widgets)
{
    auto *box = new RingRoom;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(kRingMargin, kRingMargin, kRingMargin, kRingMargin);
    column->setSpacing(space::k8);
    for (QWidget *widget : widgets)
        column->addWidget(widget);
    return box;
}

/// For a shell: in quotation marks where it needs them.
QString quoted(const QString &path)
{
    return path.contains(QLatin1Char(' ')) ? QLatin1Char('"') + path + QLatin1Char('"') : path;
}

} // namespace

BackupsSection::BackupsSection(const PageContext &context, store::BackupKeeper &backups, QWidget *parent)
    : QWidget(parent), m_context(context), m_backups(backups), m_last(new MarkedText(StateMark::None)), m_folder(new TextLabel(QString())), m_every(new SegmentedButton),
      m_time(new QComboBox), m_now(new QPushButton(tr("Back up now"))), m_nowWork(new WorkBar(m_now)), m_listNote(new TextLabel(QString(), Type::Body, Ink::Text2)),
      m_table(new BackupTable(context.texts)), m_verify(new QPushButton(tr("Verify"))), m_verifyWork(new WorkBar(m_verify)), m_verdict(new MarkedText(StateMark::None)),
      m_bringBack(new BringBackPanel(context, backups)), m_command(new QPlainTextEdit)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makePlan());
    column->addSpacing(space::k16);
    column->addWidget(new SectionHeader(tr("Backups in this folder")));
    column->addSpacing(space::k8);
    column->addWidget(makeList());
    connect(&m_backups, &store::BackupKeeper::changed, this, &BackupsSection::follow);
    connect(m_table, &BackupTable::chosenChanged, this, [this] {
        if (!m_isVerifying)
            say(StateMark::None, {}); // it spoke of another one
        followChosen();
    });
    followPlan();
    followChosen();
}

QWidget *BackupsSection::makePlan()
{
    m_last->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *choose = new QPushButton(tr("Choose a folder…"));
    m_folder->setElided(true);
    m_folder->setMaximumWidth(kFolderWidth);
    m_folder->setMinimumHeight(height::kControl);
    for (const QString &text : {tr("Off"), tr("Every day"), tr("Every week")})
        m_every->addSegment(text);
    m_every->setTall(true);
    for (int hour = 0; hour < kHours; ++hour)
        m_time->addItem(QTime(hour, 0).toString(QStringLiteral("HH:mm")), hour * kMinutesAnHour);
    m_time->setAccessibleName(tr("Time of day"));
    m_everyRow = new SettingRow(tr("Automatic"), new FlowRow({m_every, m_time}));
    m_nowRow = new SettingRow(tr("Now"), new FlowRow({m_now, m_nowWork}));
    m_nowRow->setLast(true);
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new SettingRow(tr("Last backup"), m_last));
    column->addWidget(new SettingRow(tr("Where"), new FlowRow({m_folder, choose}),
                                     tr("Best on another disk, or one that is kept elsewhere. Without the passphrase nothing in it can be read.")));
    column->addWidget(m_everyRow);
    column->addWidget(m_nowRow);
    connect(choose, &QPushButton::clicked, this, &BackupsSection::chooseFolder);
    connect(m_every, &SegmentedButton::currentChanged, this, [this](int index) { apply([index](store::BackupSchedule &schedule) { schedule.every = store::BackupSchedule::Every(index); }); });
    connect(m_time, &QComboBox::activated, this, [this] { apply([minute = m_time->currentData().toInt()](store::BackupSchedule &schedule) { schedule.minute = minute; }); });
    connect(m_now, &QPushButton::clicked, &m_backups, &store::BackupKeeper::backUpNow);
    connect(m_nowWork, &WorkBar::stopRequested, &m_backups, &store::BackupKeeper::cancel);
    return box;
}

QWidget *BackupsSection::makeList()
{
    m_listNote->setWordWrap(true);
    m_verdict->hide();
    m_command->setReadOnly(true);
    m_command->setMaximumWidth(kCommandWidth);
    m_command->ensurePolished();
    m_command->setFixedHeight(kCommandLines * m_command->fontMetrics().lineSpacing() + kCommandFrame);
    m_command->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_command->setTabChangesFocus(true);
    m_command->setAccessibleName(tr("Command that restores"));
    auto *copy = new QPushButton(tr("Copy"));
    auto *restore = new QWidget;
    auto *restoreRow = new QHBoxLayout(restore);
    restoreRow->setContentsMargins(0, 0, 0, 0);
    restoreRow->setSpacing(space::k8);
    copy->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    restoreRow->addWidget(m_command, 1000); // as wide as it may be
    restoreRow->addWidget(copy, 0, Qt::AlignTop);
    restoreRow->addStretch(1);
    restore->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *restoring = new SettingRow(tr("Restore everything"), restore,
                                     tr("Makes a profile of that time in a new folder and asks for the passphrase of that time. This one stays as it is. Then open the new one: fieldfare --profile NEW-FOLDER"));
    restoring->setLast(true);
    m_actions = new QWidget;
    auto *actions = new QVBoxLayout(m_actions);
    actions->setContentsMargins(0, 0, 0, 0);
    actions->setSpacing(0);
    actions->addWidget(new SettingRow(tr("Verify"), below({new FlowRow({m_verify, m_verifyWork}), m_verdict}),
                                      tr("Restores the backup chosen above next to the others, looks through all of it and removes it again.")));
    actions->addWidget(new SettingRow(tr("Bring records back"), m_bringBack, tr("As they were in the backup chosen above. What came later stays; undo takes it back.")));
    actions->addWidget(restoring);
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::k8);
    column->addWidget(m_listNote);
    column->addWidget(m_table);
    column->addWidget(m_actions);
    m_table->hide();
    connect(m_verify, &QPushButton::clicked, this, &BackupsSection::verify);
    connect(m_verifyWork, &WorkBar::stopRequested, &m_backups, &store::BackupKeeper::cancel);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_command->toPlainText()); });
    return box;
}

/// What the disk has may have changed meanwhile: it is looked at whenever a person comes here.
void BackupsSection::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    readList();
}

void BackupsSection::follow()
{
    followPlan();
    followChosen();
    const bool isAnother = m_listedAfter != m_backups.last().at || m_listedFolder != m_backups.schedule().folder;
    if (isVisible() && isAnother && !m_backups.isRunning())
        readList();
}

QString BackupsSection::lastWords() const
{
    const store::BackupOutcome &last = m_backups.last();
    if (last.at == 0)
        return tr("None yet.");
    return QStringLiteral("%1 · %2 · %3").arg(m_context.texts.shortInstant(last.at), backupKindText(last.isFull), sizeText(m_context.texts, last.bytes));
}

QString BackupsSection::nextWords() const
{
    const store::BackupSchedule &schedule = m_backups.schedule();
    if (schedule.folder.isEmpty())
        return tr("Choose a folder first.");
    if (!schedule.isOn())
        return tr("Only when you ask for it.");
    const qint64 due = schedule.dueAt(m_backups.last().at, m_context.texts.zone());
    if (due > m_context.texts.nowMs())
        return tr("Next: %1, or when the program is opened after that.").arg(m_context.texts.shortInstant(due));
    return m_backups.failure() ? tr("It is tried again within an hour, while the program is open.") : tr("The next one is due: it begins within five minutes, while the program is open.");
}

QString BackupsSection::whyNotNow() const
{
    if (m_backups.schedule().folder.isEmpty())
        return tr("Choose a folder first.");
    if (m_backups.isBackingUp())
        return tr("Backing up… You can go on working.");
    if (m_backups.isRunning())
        return tr("When what is being done with backups has ended.");
    return {};
}

void BackupsSection::followPlan()
{
    const store::BackupSchedule &schedule = m_backups.schedule();
    const bool hasFolder = !schedule.folder.isEmpty();
    const auto &failure = m_backups.failure();
    const bool isStopped = failure && failure->code == base::ErrorCode::Cancelled;
    QString words = lastWords();
    if (failure)
        words += QLatin1Char('\n') + base::errorWords(*failure, base::Occasion::BackingUp).joined();
    const StateMark good = m_backups.last().at == 0 ? StateMark::None : StateMark::Synced;
    m_last->setMark(failure && !isStopped ? StateMark::NotAccepted : good);
    m_last->setText(words);
    m_folder->setText(hasFolder ? QDir::toNativeSeparators(schedule.folder) : tr("No folder yet"));
    m_folder->setInk(hasFolder ? Ink::Text : Ink::Text2);
    {
        const QSignalBlocker quiet(m_every);
        m_every->setCurrentIndex(int(schedule.every));
    }
    m_every->setEnabled(hasFolder);
    m_time->setCurrentIndex(std::clamp(schedule.minute / kMinutesAnHour, 0, kHours - 1));
    m_time->setEnabled(schedule.isOn());
    m_everyRow->setHint(nextWords());
    const QString why = whyNotNow();
    m_now->setEnabled(why.isEmpty() || m_backups.isBackingUp()); // it takes the focus back when the bar goes
    m_nowWork->setRunning(m_backups.isBackingUp());
    m_nowWork->setPercent(m_backups.percent());
    m_nowRow->setHint(why.isEmpty() ? tr("What changed since the last one; everything when that is long ago. You can go on working.") : why);
}

void BackupsSection::followChosen()
{
    const store::ListedBackup *chosen = m_table->chosen();
    const bool isWhole = chosen != nullptr && chosen->standing == store::ListedBackup::Standing::Whole;
    m_actions->setVisible(chosen != nullptr);
    m_verify->setEnabled(isWhole && (m_isVerifying || !m_backups.isRunning()));
    m_verifyWork->setRunning(m_isVerifying && m_backups.isRunning());
    m_verifyWork->setPercent(m_backups.percent());
    m_bringBack->setBackup(isWhole ? chosen->backup.folder : QString());
    m_command->setPlainText(chosen == nullptr ? QString() : QStringLiteral("fieldfare-cli --profile NEW-FOLDER backup restore %1").arg(quoted(QDir::toNativeSeparators(chosen->backup.folder))));
}

void BackupsSection::readList()
{
    const QString folder = m_backups.schedule().folder;
    m_listedAfter = m_backups.last().at;
    m_listedFolder = folder;
    if (folder.isEmpty())
        return showList({});
    m_backups.runner().list(folder, this, [this, folder](const store::BackupList &list) {
        if (folder == m_listedFolder) // or the folder is another one by now
            showList(list);
    });
}

void BackupsSection::showList(const store::BackupList &list)
{
    QStringList notes;
    if (m_backups.schedule().folder.isEmpty())
        notes.append(tr("None: there is no folder yet."));
    else if (!list.isThere && m_backups.last().at != 0)
        notes.append(tr("The folder cannot be reached. Connect its disk, or choose another folder."));
    else if (list.backups.isEmpty())
        notes.append(tr("None of this profile."));
    if (list.ofOthers > 0)
        notes.append(tr("%n backup(s) of other profiles are in this folder, too.", nullptr, list.ofOthers));
    m_listNote->setText(notes.join(QLatin1Char('\n')));
    m_listNote->setVisible(!notes.isEmpty());
    m_table->showBackups(list.backups);
    m_table->setVisible(!list.backups.isEmpty());
    followChosen();
    Q_EMIT listed();
}

void BackupsSection::setFolder(const QString &folder)
{
    apply([folder](store::BackupSchedule &schedule) { schedule.folder = folder; });
}

void BackupsSection::chooseFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder for backups"), m_backups.schedule().folder);
    if (!folder.isEmpty())
        setFolder(folder);
}

void BackupsSection::apply(const std::function<void(store::BackupSchedule &)> &edit)
{
    store::BackupSchedule schedule = m_backups.schedule();
    edit(schedule);
    m_backups.setSchedule(schedule);
}

void BackupsSection::say(StateMark mark, const QString &text)
{
    m_verdict->setMark(mark);
    m_verdict->setText(text);
    m_verdict->setVisible(!text.isEmpty());
}

QString BackupsSection::verdict(const store::BackupDrill &drill) const
{
    const DisplayText &texts = m_context.texts;
    if (drill.isOk()) {
        const QString seconds = texts.locale().toString(double(drill.restoreMs + drill.checkMs) / 1000, 'f', 1);
        return tr("Sound: all %1 records came back in %2 s.").arg(texts.number(drill.found.rows), seconds);
    }
    if (drill.found.rows != drill.rowsWritten)
        return tr("Not sound: %1 of %2 records came back. Your records are as they were. Make a new backup.").arg(texts.number(drill.found.rows), texts.number(drill.rowsWritten));
    return tr("Not sound: all records came back, but a check finds faults in them. Look at Data quality, then make a new backup.");
}

void BackupsSection::verify()
{
    const store::ListedBackup *chosen = m_table->chosen();
    if (chosen == nullptr || m_backups.isRunning())
        return;
    m_isVerifying = true;
    say(StateMark::None, tr("Restoring it next to the others and looking through it. You can go on working."));
    m_backups.runner().drill(chosen->backup.folder, this, [this](const base::Result<store::BackupDrill> &drill) {
        m_isVerifying = false;
        readList();
        if (drill.ok())
            say(drill->isOk() ? StateMark::Synced : StateMark::NotAccepted, verdict(*drill));
        else
            say(drill.error().code == base::ErrorCode::Cancelled ? StateMark::None : StateMark::NotAccepted, base::errorWords(drill.error(), base::Occasion::UsingBackup).joined());
        follow();
        Q_EMIT verified();
    });
}

} // namespace fieldfare::ui
