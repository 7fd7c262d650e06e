// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/backup_table.h"

#include "ui/widgets/row_delegate.h"
#include "ui/widgets/theme/metrics.h"

#include <QHeaderView>
#include <QStandardItemModel>

#include <algorithm>

namespace fieldfare::ui {

using store::ListedBackup;

namespace {

constexpr int kMostRows = 8; ///< Seen at a time.
constexpr int kRowHeight = 28;
constexpr int kWidth = 640;
constexpr int kPadding = 24; ///< Of a cell, and some air to the next one.
enum Column { MarkColumn, WhenColumn, KindColumn, SizeColumn, StateColumn, ColumnCount };

StateMark markOf(const ListedBackup &listed)
{
    if (listed.standing != ListedBackup::Standing::Whole)
        return StateMark::NotAccepted;
    if (!listed.tried)
        return StateMark::None;
    return listed.tried->isOk ? StateMark::Synced : StateMark::NotAccepted;
}

} // namespace

QString sizeText(const DisplayText &texts, qint64 bytes)
{
    return texts.locale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString backupKindText(bool isFull)
{
    return isFull ? BackupTable::tr("Full") : BackupTable::tr("Changes");
}

BackupTable::BackupTable(const DisplayText &texts, QWidget *parent) : QTableView(parent), m_texts(texts), m_model(new QStandardItemModel(0, ColumnCount, this))
{
    m_model->setHorizontalHeaderLabels({QString(), tr("When"), tr("Kind"), tr("Size"), tr("Verified")});
    m_model->horizontalHeaderItem(SizeColumn)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    RowDelegate::prepareView(this, kRowHeight);
    setItemDelegate(new RowDelegate(this));
    setModel(m_model);
    setAccessibleName(tr("Backups in this folder"));
    setSelectionMode(SingleSelection);
    setMaximumWidth(kWidth);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(StateColumn, QHeaderView::Stretch);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (!m_isFilling)
            Q_EMIT chosenChanged();
    });
}

void BackupTable::showBackups(const QList<ListedBackup> &backups)
{
    const bool wasNewest = currentIndex().row() <= 0;
    const QString before = chosen() != nullptr ? chosen()->backup.folder : QString();
    m_isFilling = true;
    m_model->setRowCount(0);
    m_backups = backups;
    for (const ListedBackup &listed : backups)
        addRow(listed);
    fitColumns();
    const int rows = std::clamp(int(backups.size()), 1, kMostRows);
    setFixedHeight(horizontalHeader()->height() + rows * verticalHeader()->defaultSectionSize());
    const auto same = std::find_if(backups.cbegin(), backups.cend(), [&](const ListedBackup &listed) { return listed.backup.folder == before; });
    if (!backups.isEmpty())
        setCurrentIndex(m_model->index(wasNewest || same == backups.cend() ? 0 : int(same - backups.cbegin()), WhenColumn));
    m_isFilling = false;
    if (before != (chosen() != nullptr ? chosen()->backup.folder : QString()))
        Q_EMIT chosenChanged();
}

const ListedBackup *BackupTable::chosen() const
{
    const int row = currentIndex().row();
    return row >= 0 && row < m_backups.size() ? &m_backups.at(row) : nullptr;
}

void BackupTable::addRow(const ListedBackup &listed)
{
    using Standing = ListedBackup::Standing;
    QString state = tr("Not yet");
    QString why;
    if (listed.tried)
        state = (listed.tried->isOk ? tr("%1, sound") : tr("%1, not sound")).arg(m_texts.shortInstant(listed.tried->at));
    switch (listed.standing) {
    case Standing::Whole:
        break;
    case Standing::BaseMissing:
        state = tr("Incomplete");
        why = tr("The backup that it stands on is not in this folder.");
        break;
    case Standing::FormerKey:
        state = tr("Former key");
        why = tr("Made before the data key was replaced, or damaged. fieldfare-cli backup verify tells, with the passphrase of that time.");
        break;
    case Standing::Damaged:
        state = tr("Damaged");
        why = tr("It is not what was written.");
        break;
    }
    auto *mark = new QStandardItem;
    mark->setData(int(markOf(listed)), StateMarkRole);
    auto *size = new QStandardItem(sizeText(m_texts, listed.backup.bytes));
    size->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto *stateItem = new QStandardItem(state);
    stateItem->setToolTip(why);
    stateItem->setData(int(listed.tried || !why.isEmpty() ? Tone::Normal : Tone::Muted), ToneRole);
    const QList<QStandardItem *> items{mark, new QStandardItem(m_texts.shortInstant(listed.backup.manifest.at)), new QStandardItem(backupKindText(listed.backup.isFull())), size, stateItem};
    for (QStandardItem *item : items)
        item->setEditable(false);
    m_model->appendRow(items);
}

/// To what stands in them, in any language and size of text.
void BackupTable::fitColumns()
{
    setColumnWidth(MarkColumn, 24);
    const QFontMetrics head(typeFont(Type::Small));
    const QFontMetrics body(typeFont(Type::Body));
    for (const int column : {WhenColumn, KindColumn, SizeColumn}) {
        int widest = head.horizontalAdvance(m_model->horizontalHeaderItem(column)->text());
        for (int row = 0; row < m_model->rowCount(); ++row)
            widest = std::max(widest, body.horizontalAdvance(m_model->item(row, column)->text()));
        setColumnWidth(column, widest + kPadding);
    }
}

} // namespace fieldfare::ui
