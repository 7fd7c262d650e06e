// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/backup/backup_list.h"
#include "ui/model/display_text.h"

#include <QTableView>

class QStandardItemModel;

namespace fieldfare::ui {

/// "2.4 MB".
[[nodiscard]] QString sizeText(const DisplayText &texts, qint64 bytes);
/// Whether it stands by itself.
[[nodiscard]] QString backupKindText(bool isFull);

/// Backups of a profile: when, which kind, how large, and whether each was tried out. One can be chosen; the newest is at first.
class BackupTable final : public QTableView {
    Q_OBJECT
public:
    /// The texts outlive it.
    explicit BackupTable(const DisplayText &texts, QWidget *parent = nullptr);

    /// What was chosen stays so while it is there, and a newer one takes the place of the newest.
    void showBackups(const QList<store::ListedBackup> &backups);
    /// Null when none is.
    [[nodiscard]] const store::ListedBackup *chosen() const;

Q_SIGNALS:
    void chosenChanged();

private:
    void addRow(const store::ListedBackup &listed);
    void fitColumns();

    const DisplayText &m_texts;
    QStandardItemModel *m_model;
    QList<store::ListedBackup> m_backups;
    bool m_isFilling = false; ///< What is current changes for the view only.
};

} // namespace fieldfare::ui
