// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sync/scope_model/scope_model.h"

#include <algorithm>
#include <cstring>

namespace fieldfare::scope_model {

namespace {

constexpr std::uint8_t kBegun = 1; ///< Version of what is there before the story.
constexpr std::uint8_t kUnknown = 0xFF; ///< A number that no scope has.
constexpr int kRoot = 0;
constexpr int kChild = 1;
constexpr int kMade = 2;
constexpr int kMostSteps = 40; ///< Of a sync that is left alone; it needs a dozen.
constexpr std::array<std::uint8_t, 3> kScopes{0b010, 0b100, 0b110};

/// Of the scope that the device's user has: 0 for everything, whenever it was given.
std::uint8_t numberOf(const State::Device &device)
{
    return device.scope == kScopes[2] ? 0 : device.scopeVersion;
}

int rowOf(Op op)
{
    return op == Op::EditChild ? kChild : op == Op::CreateIn1 || op == Op::CreateIn2 ? kMade : kRoot;
}

std::uint8_t targetOf(Op op)
{
    return op == Op::MoveTo1 || op == Op::CreateIn1 ? 1 : 2;
}

bool isMove(Op op)
{
    return op == Op::MoveTo1 || op == Op::MoveTo2;
}

bool isCreate(Op op)
{
    return op == Op::CreateIn1 || op == Op::CreateIn2;
}

void raise(std::uint8_t &version, std::uint8_t to)
{
    version = std::max(version, to);
}

} // namespace

bool Model::maySee(const State &state, const State::Device &device, int row)
{
    const State::Row &root = state.rows[size_t(row == kChild ? kRoot : row)];
    return root.exists != 0 && sees(device, root.label);
}

State Model::first() const
{
    State state;
    std::memset(&state, 0, sizeof state);
    state.counter = kBegun;
    for (const int row : {kRoot, kChild}) {
        state.rows[size_t(row)] = {1, 1, kBegun, kBegun, kBegun};
        state.index[size_t(row)][1] = kBegun;
    }
    for (State::Device &device : state.devices)
        device.cursor = kBegun;
    // One sees label 1 and has all of it, the other sees everything.
    state.devices[0].scope = state.devices[0].known = kScopes[0];
    state.devices[1].scope = state.devices[1].known = kScopes[2];
    for (State::Device &device : state.devices) {
        device.scopeVersion = kBegun;
        device.knownVersion = numberOf(device);
    }
    for (State::Device &device : state.devices) {
        for (const int row : {kRoot, kChild})
            device.rows[size_t(row)] = {1, 0, kBegun, kBegun};
    }
    return state;
}

void Model::addOwnEdits(const State &state, int index, std::vector<Step> &steps) const
{
    const State::Device &device = state.devices[size_t(index)];
    const int left = kBegun + m_limits.changes - state.counter;
    // What waits may become a version, too.
    const auto waiting = std::count_if(state.devices.begin(), state.devices.end(), [](const State::Device &one) { return one.op != Op::None && one.isDecided == 0; });
    if (device.op != Op::None || left <= waiting)
        return;
    const auto add = [&](Op op, const char *what) {
        const State::Held &held = device.rows[size_t(rowOf(op))];
        const bool isMade = state.rows[kMade].exists != 0 || std::any_of(state.devices.begin(), state.devices.end(), [](const State::Device &one) { return isCreate(one.op) || one.rows[kMade].held != 0; });
        if (isCreate(op) ? isMade : held.held == 0)
            return;
        Step step{std::to_string(index) + what, state};
        State::Device &author = step.state.devices[size_t(index)];
        author.op = op;
        author.base = isMove(op) ? held.owner : held.value;
        author.isDecided = 0;
        author.outcome = Outcome::None;
        author.version = 0;
        if (isCreate(op))
            author.rows[kMade] = {1, 1, 0, 0};
        steps.push_back(std::move(step));
    };
    add(Op::EditRoot, " edits the root");
    add(Op::EditChild, " edits the child");
    add(Op::MoveTo1, " moves the root to 1");
    add(Op::MoveTo2, " moves the root to 2");
    add(Op::CreateIn1, " creates in 1");
    add(Op::CreateIn2, " creates in 2");
}

std::vector<Step> Model::steps(const State &state)
{
    m_violation.clear();
    std::vector<Step> steps;
    for (int i = 0; i < kDevices; ++i) {
        addOwnEdits(state, i, steps);
        const State::Device &device = state.devices[size_t(i)];
        if (device.op != Op::None && device.isDecided == 0) {
            Step lost{std::to_string(i) + " pushes, the reply is lost", state};
            decide(lost.state, i);
            steps.push_back(std::move(lost));
        }
        if (device.op != Op::None) {
            Step pushed{std::to_string(i) + " pushes", state};
            decide(pushed.state, i);
            answer(pushed.state, i);
            steps.push_back(std::move(pushed));
        }
        Step pulled{std::to_string(i) + (device.download == 1 ? " downloads a page" : " pulls a page"), state};
        sync(pulled.state, i);
        steps.push_back(std::move(pulled));
        for (const std::uint8_t scope : kScopes) {
            if (state.scopeChanges >= m_limits.scopeChanges || scope == device.scope)
                continue;
            Step given{std::to_string(i) + " is given scope " + std::to_string(scope >> 1), state};
            given.state.devices[size_t(i)].scope = scope;
            ++given.state.devices[size_t(i)].scopeVersion;
            ++given.state.scopeChanges;
            steps.push_back(std::move(given));
        }
    }
    return steps;
}

void Model::move(State &state, int row, std::uint8_t label) const
{
    State::Row &moved = state.rows[size_t(row)];
    if (!m_mutants.noLeaveEntry)
        state.index[size_t(row)][moved.label] = state.counter;
    state.index[size_t(row)][label] = state.counter;
    moved.label = label;
    moved.labelVersion = state.counter;
}

/// The server takes the operation, once.
void Model::decide(State &state, int index)
{
    State::Device &device = state.devices[size_t(index)];
    if (device.isDecided != 0)
        return;
    device.isDecided = 1;
    State::Row &row = state.rows[size_t(rowOf(device.op))];
    if (isCreate(device.op)) {
        ++state.counter;
        row = {1, targetOf(device.op), state.counter, state.counter, state.counter};
        state.index[kMade][row.label] = state.counter;
        device.outcome = Outcome::Applied;
        device.version = state.counter;
        return;
    }
    if (!sees(device, row.label) && !m_mutants.editsOutOfSight) {
        device.outcome = Outcome::Denied;
        return;
    }
    if (!maySee(state, device, rowOf(device.op)))
        m_violation = "an edit of what its author may not see is taken";
    device.outcome = Outcome::Applied;
    if (!isMove(device.op)) { // a clash has a winner and a note; either way the field has a new version or this one
        row.value = device.version = ++state.counter;
        state.index[size_t(rowOf(device.op))][row.label] = state.counter;
    } else if (row.label == targetOf(device.op)) {
        device.version = row.owner;
    } else if (device.base != row.owner) { // guarded
        device.outcome = Outcome::Lost;
        device.version = row.owner;
    } else {
        row.owner = device.version = ++state.counter;
        move(state, kRoot, targetOf(device.op));
        if (!m_mutants.childrenStay)
            move(state, kChild, targetOf(device.op));
    }
}

/// The reply arrives: that of the decision, or of a repeat long after it.
void Model::answer(State &state, int index)
{
    State::Device &device = state.devices[size_t(index)];
    const State::Row &row = state.rows[size_t(rowOf(device.op))];
    State::Held &held = device.rows[size_t(rowOf(device.op))];
    const bool isInSight = sees(device, row.label);
    std::uint8_t version = device.version;
    if (device.outcome != Outcome::Applied) {
        if (m_mutants.verdictWithValue)
            version = isMove(device.op) ? row.owner : row.value;
        else if (!isInSight)
            version = 0;
        if (version != 0 && !isInSight)
            m_violation = "a refusal tells a value that its author may not see";
    }
    // Who sees everything is told otherwise: something was taken from him, whatever he sees by the time he asks.
    if (!isInSight && device.knownVersion == 0 && !m_mutants.verdictSaysNothing && !m_mutants.everythingStays)
        device.knownVersion = kUnknown;
    if (held.held != 0) {
        if (!isInSight && !m_mutants.verdictSaysNothing) {
            held = {};
        } else if (isCreate(device.op)) {
            raise(held.value, version);
            raise(held.owner, version);
            held.isOwnCreate = 0;
        } else {
            raise(isMove(device.op) ? held.owner : held.value, version);
        }
    }
    device.op = Op::None;
    device.base = device.isDecided = device.version = 0;
    device.outcome = Outcome::None;
}

void Model::beginDownload(State &state, State::Device &device) const
{
    device.known = device.scope;
    device.knownVersion = numberOf(device);
    device.isPulling = 0;
    device.afterVersion = device.afterRow = 0;
    device.download = 1;
    device.nextRow = 0;
    device.live = state.counter;
}

/// One request and its reply.
void Model::sync(State &state, int index)
{
    State::Device &device = state.devices[size_t(index)];
    if (!knowsScope(device)) {
        const bool goesOn = m_mutants.scopeWithoutDownload || (m_mutants.downloadGoesOn && device.download == 1);
        if (!goesOn)
            return beginDownload(state, device);
        device.known = device.scope;
        device.knownVersion = numberOf(device);
    }
    if (device.download == 1)
        downloadPage(state, index);
    else
        pullPage(state, index);
}

void Model::downloadPage(State &state, int index)
{
    State::Device &device = state.devices[size_t(index)];
    const int row = device.nextRow;
    State::Held &held = device.rows[size_t(row)];
    if (state.rows[size_t(row)].exists != 0 && sees(device, state.rows[size_t(row)].label))
        send(state, device, row, 0);
    else if (held.held != 0 && held.isOwnCreate == 0 && !m_mutants.absentRowsStay)
        held = {};
    if (++device.nextRow < kRows)
        return;
    device.download = 2;
    device.nextRow = 0;
    device.cursor = m_mutants.liveCursorLate ? state.counter : device.live;
    device.live = 0;
}

void Model::pullPage(State &state, int index)
{
    State::Device &device = state.devices[size_t(index)];
    if (device.isPulling == 0) {
        device.isPulling = 1;
        device.afterVersion = device.cursor;
        device.afterRow = kRows;
    }
    // The next one by (version, row) behind the position, of a label that is in sight.
    int found = -1;
    std::uint8_t version = 0;
    std::uint8_t foundLabel = 0;
    for (int row = 0; row < kRows; ++row) {
        for (std::uint8_t label = 1; label <= kLabels; ++label) {
            const std::uint8_t seq = state.index[size_t(row)][label];
            const bool isBehind = seq > device.afterVersion || (seq == device.afterVersion && row > device.afterRow);
            if (seq == 0 || !sees(device, label) || !isBehind)
                continue;
            if (found < 0 || seq < version || (seq == version && row == found && state.rows[size_t(row)].label == label)) {
                found = row;
                version = seq;
                foundLabel = label;
            }
        }
    }
    if (found < 0) {
        device.cursor = state.counter;
        device.isPulling = device.afterVersion = device.afterRow = 0;
        device.download = 0;
        return;
    }
    device.afterVersion = version;
    device.afterRow = std::uint8_t(found);
    const State::Row &row = state.rows[size_t(found)];
    if (sees(device, row.label) || (m_mutants.entrySaysIt && sees(device, foundLabel)))
        send(state, device, found, row.labelVersion > device.cursor && !m_mutants.enterWithoutOldFields ? 0 : device.cursor);
    else
        device.rows[size_t(found)] = {}; // out of sight: forgotten, not deleted; what waits stays
}

/// The fields above `after`, and how the device takes them.
void Model::send(State &state, State::Device &device, int index, std::uint8_t after)
{
    const State::Row &row = state.rows[size_t(index)];
    State::Held &held = device.rows[size_t(index)];
    if (!maySee(state, device, index))
        m_violation = "a page has a row that its reader may not see";
    if (held.held == 0 && (row.value <= after || row.owner <= after)) {
        m_violation = "a row arrives in pieces";
        return;
    }
    held.held = 1;
    held.isOwnCreate = 0;
    if (row.value > after)
        raise(held.value, row.value);
    if (row.owner > after)
        raise(held.owner, row.owner);
}

bool Model::knowsScope(const State::Device &device) const
{
    return m_mutants.scopeByContent ? device.known == device.scope : device.knownVersion == numberOf(device);
}

bool Model::isAtRest(const State &state, const State::Device &device) const
{
    return device.op == Op::None && device.isPulling == 0 && device.download == 0 && device.cursor == state.counter && knowsScope(device);
}

std::string Model::problem(const State &state) const
{
    for (int i = 0; i < kDevices; ++i) {
        const State::Device &device = state.devices[size_t(i)];
        if (!isAtRest(state, device))
            continue;
        for (int row = 0; row < kRows; ++row) {
            const State::Row &there = state.rows[size_t(row)];
            const State::Held &here = device.rows[size_t(row)];
            const bool isSeen = maySee(state, device, row);
            const std::string which = "device " + std::to_string(i) + ", row " + std::to_string(row) + ": ";
            if (isSeen && here.held == 0)
                return which + "is missing";
            if (!isSeen && here.held != 0)
                return which + "is still there";
            if (isSeen && (here.value != there.value || here.owner != there.owner || here.isOwnCreate != 0))
                return which + "is not what the server has";
        }
    }
    return {};
}

std::string Model::problemOfSyncing(State state)
{
    for (int i = 0; i < kDevices; ++i) {
        State::Device &device = state.devices[size_t(i)];
        int steps = 0;
        // Also where it has nothing more to do: once more changes nothing.
        do {
            if (device.op != Op::None) {
                decide(state, i);
                answer(state, i);
            }
            sync(state, i);
        } while (++steps < kMostSteps && !isAtRest(state, device));
        if (steps == kMostSteps)
            return "device " + std::to_string(i) + " does not come to rest";
    }
    return problem(state);
}

} // namespace fieldfare::scope_model
