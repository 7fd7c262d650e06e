// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error_words.h"
#include "core/store/backup/backup_keeper.h"
#include "ui/pages/page.h"
#include "ui/widgets/controls/flow_row.h"
#include "ui/widgets/list_roles.h"

#include <optional>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace fieldfare::ui {

class MarkedText;
class WorkBar;

/// Records of a chosen backup come back as they were then: first what would change is told, then it is done, as one action that
/// undo takes back.
class BringBackPanel final : public RingRoom {
    Q_OBJECT
public:
    BringBackPanel(const PageContext &context, store::BackupKeeper &backups, QWidget *parent = nullptr);

    /// Empty: there is none to bring back from.
    void setBackup(const QString &backup);
    /// What was found out is told, and can be done.
    void showPlan(const store::BringBackPlan &plan);

Q_SIGNALS:
    /// A look, or bringing back, has ended.
    void told();

private:
    void follow();
    void forgetPlan();
    void look();
    void bringBack();
    [[nodiscard]] QStringList records() const;
    void say(StateMark mark, const QString &text);
    void sayError(const base::Error &error, base::Occasion occasion);

    PageContext m_context;
    store::BackupKeeper &m_backups;
    QString m_backup;
    QComboBox *m_entity;
    QLineEdit *m_records;
    QPushButton *m_look;
    QPushButton *m_bringBack;
    WorkBar *m_work;
    MarkedText *m_result;
    bool m_isLooking = false;
    std::optional<store::BringBackPlan> m_plan; ///< What was told, and can be done.
};

} // namespace fieldfare::ui
