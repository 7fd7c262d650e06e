// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// simulate FIRST COUNT [--real]: plays schedules FIRST to FIRST+COUNT-1; prints the story of the first that breaks an invariant.
// simulate --mutants [MOST [NAME]]: for each shortcut, the first schedule that notices it, of at most MOST.
#include "tests/testlib/simulation/schedule.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTextStream>

using namespace fieldfare::simulation;

namespace {

int playSchedules(std::uint64_t first, std::uint64_t count, Storages storages)
{
    QTextStream out(stdout);
    QElapsedTimer timer;
    timer.start();
    std::map<fieldfare::changes::Outcome, int> outcomes;
    int operations = 0;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const ScheduleResult result = playSchedule({.seed = seed, .storages = storages});
        operations += result.operations;
        for (const auto &[outcome, number] : result.outcomes)
            outcomes[outcome] += number;
        if (!result.violation.isEmpty()) {
            out << "seed " << seed << ": " << result.violation << "\n  " << result.story.join(QStringLiteral("\n  ")) << "\n";
            return 1;
        }
    }
    const double seconds = double(std::max<qint64>(1, timer.elapsed())) / 1000;
    out << count << " schedules, " << operations << " operations, " << seconds << " s, " << double(count) / seconds << " a second\n";
    for (const auto &[outcome, number] : outcomes)
        out << "  outcome " << int(outcome) << ": " << number << "\n";
    return 0;
}

int searchMutants(std::uint64_t most, const QString &only)
{
    QTextStream out(stdout);
    int missed = 0;
    for (const MutantRow &row : mutantRows()) {
        if (!only.isEmpty() && only != QString::fromLatin1(row.name))
            continue;
        Mutants mutants;
        row.plant(mutants);
        QElapsedTimer timer;
        timer.start();
        std::uint64_t seed = 1;
        QString violation;
        while (seed <= most && violation.isEmpty()) {
            violation = playSchedule({.seed = seed, .mutants = mutants}).violation;
            if (!violation.isEmpty() && !playSchedule({.seed = seed}).violation.isEmpty())
                violation.clear(); // fails without it too: no proof
            ++seed;
        }
        missed += violation.isEmpty() ? 1 : 0;
        out << row.rule << " | " << row.name << " | " << (violation.isEmpty() ? QStringLiteral("missed") : QString::number(seed - 1)) << " | "
            << timer.elapsed() << " ms | " << violation.left(90) << Qt::endl;
    }
    return missed;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QStringList words = QCoreApplication::arguments().mid(1);
    const Storages storages = words.removeAll(QStringLiteral("--real")) > 0 ? Storages::Real : Storages::Ram;
    if (words.value(0) == QStringLiteral("--mutants"))
        return searchMutants(words.value(1, QStringLiteral("20000")).toULongLong(), words.value(2));
    return playSchedules(words.value(0, QStringLiteral("1")).toULongLong(), words.value(1, QStringLiteral("1000")).toULongLong(), storages);
}
