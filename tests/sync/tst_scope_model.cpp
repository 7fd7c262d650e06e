// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// All states of the small model of scopes are visited; each shortcut is found, with the shortest story that shows it.
#include "tests/sync/scope_model/scope_model.h"

#include <QTest>

#include <deque>
#include <map>
#include <unordered_set>

using namespace fieldfare::scope_model;

namespace {

struct Search {
    std::string problem;            ///< The first one, which is one of the shortest; empty: none.
    std::vector<std::string> story; ///< That led to it.
    size_t states = 0;
};

/// Breadth first, so that the first story is one of the shortest.
class Visited {
public:
    /// False when it was known.
    bool add(const State &state, std::uint32_t before, const std::string &what)
    {
        if (!m_known.insert(state.bytes()).second)
            return false;
        const auto name = m_names.try_emplace(what, std::uint16_t(m_names.size())).first;
        m_origins.push_back({before, name->second});
        return true;
    }
    [[nodiscard]] size_t size() const { return m_origins.size(); }
    [[nodiscard]] std::vector<std::string> storyOf(std::uint32_t at) const
    {
        std::vector<std::string> names(m_names.size());
        for (const auto &[name, number] : m_names)
            names[number] = name;
        std::vector<std::string> story;
        for (; at != 0; at = m_origins[at].before)
            story.insert(story.begin(), names[m_origins[at].what]);
        return story;
    }

private:
    struct Origin {
        std::uint32_t before;
        std::uint16_t what;
    };
    std::unordered_set<std::string> m_known;
    std::map<std::string, std::uint16_t> m_names;
    std::vector<Origin> m_origins; ///< In the order of visiting.
};

Search search(Mutants mutants, Limits limits)
{
    Model model(mutants, limits);
    Visited visited;
    std::deque<State> waiting{model.first()};
    visited.add(waiting.front(), 0, {});
    Search found;
    for (std::uint32_t at = 0; !waiting.empty(); ++at) {
        const State state = waiting.front();
        waiting.pop_front();
        found.problem = model.problem(state);
        std::vector<Step> steps;
        std::string last;
        if (found.problem.empty()) {
            steps = model.steps(state);
            found.problem = model.violation();
            last = "the next step";
        }
        if (found.problem.empty()) {
            found.problem = model.problemOfSyncing(state);
            if (found.problem.empty())
                found.problem = model.violation();
            last = "all sync";
        }
        if (!found.problem.empty()) {
            found.story = visited.storyOf(at);
            found.story.push_back(last);
            break;
        }
        for (const Step &step : steps) {
            if (visited.add(step.state, at, step.what))
                waiting.push_back(step.state);
        }
    }
    found.states = visited.size();
    return found;
}

std::string told(const Search &found)
{
    std::string story = found.problem;
    for (const std::string &step : found.story)
        story += "\n    " + step;
    return story;
}

} // namespace

class TestScopeModel final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theRulesHold_data()
    {
        QTest::addColumn<int>("changes");
        QTest::addColumn<int>("scopeChanges");
        QTest::newRow("rows move") << 3 << 0;
        QTest::newRow("rights change") << 2 << 1;
    }
    void theRulesHold();
    void aShortcutIsFound_data();
    void aShortcutIsFound();
};

/// FIELDFARE_SCOPE_CHANGES and FIELDFARE_SCOPE_GIVEN look further than there is time for here.
void TestScopeModel::theRulesHold()
{
    QFETCH(const int, changes);
    QFETCH(const int, scopeChanges);
    const Limits limits{std::max(changes, qEnvironmentVariableIntValue("FIELDFARE_SCOPE_CHANGES")), std::max(scopeChanges, qEnvironmentVariableIntValue("FIELDFARE_SCOPE_GIVEN"))};
    const Search found = search({}, limits);
    QVERIFY2(found.problem.empty(), told(found).c_str());
    qInfo("%zu states", found.states);
    QVERIFY(found.states > 1000);
}

void TestScopeModel::aShortcutIsFound_data()
{
    QTest::addColumn<int>("which");
    const char *const names[] = {"no leave entry", "entry says it", "enter without old fields", "children stay", "scope without download", "absent rows stay",
                                 "verdict says nothing", "edits out of sight", "verdict with value", "live cursor late", "download goes on", "scope by content", "everything stays"};
    for (int i = 0; i < int(std::size(names)); ++i)
        QTest::newRow(names[i]) << i;
}

void TestScopeModel::aShortcutIsFound()
{
    QFETCH(const int, which);
    Mutants mutants;
    bool *const all[] = {&mutants.noLeaveEntry, &mutants.entrySaysIt, &mutants.enterWithoutOldFields, &mutants.childrenStay, &mutants.scopeWithoutDownload, &mutants.absentRowsStay,
                         &mutants.verdictSaysNothing, &mutants.editsOutOfSight, &mutants.verdictWithValue, &mutants.liveCursorLate, &mutants.downloadGoesOn, &mutants.scopeByContent, &mutants.everythingStays};
    *all[which] = true;
    const Search found = search(mutants, {2, 2});
    qInfo("%s", told(found).c_str());
    QVERIFY(!found.problem.empty());
}

QTEST_GUILESS_MAIN(TestScopeModel)
#include "tst_scope_model.moc"
