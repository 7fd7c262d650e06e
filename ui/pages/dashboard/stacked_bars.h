// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <array>

namespace fieldfare::ui {

struct StackedRow {
    QString key;
    QString name;
    std::array<qint64, 4> values{};
    [[nodiscard]] qint64 total() const { return values[0] + values[1] + values[2] + values[3]; }
};

/// Lying bars of up to four ordered parts, with their numbers inside and the sum at the end. A part can be clicked; Up and
/// Down choose a row, Enter opens it whole.
class StackedBars final : public QWidget {
    Q_OBJECT
public:
    explicit StackedBars(const QString &title, QWidget *parent = nullptr);

    void setRows(QList<StackedRow> rows, const QStringList &partNames);

    QSize sizeHint() const override { return {420, 220}; }
    QSize minimumSizeHint() const override { return {300, 140}; }

Q_SIGNALS:
    /// `part` is -1 for the whole row.
    void clicked(const QString &key, int part);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QRectF partRect(int row, int part) const;

    QList<StackedRow> m_rows;
    QStringList m_partNames;
    int m_current = -1;
};

} // namespace fieldfare::ui
