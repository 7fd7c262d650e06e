// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>

namespace fieldfare::ui {

/// Lays its items from left to right and on to the next line, each at its size hint: filter chips, tags, check boxes.
/// With `maxLines` set, items beyond the last line are hidden and counted ("+2").
class FlowLayout final : public QLayout {
    Q_OBJECT

public:
    explicit FlowLayout(QWidget *parent = nullptr, int gap = 6, int lineGap = 6);
    ~FlowLayout() override;

    /// 0 (the default) is without limit.
    void setMaxLines(int lines);
    /// How many items found no room at the last layout.
    int hiddenCount() const { return m_hidden; }

    void addItem(QLayoutItem *item) override;
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return m_maxLines != 1; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

Q_SIGNALS:
    /// After a layout that hid another number of items than the one before.
    void hiddenCountChanged(int count);

private:
    struct Line {
        int first;
        int last; // one behind
        int height;
    };
    QList<Line> lines(int width) const;

    QList<QLayoutItem *> m_items; // owned
    int m_gap;
    int m_lineGap;
    int m_maxLines = 0;
    int m_hidden = 0;
};

} // namespace fieldfare::ui
