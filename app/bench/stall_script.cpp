// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench/stall_script.h"

#include "app/bench/stolen_time.h"
#include "core/base/platform.h"
#include "ui/pages/records/records_page.h"
#include "ui/widgets/list/entity_list.h"
#include "ui/widgets/list/record_table.h"

#include <QApplication>
#include <QKeyEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <array>

namespace fieldfare::bench {

namespace {

constexpr std::array kTyped{"albar gro", "anna sch", "c-0005", "info77", "4711", "zhangwei", "kalmar", "nobody"};
constexpr std::array kSorts{"name", "number", "modified_at", "next_step_at", "level", "name"};
constexpr std::array kFilters{"name contains er", "stage = lead", "region = north and level = a", "phone contains 77", "name startswith Al"};

ui::EntityList &listOf(ui::MainWindow &window)
{
    return qobject_cast<ui::RecordsPage *>(window.currentPage())->list();
}

} // namespace

StallScript::StallScript(ui::MainWindow &window)
    : m_window(window), m_answers(window), m_chapters{{kOpening, 20, 50, &StallScript::rest},
                                   {"scroll", 400, 8, &StallScript::scroll},
                                   {"leap", 60, 40, &StallScript::leap},
                                   {"palette", 600, 15, &StallScript::typeIntoPalette},
                                   {"filter", 20, 200, &StallScript::filter},
                                   {"sort", 18, 250, &StallScript::sort},
                                   {"walk", 120, 30, &StallScript::walk},
                                   {"rest", 40, 100, &StallScript::rest}}
{
    m_probe.setThreadWait([] { return base::platform::threadWaitNs() + stolenNs(); });
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &StallScript::next);
}

void StallScript::start()
{
    m_window.openPage(QStringLiteral("customer"));
    m_timer.start(m_chapters.first().everyMs);
    m_probe.start();
}

void StallScript::next()
{
    const Chapter chapter = m_chapters.at(m_chapter);
    (this->*chapter.step)(m_step);
    if (++m_step < chapter.steps)
        return;
    m_probe.stop();
    m_done.append({chapter.name, m_probe.longestMs(), m_probe.longestOwnMs()});
    m_step = 0;
    if (++m_chapter == m_chapters.size()) {
        m_timer.stop();
        Q_EMIT finished();
        return;
    }
    m_timer.setInterval(m_chapters.at(m_chapter).everyMs);
    m_probe.start();
}

/// To the widget that has the focus, as the system would.
void StallScript::press(int key, const QString &text)
{
    QWidget *target = QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : &m_window;
    QKeyEvent down(QEvent::KeyPress, key, Qt::NoModifier, text);
    QApplication::sendEvent(target, &down);
    QKeyEvent up(QEvent::KeyRelease, key, Qt::NoModifier, text);
    QApplication::sendEvent(target, &up);
}

void StallScript::scroll(int step)
{
    QWidget *viewport = listOf(m_window).table().viewport();
    const QPointF at = viewport->rect().center();
    const int turn = step % 100 < 80 ? -240 : 360; // mostly down
    QWheelEvent event(at, viewport->mapToGlobal(at), {}, QPoint(0, turn), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(viewport, &event);
}

void StallScript::leap(int step)
{
    QScrollBar *bar = listOf(m_window).table().verticalScrollBar();
    bar->setValue(int(qint64(bar->maximum()) * (step * 37 % 60) / 60));
}

void StallScript::typeIntoPalette(int step)
{
    constexpr int kStepsAWord = 600 / int(kTyped.size());
    const QString word = QString::fromLatin1(kTyped[size_t(step / kStepsAWord) % kTyped.size()]);
    const int at = step % kStepsAWord;
    if (at == 0) {
        m_window.showPalette();
    } else if (at % 5 == 0 && at / 5 <= word.size()) {
        m_answers.pressed(word.left(at / 5));
        press(0, word.mid(at / 5 - 1, 1));
    } else if (at == kStepsAWord - 1) {
        press(Qt::Key_Escape);
    }
}

void StallScript::filter(int step)
{
    const auto wanted = store::Filter::parse(QString::fromLatin1(kFilters[size_t(step) % kFilters.size()]));
    const bool isLast = step == 19;
    listOf(m_window).setQuery(isLast || !wanted.ok() ? store::Filter() : *wanted, {});
}

void StallScript::sort(int step)
{
    listOf(m_window).setQuery({}, {{QString::fromLatin1(kSorts[size_t(step) % kSorts.size()]), step % 2 == 1}});
}

void StallScript::walk(int step)
{
    if (step == 0)
        listOf(m_window).focusTable();
    press(step % 40 == 39 ? Qt::Key_PageDown : Qt::Key_Down);
}

void StallScript::rest(int)
{
    // Changes arrive.
}

} // namespace fieldfare::bench
