// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAbstractButton;
class QButtonGroup;

namespace fieldfare::ui {

/// One of a few, side by side ("Board | List | Forecast"). Tab reaches it once, the arrow keys choose.
class SegmentedButton final : public QWidget {
    Q_OBJECT

public:
    explicit SegmentedButton(QWidget *parent = nullptr);
    SegmentedButton(const QStringList &texts, QWidget *parent = nullptr);

    /// Returns the index of the new segment. The first one added becomes current.
    int addSegment(const QString &text, const QString &toolTip = {});
    int count() const;
    int currentIndex() const;
    /// Emits currentChanged only when the index differs.
    void setCurrentIndex(int index);
    /// 28 px high instead of 24.
    void setTall(bool tall);
    /// Words on the ground, the chosen one on a chip: for a choice beside a heading.
    void setFlat(bool flat);
    QAbstractButton *segment(int index) const;

Q_SIGNALS:
    void currentChanged(int index);

private:
    void arrange();

    QButtonGroup *m_group;
    bool m_tall = false;
    bool m_flat = false;
};

} // namespace fieldfare::ui
