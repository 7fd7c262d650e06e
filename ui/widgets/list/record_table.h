// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace fieldfare::ui {

/// The table of EntityList: keys that a table lacks (Enter opens, Del removes, a letter goes to a name), and columns that
/// give way when room is short.
class RecordTable final : public QTableView {
    Q_OBJECT
public:
    explicit RecordTable(QWidget *parent = nullptr);

Q_SIGNALS:
    void openRequested();
    void removeRequested();
    void prefixTyped(const QString &prefix);
    void widthChanged();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void keyboardSearch(const QString &search) override;
    void resizeEvent(QResizeEvent *event) override;
    /// The rows on screen alone; the table's own answer would ask for every row.
    int sizeHintForColumn(int column) const override;

private:
    QString m_typed;
    qint64 m_typedAt = 0;
};

} // namespace fieldfare::ui
