// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/controls/text_label.h"

#include <QWidget>

#include <initializer_list>

class QProgressBar;
class QPushButton;
class QRadioButton;
class QVBoxLayout;

namespace fieldfare::ui {

/// `field` below its label, which becomes its accessible name.
[[nodiscard]] QWidget *withLabel(const QString &text, QWidget *field);
/// A label of as many lines as it needs.
[[nodiscard]] TextLabel *wrapped(const QString &text, Type type, Ink ink);
/// The column that the widgets of a step stand in.
[[nodiscard]] QVBoxLayout *stepColumn(QWidget *page);

/// At the foot of a step, on the right.
void addButtonRow(QVBoxLayout *column, std::initializer_list<QPushButton *> buttons);

/// What is being done, and how far it is.
struct StepProgress {
    TextLabel *title;
    TextLabel *percent;
    QProgressBar *bar;

    /// Nothing is known of the whole: no figure.
    void show(int percent, bool isKnown = true) const;
};
[[nodiscard]] StepProgress addProgress(QVBoxLayout *column, const QString &title, const QString &accessibleName);

/// Enter presses the push button of the page that has the focus, as in a dialog; elsewhere Enter is the page's.
void pressByEnter(const QWidget &page);

/// The key that quits closes the page: it is all there is of the program's window, as its close button knows.
void closeByQuitKey(QWidget &page);

/// The left zone of pages that lead through a few steps: the program's mark, and which step of how many this is.
class StepSide final : public QWidget {
    Q_OBJECT
public:
    /// `steps`: their names in order. `line`: what stands below the program's name.
    StepSide(const QStringList &steps, const QString &line, QWidget *parent = nullptr);

    void setStep(int step);
    /// Only the first `count` steps are to come.
    void setStepCount(int count);
    /// Stands at the foot.
    void setFoot(QWidget *foot);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showSteps();

    QVBoxLayout *m_column;
    TextLabel *m_where;
    QList<QRadioButton *> m_marks;
    int m_step = 0;
    int m_count;
};

} // namespace fieldfare::ui
