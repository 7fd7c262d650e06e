// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>
#include <QTimer>

namespace fieldfare::ui {

class LinkButton;

/// What was just done, at the bottom left for 6 s, with a way back. It stays while hovered or focused. One at a
/// time: a second message replaces the first. Make one per window and keep it.
class Toast final : public QFrame {
    Q_OBJECT

public:
    /// A child of `host`, standing above its lower edge and within the left edge of `over`, a part of it (the host itself when
    /// null).
    explicit Toast(QWidget *host, QWidget *over = nullptr);

    /// `iconName` is a symbol ("check", "trash"). An empty `action` shows none. `keys` is shown after the action ("Ctrl+Z").
    void show(const QString &iconName, const QString &text, const QString &action = {}, const QString &keys = {});

    /// Distance of the lower edge from the host's: the status bar's height + 12 by default.
    void setBottomMargin(int margin);

    static constexpr int kShownMs = 6000;

Q_SIGNALS:
    /// The action was chosen; the toast is gone already.
    void actionTriggered();
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();
    void restart();

    QWidget *m_over;
    QTimer m_timer{this};
    QString m_icon;
    QLabel *m_text;
    LinkButton *m_action;
    QLabel *m_keys;
    int m_bottom;
};

} // namespace fieldfare::ui
