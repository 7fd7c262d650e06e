// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/backup/backup_keeper.h"
#include "ui/pages/page.h"
#include "ui/widgets/list_roles.h"

#include <functional>

class QComboBox;
class QPlainTextEdit;
class QPushButton;

namespace fieldfare::ui {

class BackupTable;
class BringBackPanel;
class MarkedText;
class SegmentedButton;
class SettingRow;
class TextLabel;
class WorkBar;

/// Backups in the settings: how the last one went and where they go, when they are made, one now with its progress; the list of those that
/// lie there, of which each can be verified, and records brought back from it; and how a whole profile is restored.
class BackupsSection final : public QWidget {
    Q_OBJECT
public:
    BackupsSection(const PageContext &context, store::BackupKeeper &backups, QWidget *parent = nullptr);

    /// Reads what lies in the folder; done beside the UI thread, as its disk may be slow.
    void readList();
    void showList(const store::BackupList &list);
    /// Without asking for it.
    void setFolder(const QString &folder);

Q_SIGNALS:
    void listed();
    /// A try has ended.
    void verified();

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makePlan();
    QWidget *makeList();
    void follow();
    void followPlan();
    void followChosen();
    void chooseFolder();
    void apply(const std::function<void(store::BackupSchedule &)> &edit);
    void verify();
    [[nodiscard]] QString lastWords() const;
    [[nodiscard]] QString nextWords() const;
    /// Empty while one can be made.
    [[nodiscard]] QString whyNotNow() const;
    [[nodiscard]] QString verdict(const store::BackupDrill &drill) const;
    void say(StateMark mark, const QString &text);

    PageContext m_context;
    store::BackupKeeper &m_backups;
    MarkedText *m_last;
    TextLabel *m_folder;
    SegmentedButton *m_every;
    QComboBox *m_time;
    SettingRow *m_everyRow = nullptr;
    QPushButton *m_now;
    WorkBar *m_nowWork;
    SettingRow *m_nowRow = nullptr;
    TextLabel *m_listNote;
    BackupTable *m_table;
    QWidget *m_actions = nullptr; ///< What can be done with the chosen one.
    QPushButton *m_verify;
    WorkBar *m_verifyWork;
    MarkedText *m_verdict;
    BringBackPanel *m_bringBack;
    QPlainTextEdit *m_command;
    bool m_isVerifying = false;
    qint64 m_listedAfter = -1; ///< Time of the newest backup when the list was read last.
    QString m_listedFolder;
};

} // namespace fieldfare::ui
