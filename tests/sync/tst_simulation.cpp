// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The main proof of the sync rules: schedules over the production replica, engine, merge and pages; and for each shortcut of
// the list of known failures a mutant that the same schedules must catch. A seed replays: run `simulate SEED 1`.
#include "tests/testlib/simulation/schedule.h"

#include <QTest>

using namespace fieldfare::simulation;

namespace {

constexpr std::uint64_t kFirstSeed = 1;
constexpr std::uint64_t kSchedules = 1000;
constexpr std::uint64_t kMutantSchedules = 20'000; ///< At most so many until the shortcut shows.

struct MutantRow {
    const char *name;
    void (*plant)(Mutants &);
    QString (*story)(const Mutants &) = nullptr; ///< Instead of schedules.
};

const MutantRow kMutants[] = {
    {"1 no rolling hash", [](Mutants &m) { m.merger.noRollingHash = true; }},
    {"1 one hash stored at the last n only", [](Mutants &m) { m.merger.hashAtLastOnly = true; }},
    {"1 skip by origin number without its hash", [](Mutants &m) { m.merger.skipByOriginWithoutHash = true; }},
    {"1 a let-go verdict unanswered", [](Mutants &m) { m.merger.ignoreSettled = true; }},
    {"2 plain sequence for versions", [](Mutants &m) { m.commitsBecomeVisibleLate = true; }},
    {"2 parent read but not locked", [](Mutants &m) { m.merger.parentNotRead = true; }},
    {"2 one seq per push", [](Mutants &m) { m.merger.oneVersionPerPush = true; }},
    {"3 own-n base taken as the version in its verdict", [](Mutants &m) { m.merger.ownBaseIsVerdictVersion = true; }},
    {"3 base is the pulled version while an own edit is shown", [](Mutants &m) { m.replica.baseIsPulledVersion = true; }},
    {"3 device takes any value that comes", [](Mutants &m) { m.replica.takeAnyValue = true; }},
    {"3 versions folded to the maximum", [](Mutants &m) { m.replica.foldVersionsToMaximum = true; }},
    {"3 versions folded to the minimum", [](Mutants &m) { m.replica.foldVersionsToMinimum = true; }},
    {"4 no stored verdict", [](Mutants &m) { m.merger.noStoredVerdict = true; }},
    {"4 stored verdict without value", [](Mutants &m) { m.merger.storedVerdictWithoutValue = true; }},
    {"4 acknowledged past a base still pending",
     [](Mutants &m) { m.replica.acknowledgePastPendingBase = m.serverForgetsBases = true; }},
    {"4 waiting left open", [](Mutants &m) { m.replica.keepWaitingInOutbox = true; }},
    {"4 group half applied", [](Mutants &m) { m.merger.groupHalfApplied = true; }},
    {"4 values kept in verdicts after erasure", [](Mutants &m) { m.merger.keepValuesAfterErasure = true; }},
    {"6 one row version for trash", [](Mutants &m) { m.replica.trashWithOneVersion = true; }, tellTrashOfUnseenEdit},
    {"6 an edit writes an erased or trashed row back", [](Mutants &m) { m.merger.editRevives = true; }},
    {"8 fixed upper bound for a paged pull", [](Mutants &m) { m.puller.fixedUpperBound = true; }},
    {"8 cursor moved after each page", [](Mutants &m) { m.replica.moveCursorEachPage = true; }},
    {"9 S registered after the pages", [](Mutants &m) { m.downloadCursorAfterPages = true; }},
    {"9 absent rows not forgotten", [](Mutants &m) { m.replica.keepRowsAbsentFromDownload = true; }},
    {"10 no tombstones on the device", [](Mutants &m) { m.replica.noTombstones = true; }, tellPageAfterErasure},
    {"11 receipt before the disk sync", [](Mutants &m) { m.receiptBeforeSync = true; }},
    {"11 cursor durable before the data", [](Mutants &m) { m.cursorBeforeData = true; }},
};

} // namespace

class TestSimulation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void schedulesHold()
    {
        for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + kSchedules; ++seed) {
            const ScheduleResult result = playSchedule({seed, 0, {}});
            QVERIFY2(result.violation.isEmpty(),
                     qPrintable(QStringLiteral("seed %1: %2\n%3").arg(seed).arg(result.violation, result.story.join(QLatin1Char('\n')))));
        }
    }

    /// Control of the mutant "acknowledged past a base": a server may forget what the rules do not ask it to keep.
    void aForgetfulServerIsEnoughWithoutCopies()
    {
        Mutants mutants;
        mutants.serverForgetsBases = true;
        for (std::uint64_t seed = 1; seed <= 400; ++seed) {
            const ScheduleResult result = playSchedule({seed, 0, mutants, false});
            QVERIFY2(result.violation.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(result.violation)));
        }
    }

    void theSameSeedTellsTheSameStory()
    {
        for (std::uint64_t seed = 1; seed < 20; ++seed) {
            const ScheduleResult first = playSchedule({seed, 0, {}});
            const ScheduleResult second = playSchedule({seed, 0, {}});
            QCOMPARE(first.story, second.story);
            QCOMPARE(first.outcomes, second.outcomes);
        }
    }

    void schedulesReachEveryOutcome()
    {
        std::map<fieldfare::changes::Outcome, int> outcomes;
        for (std::uint64_t seed = 1; seed <= 400; ++seed) {
            for (const auto &[outcome, number] : playSchedule({seed, 0, {}}).outcomes)
                outcomes[outcome] += number;
        }
        using fieldfare::changes::Outcome;
        for (const Outcome outcome : {Outcome::Applied, Outcome::Equal, Outcome::Merged, Outcome::ConflictWon, Outcome::ConflictLost,
                                      Outcome::Denied, Outcome::Invalid, Outcome::Gone, Outcome::Waiting})
            QVERIFY2(outcomes[outcome] > 0, qPrintable(QString::number(int(outcome))));
    }

    void eachShortcutIsCaught_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < std::size(kMutants); ++i)
            QTest::newRow(kMutants[i].name) << int(i);
    }
    void eachShortcutIsCaught()
    {
        QFETCH(int, index);
        Mutants mutants;
        kMutants[index].plant(mutants);
        if (kMutants[index].story != nullptr) {
            QCOMPARE(kMutants[index].story({}), QString());
            QVERIFY(!kMutants[index].story(mutants).isEmpty());
            return;
        }
        for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + kMutantSchedules; ++seed) {
            const ScheduleResult result = playSchedule({seed, 0, mutants});
            if (!result.violation.isEmpty()) {
                qInfo("caught by seed %llu: %s", static_cast<unsigned long long>(seed), qPrintable(result.violation.left(120)));
                return;
            }
        }
        QFAIL("no schedule noticed the shortcut");
    }
};

QTEST_APPLESS_MAIN(TestSimulation)
#include "tst_simulation.moc"
