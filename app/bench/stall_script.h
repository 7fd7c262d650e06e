// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bench/painted_answers.h"
#include "ui/shell/main_window.h"
#include "ui/shell/stall_probe.h"

#include <QTimer>

namespace fieldfare::bench {

/// What a busy person does in the main window, by events as the system sends them: scrolls the list by wheel and in leaps,
/// types into the palette, filters and sorts the list, walks through records with the arrows. One step a timer tick, so that the
/// event loop runs in between; the probe watches all the time.
class StallScript final : public QObject {
    Q_OBJECT
public:
    /// The window shows its list of customers. It outlives the script.
    explicit StallScript(ui::MainWindow &window);

    struct Part {
        const char *name;
        double longestMs = 0;    ///< Between two turns of the event loop.
        double longestOwnMs = 0; ///< Likewise, without waiting for a processor that others, or the host of a virtual machine, had.
    };
    /// The first part, before anything is done: pages are drawn for the first time and fonts are loaded.
    static constexpr const char *kOpening = "open";
    /// Runs each part once, then says finished().
    void start();
    [[nodiscard]] const QList<Part> &parts() const { return m_done; }
    [[nodiscard]] const PaintedAnswers &answers() const { return m_answers; }

Q_SIGNALS:
    void finished();

private:
    struct Chapter {
        const char *name;
        int steps;
        int everyMs;
        void (StallScript::*step)(int);
    };
    void next();
    void scroll(int step);
    void leap(int step);
    void typeIntoPalette(int step);
    void filter(int step);
    void sort(int step);
    void walk(int step);
    void rest(int step);
    void press(int key, const QString &text = {});

    ui::MainWindow &m_window;
    ui::StallProbe m_probe;
    PaintedAnswers m_answers;
    QTimer m_timer;
    QList<Chapter> m_chapters;
    QList<Part> m_done;
    int m_chapter = 0;
    int m_step = 0;
};

} // namespace fieldfare::bench
