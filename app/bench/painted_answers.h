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

    struct Answer {
        QString typed;
        double paintedMs = 0;
        double filledMs = 0; ///< of them until the rows were there
        QString footnote;    ///< what the palette said of the search
    };

    /// A key was just pressed, which makes the line say `typed`.
    void pressed(const QString &typed);
    [[nodiscard]] const std::vector<Answer> &answers() const { return m_answers; }
    /// Milliseconds, one an answer.
    [[nodiscard]] std::vector<double> tookMs() const;
    [[nodiscard]] int keys() const { return m_keys; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Stage { Idle, Pressed, Filled, Painting };

    QPointer<QWidget> m_rows;
    QElapsedTimer m_since;
    Stage m_stage = Stage::Idle;
    QString m_typed;
    double m_filledMs = 0;
    QString m_footnote;
    std::vector<Answer> m_answers;
    int m_keys = 0;
};

} // namespace fieldfare::bench
