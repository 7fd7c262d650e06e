// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/changes/row_versions.h"
#include "core/model/value.h"

#include <optional>
#include <vector>

namespace fieldfare::changes {

/// What one operation does. The numbers are permanent (core/changes/docs/operations.md).
enum class OperationKind : std::uint8_t {
    Create = 1,  ///< A new row with its first values.
    Set = 2,     ///< One field of one row.
    Trash = 3,   ///< Marks the row; carries what its author had seen.
    Restore = 4, ///< Takes the mark away.
    Erase = 5,   ///< Removes the row everywhere and for ever; leaves a tombstone.
};

/// The name of an operation: gapless n per device and incarnation (DESIGN 6, rule 1).
struct OperationName {
    base::Id device;
    std::uint32_t incarnation = 0;
    std::uint64_t n = 0;

    friend auto operator<=>(const OperationName &, const OperationName &) = default;
    friend bool operator==(const OperationName &, const OperationName &) = default;
};

/// The name under which an operation was first written, with the hash of its content.
struct Origin {
    OperationName name;
    QByteArray hash; ///< 16 bytes
    friend bool operator==(const Origin &, const Origin &) = default;
};

/// What the author saw when the field was edited: a version of the server, or an own operation that still waited.
struct Base {
    Version version = 0;
    std::optional<Origin> own;
    friend bool operator==(const Base &, const Base &) = default;
};

struct FieldValue {
    model::FieldKey field;
    model::Value value;
    friend bool operator==(const FieldValue &, const FieldValue &) = default;
};

/// When something was done: the wall clock, and the boot session with its own clock, so that a wrong wall clock can be
/// corrected once the server has measured the session (DESIGN 6, rule 5).
struct Stamp {
    std::int64_t wallMs = 0;
    std::int64_t bootMs = 0;
    QByteArray bootId; ///< 16 bytes
    friend bool operator==(const Stamp &, const Stamp &) = default;
};

/// One change as it is logged, pushed and decided. Immutable once written; re-keying changes `name` and sets `origin`.
struct Operation {
    OperationName name;
    std::optional<Origin> origin;
    OperationKind kind = OperationKind::Set;
    model::EntityId entity = 0;
    base::Id record;
    std::vector<FieldValue> values; ///< Create: those not empty. Set: exactly one. Else none.
    Base base;                      ///< Set, Trash, Restore: of the field, or of the trashed mark.
    model::Value before;            ///< Set: the value that the author saw.
    Version seenCursor = 0;         ///< Trash: the author's cursor, and
    std::vector<std::pair<model::FieldKey, Version>> seenExceptions; ///< fields acknowledged above it.
    std::vector<Origin> seenOwn;    ///< Trash: the author's own operations on the row that waited then.
    base::Id action;                ///< What the user did, for history and undo.
    base::Id group;                 ///< All or nothing with its neighbours of the same id; null alone.
    base::Id user;
    Stamp stamp;

    /// The field that Set, Trash and Restore are about.
    [[nodiscard]] model::FieldKey field() const;
    /// Where a base on this operation points: its origin, or its name with its hash.
    [[nodiscard]] Origin originOrSelf() const;
    friend bool operator==(const Operation &, const Operation &) = default;
};

inline constexpr int kMaxGroupOperations = 200;
inline constexpr int kHashBytes = 16;
/// Values, and exceptions of what a Trash had seen, in one operation.
inline constexpr std::uint64_t kMaxOperationValues = 2000;

/// What decoders demand of an operation: a known kind, a record, the values of its kind, no field twice.
[[nodiscard]] bool isWellFormed(const Operation &operation);

/// Content as CBOR: all but name and origin. What the hash covers and the outbox stores.
[[nodiscard]] QByteArray encodeContent(const Operation &operation);
/// Name, origin and every bound are checked; anything malformed is ProtocolViolation.
base::Result<Operation> decodeContent(const QByteArray &bytes);

/// SHA-256 of content and first device and incarnation, cut to 16 bytes.
[[nodiscard]] QByteArray contentHash(const Operation &operation, const QByteArray &content);

/// rolling(n) = SHA-256(rolling(n-1) || hash(n)) cut to 16 bytes; rolling(0) is 16 zero bytes.
[[nodiscard]] QByteArray nextRollingHash(const QByteArray &previous, const QByteArray &hash);
[[nodiscard]] QByteArray firstRollingHash();

} // namespace fieldfare::changes
