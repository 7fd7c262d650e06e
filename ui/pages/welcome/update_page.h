// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/pages/welcome/step_layout.h"

class QPushButton;

namespace fieldfare::ui {

class MarkedText;

/// Stands where the unlock page was while a profile of an older version is brought up to this one, which may take minutes. It can be
/// stopped: what was finished stays, and the next opening goes on. Where it cannot be done, says why.
class UpdatePage final : public QWidget {
    Q_OBJECT
public:
    explicit UpdatePage(QWidget *parent = nullptr);

    /// It runs.
    void setPercent(int percent);
    /// It has ended without success; Cancelled: was stopped.
    void setFailed(const base::Error &error);
    [[nodiscard]] bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    void stopRequested();
    /// Once more, from where it ended.
    void goOnRequested();
    void quitRequested();

private:
    void setRunning(bool running);

    StepProgress m_progress;
    MarkedText *m_result;
    TextLabel *m_about;
    QPushButton *m_stop;
    QPushButton *m_quit;
    QPushButton *m_goOn;
    bool m_isRunning = true;
};

} // namespace fieldfare::ui
