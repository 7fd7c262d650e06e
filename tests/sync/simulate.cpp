// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// simulate FIRST COUNT: plays schedules FIRST to FIRST+COUNT-1; prints the story of the first that breaks an invariant.
#include "tests/testlib/simulation/schedule.h"

#include <QElapsedTimer>
#include <QTextStream>

using namespace fieldfare::simulation;

int main(int argc, char **argv)
{
    QTextStream out(stdout);
    const std::uint64_t first = argc > 1 ? QString::fromLatin1(argv[1]).toULongLong() : 1;
    const std::uint64_t count = argc > 2 ? QString::fromLatin1(argv[2]).toULongLong() : 1000;
    QElapsedTimer timer;
    timer.start();
    std::map<fieldfare::changes::Outcome, int> outcomes;
    int operations = 0;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const ScheduleResult result = playSchedule({seed, 0, {}});
        operations += result.operations;
        for (const auto &[outcome, number] : result.outcomes)
            outcomes[outcome] += number;
        if (!result.violation.isEmpty()) {
            out << "seed " << seed << ": " << result.violation << "\n  " << result.story.join(QStringLiteral("\n  ")) << "\n";
            return 1;
        }
    }
    out << count << " schedules, " << operations << " operations, " << count * 1000 / std::uint64_t(std::max<qint64>(1, timer.elapsed())) << " a second\n";
    for (const auto &[outcome, number] : outcomes)
        out << "  outcome " << int(outcome) << ": " << number << "\n";
    return 0;
}
