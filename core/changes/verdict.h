// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/operation.h"

#include <QString>

namespace fieldfare::changes {

/// The server's answer to one operation; final. The numbers are permanent.
enum class Outcome : std::uint8_t {
    Applied = 1,      ///< Took effect with `version`.
    Equal = 2,        ///< The field had that value already, at `version`.
    Merged = 3,       ///< Joined with another edit: `value` at `version`.
    ConflictWon = 4,  ///< Took effect; the replaced value is in the conflict log.
    ConflictLost = 5, ///< The server's `value` at `version` stays; the operation's is in the conflict log.
    Denied = 6,
    Invalid = 7,      ///< Undecodable, out of bounds, wrong type or a broken group.
    Collision = 8,    ///< A create of an id that exists.
    Gone = 9,         ///< The row was erased.
    Waiting = 10,     ///< Refers to a refused create; final, comes back with it.
    Settled = 11,     ///< The verdict was let go: the field's current value and version.
};

struct Verdict {
    std::uint64_t n = 0;
    Outcome outcome = Outcome::Applied;
    Version version = 0;          ///< Of the field (or of the row's create) after the decision.
    model::Value value;           ///< Of the field after the decision, unless the operation's own (see carriesValue).
    QString reason;               ///< For refusals: "disabled-user", "too-long name", "group", ...
    bool outOfSight = false;      ///< The author sees the row no more, as of the answer: no value comes, and the row is forgotten.
    friend bool operator==(const Verdict &, const Verdict &) = default;

    /// Applied, equal or won: the author's value is the field's value.
    [[nodiscard]] bool tookEffect() const
    {
        return outcome == Outcome::Applied || outcome == Outcome::Equal || outcome == Outcome::ConflictWon;
    }
    /// Goes to the author's not-accepted tray. Settled without a version means that nothing stands: it was refused.
    [[nodiscard]] bool isRefusal() const
    {
        return (outcome == Outcome::Settled && version == 0) || outcome == Outcome::Denied || outcome == Outcome::Invalid || outcome == Outcome::Collision
            || outcome == Outcome::Waiting || outcome == Outcome::Gone;
    }
};

} // namespace fieldfare::changes
