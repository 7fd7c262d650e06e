// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QPushButton;

namespace fieldfare::ui {

class TextLabel;

/// What stands where content would be: a thin icon, one bold line (what), one line (why), one or two buttons (the way on).
/// Left-aligned, no illustration.
class EmptyState final : public QWidget {
    Q_OBJECT

public:
    EmptyState(const QString &iconName, const QString &title, const QString &line, QWidget *parent = nullptr);

    void setTexts(const QString &iconName, const QString &title, const QString &line);
    enum class Way { Primary, Normal, Flat };
    QPushButton *addButton(const QString &text, Way way = Way::Normal, const QString &iconName = {});
    void clearButtons();

private:
    class Picture;
    Picture *m_picture;
    TextLabel *m_title;
    TextLabel *m_line;
    QHBoxLayout *m_buttons;
};

} // namespace fieldfare::ui
