// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace fieldfare::ui {

class EditModel;
class MarkLabel;

/// The foot of a record while something is not saved: how much, Revert, Save.
class SaveBar final : public QWidget {
    Q_OBJECT
public:
    explicit SaveBar(EditModel &model, QWidget *parent = nullptr);

Q_SIGNALS:
    void saveRequested();
    void revertRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();

    EditModel &m_model;
    MarkLabel *m_words;
    QPushButton *m_revert;
    QPushButton *m_save;
};

} // namespace fieldfare::ui
