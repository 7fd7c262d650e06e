// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/main_window.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>

#include <vector>

namespace fieldfare::bench {

/// Times from a key press in the window's palette to the answer on the screen: until the event loop has done with
/// painting the rows that came for it. An answer without rows paints none and is not counted; nor is one that the next
/// key overtakes. UI thread; the window outlives it.
class PaintedAnswers final : public QObject {
    Q_OBJECT
public:
    explicit PaintedAnswers(ui::MainWindow &window);

    /// A key was just pressed.
    void pressed();
    /// Milliseconds, one an answer.
    [[nodiscard]] std::vector<double> tookMs() const { return m_tookMs; }
    [[nodiscard]] int keys() const { return m_keys; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Stage { Idle, Pressed, Filled, Painting };

    QPointer<QWidget> m_rows;
    QElapsedTimer m_since;
    Stage m_stage = Stage::Idle;
    std::vector<double> m_tookMs;
    int m_keys = 0;
};

} // namespace fieldfare::bench
