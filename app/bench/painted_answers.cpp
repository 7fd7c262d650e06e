// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench/painted_answers.h"

#include "ui/shell/command_palette.h"
#include "ui/shell/palette_model.h"

#include <QEvent>
#include <QListView>

namespace fieldfare::bench {

PaintedAnswers::PaintedAnswers(ui::MainWindow &window)
{
    auto *palette = window.findChild<ui::CommandPalette *>();
    m_rows = palette->findChild<QListView *>()->viewport();
    m_rows->installEventFilter(this);
    const auto *model = palette->findChild<ui::PaletteModel *>();
    connect(model, &ui::PaletteModel::filled, this, [this, model] {
        if (m_stage != Stage::Pressed)
            return;
        m_stage = model->rowCount() > 0 ? Stage::Filled : Stage::Idle;
        m_filledMs = double(m_since.nsecsElapsed()) / 1e6;
        m_footnote = model->footnote();
    });
}

void PaintedAnswers::pressed(const QString &typed)
{
    m_typed = typed;
    m_since.start();
    m_stage = Stage::Pressed;
    ++m_keys;
}

std::vector<double> PaintedAnswers::tookMs() const
{
    std::vector<double> took;
    for (const Answer &answer : m_answers)
        took.push_back(answer.paintedMs);
    return took;
}

bool PaintedAnswers::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_rows && event->type() == QEvent::Hide)
        m_stage = Stage::Idle;
    if (watched == m_rows && event->type() == QEvent::Paint && m_stage == Stage::Filled) {
        m_stage = Stage::Painting;
        // Queued: the whole window is painted and handed to the screen in the call that this is part of.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_stage != Stage::Painting)
                    return;
                m_stage = Stage::Idle;
                m_answers.push_back({m_typed, double(m_since.nsecsElapsed()) / 1e6, m_filledMs, m_footnote});
            },
            Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

} // namespace fieldfare::bench
