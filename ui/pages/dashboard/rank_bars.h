// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace fieldfare::ui {

struct RankRow {
    QString key;
    QString name;
    QString amount; ///< As it is read: "139 k".
    QString note;   ///< Behind it, muted.
    double value = 0;
    bool own = false; ///< Semi-bold.
};

/// A bar each for a few people or things, the largest first; every row leads somewhere. Up, Down and Enter do what a click does.
class RankBars final : public QWidget {
    Q_OBJECT
public:
    explicit RankBars(const QString &title, QWidget *parent = nullptr);

    void setRows(QList<RankRow> rows);

    QSize sizeHint() const override { return {420, 220}; }
    QSize minimumSizeHint() const override { return {300, 140}; }

Q_SIGNALS:
    void clicked(const QString &key);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] double rowHeight() const;

    QList<RankRow> m_rows;
    int m_current = -1;
};

} // namespace fieldfare::ui
