// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QProgressBar;
class QPushButton;

namespace fieldfare::ui {

/// How far a piece of work is, and a button that ends it. Stands in the place of the button that began it.
class WorkBar final : public QWidget {
    Q_OBJECT
public:
    /// `starter` gives way while the work runs, and hands the focus over and back, so it stays enabled meanwhile. Lives as long as this; not owned.
    explicit WorkBar(QWidget *starter, QWidget *parent = nullptr);

    /// Hidden unless it runs.
    void setRunning(bool running);
    void setPercent(int percent);
    [[nodiscard]] QPushButton *stopButton() const { return m_stop; }

Q_SIGNALS:
    void stopRequested();

private:
    QWidget *m_starter;
    QProgressBar *m_progress;
    QPushButton *m_stop;
};

} // namespace fieldfare::ui
