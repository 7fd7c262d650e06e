// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QMenu;
class QToolButton;

namespace fieldfare::ui {

class TextLabel;

/// The 44-px head of a zone (side bar, list, record): title, note, then what the zone can do at the right, a hairline
/// below. All zones of a page share one line.
class ZoneHeader final : public QWidget {
    Q_OBJECT

public:
    explicit ZoneHeader(const QString &title = {}, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    QString title() const;
    /// After the title, smaller: "1,204 of 1,000,000".
    void setNote(const QString &note);
    /// A ▾ beside the title that opens `menu` (not owned): the views, when the side bar is narrow.
    void setTitleMenu(QMenu *menu);
    void addLeading(QWidget *widget);
    void addTrailing(QWidget *widget);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QHBoxLayout *m_row;
    TextLabel *m_title;
    QToolButton *m_titleMenu;
    TextLabel *m_note;
    int m_leading = 0;
};

} // namespace fieldfare::ui
