// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

/// The rules of scopes (core/changes/docs/scopes.md) with everything left out that they do not speak of: values are the versions
/// that wrote them, labels are letters, and a message is sent and taken in one step or lost. Small enough that all of its states can
/// be visited. Plain values, one thread.
namespace fieldfare::scope_model {

/// Each puts one shortcut in.
struct Mutants {
    bool noLeaveEntry = false;        ///< A row that moves is noted under its new label only.
    bool entrySaysIt = false;         ///< A page sends what the entry's label allowed, not what the row's label allows now.
    bool enterWithoutOldFields = false; ///< A row that entered comes with what changed after the cursor.
    bool childrenStay = false;        ///< The children of a row that moves keep its former label.
    bool scopeWithoutDownload = false; ///< Another scope is taken over, and the pull goes on.
    bool absentRowsStay = false;      ///< A download does not forget what its pages lack.
    bool verdictSaysNothing = false;  ///< A verdict does not tell that the row is out of sight.
    bool editsOutOfSight = false;     ///< A push may change what its user does not see.
    bool verdictWithValue = false;    ///< A refusal brings the value that stands, also of what the user does not see.
    bool scopeByContent = false;      ///< A scope that was taken away and given back counts as the same.
    bool liveCursorLate = false;      ///< A download ends at the counter of its end, not of its beginning.
    bool everythingStays = false;     ///< Who sees everything, and is told that a row is out of sight, goes on as if he saw everything.
    bool downloadGoesOn = false;      ///< Another scope under a download is taken over, and the download goes on from its place.
};

inline constexpr int kRows = 3;   ///< A root, its child, and a root that a device makes.
inline constexpr int kLabels = 2; ///< 1 and 2; 0: none.
inline constexpr int kDevices = 2;

enum class Op : std::uint8_t { None, EditRoot, EditChild, MoveTo1, MoveTo2, CreateIn1, CreateIn2 };
enum class Outcome : std::uint8_t { None, Applied, Denied, Lost };

/// All single bytes, so that a state is compared and kept as bytes.
struct State {
    struct Row {
        std::uint8_t exists, label, labelVersion, value, owner; ///< Versions; `owner` is the field that makes the label.
    };
    struct Held {
        std::uint8_t held, isOwnCreate, value, owner;
    };
    struct Device {
        std::uint8_t scope, scopeVersion; ///< Bits of labels, and how often they changed: the server's.
        std::uint8_t known, knownVersion; ///< Those that the device works with, and the number of that scope.
        std::uint8_t cursor;
        std::array<Held, kRows> rows;
        Op op;
        std::uint8_t base, isDecided;
        Outcome outcome;
        std::uint8_t version;        ///< Of the verdict.
        std::uint8_t isPulling, afterVersion, afterRow;
        std::uint8_t download;       ///< 0: none, 1: pages, 2: the pull behind them
        std::uint8_t nextRow, live;
    };
    std::uint8_t counter;
    std::uint8_t scopeChanges;
    std::array<Row, kRows> rows;
    std::array<std::array<std::uint8_t, kLabels + 1>, kRows> index; ///< Latest version by row and label; 0: none.
    std::array<Device, kDevices> devices;

    [[nodiscard]] std::string bytes() const { return {reinterpret_cast<const char *>(this), sizeof(State)}; }
};

struct Limits {
    int changes = 4;      ///< Versions that devices make.
    int scopeChanges = 2; ///< Of both devices together.
};

/// One step of the story, and what it led to.
struct Step {
    std::string what;
    State state;
};

class Model {
public:
    Model(Mutants mutants, Limits limits) : m_mutants(mutants), m_limits(limits) {}

    [[nodiscard]] State first() const;
    [[nodiscard]] std::vector<Step> steps(const State &state);
    /// What is wrong with the state; empty: nothing. A device that has nothing more to do has what its user sees, and no more.
    [[nodiscard]] std::string problem(const State &state) const;
    /// Whether a device that is left alone comes to rest; empty: it does.
    [[nodiscard]] std::string problemOfSyncing(State state);
    /// What a step has sent to somebody who may not see it, or in pieces.
    [[nodiscard]] const std::string &violation() const { return m_violation; }

private:
    [[nodiscard]] static bool sees(const State::Device &device, std::uint8_t label) { return label != 0 && (device.scope >> label & 1) != 0; }
    /// What the person may see, whatever the rules make of it: a child is seen with its root.
    [[nodiscard]] static bool maySee(const State &state, const State::Device &device, int row);
    void addOwnEdits(const State &state, int device, std::vector<Step> &steps) const;
    void decide(State &state, int device);
    void answer(State &state, int device);
    void move(State &state, int row, std::uint8_t label) const;
    void sync(State &state, int device);
    void pullPage(State &state, int device);
    void downloadPage(State &state, int device);
    void beginDownload(State &state, State::Device &device) const;
    void send(State &state, State::Device &device, int row, std::uint8_t after);
    [[nodiscard]] bool knowsScope(const State::Device &device) const;
    [[nodiscard]] bool isAtRest(const State &state, const State::Device &device) const;

    const Mutants m_mutants;
    const Limits m_limits;
    std::string m_violation;
};

} // namespace fieldfare::scope_model
