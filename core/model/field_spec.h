// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/field_key.h"

#include <cstdint>
#include <span>

namespace fieldfare::model {

/// The types of DESIGN 2. A field's type never changes.
enum class FieldType : std::uint8_t {
    Text,
    LongText,
    Integer,
    Decimal,
    Money,
    Date,
    Instant,
    Duration,
    YesNo,
    Choice,
    Tags, ///< Has no column: the memberships are `tagging` records, so that adds and removes merge (DESIGN 6, rule 5).
    Phone,
    Email,
    Url,
    Address,
    Reference,
    User,
    File,
    Computed, ///< Derived in the store, never pushed; FieldSpec::computed says how.
};

enum FieldFlag : std::uint32_t {
    NoFlags = 0,
    Required = 1U << 0,       ///< Checked at edit, import and REST; flagged on remote values.
    InList = 1U << 1,         ///< A column of the list by default.
    Searchable = 1U << 2,     ///< In the `names` search table (type-ahead).
    FullText = 1U << 3,       ///< In the `text` search table.
    Sortable = 1U << 4,       ///< Has an index; at most six an entity.
    Classification = 1U << 5, ///< Choice whose unknown values an import creates by default.
    ReadOnly = 1U << 6,       ///< Set by the program only.
    Number = 1U << 7,         ///< The human number (C-000123), given at create.
    Title = 1U << 8,          ///< What stands for the record in references and headings.
    Hidden = 1U << 9,         ///< Never offered in forms, lists, import or export.
    Removed = 1U << 10,       ///< Kept so that the id is never reused.
    CreateIfMissing = 1U << 11, ///< A reference whose unknown name an import creates by default.
    QuickForm = 1U << 12,     ///< Among the first fields of the form.
    Multiple = 1U << 13,      ///< Reserved.
    Mine = 1U << 14,          ///< The user whose record it is: a new one is its maker's, and "mine" asks for it. One an entity.
    AlsoNamed = 1U << 15,     ///< A name beside the title, by which a record is found as well.
    GivenAtCreate = 1U << 16, ///< Although ReadOnly, whoever makes the record may give it.
};
using FieldFlags = std::uint32_t;

/// How two edits of one field meet (DESIGN 6, rule 5).
enum class Merge : std::uint8_t {
    Latest,  ///< Later corrected time wins, the other goes to the conflict log.
    Text,    ///< Merged by the server by words; clash when changes overlap.
    Guarded, ///< First wins, for the whole guard group; the loser is told.
    Counter, ///< Both differences count.
};

enum class Aggregate : std::uint8_t { Max, Min, Sum, Count };

/// Where a computed field comes from; exactly one of lookUp and rollUp is set.
struct ComputedSpec {
    FieldType resultType = FieldType::Text;
    // look-up: the field `value` of the record that `reference` (a field of this entity) points to
    // roll-up: aggregate of `value` over the rows of `child` whose `reference` points here and whose whereField is whereValue
    const char *child = nullptr;
    const char *reference = nullptr;
    const char *value = nullptr;
    Aggregate aggregate = Aggregate::Max;
    const char *whereField = nullptr;
    const char *whereValue = nullptr;
};

/// One row of an entity's table: all that is to be said about a built-in field. See DESIGN 2 for the rules on ids.
struct FieldSpec {
    std::uint16_t id = 0;
    const char *name = nullptr;  ///< snake_case; also the column.
    FieldType type = FieldType::Text;
    const char *label = nullptr; ///< Marked by QT_TRANSLATE_NOOP("Catalog", ...).
    FieldFlags flags = NoFlags;
    int maxLength = 0;           ///< UTF-16 units; 0 takes the type's own bound (Field::maxLength).
    Merge merge = Merge::Latest;
    std::uint8_t guardGroup = 0; ///< Fields of one group (not 0) win or lose together.
    const char *choiceList = nullptr;
    std::span<const char *const> targets = {}; ///< Entities that a Reference may point to.
    const ComputedSpec *computed = nullptr;
    const char *help = nullptr;  ///< One sentence, QT_TRANSLATE_NOOP("Catalog", ...).
    /// What other programs and people call it in the heading of a table: folded (exchange::foldedHeading), parted by spaces.
    /// Several fields may have the same one: the entity's only field, or only reference, that has it is meant.
    const char *headings = nullptr;
};

enum EntityFlag : std::uint32_t {
    NoEntityFlags = 0,
    NamedId = 1U << 0,  ///< Ids derive from a name, so a second create merges instead of colliding (tag, choice value).
    System = 1U << 1,   ///< Not edited as a list of its own.
    ServerOnly = 1U << 2, ///< Only the server writes it (conflict, user); devices may change fields named by the rules.
};

struct EntitySpec {
    EntityId id = 0;
    const char *name = nullptr;       ///< snake_case; also the table.
    const char *label = nullptr;      ///< QT_TRANSLATE_NOOP("Catalog", "Customer")
    const char *pluralLabel = nullptr;
    const char *numberPrefix = nullptr; ///< "C" gives C-000123; null without numbers.
    const char *parentField = nullptr;  ///< Owned children: the reference to the parent.
    const char *icon = nullptr;
    std::uint32_t flags = NoEntityFlags;
    std::span<const FieldSpec> fields = {};
};

} // namespace fieldfare::model
