// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;

namespace fieldfare::ui {

class TextLabel;

/// The heading of a group in a form, a settings page or a panel: 12 px, semi-bold, text2; room for actions at the right.
class SectionHeader final : public QWidget {
    Q_OBJECT

public:
    explicit SectionHeader(const QString &text, QWidget *parent = nullptr);

    void setText(const QString &text);
    /// A number or note after the text, in text3.
    void setNote(const QString &note);
    void addTrailing(QWidget *widget);

private:
    QHBoxLayout *m_row;
    TextLabel *m_text;
    TextLabel *m_note;
};

} // namespace fieldfare::ui
