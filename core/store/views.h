// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/verdict.h"
#include "core/store/change_set.h"

#include <optional>

/// What the store answers with, beside records: plain values, safe to hand between threads.
namespace fieldfare::store {

enum class HistoryKind : std::uint8_t { Create = 1, Set = 2, Trash = 3, Restore = 4, Remove = 5 };

/// One line of a record's history. A create is one line; its values stand in the record itself.
struct HistoryEntry {
    qint64 seq = 0; ///< Local order; larger is later.
    model::EntityId entity = 0;
    base::Id record;
    HistoryKind kind = HistoryKind::Set;
    model::FieldKey field; ///< Set only.
    model::Value before;
    model::Value after;
    base::Id user;         ///< Null: the program.
    base::Id device;       ///< Null: another device, not known here.
    qint64 at = 0;         ///< ms UTC
    quint64 n = 0;         ///< The own operation; 0 for what arrived.
    base::Id action;       ///< Null for what arrived.
    QString label;         ///< Of the action.
};

/// Something done on this device, newest first in lists.
struct ActionEntry {
    base::Id id;
    QString label;
    Cause cause = Cause::User;
    qint64 at = 0; ///< ms UTC, of its first commit
    base::Id user;
    int created = 0;
    int updated = 0;
    int trashed = 0;
    int restored = 0;
    bool finished = true;
    QByteArray resumeCursor;
    base::Id undoes;   ///< The action that this one took back.
    base::Id undoneBy; ///< The action that took this one back, wholly or in part.
};

/// What an undo left as it is, and because of whom.
struct UndoKept {
    enum class Reason : std::uint8_t {
        ChangedSince, ///< The field has another value or version now.
        Touched,      ///< The record was edited by somebody else, or later.
        Referenced,   ///< Something points to the created record.
        Gone,         ///< The record is not here any more.
    };
    model::EntityId entity = 0;
    base::Id record;
    model::FieldKey field; ///< Unset (number 0, null id) when the whole record is meant.
    Reason reason = Reason::ChangedSince;
    base::Id by;           ///< The user who changed it; null when unknown.
    qint64 at = 0;
};

struct UndoReport {
    base::Id action; ///< The undo itself: undo it to redo. Null when nothing could be undone.
    int undone = 0;  ///< Fields, creates and trash marks taken back,
    int total = 0;   ///< of so many.
    std::vector<UndoKept> kept;
};

/// A conflict as this user sees it: `mine` is what this user entered.
struct ConflictView {
    base::Id id;
    model::Reference record;
    model::FieldKey field;
    QString kind; ///< field, trash, group, proposal
    bool open = true;
    model::Value base;
    model::Value mine;
    model::Value theirs;
    model::Value shown; ///< The field's value now.
    base::Id mineBy;
    base::Id theirsBy;
    qint64 mineAt = 0;
    qint64 theirsAt = 0;
    QString mineDevice;
    QString theirsDevice;
    bool mineIsShown = false; ///< By the server's default winner.
    bool uncertainTime = false;
    QString resolution; ///< mine, theirs, value; as the person who resolved it saw it. Empty while open.
    base::Id resolvedBy;   ///< Null while open, and when nobody said who.
    qint64 resolvedAt = 0; ///< ms UTC; 0 while open

    /// Of somebody who may not change the record any more: theirs is what he wrote when he might.
    [[nodiscard]] bool isProposal() const { return kind == QLatin1StringView("proposal"); }
};

enum class Resolution : std::uint8_t { KeepMine, KeepTheirs, UseValue };

/// A change that the server did not take, kept for its author.
struct TrayView {
    qint64 id = 0;
    changes::Operation operation;
    changes::Outcome outcome = changes::Outcome::Denied;
    QString reason;
    qint64 refusedAt = 0; ///< ms UTC
    /// Not refused: the account is disabled, and the server keeps it for review since `refusedAt`. It waits in the outbox as
    /// well, cannot be taken back or sent again, and has no id.
    bool isHandedIn = false;
};

/// What became of what waits when the account was disabled (core/changes/docs/quarantine.md), as the server said last.
enum class HandInState : std::uint8_t {
    None,         ///< Nothing was handed in, or not all of it yet.
    Whole,        ///< All that waits.
    Partly,       ///< The rest stays here: it did not fit, or was edited after.
    OtherHistory, ///< Nothing could be: the server knows another history of this profile.
    EpochChanged, ///< Nothing could be: the server was restored.
};

struct StateCounts {
    qint64 waiting = 0;     ///< Own operations without a verdict; 0 for a stand-alone profile.
    qint64 handedIn = 0;    ///< Of these: the server keeps them for review, as the account is disabled.
    HandInState handIn = HandInState::None;
    qint64 toReview = 0;    ///< Open conflicts.
    qint64 notAccepted = 0; ///< Entries of the tray.
    quint64 auditBrokenAt = 0; ///< The server's audit log was changed at or before this entry; 0: not as far as is known here.
    friend bool operator==(const StateCounts &, const StateCounts &) = default;
};

/// Whose profile this is. Kept in the file.
struct ProfileInfo {
    QString company;
    QString currency = QStringLiteral("USD"); ///< ISO 4217; what a bare amount is in.
    QString userName;
    base::Id user;
    QString serverUrl;  ///< Empty: stand-alone.
    int deviceNumber = 0;
    QString deviceName;
    [[nodiscard]] bool isStandAlone() const { return serverUrl.isEmpty(); }
    friend bool operator==(const ProfileInfo &, const ProfileInfo &) = default;
};

} // namespace fieldfare::store
