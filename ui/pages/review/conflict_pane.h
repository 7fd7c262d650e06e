// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/review/conflict_model.h"

#include <QWidget>

class QPlainTextEdit;
class QPushButton;
class QStandardItemModel;
class QTableView;

namespace fieldfare::ui {

class TextLabel;
class ZoneHeader;

/// The decision about one record: what both wrote, what is chosen, and what saving will do, before it is done.
/// B, M and T choose before, yours and theirs in the current line and go on to the next; Ctrl+Enter saves.
class ConflictPane final : public QWidget {
    Q_OBJECT
public:
    explicit ConflictPane(QWidget *parent = nullptr);

    /// `same`: how many other records have the same clash (sameClash).
    void setRecord(const ReviewRecord &record, const ReviewText &text, int position, int count, const QStringList &same);
    [[nodiscard]] ConflictModel *model() const { return m_model; }
    /// The fields that merged by themselves, as they are named; empty without any.
    [[nodiscard]] QString mergedText() const;
    void focusTable();

Q_SIGNALS:
    void saveRequested(const std::vector<ReviewDecision> &decisions);
    void takeTheirsForSameRequested();
    void lookAtSameRequested();
    void laterRequested();
    void previousRequested();
    void openRequested(const model::Reference &record);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeChoices();
    QWidget *makeFoot();
    QWidget *makeMerged();
    QWidget *makeSame();
    void choose(ReviewChoice choice);
    void onCellClicked(const QModelIndex &index);
    void showAfter();
    void fitTable();
    void showEditor();
    int longTextRow() const;

    ConflictModel *m_model;
    ZoneHeader *m_header;
    TextLabel *m_sentence;
    QTableView *m_table;
    QWidget *m_editorFrame;
    TextLabel *m_editorTitle;
    QPlainTextEdit *m_editor;
    QWidget *m_merged;
    TextLabel *m_mergedNames;
    QTableView *m_after;
    QStandardItemModel *m_afterModel;
    QWidget *m_same;
    TextLabel *m_sameText;
    TextLabel *m_sameNames;
    QPushButton *m_takeAll;
    TextLabel *m_chosen;
    bool m_filling = false;
};

} // namespace fieldfare::ui
